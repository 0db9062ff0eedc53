import { describe, expect, it } from "vitest";
import { array, leaf, object } from "../../src/graph/tree.ts";
import { compileRead } from "../../src/run/point.ts";

const tree = array([
  leaf(0),
  object([
    ["focal", leaf(1)],
    ["pose", array([leaf(2), leaf(3)])],
  ]),
  array([array([leaf(4)])]),
]);

const read = (value: unknown) => {
  const into = new Float64Array(5).fill(-1);
  return compileRead(tree)(value, into) && [...into];
};

describe("the fast reading of a point", () => {
  it("puts every number into its slot", () => {
    expect(read([1, { pose: [3, Number.NaN], focal: -0 }, [[5]]])).toEqual([1, -0, 3, Number.NaN, 5]);
  });

  it.each([
    [[1, { pose: [3, 4], focal: 2 }]],
    [[1, { pose: [3, 4], focal: 2 }, [[5]], 6]],
    [[1, { pose: [3, 4], focal: "2" }, [[5]]]],
    [[1, { pose: [3], focal: 2 }, [[5]]]],
    [[1, { pose: [3, undefined], focal: 2 }, [[5]]]],
    [[1, { pose: [3, 4] }, [[5]]]],
    [[1, { pose: [3, 4], focal: 2, more: 1 }, [[5]]]],
    [[1, { pose: [3, 4], other: 2 }, [[5]]]],
    [[1, null, [[5]]]],
    [[1, [3, 4], [[5]]]],
    [undefined],
  ])("leaves %j to a closer look", (value) => {
    expect(read(value)).toBe(false);
  });
});
