/**
 * a^b and its two slopes, all from one logarithm of 68 bits:
 *
 *     pow = e^E              E = b log|a|
 *     powSlope = b e^E       E = b log|a| − log|a|       (∂/∂a, never by rounding b − 1)
 *     powLog = log a · e^E   E = b log a                 (∂/∂b)
 *
 * The logarithm is log.ts's, with its table's tails, r² split exactly and seven coefficients, as a sum of two doubles;
 * E is an exact product with tail; the exponential is exp.ts's with E's tail added to r. Largest errors seen: pow 0.76,
 * powSlope 1.5, powLog 1.9 ulp. Coefficients: scripts/fit.py.
 */
import { abs, add, at, both, first, high, mul, mulAdd, productTail, second, signBit, sub, sumTail, swapped, where } from "./ops";
import { EXP_STEP, LN2, LOG_TABLE, LOG_TAIL, POW_LOG_POLY } from "./tables";
import { entry0, entry1, growth, halfExponent, powerOf2, scale, steps, unrounded } from "./exp";
import { BIAS, BIAS_SCALED, INFINITY, SMALLEST_NORMAL, TWO_TO_54, exponent, moved, offset, significand } from "./log";

const ONE: usize = memory.data<f64>([1, 1], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
/** For |E| below, e^E and every intermediate are normal numbers. */
const ORDINARY: usize = memory.data<f64>([690, 690], 16);
/** Beyond ±800 every one of the three results has over- or underflowed, whatever its factor. */
const HIGHEST: usize = memory.data<f64>([800, 800], 16);
const LOWEST: usize = memory.data<f64>([-800, -800], 16);

/** Which of the three is computed. */
const VALUE: i32 = 0;
const SLOPE: i32 = 1;
const LOGARITHM: i32 = 2;

/** (log(1 + r) − r + r²/2)/r³. */
// @ts-ignore: decorator
@inline function logPoly(r: v128): v128 {
  const r2 = mul(r, r);
  const c0 = mulAdd(r, at(POW_LOG_POLY, 1), at(POW_LOG_POLY, 0));
  const c2 = mulAdd(r, at(POW_LOG_POLY, 3), at(POW_LOG_POLY, 2));
  const c4 = mulAdd(r, at(POW_LOG_POLY, 5), at(POW_LOG_POLY, 4));
  return add(c0, mul(r2, add(c2, mul(r2, add(c4, mul(r2, at(POW_LOG_POLY, 6)))))));
}

// ---- the exponential times its factor

// @ts-ignore: decorator
@inline function exponential(E: v128, tail: v128, factor: v128, kind: i32, inTwo: bool): v128 {
  const n = steps(E), k = unrounded(n);
  const r = add(sub(sub(E, mul(k, at(EXP_STEP, 1))), mul(k, at(EXP_STEP, 2))), tail);
  const e0 = entry0(n), e1 = entry1(n), s = powerOf2(n, e0, e1), p = growth(r, first(e0, e1));
  if (!inTwo) {
    const power = mulAdd(s, p, s);
    return kind == VALUE ? power : mul(power, factor);
  }
  const half = halfExponent(n), t = i64x2.sub(s, half), power = mulAdd(t, p, t);
  return mul(kind == VALUE ? power : mul(power, factor), scale(half));
}

/** The sign, or NaN, that a negative base brings. */
// @ts-ignore: decorator
@inline function withSign(z: v128, a: v128, b: v128, kind: i32): v128 {
  const negative = f64x2.lt(a, f64x2.splat(0));
  if (kind == LOGARITHM) return v128.or(z, negative);
  const halfB = mul(b, v128.load(HALF)), whole = f64x2.eq(b, f64x2.nearest(b)), even = f64x2.eq(halfB, f64x2.nearest(halfB));
  const turned = kind == VALUE ? v128.andnot(negative, even) : v128.and(negative, even); // e^E stands for |a|^b, |a|^(b−1)
  return v128.or(v128.xor(z, signBit(turned)), v128.andnot(negative, whole)); // all bits set: a NaN
}

// ---- the whole; sums of two doubles are x + xTail

/** A call to the rare cases where a lane is one. */
class Common {}
/** Any finite a ≠ 0 and finite b. */
class Rare {}

// @ts-ignore: decorator
@inline function core<Path>(a: v128, b: v128, size: v128, bias: v128, kind: i32): v128 {
  const t = moved(size), k = exponent(t, bias), m = significand(t), mHigh = high(m);
  const i = offset(i64x2.extract_lane(t, 0)), j = offset(i64x2.extract_lane(t, 1));
  const e0 = v128.load(LOG_TABLE + i), e1 = v128.load(LOG_TABLE + j), inverse = first(e0, e1), logC = second(e0, e1);
  const logCTail = v128.load64_lane(LOG_TAIL + (j >> 1), v128.load64_zero(LOG_TAIL + (i >> 1)), 1);
  // r = m/c − 1
  const r0 = sub(mul(mHigh, inverse), v128.load(ONE)), r1 = mul(sub(m, mHigh), inverse), r = add(r0, r1), rTail = sumTail(r0, r1, r);
  // r²/2, its first part exact
  const half = v128.load(HALF), rHigh = high(r);
  const square = mul(mul(half, rHigh), rHigh), squareTail = mul(mul(half, sub(r, rHigh)), add(r, rHigh));
  const cubic = mul(mul(mul(r, r), r), logPoly(r));
  // log|a| = k ln 2 + log c + r − r²/2 + …
  const s0 = mul(k, at(LN2, 0)), s1 = add(s0, logC), s2 = add(s1, r), s3 = sub(s2, square);
  const s1Tail = sumTail(s0, logC, s1), s2Tail = sumTail(s1, r, s2), s3Tail = sub(sub(s2, s3), square);
  const constants = add(add(mul(k, at(LN2, 1)), logCTail), add(s1Tail, s2Tail));
  const rest = add(constants, add(add(s3Tail, sub(rTail, mul(r, rTail))), sub(cubic, squareTail)));
  const log = add(s3, rest), logTail = sumTail(s3, rest, log);
  // E
  const product = mul(b, log), productRest = add(productTail(b, log, product), mul(b, logTail));
  let E = product, tail = productRest;
  if (kind == SLOPE) {
    E = sub(product, log);
    const back = sub(E, product); // two-sum
    tail = add(sub(sub(product, sub(E, back)), add(log, back)), sub(productRest, logTail));
  }
  // e^E and its factor
  const ordinary = f64x2.lt(abs(E), v128.load(ORDINARY)), factor = kind == SLOPE ? b : log;
  if (idof<Path>() == idof<Rare>()) {
    const clamped = f64x2.pmin(f64x2.pmax(E, v128.load(LOWEST)), v128.load(HIGHEST)), inside = f64x2.eq(E, clamped);
    // a great b would bring e^-800 back into the range; where b is that great, E is far below
    const bounded = kind == SLOPE ? where(f64x2.lt(E, v128.load(LOWEST)), signBit(factor), factor) : factor;
    const inTwo = exponential(clamped, v128.and(tail, inside), bounded, kind, true);
    // rounded once where the common path would, so that a lane's bits do not depend on its neighbour
    return withSign(where(ordinary, exponential(E, tail, factor, kind, false), inTwo), a, b, kind);
  }
  const normal = v128.and(f64x2.ge(size, v128.load(SMALLEST_NORMAL)), f64x2.lt(size, v128.load(INFINITY)));
  if (!both(v128.and(ordinary, normal))) {
    return rare(a, b, kind);
  }
  const z = exponential(E, tail, factor, kind, false);
  return i64x2.bitmask(a) ? withSign(z, a, b, kind) : z;
}

// @ts-ignore: decorator
@inline function common(a: v128, b: v128, kind: i32): v128 {
  return core<Common>(a, b, abs(a), v128.load(BIAS), kind);
}

// ---- the rare cases

/** Whether the formulas above hold: a finite and not 0, b finite. */
function isRegular(a: f64, b: f64): bool {
  return a != 0 && Math.abs(a) < Infinity && Math.abs(b) < Infinity;
}

function isOdd(b: f64): bool {
  return Math.abs(b) < 9007199254740992 && Math.floor(b) == b && (<i64>b & 1) != 0;
}

function isEven(b: f64): bool {
  return Math.floor(b) == b && !isOdd(b);
}

function caseOf(a: f64, b: f64, kind: i32): f64 {
  return kind == VALUE ? powCase(a, b) : kind == SLOPE ? powSlopeCase(a, b) : powLogCase(a, b);
}

/** One for all kinds: bytes matter here, speed does not. */
function rare(a: v128, b: v128, kind: i32): v128 {
  const size = abs(a), subnormal = f64x2.lt(size, v128.load(SMALLEST_NORMAL));
  const scaled = where(subnormal, mul(size, v128.load(TWO_TO_54)), size), bias = where(subnormal, v128.load(BIAS_SCALED), v128.load(BIAS));
  let result = core<Rare>(a, b, scaled, bias, kind);
  for (let turn = 0; turn < 2; turn++) {
    const a0 = f64x2.extract_lane(a, 0), b0 = f64x2.extract_lane(b, 0);
    if (!isRegular(a0, b0)) result = f64x2.replace_lane(result, 0, caseOf(a0, b0, kind));
    result = swapped(result);
    a = swapped(a);
    b = swapped(b);
  }
  return result;
}

/** a^b as JavaScript has it where isRegular is false. */
function powCase(a: f64, b: f64): f64 {
  if (b == 0) return 1;
  if (isNaN(a) || isNaN(b)) return NaN;
  const size = Math.abs(a);
  if (Math.abs(b) == Infinity) return size == 1 ? NaN : size > 1 == b > 0 ? Infinity : 0;
  const power: f64 = (size == 0) == (b < 0) ? Infinity : 0;
  return isOdd(b) && reinterpret<i64>(a) < 0 ? -power : power;
}

/**
 * The slope b·a^(b−1) where isRegular is false, by its limit: 0 for b = 0, whatever a; for an infinite b (even, as
 * JavaScript has it) 0 where the power is constantly 0, else an infinity; at a = ±0 and ±Infinity by the power b − 1,
 * whose parity is the other one of b's. NaN for a negative base with b not an integer.
 */
function powSlopeCase(a: f64, b: f64): f64 {
  if (b == 0) return 0;
  if (isNaN(a) || isNaN(b)) return NaN;
  if (b == 1) return 1;
  const size = Math.abs(a), turned = reinterpret<i64>(a) < 0 && isEven(b);
  if (Math.abs(b) == Infinity && size == 1) return NaN;
  if (a < 0 && Math.floor(b) != b) return NaN;
  const power: f64 = size > 1 == b > 1 ? Infinity : 0; // |a|^(b−1)
  if (power == 0) return turned == b < 0 ? 0 : -0.0;
  return turned == b < 0 ? Infinity : -Infinity;
}

/**
 * a^b log a where isRegular is false: NaN for a < 0; at a = ±0 0 for b > 0, where the power is constantly 0, and the
 * limit −Infinity for b ≤ 0; at a = Infinity 0 for b < 0, else Infinity.
 */
function powLogCase(a: f64, b: f64): f64 {
  if (isNaN(a) || isNaN(b) || a < 0) return NaN;
  if (a == 0) return b > 0 ? 0 : -Infinity;
  if (a == Infinity) return b < 0 ? 0 : Infinity;
  if (a == 1) return NaN;
  return a > 1 == b > 0 ? (a > 1 ? Infinity : -Infinity) : 0;
}

// ---- lanes and blocks

/** The lane form of all kinds. */
function lanes(a: v128, b: v128, kind: i32): v128 {
  return common(a, b, kind);
}

/** a^b. */
export function pow(a: v128, b: v128): v128 {
  return lanes(a, b, VALUE);
}

/** ∂(a^b)/∂a = b a^(b−1). */
export function powSlope(a: v128, b: v128): v128 {
  return lanes(a, b, SLOPE);
}

/** ∂(a^b)/∂b = a^b log a. */
export function powLog(a: v128, b: v128): v128 {
  return lanes(a, b, LOGARITHM);
}

export function powBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, common(v128.load(a + i), v128.load(b + i), VALUE));
}

export function powSlopeBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, common(v128.load(a + i), v128.load(b + i), SLOPE));
}

export function powLogBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, common(v128.load(a + i), v128.load(b + i), LOGARITHM));
}
