// Prices every option of a CSV file and its Greeks, writes them as CSV, and compares with three other ways to the same numbers.
//   node examples/options/price.mjs [options.csv] [greeks.csv]
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { stringify } from "csv-stringify/sync";
import { gradient } from "epsilane";
import { interleave } from "../../bench/measure.mjs";
import { blackScholes } from "./black-scholes.js";
import { exactGreeks } from "./exact.mjs";
import { PARAMETERS, readOptions } from "./read-options.mjs";
import { byHand } from "./rivals/by-hand.mjs";
import { forwardDifference } from "./rivals/forward-difference.mjs";
import { objectDuals } from "./rivals/object-duals.mjs";

/** Errors are measured on about so many options, evenly spread over the file. */
const CHECKED = 1000;
const GREEKS = ["price", "delta", "dual_delta", "rho", "vega", "theta"];

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const [source = beside("options.csv"), target = beside("greeks.csv")] = process.argv.slice(2);
const style = { head: [], border: [], compact: true };

/** Largest error of [price, five slopes] over a sample of the options, relative where the exact number exceeds 1. */
function largestError(options, result) {
  const count = options[0].length;
  const stride = Math.max(1, Math.floor(count / CHECKED));
  let worst = 0;
  for (let i = 0; i < count; i += stride) {
    for (const [k, exact] of exactGreeks(options.map((column) => column[i])).entries()) {
      const error = Math.abs(result[k][i] - exact) / Math.max(1, Math.abs(exact));
      // NaN must not pass for a small error.
      if (!(error <= worst)) worst = error;
    }
  }
  return worst;
}

/** Theta is the slope against passing time, so minus the slope against the maturity. */
function writeGreeks(options, [price, bySpot, byStrike, byRate, byVolatility, byMaturity]) {
  const rows = Array.from(price, (_, i) => [
    ...options.map((column) => column[i]),
    price[i],
    bySpot[i],
    byStrike[i],
    byRate[i],
    byVolatility[i],
    -byMaturity[i],
  ]);
  writeFileSync(target, stringify([[...PARAMETERS, ...GREEKS], ...rows]));
  return rows;
}

function showRows(rows) {
  const table = new Table({ head: [...PARAMETERS, ...GREEKS], colAligns: Array(11).fill("right"), style });
  for (const row of rows.slice(0, 5)) table.push(row.map((x, k) => (k < 5 ? String(x) : x.toFixed(6))));
  console.log(table.toString());
}

function main() {
  const options = readOptions(source);
  const count = options[0].length;
  if (count === 0) throw new Error(`${source} has no options below its header`);
  console.log(`${count.toLocaleString("en-US")} options read from ${basename(source)}`);

  const greeks = gradient(blackScholes);
  const result = greeks.batch(options);
  const ours = [result.value, ...result.gradient];
  const rows = writeGreeks(options, ours);
  console.log(`prices and Greeks written to ${basename(target)}, the first of them:`);
  showRows(rows);

  const output = ours.map(() => new Float64Array(count));
  const rivals = { "by hand in JS": byHand, "object duals": objectDuals, "forward difference": forwardDifference };
  const errors = { epsilane: largestError(options, ours) };
  for (const [name, rival] of Object.entries(rivals)) {
    rival(options, output);
    errors[name] = largestError(options, output);
  }
  const tasks = { epsilane: () => greeks.batch(options, { out: result }) };
  for (const [name, rival] of Object.entries(rivals)) tasks[name] = () => rival(options, output);
  const times = interleave(tasks, { rounds: 5 });

  const table = new Table({
    head: ["price and five slopes", "options/s", "time", "largest error"],
    colAligns: ["left", "right", "right", "right"],
    style,
  });
  for (const [name, time] of Object.entries(times)) {
    const perSecond = Math.round((count / time) * 1e9).toLocaleString("en-US");
    table.push([name, perSecond, `${(time / times.epsilane).toFixed(2)}×`, errors[name].toExponential(1)]);
  }
  console.log(`\n${table.toString()}`);
  console.log("Median of five interleaved rounds, one thread. Object duals run the function once per parameter. Errors: against the same");
  console.log("formula in 192-bit fixed-point arithmetic (exact.mjs) on about 1,000 of the options, relative above 1.");
}

try {
  main();
} catch (error) {
  console.error(`price.mjs: ${error.message}`);
  process.exitCode = 1;
}
