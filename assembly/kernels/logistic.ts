/**
 * logistic and softplus from e = e^(−|x|), a sum of two doubles by exp.ts:
 *
 *     logistic x = 1/(1 + e)  or, for x < 0,  e/(1 + e);   softplus x = max(x, 0) + log(1 + e)
 *
 * the quotient with its remainder, the logarithm by log.ts's table. Largest errors seen: logistic 0.76, softplus 0.76 ulp.
 * Coefficients: those of exp.ts and log.ts.
 */
import { exp } from "../elementary";
import { abs, add, at, both, div, first, high, mul, productTail, second, sub, sumTail, where } from "./ops";
import { entry0, entry1, growth, powerOf2, steps, unrounded } from "./exp";
import { BIAS, bend, exponent, moved, offset, scaledTail, significand } from "./log";
import { reduced } from "./gaussian";
import { LN2, LOG_TABLE } from "./tables";

const ONE: usize = memory.data<f64>([1, 1], 16);
const ZERO: usize = memory.data<f64>([0, 0], 16);
/** Below, every intermediate is a normal number; above, logistic x is e^x or 1, softplus x is e^x or x. */
const ORDINARY: usize = memory.data<f64>([690, 690], 16);

// @ts-ignore: decorator
@inline function ordinary(x: v128): v128 { return f64x2.lt(abs(x), v128.load(ORDINARY)); }

// ---- logistic

// @ts-ignore: decorator
@inline function logisticCore(x: v128): v128 {
  const one = v128.load(ONE), E = f64x2.neg(abs(x)), n = steps(E), k = unrounded(n), e0 = entry0(n), e1 = entry1(n);
  const s = powerOf2(n, e0, e1), rest = mul(s, growth(reduced(E, v128.load(ZERO), k), first(e0, e1))), e = add(s, rest), eTail = sumTail(s, rest, e);
  const below = f64x2.lt(x, v128.load(ZERO)), a = where(below, e, one), aTail = v128.and(eTail, below);
  const b = add(one, e), bTail = add(sumTail(one, e, b), eTail), inverse = div(one, b), z = mul(a, inverse);
  const excess = add(productTail(z, b, a), sub(mul(z, bTail), aTail));
  return sub(z, mul(excess, inverse));
}

function logisticRare(x: v128): v128 {
  const isOrdinary = ordinary(x);
  return where(isOrdinary, logistic(v128.and(x, isOrdinary)), where(f64x2.gt(x, v128.load(ZERO)), v128.load(ONE), exp(x)));
}

/** 1/(1 + e^(−x)). */
export function logistic(x: v128): v128 {
  return both(ordinary(x)) ? logisticCore(x) : logisticRare(x);
}

export function logisticBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, logistic(v128.load(a + i)));
}

// ---- softplus

// @ts-ignore: decorator
@inline function softplusCore(x: v128): v128 {
  const one = v128.load(ONE), E = f64x2.neg(abs(x)), n = steps(E), k = unrounded(n), e0 = entry0(n), e1 = entry1(n);
  const s = powerOf2(n, e0, e1), rest = mul(s, growth(reduced(E, v128.load(ZERO), k), first(e0, e1))), e = add(s, rest), eTail = sumTail(s, rest, e);
  // log(1 + e) as in log1p
  const u = add(one, e), uTail = add(sumTail(one, e, u), eTail);
  const t = moved(u), m = significand(t), mHigh = high(m), power = exponent(t, v128.load(BIAS));
  const pair0 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 0))), pair1 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 1)));
  const inverse = first(pair0, pair1), logC = second(pair0, pair1);
  const r0 = add(sub(mul(mHigh, inverse), one), mul(sub(m, mHigh), inverse)), r1 = mul(scaledTail(uTail, t), inverse), r = add(r0, r1), rTail = sumTail(r0, r1, r);
  const kLn2 = mul(power, at(LN2, 0)), w = add(kLn2, logC), wTail = add(sumTail(kLn2, logC, w), mul(power, at(LN2, 1)));
  // and the rest of x
  const top = v128.and(x, f64x2.gt(x, v128.load(ZERO))), total = add(top, w), back = sub(total, top);
  const totalTail = add(sub(top, sub(total, back)), sub(w, back)); // two-sum
  return add(total, add(r, add(bend(r), add(rTail, add(wTail, totalTail)))));
}

function softplusRare(x: v128): v128 {
  const isOrdinary = ordinary(x);
  return where(isOrdinary, softplus(v128.and(x, isOrdinary)), where(f64x2.gt(x, v128.load(ZERO)), x, exp(x)));
}

/** log(1 + e^x). */
export function softplus(x: v128): v128 {
  return both(ordinary(x)) ? softplusCore(x) : softplusRare(x);
}

export function softplusBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, softplus(v128.load(a + i)));
}
