import { expect } from "vitest";
import { EpsilaneError } from "../../src/errors.ts";
import { readFunction, type SampleKind, type Scope, type Trace, traceFunction } from "../../src/trace/trace.ts";
import { evaluateTrace, failureAt, leavesOf } from "./evaluate.ts";

type Fn = (...args: any[]) => unknown;

/** Traces a function for arguments of the tree of `sample`. */
export const traceOf = (fn: unknown, sample?: readonly unknown[], scope?: Scope, kind?: SampleKind): Trace =>
  traceFunction(readFunction(fn, { scope }), (path) => path.reduce<any>((value, key) => value?.[key], sample), kind);

/** Ordinary and special numbers. */
const specials = [0, -0, 1, -1, 0.5, -2.75, 3, 1e-9, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Every tuple of `specials` for one or two numbers; for more, tuples that put every number in every place. */
export function pointsFor(count: number): number[][] {
  if (count === 0) return [[]];
  if (count === 1) return specials.map((x) => [x]);
  if (count === 2) return specials.flatMap((x) => specials.map((y) => [x, y]));
  const n = specials.length;
  return Array.from({ length: 12 * n }, (_, k) => Array.from({ length: count }, (_, i) => specials[(k * (2 * i + 1) + i * i) % n]!));
}

/** The tree with its numbers taken from a list, depth first. */
function fill(tree: unknown, numbers: readonly number[]): any {
  const rest = [...numbers];
  const build = (part: unknown): unknown => {
    if (typeof part === "number") return rest.shift();
    if (Array.isArray(part)) return part.map(build);
    return typeof part === "object" && part !== null
      ? Object.fromEntries(Object.entries(part).map(([key, member]) => [key, build(member)]))
      : part;
  };
  return build(tree);
}

/** Equal up to a few ulps; signs of zeros and NaN count. */
export function isClose(got: unknown, want: unknown): boolean {
  if (typeof got === "number" && typeof want === "number") {
    return Object.is(got, want) || (want !== 0 && Math.abs(got - want) <= 4e-15 * Math.abs(want));
  }
  if (typeof want !== "object" || want === null || typeof got !== "object" || got === null) return Object.is(got, want);
  const keys = Object.keys(want);
  return keys.join() === Object.keys(got).join() && keys.every((key) => isClose((got as any)[key], (want as any)[key]));
}

/** What a function gives, or that it throws. */
export function outcomeOf(fn: Fn, args: readonly unknown[]): { readonly value?: unknown; readonly throws: boolean } {
  try {
    return { value: fn(...args), throws: false };
  } catch {
    return { throws: true };
  }
}

/** Holds the traced graph to the function itself, throwing or not, at every point of `points`, for arguments of the tree of `sample`. */
export function expectSame(
  fn: Fn,
  sample: readonly unknown[],
  options: { scope?: Scope; points?: readonly (readonly number[])[] } = {},
): void {
  const trace = traceOf(fn, sample, options.scope);
  const count = leavesOf(sample).length;
  expect(trace.leafCount).toBe(count);
  for (const point of options.points ?? pointsFor(count)) {
    const { value: want, throws } = outcomeOf(fn, fill(sample, point));
    expect(failureAt(trace, point) !== undefined, `at ${point}: throws`).toBe(throws);
    if (throws) continue;
    const got = evaluateTrace(trace, point);
    if (!isClose(got, want))
      expect.fail(`at ${point}: ${JSON.stringify(got)} ${String(got)}, but the function gives ${JSON.stringify(want)} ${String(want)}`);
  }
}

/** The error that tracing ends in. */
export function errorOf(fn: unknown, sample?: readonly unknown[], scope?: Scope): EpsilaneError {
  try {
    traceOf(fn, sample, scope);
  } catch (error) {
    if (error instanceof EpsilaneError) return error;
    throw error;
  }
  return expect.fail("no error");
}
