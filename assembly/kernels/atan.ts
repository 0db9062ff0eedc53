/**
 * atan and atan2 by a table of points a/b, eight an octave of |y| (0/1 for all below 2^-4, 1/0 for all above 16):
 *
 *     atan y = atan(a/b) + atan t,   t = (y b − a)/(b + y a),   atan t = t + t³ p(t²),   |t| ≤ 0.07.
 *
 * atan has no branch. atan2 takes |y/x| in place of y, and π − atan(a/b) from the same table where x is negative. Largest errors seen: atan 0.60,
 * atan2 0.62 ulp. Coefficients: scripts/fit.py.
 */
import { abs, add, at, both, div, first, high, mul, mulAdd, octaveEntry, roughInverse, second, sub, swapped, where } from "./ops";
import { ATAN_POINT, ATAN_POLY, ATAN_VALUE } from "./tables";

const GREAT: usize = memory.data<f64>([1e300, 1e300], 16);
const LAST_ENTRY: usize = memory.data<u32>([65, 65, 65, 65], 16);

/** atan t − t by the numbers of ATAN_POLY. */
// @ts-ignore: decorator
@inline function bend(t: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128): v128 {
  const t2 = mul(t, t), t4 = mul(t2, t2);
  return mul(mul(t, t2), add(mulAdd(t2, c1, c0), mul(t4, add(mulAdd(t2, c3, c2), mul(t4, c4)))));
}

// ---- atan

/** Constants are arguments, so that the loop keeps them in registers: 14 % quicker, as it has no branch that would spill them. */
// @ts-ignore: decorator
@inline function atanCore(x: v128, great: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128): v128 {
  const size = abs(x), y = f64x2.pmin(size, great); // in this order pmin keeps a NaN
  const entry = octaveEntry(y, v128.load(LAST_ENTRY)), i = <usize>i64x2.extract_lane(entry, 0), j = <usize>i64x2.extract_lane(entry, 1);
  const points0 = v128.load(ATAN_POINT + i), points1 = v128.load(ATAN_POINT + j), a = first(points0, points1), b = second(points0, points1);
  const values0 = v128.load(ATAN_VALUE + i), values1 = v128.load(ATAN_VALUE + j);
  const t = div(sub(mul(y, b), a), add(b, mul(y, a))), rest = add(second(values0, values1), bend(t, c0, c1, c2, c3, c4));
  return v128.or(add(first(values0, values1), add(t, rest)), v128.xor(x, size));
}

/** The arc tangent. */
export function atan(x: v128): v128 {
  return atanCore(x, v128.load(GREAT), at(ATAN_POLY, 0), at(ATAN_POLY, 1), at(ATAN_POLY, 2), at(ATAN_POLY, 3), at(ATAN_POLY, 4));
}

export function atanBlock(z: usize, a: usize, bytes: usize): void {
  const great = v128.load(GREAT);
  const c0 = at(ATAN_POLY, 0), c1 = at(ATAN_POLY, 1), c2 = at(ATAN_POLY, 2), c3 = at(ATAN_POLY, 3), c4 = at(ATAN_POLY, 4);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, atanCore(v128.load(a + i), great, c0, c1, c2, c3, c4));
}

// ---- atan2

