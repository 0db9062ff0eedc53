/**
 * sin, cos and tan by a table of angles: with q the integer nearest to 32x/π, t = q π/32 and r = x − t, |r| ≤ π/64,
 *
 *     sin x = sin t cos r + cos t sin r,   cos x = cos t cos r − sin t sin r,
 *     tan x = (tan t + tan r)/(1 − tan t tan r)  or  −1/that.
 *
 * One row of the table, chosen by q mod 64, serves sine and cosine. It holds −sin t and cos t cut in two: multiples of
 * 2^-12, and rests. r is cut, too: a multiple of 2^-40, and the rest w, which takes up sin r − r and what r lacks as a
 * double. The products of the multiples and their sums, below 2, are exact: only what comes from the small rests is
 * rounded, and the result.
 *
 * The multiple of π/32 is taken off in three parts up to 6433 and in four up to 6e6, above by Payne and Hanek's product
 * with 2/π. Largest errors seen: sin and cos 0.61 (0.75 some 2^-40 from their zeros other than 0, where w is like r in
 * size), tan 0.53 ulp. Coefficients: scripts/fit.py.
 *
 * Signs are arranged (the table has −sin t; what is subtracted from what) so that x = −0 gives −0.
 */
import { abs, add, at, both, div, first, mul, mulAdd, productTail, second, sub, where } from "./ops";
import { COS_POLY, SIN_POLY, TAN_POLY, TAN_TABLE, TRIG_STEP, TRIG_STEP_LONG, TRIG_TABLE, TWO_OVER_PI } from "./tables";

/** 1.5·2^52: adding it rounds to an integer and leaves that in the low bits. */
const ROUNDER: usize = memory.data<f64>([6755399441055744.0, 6755399441055744.0], 16);
/** The same plus 2^15, for blocks: entries with |q| < 2^15 differ from ROUNDER in the low 16 bits alone. */
const BLOCK_ROUNDER: usize = memory.data<f64>([6755399441088512.0, 6755399441088512.0], 16);
/** 1.5·2^12: adding it and taking it off rounds to a multiple of 2^-40. */
const COARSE_ROUNDER: usize = memory.data<f64>([6144.0, 6144.0], 16);
/** Three parts of π/32 are enough for |q| up to the one, four for |x| below the other. */
const NEAR: usize = memory.data<f64>([65535, 65535], 16);
const LARGE: usize = memory.data<f64>([6e6, 6e6], 16);
/** The bits of the rounder − 65535, and how many from there on are near. */
const FIRST_NEAR: i64 = 0x4337FFFFFFFF0001;
const NEARS: u64 = 131071;
/** π/2 and π/4 in steps. */
const QUARTER: usize = memory.data<u64>([16, 16], 16);
const EIGHTH: usize = memory.data<u64>([8, 8], 16);
const SIGN: usize = memory.data<u64>([0x8000000000000000, 0x8000000000000000], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);

/** What is computed from a reduced angle. */
export const SINE: i32 = 0;
const COSINE: i32 = 1;
const SINE_AND_COSINE: i32 = 2;
export const SINE_OVER_X: i32 = 3;
const TANGENT: i32 = 4;

// ---- reduction; `entry` is the rounder plus q, or anything else with q in its low bits

// @ts-ignore: decorator
@inline export function quotient(x: v128): v128 { return mulAdd(x, at(TRIG_STEP, 0), v128.load(ROUNDER)); }

/** Whether both |q| are at most 65535. The kernels need the lanes as integers anyway: quicker than to compare doubles, or to branch twice. */
// @ts-ignore: decorator
@inline export function bothNear(entry: v128): bool {
  const first = i64x2.extract_lane(entry, 0), second = i64x2.extract_lane(entry, 1);
  return <bool>(<i32>(<u64>(first - FIRST_NEAR) < NEARS) & <i32>(<u64>(second - FIRST_NEAR) < NEARS));
}

