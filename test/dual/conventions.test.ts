import { describe, expect, test } from "vitest";
import type { OperationName } from "../../src/graph/operations.ts";
import { dual } from "./dual-block.ts";
import { partials } from "./evaluate-rule.ts";

const NaN = Number.NaN;

/** Operation, operands, partials: exact. */
const conventions: Record<string, [OperationName, number[], number[]][]> = {
  "roots and logarithms have slope +Infinity at both zeros": [
    ["sqrt", [0], [Infinity]],
    ["sqrt", [-0], [Infinity]],
    ["cbrt", [0], [Infinity]],
    ["cbrt", [-0], [Infinity]],
    ["log", [0], [Infinity]],
    ["log", [-0], [Infinity]],
    ["log1p", [-1], [Infinity]],
    ["log2", [0], [Infinity]],
    ["log10", [-0], [Infinity]],
  ],
  "at the ends of their domain inverses have infinite slopes": [
    ["asin", [1], [Infinity]],
    ["asin", [-1], [Infinity]],
    ["acos", [1], [-Infinity]],
    ["acos", [-1], [-Infinity]],
    ["acosh", [1], [Infinity]],
    ["atanh", [1], [Infinity]],
    ["atanh", [-1], [Infinity]],
  ],
  "outside the domain the slope is NaN": [
    ["sqrt", [-1], [NaN]],
    ["log", [-1], [NaN]],
    ["log", [-5e-324], [NaN]],
    ["log", [-Infinity], [NaN]],
    ["log1p", [-1 - 2 ** -52], [NaN]],
    ["log2", [-1], [NaN]],
    ["log10", [-5e-324], [NaN]],
    ["asin", [1 + 2 ** -52], [NaN]],
    ["asin", [-Infinity], [NaN]],
    ["acos", [-1 - 2 ** -52], [NaN]],
    ["acos", [1e300], [NaN]],
    ["acosh", [1 - 2 ** -53], [NaN]],
    ["acosh", [-2], [NaN]],
    ["acosh", [-1e300], [NaN]],
    ["acosh", [-Infinity], [NaN]],
    ["atanh", [1 + 2 ** -52], [NaN]],
    ["atanh", [Infinity], [NaN]],
    ["rem", [1, 0], [NaN, NaN]],
    ["rem", [Infinity, 2], [NaN, NaN]],
    ["sin", [Infinity], [NaN]],
    ["cos", [-Infinity], [NaN]],
    ["tan", [Infinity], [NaN]],
    ["pow", [-2, 0.5], [NaN, NaN]],
  ],
  "kinks take the subgradient of least norm": [
    ["abs", [0], [0]],
    ["abs", [-0], [0]],
    ["hypot", [0, 0], [0, 0]],
    ["hypot", [-0, 0], [0, 0]],
  ],
  "a tie shares the slope": [
    ["max", [2, 2], [0.5, 0.5]],
    ["min", [2, 2], [0.5, 0.5]],
    ["max", [0, -0], [0.5, 0.5]],
    ["min", [-0, 0], [0.5, 0.5]],
    ["max", [Infinity, Infinity], [0.5, 0.5]],
  ],
  "atan2 at the origin is NaN, on the axes it is not": [
    ["atan2", [0, 0], [NaN, NaN]],
    ["atan2", [0, 1], [1, -0]],
    ["atan2", [0, -2], [-0.5, -0]],
    ["atan2", [2, 0], [0, -0.5]],
  ],
  powers: [
    ["pow", [0, 0], [0, -Infinity]],
    ["pow", [0, 2], [0, 0]],
    ["pow", [0, 1], [1, 0]],
    ["pow", [0, 0.5], [Infinity, 0]],
    ["pow", [0, -1], [-Infinity, -Infinity]],
    ["powSlope", [0, 2], [2, 0]],
    ["powSlope", [0, 3], [0, 0]],
    ["powSlope", [0, 0], [0, NaN]],
    ["powSlope", [0, 1], [0, -Infinity]],
    ["powLog", [0, 2], [0, 0]],
    ["powLog", [1, 5], [1, 0]],
  ],
  "infinite operands": [
    ["exp", [Infinity], [Infinity]],
    ["exp", [-Infinity], [0]],
    ["expm1", [-Infinity], [0]],
    ["log", [Infinity], [0]],
    ["log1p", [Infinity], [0]],
    ["sqrt", [Infinity], [0]],
    ["cbrt", [-Infinity], [0]],
    ["exp2", [Infinity], [Infinity]],
    ["exp2", [-Infinity], [0]],
    ["log2", [Infinity], [0]],
    ["log10", [Infinity], [0]],
    ["sinh", [-Infinity], [Infinity]],
    ["cosh", [-Infinity], [-Infinity]],
    ["asinh", [-Infinity], [0]],
    ["acosh", [Infinity], [0]],
    ["tanh", [Infinity], [0]],
    ["tanh", [-Infinity], [0]],
    ["atan", [Infinity], [0]],
    ["atan", [-Infinity], [0]],
    ["atan2", [1, Infinity], [0, 0]],
    ["atan2", [Infinity, Infinity], [0, 0]],
    ["hypot", [Infinity, 1], [0, 0]],
    ["hypot", [-Infinity, Infinity], [0, 0]],
    ["rem", [1, Infinity], [1, 0]],
  ],
  "nothing is squared that may leave the range": [
    ["div", [1e200, 1e200], [1e-200, -1e-200]],
    ["div", [1e-200, 1e-200], [1e200, -1e200]],
    ["hypot", [1e200, 0], [1, 0]],
    ["hypot", [3e-320, 4e-320], [0.6, 0.8]],
    ["atan", [1e160], [1e-320]],
    ["atan", [-(2 ** 520)], [2 ** -1040]],
    ["atan2", [2 ** 600, 0], [0, -(2 ** -600)]],
    ["atan2", [0, 2 ** -600], [2 ** 600, -0]],
    ["atan2", [2 ** 1023, 2 ** 1023], [2 ** -1024, -(2 ** -1024)]],
    ["atan2", [-(2 ** -20), 2 ** -1060], [2 ** -1020, 2 ** 20]],
    ["asinh", [-(2 ** 1020)], [2 ** -1020]],
    ["acosh", [2 ** 1020], [2 ** -1020]],
    ["acosh", [2 ** 512], [2 ** -512]],
    ["cbrt", [2 ** 1020], [1 / 3 / 2 ** 680]],
    ["cbrt", [2 ** -1020], [(1 / 3) * 2 ** 680]],
  ],
  "the remainder's quotient is exact": [
    ["rem", [1, 0.1], [1, -9]],
    ["rem", [0.3, 0.1], [1, -2]],
    ["rem", [1e17, 3], [1, -33333333333333332]],
    ["rem", [2, 4], [1, 0]],
  ],
  "steps are flat, at the steps too": [
    ["floor", [2], [0]],
    ["ceil", [-0], [0]],
    ["trunc", [-3], [0]],
    ["round", [0.5], [0]],
    ["sign", [0], [0]],
  ],
};

