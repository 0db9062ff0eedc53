import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import { pushforward } from "../../src/derive/pushforward.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";

type Build = (e: Expressions, x: NodeId, y: NodeId, z: NodeId) => NodeId;

/** Function, point, exact gradient by as many leaves as the point has. */
const kinks: [string, Build, number[], number[]][] = [
  ["|x| at 0", (e, x) => e.abs(x), [0], [0]],
  ["|x| at −0", (e, x) => e.abs(x), [-0], [0]],
  ["|x| at −2", (e, x) => e.abs(x), [-2], [-1]],
  ["max(x, y), a tie", (e, x, y) => e.max(x, y), [2, 2], [0.5, 0.5]],
  ["min(x, y), a tie", (e, x, y) => e.min(x, y), [2, 2], [0.5, 0.5]],
  ["max(x, 0) at 0", (e, x) => e.max(x, k(0)), [0], [0.5]],
  ["max(x, 0) at −0", (e, x) => e.max(x, k(0)), [-0], [0.5]],
  ["clamped to [−1, 1] at 1", (e, x) => e.min(e.max(x, k(-1)), k(1)), [1], [0.5]],
  ["min(2x, x + 1) at 1", (e, x) => e.min(e.mul(k(2), x), e.add(x, k(1))), [1], [1.5]],
  ["max(x, x, x)", (e, x) => e.max(x, x, x), [4], [1]],
  ["max(x, x, y), a tie: it is max(x, y)", (e, x, y) => e.max(x, x, y), [2, 2], [0.5, 0.5]],
  ["min(y, x, y), a tie", (e, x, y) => e.min(y, x, y), [2, 2], [0.5, 0.5]],
  ["hypot at the origin", (e, x, y) => e.hypot(x, y), [0, 0], [0, 0]],
  ["√x at 0", (e, x) => e.sqrt(x), [0], [Infinity]],
  ["√x at −0", (e, x) => e.sqrt(x), [-0], [Infinity]],
  ["√x below 0", (e, x) => e.sqrt(x), [-1], [NaN]],
  ["log x at 0", (e, x) => e.log(x), [0], [Infinity]],
  ["log x below 0", (e, x) => e.log(x), [-1], [NaN]],
  ["∛x at 0", (e, x) => e.cbrt(x), [0], [Infinity]],
  ["√(x² + y²) at the origin", (e, x, y) => e.sqrt(e.add(e.mul(x, x), e.mul(y, y))), [0, 0], [NaN, NaN]],
  ["steps", (e, x) => e.add(e.add(e.floor(x), e.ceil(x)), e.add(e.add(e.trunc(x), e.round(x)), e.sign(x))), [1.5], [0]],
  ["x⁰ at 0", (e, x) => e.pow(x, k(0)), [0], [0]],
  ["x¹ at 0", (e, x) => e.pow(x, k(1)), [0], [1]],
  ["x² at 0", (e, x) => e.pow(x, k(2)), [0], [0]],
  ["x⁵ at 0", (e, x) => e.pow(x, k(5)), [0], [0]],
  ["x^½ at 0", (e, x) => e.pow(x, k(0.5)), [0], [Infinity]],
  ["x^1½ at 0", (e, x) => e.pow(x, k(1.5)), [0], [0]],
  ["x⁻¹ at 0", (e, x) => e.pow(x, k(-1)), [0], [-Infinity]],
  ["(−2)^3 has no logarithm in it", (e, x) => e.pow(x, k(3)), [-2], [12]],
  ["(−2)^5 neither", (e, x) => e.pow(x, k(5)), [-2], [80]],
  ["0^y at 2", (e, y) => e.pow(k(0), y), [2], [0]],
  ["x^y with a negative base", (e, x, y) => e.pow(x, y), [-2, -3], [-0.1875, NaN]],
  ["x % y", (e, x, y) => e.rem(x, y), [-19, 3], [1, 6]],
  ["atan2 at the origin", (e, x, y) => e.atan2(x, y), [0, 0], [NaN, NaN]],
  ["atan2 on the positive axis", (e, x, y) => e.atan2(x, y), [0, 1], [1, 0]],
  ["max of three that tie", (e, x, y, z) => e.max(x, y, z), [2, 2, 2], [1 / 3, 1 / 3, 1 / 3]],
  ["max of three, two of them tie", (e, x, y, z) => e.max(x, y, z), [1, 2, 2], [0, 0.5, 0.5]],
  ["max of three, one of them wins", (e, x, y, z) => e.max(x, y, z), [1, 3, 2], [0, 1, 0]],
  ["min of three, two of them tie", (e, x, y, z) => e.min(x, y, z), [-1, 2, -1], [0.5, 0, 0.5]],
  ["max of two and a constant that ties", (e, x, y) => e.max(x, y, k(2)), [2, 2], [1 / 3, 1 / 3]],
  ["max of zeros of both signs", (e, x, y, z) => e.max(x, y, z), [0, -0, -1], [0.5, 0.5, 0]],
  ["the branch taken counts", (e, x) => e.select(e.eq(x, k(0)), k(1), e.div(e.sin(x), x)), [0], [0]],
];

const withoutSign = (values: number[]) => values.map((value) => value + 0);

describe.each(kinks)("%s", (_, build, point, expected) => {
  const e = expressions();
  const [x, y, z] = e.inputs(3) as [NodeId, NodeId, NodeId];
  const leaves = [x, y, z].slice(0, point.length);
  const output = build(e, x, y, z);

  test("by elimination", () => {
    const [row] = accumulateJacobian(e.graph, [output], leaves).rows;
    expect(withoutSign(evaluateGraph(e.graph, row!, point))).toEqual(expected);
  });

  test("by the rules as written", () => {
    const tangents = leaves.map((leaf) => pushforward(e.graph, [output], new Map([[leaf, e.constant(1)]])).tangents[0] ?? e.constant(0));
    expect(withoutSign(evaluateGraph(e.graph, tangents, point))).toEqual(expected);
  });
});

describe("beside a NaN, max and min of any number agree between gradient and tangents", () => {
  test.each([
    ["max", 2],
    ["max", 3],
    ["max", 4],
    ["min", 3],
  ] as const)("%s of %i", (op, size) => {
    const e = expressions();
    const leaves = e.inputs(size);
    const output = e[op](...leaves);
    const [row] = accumulateJacobian(e.graph, [output], leaves).rows;
    const tangents = leaves.map((leaf) => pushforward(e.graph, [output], new Map([[leaf, e.constant(1)]])).tangents[0]!);
    for (let nan = 0; nan < size; nan++) {
      const point = leaves.map((_, leaf) => (leaf === nan ? NaN : leaf));
      const gradient = evaluateGraph(e.graph, row!, point);
      expect(gradient).toEqual(evaluateGraph(e.graph, tangents, point));
      expect(gradient[nan], "the slope of the NaN itself is not lost").not.toBe(0);
    }
  });
});
