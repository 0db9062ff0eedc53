import { describe, expect, test } from "vitest";
import { type KernelName, runBlock } from "./kernels.ts";
import { createRandom } from "./points.ts";
import { ulp } from "./reference.ts";

const count = 4000;

function randomColumn(seed: number, from: number, to: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => from + (to - from) * random());
}

/** Sizes of every binade between 2^from and 2^to. */
const sizes = (seed: number, from: number, to: number) => randomColumn(seed, from, to).map((e) => 2 ** e);

const largestDistance = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]) / ulp(b[i])), 0);

const negative = (column: Float64Array) => column.map((value) => -value);

describe("symmetry, exactly", () => {
  test.each(["sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "cbrt"] as const)("%s(−x) = −%s(x)", (name) => {
    const x = sizes(1, -1074, 1024);
    expect(runBlock(name, [negative(x)])).toEqual(negative(runBlock(name, [x])));
  });

  test.each(["cos", "cosh"] as const)("%s(−x) = %s x", (name) => {
    const x = sizes(2, -1074, 1024);
    expect(runBlock(name, [negative(x)])).toEqual(runBlock(name, [x]));
  });

  test("hypot(x, y) = hypot(y, −x)", () => {
    const [x, y] = [sizes(3, -1074, 1024), sizes(4, -1074, 1024)];
    expect(runBlock("hypot", [x, y])).toEqual(runBlock("hypot", [y, negative(x)]));
  });

  test("atan2(−y, x) = −atan2(y, x)", () => {
    const [y, x] = [randomColumn(5, -9, 9), randomColumn(6, -9, 9)];
    expect(runBlock("atan2", [negative(y), x])).toEqual(negative(runBlock("atan2", [y, x])));
  });
});

describe("exact results", () => {
  test("hypot of Pythagorean triples, at every scale", () => {
    for (const [a, b, c] of [
      [3, 4, 5],
      [5, 12, 13],
      [8, 15, 17],
      [20, 21, 29],
      [696, 697, 985],
    ]) {
      const scales = Float64Array.from({ length: 2000 }, (_, i) => 2 ** (i - 1000));
      expect(runBlock("hypot", [scales.map((s) => a * s), scales.map((s) => b * s)])).toEqual(scales.map((s) => c * s));
    }
  });

  test("cbrt of cubes", () => {
    const n = Float64Array.from({ length: count }, (_, i) => i - count / 2);
    expect(runBlock("cbrt", [n.map((v) => v * v * v)])).toEqual(n);
  });

  test("powers of 2 and 10, and their logarithms", () => {
    const n = Float64Array.from({ length: 2098 }, (_, i) => i - 1074);
    const powers = n.map((e) => 2 ** e);
    expect(runBlock("pow", [n.map(() => 2), n])).toEqual(powers);
    expect(runBlock("exp2", [n])).toEqual(powers);
    expect(runBlock("log2", [powers])).toEqual(n);
    const exponents = Float64Array.from({ length: 23 }, (_, i) => i);
    expect(runBlock("log10", [exponents.map((e) => Number(`1e${e}`))])).toEqual(exponents);
  });

  test("x^1, its slope 1; the slope 2x of x^2", () => {
    const x = sizes(7, -1022, 1023);
    const [ones, twos] = [x.map(() => 1), x.map(() => 2)];
    expect(runBlock("pow", [x, ones])).toEqual(x);
    expect(runBlock("powSlope", [x, ones])).toEqual(ones);
    expect(runBlock("powSlope", [negative(x), ones])).toEqual(ones);
    expect(runBlock("powSlope", [x, twos])).toEqual(x.map((v) => 2 * v));
    expect(runBlock("powSlope", [negative(x), twos])).toEqual(x.map((v) => -2 * v));
  });
});

