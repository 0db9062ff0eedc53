import { describe, expect, test } from "vitest";
import type { OperationName } from "../../src/graph/operations.ts";
import { dual } from "./dual-block.ts";
import { partials } from "./evaluate-rule.ts";

test("the worked arithmetic at the head of assembly/dual.ts", () => {
  expect(
    dual("mul", [
      { val: 3, der: 1 },
      { val: 4, der: 2 },
    ]),
  ).toEqual({ val: 12, der: 10 });
  expect(
    dual("mul", [
      { val: 5, der: 1 },
      { val: 5, der: 1 },
    ]),
  ).toEqual({ val: 25, der: 10 });
  expect(dual("sqrt", [{ val: 25, der: 6 }])).toEqual({ val: 5, der: 0.6 });
});

const ln2 = Math.LN2;
/** Operation, operands, partials in closed form. */
const laws: [OperationName, number[], number[]][] = [
  ["add", [3, 4], [1, 1]],
  ["sub", [3, 4], [1, -1]],
  ["mul", [3, 4], [4, 3]],
  ["div", [3, 4], [1 / 4, -3 / 16]],
  ["div", [1, 3], [1 / 3, -1 / 9]],
  ["neg", [3], [-1]],
  ["rem", [7, 3], [1, -2]],
  ["rem", [-19, 3], [1, 6]],
  ["rem", [19, -3], [1, 6]],
  ["sqrt", [4], [1 / 4]],
  ["cbrt", [8], [1 / 12]],
  ["cbrt", [-8], [1 / 12]],
  ["hypot", [3, 4], [0.6, 0.8]],
  ["hypot", [-5, 12], [-5 / 13, 12 / 13]],
  ["pow", [2, 3], [12, 8 * ln2]],
  ["pow", [4, 0.5], [1 / 4, 4 * ln2]],
  ["pow", [-2, 3], [12, Number.NaN]],
  ["powSlope", [2, 3], [12, 4 * (1 + 3 * ln2)]],
  ["powSlope", [3, 1], [0, 1 + Math.log(3)]],
  ["powLog", [2, 3], [4 * (1 + 3 * ln2), 8 * ln2 * ln2]],
  ["exp", [ln2], [2]],
  ["expm1", [ln2], [2]],
  ["expm1", [-40], [Math.exp(-40)]],
  ["exp2", [3], [8 * ln2]],
  ["log", [8], [1 / 8]],
  ["log1p", [7], [1 / 8]],
  ["log2", [8], [1 / (8 * ln2)]],
  ["log10", [8], [1 / (8 * Math.LN10)]],
  ["sinh", [ln2], [1.25]],
  ["sinh", [-ln2], [1.25]],
  ["cosh", [ln2], [0.75]],
  ["cosh", [-ln2], [-0.75]],
  ["asinh", [0.75], [0.8]],
  ["asinh", [-2.4], [1 / 2.6]],
  ["acosh", [1.25], [4 / 3]],
  ["acosh", [2.6], [1 / 2.4]],
  ["atanh", [0.6], [1.5625]],
  ["atanh", [-0.8], [1 / 0.36]],
  ["tanh", [ln2], [16 / 25]],
  ["tanh", [-ln2], [16 / 25]],
  ["tanh", [20], [4 * Math.exp(-40)]],
  ["sin", [Math.PI / 6], [Math.sqrt(3) / 2]],
  ["cos", [Math.PI / 6], [-1 / 2]],
  ["tan", [Math.PI / 3], [4]],
  ["asin", [0.6], [1.25]],
  ["asin", [-0.8], [1 / 0.6]],
  ["acos", [0.6], [-1.25]],
  ["acos", [-0.8], [-1 / 0.6]],
  ["atan", [2], [1 / 5]],
  ["atan", [-0.5], [4 / 5]],
  ["atan2", [4, 3], [3 / 25, -4 / 25]],
  ["atan2", [-1, -1], [-1 / 2, 1 / 2]],
  ["abs", [-3], [-1]],
  ["abs", [3], [1]],
  ["min", [3, 4], [1, 0]],
  ["min", [4, 3], [0, 1]],
  ["max", [3, 4], [0, 1]],
  ["max", [4, 3], [1, 0]],
  ["floor", [2.5], [0]],
  ["ceil", [2.5], [0]],
  ["trunc", [2.5], [0]],
  ["round", [2.25], [0]],
  ["sign", [2], [0]],
  ["fround", [0.1], [1]],
  ["clz32", [5], [0]],
  ["imul", [3, 5], [0, 0]],
  ["bitAnd", [3, 5], [0, 0]],
  ["bitOr", [3, 5], [0, 0]],
  ["bitXor", [3, 5], [0, 0]],
  ["shiftLeft", [3, 5], [0, 0]],
  ["shiftRight", [3, 5], [0, 0]],
  ["shiftRightUnsigned", [3, 5], [0, 0]],
];

