/**
 * cbrt: |x| = 2^(3q) y with y in [1, 8), and c near y's significand from a table of 192 (exponent mod 3, top 6 bits):
 *
 *     cbrt |x| = 2^q cbrt(2^s c) (1 + r p(r)),   r = significand/c − 1.
 *
 * 1/c has 26 bits, so r is exact but for its last rounding; c is chosen so that cbrt(2^s c) is very near a double (Gal).
 * Coefficients: scripts/fit.py. hypot: x² + y² as a sum with its tail, one square root.
 * Largest errors seen: cbrt 0.51, hypot 0.89 ulp.
 */
import { abs, add, at, both, first, high, mul, mulAdd, second, signBit, sub, sumTail, where } from "./ops";
import { CBRT_POLY, CBRT_TABLE } from "./tables";

const ONE: usize = memory.data<f64>([1, 1], 16);
const SMALLEST_NORMAL: usize = memory.data<f64>([2.2250738585072014e-308, 2.2250738585072014e-308], 16);
const INFINITY: usize = memory.data<f64>([Infinity, Infinity], 16);

// ---- cbrt

const FRACTION: usize = memory.data<u64>([0x000fffffffffffff, 0x000fffffffffffff], 16);
/** The bits of 2^52: or-ed to a small integer they make 2^52 + integer. */
const INTEGER: usize = memory.data<u64>([0x4330000000000000, 0x4330000000000000], 16);
/** 2^52 + 1024: takes the integer back out, less the exponent's bias and 1, so that the third rounds to q. */
const BIAS: usize = memory.data<f64>([4503599627371520.0, 4503599627371520.0], 16);
const THIRD: usize = memory.data<f64>([0.3333333333333333, 0.3333333333333333], 16);
/** 1.5·2^52: adding it rounds to an integer, which is then in the low bits. */
const ROUNDER: usize = memory.data<f64>([6755399441055744.0, 6755399441055744.0], 16);
const TWO_TO_54: usize = memory.data<f64>([18014398509481984.0, 18014398509481984.0], 16);
const TWO_TO_MINUS_18: usize = memory.data<f64>([3.814697265625e-06, 3.814697265625e-06], 16);

// @ts-ignore: decorator
@inline function ordinaryCbrt(size: v128): v128 {
  return v128.and(f64x2.ge(size, v128.load(SMALLEST_NORMAL)), f64x2.lt(size, v128.load(INFINITY)));
}

/** The table's pair for a lane of |x| with its q. */
// @ts-ignore: decorator
@inline function entry(bits: i64, q: i64): v128 {
  const s = <i32>(bits >> 52) - 1023 - 3 * <i32>q;
  return v128.load(CBRT_TABLE + <usize>((s << 10) | (<i32>(bits >> 42) & 0x3f0)));
}

// @ts-ignore: decorator
@inline function cbrtCore(size: v128): v128 {
  const one = v128.load(ONE);
  const exponent = sub(v128.or(i64x2.shr_u(size, 52), v128.load(INTEGER)), v128.load(BIAS));
  const q = mulAdd(exponent, v128.load(THIRD), v128.load(ROUNDER));
  const m = v128.or(v128.and(size, v128.load(FRACTION)), one), mHigh = high(m);
  const e0 = entry(i64x2.extract_lane(size, 0), i64x2.extract_lane(q, 0));
  const e1 = entry(i64x2.extract_lane(size, 1), i64x2.extract_lane(q, 1));
  const inverse = first(e0, e1), root = second(e0, e1);
  const r = add(sub(mul(mHigh, inverse), one), mul(sub(m, mHigh), inverse)), r2 = mul(r, r);
  const c0 = mulAdd(r, at(CBRT_POLY, 1), at(CBRT_POLY, 0));
  const c2 = mulAdd(r, at(CBRT_POLY, 3), at(CBRT_POLY, 2));
  const c4 = mulAdd(r, at(CBRT_POLY, 5), at(CBRT_POLY, 4));
  const p = add(c0, mul(r2, add(c2, mul(r2, add(c4, mul(r2, at(CBRT_POLY, 6)))))));
  return mul(mulAdd(root, mul(r, p), root), i64x2.add(i64x2.shl(q, 52), one));
}

