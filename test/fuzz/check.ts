import fc from "fast-check";
import { dual, EpsilaneError, jacobian, jvp } from "../../src/index.ts";
import { firstDifference } from "../support/bits.ts";
import { engines } from "../support/execute.ts";
import { chains } from "./chains.ts";
import { referencesOf } from "./duals.ts";
import { type Program, programs } from "./grammar.ts";
import { dualNotation, plainNotation } from "./notation.ts";

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

export interface Tally {
  programs: number;
  /** Values and derivatives. */
  compared: number;
  leftOut: number;
  refused: number;
}

function expectClose(actual: number, expected: number, spread: number, name: string) {
  const tolerance = relative * Math.abs(expected) + sensitivities * spread + 1e-60;
  if (!(Math.abs(actual - expected) <= tolerance)) throw new Error(`${name}: ${actual}, not ${expected} (± ${tolerance})`);
}

type Fn = (x: number, y: number) => number[];
type Batch = { value: Float64Array[]; jacobian: Float64Array[][] };

/** Values and slopes along one parameter. */
interface Pushed {
  readonly name: string;
  readonly along: number;
  readonly value: readonly Float64Array[];
  readonly slope: readonly Float64Array[];
}

function byDual(fn: Fn): Pushed {
  const [xs, ys] = columns;
  const duals = dual(fn as never).batch([
    { val: xs, der: 1 },
    { val: ys, der: 0 },
  ] as never) as never as Record<"val" | "der", Float64Array>[];
  return { name: "dual", along: 0, value: duals.map(({ val }) => val), slope: duals.map(({ der }) => der) };
}

function byJvp(fn: Fn): Pushed {
  const { value, tangent } = jvp(fn as never, { engine: "interpreted" }).batch([columns, [0, 1]] as never);
  return { name: "jvp", along: 1, value: value as never, slope: tangent as never };
}

function check({ write }: Program, exact: boolean, tally: Tally) {
  tally.programs++;
  const text = write(plainNotation);
  try {
    const fn = new Function(`return ${text}`)() as Fn;
    const [compiled, interpreted] = engines.map((engine) => jacobian(fn as never, { engine }).batch(columns as never) as never as Batch);
    const all = ({ value, jacobian: slopes }: Batch) => [...value, ...slopes.flat()];
    const difference = firstDifference(all(compiled!), all(interpreted!));
    if (difference !== undefined) throw new Error(`the two engines differ: ${JSON.stringify(difference)}`);
    const { value, jacobian: slopes } = compiled!;
    // Either takes half as long as all of the Jacobian: of two programs one is pushed through dual, and one through jvp.
    const pushed = text.length % 2 ? byDual(fn) : byJvp(fn);
    const otherValue = firstDifference(value, pushed.value);
    if (otherValue !== undefined) throw new Error(`${pushed.name} has another value: ${JSON.stringify(otherValue)}`);
    const references = referencesOf(write(dualNotation));
    points.forEach((point, index) => {
      const want = fn(...(point as [number, number]));
      if (exact) {
        want.forEach((number, result) => {
          const given = value[result]![index]!;
          if (!Object.is(given, number)) throw new Error(`value ${result} at ${point}: ${given}, not ${number}`);
        });
      }
      point.forEach((_, along) => {
        references(point, along).forEach((reference, result) => {
          tally[reference ? "compared" : "leftOut"]++;
          if (!reference) return;
          const { val, der, spread } = reference;
          expectClose(value[result]![index]!, val, spread.val, `value ${result} at ${point}`);
          expectClose(want[result]!, val, spread.val, `JavaScript's value ${result} at ${point}`);
          const name = `∂${result}/∂${"xy"[along]} at ${point}`;
          expectClose(slopes[result]![along]![index]!, der, spread.der, name);
          if (along === pushed.along) expectClose(pushed.slope[result]![index]!, der, spread.der, `${name} by ${pushed.name}`);
        });
      });
    });
  } catch (error) {
    // Loops whose end depends on data, and that make objects anew in every turn, are refused as such, lengths that depend on data, and long loops that can't be traced as one.
    if (error instanceof EpsilaneError && ["loop-on-data", "shape-on-data", "too-many-steps"].includes(error.code)) tally.refused++;
    else throw new Error(`${(error as Error).message}\n${text}`, { cause: error });
  }
}

function checkAll(all: fc.Arbitrary<Program>, exact: boolean, numRuns: number, seed: number, from: number): Tally {
  const tally = { programs: 0, compared: 0, leftOut: 0, refused: 0 };
  fc.assert(
    fc.property(all, (program) => check(program, exact, tally)),
    { numRuns, seed, path: String(from), includeErrorInReport: true },
  );
  return tally;
}

/**
 * Runs random programs on both engines against JavaScript and dual numbers: with `exact` only such as have JavaScript's own bits.
 * The error names the smallest program found that fails, and where.
 * @param from how many of the seed's programs are left out
 */
export const checkPrograms = (exact: boolean, numRuns: number, seed: number, from = 0): Tally =>
  checkAll(programs(exact), exact, numRuns, seed, from);

/** The same for chains of methods over arrays. */
export const checkChains = (numRuns: number, seed: number, from = 0): Tally => checkAll(chains, true, numRuns, seed, from);
