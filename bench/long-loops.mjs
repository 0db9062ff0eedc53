// node bench/long-loops.mjs [processes]
//
// Milliseconds to compile functions with long loops (workloads/long-loops.mjs): from gradient(...) to the first result at one point, and
// to that of columns, which are of a few points here, less what a second call takes. Medians over processes, in which each function
// comes after the ones above it. Beside it the operations that are planned, and how the value and the gradient compare with the function
// itself and with central differences.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./measure.mjs";
import workloads from "./workloads/long-loops.mjs";

const PROCESSES = Number(process.argv[2]) || 3;
const GOAL = 50;
/** The same is compiled for columns of any length. */
const POINTS = 4;

/** The slope by argument `index`, by Ridders' extrapolation of central differences, with its error. */
function numericalSlope(fn, at, index) {
  const difference = (h) => (fn(...at.with(index, at[index] + h)) - fn(...at.with(index, at[index] - h))) / (2 * h);
  const rows = [];
  let best = { slope: Number.NaN, error: Number.POSITIVE_INFINITY };
  for (let i = 0, h = 0.01 * Math.max(Math.abs(at[index]), 0.01); i < 7; i++, h /= 2) {
    rows.push([difference(h)]);
    for (let k = 1; k <= i; k++) {
      const [coarse, fine] = [rows[i - 1][k - 1], rows[i][k - 1]];
      const slope = fine + (fine - coarse) / (4 ** k - 1);
      const error = Math.max(Math.abs(slope - fine), Math.abs(slope - coarse));
      rows[i].push(slope);
      if (error < best.error) best = { slope, error };
    }
  }
  return best;
}

const timed = (call) => {
  const begin = performance.now();
  const result = call();
  return [performance.now() - begin, result];
};

/** In the child: a row for each workload. */
async function measure() {
  const { EpsilaneError, gradient } = await import("epsilane");
  gradient((x, y) => Math.hypot(x, y)).batch([[3], [4]]);
  return workloads.map(([name, fn, at]) => {
    try {
      const f = gradient(fn);
      const [first, { value, gradient: slopes }] = timed(() => f(...at));
      const [again] = timed(() => f(...at));
      const g = gradient(fn);
      const columns = at.map((x) => new Float64Array(POINTS).fill(x));
      const [firstBatch] = timed(() => g.batch(columns));
      const [againBatch] = timed(() => g.batch(columns));
      const wanted = fn(...at);
      const agrees = slopes.every((slope, index) => {
        const numerical = numericalSlope(fn, at, index);
        return Math.abs(slope - numerical.slope) <= 10 * numerical.error + 1e-7 * Math.abs(slope) + 1e-9;
      });
      const { operations } = g.report;
      return {
        name,
        point: first - again,
        batch: firstBatch - againBatch,
        run: again,
        operations,
        error: Math.abs(value / wanted - 1),
        agrees,
      };
    } catch (error) {
      if (!(error instanceof EpsilaneError)) throw error;
      return { name, refused: error.code };
    }
  });
}

if (process.argv[2] === "child") {
  console.log(JSON.stringify(await measure()));
} else {
  const self = fileURLToPath(import.meta.url);
  const runs = Array.from({ length: PROCESSES }, () => JSON.parse(execFileSync(process.execPath, [self, "child"], { encoding: "utf8" })));
  console.log(`Compiling long loops, ms, Node ${process.versions.node}, medians of ${PROCESSES} processes (goal: ${GOAL} ms)\n`);
  console.log(`${"".padEnd(52)} one point      columns  run of one  operations  value off by  gradient`);
  for (const [index, { name, refused, operations, error, agrees }] of runs[0].entries()) {
    if (refused) {
      console.log(`${name.padEnd(52)} refused: ${refused}`);
      continue;
    }
    const ms = (key) => median(runs.map((rows) => rows[index][key]));
    const [point, batch] = [ms("point"), ms("batch")];
    const columns = [point.toFixed(1).padStart(10), batch.toFixed(1).padStart(13), ms("run").toFixed(2).padStart(11)];
    const late = Math.max(point, batch) > GOAL ? "  beyond the goal" : "";
    const figures = [String(operations).padStart(11), error.toExponential(0).padStart(13), agrees ? "agrees" : "see below"];
    console.log(`${name.padEnd(52)}${columns.join(" ")} ${figures.join(" ")}${late}`);
  }
  console.log("\nWhere gradients do not agree, a kink (max of payoffs) lies within the differences.");
}
