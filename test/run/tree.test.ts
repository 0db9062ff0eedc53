import { describe, expect, it } from "vitest";
import { array, kept, leaf, object, slotsOf } from "../../src/graph/tree.ts";
import { compact, compileWalk, derivativeTree, pathOf } from "../../src/run/tree.ts";
import { writePath } from "../../src/trace/values/path.ts";

const tree = array([
  leaf(0),
  object([
    ["focal", leaf(1)],
    ["pose", array([leaf(2), leaf(3)])],
    ["unit", kept("mm")],
  ]),
]);
const style = { code: "wrong-tree", name: (path: readonly (string | number)[]) => writePath("args", path), typedArrays: false };

const collect = (value: unknown, typedArrays = false) => {
  const seen: [number, unknown][] = [];
  compileWalk<typeof seen>(tree, { ...style, typedArrays })(value, (found, slot, into) => into.push([slot, found]), seen);
  return seen;
};

describe("trees", () => {
  it("number their slots depth first", () => {
    expect(slotsOf(tree)).toEqual([0, 1, 2, 3]);
    expect(compact(array([leaf(7), array([leaf(3)])]))).toEqual({ tree: array([leaf(0), array([leaf(1)])]), slots: [7, 3] });
  });

  it("say where a slot stands", () => {
    expect(writePath("args", pathOf(tree, 3)!)).toBe("args[1].pose[1]");
    expect(writePath("out", ["a b", 0])).toBe('out["a b"][0]');
  });

  it("walk values in order, and ignore entries that they do not ask for", () => {
    expect(collect([1, { pose: [3, 4], focal: 2, more: 5 }])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
  });

  it.each([
    [[1], "args must be an array of 2, but is an array of 1"],
    [[1, { focal: 2 }], "args[1] must be an object with focal, pose, but is an object with focal"],
    [[1, { focal: 2, pose: [3] }], "args[1].pose must be an array of 2, but is an array of 1"],
    [
      [1, { focal: 2, pose: new Float64Array(2) }],
      "args[1].pose must be an array of 2, but is a Float64Array. A typed array is one column",
    ],
    [[1, null], "args[1] must be an object with focal, pose, but is null"],
  ])("refuse %j with its place", (value, message) => {
    expect(() => collect(value)).toThrow(message);
    expect(() => collect(value)).toThrow(expect.objectContaining({ code: "wrong-tree" }));
  });

  it("take typed arrays as lists of numbers where they may", () => {
    expect(collect([1, { focal: 2, pose: Float32Array.of(3, 4) }], true).slice(2)).toEqual([
      [2, 3],
      [3, 4],
    ]);
  });

  it("have no entries for what is kept in derivatives", () => {
    const result = object([
      ["unit", kept("m")],
      ["list", array([kept(null), leaf(0)])],
      ["x", leaf(1)],
    ]);
    const derivatives = derivativeTree(result, (slot) => leaf(slot + 10))!;
    expect(derivatives).toEqual(
      object([
        ["list", array([kept(undefined), leaf(10)])],
        ["x", leaf(11)],
      ]),
    );
    expect(derivativeTree(kept("m"), leaf)).toBeUndefined();
  });
});
