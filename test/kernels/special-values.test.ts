import { describe, expect, test } from "vitest";
import { type KernelName, runBlock, unary } from "./kernels.ts";
import { ordinary, special } from "./points.ts";

type MathName = KernelName & keyof typeof Math;
const { MAX_VALUE, MIN_VALUE, EPSILON } = Number;
const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

/** Every argument in both lanes, beside ordinary neighbours whose results must not change. */
function besideNeighbours(name: KernelName, points: readonly (readonly number[])[]): number[] {
  const arity = points[0].length;
  return points.map((point) => {
    const results = ordinary[name].map((neighbour) => {
      const other = ordinary[name][0];
      const layout = (x: number) => [x, neighbour, neighbour, x, neighbour, neighbour];
      const columns = point.map((x, index) => (index ? layout(x).map((v, i) => (i === 0 || i === 3 ? v : other)) : layout(x)));
      const [first, b, c, last, d, e] = runBlock(name, columns);
      const [alone] = runBlock(
        name,
        [neighbour, other].slice(0, arity).map((v) => [v, v, v, v]),
      );
      expect([b, c, d, e], `${name}: neighbours of ${point}`).toEqual([alone, alone, alone, alone]);
      expect(last, `${name}(${point}) in either lane`).toBe(first);
      return first;
    });
    for (const result of results) expect(result).toBe(results[0]);
    return results[0];
  });
}

/** Arguments beside the special ones where the value is exact. */
const more: { readonly [name in MathName]?: readonly number[] } = {
  exp: [1e308, -1e308, 710, -746, MIN_VALUE, -MIN_VALUE],
  expm1: [1e308, -1e308, 710, -50, MIN_VALUE, -MIN_VALUE, 1e-300],
  log: [-1, -MIN_VALUE, -MAX_VALUE, 1],
  log1p: [-1, -1 - EPSILON, -2, -MAX_VALUE, MIN_VALUE, -MIN_VALUE, 1e-300],
  sin: [MIN_VALUE, -MIN_VALUE, 1e-300],
  cos: [MIN_VALUE, -MIN_VALUE, 1e-9],
  tan: [MIN_VALUE, -MIN_VALUE, 1e-300],
  atan: [MIN_VALUE, -MIN_VALUE, 1e-300, 1, MAX_VALUE, -MAX_VALUE],
  tanh: [MIN_VALUE, -MIN_VALUE, 1e-300, 22, MAX_VALUE, -MAX_VALUE],
  cbrt: [1, -1, 8, -27, 1e-300 ** 0],
  log2: [-1, -MIN_VALUE, -MAX_VALUE, 1, 2, 0.5, 2 ** 1023, 2 ** -1022, MIN_VALUE],
  log10: [-1, -MIN_VALUE, -MAX_VALUE, 1, 10, 1000, 1e15, 1e22],
  asin: [1, -1, 1 + EPSILON, -1 - EPSILON, 2, -MAX_VALUE, MIN_VALUE, -MIN_VALUE, 1e-300],
  acos: [1, -1, 1 + EPSILON, -1 - EPSILON, 2, -MAX_VALUE, MIN_VALUE, -MIN_VALUE, 1e-300],
  sinh: [MIN_VALUE, -MIN_VALUE, 1e-300, 711, -711, MAX_VALUE, -MAX_VALUE],
  cosh: [MIN_VALUE, -MIN_VALUE, 1e-300, 711, -711, MAX_VALUE, -MAX_VALUE],
  asinh: [MIN_VALUE, -MIN_VALUE, 1e-300],
  acosh: [1, 1 - EPSILON, -1, -2, -MAX_VALUE, MIN_VALUE],
  atanh: [1, -1, 1 + EPSILON, -1 - EPSILON, 2, -MAX_VALUE, MIN_VALUE, -MIN_VALUE, 1e-300],
};

describe("special values are JavaScript's", () => {
  const unaryMembers = unary.filter((name) => name !== "exp2");

  test.each(unaryMembers)("%s", (name) => {
    const points = [...special, ...(more[name] ?? [])].map((x) => [x]);
    const results = besideNeighbours(name, points);
    points.forEach(([x], i) => expect(results[i], `${name}(${x})`).toBe(Math[name](x)));
  });

  const operands = [...special, 1, -1, 0.5, -0.5, 1.5, -1.5, 2, -2, 3, -3, 1 + EPSILON, 1 - EPSILON, MIN_VALUE, -MIN_VALUE, 2 ** -1022];
  operands.push(1e300, -1e300, 1e-300, 2 ** 52 + 1, -(2 ** 52) - 1, 2 ** 53, -(2 ** 53), 2 ** 53 + 2, 2 ** 63, MAX_VALUE, -MAX_VALUE);
  const pairs = operands.flatMap((a) => operands.map((b) => [a, b]));

  test.each(["atan2", "pow", "hypot"] as const)("%s on all pairs", (name) => {
    const results = besideNeighbours(name, pairs);
    pairs.forEach(([a, b], i) => {
      const expected = Math[name](a, b);
      const isExact = !Number.isFinite(expected) || expected === 0;
      if (isExact) expect(results[i], `${name}(${a}, ${b})`).toBe(expected);
      else expect(Math.abs(results[i] / expected - 1), `${name}(${a}, ${b}) = ${results[i]}, not ${expected}`).toBeLessThan(2e-15);
    });
  });

  test("exp2", () => {
    const exact: [number, number][] = [
      [nan, nan],
      [inf, inf],
      [-inf, 0],
      [0, 1],
      [-0, 1],
      [1024, inf],
      [MAX_VALUE, inf],
      [-1076, 0],
      [-MAX_VALUE, 0],
    ];
    for (let e = -1074; e < 1024; e++) exact.push([e, 2 ** e]);
    const results = besideNeighbours(
      "exp2",
      exact.map(([x]) => [x]),
    );
    exact.forEach(([x, value], i) => expect(results[i], `2^${x}`).toBe(value));
  });

  test("rem on all pairs", () => {
    const results = besideNeighbours("rem", pairs);
    pairs.forEach(([a, b], i) => expect(results[i], `${a} % ${b}`).toBe(a % b));
  });
});

