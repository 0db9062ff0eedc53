import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import type { OperationName } from "../../src/graph/operations.ts";
import { useSpecial } from "../../src/wasm/special.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { expressions } from "../support/expressions.ts";

type Point = readonly [at: readonly number[], ...partials: readonly (readonly number[])[]];

/** First to third derivatives by mpmath (scripts/reference-orders.py). */
const exact: Record<string, Point[]> = JSON.parse(readFileSync(new URL("../reference/orders.json", import.meta.url), "utf8"));

useSpecial();

test.each(Object.entries(exact))("derivatives of %s to the third", (op, points) => {
  const { graph, inputs } = expressions();
  const leaves = inputs(points[0]![0].length) as NodeId[];
  let nodes = [graph.apply(op as OperationName, ...leaves)];
  expect(points.length).toBeGreaterThan(1);
  for (const order of [1, 2, 3]) {
    nodes = accumulateJacobian(graph, nodes, leaves).rows.flat();
    for (const [at, ...partials] of points) {
      const found = evaluateGraph(graph, nodes, [...at]);
      partials[order - 1]!.forEach((want, index) => {
        const error = Math.abs(found[index]! - want);
        expect(error, `order ${order}, partial ${index} at ${at}: ${found[index]}, not ${want}`).toBeLessThanOrEqual(
          1e-14 * Math.max(1, Math.abs(want)) * order,
        );
      });
    }
  }
});
