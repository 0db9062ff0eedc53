import { describe, expect, it } from "vitest";
import { array, kept, leaf, object } from "../../src/graph/tree.ts";
import { strided, whole } from "../../src/run/column.ts";
import { compileOut, partsNotIn } from "../../src/run/out.ts";

const result = object([
  [
    "value",
    object([
      ["u", leaf(0)],
      ["unit", kept("m")],
    ]),
  ],
  ["gradient", array([leaf(1), leaf(2)])],
]);
const parts = ["value", "gradient"];
const xs = new Float64Array(3);
const inputs = { values: [2, whole(xs)], name: (index: number) => `args[${index}]` };
const columns = (out: unknown) => compileOut(result)(out, 3, inputs);
const fresh = () => new Float64Array(3);
const code = (expected: string) => expect.objectContaining({ name: "EpsilaneError", code: expected });

describe("out", () => {
  it("leaves parts out as a whole", () => {
    expect(partsNotIn({ gradient: [] }, parts)).toEqual(["value"]);
    expect(partsNotIn({ gradient: [], value: undefined }, parts)).toEqual(["value"]);
    expect(partsNotIn({ gradient: [], value: {} }, parts)).toEqual([]);
    expect(() => partsNotIn({ grad: [] }, parts)).toThrow("out has no place for grad: the result has value and gradient.");
    expect(() => partsNotIn([], parts)).toThrow(code("bad-out"));
    expect(() => partsNotIn(null, parts)).toThrow(code("bad-out"));
  });

  it("takes both kinds of float arrays, and strided ones that interleave", () => {
    const pairs = new Float32Array(6);
    const views = columns({ value: { u: fresh() }, gradient: [strided(pairs, { stride: 2 }), strided(pairs, { offset: 1, stride: 2 })] });
    expect(views.map(({ stride, length }) => [stride, length])).toEqual([
      [1, 3],
      [2, 3],
      [2, 3],
    ]);
  });

  it.each([
    ["a missing leaf", { value: { u: fresh() }, gradient: [fresh()] }, "bad-out", "out.gradient must be an array of 2"],
    ["a missing entry", { value: {}, gradient: [fresh(), fresh()] }, "bad-out", "out.value must be an object with u"],
    ["a plain array", { value: { u: [0, 0, 0] }, gradient: [fresh(), fresh()] }, "bad-out", "out.value.u must be a Float64Array"],
    ["integers", { value: { u: new Int32Array(3) }, gradient: [fresh(), fresh()] }, "bad-out", "is over Int32Array"],
    ["a number", { value: { u: 3 }, gradient: [fresh(), fresh()] }, "bad-out", "out.value.u must be"],
    [
      "too few points",
      { value: { u: fresh() }, gradient: [fresh(), new Float64Array(2)] },
      "bad-out",
      "out.gradient[1] has room for 2 points, but the arguments have 3",
    ],
    ["too many points", { value: { u: fresh() }, gradient: [fresh(), new Float64Array(4)] }, "bad-out", "has room for 4 points"],
    ["an input", { value: { u: xs }, gradient: [fresh(), fresh()] }, "overlap", "out.value.u and args[1] share elements"],
    [
      "part of an input",
      { value: { u: fresh() }, gradient: [fresh(), new Float32Array(xs.buffer, 12, 3)] },
      "overlap",
      "out.gradient[1] and args[1]",
    ],
  ])("refuses %s", (_, out, expectedCode, words) => {
    expect(() => columns(out)).toThrow(code(expectedCode));
    expect(() => columns(out)).toThrow(words);
  });

  it("refuses one column for two outputs", () => {
    const column = fresh();
    expect(() => columns({ value: { u: column }, gradient: [fresh(), column] })).toThrow("out.gradient[1] and out.value.u share elements");
  });
});
