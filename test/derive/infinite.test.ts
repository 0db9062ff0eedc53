import { describe, expect, test } from "vitest";
import { derivative, dual, gradient, jvp } from "../../src/index.ts";

describe.each(["compiled", "interpreted"] as const)("slopes where a denominator overflows, %s", (engine) => {
  const functions: ((x: number) => number)[] = [
    (x) => 1 / (Math.exp(-x) + 1),
    (x) => x / Math.exp(-x),
    (x) => x / Math.cosh(x),
    (x) => 1 / Math.exp(x * x),
    (x) => Math.tanh(x) / Math.cosh(x),
    (x) => 1 / (1 + Math.exp(-x) * Math.exp(-2 * x)),
    (x) => {
      const far = x * 1e300;
      return 1 / (far * far * far);
    },
  ];
  test.each(functions.map((f) => [f] as const))("%s", (f) => {
    expect(Math.abs(derivative(f, { engine }).batch([[-800]]).derivative[0]!)).toBe(0);
    expect(Math.abs(dual(f)({ val: -800, der: 1 }).der)).toBe(0);
    expect(Math.abs(jvp(f, { engine }).batch([[[-800]], [1]]).tangent[0]!)).toBe(0);
  });

  test("along the numerator alone", () => {
    const f = gradient((x: number, y: number) => x / Math.exp(y), { engine, wrt: [0] });
    expect(f(2, 800).gradient).toEqual([0]);
    expect(jvp((x: number, y: number) => x / Math.exp(y), { engine })([2, 800], [1, 0]).tangent).toBe(0);
  });

  test("but at a pole nothing is made up", () => {
    const functions = [(x: number) => 1 / (1 / x + Math.exp(x)), (x: number) => 1 / (1 + 1 / x)];
    for (const f of functions) expect(derivative(f, { engine })(0).derivative).toBe(Number.NaN); // 1, in truth
  });

  test("and where the value is NaN, so is the slope", () => {
    const { derivative: slopes } = derivative((x: number) => Math.exp(x) / Math.exp(x), { engine }).batch([[800, 1]]);
    expect(Array.from(slopes)).toEqual([Number.NaN, 0]);
  });
});

describe.each(["compiled", "interpreted"] as const)("slopes where e^u underflows in a denominator, %s", (engine) => {
  const { POSITIVE_INFINITY: up, NEGATIVE_INFINITY: down } = Number;
  const functions: [f: (x: number) => number, x: number, slope: number][] = [
    [(x) => 1 / Math.exp(-x), 800, up],
    [(x) => -3 / Math.exp(x), -800, up],
    [(x) => x / (-2 * Math.exp(-x * x)), 40, down],
    [(x) => (Math.exp(x) - 1 / Math.exp(x)) / 2, -800, up],
  ];
  test.each(functions)("%s at %d", (f, x, slope) => {
    const first = derivative(f, { engine });
    expect(first.batch([[x, 1]]).derivative[0]).toBe(slope);
    expect(jvp(f, { engine }).batch([[[x, 1]], [1]]).tangent[0]).toBe(slope);
    expect(dual(f)({ val: x, der: 1 }).der).toBe(slope);
  });

  test("and where it does not, the slope is the true one", () => {
    const f = (x: number) => (1 + x * x) / Math.exp(-3 * x);
    const slope = (x: number) => Math.exp(3 * x) * (3 + 2 * x + 3 * x * x);
    for (const x of [-2, 0.5, 7]) {
      expect(derivative(f, { engine })(x).derivative / slope(x)).toBeCloseTo(1, 13);
      expect(jvp(f, { engine })([x], [1]).tangent / slope(x)).toBeCloseTo(1, 13);
    }
  });
});
