/**
 * The gamma function, its logarithm and that one's derivatives.
 *
 *     Γ(x) = e^E,   E = (x − ½) log x − x + log √(2π) + J(1/x),   x ≥ 1
 *
 * with J by a table of polynomials, log x to 68 bits and E a sum of two doubles; below 1 by Γ(1 + x)/x, below 0 by
 * reflection. log Γ, ψ and ψ′ have tables up to 7.5 or 8 and asymptotic series above; below ½ one step of their
 * recurrences. Largest errors seen: gamma 1.3, logGamma 1.9, digamma
 * 1.7, trigamma 1.8 ulp (of the larger term where two cancel). Coefficients: scripts/fit-special.py.
 */
import { cos, log, sin, tan } from "../elementary";
import { abs, add, at, both, div, first, high, mul, mulAdd, productTail, second, signBit, sub, sumTail, where } from "./ops";
import { entry0, entry1, growth, halfExponent, powerOf2, scale, steps, unrounded } from "./exp";
import { BIAS, exponent, moved, offset, significand } from "./log";
import { reduced } from "./gaussian";
import { polygamma } from "./polygamma";
import { centre, head, octaveRow, rest, row0, row1, rowOffset } from "./rows";
import { LN2, LOG_TABLE, LOG_TAIL, POW_LOG_POLY } from "./tables";
import { BINET, DIGAMMA, DIGAMMA_REST, LOG_GAMMA, LOG_SQRT_2PI, TRIGAMMA, TRIGAMMA_REST } from "./special-tables";

