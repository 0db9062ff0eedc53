import type { TypedArray } from "../../src/types.ts";

interface TypedArrayKind {
  readonly name: string;
  from(numbers: ArrayLike<number>): TypedArray;
}

const { Float16Array } = globalThis as unknown as { readonly Float16Array?: TypedArrayKind };

/** Every kind of array that can be a column, `Float16Array` where the host has it. */
export const typedArrays: readonly TypedArrayKind[] = [
  Float64Array,
  Float32Array,
  ...(Float16Array ? [Float16Array] : []),
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
];
