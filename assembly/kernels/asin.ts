/**
 * asin and acos by one polynomial: with s = |x|, z = x² below ½ and, above, z = (1 − |x|)/2, s = √z,
 *
 *     asin s = s + s z p(z),   0 ≤ z ≤ ¼;   above ½: asin |x| = π/2 − 2 asin s,   acos |x| = 2 asin s,
 *
 * the root with its tail. No branch: beyond ±1 the root is NaN. Largest errors seen: asin 0.65, acos 0.60 ulp.
 * Coefficients: scripts/fit.py.
 */
import { abs, add, at, high, mul, roughInverse, signBit, sub, sumTail, where } from "./ops";
import { ASIN_POLY } from "./tables";

const ZERO: usize = memory.data<f64>([0, 0], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
const TWO: usize = memory.data<f64>([2, 2], 16);
const MINUS_TWO: usize = memory.data<f64>([-2, -2], 16);
const PI: usize = memory.data<f64>([3.141592653589793, 3.141592653589793], 16);
const PI_TAIL: usize = memory.data<f64>([1.2246467991473532e-16, 1.2246467991473532e-16], 16);
const HALF_PI: usize = memory.data<f64>([1.5707963267948966, 1.5707963267948966], 16);
const HALF_PI_TAIL: usize = memory.data<f64>([6.123233995736766e-17, 6.123233995736766e-17], 16);

/** (asin √z/√z − 1)/z. */
// @ts-ignore: decorator
@inline function poly(z: v128): v128 {
  const z2 = mul(z, z), z4 = mul(z2, z2);
  const c0 = add(at(ASIN_POLY, 0), mul(z, at(ASIN_POLY, 1))), c2 = add(at(ASIN_POLY, 2), mul(z, at(ASIN_POLY, 3)));
  const c4 = add(at(ASIN_POLY, 4), mul(z, at(ASIN_POLY, 5))), c6 = add(at(ASIN_POLY, 6), mul(z, at(ASIN_POLY, 7)));
  const c8 = add(at(ASIN_POLY, 8), mul(z, at(ASIN_POLY, 9))), c10 = add(at(ASIN_POLY, 10), mul(z, at(ASIN_POLY, 11)));
  const low = add(c0, mul(z2, c2)), middle = add(c4, mul(z2, c6)), upper = add(add(c8, mul(z2, c10)), mul(z4, at(ASIN_POLY, 12)));
  return add(low, mul(z4, add(middle, mul(z4, upper))));
}

/** z: y² is the lesser of the two exactly where y < ½. A NaN stays. */
// @ts-ignore: decorator
@inline function argument(y: v128): v128 {
  const half = v128.load(HALF);
  return f64x2.pmin(mul(y, y), sub(half, mul(half, y)));
}

/** Twice what √z lacks. */
// @ts-ignore: decorator
@inline function rootTail(z: v128, root: v128): v128 {
  const rootHigh = high(root), left = sub(sub(z, mul(rootHigh, rootHigh)), mul(sub(root, rootHigh), add(root, rootHigh))); // z − root²
  return mul(left, roughInverse(root));
}

/** base + term + rest, base and term as a sum with its tail. */
// @ts-ignore: decorator
@inline function total(base: v128, baseTail: v128, term: v128, rest: v128): v128 {
  const head = add(base, term);
  return add(head, add(sumTail(base, term, head), add(baseTail, rest)));
}

// @ts-ignore: decorator
@inline function asinCore(x: v128): v128 {
  const y = abs(x), near = f64x2.lt(y, v128.load(HALF)), z = argument(y), root = f64x2.sqrt(z);
  const term = where(near, y, mul(root, v128.load(MINUS_TWO)));
  const rest = sub(mul(term, mul(z, poly(z))), v128.andnot(rootTail(z, root), near));
  return v128.or(total(v128.andnot(v128.load(HALF_PI), near), v128.andnot(v128.load(HALF_PI_TAIL), near), term, rest), signBit(x));
}

// @ts-ignore: decorator
@inline function acosCore(x: v128): v128 {
  const y = abs(x), near = f64x2.lt(y, v128.load(HALF)), z = argument(y), root = f64x2.sqrt(z), sign = signBit(x);
  const term = where(near, f64x2.neg(y), mul(root, v128.load(TWO)));
  const rest = add(mul(term, mul(z, poly(z))), v128.andnot(rootTail(z, root), near));
  const turns = where(near, v128.load(HALF), v128.and(f64x2.lt(x, v128.load(ZERO)), v128.load(ONE))); // base/π
  return total(mul(turns, v128.load(PI)), mul(turns, v128.load(PI_TAIL)), v128.xor(term, sign), v128.xor(rest, sign));
}

/** The arc sine, from −π/2 to π/2. */
export function asin(x: v128): v128 {
  return asinCore(x);
}

/** The arc cosine, from 0 to π. */
export function acos(x: v128): v128 {
  return acosCore(x);
}

export function asinBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 32) { // two vectors a turn overlap their roots
    const u = asinCore(v128.load(a + i)), v = asinCore(v128.load(a + i, 16));
    v128.store(z + i, u);
    v128.store(z + i, v, 16);
  }
}

export function acosBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 32) {
    const u = acosCore(v128.load(a + i)), v = acosCore(v128.load(a + i, 16));
    v128.store(z + i, u);
    v128.store(z + i, v, 16);
  }
}
