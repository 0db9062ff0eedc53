import { describe, expect, test } from "vitest";
import type { NodeId } from "../../src/graph/graph.ts";
import type { OperationName } from "../../src/graph/operations.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { expressions } from "../support/expressions.ts";
import { jacobianBy, ways } from "../support/jacobian.ts";

const { LN2, LN10, sqrt, sinh, cosh } = Math;

/** Operation, where, first to third derivative in closed form. */
const derivatives: [Exclude<OperationName, "gather">, number[], ((x: number) => number)[]][] = [
  ["exp2", [-3, 0, 1.5], [1, 2, 3].map((order) => (x) => LN2 ** order * 2 ** x)],
  ["log2", [0.25, 1, 7], [(x) => 1 / (x * LN2), (x) => -1 / (x * x * LN2), (x) => 2 / (x ** 3 * LN2)]],
  ["log10", [0.25, 1, 7], [(x) => 1 / (x * LN10), (x) => -1 / (x * x * LN10), (x) => 2 / (x ** 3 * LN10)]],
  ["sinh", [-2, 0, 0.3], [cosh, sinh, cosh]],
  ["cosh", [-2, 0, 0.3], [sinh, cosh, sinh]],
  ["asin", [-0.8, 0, 0.6], [(x) => 1 / sqrt(1 - x * x), (x) => x / (1 - x * x) ** 1.5, (x) => (1 + 2 * x * x) / (1 - x * x) ** 2.5]],
  ["acos", [-0.8, 0, 0.6], [(x) => -1 / sqrt(1 - x * x), (x) => -x / (1 - x * x) ** 1.5, (x) => -(1 + 2 * x * x) / (1 - x * x) ** 2.5]],
  ["asinh", [-2, 0, 0.75], [(x) => 1 / sqrt(1 + x * x), (x) => -x / (1 + x * x) ** 1.5, (x) => (2 * x * x - 1) / (1 + x * x) ** 2.5]],
  ["acosh", [1.25, 3, 40], [(x) => 1 / sqrt(x * x - 1), (x) => -x / (x * x - 1) ** 1.5, (x) => (2 * x * x + 1) / (x * x - 1) ** 2.5]],
  ["atanh", [-0.8, 0, 0.6], [(x) => 1 / (1 - x * x), (x) => (2 * x) / (1 - x * x) ** 2, (x) => (2 + 6 * x * x) / (1 - x * x) ** 3]],
  ["cbrt", [-8, 1, 27], [(x) => 1 / (3 * Math.cbrt(x) ** 2), (x) => -2 / (9 * Math.cbrt(x) ** 5), (x) => 10 / (27 * Math.cbrt(x) ** 8)]],
  ["fround", [0.1, 3], [() => 1, () => 0, () => 0]],
  ["clz32", [0.1, 3], [() => 0, () => 0, () => 0]],
];

describe("derivatives of derivatives of the elementary functions", () => {
  test.each(derivatives)("%s", (op, points, expected) => {
    for (const way of ways) {
      const e = expressions();
      const [x] = e.inputs(1) as [NodeId];
      const orders: NodeId[] = [];
      for (let node = e[op](x); orders.length < 3; orders.push(node)) [node] = jacobianBy(e.graph, [node], [x], way) as [NodeId];
      for (const point of points) {
        const values = evaluateGraph(e.graph, orders, [point]);
        expected.forEach((f, index) => {
          const [value, want] = [values[index]!, f(point)];
          expect(Math.abs(value - want), `${op}${"′".repeat(index + 1)}(${point}) = ${value}, not ${want}`).toBeLessThanOrEqual(
            4e-15 * Math.max(1e-3, Math.abs(want)),
          );
        });
      }
    }
  });

  test("mixed second derivatives of atan2 agree, small and large", () => {
    for (const way of ways) {
      const e = expressions();
      const leaves = e.inputs(2) as [NodeId, NodeId];
      const slopes = jacobianBy(e.graph, [e.atan2(...leaves)], leaves, way);
      const second = jacobianBy(e.graph, slopes, leaves, way);
      for (const scale of [1, 2 ** -300, 2 ** 300]) {
        const [y, x] = [3 * scale, 4 * scale];
        const [yy, yx, xy, xx] = evaluateGraph(e.graph, second, [y, x]) as [number, number, number, number];
        // −2xy/r⁴ and (y² − x²)/r⁴, r = 5 scale
        const wanted = [-24, -7, -7, 24].map((c) => c / 625 / scale / scale);
        [yy, yx, xy, xx].forEach((value, index) => {
          const want = wanted[index]!;
          const isClose = Object.is(value, want) || Math.abs(value - want) <= 1e-15 * Math.abs(want) + 1e-322;
          expect(isClose, `${index} at ${scale}: ${value}, not ${want}`).toBe(true);
        });
      }
    }
  });
});