describe("the slopes of pow by their conventions", () => {
  const check = (name: KernelName, cases: readonly (readonly [number, number, number])[]) => {
    const results = besideNeighbours(
      name,
      cases.map(([a, b]) => [a, b]),
    );
    cases.forEach(([a, b, expected], i) => expect(results[i], `${name}(${Object.is(a, -0) ? "-0" : a}, ${b})`).toBe(expected));
  };

  test("a constant power has no slope", () => {
    for (const a of [2, 0.5, 1e300, MIN_VALUE, 0, -0, inf, -inf, nan]) {
      for (const b of [0, -0]) expect(Math.abs(besideNeighbours("powSlope", [[a, b]])[0]), `${a}, ${b}`).toBe(0);
    }
  });

  test("powSlope at 0", () => {
    // biome-ignore format: a table
    check("powSlope", [
      [0, 1, 1], [-0, 1, 1],
      [0, 2, 0], [-0, 2, -0], [0, 3, 0], [-0, 3, 0], [0, 1.5, 0], [-0, 1.5, 0], [0, 1 + EPSILON, 0], [0, 1e300, 0], [0, inf, 0],
      [0, 0.5, inf], [-0, 0.5, inf], [-0, 1e-20, inf], [0, MIN_VALUE, inf],
      [0, -1, -inf], [-0, -1, -inf], [0, -2, -inf], [-0, -2, inf], [0, -0.5, -inf], [-0, -0.5, -inf], [0, -inf, -inf],
    ]);
  });

  test("powSlope at infinity", () => {
    // biome-ignore format: a table
    check("powSlope", [
      [inf, 1, 1], [inf, 2, inf], [inf, 0.5, 0], [inf, -1, -0], [inf, -0.5, -0],
      [-inf, 1, 1], [-inf, 2, -inf], [-inf, 3, inf], [-inf, -1, -0], [-inf, -2, 0], [-inf, 0.5, nan],
      [2, inf, inf], [0.5, inf, 0], [2, -inf, -0], [0.5, -inf, -inf], [-2, inf, -inf], [-0.5, -inf, inf],
    ]);
  });

  test("powSlope where the power is not a number", () => {
    // biome-ignore format: a table
    check("powSlope", [[nan, 1, nan], [nan, 2, nan], [2, nan, nan], [1, inf, nan], [-1, -inf, nan], [-2, 0.5, nan], [-2, 1.5, nan], [-MIN_VALUE, -0.5, nan]]);
  });

  test("powSlope of negative bases and of powers out of range", () => {
    // biome-ignore format: a table
    check("powSlope", [
      [-2, 1, 1], [-2, 2, -4], [-2, 3, 12], [-2, -1, -0.25], [-2, -2, 0.25], [-2, 2 ** 53, -inf],
      [MIN_VALUE, MIN_VALUE, 1], [2 ** -1000, 2 ** -1000, 1], [2 ** 1000, 2 ** 1000, inf], [2, -1e6, -0], [2, 1e6, inf],
      [1e-215, 1.6e308, 0], [1 - EPSILON, 1.6e308, 0], [2, -1.6e308, -0], [1e-215, -1.6e308, -inf], [-1e-215, 1.6e308, -0],
    ]);
  });

  test("powLog", () => {
    // biome-ignore format: a table
    check("powLog", [
      [0, 2, 0], [-0, 2, 0], [0, 0.5, 0], [0, inf, 0], [0, 0, -inf], [-0, 0, -inf], [0, -1, -inf], [-0, -1, -inf], [0, -inf, -inf],
      [inf, 0, inf], [inf, 2, inf], [inf, inf, inf], [inf, -1, 0], [inf, -inf, 0],
      [1, 5, 0], [1, -1e300, 0], [1, inf, nan], [1, -inf, nan],
      [-1, 2, nan], [-inf, 2, nan], [-MIN_VALUE, 0, nan], [nan, 0, nan], [nan, 1, nan], [2, nan, nan], [0, nan, nan],
      [2, inf, inf], [2, -inf, 0], [0.5, -inf, -inf], [2, 1e6, inf], [0.5, -1e6, -inf], [2, -1e6, 0],
    ]);
    for (const b of [inf, 1e6]) expect(Math.abs(besideNeighbours("powLog", [[0.5, b]])[0])).toBe(0);
  });
});
