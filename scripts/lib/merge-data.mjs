import { rewriteSections, s32, u32 } from "./wasm-writer.mjs";

const section = { data: 11, dataCount: 12 };
const i32Const = 0x41;
const end = 0x0b;
/** More zeros than this between two segments are cheaper left out. */
const longestGap = 16;

/**
 * Merges the data segments of a module, which asc makes one for every constant, into few: their headers do not compress.
 * What is between them is taken to be zero, as it is in fresh memory.
 *
 * @param {Uint8Array} bytes a module whose segments are all active, at constant addresses
 * @returns {Uint8Array} the module with merged segments
 */
export function mergeData(bytes) {
  let count = 0;
  const merged = rewriteSections(bytes, {
    [section.data](data) {
      const segments = merge(segmentsOf(data));
      count = segments.length;
      return [...u32(count), ...segments.flatMap(encodeSegment)];
    },
  });
  return rewriteSections(merged, { [section.dataCount]: () => u32(count) });
}

function segmentsOf(reader) {
  return reader.list((r) => {
    if (r.u32() !== 0 || r.byte() !== i32Const) throw new Error("a data segment that is not active at a constant address");
    const address = r.u32();
    if (r.byte() !== end) throw new Error("a data segment at a computed address");
    return { address, bytes: [...r.slice(r.u32())] };
  });
}

function merge(segments) {
  const merged = [];
  for (const { address, bytes } of [...segments].sort((a, b) => a.address - b.address)) {
    const last = merged.at(-1);
    const gap = last ? address - last.address - last.bytes.length : Number.POSITIVE_INFINITY;
    if (gap > longestGap) merged.push({ address, bytes });
    else last.bytes.push(...new Array(gap).fill(0), ...bytes);
  }
  return merged;
}

const encodeSegment = ({ address, bytes }) => [0, i32Const, ...s32(address), end, ...u32(bytes.length), ...bytes];
