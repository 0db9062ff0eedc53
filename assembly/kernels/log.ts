/**
 * log, log1p, log2 and log10 by a table: x = 2^k m with m in [0.6875, 1.375), and c near m from 256 entries,
 *
 *     log x = k ln 2 + log c + log(1 + r),   r = m/c − 1,   log(1 + r) = r − r²/2 + r³ p(r),   |r| ≤ 2^-7.
 *
 * 1/c has 26 bits and m is cut in two, so r is exact but for its last rounding; c is chosen so that log c is within
 * 0.004 ulp of a double (Gal), and is 1 exactly for m near 1. log2 and log10 are k times the logarithm of 2 plus log m
 * times 1/ln(base), that product by 26 bits and the rest. Largest errors seen: log 0.70, log1p 0.66, log2 0.55,
 * log10 0.54 ulp. Coefficients: scripts/fit.py.
 */
import { add, at, both, first, high, mul, mulAdd, second, signBit, sub, sumTail, where } from "./ops";
import { IN_BASE_10, IN_BASE_2, LN2, LOG_POLY, LOG_TABLE } from "./tables";

/** 1 − 0.6875 in the scale of exponents: moves the cut between binades from 1 to 0.6875. */
const TO_CUT: usize = memory.data<u64>([0x000a000000000000, 0x000a000000000000], 16);
/** The bits of 0.6875. */
const CUT: usize = memory.data<u64>([0x3fe6000000000000, 0x3fe6000000000000], 16);
const FRACTION: usize = memory.data<u64>([0x000fffffffffffff, 0x000fffffffffffff], 16);
/** The bits of 2^52: or-ed to a small integer they make 2^52 + integer. */
const INTEGER: usize = memory.data<u64>([0x4330000000000000, 0x4330000000000000], 16);
/** 2^52 + the exponent's bias; and for arguments that were multiplied by 2^54. */
export const BIAS: usize = memory.data<f64>([4503599627371519.0, 4503599627371519.0], 16);
export const BIAS_SCALED: usize = memory.data<f64>([4503599627371573.0, 4503599627371573.0], 16);
export const TWO_TO_54: usize = memory.data<f64>([18014398509481984.0, 18014398509481984.0], 16);
export const SMALLEST_NORMAL: usize = memory.data<f64>([2.2250738585072014e-308, 2.2250738585072014e-308], 16);
export const INFINITY: usize = memory.data<f64>([Infinity, Infinity], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);

// ---- the steps

/** The bits of x > 0, moved so that the exponent field is k + bias and the top 8 bits of the fraction are the entry. */
// @ts-ignore: decorator
@inline export function moved(x: v128): v128 { return i64x2.add(x, v128.load(TO_CUT)); }

/** k as a double. */
// @ts-ignore: decorator
@inline export function exponent(moved: v128, bias: v128): v128 { return sub(v128.or(i64x2.shr_u(moved, 52), v128.load(INTEGER)), bias); }

/** m. */
// @ts-ignore: decorator
@inline export function significand(moved: v128): v128 { return i64x2.add(v128.and(moved, v128.load(FRACTION)), v128.load(CUT)); }

/** Byte offset of an entry of two doubles. */
// @ts-ignore: decorator
@inline export function offset(moved: i64): usize { return <usize>(moved >> 40) & 0xff0; }

/** log(1 + r) − r, given the sign-turned quadratic term's coefficient ½. */
// @ts-ignore: decorator
@inline export function bend(r: v128): v128 {
  const r2 = mul(r, r);
  const low = mulAdd(r, at(LOG_POLY, 1), at(LOG_POLY, 0)), middle = mulAdd(r, at(LOG_POLY, 3), at(LOG_POLY, 2));
  const p = add(low, mul(r2, add(middle, mul(r2, at(LOG_POLY, 4)))));
  return mul(r2, sub(mul(r, p), v128.load(HALF)));
}

/** k ln 2 + log c + r + …: the two big parts as a sum with its tail. */
// @ts-ignore: decorator
@inline function total(k: v128, logC: v128, r: v128): v128 {
  const kLn2 = mul(k, at(LN2, 0)), w = add(kLn2, logC), tail = sumTail(kLn2, logC, w);
  return add(w, add(r, add(bend(r), add(tail, mul(k, at(LN2, 1))))));
}

// ---- log

