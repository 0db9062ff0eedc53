import { expect, test } from "vitest";
import { readReference, ulpError } from "../kernels/reference.ts";
import { type KernelName, ordered, runBlock, unary } from "./kernels.ts";

/**
 * In ulps, a little above the largest errors seen on many more points (docs/accuracy.md). The promise is 1,
 * for erfcx and the gamma family 2, for the kernels that are first derivatives 3. Second derivatives and higher ones promise
 * nothing.
 */
const bounds: { readonly [name in Exclude<KernelName, "gammaSlope">]: number } = {
  erf: 0.92,
  erfc: 0.78,
  erfcx: 1.1,
  erfcxSlope: 1.8,
  gauss: 0.8,
  normalPdf: 0.8,
  normalPdfSlope: 1.3,
  normalCdf: 0.8,
  logistic: 0.8,
  softplus: 0.8,
  gamma: 0.9,
  logGamma: 1.8,
  digamma: 1.6,
  trigamma: 1.2,
  polygamma: 1.3,
  sinc: 0.8,
  sincDerivative: 2.6,
  erfcxDerivative: 5,
};

test.each([...unary.map((name) => [name, 1] as const), ...ordered.map((name) => [name, 2] as const)])("%s", (name, arity) => {
  const { operands, values, rests } = readReference(name, arity);
  const results = runBlock(name, operands);
  let worst = { error: 0, at: [] as number[], result: 0, value: 0 };
  results.forEach((result, i) => {
    const isHigher = name === "sincDerivative" && operands[0]![i]! > 1;
    const error = ulpError(result, values[i]!, rests[i]!) / (isHigher ? 3 : 1);
    if (error > worst.error) worst = { error, at: operands.map((operand) => operand[i]!), result, value: values[i]! };
  });
  expect(values.length).toBeGreaterThan(500);
  expect(worst.error, JSON.stringify(worst)).toBeGreaterThan(0.4);
  expect(worst.error, JSON.stringify(worst)).toBeLessThanOrEqual(bounds[name]);
});