const ZERO: usize = memory.data<f64>([0, 0], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
const INFINITY: usize = memory.data<f64>([Infinity, Infinity], 16);
const PI: usize = memory.data<f64>([3.141592653589793, 3.141592653589793], 16);
const PI_TAIL: usize = memory.data<f64>([1.2246467991473532e-16, 1.2246467991473532e-16], 16);

// @ts-ignore: decorator
@inline function any(mask: v128): bool { return i64x2.bitmask(mask) != 0; }

// Several results of one function; globals belong to the instance, so that threads do not meet in them.
let tailOut: v128 = i64x2.splat(0);

// ---- the logarithm and log Γ, to 68 bits

/** log x for a normal x, its tail in tailOut: as in pow. */
// @ts-ignore: decorator
@inline function longLog(x: v128): v128 {
  const t = moved(x), k = exponent(t, v128.load(BIAS)), m = significand(t), mHigh = high(m);
  const i = offset(i64x2.extract_lane(t, 0)), j = offset(i64x2.extract_lane(t, 1));
  const e0 = v128.load(LOG_TABLE + i), e1 = v128.load(LOG_TABLE + j), inverse = first(e0, e1), logC = second(e0, e1);
  const logCTail = v128.load64_lane(LOG_TAIL + (j >> 1), v128.load64_zero(LOG_TAIL + (i >> 1)), 1);
  const r0 = sub(mul(mHigh, inverse), v128.load(ONE)), r1 = mul(sub(m, mHigh), inverse), r = add(r0, r1), rTail = sumTail(r0, r1, r);
  const r2 = mul(r, r);
  const c0 = mulAdd(r, at(POW_LOG_POLY, 1), at(POW_LOG_POLY, 0)), c2 = mulAdd(r, at(POW_LOG_POLY, 3), at(POW_LOG_POLY, 2));
  const c4 = mulAdd(r, at(POW_LOG_POLY, 5), at(POW_LOG_POLY, 4)), poly = add(c0, mul(r2, add(c2, mul(r2, add(c4, mul(r2, at(POW_LOG_POLY, 6)))))));
  const bend = mul(r2, sub(mul(r, poly), v128.load(HALF)));
  const s0 = mul(k, at(LN2, 0)), s1 = add(s0, logC), s2 = add(s1, r);
  const low = add(add(add(mul(k, at(LN2, 1)), logCTail), add(sumTail(s0, logC, s1), sumTail(s1, r, s2))), add(sub(rTail, mul(r, rTail)), bend));
  const sum = add(s2, low);
  tailOut = sumTail(s2, low, sum);
  return sum;
}

const SIXTEEN: usize = memory.data<f64>([16, 16], 16);
/** 1.5·2^52: adding it rounds to an integer, which is then in the low bits. */
const ROUNDER: usize = memory.data<f64>([6755399441055744.0, 6755399441055744.0], 16);
const LOW_BITS: usize = memory.data<u64>([31, 31], 16);
const LAST_BINET: usize = memory.data<u64>([16, 16], 16);

/** J: what Stirling's formula for log Γ(x) lacks, given 1/x in [0, 1]. */
// @ts-ignore: decorator
@inline function binet(t: v128): v128 {
  const n = mulAdd(t, v128.load(SIXTEEN), v128.load(ROUNDER)), index = rowOffset(i32x4.min_u(v128.and(n, v128.load(LOW_BITS)), v128.load(LAST_BINET)));
  const i = row0(BINET, index), j = row1(BINET, index);
  return add(head(i, j), rest(i, j, sub(t, centre(i, j))));
}

/** log Γ(y + yTail) for y ≥ 1, its tail in tailOut. */
function stirling(y: v128, yTail: v128): v128 {
  const L = longLog(y), LTail = tailOut, t = div(v128.load(ONE), y), b = sub(y, v128.load(HALF)), product = mul(b, L);
  // ψ(y) yTail: log y − 1/(2y) − 1/(12y²) is near enough
  const slope = sub(L, mul(t, add(v128.load(HALF), mul(t, f64x2.splat(1.0 / 12)))));
  const productRest = add(add(productTail(b, L, product), mul(b, LTail)), mul(slope, yTail));
  const s1 = sub(product, y), back1 = sub(s1, product), s1Tail = sub(sub(product, sub(s1, back1)), add(y, back1)); // two-sums
  const h = at(LOG_SQRT_2PI, 0), s2 = add(s1, h), back2 = sub(s2, s1), s2Tail = add(sub(s1, sub(s2, back2)), sub(h, back2));
  const low = add(add(binet(t), at(LOG_SQRT_2PI, 1)), add(add(s1Tail, s2Tail), productRest)), sum = add(s2, low);
  const back3 = sub(sum, s2);
  tailOut = add(sub(s2, sub(sum, back3)), sub(low, back3));
  return sum;
}

// ---- Γ

/** Between these, and with every intermediate a normal number. */
const GAMMA_LOWEST: usize = memory.data<f64>([1e-290, 1e-290], 16);
const GAMMA_HIGHEST: usize = memory.data<f64>([168, 168], 16);
/** Γ overflows above the one, and is 0 below the other but at poles. */
const OVERFLOWS: usize = memory.data<f64>([172, 172], 16);
const UNDERFLOWS: usize = memory.data<f64>([-186, -186], 16);

// @ts-ignore: decorator
@inline function gammaOrdinary(x: v128): v128 {
  return v128.and(f64x2.gt(x, v128.load(GAMMA_LOWEST)), f64x2.lt(x, v128.load(GAMMA_HIGHEST)));
}

/** e^(E + tail), or that times (numerator + its tail)/(denominator + its tail), the power of two in one or two steps. */
// @ts-ignore: decorator
@inline function power(E: v128, tail: v128, numerator: v128, numeratorTail: v128, denominator: v128, denominatorTail: v128, plain: bool, inTwo: bool): v128 {
  const n = steps(E), k = unrounded(n), e0 = entry0(n), e1 = entry1(n), half = halfExponent(n), whole = powerOf2(n, e0, e1);
  const s = inTwo ? i64x2.sub(whole, half) : whole, p = growth(reduced(E, tail, k), first(e0, e1));
  const rest = mul(s, p), z = add(s, rest);
  if (plain) return z;
  const a = mul(z, numerator), q = div(a, denominator);
  const aTail = add(productTail(z, numerator, a), add(mul(sumTail(s, rest, z), numerator), mul(z, numeratorTail)));
  const excess = sub(add(productTail(q, denominator, a), mul(q, denominatorTail)), aTail), quotient = sub(q, div(excess, denominator));
  return inTwo ? mul(quotient, scale(half)) : quotient;
}

// @ts-ignore: decorator
@inline function gammaCore(x: v128): v128 {
  const one = v128.load(ONE), below = f64x2.lt(x, one), y = add(x, v128.and(one, below)), yTail = v128.and(sumTail(one, x, y), below);
  const E = stirling(y, yTail), tail = tailOut;
  const none = v128.load(ZERO);
  return both(f64x2.ge(x, one)) ? power(E, tail, one, none, one, none, true, false) : power(E, tail, one, none, where(below, x, one), none, false, false);
}

/** sin πx for |x| < 2^52 from the exact distance to the nearest integer, its tail in tailOut. */
// @ts-ignore: decorator
@inline function sinPi(x: v128): v128 {
  const n = f64x2.nearest(x), r = sub(x, n), halfN = mul(n, v128.load(HALF)), odd = f64x2.ne(halfN, f64x2.nearest(halfN));
  const angle = mul(r, v128.load(PI)), angleTail = add(productTail(r, v128.load(PI), angle), mul(r, v128.load(PI_TAIL)));
  const turn = signBit(odd);
  tailOut = v128.xor(mul(cos(angle), angleTail), turn);
  return v128.xor(sin(angle), turn);
}

function gammaRare(x: v128): v128 {
  const one = v128.load(ONE), zero = v128.load(ZERO), infinity = v128.load(INFINITY);
  const clamped = f64x2.pmin(f64x2.pmax(x, v128.load(UNDERFLOWS)), v128.load(OVERFLOWS));
  // 1 − x below zero, 1 + x up to 1
  const negative = f64x2.lt(x, zero), below = f64x2.lt(x, one), size = where(negative, f64x2.neg(clamped), clamped);
  const y = add(size, v128.and(one, below)), head = where(f64x2.gt(size, one), size, one), other = where(f64x2.gt(size, one), one, size);
  const E = stirling(y, v128.and(sumTail(head, other, y), below)), tail = tailOut;
  const sine = sinPi(clamped), sineTail = tailOut;
  // positive: e^E/x or e^E;  negative: π e^(−E)/sin πx
  const positive = where(below, f64x2.pmax(clamped, v128.load(GAMMA_LOWEST)), one);
  let z = power(
    where(negative, f64x2.neg(E), E), where(negative, f64x2.neg(tail), tail), where(negative, v128.load(PI), one), v128.and(negative, v128.load(PI_TAIL)),
    where(negative, sine, positive), v128.and(negative, sineTail), false, true,
  );
  z = where(f64x2.lt(abs(x), v128.load(GAMMA_LOWEST)), div(one, x), z);
  z = where(f64x2.ge(x, v128.load(OVERFLOWS)), infinity, z);
  const whole = f64x2.eq(x, f64x2.floor(x)), pole = v128.and(negative, whole);
  // far below: 0 with the sign of the interval
  z = where(v128.andnot(f64x2.lt(x, v128.load(UNDERFLOWS)), pole), signBit(odd(f64x2.floor(x))), z);
  z = v128.or(z, pole);
  return z;
}

/** A mask of odd whole numbers. */
// @ts-ignore: decorator
@inline function odd(n: v128): v128 {
  const half = mul(n, v128.load(HALF));
  return f64x2.ne(half, f64x2.floor(half));
}

/** The gamma function: NaN at negative whole numbers and −Infinity, ±Infinity at ±0. */
export function gamma(x: v128): v128 {
  return both(gammaOrdinary(x)) ? gammaCore(x) : gammaRare(x);
}

export function gammaBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, gamma(v128.load(a + i)));
}

