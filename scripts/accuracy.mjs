/**
 * Measures every function and its derivative against MPFR: `npm run accuracy`, which needs a C compiler and libmpfr and takes
 * about half an hour. Writes the tables of docs/accuracy.md.
 *
 *     node scripts/accuracy.mjs [--points 250000] [--only sin,gamma]    # with --only nothing is written
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { elementary } from "./accuracy/elementary-points.mjs";
import { measure } from "./accuracy/measure.mjs";
import { functions } from "./accuracy/points.mjs";
import { special } from "./accuracy/special-points.mjs";
import { replaceBetween } from "./lib/replace-between.mjs";

const { values: options } = parseArgs({ options: { points: { type: "string", default: "250000" }, only: { type: "string" } } });
const count = Number(options.points);
const SEED = 4;

const figure = ({ error }) => (error >= 100 ? error.toFixed(0) : error.toFixed(2));
const place = ({ at }) => (at.length > 1 ? `(${at.join(", ")})` : String(at[0] ?? ""));

const rows = {};
for (const name of options.only?.split(",") ?? Object.keys(functions)) {
  const { value, host, slopes } = measure(name, count, SEED);
  const slope = slopes.reduce((a, b) => (b.error > a.error ? b : a));
  const domain = functions[name].domain.replaceAll("|", "\\|");
  const cells = [domain, `**${figure(value)}**`, place(value), host ? figure(host) : "–", `**${figure(slope)}**`, place(slope)];
  rows[name] = `| ${[name, ...cells].join(" | ")} |`;
  console.log(rows[name]);
}

if (!options.only) {
  const head = "\n| function | domain | value | at | V8's | derivative | at |\n|---|---|---|---|---|---|---|\n";
  const tableOf = (table) =>
    `${head}${Object.keys(table)
      .map((name) => `${rows[name]}\n`)
      .join("")}`;
  const file = new URL("../docs/accuracy.md", import.meta.url);
  let text = readFileSync(file, "utf8");
  text = replaceBetween(text, "points", count.toLocaleString("en"));
  text = replaceBetween(text, "v8", process.versions.v8.split("-")[0]);
  text = replaceBetween(text, "math", tableOf(elementary));
  text = replaceBetween(text, "special", tableOf(special));
  writeFileSync(file, text);
}
