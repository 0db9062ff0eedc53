import { Reader } from "./wasm-reader.mjs";

/**
 * A module with some of its sections written anew.
 *
 * @param {Uint8Array} bytes the module
 * @param {Record<number, (section: Reader) => number[]>} rewrites by section id: the new contents from the old
 * @returns {Uint8Array}
 */
export function rewriteSections(bytes, rewrites) {
  const reader = new Reader(bytes, 8);
  const written = [...bytes.subarray(0, 8)];
  while (!reader.done) {
    const id = reader.byte();
    const old = reader.slice(reader.u32());
    const contents = rewrites[id]?.(new Reader(old)) ?? [...old];
    written.push(id, ...u32(contents.length), ...contents);
  }
  return Uint8Array.from(written);
}

/** LEB128. */
export function u32(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...u32(value >>> 7)];
}

/** Signed LEB128 of a value that is not negative. */
export function s32(value) {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...s32(value >>> 7)];
}
