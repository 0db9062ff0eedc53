import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface Reference {
  readonly operands: readonly Float64Array[];
  /** Correctly rounded. */
  readonly values: Float64Array;
  /** The exact value less the rounded one, in ulps of it. */
  readonly rests: Float64Array;
}

/** A file of scripts/reference.py, which says how it is laid out. */
export function readReference(name: string, arity: number): Reference {
  const bytes = gunzipSync(readFileSync(new URL(`../reference/${name}.bin.gz`, import.meta.url)));
  const count = bytes.length / (8 * (arity + 1) + 1);
  const { buffer } = new Uint8Array(bytes);
  const columns = Array.from({ length: arity + 1 }, (_, index) => new Float64Array(buffer, index * count * 8, count));
  const values = columns.pop()!;
  return {
    operands: columns,
    values,
    rests: Float64Array.from(new Int8Array(buffer, (arity + 1) * count * 8, count), (rest) => rest / 256),
  };
}

const view = new DataView(new ArrayBuffer(8));

/** The distance of the double x ≠ ±Infinity to the next one up in size. */
export function ulp(x: number): number {
  view.setFloat64(0, x);
  const exponent = (view.getUint32(0) >>> 20) & 0x7ff;
  return 2 ** (Math.max(exponent, 1) - 1075);
}

/** The error of a result, in ulps of the value; Infinity for a NaN, an infinity or the wrong sign of a zero. */
export function ulpError(result: number, value: number, rest: number): number {
  if (!Number.isFinite(result)) return Number.POSITIVE_INFINITY;
  if (result === 0 && value === 0) return Object.is(result, value) ? Math.abs(rest) : Number.POSITIVE_INFINITY;
  return Math.abs((result - value) / ulp(value) - rest);
}
