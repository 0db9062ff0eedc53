import type { TypedArray } from "../types.ts";
import type { ColumnView } from "./column.ts";

/** The bytes of a column: `size` bytes at `start`, `start + stride`, …, one for each of `length` points. */
interface Footprint {
  readonly buffer: ArrayBufferLike;
  readonly start: number;
  readonly stride: number;
  readonly size: number;
  readonly length: number;
}

/** Whether two columns share a byte, element by element: interleaved columns of one buffer do not. */
export function overlaps(a: ColumnView, b: ColumnView): boolean {
  const [one, other] = [footprint(a), footprint(b)];
  if (!one || !other || one.buffer !== other.buffer) return false;
  if (one.start >= end(other) || other.start >= end(one)) return false;
  return one.stride === other.stride ? meetInStep(one, other) : meetAnywhere(one, other);
}

/** Plain arrays have no bytes, empty columns none either. */
function footprint({ data, offset, stride, length }: ColumnView): Footprint | undefined {
  if (!ArrayBuffer.isView(data) || length === 0) return undefined;
  const size = (data as TypedArray).BYTES_PER_ELEMENT;
  return { buffer: data.buffer, start: data.byteOffset + offset * size, stride: stride * size, size, length };
}

const end = ({ start, stride, size, length }: Footprint) => start + (length - 1) * stride + size;

/** Of equal strides, only the elements that are nearest can meet: those `steps` apart. */
function meetInStep(a: Footprint, b: Footprint): boolean {
  const steps = Math.floor((b.start - a.start) / a.stride);
  const gap = b.start - (a.start + steps * a.stride);
  const reach = (apart: number) => apart < a.length && apart > -b.length;
  return (gap < a.size && reach(steps)) || (a.stride - gap < b.size && reach(steps + 1));
}

/** Of different strides, both are walked in order. */
function meetAnywhere(a: Footprint, b: Footprint): boolean {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [at, bt] = [a.start + i * a.stride, b.start + j * b.stride];
    if (at + a.size <= bt) i++;
    else if (bt + b.size <= at) j++;
    else return true;
  }
  return false;
}
