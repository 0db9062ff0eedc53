// Nanoseconds a point, value and all derivatives, plain Float64Arrays in and out, one thread: epsilane against three rivals; and how many
// of epsilane's own go into copying the columns to where WebAssembly reaches them, and back.
//   node bench/run.mjs [--only distance,arm] [--points 1,100000] [--json results.json]
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { gradient, jacobian } from "epsilane";
import { copiesAlone } from "./copies-alone.mjs";
import { interleave } from "./measure.mjs";
import arm from "./workloads/arm.mjs";
import blackScholes from "./workloads/black-scholes.mjs";
import distance from "./workloads/distance.mjs";
import mixed from "./workloads/mixed.mjs";
import rosenbrock8 from "./workloads/rosenbrock-8.mjs";

const RIVALS = { byHand: "by hand in JS", objectDuals: "object duals", forwardDifference: "forward difference" };
/** Largest error, relative above 1, up to which a rival counts as computing the same thing. */
const TOLERANCE = { byHand: 1e-10, objectDuals: 1e-10, forwardDifference: 1e-3 };
/** A call of one point takes nanoseconds, so a sample is this many points at least. */
const POINTS_PER_SAMPLE = 10_000;

/** Uniform numbers in [0, 1) by a 64-bit linear congruential generator (Knuth's MMIX constants), upper 32 bits. */
function random(seed) {
  let state = BigInt(seed);
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 32n) / 2 ** 32;
  };
}

/**
 * `count` columns, as a user has them: large Float64Arrays often start at one place in their page, and a loop over 17 such may thrash
 * the L1 cache. `staggered` ones start nine cache lines further into their page than the one before, where loops by hand over many
 * columns are at their best.
 */
function columns(count, points, staggered, from = 0) {
  return Array.from({ length: count }, (_, k) => {
    const offset = staggered ? (from + k) * 9 * 64 : 0;
    return new Float64Array(new ArrayBuffer(offset + points * 8), offset, points);
  });
}

function inputs({ ranges }, points, staggered) {
  const next = random(1);
  const result = columns(ranges.length, points, staggered);
  for (const [k, [low, high]] of ranges.entries()) {
    for (let i = 0; i < points; i++) result[k][i] = low + (high - low) * next();
  }
  return result;
}

const leaves = (tree) => (tree instanceof Float64Array ? [tree] : Object.values(tree).flatMap(leaves));

/** Largest error against our columns, relative above 1. */
function disagreement(theirs, ours) {
  return Math.max(
    ...ours.map((column, k) => column.reduce((worst, x, i) => Math.max(worst, Math.abs(theirs[k][i] - x) / Math.max(1, Math.abs(x))), 0)),
  );
}

function verify(workload, input, output, ours) {
  for (const name of Object.keys(RIVALS)) {
    for (const column of output) column.fill(NaN);
    workload.rivals[name](input, output);
    const error = disagreement(output, ours);
    if (!(error <= TOLERANCE[name])) throw new Error(`${workload.name}: ${RIVALS[name]} differs from epsilane by ${error}`);
  }
}

/** Repeats `call` so that a sample covers POINTS_PER_SAMPLE points. */
function sampled(call, points) {
  const repeats = Math.ceil(POINTS_PER_SAMPLE / points);
  if (repeats === 1) return call;
  return () => {
    for (let k = 0; k < repeats; k++) call();
  };
}

function run(workload, points, staggered) {
  const input = inputs(workload, points, staggered);
  const output = columns(workload.outputs, points, staggered, input.length);
  const derived = { gradient, jacobian }[workload.method](workload.fn, workload.options);
  const args = workload.args(input);
  const result = derived.batch(args);
  verify(workload, input, output, leaves([result.value, result[workload.method]]));

  const first = input.map((column) => column[0]);
  const calls = { epsilane: points === 1 ? () => workload.callOne(derived, first) : () => derived.batch(args, { out: result }) };
  for (const name of Object.keys(RIVALS)) calls[name] = () => workload.rivals[name](input, output);
  if (points > 1) calls.copies = copiesAlone(input, leaves(result));

  const tasks = Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, sampled(call, points)]));
  const times = interleave(tasks, points >= 1_000_000 ? { rounds: 3, warmup: 10 } : undefined);
  const perPoint = Math.max(POINTS_PER_SAMPLE, points);
  return Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time / perPoint]));
}

function verdicts({ bars }, times) {
  return Object.entries(bars).map(([name, bar]) => {
    const ratio = times[name] / times.epsilane;
    return `${ratio.toFixed(2)}× ${RIVALS[name]} (goal ${bar}×: ${ratio >= bar ? "met" : "missed"})`;
  });
}

const { values: options } = parseArgs({ options: { only: { type: "string" }, points: { type: "string" }, json: { type: "string" } } });
const workloads = [distance, rosenbrock8, blackScholes, mixed, arm].filter(
  ({ name }) => !options.only || options.only.split(",").includes(name),
);
const sizes = (options.points ?? "1,1000,100000,1000000").split(",").map(Number);
const rows = sizes.flatMap((points) => [{ points }, ...(points === 100_000 ? [{ points, staggered: true }] : [])]);
const machine = `${cpus()[0].model.trim()}, Node ${process.versions.node}`;

const number = (x) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));
const results = [];
console.log(`ns a point (times epsilane's), value and all derivatives, one thread; ${machine}\n`);
for (const workload of workloads) {
  const table = new Table({
    head: [workload.name, "epsilane", "its copies alone", ...Object.values(RIVALS)],
    colAligns: Array(6).fill("right"),
    style: { head: [], border: [], compact: true },
  });
  for (const { points, staggered } of rows) {
    const times = run(workload, points, staggered);
    results.push({ workload: workload.name, title: workload.title, points, ...(staggered && { staggered }), nanoseconds: times });
    const cells = Object.keys(RIVALS).map((name) => `${number(times[name])} (${(times[name] / times.epsilane).toFixed(2)}×)`);
    table.push([
      points.toLocaleString("en-US") + (staggered ? ", staggered" : ""),
      number(times.epsilane),
      points > 1 ? number(times.copies) : "",
      ...cells,
    ]);
  }
  console.log(table.toString());
  const judged = results.find((result) => result.workload === workload.name && result.points === 100_000 && !result.staggered);
  if (judged) console.log(`at 100,000 points: ${verdicts(workload, judged.nanoseconds).join(", ")}\n`);
}
if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
