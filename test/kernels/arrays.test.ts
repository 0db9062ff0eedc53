import { describe, expect, test } from "vitest";
import { instantiateMath, staticEnd } from "../../src/wasm/math.ts";
import { type Lane, laneCaller } from "./lane-caller.ts";

const memory = new WebAssembly.Memory({ initial: Math.ceil(staticEnd / 65536) + 1 });
const math = instantiateMath(memory, new WebAssembly.Table({ element: "anyfunc", initial: 1 })) as unknown as Record<
  string,
  (...words: number[]) => void
>;
const start = Math.ceil(staticEnd / 32) * 32;
const [count, lanes] = [5, 4];
const words = new Float64Array(memory.buffer, start, 256);
const [index, element, result, array, other] = [0, 4, 8, 16, 64].map((word) => start + 8 * word) as [
  number,
  number,
  number,
  number,
  number,
];
const bait = 12345;

/** Element i of lane l is 10·l + i; one behind the last, and all around is bait. */
function prepare(width: number) {
  words.fill(bait);
  for (let i = 0; i < count; i++) for (let l = 0; l < width; l++) words[16 + width * i + l] = 10 * l + i;
}
const elementsOf = (width: number, lane: number) => Array.from({ length: count }, (_, i) => words[16 + width * i + lane]);
const wanted = (lane: number) => Array.from({ length: count }, (_, i) => 10 * lane + i);

const indices = [
  0,
  -0,
  1,
  4,
  5,
  6,
  -1,
  0.5,
  2 ** 31,
  2 ** 32,
  2 ** 32 + 1,
  2 ** 52,
  -(2 ** 32),
  1e300,
  Infinity,
  -Infinity,
  NaN,
  2 ** -1074,
];

describe("blocks", () => {
  test.each(indices)("index %f", (at) => {
    for (const beside of [2, NaN, 7]) {
      prepare(lanes);
      const all = [at, beside, 3, at];
      words.set(all, 0);
      math.readBlock!(result, index, array, count, 8 * lanes);
      expect([...words.subarray(8, 12)]).toEqual(all.map((each, lane) => wanted(lane)[each] ?? NaN));

      words.set([-1, -2, -3, -4], 4);
      math.writeBlock!(index, element, array, count, 8 * lanes);
      for (const [lane, each] of all.entries()) {
        expect(elementsOf(lanes, lane)).toEqual(wanted(lane).map((before, i) => (i === each ? -1 - lane : before)));
      }
      expect([...words.subarray(16 + lanes * (count + 1), 64)].every((word) => word === bait)).toBe(true);
      expect(words[15]).toBe(bait);
    }
  });

  test("fill, copy and merge", () => {
    prepare(lanes);
    words.set([-1, -2, -3, -4], 4);
    math.copyBlock!(other, array, count, 8 * lanes);
    expect([...words.subarray(64, 64 + lanes * count)]).toEqual([...words.subarray(16, 16 + lanes * count)]);
    math.fillBlock!(element, array, 1, 3, 8 * lanes);
    for (let lane = 0; lane < lanes; lane++)
      expect(elementsOf(lanes, lane)).toEqual(
        wanted(lane)
          .with(1, -1 - lane)
          .with(2, -1 - lane),
      );
    new BigUint64Array(memory.buffer, start, 4).set([0n, 2n ** 64n - 1n, 0n, 2n ** 64n - 1n]);
    math.mergeBlock!(index, array, other, count, 8 * lanes);
    for (let lane = 0; lane < lanes; lane++) {
      expect(elementsOf(lanes, lane)[1]).toBe(lane % 2 ? wanted(lane)[1] : -1 - lane);
    }
  });
});

describe("lane forms", () => {
  test.each(indices)("index %f", (at) => {
    for (const beside of [2, NaN, 7]) {
      prepare(2);
      words.set([at, beside], 0);
      laneCaller(memory, math.read as unknown as Lane, 1, [array, count])(result, index);
      expect([...words.subarray(8, 10)]).toEqual([wanted(0)[at] ?? NaN, wanted(1)[beside] ?? NaN]);
    }
  });
});