/** |y| + |x| between these (2^1000 and 2^-898): all products are normal numbers. */
const UPPER: usize = memory.data<f64>([1.0715086071862673e301, 1.0715086071862673e301], 16);
const LOWER: usize = memory.data<f64>([1.183052186166774e-271, 1.183052186166774e-271], 16);
/** 2^-100 and 2^900: scales for what lies outside. */
const DOWN: usize = memory.data<f64>([7.888609052210118e-31, 7.888609052210118e-31], 16);
const UP: usize = memory.data<f64>([8.452712498170644e270, 8.452712498170644e270], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
/** 1e-12²: for lesser t its tail is nothing to the result, or may be subnormal. */
const TAIL_COUNTS: usize = memory.data<f64>([1e-24, 1e-24], 16);
/** Entry 33 begins at 1; quotients by differences of bits are up to 11 % too great, 5.7 % in the middle. */
const TO_ENTRY: usize = memory.data<u32>([0, 4265830, 0, 4265830], 16);

// @ts-ignore: decorator
@inline function ordinary(n: v128, d: v128): v128 {
  const size = add(n, d);
  return v128.and(f64x2.lt(size, v128.load(UPPER)), f64x2.gt(size, v128.load(LOWER)));
}

/** n = |y|, d = |x|. The point's entry need not be the nearest: by integers it costs no division. */
// @ts-ignore: decorator
@inline function atan2Core(y: v128, x: v128, n: v128, d: v128): v128 {
  const turn = v128.xor(x, d); // where x is negative the entry is 128 further, and the rest is taken off
  const near = i32x4.shr_s(i32x4.add(i32x4.sub(n, d), v128.load(TO_ENTRY)), 17);
  const entry = v128.or(i32x4.min_s(i32x4.max_s(near, i64x2.splat(0)), v128.load(LAST_ENTRY)), i32x4.shr_u(turn, 24));
  const i = <usize>i32x4.extract_lane(entry, 1) << 4, j = <usize>i32x4.extract_lane(entry, 3) << 4;
  const points0 = v128.load(ATAN_POINT + i), points1 = v128.load(ATAN_POINT + j), a = first(points0, points1), b = second(points0, points1);
  const values0 = v128.load(ATAN_VALUE + i), values1 = v128.load(ATAN_VALUE + j);
  const dHigh = high(d);
  const N = sub(sub(mul(n, b), mul(dHigh, a)), mul(sub(d, dHigh), a)), D = add(mul(d, b), mul(n, a)), t = div(N, D);
  const tHigh = high(t), DHigh = high(D);
  const left = sub(sub(sub(N, mul(tHigh, DHigh)), mul(tHigh, sub(D, DHigh))), mul(sub(t, tHigh), D)); // N − t D
  const tTail = v128.and(mul(left, roughInverse(D)), f64x2.gt(mul(t, t), v128.load(TAIL_COUNTS)));
  const bent = bend(t, at(ATAN_POLY, 0), at(ATAN_POLY, 1), at(ATAN_POLY, 2), at(ATAN_POLY, 3), at(ATAN_POLY, 4));
  const angle = v128.xor(add(t, add(tTail, bent)), turn);
  return v128.or(add(first(values0, values1), add(angle, second(values0, values1))), v128.xor(y, n));
}

/** For the lane form and the rare cases, where a call is no matter. */
function atan2Once(y: v128, x: v128): v128 { return atan2Core(y, x, abs(y), abs(x)); }

/** What atan2 has at NaN, zeros and infinities; `angle` elsewhere. */
function atan2Case(y: f64, x: f64, angle: f64): f64 {
  if (isNaN(x) || isNaN(y)) return NaN;
  const back = reinterpret<i64>(x) < 0, sign: f64 = reinterpret<i64>(y) < 0 ? -1 : 1;
  if (y == 0) return back ? sign * Math.PI : sign * 0;
  if (Math.abs(y) == Infinity) {
    if (Math.abs(x) == Infinity) return sign * (back ? 2.356194490192345 : 0.7853981633974483);
    return sign * 1.5707963267948966;
  }
  if (Math.abs(x) == Infinity) return back ? sign * Math.PI : sign * 0;
  return angle;
}

function atan2Rare(y: v128, x: v128): v128 {
  const size = add(abs(y), abs(x)), one = v128.load(ONE);
  const k = where(f64x2.ge(size, v128.load(UPPER)), v128.load(DOWN), where(f64x2.le(size, v128.load(LOWER)), v128.load(UP), one));
  let result = atan2Once(mul(y, k), mul(x, k)), b = y, a = x;
  for (let turn = 0; turn < 2; turn++) { // a loop, so that the cases are inlined once
    const angle = atan2Case(f64x2.extract_lane(b, 0), f64x2.extract_lane(a, 0), f64x2.extract_lane(result, 0));
    result = swapped(f64x2.replace_lane(result, 0, angle));
    b = swapped(b);
    a = swapped(a);
  }
  return result;
}

/** The angle of the point (x, y), from −π to π. */
export function atan2(y: v128, x: v128): v128 {
  return both(ordinary(abs(y), abs(x))) ? atan2Once(y, x) : atan2Rare(y, x);
}

export function atan2Block(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const y = v128.load(a + i), x = v128.load(b + i), n = abs(y), d = abs(x);
    if (!both(ordinary(n, d))) {
      v128.store(z + i, atan2Rare(y, x));
      continue;
    }
    v128.store(z + i, atan2Core(y, x, n, d));
  }
}
