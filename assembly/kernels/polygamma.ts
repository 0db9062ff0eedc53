/**
 * ψ⁽ⁿ⁾(x) = (−1)^(n+1) n! Σ (x + k)^(−n−1): the first terms one by one and the rest by Euler and Maclaurin; below 0 the sum
 * is cut at 0 into two such sums less a third. Powers are e^(log n! − (n + 1) log(x + k)), with sums of two doubles
 * throughout. Largest errors seen: docs/accuracy.md. Coefficients: Bernoulli numbers, exact and rounded.
 *
 * Between two poles both sums are n! 2^(n+1) and more: of high orders they are computed in units of a power of two, so that
 * they may cancel where they are out of range.
 */
import { add, any, anySumTail, at, div, mul, productTail, sub, sumTail, where } from "./ops";
import { digamma, trigamma } from "./digamma";
import { longExp, longLog, stirling, tailOut } from "./stirling";
import { LN2 } from "./tables";

const ZERO: usize = memory.data<f64>([0, 0], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
const INFINITY: usize = memory.data<f64>([Infinity, Infinity], 16);
/** B_2j/(2j)!, j = 1…10. */
const BERNOULLI: usize = memory.data<f64>([
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7, 2.08767569878681e-8,
  -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15, -2.174868698558062e-16,
]);
const TERMS: i32 = 10;
/** A term less than this of the sum before it ends the sum. */
const NEGLIGIBLE: usize = memory.data<f64>([1e-22, 1e-22], 16);
/** The logarithms carry 68 bits: of higher orders they would not do. The order of an API call is up to 1000, derivatives come on top. */
const HIGHEST_ORDER: f64 = 1100;
/** Units are powers of this one. */
const UNIT_BITS: f64 = 512;
const UNIT: usize = memory.data<f64>([1.3407807929942597e154, 1.3407807929942597e154], 16);
/** Powers from the third on of all below overflow, and of all above are 0. */
const SMALLEST: usize = memory.data<f64>([1e-290, 1e-290], 16);
const GREATEST: usize = memory.data<f64>([1e290, 1e290], 16);

let powerTail: v128 = i64x2.splat(0);

/** e^(h + hTail) (x + xTail)^(−s), its tail in powerTail. */
function power(h: v128, hTail: v128, x: v128, xTail: v128, s: v128): v128 {
  const L = longLog(x), product = mul(s, L), productRest = add(productTail(s, L, product), mul(s, add(tailOut, div(xTail, x)))), E = sub(h, product);
  const z = longExp(E, add(anySumTail(h, f64x2.neg(product), E), sub(hTail, productRest)));
  powerTail = tailOut;
  return z;
}

let factorTail: v128 = i64x2.splat(0);

/** log Γ(s) in units of 2^(512 units), its tail in factorTail. */
function factor(s: v128, units: f64): v128 {
  const bits = f64x2.splat(-UNIT_BITS * units), unit = mul(bits, at(LN2, 0)), g = stirling(s, v128.load(ZERO)), h = add(g, unit);
  factorTail = add(add(anySumTail(g, unit, h), mul(bits, at(LN2, 1))), tailOut);
  return h;
}

let sumRest: v128 = i64x2.splat(0);

/** n! Σ (x + xTail + k)^(−n−1) in units of 2^(512 units), x > 0, its tail in sumRest. */
function sum(n: f64, x: v128, xTail: v128, units: f64): v128 {
  const s = n + 1, order = f64x2.splat(s), from = f64x2.splat(16 + n), infinity = v128.load(INFINITY);
  const h = factor(order, units), hTail = factorTail;
  let total = v128.load(ZERO), totalTail = total, X = f64x2.pmin(f64x2.pmax(x, v128.load(SMALLEST)), v128.load(GREATEST)), XTail = xTail, k: f64 = 0;
  let near = f64x2.lt(X, from);
  for (let open = near; any(open); open = v128.and(open, near)) {
    const term = v128.and(power(h, hTail, X, XTail, order), open), next = add(total, term);
    totalTail = add(totalTail, v128.and(add(anySumTail(total, term, next), v128.and(powerTail, open)), f64x2.lt(next, infinity)));
    total = next;
    k++;
    const whole = f64x2.splat(k), moved = add(x, whole);
    X = where(open, moved, X);
    XTail = where(open, add(anySumTail(x, whole, moved), xTail), XTail);
    near = f64x2.lt(X, from);
    open = v128.and(open, f64x2.gt(term, mul(total, v128.load(NEGLIGIBLE))));
  }
  // n!/n X^−n (1 + n/(2X) + n Σ B_2j/(2j)! s (s + 1) … (s + 2j − 2)/X^2j)
  const t = div(v128.load(ONE), X), t2 = mul(t, t);
  let weight = mul(order, t2), rest = v128.load(ZERO);
  for (let j = 0; j < TERMS; j++) {
    const last: f64 = s + 2 * <f64>j;
    rest = add(rest, mul(weight, f64x2.splat(load<f64>(BERNOULLI + (<usize>j << 3)))));
    weight = mul(mul(weight, t2), f64x2.splat((last + 1) * (last + 2)));
  }
  const g = factor(f64x2.splat(n), units), far = v128.andnot(power(g, factorTail, X, XTail, f64x2.splat(n)), near), farTail = v128.andnot(powerTail, near);
  const half = f64x2.splat(n / 2), ratio = div(half, X), whole = mul(ratio, X), ratioTail = mul(t, sub(sub(half, whole), add(productTail(ratio, X, whole), mul(ratio, XTail))));
  const bend = mul(far, ratio), bendTail = add(productTail(far, ratio, bend), mul(far, add(ratioTail, mul(f64x2.splat(n), rest))));
  const s1 = add(total, far), z = add(s1, bend), tails = add(anySumTail(total, far, s1), anySumTail(s1, bend, z));
  sumRest = v128.and(add(tails, add(totalTail, add(farTail, bendTail))), f64x2.lt(z, infinity));
  return z;
}

// @ts-ignore: decorator
@inline function mirrored(x: v128, isOdd: bool): v128 { return isOdd ? x : f64x2.neg(x); }

/** Order n ≥ 2. */
function ofOrder(n: f64, x: v128): v128 {
  const zero = v128.load(ZERO), one = v128.load(ONE), isOdd = n % 2 == 1, negative = f64x2.lt(x, zero);
  let z = sum(n, where(negative, one, x), zero, 0), rest = sumRest;
  if (any(negative)) { // Σ over x, x + 1, … as far as 0 and from there on
    const size = f64x2.neg(where(negative, x, f64x2.splat(-0.5))), b = sub(size, f64x2.floor(size)), above = sub(one, b), beyond = add(one, size);
    // log n! 2^(n+1) is to stay below 700
    const ln2 = 0.6931471805599453, most = f64x2.extract_lane(stirling(f64x2.splat(n + 1), zero), 0) + ln2 * (n + 1);
    const units = Math.max(0, Math.ceil((most - 700) / (ln2 * UNIT_BITS)));
    const right = sum(n, above, sumTail(one, f64x2.neg(b), above), units), rightRest = sumRest;
    const left = mirrored(sum(n, b, zero, units), isOdd), leftRest = mirrored(sumRest, isOdd), between = add(right, left); // may cancel to nothing
    const less = mirrored(sum(n, beyond, anySumTail(one, size, beyond), units), !isOdd), lessRest = mirrored(sumRest, !isOdd), all = add(between, less);
    const allRest = add(add(anySumTail(right, left, between), anySumTail(between, less, all)), add(add(rightRest, leftRest), lessRest));
    let below = add(all, v128.and(allRest, f64x2.lt(f64x2.abs(all), v128.load(INFINITY))));
    for (let unit: f64 = 0; unit < units; unit++) below = mul(below, v128.load(UNIT));
    z = where(negative, below, z);
    rest = v128.andnot(rest, negative);
  }
  z = add(z, v128.and(rest, f64x2.lt(f64x2.abs(z), v128.load(INFINITY))));
  const infinity = v128.load(INFINITY), pole = v128.and(f64x2.eq(x, f64x2.floor(x)), f64x2.le(x, zero)), atZero = isOdd ? infinity : div(f64x2.splat(-1), x);
  const signed = isOdd ? z : f64x2.neg(z), atPole = isOdd ? infinity : f64x2.splat(NaN);
  const value = where(pole, where(f64x2.eq(x, zero), atZero, atPole), signed);
  return where(f64x2.eq(x, f64x2.neg(infinity)), f64x2.splat(NaN), value);
}

// @ts-ignore: decorator
@inline function anyOrder(n: f64, x: v128): v128 {
  if (n == 0) return digamma(x);
  if (n == 1) return trigamma(x);
  return n > 0 && n <= HIGHEST_ORDER && Math.floor(n) == n ? ofOrder(n, x) : f64x2.splat(NaN);
}

/** Derivative n of ψ, a whole number from 0 to 1100: at poles Infinity where n is odd, else NaN, and ∓Infinity at ±0. */
export function polygamma(order: v128, x: v128): v128 {
  const n0 = f64x2.extract_lane(order, 0), n1 = f64x2.extract_lane(order, 1), z = anyOrder(n0, x);
  return n0 == n1 ? z : f64x2.replace_lane(z, 1, f64x2.extract_lane(anyOrder(n1, x), 1));
}

export function polygammaBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, polygamma(v128.load(a + i), v128.load(b + i)));
}