// ---- tables with eight rows an octave from ½ to 8

const BEFORE: usize = memory.data<u64>([8176, 8176], 16); // ½
const LAST: usize = memory.data<u64>([31, 31], 16);
const EIGHT: usize = memory.data<f64>([8, 8], 16);

// ---- log |Γ|

/** LOG_GAMMA's rows divide octaves of 16y/15. */
const STRETCH: usize = memory.data<f64>([1.0666666666666667, 1.0666666666666667], 16);
const STIRLING_FROM: usize = memory.data<f64>([7.5, 7.5], 16);
/** From here on x (log x − 1). */
const GREAT: usize = memory.data<f64>([1e20, 1e20], 16);

// @ts-ignore: decorator
@inline function logGammaTable(x: v128): v128 {
  const offset = rowOffset(octaveRow(mul(x, v128.load(STRETCH)), BEFORE, LAST)), i = row0(LOG_GAMMA, offset), j = row1(LOG_GAMMA, offset);
  return add(head(i, j), rest(i, j, sub(x, centre(i, j))));
}

// @ts-ignore: decorator
@inline function inLogGammaTable(x: v128): v128 { return v128.and(f64x2.ge(x, v128.load(HALF)), f64x2.lt(x, v128.load(STIRLING_FROM))); }

/** For 0 < x; what no lane needs is left out. */
function logGammaPositive(x: v128): v128 {
  const one = v128.load(ONE), small = f64x2.lt(x, v128.load(HALF)), large = f64x2.ge(x, v128.load(STIRLING_FROM));
  let z = logGammaTable(x);
  if (any(small)) { // log Γ(1 + x) − log x
    const y = f64x2.pmin(x, v128.load(HALF)), offset = rowOffset(octaveRow(mul(add(one, y), v128.load(STRETCH)), BEFORE, LAST));
    const i = row0(LOG_GAMMA, offset), j = row1(LOG_GAMMA, offset), r = add(sub(one, centre(i, j)), y);
    z = where(small, sub(add(head(i, j), rest(i, j, r)), log(x)), z);
  }
  if (any(large)) {
    const y = f64x2.pmax(one, f64x2.pmin(x, v128.load(GREAT))), great = f64x2.ge(x, v128.load(GREAT));
    z = where(large, stirling(y, v128.load(ZERO)), z);
    if (any(great)) z = where(great, mul(x, sub(log(x), one)), z);
  }
  return z;
}

