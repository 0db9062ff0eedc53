/**
 * Arrays whose elements are columns, one behind the other, and one more, which takes what is written where there is no element.
 * `count`: the number of elements. Lane forms have elements of one pair; in block forms each is a column of `bytes` bytes.
 */
import { add } from "./ops";
import { isElement } from "./gather";

const PAIR: usize = 16;
/** 2^52: a whole number added to it is in the low bits. */
const WHOLE: usize = memory.data<f64>([4503599627370496.0, 4503599627370496.0], 16);

/** NaN, by all bits, in a lane without an element. */
// @ts-ignore: decorator
@inline function elements(index: v128, array: usize, count: v128, stride: usize): v128 {
  const known = isElement(index, count);
  const place = v128.and(add(index, v128.load(WHOLE)), known);
  const first = v128.load64_zero(array + <usize>i32x4.extract_lane(place, 0) * stride);
  return v128.or(v128.load_lane<f64>(array + <usize>i32x4.extract_lane(place, 2) * stride + 8, first, 1), v128.not(known));
}

// @ts-ignore: decorator
@inline function setElements(index: v128, element: v128, array: usize, count: v128, stride: usize): void {
  const place = add(v128.bitselect(index, count, isElement(index, count)), v128.load(WHOLE));
  v128.store_lane<f64>(array + <usize>i32x4.extract_lane(place, 0) * stride, element, 0);
  v128.store_lane<f64>(array + <usize>i32x4.extract_lane(place, 2) * stride + 8, element, 1);
}

export function read(index: v128, array: usize, count: usize): v128 {
  return elements(index, array, f64x2.splat(<f64>count), PAIR);
}

export function write(index: v128, element: v128, array: usize, count: usize): void {
  setElements(index, element, array, f64x2.splat(<f64>count), PAIR);
}

/** Makes all elements the same. */
export function fill(element: v128, array: usize, count: usize): void {
  for (const end = array + count * PAIR; array < end; array += PAIR) v128.store(array, element);
}

/** Takes the elements of another array in the lanes where the mask is set. */
export function merge(mask: v128, array: usize, other: usize, count: usize): void {
  for (let i: usize = 0; i < count * PAIR; i += PAIR) {
    v128.store(array + i, v128.bitselect(v128.load(other + i), v128.load(array + i), mask));
  }
}

export function readBlock(z: usize, index: usize, array: usize, count: usize, bytes: usize): void {
  const counts = f64x2.splat(<f64>count);
  for (let i: usize = 0; i < bytes; i += PAIR) v128.store(z + i, elements(v128.load(index + i), array + i, counts, bytes));
}

export function writeBlock(index: usize, element: usize, array: usize, count: usize, bytes: usize): void {
  const counts = f64x2.splat(<f64>count);
  for (let i: usize = 0; i < bytes; i += PAIR) setElements(v128.load(index + i), v128.load(element + i), array + i, counts, bytes);
}

/** Elements from `first` to before `end`. */
export function fillBlock(element: usize, array: usize, first: usize, end: usize, bytes: usize): void {
  for (; first < end; first++) memory.copy(array + first * bytes, element, bytes);
}

export function copyBlock(array: usize, other: usize, count: usize, bytes: usize): void {
  memory.copy(array, other, count * bytes);
}

export function mergeBlock(mask: usize, array: usize, other: usize, count: usize, bytes: usize): void {
  for (const end = array + count * bytes; array < end; array += bytes, other += bytes) {
    for (let i: usize = 0; i < bytes; i += PAIR) {
      v128.store(array + i, v128.bitselect(v128.load(other + i), v128.load(array + i), v128.load(mask + i)));
    }
  }
}
