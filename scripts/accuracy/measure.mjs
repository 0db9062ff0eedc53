/** The largest errors of a function and of its slopes. */
import { exactly } from "./exact.mjs";
import { slopesOf, valuesOf } from "./kernels.mjs";
import { functions, pointsOf } from "./points.mjs";

const view = new DataView(new ArrayBuffer(8));
function ulp(x) {
  view.setFloat64(0, x);
  return 2 ** (Math.max((view.getUint32(0) >>> 20) & 0x7ff, 1) - 1075);
}

/** In ulps of the value, or of `size` where that is greater. An overflow counts as the number after the greatest. */
function errorOf(result, value, rest, size) {
  if (Number.isNaN(result) !== Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  if (Object.is(result, value)) return Math.abs(rest);
  if (Number.isFinite(result) && Number.isFinite(value))
    return Math.abs((result - value) / ulp(value) - rest) * Math.min(1, ulp(value) / ulp(size));
  const [a, b] = [result, value].map((x) => Math.sign(x) * Math.min(Math.abs(x), Number.MAX_VALUE));
  return Math.abs((a - b) / ulp(b)) + 1;
}

function worst(results, { values, rests }, operands, sizes) {
  let found = { error: 0, at: [] };
  results.forEach((result, i) => {
    const error = errorOf(result, values[i], rests[i], sizes?.[i] ?? 0);
    if (error > found.error) found = { error, at: operands.map((operand) => operand[i]), result, value: values[i] };
  });
  return found;
}

/**
 * The worst of `count` points, which depend on the seed: `value`, `host` (of Math's function, if there is one) and `slopes`, each
 * { error, at, result, value }.
 */
export function measure(name, count, seed) {
  const { terms, slopeTerms, along } = functions[name];
  const operands = pointsOf(name, count, seed);
  const exact = exactly(name, operands);
  const sizesOf = (of, columns, values) => of && values.map((value, i) => of(...columns.map((column) => column[i]), Math.abs(value)));
  const value = worst(valuesOf(name, operands), exact, operands, sizesOf(terms, operands, exact.values));
  const host =
    Math[name] &&
    worst(
      operands[0].map((a, i) => Math[name](a, operands[1]?.[i])),
      exact,
      operands,
    );
  const slopes = (along ?? (operands.length > 1 && name !== "hypot" ? [0, 1] : [0])).map((index) => {
    const all = exactly(name, operands, index);
    const isKept = (_, i) => isMeasured(name, exact.values[i], all.values[i]);
    const inside = operands.map((operand) => operand.filter(isKept));
    const expected = { values: all.values.filter(isKept), rests: all.rests.filter(isKept) };
    return worst(slopesOf(name, inside, index), expected, inside, sizesOf(slopeTerms, inside, exact.values.filter(isKept)));
  });
  return { value, host, slopes };
}

/** Nothing is measured where a slope is no number (a logarithm of a negative base) or overflows, or where the value does, or has lost its digits as a subnormal. */
function isMeasured(name, value, slope) {
  return Number.isFinite(slope) && Number.isFinite(value) && (name !== "hypot" || Math.abs(value) >= 2 ** -1022);
}
