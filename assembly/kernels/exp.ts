/**
 * exp, expm1 and exp2 by a table of powers of two (Tang): with k the integer nearest to 256x/ln 2 and r = x − k ln 2/256,
 *
 *     e^x = 2^(k/256) e^r,   e^r = 1 + r + r² p(r),   |r| ≤ ln 2/512,
 *
 * where 2^(k/256) comes from 256 entries with tails; exp2 has k nearest to 256x and r = (x − k/256) ln 2. Largest errors
 * seen: exp 0.76, expm1 0.96, exp2 0.76 ulp. Coefficients: scripts/fit.py.
 */
import { abs, add, at, both, first, mul, mulAdd, second, signBit, sub, sumTail, where } from "./ops";
import { EXP_POLY, EXP_STEP, EXP_TABLE, EXPM1_POLY } from "./tables";

/** 1.5·2^52: adding it rounds to an integer, which is then in the low bits. */
const ROUNDER: usize = memory.data<f64>([6755399441055744.0, 6755399441055744.0], 16);
/** Below, e^x is far enough from both ends of the range for every intermediate to be a normal number. */
const ORDINARY: usize = memory.data<f64>([690, 690], 16);
/** e^x is 0 below the one and Infinity above the other. */
const LOWEST: usize = memory.data<f64>([-746, -746], 16);
const HIGHEST: usize = memory.data<f64>([710, 710], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
/** Clears the low nine bits, so that half of k in steps of 256 is still a whole power of two. */
const EVEN_POWERS: usize = memory.data<u64>([0xfffffffffffffe00, 0xfffffffffffffe00], 16);

// ---- the steps

/** k + 1.5·2^52. */
// @ts-ignore: decorator
@inline export function steps(x: v128): v128 { return mulAdd(x, at(EXP_STEP, 0), v128.load(ROUNDER)); }

// @ts-ignore: decorator
@inline export function unrounded(steps: v128): v128 { return sub(steps, v128.load(ROUNDER)); }

/** The table's pair for k in lane i. */
// @ts-ignore: decorator
@inline function entry(k: i64): v128 { return v128.load(EXP_TABLE + ((<usize>k & 255) << 4)); }

// @ts-ignore: decorator
@inline export function entry0(steps: v128): v128 { return entry(i64x2.extract_lane(steps, 0)); }
// @ts-ignore: decorator
@inline export function entry1(steps: v128): v128 { return entry(i64x2.extract_lane(steps, 1)); }

/** 2^(k/256) from its entry: k's multiples of 256 go straight to the exponent. */
// @ts-ignore: decorator
@inline export function powerOf2(steps: v128, entry0: v128, entry1: v128): v128 {
  return i64x2.add(second(entry0, entry1), i64x2.shl(steps, 44));
}

/** e^r − 1 plus the relative tail of the table's value. */
// @ts-ignore: decorator
@inline export function growth(r: v128, tail: v128): v128 {
  const r2 = mul(r, r);
  return add(add(tail, r), mul(r2, add(at(EXP_POLY, 0), add(mul(r, at(EXP_POLY, 1)), mul(r2, at(EXP_POLY, 2))))));
}

/** Half of the power of two in 2^(k/256), as a difference of exponents. */
// @ts-ignore: decorator
@inline export function halfExponent(steps: v128): v128 { return i64x2.shl(v128.and(steps, v128.load(EVEN_POWERS)), 43); }

/** 2 to a power given as a difference of exponents. */
// @ts-ignore: decorator
@inline export function scale(exponent: v128): v128 { return i64x2.add(exponent, v128.load(ONE)); }

// ---- exp

// @ts-ignore: decorator
@inline function ordinary(x: v128): v128 { return f64x2.lt(abs(x), v128.load(ORDINARY)); }

// @ts-ignore: decorator
@inline function expCore(x: v128, inTwo: bool): v128 {
  const n = steps(x), k = unrounded(n);
  const r = sub(sub(x, mul(k, at(EXP_STEP, 1))), mul(k, at(EXP_STEP, 2)));
  const e0 = entry0(n), e1 = entry1(n);
  const s = powerOf2(n, e0, e1), p = growth(r, first(e0, e1));
  if (!inTwo) return mulAdd(s, p, s);
  const half = halfExponent(n), t = i64x2.sub(s, half);
  return mul(mulAdd(t, p, t), scale(half));
}

/** Any argument. The power of two is applied in two steps, the last of which may round, overflow or underflow. */
function expRare(x: v128): v128 {
  // pmax and pmin in this order of operands keep a NaN
  return expCore(f64x2.pmin(f64x2.pmax(x, v128.load(LOWEST)), v128.load(HIGHEST)), true);
}

/** e^x. */
export function exp(x: v128): v128 {
  return both(ordinary(x)) ? expCore(x, false) : expRare(x);
}

export function expBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 32) { // two vectors a turn: 8 % quicker than one
    const x = v128.load(a + i), y = v128.load(a + i, 16);
    if (!both(v128.and(ordinary(x), ordinary(y)))) {
      v128.store(z + i, expRare(x));
      v128.store(z + i, expRare(y), 16);
      continue;
    }
    const u = expCore(x, false), v = expCore(y, false);
    v128.store(z + i, u);
    v128.store(z + i, v, 16);
  }
}

// ---- expm1

