// From gradient(...) to the first result of 1,000 points: the first function of a fresh process (import not counted), functions
// after it, and the same functions read for the tenth time. Medians over processes, in milliseconds that pass and that processors work.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./measure.mjs";
import blackScholes from "./workloads/black-scholes.mjs";
import distance from "./workloads/distance.mjs";
import mixed from "./workloads/mixed.mjs";
import rosenbrock8 from "./workloads/rosenbrock-8.mjs";

const WORKLOADS = [blackScholes, mixed, rosenbrock8, distance];
const PROCESSES = 4 * WORKLOADS.length;
const ROUNDS = 10;
const GOAL = { first: 25, later: 3 };

async function time(run) {
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  await run();
  const passed = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  return { passed, worked: (user + system) / 1000 };
}

/** In the child: the times of the import and of each call, beginning with the workload at index `start`. */
async function measure(start) {
  let gradient;
  const importing = await time(async () => {
    ({ gradient } = await import("epsilane"));
  });
  const calls = [];
  for (let call = 0; call < ROUNDS * WORKLOADS.length; call++) {
    const { fn, options, args, ranges } = WORKLOADS[(start + call) % WORKLOADS.length];
    const columns = args(
      ranges.map(([low, high]) => Float64Array.from({ length: 1000 }, (_, i) => low + ((high - low) * (i + 0.5)) / 1000)),
    );
    calls.push(await time(() => gradient(fn, options).batch(columns)));
  }
  return { importing, calls };
}

if (process.argv[2] === "child") {
  console.log(JSON.stringify(await measure(Number(process.argv[3]))));
} else {
  const self = fileURLToPath(import.meta.url);
  const runs = Array.from({ length: PROCESSES }, (_, i) =>
    JSON.parse(execFileSync(process.execPath, [self, "child", String(i % WORKLOADS.length)], { encoding: "utf8" })),
  );
  const callsFrom = (from, to) => runs.flatMap(({ calls }) => calls.slice(from, to));
  const times = {
    import: runs.map(({ importing }) => importing),
    first: callsFrom(0, 1),
    later: callsFrom(1, WORKLOADS.length),
    tenth: callsFrom(-WORKLOADS.length),
  };
  console.log(`gradient(...) to the first result of 1,000 points, Node ${process.versions.node}, ${PROCESSES} processes`);
  for (const [name, list] of Object.entries(times)) {
    const passed = list.map((each) => each.passed);
    const worked = median(list.map((each) => each.worked));
    const goal = GOAL[name] ? ` (goal: ${GOAL[name]} ms)` : "";
    console.log(
      `${name.padEnd(6)} ${median(passed).toFixed(2)} ms, worst ${Math.max(...passed).toFixed(2)} ms, CPU ${worked.toFixed(2)} ms${goal}`,
    );
  }
}