// @ts-ignore: decorator
@inline function coarse(r: v128): v128 {
  const rounder = v128.load(COARSE_ROUNDER);
  return sub(add(r, rounder), rounder);
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

// ---- values from a reduced argument

/** Byte offset of a row of TRIG_TABLE, given the low bits of an entry. */
// @ts-ignore: decorator
@inline function row(entry: usize): usize { return (entry & 63) << 5; }

/**
 * Sine or cosine of t + r, by the rows i and j of the two lanes, where r is rCoarse + (rRest − rTailNeg); or the sine, and the cosine stored; or the sine divided
 * by x and rounded once.
 */
// @ts-ignore: decorator
@inline function sineOrCosine(x: v128, i: usize, j: usize, r: v128, rCoarse: v128, rRest: v128, rTailNeg: v128, kind: i32, cosineTo: usize): v128 {
  const z = mul(r, r);
  const s = mul(mul(r, z), add(at(SIN_POLY, 0), mul(z, add(at(SIN_POLY, 1), mul(z, at(SIN_POLY, 2)))))); // r − sin r
  const c = mul(z, add(at(COS_POLY, 0), mul(z, add(at(COS_POLY, 1), mul(z, at(COS_POLY, 2)))))); // 1 − cos r
  const w = sub(rRest, add(rTailNeg, s));
  const heads0 = v128.load(i, TRIG_TABLE), heads1 = v128.load(j, TRIG_TABLE);
  const rests0 = v128.load(i, TRIG_TABLE + 16), rests1 = v128.load(j, TRIG_TABLE + 16);
  const sinTNeg = first(heads0, heads1), cosT = second(heads0, heads1);
  const sinTRestNeg = first(rests0, rests1), cosTRest = second(rests0, rests1);
  const sinTWholeNeg = add(sinTNeg, sinTRestNeg), cosTWhole = add(cosT, cosTRest);
  if (kind == COSINE || kind == SINE_AND_COSINE) {
    const low = add(sub(add(cosTRest, mul(sinTRestNeg, rCoarse)), mul(cosTWhole, c)), mul(sinTWholeNeg, w));
    const cosine = add(add(cosT, mul(sinTNeg, rCoarse)), low);
    if (kind == COSINE) return cosine;
    v128.store(cosineTo, cosine);
  }
  const headNeg = sub(sinTNeg, mul(cosT, rCoarse));
  const low = sub(mul(cosTWhole, w), sub(sub(sinTRestNeg, mul(cosTRest, rCoarse)), mul(sinTWholeNeg, c)));
  const sine = sub(low, headNeg);
  if (kind != SINE_OVER_X) return sine;
  const wTail = sub(sub(rRest, w), add(rTailNeg, s)); // matters where the sine is w
  return ratio(sine, add(sub(low, add(headNeg, sine)), mul(cosT, wTail)), x, i64x2.splat(0));
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
  const even = i64x2.eq(v128.and(i64x2.add(entry, v128.load(EIGHTH)), v128.load(QUARTER)), i64x2.splat(0));
  const a = where(even, N, D), aTail = where(even, NTail, DTail), b = where(even, D, N), bTail = where(even, DTail, NTail);
  return v128.xor(ratio(a, aTail, b, bTail), v128.andnot(v128.load(SIGN), even));
}

// ---- sin, cos, tan of any argument

/** For near lanes. */
// @ts-ignore: decorator
@inline export function near(x: v128, entry: v128, kind: i32, cosineTo: usize = 0): v128 {
  const q = sub(entry, v128.load(ROUNDER)), head = sub(x, mul(q, at(TRIG_STEP, 1))), product = mul(q, at(TRIG_STEP, 2)); // head is exact
  const r = sub(head, product), last = mul(q, at(TRIG_STEP, 3));
  if (kind == TANGENT) return tanOf(r, add(add(sub(r, head), product), last), entry);
  const rCoarse = coarse(r), i = row(<usize>i64x2.extract_lane(entry, 0)), j = row(<usize>i64x2.extract_lane(entry, 1));
  return sineOrCosine(x, i, j, r, rCoarse, sub(sub(head, rCoarse), product), last, kind, cosineTo);
}

/** For any lanes: every lane's reduced angle by its own way, then one evaluation; `overX`: the sine divided by x. */
// @ts-ignore: decorator
@inline export function rareOf(x: v128, kind: i32, overX: bool): v128 {
  let entry = quotient(x);
  const q = sub(entry, v128.load(ROUNDER)), isNear = f64x2.le(abs(q), v128.load(NEAR));
  // near lanes, as in near()
  const nearHead = sub(x, mul(q, at(TRIG_STEP, 1))), nearProduct = mul(q, at(TRIG_STEP, 2)), nearR = sub(nearHead, nearProduct);
  const nearLast = mul(q, at(TRIG_STEP, 3));
  // far lanes
  const head = sub(x, mul(q, at(TRIG_STEP_LONG, 0))), product = mul(q, at(TRIG_STEP_LONG, 1)), third = mul(q, at(TRIG_STEP_LONG, 2));
  const u = sub(head, product);
  let r = sub(u, third);
  let rTailNeg = add(add(add(sub(r, u), third), add(sub(u, head), product)), mul(q, at(TRIG_STEP_LONG, 3)));
  const inFour = i64x2.bitmask(f64x2.lt(abs(x), v128.load(LARGE)));
  if (!(inFour & 1)) {
    reduceHuge(f64x2.extract_lane(x, 0));
    r = f64x2.replace_lane(r, 0, reduced);
    rTailNeg = f64x2.replace_lane(rTailNeg, 0, reducedTailNeg);
    entry = i64x2.replace_lane(entry, 0, reducedQuotient);
  }
  if (!(inFour & 2)) {
    reduceHuge(f64x2.extract_lane(x, 1));
    r = f64x2.replace_lane(r, 1, reduced);
    rTailNeg = f64x2.replace_lane(rTailNeg, 1, reducedTailNeg);
    entry = i64x2.replace_lane(entry, 1, reducedQuotient);
  }
  r = where(isNear, nearR, r);
  if (kind == TANGENT) {
    return tanOf(r, where(isNear, add(add(sub(nearR, nearHead), nearProduct), nearLast), rTailNeg), entry);
  }
  const rCoarse = coarse(r), rRest = where(isNear, sub(sub(nearHead, rCoarse), nearProduct), sub(r, rCoarse));
  const i = row(<usize>i64x2.extract_lane(entry, 0)), j = row(<usize>i64x2.extract_lane(entry, 1));
  rTailNeg = where(isNear, nearLast, rTailNeg);
  if (kind == COSINE) return sineOrCosine(x, i, j, r, rCoarse, rRest, rTailNeg, COSINE, 0);
  return sineOrCosine(x, i, j, r, rCoarse, rRest, rTailNeg, overX ? SINE_OVER_X : SINE, 0);
}

/** One for all kinds: bytes matter here, speed does not. */
function rare(x: v128, kind: i32): v128 { return rareOf(x, kind, false); }

/** The sine of an angle in radians. */
export function sin(x: v128): v128 {
  const entry = quotient(x);
  return bothNear(entry) ? near(x, entry, SINE) : rare(x, SINE);
}

/** The cosine of an angle in radians. */
export function cos(x: v128): v128 {
  const entry = quotient(x);
  return bothNear(entry) ? near(x, entry, COSINE) : rare(x, COSINE);
}

/** The tangent of an angle in radians. */
export function tan(x: v128): v128 {
  const entry = quotient(x);
  return bothNear(entry) ? near(x, entry, TANGENT) : rare(x, TANGENT);
}

export function sinBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), entry = quotient(x);
    if (!bothNear(entry)) {
      v128.store(z + i, rare(x, SINE));
      continue;
    }
    v128.store(z + i, near(x, entry, SINE));
  }
}

