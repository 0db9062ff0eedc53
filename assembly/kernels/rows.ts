/**
 * Tables of polynomials f(c + r) = a0 + a1 r + … + a11 r^11, one row of 128 bytes an interval:
 *
 *     c, a0 | a1, a2 | a3, a4 | a5, a6 | a7, a8 | tail of a0, a9 | a10, a11
 *     c, a0 | a1, a2 | a3, a4 | a5, a6 | a7, a8 | tail of a0, a10 | a11, a12 | a9, a13    wide, for tables of which the slope is asked too
 *
 * The module has them packed, and they are unpacked when it is instantiated: to do that at each use made erf 5 % slower. Only
 * final values are stored, so threads may do it in one shared memory. The rows of two lanes are named by their addresses i and j.
 */
import { add, at, first, mul, mulAdd, second } from "./ops";

/** 1…13, twice each. */
const WHOLE: usize = memory.data<f64>([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13], 16);

/** Bytes of a row. */
export const ROW: i32 = 128;

/** Unpacks a table: of number k of every row its top `kept[k]` bytes, place by place. */
export function unpack(rows: usize, packed: usize, count: i32, kept: usize): void {
  for (let k: usize = 0; k < 16; k++) {
    for (let place: usize = 8 - <usize>load<u8>(kept + k); place < 8; place++) {
      for (let row = rows + (k << 3) + place, end = row + <usize>(count * ROW); row < end; row += <usize>ROW) store<u8>(row, load<u8>(packed++));
    }
  }
}

/** Byte offset of a row. */
// @ts-ignore: decorator
@inline export function rowOffset(index: v128): v128 { return i64x2.shl(index, 7); }

/**
 * The row for y ≥ 0, eight rows an octave: `before` is the top 15 bits of the double where row 0 begins, less 1 if row 0
 * is for all below; `last` the last row, for all above and for NaN.
 */
// @ts-ignore: decorator
@inline export function octaveRow(y: v128, before: usize, last: usize): v128 {
  return i32x4.min_s(i16x8.sub_sat_u(i64x2.shr_u(y, 49), v128.load(before)), v128.load(last));
}

// @ts-ignore: decorator
@inline export function row0(table: usize, offset: v128): usize { return table + <usize>i64x2.extract_lane(offset, 0); }
// @ts-ignore: decorator
@inline export function row1(table: usize, offset: v128): usize { return table + <usize>i64x2.extract_lane(offset, 1); }

// @ts-ignore: decorator
@inline export function centre(i: usize, j: usize): v128 { return first(v128.load(i), v128.load(j)); }
/** a0. */
// @ts-ignore: decorator
@inline export function head(i: usize, j: usize): v128 { return second(v128.load(i), v128.load(j)); }

/** f(c + r) − a0: with `head` a sum of two. */
// @ts-ignore: decorator
@inline export function rest(i: usize, j: usize, r: v128): v128 {
  const f0 = v128.load(i, 80), f1 = v128.load(j, 80), g0 = v128.load(i, 96), g1 = v128.load(j, 96);
  return lower(i, j, r, mul(r, r), first(f0, f1), second(f0, f1), add(first(g0, g1), mul(r, second(g0, g1))));
}

/** The same of wide rows. */
// @ts-ignore: decorator
@inline export function wideRest(i: usize, j: usize, r: v128): v128 {
  const f0 = v128.load(i, 80), f1 = v128.load(j, 80), g0 = v128.load(i, 96), g1 = v128.load(j, 96), h0 = v128.load(i, 112), h1 = v128.load(j, 112);
  const r2 = mul(r, r), p10 = add(second(f0, f1), mul(r, first(g0, g1))), p12 = add(second(g0, g1), mul(r, second(h0, h1)));
  return lower(i, j, r, r2, first(f0, f1), first(h0, h1), add(p10, mul(r2, p12)));
}

/** From a1 to a9; `upper` stands for all from a10 up. */
// @ts-ignore: decorator
@inline function lower(i: usize, j: usize, r: v128, r2: v128, tail: v128, a9: v128, upper: v128): v128 {
  const b0 = v128.load(i, 16), b1 = v128.load(j, 16), c0 = v128.load(i, 32), c1 = v128.load(j, 32), d0 = v128.load(i, 48), d1 = v128.load(j, 48);
  const e0 = v128.load(i, 64), e1 = v128.load(j, 64), r4 = mul(r2, r2);
  const p2 = add(second(b0, b1), mul(r, first(c0, c1))), p4 = add(second(c0, c1), mul(r, first(d0, d1)));
  const p6 = add(second(d0, d1), mul(r, first(e0, e1))), p8 = add(second(e0, e1), mul(r, a9));
  const p = add(add(p2, mul(r2, p4)), mul(r4, add(add(p6, mul(r2, p8)), mul(r4, upper))));
  return add(mul(r, first(b0, b1)), add(tail, mul(r2, p))); // a1 r by itself: nearly all there is beside a zero
}

/** f′(c + r) by wide rows. */
// @ts-ignore: decorator
@inline export function slope(i: usize, j: usize, r: v128): v128 {
  const b0 = v128.load(i, 16), b1 = v128.load(j, 16), c0 = v128.load(i, 32), c1 = v128.load(j, 32), d0 = v128.load(i, 48), d1 = v128.load(j, 48);
  const e0 = v128.load(i, 64), e1 = v128.load(j, 64), f0 = v128.load(i, 80), f1 = v128.load(j, 80), g0 = v128.load(i, 96), g1 = v128.load(j, 96);
  const h0 = v128.load(i, 112), h1 = v128.load(j, 112), r2 = mul(r, r), r4 = mul(r2, r2);
  const p2 = add(mul(at(WHOLE, 1), second(b0, b1)), mul(r, mul(at(WHOLE, 2), first(c0, c1))));
  const p4 = add(mul(at(WHOLE, 3), second(c0, c1)), mul(r, mul(at(WHOLE, 4), first(d0, d1))));
  const p6 = add(mul(at(WHOLE, 5), second(d0, d1)), mul(r, mul(at(WHOLE, 6), first(e0, e1))));
  const p8 = add(mul(at(WHOLE, 7), second(e0, e1)), mul(r, mul(at(WHOLE, 8), first(h0, h1))));
  const p10 = add(mul(at(WHOLE, 9), second(f0, f1)), mul(r, mul(at(WHOLE, 10), first(g0, g1))));
  const p12 = add(mul(at(WHOLE, 11), second(g0, g1)), mul(r, mul(at(WHOLE, 12), second(h0, h1))));
  const upper = add(add(p6, mul(r2, p8)), mul(r4, add(p10, mul(r2, p12))));
  return add(first(b0, b1), mul(r, add(add(p2, mul(r2, p4)), mul(r4, upper))));
}

/** A polynomial of eight coefficients, each of which lies there twice. */
// @ts-ignore: decorator
@inline export function poly8(list: usize, v: v128): v128 {
  const v2 = mul(v, v), low = add(mulAdd(v, at(list, 1), at(list, 0)), mul(v2, mulAdd(v, at(list, 3), at(list, 2))));
  return add(low, mul(mul(v2, v2), add(mulAdd(v, at(list, 5), at(list, 4)), mul(v2, mulAdd(v, at(list, 7), at(list, 6))))));
}