describe.each(Object.entries(conventions))("%s", (_, cases) => {
  test.each(cases)("%s at %j", (op, operands, expected) => {
    const actual = partials(op, ...operands);
    expect(actual.map(withoutSign)).toEqual(expected.map(withoutSign));
  });
});

describe("what loses is masked, not multiplied", () => {
  test.each(["max", "min"] as const)("%s", (op) => {
    const [winner, loser] = op === "max" ? [2, 1] : [1, 2];
    for (const poison of [Infinity, -Infinity, NaN]) {
      expect(
        dual(op, [
          { val: winner, der: 3 },
          { val: loser, der: poison },
        ]).der,
      ).toBe(3);
      expect(
        dual(op, [
          { val: loser, der: poison },
          { val: winner, der: 3 },
        ]).der,
      ).toBe(3);
    }
  });

  test.each(["abs", "hypot"] as const)("%s at 0", (op) => {
    const operands = [
      { val: 0, der: Infinity },
      { val: 0, der: NaN },
    ];
    expect(dual(op, op === "abs" ? operands.slice(0, 1) : operands).der).toBe(0);
  });
});

test("beside a NaN the tangents of both operands pass, so that its own is not lost", () => {
  for (const op of ["max", "min"] as const) {
    expect(
      dual(op, [
        { val: NaN, der: NaN },
        { val: 1, der: 0 },
      ]),
    ).toEqual({ val: NaN, der: NaN });
    expect(
      dual(op, [
        { val: 1, der: 0 },
        { val: NaN, der: NaN },
      ]),
    ).toEqual({ val: NaN, der: NaN });
  }
});

test("the sign of a NaN does not reach the tangent of abs", () => {
  const negative = new Float64Array(new BigInt64Array([-0x8000000000000n]).buffer)[0]!;
  expect(negative).toBeNaN();
  expect(dual("abs", [{ val: negative, der: 1 }]).der).toBe(dual("abs", [{ val: -negative, der: 1 }]).der);
});

/** 0 and −0 are the same slope. */
const withoutSign = (value: number) => value + 0;
