import { describe, expect, test } from "vitest";
import { instantiateMath, staticEnd } from "../../src/wasm/math.ts";
import { type Lane, laneCaller } from "./lane-caller.ts";

const memory = new WebAssembly.Memory({ initial: Math.ceil(staticEnd / 65536) + 1 });
const { byteLength } = memory.buffer;
const math = instantiateMath(memory, new WebAssembly.Table({ element: "anyfunc", initial: 1 })) as unknown as Record<string, unknown>;

/** A table that ends where the memory ends: a read outside of it would trap, or meet the bait before it. */
function tableOf(elements: readonly number[]) {
  const table = new Float64Array(memory.buffer, byteLength - 8 * elements.length, elements.length);
  table.set(elements);
  new Float64Array(memory.buffer, table.byteOffset - 64, 8).fill(12345);
  return table;
}

const indices = [
  ...[0, -0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 256, 4095, 4096, 2 ** 28, 2 ** 29, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 49, 2 ** 53, 1e300],
  ...[0.5, 0.125, 1 - 2 ** -53, 1 + 2 ** -52, 2.999999999, 6.5, 2 ** -1074, Number.MAX_VALUE, Infinity, NaN],
].flatMap((index) => [index, -index]);

describe.each([1, 2, 7, 256, 4096])("a table of %i", (length) => {
  const elements = Array.from({ length }, (_, i) => [1 / (i + 1), -0, -Infinity, 2 ** -1074][i % 4]!);
  const column = new Float64Array(memory.buffer, Math.ceil(staticEnd / 32) * 32, 4);
  const pairs = indices.flatMap((a) => [1, 0.5].flatMap((b) => [[a, b] as const, [b, a] as const]));
  const wanted = (index: number) => elements[index] ?? Number.NaN;

  test("block, over its own index", () => {
    const table = tableOf(elements);
    const block = math.gatherBlock as (...words: number[]) => void;
    for (const pair of pairs) {
      column.set([...pair, ...pair]);
      block(column.byteOffset, column.byteOffset, table.byteOffset, length, 32);
      expect([...column], pair.join()).toEqual([...pair, ...pair].map(wanted));
    }
  });

  test("lane form", () => {
    const table = tableOf(elements);
    const call = laneCaller(memory, math.gather as Lane, 1, [table.byteOffset, length]);
    for (const pair of pairs) {
      column.set(pair);
      call(column.byteOffset, column.byteOffset);
      expect([...column.subarray(0, 2)], pair.join()).toEqual(pair.map(wanted));
    }
  });
});
