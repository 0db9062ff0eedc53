/**
 * asinh, acosh and atanh as logarithms of sums of two doubles (log.ts: logOfSum):
 *
 *     asinh |x| = log(|x| + √(1 + x²)),   acosh x = log(x + √(2t + t²)), t = x − 1,   atanh |x| = ½ log((1 + |x|)/(1 − |x|)),
 *
 * the root and the quotient each with its tail, so that the argument has about 100 bits and its distance from 1 keeps all
 * of its own. Largest errors seen: asinh 0.66, acosh 0.67, atanh 0.67 ulp. Coefficients: those of log.ts.
 */
import { abs, add, both, div, high, mul, signBit, sub, sumTail, where } from "./ops";
import { INFINITY, logOfSum, logOfTwice } from "./log";

const ONE: usize = memory.data<f64>([1, 1], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
/** 2^-28: below, asinh and atanh are x. */
const TINY: usize = memory.data<f64>([3.725290298461914e-9, 3.725290298461914e-9], 16);
/** 2^500: squares below are in range; above, asinh and acosh are log 2x. */
const GREAT: usize = memory.data<f64>([3.273390607896142e150, 3.273390607896142e150], 16);

/** Twice the bits of 1: 1/h by its bits as a logarithm, within 13 % and the better the nearer h is to 1, where it counts most. */
const INVERSE: usize = memory.data<u64>([0x7fe0000000000000, 0x7fe0000000000000], 16);

/** log(g + √(c + s²)) for c and s from 0 up; `less`: whether g is the lesser of the two terms, else it is the greater. */
// @ts-ignore: decorator
@inline function logWithRoot(g: v128, c: v128, s: v128, less: bool): v128 {
  const h = f64x2.sqrt(add(c, mul(s, s))), hHigh = high(h), sHigh = high(s), square = mul(sHigh, sHigh);
  const big = f64x2.pmax(c, square), small = f64x2.pmin(c, square), squareTail = mul(sub(s, sHigh), add(s, sHigh));
  // c + s² − h²: the first difference is exact
  const left = add(sub(add(sub(big, mul(hHigh, hHigh)), small), mul(sub(h, hHigh), add(h, hHigh))), squareTail);
  const u = add(g, h), uTail = less ? sumTail(h, g, u) : sumTail(g, h, u);
  return logOfSum(u, add(uTail, mul(left, i64x2.sub(v128.load(INVERSE), add(h, h)))));
}

// For lane forms and rare cases, where a call is no matter.
function logWithRootOnce(g: v128, c: v128, s: v128, less: bool): v128 { return logWithRoot(g, c, s, less); }
function logOfTwiceOnce(x: v128): v128 { return logOfTwice(x); }

// ---- asinh

// @ts-ignore: decorator
@inline function ordinaryAsinh(size: v128): v128 {
  return v128.and(f64x2.ge(size, v128.load(TINY)), f64x2.lt(size, v128.load(GREAT)));
}

// @ts-ignore: decorator
@inline function asinhCore(y: v128): v128 { return logWithRoot(y, v128.load(ONE), y, true); }

function asinhOnce(y: v128): v128 { return logWithRootOnce(y, v128.load(ONE), y, true); }

function asinhRare(x: v128): v128 {
  const y = abs(x), great = where(f64x2.ge(y, v128.load(GREAT)), logOfTwiceOnce(y), asinhOnce(y));
  const finite = v128.and(f64x2.ge(y, v128.load(TINY)), f64x2.lt(y, v128.load(INFINITY)));
  return v128.or(where(finite, great, y), signBit(x));
}

/** The inverse hyperbolic sine. */
export function asinh(x: v128): v128 {
  return both(ordinaryAsinh(abs(x))) ? v128.or(asinhOnce(abs(x)), signBit(x)) : asinhRare(x);
}

export function asinhBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), y = abs(x);
    if (!both(ordinaryAsinh(y))) {
      v128.store(z + i, asinhRare(x));
      continue;
    }
    v128.store(z + i, v128.or(asinhCore(y), signBit(x)));
  }
}

// ---- acosh

// @ts-ignore: decorator
@inline function ordinaryAcosh(x: v128): v128 {
  return v128.and(f64x2.ge(x, v128.load(ONE)), f64x2.lt(x, v128.load(GREAT)));
}

// @ts-ignore: decorator
@inline function acoshCore(x: v128): v128 {
  const t = sub(x, v128.load(ONE));
  return logWithRoot(x, add(t, t), t, false);
}

function acoshOnce(x: v128): v128 {
  const t = sub(x, v128.load(ONE));
  return logWithRootOnce(x, add(t, t), t, false);
}

function acoshRare(x: v128): v128 {
  const z = where(f64x2.ge(x, v128.load(GREAT)), where(f64x2.eq(x, v128.load(INFINITY)), x, logOfTwiceOnce(x)), acoshOnce(x));
  return where(f64x2.ge(x, v128.load(ONE)), z, f64x2.splat(NaN));
}

/** The inverse hyperbolic cosine. */
export function acosh(x: v128): v128 {
  return both(ordinaryAcosh(x)) ? acoshOnce(x) : acoshRare(x);
}

export function acoshBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    if (!both(ordinaryAcosh(x))) {
      v128.store(z + i, acoshRare(x));
      continue;
    }
    v128.store(z + i, acoshCore(x));
  }
}

// ---- atanh

// @ts-ignore: decorator
@inline function ordinaryAtanh(size: v128): v128 {
  return v128.and(f64x2.ge(size, v128.load(TINY)), f64x2.lt(size, v128.load(ONE)));
}

// @ts-ignore: decorator
@inline function atanhCore(y: v128): v128 {
  const one = v128.load(ONE), n = add(one, y), nTail = sumTail(one, y, n), d = sub(one, y), dTail = sub(sub(one, d), y);
  const q = div(n, d), product = mul(q, d), qHigh = high(q), qLow = sub(q, qHigh), dHigh = high(d), dLow = sub(d, dHigh);
  // q d − product to the last bit (Dekker), which counts where q is near 1
  const tail = add(add(add(sub(mul(qHigh, dHigh), product), mul(qHigh, dLow)), mul(qLow, dHigh)), mul(qLow, dLow));
  const left = add(sub(sub(n, product), tail), sub(nTail, mul(q, dTail))); // n − q d
  return mul(v128.load(HALF), logOfSum(q, div(left, d)));
}

function atanhOnce(y: v128): v128 { return atanhCore(y); }

function atanhRare(x: v128): v128 {
  const y = abs(x), one = v128.load(ONE);
  const inside = where(f64x2.lt(y, v128.load(TINY)), y, atanhOnce(y));
  const z = where(f64x2.lt(y, one), inside, where(f64x2.eq(y, one), v128.load(INFINITY), f64x2.splat(NaN)));
  return v128.or(z, signBit(x));
}

/** The inverse hyperbolic tangent. */
export function atanh(x: v128): v128 {
  return both(ordinaryAtanh(abs(x))) ? v128.or(atanhOnce(abs(x)), signBit(x)) : atanhRare(x);
}

export function atanhBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), y = abs(x);
    if (!both(ordinaryAtanh(y))) {
      v128.store(z + i, atanhRare(x));
      continue;
    }
    v128.store(z + i, v128.or(atanhCore(y), signBit(x)));
  }
}
