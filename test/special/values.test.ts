import { describe, expect, test } from "vitest";
import { type KernelName, runBlock } from "./kernels.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;
const { MAX_VALUE, MIN_VALUE } = Number;

/** Argument, value: exact. */
// biome-ignore format: a table
const values: { readonly [name in KernelName]?: readonly (readonly [number, number])[] } = {
  erf: [[0, 0], [-0, -0], [inf, 1], [-inf, -1], [nan, nan], [MAX_VALUE, 1], [7, 1]],
  erfc: [[0, 1], [-0, 1], [inf, 0], [-inf, 2], [nan, nan], [MAX_VALUE, 0], [-MAX_VALUE, 2], [28, 0], [-6, 2]],
  erfcx: [[0, 1], [-0, 1], [inf, 0], [-inf, inf], [nan, nan], [-27, inf], [-MAX_VALUE, inf]],
  erfcxSlope: [[0, -1.1283791670955126], [-inf, -inf], [nan, nan]],
  gauss: [[0, 1], [-0, 1], [inf, 0], [-inf, 0], [nan, nan], [1e200, 0], [MIN_VALUE, 1]],
  normalPdf: [[0, 0.3989422804014327], [inf, 0], [-inf, 0], [nan, nan], [1e200, 0]],
  normalPdfSlope: [[0, -0], [-0, 0], [nan, nan]],
  normalCdf: [[0, 0.5], [-0, 0.5], [inf, 1], [-inf, 0], [nan, nan], [9, 1], [-39, 0]],
  logistic: [[0, 0.5], [-0, 0.5], [inf, 1], [-inf, 0], [nan, nan], [40, 1], [-MAX_VALUE, 0]],
  softplus: [[0, Math.LN2], [-0, Math.LN2], [inf, inf], [-inf, 0], [nan, nan], [1e300, 1e300], [-MAX_VALUE, 0]],
  gamma: [
    [1, 1], [2, 1], [3, 2], [4, 6], [5, 24], [6, 120], [11, 3628800], [19, 6402373705728000], [23, 1.1240007277776077e21], [0.5, 1.772453850905516],
    [0, inf], [-0, -inf], [-1, nan], [-2, nan], [-200, nan], [inf, inf], [-inf, nan], [nan, nan], [172, inf], [MAX_VALUE, inf],
    [-190.5, -0], [-191.5, 0], [-MAX_VALUE, nan], [MIN_VALUE, inf], [-MIN_VALUE, -inf], [2 ** -1000, 2 ** 1000], [-(2 ** -1000), -(2 ** 1000)],
  ],
  logGamma: [[1, 0], [2, 0], [0, inf], [-0, inf], [-1, inf], [-7, inf], [inf, inf], [-inf, inf], [nan, nan], [MAX_VALUE, inf], [-MAX_VALUE, inf]],
  digamma: [[1, -0.5772156649015329], [0, -inf], [-0, inf], [-1, nan], [-50, nan], [inf, inf], [-inf, nan], [nan, nan], [2 ** -1000, -(2 ** 1000)]],
  trigamma: [[1, 1.6449340668482264], [0, inf], [-0, inf], [-1, inf], [-50, inf], [inf, 0], [-inf, nan], [nan, nan], [1e-200, inf]],
  sinc: [[0, 1], [-0, 1], [inf, 0], [-inf, 0], [nan, nan], [MIN_VALUE, 1]],
};

describe.each(Object.entries(values))("%s", (name, cases) => {
  test.each(cases)("at %d is %d", (x, expected) => {
    const layout = [x, 0.7, 0.7, x];
    const [first, beside, , last] = runBlock(name as KernelName, [layout]);
    expect(first).toBe(expected);
    expect(last).toBe(expected);
    expect(beside).toBe(runBlock(name as KernelName, [[0.7, 0.7]])[0]);
  });
});

test.each([
  [0, 1, -0.5772156649015329],
  [1, 1, 1.6449340668482264],
  [2, 0, -inf],
  [2, -0, inf],
  [3, 0, inf],
  [3, -0, inf],
  [2, -3, nan],
  [3, -3, inf],
  [2, inf, -0],
  [3, inf, 0],
  [2, -inf, nan],
  [2, nan, nan],
  [1.5, 1, nan],
  [-1, 1, nan],
  [1101, 1, nan],
  // by mpmath: sums between poles that are out of range cancel to values that are not
  [150, -1.501, -1.0003985647959957e308],
  [150, -0.499, 1.0003985647961103e308],
  [149, -3.5, 1.087255209250746e306],
  [160, -1.5, -4.0282354257715757e220],
  [168, -0.5, -4.395654895071064e272],
  [200, -99.5, -3.353932707986727e-28],
  [160, -1.5625, -inf],
  [160, -1.499, inf],
  [169, -2.25, inf],
  [170, 10.5, -1.7274756326839765e132],
  [171, 300, 2.460416683664153e-117],
  [500, 450, -1.0008967280601026e-195],
  [1000, 700, -6.032889570300837e-281],
  [1000, 430, -3.527177945000113e-69],
])("polygamma of order %d at %d is %d", (order, x, expected) => {
  expect(runBlock("polygamma", [[order], [x]])[0]).toBe(expected);
});

test("derivatives of sinc at 0 are (−1)^(n/2)/(n + 1), or 0 for odd n", () => {
  const results = runBlock("sincDerivative", [
    [1, 2, 3, 4, 5, 6],
    [0, 0, 0, 0, 0, 0],
  ]);
  expect(Array.from(results, (value) => value + 0)).toEqual([0, -1 / 3, 0, 1 / 5, 0, -1 / 7]);
});

test("derivatives of erfcx: (2n)!/n! at 0 for even orders, 0 and Infinity at the ends, NaN for what is no order", () => {
  const results = runBlock("erfcxDerivative", [
    [1, 2, 3, 2, 3, 2, 2, 6, 2, 0, 2.5, 1e9],
    [0, 0, 0, inf, inf, -inf, nan, 1e-300, 1e200, 1, 1, 1],
  ]);
  const twoOverSqrtPi = 1.1283791670955126;
  expect(Array.from(results)).toEqual([-twoOverSqrtPi, 2, -4 * twoOverSqrtPi, 0, -0, inf, nan, 120, 0, nan, nan, nan]);
});
