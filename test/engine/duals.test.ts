import { describe, expect, test } from "vitest";
import { pushforward } from "../../src/derive/pushforward.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { type OperationName, operations } from "../../src/graph/operations.ts";
import { dualForms } from "../../src/run/duals.ts";
import { useSpecial } from "../../src/wasm/special.ts";
import { awkward, firstDifference } from "../support/bits.ts";
import { execute, prepare } from "../support/execute.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";
import { allRules as rules } from "../support/special.ts";
import { pointsOf, workloads } from "../support/workloads.ts";

useSpecial();

/** A function's dual form: leaf i has its tangent in leaf `leafCount + i`. */
function dualForm(leafCount: number, build: (e: Expressions, leaves: NodeId[]) => NodeId[]) {
  const e = expressions();
  const all = e.inputs(2 * leafCount);
  const leaves = all.slice(0, leafCount);
  const values = build(e, leaves);
  const seeds = new Map(leaves.map((leaf, index) => [leaf, all[leafCount + index]!]));
  const { tangents, duals } = pushforward(e.graph, values, seeds);
  return { graph: e.graph, outputs: [...values, ...tangents.map((tangent) => tangent ?? e.constant(0))], duals: dualForms(duals) };
}

/** The interpreter by dual block forms, by single operations, and the emitted loop: the same bits. */
function expectSameBits(
  { graph, outputs, duals }: ReturnType<typeof dualForm>,
  columns: readonly (Float64Array | number)[],
  points: number,
) {
  const [byDuals, byOperations, compiled] = [
    execute({ graph, outputs, duals, engine: "interpreted" }, columns, points),
    execute({ graph, outputs, engine: "interpreted" }, columns, points),
    execute({ graph, outputs, duals, engine: "compiled" }, columns, points),
  ];
  expect(firstDifference(byOperations!, compiled!), "single operations").toBeUndefined();
  expect(firstDifference(byDuals!, compiled!), "dual block forms").toBeUndefined();
}

describe("each operation as one dual block form", () => {
  const operationsWithRules = Object.keys(rules) as OperationName[];

  test.each(operationsWithRules)("%s", (op) => {
    const arity = Math.min(operations[op].arity, 2);
    const form = dualForm(2, (e, [x, y]) =>
      op === "select" ? [e.select(e.lt(x!, y!), x!, y!)] : [e.graph.raw(op, [x!, y!].slice(0, arity))],
    );
    const pairs = awkward.flatMap((x) => awkward.map((y) => [x, y]));
    const columns = [0, 1].map((leaf) => Float64Array.from(pairs, (pair) => pair[leaf]!));
    const tangents = [0, 1].map((leaf) => Float64Array.from(pairs, (_, index) => awkward[(index * (leaf + 5)) % awkward.length]!));
    expectSameBits(form, [...columns, ...tangents], pairs.length);
  });
});

describe.each(workloads)("$name", (workload) => {
  const form = dualForm(workload.leaves, workload.build);
  const points = pointsOf(workload, 301);
  const columns = workload.low.map((_, leaf) => Float64Array.from(points, (point) => point[leaf]!));
  const tangents = workload.low.map((_, leaf) => Float64Array.from(points, (_, point) => Math.sin(point + leaf)));

  test("with tangents in columns", () => expectSameBits(form, [...columns, ...tangents], points.length));
  test("with a shared tangent", () => expectSameBits(form, [...columns, 0.5, ...tangents.slice(1)], points.length));
  test("with a shared argument", () => expectSameBits(form, [workload.high[0]!, ...columns.slice(1), ...tangents], points.length));
  test("with every argument shared", () => expectSameBits(form, [...workload.high, ...tangents], points.length));
});

test("powers that are lowered, and max of three, among dual operations", () => {
  const form = dualForm(3, (e, [x, y, z]) => {
    const u = e.pow(e.add(e.mul(x!, x!), k(1)), k(2.5));
    const v = e.pow(e.abs(y!), k(0.5));
    return [e.mul(u, v), e.max(x!, e.mul(u, y!), z!), e.mul(e.min(x!, y!, z!), e.pow(e.exp(z!), k(1.5)))];
  });
  const column = (start: number) => Float64Array.from({ length: 150 }, (_, point) => start + ((point * 31) % 40) / 10 - 2);
  expectSameBits(form, [0, 0.5, 1, 0.2, 0.3, 0.7].map(column), 150);
});

describe("a dual block form is not for", () => {
  const column = (start: number) => Float64Array.from({ length: 9 }, (_, point) => start + point / 4);

  test("an operation whose operand's tangent is computed from its value", () => {
    // the tangent of h = hypot(x, 3) is (x/h)·dx, and x/h is the function itself
    const form = dualForm(1, (e, [x]) => [e.div(x!, e.hypot(x!, k(3)))]);
    expectSameBits(form, [column(1), column(-2)], 9);
  });

  test("an operation whose tangent is the same for all points", () => {
    const form = dualForm(2, (e, [x, y]) => {
      const early = e.max(e.neg(x!), k(0.5));
      return [e.mul(early, y!), e.select(e.lt(x!, y!), e.neg(x!), y!), e.sub(k(2), e.neg(e.neg(e.neg(x!))))];
    });
    expectSameBits(form, [column(-1), column(0.5), 1.5, column(2)], 9);
    expectSameBits(form, [column(-1), column(0.5), 1.5, -0.5], 9);
  });
});

test("the interpreter runs an operation on dual numbers in one step", () => {
  const { graph, outputs, duals } = dualForm(2, (e, [x, y]) => [e.mul(e.sin(x!), y!)]);
  const { report } = prepare({ graph, outputs, duals, shared: [false, false, false, false], engine: "interpreted" });
  expect(report.segments).toEqual(["sinDual", "mulDual"]);
});