export function cosBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), entry = quotient(x);
    if (!bothNear(entry)) {
      v128.store(z + i, rare(x, COSINE));
      continue;
    }
    v128.store(z + i, near(x, entry, COSINE));
  }
}

// @ts-ignore: decorator
@inline function reduceTo(sine: usize, cosine: usize, x: v128, rounder: v128): v128 {
  const entry = mulAdd(x, at(TRIG_STEP, 0), rounder), q = sub(entry, rounder);
  v128.store(sine, sub(sub(x, mul(q, at(TRIG_STEP, 1))), mul(q, at(TRIG_STEP, 2))));
  v128.store(cosine, entry);
  return entry;
}

/** The first pass of sincosBlock: r into the column of sines, the entry into that of cosines. Whether all |q| are below 2^15. */
function reduceBlock(sine: usize, cosine: usize, a: usize, bytes: usize): bool {
  const rounder = v128.load(BLOCK_ROUNDER), near = v128.load(ROUNDER);
  let far = i64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 32) {
    far = v128.or(far, v128.xor(reduceTo(sine + i, cosine + i, v128.load(a + i), rounder), near));
    far = v128.or(far, v128.xor(reduceTo(sine + i + 16, cosine + i + 16, v128.load(a + i, 16), rounder), near));
  }
  return !v128.any_true(i64x2.shr_u(far, 16));
}

/**
 * Both from one reduction and one row, to the bits of sin and cos; one of the results may be the argument's column. Near
 * lanes in two passes, 16 % quicker than in one: what waits for the reduction would fill the processor's queue.
 */
export function sincosBlock(sine: usize, cosine: usize, a: usize, bytes: usize): void {
  if (a != sine && a != cosine && !(bytes & 31) && reduceBlock(sine, cosine, a, bytes)) {
    const rounder = v128.load(BLOCK_ROUNDER), coarseRounder = v128.load(COARSE_ROUNDER); // in registers, as nothing is called: 6 %
    for (let k: usize = 0; k < bytes; k += 16) {
      const x = v128.load(a + k), r = v128.load(sine + k), q = sub(v128.load(cosine + k), rounder), rCoarse = sub(add(r, coarseRounder), coarseRounder);
      const rRest = sub(sub(sub(x, mul(q, at(TRIG_STEP, 1))), rCoarse), mul(q, at(TRIG_STEP, 2))); // as in near
      const i = row(load<usize>(cosine + k)), j = row(load<usize>(cosine + k, 8));
      v128.store(sine + k, sineOrCosine(x, i, j, r, rCoarse, rRest, mul(q, at(TRIG_STEP, 3)), SINE_AND_COSINE, cosine + k));
    }
    return;
  }
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), entry = quotient(x);
    if (!bothNear(entry)) {
      v128.store(sine + i, rare(x, SINE));
      v128.store(cosine + i, rare(x, COSINE));
      continue;
    }
    v128.store(sine + i, near(x, entry, SINE_AND_COSINE, cosine + i));
  }
}

export function tanBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), entry = quotient(x);
    if (!bothNear(entry)) {
      v128.store(z + i, rare(x, TANGENT));
      continue;
    }
    v128.store(z + i, near(x, entry, TANGENT));
  }
}
