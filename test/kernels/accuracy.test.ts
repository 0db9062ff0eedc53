import { expect, test } from "vitest";
import { binary, type KernelName, runBlock, unary } from "./kernels.ts";
import { readReference, ulpError } from "./reference.ts";

/**
 * Largest errors seen on millions of points, in ulps, and a little more. The promise is 1, for pow 2, for its slopes 3;
 * a kernel that has lost a tail often still keeps it.
 */
const bounds: { readonly [name in KernelName]?: number } = {
  exp: 0.78,
  expm1: 0.97,
  exp2: 0.78,
  log: 0.71,
  log1p: 0.68,
  log2: 0.58,
  log10: 0.56,
  sin: 0.76,
  cos: 0.76,
  tan: 0.54,
  asin: 0.68,
  acos: 0.7,
  atan: 0.61,
  sinh: 0.56,
  cosh: 0.56,
  tanh: 0.7,
  asinh: 0.68,
  acosh: 0.69,
  atanh: 0.69,
  cbrt: 0.52,
  atan2: 0.6,
  hypot: 0.9,
  pow: 0.78,
  powSlope: 1.5,
  powLog: 1.95,
};
/** Exact by definition: they have tests of their own. */
const exact: readonly KernelName[] = [
  ...(["round", "fround", "sign", "rem", "clz32", "imul"] as const),
  ...(["bitAnd", "bitOr", "bitXor", "shiftLeft", "shiftRight", "shiftRightUnsigned"] as const),
];

const inexact = [...unary.map((name) => [name, 1] as const), ...binary.map((name) => [name, 2] as const)].filter(
  ([name]) => !exact.includes(name),
);

test.each(inexact)("%s against correctly rounded values", (name, arity) => {
  const { operands, values, rests } = readReference(name, arity);
  const results = runBlock(name, operands);
  let worst = { error: 0, at: [] as number[], result: 0, value: 0 };
  results.forEach((result, i) => {
    const error = ulpError(result, values[i], rests[i]);
    if (error > worst.error) worst = { error, at: operands.map((operand) => operand[i]), result, value: values[i] };
  });
  expect(values.length).toBeGreaterThan(1000);
  expect(worst.error, JSON.stringify(worst)).toBeGreaterThan(0.4);
  expect(worst.error, JSON.stringify(worst)).toBeLessThanOrEqual(bounds[name]!);
});