/** Zeros, infinities and NaN are their own roots; subnormals are scaled by 2^54. */
function cbrtRare(x: v128): v128 {
  const size = abs(x), one = v128.load(ONE), subnormal = f64x2.lt(size, v128.load(SMALLEST_NORMAL));
  const normal = where(subnormal, mul(size, v128.load(TWO_TO_54)), size), finite = ordinaryCbrt(normal);
  const root = mul(cbrtCore(where(finite, normal, one)), where(subnormal, v128.load(TWO_TO_MINUS_18), one));
  return where(finite, v128.or(root, signBit(x)), add(x, x));
}

/** The cube root. */
export function cbrt(x: v128): v128 {
  return both(ordinaryCbrt(abs(x))) ? v128.or(cbrtCore(abs(x)), signBit(x)) : cbrtRare(x);
}

export function cbrtBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), size = abs(x);
    if (!both(ordinaryCbrt(size))) {
      v128.store(z + i, cbrtRare(x));
      continue;
    }
    v128.store(z + i, v128.or(cbrtCore(size), signBit(x)));
  }
}

// ---- hypot

/** |x| + |y| below the one and the larger of them above the other (2^500 and 2^-500): all squares are normal. */
const UPPER: usize = memory.data<f64>([3.273390607896142e150, 3.273390607896142e150], 16);
const LOWER: usize = memory.data<f64>([3.054936363499605e-151, 3.054936363499605e-151], 16);
/** 2^600 and 2^-600: scales for what lies outside. */
const UP: usize = memory.data<f64>([4.149515568880993e180, 4.149515568880993e180], 16);
const DOWN: usize = memory.data<f64>([2.409919865102884e-181, 2.409919865102884e-181], 16);

/** For sizes. pmin and pmax drop a NaN, so the sum is asked too. */
// @ts-ignore: decorator
@inline function ordinaryHypot(a: v128, b: v128): v128 {
  return v128.and(f64x2.lt(add(a, b), v128.load(UPPER)), f64x2.ge(f64x2.pmax(a, b), v128.load(LOWER)));
}

/** For sizes x ≥ y: x² = A + B with A exact, y² = C + D alike. */
// @ts-ignore: decorator
@inline function hypotCore(x: v128, y: v128): v128 {
  const xHigh = high(x), yHigh = high(y);
  const A = mul(xHigh, xHigh), B = mul(sub(x, xHigh), add(x, xHigh)), C = mul(yHigh, yHigh), D = mul(sub(y, yHigh), add(y, yHigh));
  const s = add(A, C);
  return f64x2.sqrt(add(s, add(sumTail(A, C, s), add(B, D))));
}

function hypotRare(a: v128, b: v128): v128 {
  const one = v128.load(ONE), up = v128.load(UP), down = v128.load(DOWN), infinity = v128.load(INFINITY);
  const x = f64x2.pmax(a, b), y = f64x2.pmin(a, b);
  const great = f64x2.ge(add(a, b), v128.load(UPPER)), small = f64x2.lt(x, v128.load(LOWER));
  const scale = where(great, down, where(small, up, one)), back = where(great, up, where(small, down, one));
  const length = mul(hypotCore(mul(x, scale), mul(y, scale)), back);
  const known = where(f64x2.ge(add(a, b), f64x2.splat(0)), length, f64x2.splat(NaN));
  return where(v128.or(f64x2.eq(a, infinity), f64x2.eq(b, infinity)), infinity, known);
}

/** √(x² + y²) without overflow or underflow on the way. Infinity wins over NaN. */
export function hypot(x: v128, y: v128): v128 {
  const a = abs(x), b = abs(y);
  return both(ordinaryHypot(a, b)) ? hypotCore(f64x2.pmax(a, b), f64x2.pmin(a, b)) : hypotRare(a, b);
}

export function hypotBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = abs(v128.load(a + i)), y = abs(v128.load(b + i));
    if (!both(ordinaryHypot(x, y))) {
      v128.store(z + i, hypotRare(x, y));
      continue;
    }
    v128.store(z + i, hypotCore(f64x2.pmax(x, y), f64x2.pmin(x, y)));
  }
}