function logGammaRare(x: v128): v128 {
  const size = abs(x), positive = logGammaPositive(size);
  if (!any(f64x2.lt(x, v128.load(ZERO)))) return where(f64x2.eq(size, v128.load(ZERO)), v128.load(INFINITY), positive);
  // log |π/(x sin πx)| − log Γ(−x)
  const sine = sinPi(f64x2.pmax(x, f64x2.splat(-4503599627370496.0)));
  const reflected = sub(log(div(v128.load(PI), abs(mul(x, sine)))), positive);
  const small = f64x2.lt(size, f64x2.splat(1e-20)), whole = f64x2.eq(x, f64x2.floor(x));
  const z = where(f64x2.lt(x, v128.load(ZERO)), where(small, f64x2.neg(log(size)), reflected), positive);
  return where(v128.and(f64x2.le(x, v128.load(ZERO)), whole), v128.load(INFINITY), z);
}

/** log |Γ(x)|: Infinity at the poles and at both infinities. */
export function logGamma(x: v128): v128 {
  return both(inLogGammaTable(x)) ? logGammaTable(x) : logGammaRare(x);
}

export function logGammaBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, logGamma(v128.load(a + i)));
}

// ---- ψ

// @ts-ignore: decorator
@inline function inTable(x: v128): v128 { return v128.and(f64x2.ge(x, v128.load(HALF)), f64x2.lt(x, v128.load(EIGHT))); }

// @ts-ignore: decorator
@inline function fromTable(table: usize, x: v128): v128 {
  const offset = rowOffset(octaveRow(x, BEFORE, LAST)), i = row0(table, offset), j = row1(table, offset);
  return add(head(i, j), rest(i, j, sub(x, centre(i, j))));
}

/** A polynomial of eight coefficients. */
// @ts-ignore: decorator
@inline function poly8(list: usize, v: v128): v128 {
  const v2 = mul(v, v), low = add(mulAdd(v, at(list, 1), at(list, 0)), mul(v2, mulAdd(v, at(list, 3), at(list, 2))));
  return add(low, mul(mul(v2, v2), add(mulAdd(v, at(list, 5), at(list, 4)), mul(v2, mulAdd(v, at(list, 7), at(list, 6))))));
}

