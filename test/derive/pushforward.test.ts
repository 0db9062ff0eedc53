import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import { pushforward } from "../../src/derive/pushforward.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";
import { pointsOf, workloads } from "../support/workloads.ts";

/** The tangents of outputs along some leaves, each with tangent 1. */
function along(directions: readonly number[], leafCount: number, build: (e: Expressions, leaves: NodeId[]) => NodeId[]) {
  const e = expressions();
  const leaves = e.inputs(leafCount);
  const outputs = build(e, leaves);
  const { tangents, duals } = pushforward(e.graph, outputs, new Map(directions.map((leaf) => [leaves[leaf]!, e.constant(1)])));
  const at = (...point: number[]) => tangents.map((tangent) => tangent !== undefined && evaluateGraph(e.graph, [tangent], point)[0]);
  return { e, tangents, duals, outputs, at };
}

test("the tangent of distance at (3, 4) along x is exactly 0.6", () => {
  const { at } = along([0], 2, ({ sqrt, add, mul }, [x, y]) => [sqrt(add(mul(x!, x!), mul(y!, y!)))]);
  expect(at(3, 4)).toEqual([0.6]);
});

describe("zeros are structural", () => {
  test("what has no tangent is undefined", () => {
    const { tangents } = along([0], 2, ({ sin, floor, constant, lt, select }, [x, y]) => [
      y!,
      sin(y!),
      constant(2),
      floor(x!),
      select(lt(x!, k(0)), y!, k(1)),
    ]);
    expect(tangents).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  test("what is not there meets no infinity and no NaN", () => {
    const { at } = along([0], 2, ({ add, sub, mul, div, sqrt, log, pow, atan2, max }, [x, y]) => [
      add(x!, sqrt(y!)),
      sub(sqrt(y!), x!),
      mul(x!, log(y!)),
      div(x!, y!),
      pow(x!, y!),
      atan2(x!, k(0)),
      max(x!, log(y!)),
    ]);
    expect(at(0.5, 0)).toEqual([1, -1, -Infinity, Infinity, 0, 0, 1]);
  });
});

test.each(workloads)("$name: tangents along each leaf are the columns of the Jacobian", (workload) => {
  const e = expressions();
  const leaves = e.inputs(workload.leaves);
  const outputs = workload.build(e, leaves);
  const { rows } = accumulateJacobian(e.graph, outputs, leaves);
  const columns = leaves.map((leaf) => pushforward(e.graph, outputs, new Map([[leaf, e.constant(1)]])).tangents);
  for (const point of pointsOf(workload, 10)) {
    const scale = Math.max(1, ...evaluateGraph(e.graph, rows.flat(), point).map(Math.abs));
    outputs.forEach((_, output) =>
      leaves.forEach((_, leaf) => {
        const tangent = evaluateGraph(e.graph, [columns[leaf]![output] ?? e.constant(0)], point)[0]!;
        const partial = evaluateGraph(e.graph, [rows[output]![leaf]!], point)[0]!;
        expect(Math.abs(tangent - partial) / scale).toBeLessThan(1e-13);
      }),
    );
  }
});

describe("operations on dual numbers", () => {
  test("are those all of whose operands carry tangents", () => {
    const { e, duals, tangents } = along([0, 1], 3, ({ mul, sin, add }, [x, y, z]) => [add(mul(x!, y!), mul(sin(x!), z!))]);
    const [x, y, z] = e.inputs(3) as [NodeId, NodeId, NodeId];
    const [product, sine] = [e.mul(x, y), e.sin(x)];
    expect(duals.has(product)).toBe(true);
    expect(duals.has(e.mul(sine, z))).toBe(false);
    expect(duals.get(e.add(product, e.mul(sine, z)))!.tangent).toBe(tangents[0]);
  });

  test("a selection counts where both sides do; its mask has no tangent", () => {
    const e = expressions();
    const [x, y, dx, dy] = e.inputs(4) as [NodeId, NodeId, NodeId, NodeId];
    const chosen = e.select(e.lt(x, y), x, y);
    const { duals, tangents } = pushforward(
      e.graph,
      [chosen],
      new Map([
        [x, dx],
        [y, dy],
      ]),
    );
    expect(duals.get(chosen)).toEqual({ tangent: tangents[0], operandTangents: [undefined, dx, dy] });
  });
});
