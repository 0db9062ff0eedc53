/**
 * sinc x = sin x / x and its derivatives. The sine keeps its tail through the division. The first derivative is a
 * polynomial up to 2 and (cos x − sinc x)/x above; derivative n has
 *
 *     x y_n = sin⁽ⁿ⁾ x − n y_(n−1)
 *
 * which is followed upwards where |x| ≥ n and downwards from far above where not: the way that damps errors. Largest
 * errors seen: docs/accuracy.md. Coefficients: those of trig.ts, and scripts/fit-special.py.
 */
import { cos, sin } from "../elementary";
import { abs, add, at, both, div, mul, sub, sumTail, where } from "./ops";
import { bothNear, near as nearSine, quotient, rareOf, SINE, SINE_OVER_X } from "./trig";
import { SINC_SLOPE } from "./special-tables";

const ONE: usize = memory.data<f64>([1, 1], 16);
const TWO: usize = memory.data<f64>([2, 2], 16);
const INFINITY: usize = memory.data<f64>([Infinity, Infinity], 16);
/** Below, sinc rounds to 1. */
const TINY: usize = memory.data<f64>([1e-9, 1e-9], 16);

function sincRare(x: v128): v128 {
  const y = abs(x), z = rareOf(x, SINE, true);
  return v128.andnot(where(f64x2.lt(y, v128.load(TINY)), v128.load(ONE), z), f64x2.eq(y, v128.load(INFINITY)));
}

/** sin x / x, 1 at 0. */
export function sinc(x: v128): v128 {
  const entry = quotient(x);
  return bothNear(entry) && both(f64x2.ge(abs(x), v128.load(TINY))) ? nearSine(x, entry, SINE_OVER_X) : sincRare(x);
}

export function sincBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, sinc(v128.load(a + i)));
}

// ---- derivatives

// @ts-ignore: decorator
@inline function near(x: v128): v128 {
  const v = mul(x, x), v2 = mul(v, v), v4 = mul(v2, v2);
  const p2 = add(at(SINC_SLOPE, 2), mul(v, at(SINC_SLOPE, 3)));
  const p4 = add(at(SINC_SLOPE, 4), mul(v, at(SINC_SLOPE, 5))), p6 = add(at(SINC_SLOPE, 6), mul(v, at(SINC_SLOPE, 7)));
  const p8 = add(at(SINC_SLOPE, 8), mul(v, at(SINC_SLOPE, 9))), p10 = add(at(SINC_SLOPE, 10), mul(v, at(SINC_SLOPE, 11)));
  const bend = add(mul(v, at(SINC_SLOPE, 1)), add(mul(v2, p2), mul(v4, add(add(p4, mul(v2, p6)), mul(v4, add(p8, mul(v2, p10)))))));
  const c = at(SINC_SLOPE, 0), head = add(c, bend), tail = add(sumTail(c, bend, head), at(SINC_SLOPE, 12));
  return add(mul(x, head), mul(x, tail));
}

function slope(x: v128): v128 {
  const y = abs(x), isNear = f64x2.le(y, v128.load(TWO));
  if (both(isNear)) return near(x);
  const far = v128.andnot(div(sub(cos(x), sinc(x)), x), f64x2.eq(y, v128.load(INFINITY)));
  return where(isNear, near(x), far);
}

/** The n-th derivative of the sine, from sine and cosine. */
function sineDerivative(n: i32, s: f64, c: f64): f64 {
  const value = n & 1 ? c : s;
  return n & 2 ? -value : value;
}

/** How far above the order and |x| the way down begins: what is dropped there is below 2^-60 of the result. */
const ABOVE: i32 = 40;

/** Derivative n ≥ 2. */
function derivative(n: i32, x: f64): f64 {
  if (Math.abs(x) == Infinity) return 0;
  const s = f64x2.extract_lane(sin(f64x2.splat(x)), 0), c = f64x2.extract_lane(cos(f64x2.splat(x)), 0);
  if (Math.abs(x) >= <f64>n) {
    let y = f64x2.extract_lane(sinc(f64x2.splat(x)), 0);
    for (let k = 1; k <= n; k++) y = (sineDerivative(k, s, c) - <f64>k * y) / x;
    return y;
  }
  let y: f64 = 0;
  for (let k = 2 * n + ABOVE; k > n; k--) y = (sineDerivative(k, s, c) - x * y) / <f64>k;
  return y;
}

function derivativeOf(order: f64, x: f64, first: f64): f64 {
  if (order == 1) return first;
  return order >= 2 && order < 1e6 && Math.floor(order) == order ? derivative(<i32>order, x) : NaN;
}

/** The derivative of sinc of a whole order from 1 up. */
export function sincDerivative(order: v128, x: v128): v128 {
  const first = slope(x);
  if (both(f64x2.eq(order, v128.load(ONE)))) return first;
  const z0 = derivativeOf(f64x2.extract_lane(order, 0), f64x2.extract_lane(x, 0), f64x2.extract_lane(first, 0));
  const z1 = derivativeOf(f64x2.extract_lane(order, 1), f64x2.extract_lane(x, 1), f64x2.extract_lane(first, 1));
  return f64x2.replace_lane(f64x2.splat(z0), 1, z1);
}

export function sincDerivativeBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, sincDerivative(v128.load(a + i), v128.load(b + i)));
}
