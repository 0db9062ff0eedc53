import fc from "fast-check";
import { expect, test } from "vitest";
import { EpsilaneError, jacobian } from "../../src/index.ts";
import { firstDifference } from "../support/bits.ts";
import { engines } from "../support/execute.ts";
import { referencesOf } from "./duals.ts";
import { dualNotation, type Program, plainNotation, programs } from "./grammar.ts";

/** The same programs every time, unless `SEED` says otherwise. A failure prints the smallest program that fails, and where. */
const { SEED = "20240229", PROGRAMS = "300" } = process.env;
const numRuns = Number(PROGRAMS) / 2;

/** More points show little more of a program, and take the time of other programs. */
const points = [
  [0.5, 0.75],
  [-1, 2],
  [0, -1.5],
  [1.375, 0],
  [2, -1.5],
  [-0.25, 0.75],
  [-3.5, 2],
  [Number.NaN, 1],
] as const;
const columns = [0, 1].map((leaf) => Float64Array.from(points, (point) => point[leaf]!));

/** Relative error admitted where a result is well conditioned, and how many times its sensitivity elsewhere. */
const [relative, sensitivities] = [1e-12, 8];
let tally = { compared: 0, leftOut: 0, refused: 0 };

function expectClose(actual: number, expected: number, spread: number, name: string) {
  const tolerance = relative * Math.abs(expected) + sensitivities * spread + 1e-60;
  if (!(Math.abs(actual - expected) <= tolerance)) throw new Error(`${name}: ${actual}, not ${expected} (± ${tolerance})`);
}

type Batch = { value: Float64Array[]; jacobian: Float64Array[][] };

function check({ write }: Program, exact: boolean) {
  const text = write(plainNotation);
  try {
    const fn = new Function(`return ${text}`)() as (x: number, y: number) => number[];
    const [compiled, interpreted] = engines.map((engine) => jacobian(fn as never, { engine }).batch(columns as never) as never as Batch);
    const all = ({ value, jacobian: slopes }: Batch) => [...value, ...slopes.flat()];
    expect(firstDifference(all(compiled!), all(interpreted!)), "the two engines").toBeUndefined();
    const { value, jacobian: slopes } = compiled!;
    const references = referencesOf(write(dualNotation));
    points.forEach((point, index) => {
      const want = fn(...(point as [number, number]));
      if (exact) want.forEach((number, result) => expect(value[result]![index], `value ${result} at ${point}`).toBe(number));
      point.forEach((_, along) => {
        references(point, along).forEach((reference, result) => {
          tally[reference ? "compared" : "leftOut"]++;
          if (!reference) return;
          const { val, der, spread } = reference;
          expectClose(value[result]![index]!, val, spread.val, `value ${result} at ${point}`);
          expectClose(want[result]!, val, spread.val, `JavaScript's value ${result} at ${point}`);
          expectClose(slopes[result]![along]![index]!, der, spread.der, `∂${result}/∂${"xy"[along]} at ${point}`);
        });
      });
    });
  } catch (error) {
    // Loops whose end depends on data, and that make objects anew in every turn, are refused as such.
    if (error instanceof EpsilaneError && error.code === "loop-on-data") tally.refused++;
    else throw new Error(`${(error as Error).message}\n${text}`, { cause: error });
  }
}

test.each([true, false])(
  `${numRuns} random programs agree with JavaScript and with dual numbers (exact: %s)`,
  { timeout: 1e8 },
  (exact) => {
    console.log(`seed ${SEED}`);
    tally = { compared: 0, leftOut: 0, refused: 0 };
    fc.assert(
      fc.property(programs(exact), (program) => check(program, exact)),
      { numRuns, seed: Number(SEED), includeErrorInReport: true },
    );
    expect(tally.refused).toBeLessThan(5 + numRuns / 8);
    console.log(`${tally.refused} programs refused; ${tally.compared} derivatives and values compared, ${tally.leftOut} left out`);
  },
);
