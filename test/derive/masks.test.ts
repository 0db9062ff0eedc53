import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import { pushforward } from "../../src/derive/pushforward.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";
import { jacobianBy, ways } from "../support/jacobian.ts";

interface Case {
  readonly name: string;
  build(e: Expressions, leaves: NodeId[]): NodeId;
  /** Points with the exact derivative by the first leaf. */
  readonly points: readonly (readonly [point: number[], slope: number])[];
}

const cases: Case[] = [
  {
    name: "(x > 0 ? √x : 0) + (x > 1e-9 ? 2√x : 0)",
    build({ sqrt, gt, select, add, mul }, [x]) {
      const s = sqrt(x!);
      return add(select(gt(x!, k(0)), s, k(0)), select(gt(x!, k(1e-9)), mul(k(2), s), k(0)));
    },
    points: [
      [[0], 0],
      [[2 ** -40], 2 ** 19],
      [[4], 0.75],
      [[-1], 0],
      [[NaN], 0],
    ],
  },
  {
    name: "x === 0 ? 0 : x√x",
    build: ({ eq, select, mul, sqrt }, [x]) => select(eq(x!, k(0)), k(0), mul(x!, sqrt(x!))),
    points: [
      [[0], 0],
      [[-0], 0],
      [[4], 3],
    ],
  },
  {
    name: "a selection inside a selection, through a product with an infinite slope",
    build({ gt, select, sqrt, log, mul, lt }, [x, y]) {
      const inner = select(gt(x!, k(0)), log(x!), k(3));
      return select(lt(y!, k(0)), mul(inner, sqrt(y!)), mul(inner, y!));
    },
    points: [
      [[0, 0], 0],
      [[2, 4], 2],
      [[-5, 4], 0],
    ],
  },
  {
    name: "the losers of max and min",
    build: ({ max, min, sqrt, log }, [x, y]) => max(min(sqrt(x!), y!), log(x!)),
    points: [[[0, -1], 0]],
  },
  {
    name: "one of three pieces",
    build: ({ lt, le, select, div }, [x, y]) => select(lt(y!, k(-1)), div(k(1), x!), select(le(y!, k(1)), x!, div(k(1), x!))),
    points: [
      [[0, 0], 1],
      [[0.5, 2], -4],
      [[2, -3], -0.25],
    ],
  },
  {
    name: "three masks over one infinite edge",
    build({ gt, sqrt, select, add, exp, mul }, [x]) {
      const s = mul(sqrt(x!), k(4));
      const parts = [0, 1, 2].map((limit) => select(gt(x!, k(limit)), mul(k(limit + 1), s), k(0)));
      return exp(mul(k(0), add(add(parts[0]!, parts[1]!), parts[2]!)));
    },
    points: [[[0], 0]],
  },
];

describe.each(cases)("$name", ({ build, points }) => {
  const e = expressions();
  const leaves = e.inputs(2);
  const output = build(e, leaves);
  const jacobians: [string, NodeId][] = ways.map((way) => [
    `${way.order}, factored: ${way.factored}`,
    jacobianBy(e.graph, [output], leaves, way)[0]!,
  ]);
  jacobians.push(["accumulated", accumulateJacobian(e.graph, [output], leaves).rows[0]![0]!]);
  jacobians.push(["pushforward", pushforward(e.graph, [output], new Map([[leaves[0]!, e.constant(1)]])).tangents[0] ?? e.constant(0)]);

  test.each(jacobians)("%s", (_, partial) => {
    for (const [point, slope] of points) expect(evaluateGraph(e.graph, [partial], point), `${point}`).toEqual([slope + 0]);
  });
});
