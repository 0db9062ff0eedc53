/**
 * sinh and cosh by the table of powers of two of exp.ts: with |x| = k ln 2/256 + r, S = 2^(k/256)/2 and S' = 2^(−k/256)/2,
 *
 *     D = S − S' = sinh(k ln 2/256),   C = S + S' = cosh(k ln 2/256),
 *     sinh |x| = D cosh r + C sinh r,   cosh x = C cosh r + D sinh r,   |r| ≤ ln 2/512,
 *
 * D and C with their tails, sinh r and cosh r by two terms of their Taylor series. Largest errors seen: sinh 0.51, cosh 0.51 ulp. Table:
 * build-tables.ts.
 */
import { abs, add, at, both, first, mul, mulAdd, signBit, sub, sumTail, where } from "./ops";
import { entry0, entry1, powerOf2, steps, unrounded } from "./exp";
import { EXP_STEP } from "./tables";

const ROUNDER: usize = memory.data<f64>([6755399441055744.0, 6755399441055744.0], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const SIXTH: usize = memory.data<f64>([0.16666666666666666, 0.16666666666666666], 16);
const TO_4TH: usize = memory.data<f64>([0.041666666666666664, 0.041666666666666664], 16);
const TO_5TH: usize = memory.data<f64>([0.008333333333333333, 0.008333333333333333], 16);
/** Below, S' and every intermediate are normal numbers; above, S' is nothing to S. */
const ORDINARY: usize = memory.data<f64>([690, 690], 16);
/** Above, the results are Infinity. */
const HIGHEST: usize = memory.data<f64>([712, 712], 16);
/** Halves and 2^-5 as differences of exponents, and 2^4. */
const TO_HALF: usize = memory.data<u64>([0x0010000000000000, 0x0010000000000000], 16);
const DOWN: usize = memory.data<u64>([0x0050000000000000, 0x0050000000000000], 16);
const UP: usize = memory.data<f64>([16, 16], 16);

// @ts-ignore: decorator
@inline function ordinary(size: v128): v128 { return f64x2.lt(size, v128.load(ORDINARY)); }

/** For sizes. `great`: S is taken down by 2^4, the result up again, and S' left out. */
// @ts-ignore: decorator
@inline function core(y: v128, great: bool, cosine: bool): v128 {
  const n = steps(y), k = unrounded(n), half = v128.load(great ? DOWN : TO_HALF);
  const head = sub(y, mul(k, at(EXP_STEP, 1))), rest = mul(k, at(EXP_STEP, 2)), r = sub(head, rest), r2 = mul(r, r);
  const e0 = entry0(n), e1 = entry1(n), S = i64x2.sub(powerOf2(n, e0, e1), half), STail = mul(S, first(e0, e1));
  const nNeg = sub(v128.load(ROUNDER), k), f0 = entry0(nNeg), f1 = entry1(nNeg);
  const T = great ? f64x2.splat(0) : i64x2.sub(powerOf2(nNeg, f0, f1), half), TTail = great ? T : mul(T, first(f0, f1));
  const C = add(S, T), CTail = add(sumTail(S, T, C), add(STail, TTail)), D = sub(S, T);
  const bend = mul(r2, mulAdd(r2, v128.load(TO_4TH), v128.load(HALF))); // cosh r − 1
  const bendSine = mul(mul(r, r2), mulAdd(r2, v128.load(TO_5TH), v128.load(SIXTH))); // sinh r − r
  if (cosine) {
    const z = add(C, add(mul(D, add(r, bendSine)), add(mul(C, bend), CTail)));
    return great ? mul(z, v128.load(UP)) : z;
  }
  // C r as r + (C − 1) r, so that near 0 no product is rounded
  const rTail = sub(sub(head, r), rest), s = add(D, r), tail = add(sumTail(D, r, s), add(sub(sub(S, D), T), sub(STail, TTail)));
  const slope = add(sub(C, v128.load(ONE)), CTail);
  const z = add(s, add(add(tail, mul(slope, r)), add(mul(C, add(rTail, bendSine)), mul(D, bend))));
  return great ? mul(z, v128.load(UP)) : z;
}

/** For lane forms and rare cases, where a call is no matter. */
function once(y: v128, great: bool, cosine: bool): v128 { return core(y, great, cosine); }

function rare(x: v128, cosine: bool): v128 {
  const y = f64x2.pmin(abs(x), v128.load(HIGHEST)); // in this order pmin keeps a NaN
  return where(ordinary(y), once(y, false, cosine), once(y, true, cosine));
}

function sinhRare(x: v128): v128 { return v128.or(rare(x, false), signBit(x)); }
function coshRare(x: v128): v128 { return rare(x, true); }

/** The hyperbolic sine. */
export function sinh(x: v128): v128 {
  return both(ordinary(abs(x))) ? v128.or(once(abs(x), false, false), signBit(x)) : sinhRare(x);
}

/** The hyperbolic cosine. */
export function cosh(x: v128): v128 {
  return both(ordinary(abs(x))) ? once(abs(x), false, true) : coshRare(x);
}

export function sinhBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), y = abs(x);
    if (!both(ordinary(y))) {
      v128.store(z + i, sinhRare(x));
      continue;
    }
    v128.store(z + i, v128.or(core(y, false, false), signBit(x)));
  }
}

export function coshBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), y = abs(x);
    if (!both(ordinary(y))) {
      v128.store(z + i, coshRare(x));
      continue;
    }
    v128.store(z + i, core(y, false, true));
  }
}