/** Below, e^x − 1 is −1. */
const LOWEST_M1: usize = memory.data<f64>([-50, -50], 16);
/** Above, e^x is computed as twice e^(x − ln 2). */
const HALVED: usize = memory.data<f64>([709, 709], 16);
const TWO: usize = memory.data<f64>([2, 2], 16);
const LN2_HEAD: usize = memory.data<f64>([0.6931471803691238, 0.6931471803691238], 16);
const LN2_TAIL: usize = memory.data<f64>([1.9082149292705877e-10, 1.9082149292705877e-10], 16);

/** With S = 2^(k/256), d = S − 1 and e^r = 1 + r + q: e^x − 1 = d + r + (q + d (r + q)), every sum with its tail. */
// @ts-ignore: decorator
@inline function expm1Core(x: v128): v128 {
  const one = v128.load(ONE);
  const n = steps(x), k = unrounded(n);
  const head = sub(x, mul(k, at(EXP_STEP, 1))), rest = mul(k, at(EXP_STEP, 2)), r = sub(head, rest), rTail = sub(sub(head, r), rest);
  const e0 = entry0(n), e1 = entry1(n), S = powerOf2(n, e0, e1), r2 = mul(r, r);
  const low = add(at(EXPM1_POLY, 0), mul(r, at(EXPM1_POLY, 1))), upper = add(at(EXPM1_POLY, 2), mul(r, at(EXPM1_POLY, 3)));
  const q = add(add(rTail, first(e0, e1)), mul(r2, add(low, mul(r2, upper))));
  const d = sub(S, one), b = sub(d, S), dTail = sub(sub(S, sub(d, b)), add(one, b)); // two-sum: d is inexact below ½ and above 2^53
  const s = add(d, r), tail = add(sumTail(d, r, s), dTail);
  return v128.or(add(s, add(tail, add(q, mul(d, add(r, q))))), signBit(x)); // the sign for −0
}

/** For the lane form and the rare cases, where a call is no matter. */
function expm1Once(x: v128): v128 { return expm1Core(x); }

function expm1Rare(x: v128): v128 {
  const y = f64x2.pmin(f64x2.pmax(x, v128.load(LOWEST_M1)), v128.load(HIGHEST));
  const huge = f64x2.ge(y, v128.load(HALVED)), u = expm1Once(sub(y, v128.and(huge, v128.load(LN2_HEAD))));
  return where(huge, mul(v128.load(TWO), sub(u, mul(u, v128.load(LN2_TAIL)))), u);
}

/** e^x − 1, accurate near 0. */
export function expm1(x: v128): v128 {
  return both(ordinary(x)) ? expm1Once(x) : expm1Rare(x);
}

export function expm1Block(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 32) {
    const x = v128.load(a + i), y = v128.load(a + i, 16);
    if (!both(v128.and(ordinary(x), ordinary(y)))) {
      v128.store(z + i, expm1Rare(x));
      v128.store(z + i, expm1Rare(y), 16);
      continue;
    }
    const u = expm1Core(x), v = expm1Core(y);
    v128.store(z + i, u);
    v128.store(z + i, v, 16);
  }
}

// ---- exp2

/** Below, 2^x and every intermediate is a normal number. */
const ORDINARY_2: usize = memory.data<f64>([995, 995], 16);
/** 2^x is 0 below the one and Infinity above the other. */
const LOWEST_2: usize = memory.data<f64>([-1076, -1076], 16);
const HIGHEST_2: usize = memory.data<f64>([1025, 1025], 16);
/** Steps of 1/256. */
const PER_STEP: usize = memory.data<f64>([0.00390625, 0.00390625], 16);
const STEPS: usize = memory.data<f64>([256, 256], 16);
const LN2: usize = memory.data<f64>([0.6931471805599453, 0.6931471805599453], 16);

// @ts-ignore: decorator
@inline function ordinary2(x: v128): v128 { return f64x2.lt(abs(x), v128.load(ORDINARY_2)); }

// @ts-ignore: decorator
@inline function exp2Core(x: v128, inTwo: bool): v128 {
  const n = mulAdd(x, v128.load(STEPS), v128.load(ROUNDER)), k = unrounded(n);
  const r = mul(sub(x, mul(k, v128.load(PER_STEP))), v128.load(LN2)); // the difference is exact
  const e0 = entry0(n), e1 = entry1(n);
  const s = powerOf2(n, e0, e1), p = growth(r, first(e0, e1));
  if (!inTwo) return mulAdd(s, p, s);
  const half = halfExponent(n), t = i64x2.sub(s, half);
  return mul(mulAdd(t, p, t), scale(half));
}

function exp2Rare(x: v128): v128 {
  return exp2Core(f64x2.pmin(f64x2.pmax(x, v128.load(LOWEST_2)), v128.load(HIGHEST_2)), true);
}

/** 2^x. */
export function exp2(x: v128): v128 {
  return both(ordinary2(x)) ? exp2Core(x, false) : exp2Rare(x);
}

export function exp2Block(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 32) {
    const x = v128.load(a + i), y = v128.load(a + i, 16);
    if (!both(v128.and(ordinary2(x), ordinary2(y)))) {
      v128.store(z + i, exp2Rare(x));
      v128.store(z + i, exp2Rare(y), 16);
      continue;
    }
    const u = exp2Core(x, false), v = exp2Core(y, false);
    v128.store(z + i, u);
    v128.store(z + i, v, 16);
  }
}
