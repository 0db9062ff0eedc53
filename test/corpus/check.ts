import { expect } from "vitest";
import { evaluate, jacobian } from "../../src/index.ts";
import { seeded } from "../support/programs.ts";
import { isClose } from "../support/trace.ts";
import { Range } from "./range.ts";

/** A function with its arguments as ranges, points at the edges, and points at kinks, where there is no one slope. */
export type Entry = [name: string, fn: Fn, ranges: unknown[], edges?: unknown[][], kinks?: unknown[][]];
type Fn = (...args: any[]) => unknown;

/** A point, with the numbers of the value and of the Jacobian there, from many digits. */
export interface ReferencePoint {
  readonly at: readonly number[];
  readonly value: readonly number[];
  readonly slopes: readonly number[];
}

const pointsEach = 12;

/** The tree with each of its leaves replaced. */
function replace(tree: unknown, leaf: (value: unknown) => unknown): any {
  if (typeof tree === "number" || tree instanceof Range || tree instanceof Float64Array) return leaf(tree);
  if (Array.isArray(tree)) return tree.map((part) => replace(part, leaf));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree as object).map(([key, part]) => [key, replace(part, leaf)]));
}
const numbersOf = (tree: unknown): number[] =>
  typeof tree === "number" ? [tree] : typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(numbersOf) : [];

/**
 * ∂(numbers of the result)/∂(number `index` of the arguments) by Ridders' extrapolation of central differences, with its error.
 * @param width of the range that the number is from
 */
function numericalSlopes(fn: Fn, args: unknown[], index: number, width: number): { readonly slope: number; readonly error: number }[] {
  const x = numbersOf(args)[index]!;
  const difference = (h: number): number[] => {
    const at = (step: number) => {
      let next = 0;
      return numbersOf(fn(...replace(args, (value) => (next++ === index ? x + step : value))));
    };
    const [above, below] = [at(h), at(-h)];
    return above.map((value, i) => (value - below[i]!) / (2 * h));
  };
  let h = 0.02 * Math.min(Math.max(Math.abs(x), 1e-3), width);
  const rows: number[][][] = [];
  for (let i = 0; i < 8; i++, h /= 1.6) {
    const row = [difference(h)];
    for (let k = 1, factor = 1.6 ** 2; k <= i; k++, factor *= 1.6 ** 2) {
      row.push(row[k - 1]!.map((value, j) => (factor * value - rows[i - 1]![k - 1]![j]!) / (factor - 1)));
    }
    rows.push(row);
  }
  return rows[0]![0]!.map((_, j) => {
    let best = { slope: rows[0]![0]![j]!, error: Number.POSITIVE_INFINITY };
    for (let i = 1; i < rows.length; i++) {
      for (let k = 1; k <= i; k++) {
        const slope = rows[i]![k]![j]!;
        const error = Math.max(Math.abs(slope - rows[i]![k - 1]![j]!), Math.abs(slope - rows[i - 1]![k - 1]![j]!));
        if (error < best.error) best = { slope, error };
      }
    }
    return best;
  });
}

/**
 * Holds the values to the function itself and the derivatives to numerical ones, at random points, edges and kinks, on both engines;
 * and what a batch of these points gives to what they give one by one.
 */
export function checkAtPoints(seed: string, [, fn, ranges, edges = [], kinks = []]: Entry): void {
  const random = seeded([...seed].reduce((seed, letter) => Math.imul(seed, 31) + letter.charCodeAt(0), 7));
  const draw = () => replace(ranges, (range) => (range as Range).low + random() * ((range as Range).high - (range as Range).low));
  const shape = replace(ranges, () => 1);
  const [compiled, interpreted] = (["compiled", "interpreted"] as const).map((engine) => {
    const options = { engine, shape };
    return { value: evaluate(fn as never, options as never) as any, jacobian: jacobian(fn as never, options as never) as any };
  });

  const points = [...Array.from({ length: pointsEach }, draw), ...edges, ...kinks];
  const widths = numbersOf(replace(ranges, (range) => (range as Range).high - (range as Range).low));
  const numbers = points.map(numbersOf);
  let leaf = 0;
  const columnOf = (index: number) => Float64Array.from(numbers, (point) => point[index]!);
  const columns = replace(ranges, () => columnOf(leaf++));
  const batch = compiled!.jacobian.batch(columns);
  let [checked, all] = [0, 0];
  for (const [i, args] of points.entries()) {
    const at = JSON.stringify(args);
    const got = compiled!.jacobian(...args);
    expect(
      replace(batch, (column) => (column as Float64Array)[i]),
      at,
    ).toEqual(got);
    expect(interpreted!.jacobian(...args), at).toEqual(got);
    const want = fn(...structuredClone(args));
    expect(isCloseEnough(got.value, want), `${at}: ${JSON.stringify(got.value)}, but the function gives ${JSON.stringify(want)}`).toBe(
      true,
    );
    expect(compiled!.value(...args).value, at).toEqual(got.value);

    if (kinks.includes(args)) continue;
    const slopes = numbersOf(got.jacobian);
    const inputs = numbersOf(args).length;
    for (let input = 0; input < inputs; input++) {
      numericalSlopes(fn, args, input, widths[input]!).forEach(({ slope, error }, output) => {
        const exact = slopes[output * inputs + input]!;
        const scale = Math.max(Math.abs(slope), Math.abs(exact) || 0, 1e-12 * Math.abs(numbersOf(want)[output]!));
        all++;
        // Beside a kink or an edge the numerical slope is none.
        if (!(error <= 1e-6 * scale + 1e-9 * Math.abs(numbersOf(want)[output]!))) return;
        checked++;
        expect(Math.abs(exact - slope), `${at}, ∂${output}/∂${input}: ${exact}, numerically ${slope} ± ${error}`).toBeLessThanOrEqual(
          1e-8 * scale + 30 * error + 1e-10 * Math.abs(numbersOf(want)[output]!),
        );
      });
    }
  }
  expect(checked / all).toBeGreaterThan(0.7);
}

/** `Math` rounds in other places than the kernels do, and sums of a few terms carry that on. */
function isCloseEnough(got: unknown, want: unknown): boolean {
  if (typeof got === "number" && typeof want === "number")
    return isClose(got, want) || Math.abs(got - want) <= 1e-11 * Math.max(Math.abs(want), 1e-3);
  if (typeof got !== "object" || got === null || typeof want !== "object" || want === null) return Object.is(got, want);
  const keys = Object.keys(want);
  return keys.join() === Object.keys(got).join() && keys.every((key) => isCloseEnough((got as any)[key], (want as any)[key]));
}

/** Holds value and Jacobian to those of many digits. */
export function checkAgainst(points: readonly ReferencePoint[], [name, fn, ranges]: Entry): void {
  const f = jacobian(fn as never, { shape: replace(ranges, () => 1) } as never) as any;
  for (const { at, value, slopes } of points) {
    const rest = [...at];
    const got = f(...replace(ranges, () => rest.shift()));
    for (const [part, want] of [
      [got.value, value],
      [got.jacobian, slopes],
    ] as const) {
      const numbers = numbersOf(part);
      expect(numbers.length).toBe(want.length);
      const largest = Math.max(...want.map(Math.abs));
      numbers.forEach((number, i) =>
        expect(Math.abs(number - want[i]!), `${name} at ${at}`).toBeLessThanOrEqual(2e-13 * Math.abs(want[i]!) + 1e-14 * largest),
      );
    }
  }
}
