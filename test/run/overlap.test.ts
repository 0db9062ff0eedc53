import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnView, strided, whole } from "../../src/run/column.ts";
import { overlaps } from "../../src/run/overlap.ts";
import type { TypedArray } from "../../src/types.ts";

const buffer = new ArrayBuffer(512);

/** All bytes of a column, one by one. */
const bytesOf = ({ data, offset, stride, length }: ColumnView) => {
  const { byteOffset, BYTES_PER_ELEMENT: size } = data as TypedArray;
  const starts = Array.from({ length }, (_, point) => byteOffset + (offset + point * stride) * size);
  return new Set(starts.flatMap((start) => Array.from({ length: size }, (_, byte) => start + byte)));
};

const columns = fc
  .record({
    kind: fc.constantFrom(Float64Array, Float32Array, Uint8Array),
    start: fc.nat(6),
    length: fc.nat(16),
    offset: fc.nat(8),
    stride: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ kind, start, length, offset, stride }) =>
    strided(new kind(buffer, start * 8, length), { offset: Math.min(offset, length), stride }),
  );

describe("overlap", () => {
  it("is found exactly where columns share a byte", () => {
    fc.assert(
      fc.property(columns, columns, (a, b) => {
        const bytes = bytesOf(b);
        expect(overlaps(a, b)).toBe([...bytesOf(a)].some((byte) => bytes.has(byte)));
      }),
      { numRuns: 3000 },
    );
  });

  it("does not exist between other buffers, interleaved columns, and plain arrays", () => {
    expect(overlaps(whole(new Float64Array(4)), whole(new Float64Array(4)))).toBe(false);
    const data = new Float64Array(8);
    expect(overlaps(strided(data, { stride: 2 }), strided(data, { offset: 1, stride: 2 }))).toBe(false);
    expect(overlaps(strided(data, { stride: 2 }), strided(data, { offset: 2, stride: 2 }))).toBe(true);
    const list = { data: [1, 2], offset: 0, stride: 1, length: 2 };
    expect(overlaps(list, list)).toBe(false);
  });
});
