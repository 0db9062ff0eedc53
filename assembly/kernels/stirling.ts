/**
 * log x and log Γ(x) as sums of two doubles, and e^x of such a sum:
 *
 *     log Γ(x) = (x − ½) log x − x + log √(2π) + J(1/x),   x ≥ 1   (Stirling, Binet)
 *
 * with J by a table of polynomials (scripts/fit-special.py) and log x to 68 bits.
 */
import { add, anySumTail, at, div, first, high, mul, mulAdd, productTail, second, sub, sumTail } from "./ops";
import { entry0, entry1, growth, halfExponent, powerOf2, scale, steps, unrounded } from "./exp";
import { BIAS, exponent, moved, offset, significand } from "./log";
import { reduced } from "./gaussian";
import { ROW, centre, head, rest, row0, row1, rowOffset, unpack } from "./rows";
import { LN2, LOG_TABLE, LOG_TAIL, POW_LOG_POLY } from "./tables";
import { BINET, LOG_SQRT_2PI, NARROW } from "./special-tables";

const BINET_ROWS: usize = memory.data(17 * ROW, 64);
unpack(BINET_ROWS, BINET, 17, NARROW);

const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);

/** The tail of the last result, for functions of two results; a global belongs to its instance, so that threads do not meet in it. */
export let tailOut: v128 = i64x2.splat(0);

/** log x for a normal x, its tail in tailOut: as in pow. */
// @ts-ignore: decorator
@inline export function longLog(x: v128): v128 {
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
  const i = row0(BINET_ROWS, index), j = row1(BINET_ROWS, index);
  return add(head(i, j), rest(i, j, sub(t, centre(i, j))));
}

/** log Γ(y + yTail) for y ≥ 1, its tail in tailOut. */
export function stirling(y: v128, yTail: v128): v128 {
  const L = longLog(y), LTail = tailOut, t = div(v128.load(ONE), y), b = sub(y, v128.load(HALF)), product = mul(b, L);
  // ψ(y) yTail: log y − 1/(2y) − 1/(12y²) is near enough
  const slope = sub(L, mul(t, add(v128.load(HALF), mul(t, f64x2.splat(1.0 / 12)))));
  const productRest = add(add(productTail(b, L, product), mul(b, LTail)), mul(slope, yTail));
  const minusY = f64x2.neg(y), s1 = add(product, minusY), h = at(LOG_SQRT_2PI, 0), s2 = add(s1, h);
  const tails = add(anySumTail(product, minusY, s1), anySumTail(s1, h, s2));
  const low = add(add(binet(t), at(LOG_SQRT_2PI, 1)), add(tails, productRest)), sum = add(s2, low);
  tailOut = anySumTail(s2, low, sum);
  return sum;
}

/** e^x is 0 below the one and Infinity above the other. */
const LOWEST: usize = memory.data<f64>([-746, -746], 16);
const HIGHEST: usize = memory.data<f64>([710, 710], 16);

/** e^(E + tail), its tail in tailOut. */
export function longExp(E: v128, tail: v128): v128 {
  const x = f64x2.pmin(f64x2.pmax(E, v128.load(LOWEST)), v128.load(HIGHEST)), n = steps(x), k = unrounded(n), e0 = entry0(n), e1 = entry1(n);
  const half = halfExponent(n), s = i64x2.sub(powerOf2(n, e0, e1), half), growing = mul(s, growth(reduced(x, tail, k), first(e0, e1)));
  const z = add(s, growing), last = scale(half);
  tailOut = mul(sumTail(s, growing, z), last);
  return mul(z, last);
}
