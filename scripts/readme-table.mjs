// Writes the measured numbers into README.md: the table of `npm run bench -- --json bench/results.json`, and the bundle's size.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { replaceBetween } from "./lib/replace-between.mjs";
import { bundleSize } from "./size.mjs";

const POINTS = 100_000;
const root = new URL("..", import.meta.url);
const readme = new URL("README.md", root);
const results = new URL("bench/results.json", root);

const number = (x) => (x >= 100 ? x.toFixed(0) : x.toFixed(1));

/**
 * @param {{ machine: string, results: { title: string, points: number, nanoseconds: Record<string, number> }[] }} measured
 * @returns {string} the table in Markdown, machine and Node version named
 */
export function benchTable({ machine, results }) {
  const rows = results
    .filter(({ points, staggered }) => points === POINTS && !staggered)
    .map(({ title, nanoseconds: { epsilane, copies, ...rivals } }) => {
      const cells = Object.values(rivals).map((time) => `${number(time)} (${number(time / epsilane)}×)`);
      return `| ${title} | **${number(epsilane)}** | ${number(copies)} | ${cells.join(" | ")} |`;
    });
  return [
    `Nanoseconds a point for the value and all first derivatives; ${POINTS.toLocaleString("en-US")} points, one thread, plain`,
    `\`Float64Array\`s in and out, medians of interleaved rounds (${machine}). Copies: how much of epsilane's time the columns take to`,
    "WebAssembly's memory and back, measured alone.",
    "",
    "| | epsilane | its copies | by hand in JS | object duals | forward difference |",
    "|---|--:|--:|--:|--:|--:|",
    ...rows,
    "",
    staggeredNote(results),
  ].join("\n");
}

/** The workload with most columns depends on where they lie. */
function staggeredNote(results) {
  const { nanoseconds } = results.find(({ workload, staggered }) => workload === "rosenbrock-8" && staggered);
  return [
    "Rosenbrock's 17 columns take longer to copy into WebAssembly and back than to compute, and depend most on where the arrays lie in",
    `memory: with columns staggered by nine cache lines epsilane takes ${number(nanoseconds.epsilane)} ns a point, by hand ${number(nanoseconds.byHand)}.`,
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { gzipped } = await bundleSize('import { gradient } from "epsilane"; globalThis.gradient = gradient;');
  let text = readFileSync(readme, "utf8");
  text = replaceBetween(text, "bench", `\n${benchTable(JSON.parse(readFileSync(results, "utf8")))}\n`);
  text = replaceBetween(text, "size", `${Math.round(gzipped / 1000)} kB`);
  writeFileSync(readme, text);
}
