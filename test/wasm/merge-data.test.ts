import { expect, test } from "vitest";
import { mergeData } from "../../scripts/lib/merge-data.mjs";
import { u32 } from "./assemble.ts";

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const sized = (bytes: readonly number[]) => [...u32(bytes.length), ...bytes];
/** Signed LEB128 of an address. */
const address = (value: number): number[] => (value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...address(value >>> 7)]);

/** A module of one memory, exported, and data in it: address → bytes. */
function withData(segments: readonly (readonly [number, readonly number[]])[]): Uint8Array {
  const data = segments.flatMap(([at, bytes]) => [0, 0x41, ...address(at), 0x0b, ...sized(bytes)]);
  const memory = [5, ...sized([1, 0, 1]), 7, ...sized([1, 1, 0x6d, 2, 0])];
  return Uint8Array.of(...header, ...memory, 12, ...sized(u32(segments.length)), 11, ...sized([...u32(segments.length), ...data]));
}

const memoryOf = (bytes: Uint8Array) => {
  const { m } = new WebAssembly.Instance(new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)).exports as { m: WebAssembly.Memory };
  return new Uint8Array(m.buffer);
};

test("merged segments fill memory as the segments did", () => {
  const long = Array.from({ length: 300 }, (_, i) => i & 255);
  const segments = [
    [9000, [5]],
    [8, [1, 2]],
    [10, [3]],
    [14, [0, 4]],
    [100, long],
    [60000, [6]],
  ] as const;
  const before = withData(segments);
  const after = mergeData(before);
  expect(memoryOf(after)).toEqual(memoryOf(before));
  expect(before.length - after.length).toBeGreaterThan(0);
});

test("neighbours become one segment, and what lies far off stays apart", () => {
  expect(
    mergeData(
      withData([
        [70, [1]],
        [64, [2]],
      ]),
    ),
  ).toEqual(withData([[64, [2, 0, 0, 0, 0, 0, 1]]]));
  const apart = withData([
    [64, [1]],
    [200, [2]],
  ]);
  expect(mergeData(apart)).toEqual(apart);
});

test("a module without data is left as it is, and a passive segment refused", () => {
  const bare = Uint8Array.of(...header);
  expect(mergeData(bare)).toEqual(bare);
  expect(() => mergeData(Uint8Array.of(...header, 12, ...sized([1]), 11, ...sized([1, 1, 1, 7])))).toThrow("not active");
});
