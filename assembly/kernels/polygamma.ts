/**
 * ψ⁽ⁿ⁾(x) = (−1)^(n+1) n! Σ (x + k)^(−n−1): the first terms one by one and the rest by Euler and Maclaurin; below 0 the sum
 * is cut at 0 into two such sums less a third. Largest error seen: 2 ulp (of the largest term where they cancel).
 */
import { pow } from "../elementary";
import { add, div, mul, sub, sumTail, where } from "./ops";
import { digamma, gamma, trigammaPositive } from "./gamma";

const ZERO: usize = memory.data<f64>([0, 0], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
/** B_2j/(2j)!, j = 1…10. */
const BERNOULLI: usize = memory.data<f64>([
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7, 2.08767569878681e-8,
  -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15, -2.174868698558062e-16,
]);
const TERMS: i32 = 10;
/** n! is in range up to here. */
const HIGHEST_ORDER: f64 = 170;

/** n!, exact up to 22. */
function factorial(n: f64): f64 {
  let product: f64 = 1;
  for (let k: f64 = 2; k <= n; k++) product *= k;
  return n <= 22 ? product : f64x2.extract_lane(gamma(f64x2.splat(n + 1)), 0);
}

/** n! Σ (x + xTail + k)^(−n−1), x > 0. */
function sum(n: f64, x: v128, xTail: v128): v128 {
  const s = n + 1, order = f64x2.splat(s), power = f64x2.splat(-s), from = f64x2.splat(16 + n);
  let total = f64x2.splat(0), totalTail = total, X = x, XTail = xTail, k: f64 = 0;
  for (let open = f64x2.lt(X, from); i64x2.bitmask(open); open = f64x2.lt(X, from)) {
    const z = pow(X, power), term = v128.and(sub(z, v128.and(mul(mul(z, order), div(XTail, X)), f64x2.ne(XTail, v128.load(ZERO)))), open), next = add(total, term);
    totalTail = add(totalTail, v128.and(sumTail(total, term, next), f64x2.lt(next, f64x2.splat(Infinity))));
    total = next;
    k++;
    const whole = f64x2.splat(k), moved = add(x, whole), back = sub(moved, x);
    X = where(open, moved, X);
    XTail = where(open, add(add(sub(x, sub(moved, back)), sub(whole, back)), xTail), XTail); // two-sum
  }
  // X^−n/n (1 + n/(2X) + n Σ B_2j/(2j)! s (s + 1) … (s + 2j − 2)/X^2j)
  const t = div(v128.load(ONE), X), t2 = mul(t, t);
  let factor = mul(order, t2), rest = mul(v128.load(HALF), t);
  for (let j = 0; j < TERMS; j++) {
    const at: f64 = s + 2 * <f64>j;
    rest = add(rest, mul(factor, f64x2.splat(load<f64>(BERNOULLI + (<usize>j << 3)))));
    factor = mul(mul(factor, t2), f64x2.splat((at + 1) * (at + 2)));
  }
  const smaller = f64x2.splat(factorial(n - 1)), whole = pow(X, f64x2.splat(-n)), part = Math.floor(n / 2);
  const inParts = mul(mul(smaller, pow(X, f64x2.splat(-part))), pow(X, f64x2.splat(part - n))); // the power alone would be subnormal
  const main = where(f64x2.gt(whole, f64x2.splat(1e-290)), mul(smaller, whole), inParts), change = mul(f64x2.splat(n), sub(rest, mul(XTail, t)));
  const far = add(main, mul(main, change)), terms = mul(f64x2.splat(factorial(n)), total), termsTail = mul(f64x2.splat(factorial(n)), totalTail);
  return add(terms, add(far, termsTail));
}

/** Order n ≥ 1. */
function ofOrder(n: f64, x: v128): v128 {
  const zero = v128.load(ZERO), one = v128.load(ONE), none = f64x2.splat(0), isOdd = n % 2 == 1, negative = f64x2.lt(x, zero);
  if (n == 1 && !i64x2.bitmask(negative)) return trigammaPositive(x);
  let z = sum(n, where(negative, one, x), none);
  if (n == 1) z = trigammaPositive(where(negative, one, x));
  if (i64x2.bitmask(negative)) {
    const size = f64x2.neg(where(negative, x, f64x2.splat(-0.5))), b = sub(size, f64x2.floor(size));
    const above = sub(one, b), beyond = add(one, size), isAboveOne = f64x2.gt(size, one);
    const beyondTail = sumTail(where(isAboveOne, size, one), where(isAboveOne, one, size), beyond);
    const left = sub(sum(n, b, none), sum(n, beyond, beyondTail)), right = sum(n, above, sub(sub(one, above), b));
    z = where(negative, isOdd ? add(right, left) : sub(right, left), z);
  }
  const pole = v128.and(f64x2.eq(x, f64x2.floor(x)), f64x2.le(x, zero)), atZero = isOdd ? f64x2.splat(Infinity) : div(f64x2.splat(-1), x);
  const signed = isOdd ? z : f64x2.neg(z), atPole = isOdd ? f64x2.splat(Infinity) : f64x2.splat(NaN);
  const value = where(pole, where(f64x2.eq(x, zero), atZero, atPole), signed);
  return where(f64x2.eq(x, f64x2.splat(-Infinity)), f64x2.splat(NaN), value);
}

// @ts-ignore: decorator
@inline function anyOrder(n: f64, x: v128): v128 {
  if (n == 0) return digamma(x);
  return n > 0 && n <= HIGHEST_ORDER && Math.floor(n) == n ? ofOrder(n, x) : f64x2.splat(NaN);
}

/** Derivative n of ψ, a whole number from 0 to 170: at poles Infinity where n is odd, else NaN, and ∓Infinity at ±0. */
export function polygamma(order: v128, x: v128): v128 {
  const n0 = f64x2.extract_lane(order, 0), n1 = f64x2.extract_lane(order, 1), z = anyOrder(n0, x);
  return n0 == n1 ? z : f64x2.replace_lane(z, 1, f64x2.extract_lane(anyOrder(n1, x), 1));
}

export function polygammaBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, polygamma(v128.load(a + i), v128.load(b + i)));
}