describe("to rounding", () => {
  test("hypot(x, x) = √2 |x|", () => {
    const x = sizes(8, -1000, 1000);
    expect(
      largestDistance(
        runBlock("hypot", [x, negative(x)]),
        x.map((v) => Math.SQRT2 * v),
      ),
    ).toBeLessThanOrEqual(2);
  });

  test("x^½ = √x and x^⅓ = cbrt x", () => {
    const x = sizes(9, -1074, 1023);
    expect(largestDistance(runBlock("pow", [x, x.map(() => 0.5)]), x.map(Math.sqrt))).toBeLessThanOrEqual(1);
  });

  test("sin² + cos² = 1", () => {
    const x = sizes(10, -20, 1024);
    const [s, c] = (["sin", "cos"] as const).map((name) => runBlock(name, [x]));
    expect(
      largestDistance(
        s.map((v, i) => v * v + c[i] * c[i]),
        x.map(() => 1),
      ),
    ).toBeLessThanOrEqual(2);
  });

  test("tan = sin/cos", () => {
    const x = sizes(11, -20, 1024);
    const [s, c, t] = (["sin", "cos", "tan"] as const).map((name) => runBlock(name, [x]));
    expect(
      largestDistance(
        t,
        s.map((v, i) => v / c[i]),
      ),
    ).toBeLessThanOrEqual(3);
  });

  test.each([
    ["log", "exp", 1e-3, 700],
    ["log1p", "expm1", 1e-300, 700],
  ] as const satisfies [KernelName, KernelName, number, number][])("%s undoes %s", (inverse, name, from, to) => {
    const x = sizes(12, Math.log2(from), Math.log2(to));
    expect(largestDistance(runBlock(inverse, [runBlock(name, [x])]), x)).toBeLessThanOrEqual(inverse === "log" ? 2000 : 3);
  });

  test("tanh x = expm1(2x)/(expm1(2x) + 2)", () => {
    const x = sizes(13, -300, 4);
    const e = runBlock("expm1", [x.map((v) => 2 * v)]);
    expect(
      largestDistance(
        runBlock("tanh", [x]),
        e.map((v) => v / (v + 2)),
      ),
    ).toBeLessThanOrEqual(4);
  });

  test("cosh² − sinh² = 1", () => {
    const x = randomColumn(19, -1, 1);
    const [s, c] = (["sinh", "cosh"] as const).map((name) => runBlock(name, [x]));
    const difference = s.map((v, i) => (c[i] - v) * (c[i] + v));
    expect(
      largestDistance(
        difference,
        x.map(() => 1),
      ),
    ).toBeLessThanOrEqual(8);
  });

  test.each([
    ["asinh", "sinh", -30, 30, 4],
    ["acosh", "cosh", 1, 30, 4],
    ["atanh", "tanh", -0.5, 0.5, 4],
    ["asin", "sin", -1, 1, 4],
    ["log2", "exp2", 1, 1000, 4],
  ] as const satisfies [KernelName, KernelName, number, number, number][])("%s undoes %s", (inverse, name, low, high, ulps) => {
    const x = randomColumn(20, low, high);
    expect(largestDistance(runBlock(inverse, [runBlock(name, [x])]), x)).toBeLessThanOrEqual(ulps);
  });

  test("asin x + acos x = π/2", () => {
    const x = randomColumn(21, -1, 1);
    const [s, c] = (["asin", "acos"] as const).map((name) => runBlock(name, [x]));
    expect(
      largestDistance(
        s.map((v, i) => v + c[i]),
        x.map(() => Math.PI / 2),
      ),
    ).toBeLessThanOrEqual(2);
  });

  test("atan2(y, x) = atan(y/x) in front", () => {
    const [y, x] = [sizes(14, -30, 30), sizes(15, -30, 30)];
    expect(largestDistance(runBlock("atan2", [y, x]), runBlock("atan", [y.map((v, i) => v / x[i])]))).toBeLessThanOrEqual(2);
  });

  test("powLog(x, 0) = log x", () => {
    const x = sizes(16, -1074, 1023);
    expect(largestDistance(runBlock("powLog", [x, x.map(() => 0)]), runBlock("log", [x]))).toBeLessThanOrEqual(1);
  });

  test("powSlope(x, b) = b x^(b − 1) where b − 1 is exact", () => {
    const x = sizes(17, -100, 100);
    const b = randomColumn(18, -6, 6).map((v) => Math.round(v * 1024) / 1024);
    const expected = runBlock("pow", [x, b.map((v) => v - 1)]).map((power, i) => b[i] * power);
    expect(largestDistance(runBlock("powSlope", [x, b]), expected)).toBeLessThanOrEqual(3);
  });
});