test.each(laws)("%s at %j", (op, operands, expected) => {
  for (const [index, partial] of partials(op, ...operands).entries()) expectClose(partial, expected[index]!);
});

test("select takes the tangent of the side taken", () => {
  const [a, b] = [
    { val: 3, der: 5 },
    { val: 4, der: Number.NaN },
  ];
  expect(dual("select", [a, b], true)).toEqual(a);
  expect(dual("select", [b, a], false)).toEqual(a);
});

/** Identities, which no table of numbers can get wrong in the same way. */
describe("identities", () => {
  const points = [0.3, 0.75, 1, 1.7, 5, 30];

  test.each(points)("at %f", (x) => {
    const [slope] = [(op: OperationName, a = x) => partials(op, a)[0]!];
    expectClose(slope("exp") * slope("log", Math.exp(x)), 1, 4);
    expectClose(slope("tan") * slope("atan", Math.tan(x)), 1, 40);
    expectClose(slope("log1p"), slope("log", 1 + x));
    expectClose(slope("expm1"), slope("exp"));
    expectClose(slope("exp2") * slope("log2", 2 ** x), 1, 4);
    expectClose(slope("log10") * Math.LN10, slope("log"));
    expectClose(slope("sinh") ** 2 - slope("cosh") ** 2, 1, 8 * slope("sinh") ** 2);
    expectClose(slope("sinh") * slope("asinh", Math.sinh(x)), 1, 8);
    expectClose(slope("cosh") * slope("acosh", Math.cosh(x)), 1, 40);
    expectClose(slope("tanh", 0.1 * x) * slope("atanh", Math.tanh(0.1 * x)), 1, 300);
    expectClose(slope("asin", 0.03 * x) + slope("acos", 0.03 * x) + 1, 1);
    expectClose(slope("asin", Math.sin(0.04 * x)) * slope("sin", 0.04 * x), 1, 8);
    expectClose(slope("sin") ** 2 + slope("cos") ** 2, 1, 4);
    expectClose(slope("sqrt"), partials("pow", x, 0.5)[0]!);
    expectClose(slope("cbrt", x ** 3) * 3 * x ** 2, 1, 8);
    expectClose(partials("hypot", x, x)[0]!, Math.SQRT1_2);
    expectClose(partials("atan2", x, 1)[0]!, slope("atan"));
  });

  test.each(["atan2", "hypot"] as const)("the partials of %s are homogeneous (Euler)", (op) => {
    for (const x of points) {
      for (const y of [-7, 0.01, 1, 400]) {
        const [da, db] = partials(op, x, y) as [number, number];
        const sum = x * da + y * db;
        if (op === "hypot") expectClose(sum, Math.hypot(x, y), 4);
        else expect(Math.abs(sum)).toBeLessThan(1e-15);
      }
    }
  });

  test("mixed second derivatives of pow agree", () => {
    for (const a of points) for (const b of [-2, 0.5, 1, 3]) expectClose(partials("powSlope", a, b)[1]!, partials("powLog", a, b)[0]!);
  });
});

/** Within `units` times 2^-52 of `expected`, relative. */
function expectClose(actual: number, expected: number, units = 3) {
  if (Number.isNaN(expected)) return expect(actual).toBeNaN();
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(units * 2 ** -52 * Math.abs(expected));
}
