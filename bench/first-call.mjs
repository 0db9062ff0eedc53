// Milliseconds from gradient(...) to the first result of 1,000 points: the first function of a fresh process (import not counted),
// and functions after it. Medians over processes.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./measure.mjs";
import blackScholes from "./workloads/black-scholes.mjs";
import distance from "./workloads/distance.mjs";
import mixed from "./workloads/mixed.mjs";
import rosenbrock8 from "./workloads/rosenbrock-8.mjs";

const PROCESSES = 15;
const GOAL = { first: 25, later: 3 };

/** In the child: [first, later, later, …] in milliseconds, one for each workload, starting with the one at index `start`. */
async function measure(start) {
  const { gradient } = await import("epsilane");
  const workloads = [blackScholes, mixed, rosenbrock8, distance];
  const inOrder = [...workloads.slice(start), ...workloads.slice(0, start)];
  return inOrder.map(({ fn, options, args, ranges }) => {
    const columns = ranges.map(([low, high]) => Float64Array.from({ length: 1000 }, (_, i) => low + ((high - low) * (i + 0.5)) / 1000));
    const begin = performance.now();
    gradient(fn, options).batch(args(columns));
    return performance.now() - begin;
  });
}

if (process.argv[2] === "child") {
  console.log(JSON.stringify(await measure(Number(process.argv[3]))));
} else {
  const self = fileURLToPath(import.meta.url);
  const runs = Array.from({ length: PROCESSES }, (_, i) =>
    JSON.parse(execFileSync(process.execPath, [self, "child", String(i % 4)], { encoding: "utf8" })),
  );
  const first = runs.map((times) => times[0]);
  const later = runs.flatMap((times) => times.slice(1));
  console.log(`gradient(...) to the first result of 1,000 points, Node ${process.versions.node}, ${PROCESSES} processes`);
  for (const [name, times] of Object.entries({ first, later })) {
    const [typical, worst] = [median(times), Math.max(...times)];
    console.log(`${name.padEnd(5)} function: ${typical.toFixed(2)} ms, worst ${worst.toFixed(2)} ms (goal: ${GOAL[name]} ms)`);
  }
}
