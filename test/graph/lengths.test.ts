import { describe, expect, test } from "vitest";
import { evaluate, gradient } from "../../src/index.ts";
import { lower } from "../../src/plan/lower.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { expressions } from "../support/expressions.ts";
import { jacobianBy, ways } from "../support/jacobian.ts";

type Triple = readonly [number, number, number];
const length = (x: number, y: number, z: number) => Math.hypot(x, y, z);

/** A finite double times 2^1100, and half of its last place on the same scale: exact integers. */
function scaled(x: number): { value: bigint; halfUlp: bigint } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const significand = (bits & 0xfffffffffffffn) | (exponent ? 0x10000000000000n : 0n);
  const shift = (exponent || 1n) - 1075n + 1100n;
  return { value: (x < 0 ? -significand : significand) << shift, halfUlp: 1n << (shift - 1n) };
}

const square = (x: bigint) => x * x;
const sumOfSquares = (sides: readonly number[]) => sides.map((side) => square(scaled(side).value)).reduce((a, b) => a + b);

/** Whether h is within `halves` half last places of the length, by comparing squares of integers. */
function isLength(h: number, sides: readonly number[], halves: bigint) {
  const { value, halfUlp } = scaled(h);
  const exact = sumOfSquares(sides);
  return square(value - halves * halfUlp) <= exact && exact <= square(value + halves * halfUlp);
}

let state = 7;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state + 0.5) / 2 ** 32;
};
const side = (low: number, high: number) => (random() < 0.5 ? -1 : 1) * (1 + random()) * 2 ** Math.floor(low + (high - low) * random());
const triples = (count: number, low: number, high: number) =>
  Array.from({ length: count }, (): Triple => {
    const size = low + (high - low) * random();
    return [side(size - 3, size), side(size - 30, size), side(size - 3, size)];
  });

describe.each(["compiled", "interpreted"] as const)("hypot of three, %s", (engine) => {
  const values = evaluate(length, { engine });
  const slopes = gradient(length, { engine });
  const columns = (points: readonly Triple[]) => [0, 1, 2].map((k) => Float64Array.from(points, (point) => point[k]!)) as never;

  test.each([
    ["of one size", -2, 2],
    ["great", 495, 1020],
    ["small", -1020, -495],
    ["subnormal", -1060, -1030],
  ])("is within 1 ulp: %s", (_, low, high) => {
    const points = triples(3000, low, high);
    const { value } = values.batch(columns(points));
    const wrong = points.findIndex((point, i) => !isLength(value[i]!, point, 2n));
    expect(points[wrong], `hypot = ${value[wrong]}`).toBeUndefined();
  });

  test("has slopes within 2 ulp", () => {
    const points = triples(3000, -400, 400);
    const { gradient } = slopes.batch(columns(points));
    points.forEach((point, i) => {
      gradient.forEach((slope, k) => {
        // (d ± 2 ulp)² Σ encloses a², with d on the scale of 2^1100
        const { value, halfUlp } = scaled(Math.abs(slope[i]!));
        const [target, sum] = [square(scaled(point[k]!).value) << 2200n, sumOfSquares(point)];
        const isNear = square(value - 4n * halfUlp) * sum <= target && target <= square(value + 4n * halfUlp) * sum;
        if (!isNear || Math.sign(slope[i]!) !== Math.sign(point[k]!)) expect.fail(`slope ${k} at ${point} is ${slope[i]}`);
      });
    });
  });

  test("has JavaScript's special values, and slope 0 at the origin and at infinity", () => {
    const ends: Triple[] = [0, -0, 1, -Infinity, NaN, 5e-324].flatMap((x) =>
      [0, Infinity, NaN].flatMap((y) => [-0, -Infinity, NaN].map((z): Triple => [x, y, z])),
    );
    const { value, gradient } = slopes.batch(columns(ends));
    ends.forEach((point, i) => {
      expect(value[i], `hypot(${point})`).toBe(Math.hypot(...point));
      if (value[i] === 0 || value[i] === Infinity) expect(gradient.map((slope) => Math.abs(slope[i]!))).toEqual([0, 0, 0]);
    });
  });
});

test("hypot of numbers is folded to the bits of a batch; more sides; equal sides", () => {
  const folded = evaluate((x: number) => Math.hypot(0.1, 0.2, 0.3) + x)(0).value;
  expect(folded).toBe(evaluate(length)(0.1, 0.2, 0.3).value);
  expect(evaluate((a: number, b: number, c: number, d: number) => Math.hypot(a, b, c, d, a))(2, 4, 5, -6).value).toBe(Math.sqrt(85));
  expect(gradient((x: number) => Math.hypot(x, x, x, x))(-3)).toEqual({ value: 6, gradient: [-2] });
});

test("the second derivatives of the length: (δ − a b/h²)/h", () => {
  for (const way of ways) {
    const e = expressions();
    const leaves = e.inputs(3);
    const slopes = jacobianBy(e.graph, [e.graph.apply("hypot", ...leaves)], leaves, way);
    const second = lower(e.graph, jacobianBy(e.graph, slopes, leaves, way));
    const sides = [1, 2, 2];
    const expected = sides.flatMap((a, i) => sides.map((b, j) => ((i === j ? 9 : 0) - a * b) / 27));
    evaluateGraph(e.graph, second, sides).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index]!, 15);
    });
  }
});
