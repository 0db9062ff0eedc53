import { describe, expect, test } from "vitest";
import { evaluate, gradient } from "../../src/index.ts";
import { expectSame, isClose, traceOf } from "./trace.ts";

export type Fn = (...args: any[]) => number;

/** Recurrences over arrays by their number of turns: short ones are unrolled. Exact in the operations that the loops make. */
export interface Families {
  readonly [name: string]: {
    readonly make: (n: number) => Fn;
    readonly at: readonly number[];
    /** Whether there are as many turns as the square of what is asked for tells. */
    readonly isSquare?: true;
  };
}

/** Numbers of turns. */
const [short, long] = [7, 900];

/** The slope along each argument, by differences extrapolated from two steps. */
function numericalGradient(fn: Fn, at: readonly number[]): number[] {
  return at.map((x, index) => {
    const slope = (h: number) => (fn(...at.with(index, x + h)) - fn(...at.with(index, x - h))) / (2 * h);
    const h = 1e-4 * Math.abs(x);
    return (4 * slope(h / 2) - slope(h)) / 3;
  });
}

/** Holds each to the function itself and to differences, in both engines, and to be as large however many turns there are. */
export const describeFamilies = (families: Families): void =>
  describe.each(Object.keys(families))("%s", (name) => {
    const { make, at, isSquare = false } = families[name]!;
    const scope = { n: long };

    test("values are those of the function", () => {
      for (const n of [short, 60, long]) expectSame(make(n), at, { points: [at, at.map((x) => x * 1.01)], scope: { n } });
    });

    test("it stays a loop", () => {
      const [some, more] = [4000, 16_000].map((n) => (isSquare ? n * 64 : n)).map((n) => traceOf(make(n), at, { n }).graph.nodes.length);
      expect(some).toBeLessThan(3000);
      expect(more).toBeLessThanOrEqual(some!);
    });

    test.each(["compiled", "interpreted"] as const)("gradients, %s", (engine) => {
      for (const n of [short, long]) {
        const f = gradient(make(n), { scope: { n }, engine });
        const { value, gradient: slopes } = f(...at);
        expect(isClose(value, make(n)(...at))).toBe(true);
        for (const [index, slope] of numericalGradient(make(n), at).entries()) {
          expect(Math.abs(slopes[index]! - slope), `n = ${n}, argument ${index}: ${slopes[index]}, ${slope}`).toBeLessThan(
            1e-6 * (1 + Math.abs(slope)),
          );
        }
        const points = 7;
        const columns = at.map((x) => Float64Array.from({ length: points }, (_, point) => x * (1 + point / 512)));
        const batch = f.batch(columns as never);
        for (let point = 0; point < points; point++) {
          const one = f(...columns.map((column) => column[point]!));
          expect(batch.value[point]).toBe(one.value);
          expect((batch.gradient as Float64Array[]).map((column) => column[point])).toEqual([...one.gradient]);
        }
      }
    });

    test("both engines give the same bits", () => {
      const columns = at.map((x) => Float64Array.from({ length: 131 }, (_, point) => x * (1 + point / 4096)));
      const [a, b] = (["compiled", "interpreted"] as const).map((engine) =>
        gradient(make(long), { scope, engine }).batch(columns as never),
      );
      expect(b).toEqual(a);
      expect(evaluate(make(long), { scope }).batch(columns as never).value).toEqual(a!.value);
    });
  });
