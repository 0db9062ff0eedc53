import { Reader } from "./wasm-reader.mjs";

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
  const sections = sectionsOf(bytes);
  const data = sections.find(({ id }) => id === section.data);
  if (!data) return bytes;
  const merged = merge(segmentsOf(new Reader(data.contents)));
  const contentsOf = ({ id, contents }) => {
    if (id === section.data) return [...u32(merged.length), ...merged.flatMap(encodeSegment)];
    return id === section.dataCount ? u32(merged.length) : [...contents];
  };
  const written = sections.flatMap((each) => {
    const contents = contentsOf(each);
    return [each.id, ...u32(contents.length), ...contents];
  });
  return Uint8Array.of(...bytes.subarray(0, 8), ...written);
}

function sectionsOf(bytes) {
  const reader = new Reader(bytes, 8);
  const sections = [];
  while (!reader.done) sections.push({ id: reader.byte(), contents: reader.slice(reader.u32()) });
  return sections;
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

/** LEB128. */
function u32(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...u32(value >>> 7)];
}

/** Signed LEB128 of a value that is not negative. */
function s32(value) {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...s32(value >>> 7)];
}