// @ts-ignore: decorator
@inline function ordinary(x: v128): v128 {
  return v128.and(f64x2.ge(x, v128.load(SMALLEST_NORMAL)), f64x2.lt(x, v128.load(INFINITY)));
}

// @ts-ignore: decorator
@inline function logCore(x: v128, bias: v128): v128 {
  const t = moved(x), m = significand(t), mHigh = high(m);
  const e0 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 0))), e1 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 1)));
  const inverse = first(e0, e1);
  const r = add(sub(mul(mHigh, inverse), v128.load(ONE)), mul(sub(m, mHigh), inverse));
  return total(exponent(t, bias), second(e0, e1), r);
}

/** y for pole < x < Infinity, else what a logarithm with its pole there has: −Infinity, Infinity, NaN. */
// @ts-ignore: decorator
@inline function withEnds(x: v128, y: v128, pole: v128): v128 {
  const upper = where(f64x2.eq(x, v128.load(INFINITY)), x, y);
  const fromPole = where(f64x2.eq(x, pole), f64x2.splat(-Infinity), upper);
  return where(f64x2.ge(x, pole), fromPole, f64x2.splat(NaN));
}

/** For the lane form and the rare cases, where a call is no matter. */
function logOnce(x: v128, bias: v128): v128 { return logCore(x, bias); }

function logRare(x: v128): v128 {
  const subnormal = f64x2.lt(x, v128.load(SMALLEST_NORMAL));
  const y = where(subnormal, mul(x, v128.load(TWO_TO_54)), x);
  return withEnds(x, logOnce(y, where(subnormal, v128.load(BIAS_SCALED), v128.load(BIAS))), f64x2.splat(0));
}

/** The natural logarithm. */
export function log(x: v128): v128 {
  return both(ordinary(x)) ? logOnce(x, v128.load(BIAS)) : logRare(x);
}

export function logBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    if (!both(ordinary(x))) {
      v128.store(z + i, logRare(x));
      continue;
    }
    v128.store(z + i, logCore(x, v128.load(BIAS)));
  }
}

// ---- log1p: the logarithm of u = 1 + x, with what u lost added to r

/** The smallest argument above the pole. */
const LEAST: usize = memory.data<f64>([-0.9999999999999999, -0.9999999999999999], 16);
/** From here on 1 is nothing to x, and the tail's scale 2^-k would be subnormal. */
const GREAT: usize = memory.data<f64>([1e300, 1e300], 16);
const GREATEST: usize = memory.data<f64>([1.7976931348623157e308, 1.7976931348623157e308], 16);
/** The exponent field of 2^-k is this less that of 2^k. */
const RECIPROCAL: usize = memory.data<u64>([0x7fe0000000000000, 0x7fe0000000000000], 16);
const EXPONENT: usize = memory.data<u64>([0xfff0000000000000, 0xfff0000000000000], 16);

// @ts-ignore: decorator
@inline function ordinary1p(x: v128): v128 { return v128.and(f64x2.ge(x, v128.load(LEAST)), f64x2.lt(x, v128.load(GREAT))); }

/** What u lost, in units of the power of two in u, given moved(u). */
// @ts-ignore: decorator
@inline export function scaledTail(uTail: v128, t: v128): v128 {
  return mul(uTail, i64x2.sub(v128.load(RECIPROCAL), v128.and(t, v128.load(EXPONENT))));
}

/** `without`: lanes whose tail is left out. */
// @ts-ignore: decorator
@inline function log1pCore(x: v128, without: v128): v128 {
  const one = v128.load(ONE);
  const u = add(x, one), v = sub(u, one), uTail = add(sub(one, sub(u, v)), sub(x, v)); // two-sum
  const t = moved(u), m = significand(t), mHigh = high(m);
  const e0 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 0))), e1 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 1)));
  const inverse = first(e0, e1);
  const r = add(sub(mul(mHigh, inverse), one), mul(sub(m, mHigh), inverse));
  // last, as r may be 0 or tiny: added to the low product it would be lost
  const full = add(r, mul(v128.andnot(scaledTail(uTail, t), without), inverse));
  return v128.or(total(exponent(t, v128.load(BIAS)), second(e0, e1), full), signBit(x)); // the sign for −0
}

/** For the lane form and the rare cases, where a call is no matter. */
function log1pOnce(x: v128, without: v128): v128 { return log1pCore(x, without); }

function log1pRare(x: v128): v128 {
  const y = f64x2.pmin(x, v128.load(GREATEST));
  return withEnds(x, log1pOnce(y, f64x2.ge(y, v128.load(GREAT))), f64x2.splat(-1));
}

