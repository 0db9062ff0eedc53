import { describe, expect, it } from "vitest";
import { array, kept, leaf, object } from "../../src/graph/tree.ts";
import { compileNumbers } from "../../src/run/build.ts";

describe("building", () => {
  it("makes the tree of its leaves", () => {
    const tree = array([
      leaf(0),
      object([
        ["focal", leaf(1)],
        ["pose", array([leaf(2), leaf(3)])],
        ["unit", kept("mm")],
      ]),
    ]);
    expect(compileNumbers(tree)([10, 11, 12, 13])).toEqual([10, { focal: 11, pose: [12, 13], unit: "mm" }]);
    expect(compileNumbers(array([leaf(3), leaf(1), array([])]))([10, 11, 12, 13])).toEqual([13, 11, []]);
  });

  it.each([
    ["value"],
    ["value", "gradient"],
    ["value", "jacobian"],
    ["value", "derivative"],
    ["value", "tangent"],
    ["val", "der"],
    ["der", "val"],
    ["value,gradient"],
  ])("makes objects of %s and %s", (...keys) => {
    const built = compileNumbers(object(keys.map((key, slot) => [key, leaf(slot)])))([1, 2]);
    expect(Object.entries(built as object)).toEqual(keys.map((key, index) => [key, index + 1]));
  });

  it.each(["__proto__", "constructor", "toString"])("keeps the key %s an ordinary one", (key) => {
    const built = compileNumbers(object([[key, leaf(0)]]))([5]) as object;
    expect(Object.getPrototypeOf(built)).toBe(Object.prototype);
    expect(Object.entries(built)).toEqual([[key, 5]]);
  });
});
