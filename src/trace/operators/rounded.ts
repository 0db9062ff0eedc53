import type { Tracer } from "../state/tracer.ts";
import { merge } from "../values/merge.ts";
import type { Numeric } from "../values/values.ts";

/** By which `toFixed` scales exactly: powers of ten that are numbers. */
const mostDigits = 22;
/** Parts a number in two halves whose products are exact (Dekker, "A floating-point technique", 1971). */
const splitter = 2 ** 27 + 1;
const halves = (x: number): readonly [high: number, low: number] => {
  const high = splitter * x - (splitter * x - x);
  return [high, x - high];
};

/**
 * The number that `x.toFixed(digits)` is the text of: n/10^digits for the whole number n that is nearest to |x|·10^digits, the greater
 * of two, with the sign of x. The product is rounded; what it lacks decides where it seems to be in the middle.
 */
export function rounded(tracer: Tracer, x: Numeric, digits: number): Numeric | undefined {
  if (!(Number.isInteger(digits) && digits >= 0 && digits <= mostDigits)) return undefined;
  const scale = 10 ** digits;
  const [high, low] = halves(scale);
  const size = tracer.apply("abs", x);
  const product = tracer.apply("mul", size, scale);
  const wide = tracer.apply("mul", size, splitter);
  const sizeHigh = tracer.apply("sub", wide, tracer.apply("sub", wide, size));
  const sizeLow = tracer.apply("sub", size, sizeHigh);
  const parts = [tracer.apply("mul", sizeHigh, high), tracer.apply("mul", sizeLow, high), tracer.apply("mul", sizeHigh, low)];
  const rest = parts.reduce((left, part) => tracer.apply("sub", left, part), product);
  const lacking = tracer.apply("sub", tracer.apply("mul", sizeLow, low), rest);
  const whole = tracer.apply("floor", product);
  const beyond = tracer.apply("add", tracer.apply("sub", tracer.apply("sub", product, whole), 0.5), lacking);
  const up = tracer.apply("add", whole, 1);
  const pick = (op: "lt" | "ge", a: Numeric, b: number, yes: Numeric, no: Numeric) =>
    merge(tracer, tracer.maskOf(tracer.compare(op, a, b)), yes, no) as Numeric;
  const near = tracer.apply("div", pick("ge", beyond, 0, up, whole), scale);
  return pick("ge", product, 2 ** 53, x, pick("lt", x, 0, tracer.apply("neg", near), near));
}