/** log(1 + x), accurate near 0. */
export function log1p(x: v128): v128 {
  return both(ordinary1p(x)) ? log1pOnce(x, i64x2.splat(0)) : log1pRare(x);
}

export function log1pBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    if (!both(ordinary1p(x))) {
      v128.store(z + i, log1pRare(x));
      continue;
    }
    v128.store(z + i, log1pCore(x, i64x2.splat(0)));
  }
}

// ---- the logarithm of a sum of two doubles, for others to build on

/** log(u + uTail) for normal u from 0.6875 to 1e300 and its tail; near 1 to the relative accuracy of u + uTail − 1. */
// @ts-ignore: decorator
@inline export function logOfSum(u: v128, uTail: v128): v128 {
  const t = moved(u), m = significand(t), mHigh = high(m);
  const e0 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 0))), e1 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 1)));
  const inverse = first(e0, e1), logC = second(e0, e1), k = exponent(t, v128.load(BIAS));
  const r = add(sub(mul(mHigh, inverse), v128.load(ONE)), mul(sub(m, mHigh), inverse));
  const rTail = mul(scaledTail(uTail, t), inverse);
  const kLn2 = mul(k, at(LN2, 0)), w = add(kLn2, logC), tail = add(sumTail(kLn2, logC, w), mul(k, at(LN2, 1)));
  // rTail/(1 + r) stays apart from r, whose rounding it would share
  return add(w, add(r, add(bend(r), add(tail, sub(rTail, mul(r, rTail))))));
}

/** 2^52 + the exponent's bias − 1. */
const BIAS_TWICE: usize = memory.data<f64>([4503599627371518.0, 4503599627371518.0], 16);

/** log 2x for normal x. */
// @ts-ignore: decorator
@inline export function logOfTwice(x: v128): v128 { return logCore(x, v128.load(BIAS_TWICE)); }

// ---- log2 and log10

/** `base`: IN_BASE_2 or IN_BASE_10. */
// @ts-ignore: decorator
@inline function inBaseCore(x: v128, bias: v128, base: usize): v128 {
  const t = moved(x), m = significand(t), mHigh = high(m), k = exponent(t, bias);
  const e0 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 0))), e1 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 1)));
  const inverse = first(e0, e1), logC = second(e0, e1);
  const r = add(sub(mul(mHigh, inverse), v128.load(ONE)), mul(sub(m, mHigh), inverse));
  // log m = s + low
  const s = add(logC, r), low = add(sumTail(logC, r, s), bend(r)), sHigh = high(s);
  const product = mul(sHigh, at(base, 0)), productRest = add(add(mul(sub(s, sHigh), at(base, 0)), mul(s, at(base, 1))), mul(low, at(base, 2)));
  const whole = mul(k, at(base, 3)), w = add(whole, product), tail = add(sumTail(whole, product, w), mul(k, at(base, 4)));
  return add(w, add(productRest, tail));
}

// One body for both bases, as it costs no speed.

function inBaseRare(x: v128, base: usize): v128 {
  const subnormal = f64x2.lt(x, v128.load(SMALLEST_NORMAL)), y = where(subnormal, mul(x, v128.load(TWO_TO_54)), x);
  return withEnds(x, inBaseCore(y, where(subnormal, v128.load(BIAS_SCALED), v128.load(BIAS)), base), f64x2.splat(0));
}

function inBase(x: v128, base: usize): v128 {
  return both(ordinary(x)) ? inBaseCore(x, v128.load(BIAS), base) : inBaseRare(x, base);
}

function inBaseBlock(z: usize, a: usize, bytes: usize, base: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    if (!both(ordinary(x))) {
      v128.store(z + i, inBaseRare(x, base));
      continue;
    }
    v128.store(z + i, inBaseCore(x, v128.load(BIAS), base));
  }
}

/** The logarithm to base 2. */
export function log2(x: v128): v128 {
  return inBase(x, IN_BASE_2);
}

/** The logarithm to base 10. */
export function log10(x: v128): v128 {
  return inBase(x, IN_BASE_10);
}

export function log2Block(z: usize, a: usize, bytes: usize): void {
  inBaseBlock(z, a, bytes, IN_BASE_2);
}

export function log10Block(z: usize, a: usize, bytes: usize): void {
  inBaseBlock(z, a, bytes, IN_BASE_10);
}
