/**
 * tanh by a table with eight centres c an octave of |x| (and c = 0 for all |x| < 2^-4): with r = |x| − c, t = tanh r
 * and T = tanh c,
 *
 *     tanh |x| = T + (1 − T²) t/(1 + T t),   t = r + r³ p(r²).
 *
 * No branch: |x| is clamped to 20, where tanh rounds to 1. Largest error seen: 0.69 ulp. Coefficients: scripts/fit.py.
 */
import { abs, add, at, div, first, mul, octaveEntry, second, signBit, sub } from "./ops";
import { TANH_POINT, TANH_POLY, TANH_SLOPE } from "./tables";

const ONE: usize = memory.data<f64>([1, 1], 16);
const HIGHEST: usize = memory.data<f64>([20, 20], 16);
const LAST_ENTRY: usize = memory.data<u64>([67, 67], 16);

// @ts-ignore: decorator
@inline function core(x: v128): v128 {
  const y = f64x2.pmin(abs(x), v128.load(HIGHEST)); // in this order pmin keeps a NaN
  const entry = octaveEntry(y, v128.load(LAST_ENTRY)), i = <usize>i64x2.extract_lane(entry, 0), j = <usize>i64x2.extract_lane(entry, 1);
  const points0 = v128.load(TANH_POINT + i), points1 = v128.load(TANH_POINT + j);
  const slopes0 = v128.load(TANH_SLOPE + i), slopes1 = v128.load(TANH_SLOPE + j);
  const T = second(points0, points1), r = sub(y, first(points0, points1)), t = tanhOfSmall(r);
  const rise = div(mul(second(slopes0, slopes1), t), add(v128.load(ONE), mul(T, t)));
  return v128.or(add(T, add(first(slopes0, slopes1), rise)), signBit(x));
}

// @ts-ignore: decorator
@inline function tanhOfSmall(r: v128): v128 {
  const r2 = mul(r, r), r4 = mul(r2, r2);
  const c0 = add(at(TANH_POLY, 0), mul(r2, at(TANH_POLY, 1)));
  const c2 = add(at(TANH_POLY, 2), mul(r2, at(TANH_POLY, 3)));
  const c4 = add(at(TANH_POLY, 4), mul(r2, at(TANH_POLY, 5)));
  const p = add(c0, mul(r4, add(c2, mul(r4, add(c4, mul(r4, at(TANH_POLY, 6)))))));
  return add(r, mul(mul(r, r2), p));
}

/** The hyperbolic tangent. */
export function tanh(x: v128): v128 {
  return core(x);
}

export function tanhBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 32) { // two vectors a turn overlap their divisions
    const u = core(v128.load(a + i)), v = core(v128.load(a + i, 16));
    v128.store(z + i, u);
    v128.store(z + i, v, 16);
  }
}
