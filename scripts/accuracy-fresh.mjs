/**
 * Compares every function and its derivative with MPFR at a million points that no one has seen before, and fails where one
 * misses its goal: `npm run accuracy:fresh`, which needs a C compiler and libmpfr and takes about two hours.
 *
 *     node scripts/accuracy-fresh.mjs [--points 1000000] [--seed 7] [--only sin,gamma]
 */
import { parseArgs } from "node:util";
import { measure } from "./accuracy/measure.mjs";
import { functions } from "./accuracy/points.mjs";

const { values: options } = parseArgs({
  options: { points: { type: "string", default: "1000000" }, seed: { type: "string" }, only: { type: "string" } },
});

/** In ulps: of values, of slopes. */
const GOAL = 1;
const SLOPE_GOAL = 3;
const wider = { pow: 2, erfcx: 2, gamma: 2, logGamma: 2, digamma: 2, trigamma: 2, polygamma: 2 };

const seed = Number(options.seed ?? Date.now() % 2 ** 32);
console.log(`seed ${seed}`);
for (const name of options.only?.split(",") ?? Object.keys(functions)) {
  const { value, slopes } = measure(name, Number(options.points), seed);
  const found = [["value", value, wider[name] ?? GOAL], ...slopes.map((slope) => ["slope", slope, SLOPE_GOAL])];
  for (const [what, { error, at, result, value: exact }, goal] of found) {
    const isMissed = error > goal;
    console.log(
      `${isMissed ? "MISSED" : "within"} ${goal}: ${name} ${what} ${error.toFixed(3)} ulp at ${at.join(", ")}: ${result}, exactly ${exact}`,
    );
    if (isMissed) process.exitCode = 1;
  }
}