/** For 0 < x; what no lane needs is left out. */
function digammaPositive(x: v128): v128 {
  const one = v128.load(ONE), small = f64x2.lt(x, v128.load(HALF)), large = f64x2.ge(x, v128.load(EIGHT));
  let z = fromTable(DIGAMMA, x);
  if (any(small)) { // ψ(1 + x) − 1/x
    const y = f64x2.pmin(x, v128.load(HALF)), offset = rowOffset(octaveRow(add(one, y), BEFORE, LAST));
    const i = row0(DIGAMMA, offset), j = row1(DIGAMMA, offset), r = add(sub(one, centre(i, j)), y);
    z = where(small, sub(add(head(i, j), rest(i, j, r)), div(one, x)), z);
  }
  if (any(large)) {
    const t = div(one, x), high = sub(log(x), mul(t, add(v128.load(HALF), mul(t, poly8(DIGAMMA_REST, mul(t, t))))));
    z = where(large, high, z);
  }
  return z;
}

function digammaRare(x: v128): v128 {
  const zero = v128.load(ZERO), one = v128.load(ONE), negative = f64x2.lt(x, zero);
  const positive = digammaPositive(where(negative, sub(one, x), x));
  if (!any(v128.or(negative, f64x2.eq(x, zero)))) return positive;
  // ψ(1 − x) − π cot πx, the cotangent from the nearer of a whole and a half number
  const r = sub(x, f64x2.nearest(x)), size = abs(r), near = f64x2.le(size, f64x2.splat(0.25)), from = where(near, size, sub(v128.load(HALF), size));
  const angle = mul(from, v128.load(PI)), angleTail = add(productTail(from, v128.load(PI), angle), mul(from, v128.load(PI_TAIL)));
  const tangent = tan(angle), whole = add(tangent, mul(angleTail, add(one, mul(tangent, tangent))));
  const cotangent = v128.xor(where(near, div(v128.load(PI), whole), mul(v128.load(PI), whole)), signBit(r));
  const reflected = sub(positive, cotangent), isPole = v128.and(negative, f64x2.eq(x, f64x2.floor(x)));
  const tiny = f64x2.lt(abs(x), f64x2.splat(1e-20));
  return v128.or(where(tiny, div(f64x2.splat(-1), x), where(negative, reflected, positive)), isPole);
}

/** ψ = Γ′/Γ: NaN at negative whole numbers and −Infinity, ∓Infinity at ±0. */
export function digamma(x: v128): v128 {
  return both(inTable(x)) ? fromTable(DIGAMMA, x) : digammaRare(x);
}

export function digammaBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, digamma(v128.load(a + i)));
}

// ---- ψ′

/** Below, the square and its tail may be subnormal. */
const SQUARE_LOWEST: usize = memory.data<f64>([1e-140, 1e-140], 16);

/** ψ′ for x ≥ 0; what no lane needs is left out. */
export function trigammaPositive(x: v128): v128 {
  const one = v128.load(ONE), small = f64x2.lt(x, v128.load(HALF)), large = f64x2.ge(x, v128.load(EIGHT)), inverse = div(one, x);
  let z = fromTable(TRIGAMMA, x);
  if (any(small)) { // ψ′(1 + x) + 1/x²
    const y = f64x2.pmin(x, v128.load(HALF)), offset = rowOffset(octaveRow(add(one, y), BEFORE, LAST));
    const i = row0(TRIGAMMA, offset), j = row1(TRIGAMMA, offset), r = add(sub(one, centre(i, j)), y);
    const square = mul(x, x), q = div(one, square), qTail = mul(q, div(productTail(x, x, square), square));
    const near = add(q, sub(add(head(i, j), rest(i, j, r)), qTail));
    z = where(small, where(f64x2.lt(x, v128.load(SQUARE_LOWEST)), mul(inverse, inverse), near), z);
  }
  if (any(large)) {
    const t2 = mul(inverse, inverse);
    z = where(large, add(inverse, mul(t2, add(v128.load(HALF), mul(inverse, poly8(TRIGAMMA_REST, t2))))), z);
  }
  return z;
}

function trigammaRare(x: v128): v128 {
  const zero = v128.load(ZERO), negative = f64x2.lt(x, zero), positive = trigammaPositive(abs(x));
  return any(negative) ? where(negative, polygamma(v128.load(ONE), x), positive) : positive;
}

/** ψ′: Infinity at the poles, NaN at −Infinity. */
export function trigamma(x: v128): v128 {
  return both(inTable(x)) ? fromTable(TRIGAMMA, x) : trigammaRare(x);
}

export function trigammaBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, trigamma(v128.load(a + i)));
}
