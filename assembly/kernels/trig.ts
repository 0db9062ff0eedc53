/**
 * sin, cos and tan by a table of angles: with q the integer nearest to 32x/π, t = q π/32 (reduced by multiples of π)
 * and r = x − q π/32, |r| ≤ π/64,
 *
 *     sin x = ±(sin t cos r + cos t sin r),   tan x = (tan t + tan r)/(1 − tan t tan r)  or  −1/that.
 *
 * r carries its tail. The multiple of π/32 is taken off in three parts up to 6400, in four up to 6e6 and by Payne and
 * Hanek's product with 2/π above. Largest errors seen: sin and cos 0.67, tan 0.53 ulp. Coefficients: scripts/fit.py.
 *
 * Signs are arranged (a table entry of −0, negated tails and coefficients, the order of subtractions) so that every
 * term is −0 for x = −0.
 */
import { abs, add, at, both, div, first, mul, mulAdd, productTail, second, sub, sumTail, where } from "./ops";
import { COS_POLY, SIN_POLY, SIN_TABLE, TAN_POLY, TAN_TABLE, TRIG_STEP, TRIG_STEP_LONG, TWO_OVER_PI } from "./tables";

/** 1.5·2^52 + n: adding it rounds to an integer and leaves q + n in the low bits, n the table's entry for angle 0. */
export const ROUNDER_SIN: usize = memory.data<f64>([6755399441055760.0, 6755399441055760.0], 16); // n = 16
const ROUNDER_COS: usize = memory.data<f64>([6755399441055776.0, 6755399441055776.0], 16); // 16, and π/2 ahead
const ROUNDER_TAN: usize = memory.data<f64>([6755399441055752.0, 6755399441055752.0], 16); // 8
export const SIN_ENTRY: i64 = 16;
const COS_ENTRY: i64 = 32;
const TAN_ENTRY: i64 = 8;
/** π/2 in steps. */
const QUARTER: usize = memory.data<u64>([16, 16], 16);
const SIGN: usize = memory.data<u64>([0x8000000000000000, 0x8000000000000000], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
/** Three parts of π/32 are enough below the one, four below the other. */
const ORDINARY: usize = memory.data<f64>([6400, 6400], 16);
const LARGE: usize = memory.data<f64>([6e6, 6e6], 16);

/** What is computed from a reduced angle: the cosine is a sine, too. */
const SINE: i32 = 0;
const TANGENT: i32 = 1;
export const SINE_OVER_X: i32 = 2;

// ---- reduction

// @ts-ignore: decorator
@inline export function ordinary(x: v128): v128 { return f64x2.lt(abs(x), v128.load(ORDINARY)); }

/** The rounder plus q. */
// @ts-ignore: decorator
@inline function quotient(x: v128, rounder: v128): v128 { return mulAdd(x, at(TRIG_STEP, 0), rounder); }

/** x less the first two parts of q π/32; the first difference is exact. */
// @ts-ignore: decorator
@inline function remainder(x: v128, q: v128): v128 { return sub(sub(x, mul(q, at(TRIG_STEP, 1))), mul(q, at(TRIG_STEP, 2))); }

/** What r lacks, negated. */
// @ts-ignore: decorator
@inline function remainderTailNeg(x: v128, q: v128, r: v128): v128 {
  const head = sub(x, mul(q, at(TRIG_STEP, 1))), second = mul(q, at(TRIG_STEP, 2));
  return add(add(sub(r, head), second), mul(q, at(TRIG_STEP, 3)));
}

// Payne and Hanek's answer. Globals belong to the instance, so that threads do not meet in them.
let reduced: f64 = 0;
let reducedTailNeg: f64 = 0;
let reducedQuotient: i64 = 0;

/** The upper 64 bits of a product. */
function highProduct(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff, aHigh = a >> 32, bLow = b & 0xffffffff, bHigh = b >> 32;
  const middle = aHigh * bLow + ((aLow * bLow) >> 32);
  return aHigh * bHigh + (middle >> 32) + ((aLow * bHigh + (middle & 0xffffffff)) >> 32);
}

/** 64 bits of 2/π from the given bit on (bit 64 is the first of the fraction). */
function bitsOf2OverPi(from: i32): u64 {
  const at = TWO_OVER_PI + (<usize>(from >> 6) << 3), shift = <u64>(from & 63);
  return shift ? (load<u64>(at) << shift) | (load<u64>(at, 8) >> (64 - shift)) : load<u64>(at);
}

/** The top 64 bits of the fraction of π/4: π/4 · 2^64. */
const PI_4: u64 = 0xC90FDAA22168C234;

/**
 * Reduction of any finite |x| ≥ 2^12 by integers: the 53-bit significand times the 192 bits of 2/π that matter. The
 * product, scaled to steps of π/32, has 8 bits of q before the point.
 */
function reduceHuge(x: f64): void {
  if (!(Math.abs(x) < Infinity)) {
    reduced = NaN;
    return;
  }
  const bits = reinterpret<u64>(x), exponent = <i32>((bits >> 52) & 0x7ff) - 1075, m = (bits & 0xfffffffffffff) | 0x10000000000000;
  const from = exponent + 60;
  const w0 = bitsOf2OverPi(from), w1 = bitsOf2OverPi(from + 64), w2 = bitsOf2OverPi(from + 128);
  // m·(w0 w1 w2): three words, the carry out of the top dropped
  const p2 = m * w2, m1 = m * w1, p1 = highProduct(m, w2) + m1, p0 = m * w0 + highProduct(m, w1) + (p1 < m1 ? 1 : 0);
  let q = p0 >> 56, fraction = (p0 << 8) | (p1 >> 56), rest = (p1 << 8) | (p2 >> 56);
  let negative = <i64>bits < 0;
  if (<i64>fraction < 0) { // above one half: the next integer is nearer
    q++;
    rest = ~rest + 1;
    fraction = ~fraction + (rest == 0 ? 1 : 0);
    negative = !negative;
  }
  const zeros = clz(fraction);
  if (zeros) fraction = (fraction << zeros) | (rest >> (64 - zeros));
  const product = highProduct(fraction, PI_4); // π/32 = π/4 / 8
  const unit = reinterpret<f64>((<u64>(1023 - 63 - 4 - zeros)) << 52) * (negative ? -1 : 1);
  reduced = <f64>(product & ~0x7ff) * unit;
  reducedTailNeg = -<f64>(product & 0x7ff) * unit;
  reducedQuotient = <i64>bits < 0 ? -<i64>q : <i64>q;
}

// ---- values from a reduced argument; `entry` has q + the entry of angle 0 in its low bits

// @ts-ignore: decorator
@inline function sinOf(r: v128, rTailNeg: v128, entry: v128): v128 { return sinOver(r, r, rTailNeg, entry, false); }

/** The sine or, if `divided`, the sine divided by x and rounded once. */
// @ts-ignore: decorator
@inline function sinOver(x: v128, r: v128, rTailNeg: v128, entry: v128, divided: bool): v128 {
  const i = SIN_TABLE + ((<usize>i64x2.extract_lane(entry, 0) & 31) << 5);
  const j = SIN_TABLE + ((<usize>i64x2.extract_lane(entry, 1) & 31) << 5);
  const sines0 = v128.load(i), sines1 = v128.load(j), rests0 = v128.load(i, 16), rests1 = v128.load(j, 16);
  const sinT = first(sines0, sines1), cosTLess1 = second(sines0, sines1);
  const sinTTailNeg = first(rests0, rests1), cosT = second(rests0, rests1);
  const r2 = mul(r, r), r4 = mul(r2, r2);
  const s = add(add(at(SIN_POLY, 0), mul(r2, at(SIN_POLY, 1))), mul(r4, at(SIN_POLY, 2))); // (r − sin r)/r³
  const c = mul(r2, add(add(at(COS_POLY, 0), mul(r2, at(COS_POLY, 1))), mul(r4, at(COS_POLY, 2)))); // 1 − cos r
  const head = add(sinT, r), tail = sub(r, sub(head, sinT));
  const less = mul(cosT, add(rTailNeg, mul(mul(r, r2), s)));
  const low = sub(sub(add(tail, mul(cosTLess1, r)), less), add(mul(sinT, c), sinTTailNeg));
  const sign = v128.and(i64x2.shl(entry, 58), v128.load(SIGN)), sine = add(head, low); // odd multiples of π turn the sign
  return v128.xor(divided ? ratio(sine, sumTail(head, low, sine), x, i64x2.splat(0)) : sine, sign);
}

/** (a + aTail)/(b + bTail), for results well inside the range. */
// @ts-ignore: decorator
@inline function ratio(a: v128, aTail: v128, b: v128, bTail: v128): v128 {
  const f = div(a, b), excess = add(productTail(f, b, a), sub(mul(f, bTail), aTail));
  return sub(f, div(excess, b));
}

/** (T + t)/(1 − T t) with t = tan r, numerator and denominator as sums of two; every odd multiple of π/2: −1/that. */
// @ts-ignore: decorator
@inline function tanOf(r: v128, rTailNeg: v128, entry: v128): v128 {
  const e0 = v128.load(TAN_TABLE + ((<usize>i64x2.extract_lane(entry, 0) & 15) << 4));
  const e1 = v128.load(TAN_TABLE + ((<usize>i64x2.extract_lane(entry, 1) & 15) << 4));
  const T = first(e0, e1), TTailNeg = second(e0, e1), r2 = mul(r, r), one = v128.load(ONE);
  const p = add(add(at(TAN_POLY, 0), mul(r2, at(TAN_POLY, 1))), mul(mul(r2, r2), add(at(TAN_POLY, 2), mul(r2, at(TAN_POLY, 3)))));
  const tTailNeg = sub(rTailNeg, mul(mul(r, r2), p)); // t = r − tTailNeg
  const s = add(T, r), sTail = sub(sub(r, sub(s, T)), add(TTailNeg, tTailNeg));
  const N = add(s, sTail), NTail = sub(sTail, sub(N, s));
  const product = mul(T, r), v = sub(one, product), vTail = add(sub(sub(one, v), product), add(mul(T, tTailNeg), mul(TTailNeg, r)));
  const D = add(v, vTail), DTail = sub(vTail, sub(D, v));
  const even = i64x2.eq(v128.and(entry, v128.load(QUARTER)), i64x2.splat(0));
  const a = where(even, N, D), aTail = where(even, NTail, DTail), b = where(even, D, N), bTail = where(even, DTail, NTail);
  return v128.xor(ratio(a, aTail, b, bTail), v128.andnot(v128.load(SIGN), even));
}

// ---- sin, cos, tan of any argument

// @ts-ignore: decorator
@inline function valueOf(x: v128, r: v128, rTailNeg: v128, entry: v128, kind: i32): v128 {
  return kind == TANGENT ? tanOf(r, rTailNeg, entry) : sinOver(x, r, rTailNeg, entry, kind == SINE_OVER_X);
}

// @ts-ignore: decorator
@inline export function core(x: v128, rounder: v128, kind: i32): v128 {
  const entry = quotient(x, rounder), q = sub(entry, rounder), r = remainder(x, q);
  return valueOf(x, r, remainderTailNeg(x, q, r), entry, kind);
}

/** The same with every lane reduced as its size demands. `entry0` is the table's entry of angle 0, held by the rounder. */
// @ts-ignore: decorator
@inline export function rareCore(x: v128, rounder: v128, entry0: i64, kind: i32): v128 {
  let entry = quotient(x, rounder);
  const q = sub(entry, rounder), inThree = ordinary(x), r3 = remainder(x, q);
  const head = sub(x, mul(q, at(TRIG_STEP_LONG, 0))), second = mul(q, at(TRIG_STEP_LONG, 1)), third = mul(q, at(TRIG_STEP_LONG, 2));
  const u = sub(head, second), r4 = sub(u, third);
  const r4TailNeg = add(add(add(sub(r4, u), third), add(sub(u, head), second)), mul(q, at(TRIG_STEP_LONG, 3)));
  let r = where(inThree, r3, r4), rTailNeg = where(inThree, remainderTailNeg(x, q, r3), r4TailNeg);
  const inFour = i64x2.bitmask(f64x2.lt(abs(x), v128.load(LARGE)));
  if (!(inFour & 1)) {
    reduceHuge(f64x2.extract_lane(x, 0));
    r = f64x2.replace_lane(r, 0, reduced);
    rTailNeg = f64x2.replace_lane(rTailNeg, 0, reducedTailNeg);
    entry = i64x2.replace_lane(entry, 0, reducedQuotient + entry0);
  }
  if (!(inFour & 2)) {
    reduceHuge(f64x2.extract_lane(x, 1));
    r = f64x2.replace_lane(r, 1, reduced);
    rTailNeg = f64x2.replace_lane(rTailNeg, 1, reducedTailNeg);
    entry = i64x2.replace_lane(entry, 1, reducedQuotient + entry0);
  }
  return valueOf(x, r, rTailNeg, entry, kind);
}

function sinRare(x: v128): v128 { return rareCore(x, v128.load(ROUNDER_SIN), SIN_ENTRY, SINE); }
function cosRare(x: v128): v128 { return rareCore(x, v128.load(ROUNDER_COS), COS_ENTRY, SINE); }
function tanRare(x: v128): v128 { return rareCore(x, v128.load(ROUNDER_TAN), TAN_ENTRY, TANGENT); }

/** The sine of an angle in radians. */
export function sin(x: v128): v128 {
  return both(ordinary(x)) ? core(x, v128.load(ROUNDER_SIN), SINE) : sinRare(x);
}

/** The cosine of an angle in radians. */
export function cos(x: v128): v128 {
  return both(ordinary(x)) ? core(x, v128.load(ROUNDER_COS), SINE) : cosRare(x);
}

/** The tangent of an angle in radians. */
export function tan(x: v128): v128 {
  return both(ordinary(x)) ? core(x, v128.load(ROUNDER_TAN), TANGENT) : tanRare(x);
}

export function sinBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    if (!both(ordinary(x))) {
      v128.store(z + i, sinRare(x));
      continue;
    }
    v128.store(z + i, core(x, v128.load(ROUNDER_SIN), SINE));
  }
}

export function cosBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    if (!both(ordinary(x))) {
      v128.store(z + i, cosRare(x));
      continue;
    }
    v128.store(z + i, core(x, v128.load(ROUNDER_COS), SINE));
  }
}

/** Both from one reduction, to the bits of sin and cos; one of the results may be the argument's column. */
export function sincosBlock(sine: usize, cosine: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    if (!both(ordinary(x))) {
      v128.store(sine + i, sinRare(x));
      v128.store(cosine + i, cosRare(x));
      continue;
    }
    const rounder = v128.load(ROUNDER_SIN), entry = quotient(x, rounder), q = sub(entry, rounder), r = remainder(x, q);
    const rTailNeg = remainderTailNeg(x, q, r);
    v128.store(sine + i, sinOf(r, rTailNeg, entry));
    v128.store(cosine + i, sinOf(r, rTailNeg, i64x2.add(entry, v128.load(QUARTER))));
  }
}

export function tanBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    if (!both(ordinary(x))) {
      v128.store(z + i, tanRare(x));
      continue;
    }
    v128.store(z + i, core(x, v128.load(ROUNDER_TAN), TANGENT));
  }
}
