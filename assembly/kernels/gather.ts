/** Elements of a table in memory by an index, as JavaScript reads them: NaN where there is none. */
import { add } from "./ops";

const ZERO: usize = memory.data<f64>([0, 0], 16);
/** 2^49, whose last place is 1/8: eight times a whole number added to it, its bytes in a table, is in the low bits. */
const BYTES: usize = memory.data<f64>([562949953421312.0, 562949953421312.0], 16);

/** Whether an index is that of an element. */
// @ts-ignore: decorator
@inline export function isElement(index: v128, count: v128): v128 {
  const below = v128.and(f64x2.ge(index, v128.load(ZERO)), f64x2.lt(index, count));
  return v128.and(below, f64x2.eq(f64x2.floor(index), index));
}

/** A lane without an element reads the first one, and is NaN by having all bits set. */
// @ts-ignore: decorator
@inline function elements(index: v128, table: usize, count: v128): v128 {
  const known = isElement(index, count);
  const offset = v128.and(add(index, v128.load(BYTES)), known);
  const first = v128.load64_zero(table + <usize>i32x4.extract_lane(offset, 0));
  const both = v128.load_lane<f64>(table + <usize>i32x4.extract_lane(offset, 2), first, 1);
  return v128.or(both, v128.not(known));
}

/** Elements of the `count` numbers, at least one, at `table`. */
export function gather(index: v128, table: usize, count: usize): v128 {
  return elements(index, table, f64x2.splat(<f64>count));
}

export function gatherBlock(z: usize, index: usize, table: usize, count: usize, bytes: usize): void {
  const counts = f64x2.splat(<f64>count);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, elements(v128.load(index + i), table, counts));
}
