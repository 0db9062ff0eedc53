import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { bitsOf, firstDifference } from "../support/bits.ts";
import { engines, execute, prepare, runPoint } from "../support/execute.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";

const points = 133;

const functions: [string, (e: Expressions, leaves: NodeId[]) => NodeId[]][] = [
  [
    "kernels of shared, of varying and of both",
    ({ exp, sin, cos, pow, atan2, add, mul, log }, [a, b, c, d]) => [
      add(mul(exp(a!), sin(b!)), cos(b!)),
      pow(mul(c!, c!), d!),
      atan2(a!, b!),
      mul(log(add(mul(c!, c!), k(1))), pow(k(2), a!)),
    ],
  ],
  [
    "masks of shared and of varying numbers",
    ({ gt, select, sqrt, max, min, abs, and, or, not, lt, add }, [a, b, c, d]) => {
      const [m, n] = [gt(a!, b!), lt(c!, k(0.5))];
      return [
        select(m, sqrt(abs(c!)), d!),
        select(and(m, n), a!, select(or(n, not(m)), b!, add(c!, d!))),
        max(a!, b!, min(c!, d!), k(0.3)),
        select(n, c!, k(7)),
      ];
    },
  ],
  [
    "a gradient",
    (e, leaves) => {
      const [a, b, c, d] = leaves as [NodeId, NodeId, NodeId, NodeId];
      const value = e.div(e.mul(e.exp(e.mul(a, b)), e.sqrt(e.add(e.mul(c, c), k(1)))), e.add(e.pow(e.mul(d, d), k(1.5)), e.hypot(a, d)));
      return [value, ...accumulateJacobian(e.graph, [value], leaves).rows[0]!];
    },
  ],
  [
    "outputs that are inputs, constants and duplicates",
    ({ add, mul, constant, sin }, [a, b, c, d]) => [
      a!,
      constant(-0),
      b!,
      mul(a!, b!),
      mul(a!, b!),
      constant(NaN),
      add(c!, sin(d!)),
      d!,
      constant(4),
      a!,
    ],
  ],
];

describe.each(functions)("%s", (_, build) => {
  const e = expressions();
  const leaves = e.inputs(4);
  const outputs = build(e, leaves);
  const varying = [0.7, -1.3, 2.1, 0.4].map((start, leaf) =>
    Float64Array.from({ length: points }, (_, point) => start + ((point * (leaf + 3)) % 17) / 9 - 0.9),
  );
  const numbers = [0.7, -1.3, 2.1, -0.4];
  const combinations = Array.from({ length: 16 }, (_, set) => leaves.map((_, leaf) => (set >> leaf) % 2 === 1));

  test.each(combinations)("shared leaves %s, %s, %s, %s have the bits of columns of that number", (...shared) => {
    const asColumns = shared.map((isShared, leaf) => (isShared ? new Float64Array(points).fill(numbers[leaf]!) : varying[leaf]!));
    const asShared = shared.map((isShared, leaf) => (isShared ? numbers[leaf]! : varying[leaf]!));
    const wanted = execute({ graph: e.graph, outputs, engine: "compiled" }, asColumns, points);
    for (const engine of engines) {
      expect(firstDifference(execute({ graph: e.graph, outputs, engine }, asShared, points), wanted), engine).toBeUndefined();
    }
  });

  test("one point gives the bits of a batch, whatever is shared", () => {
    const point = numbers;
    const wanted = execute(
      { graph: e.graph, outputs, engine: "compiled" },
      point.map((value) => Float64Array.of(value)),
      1,
    ).map((column) => bitsOf(column[0]!));
    for (const engine of engines) {
      for (const shared of combinations) {
        expect(runPoint(prepare({ graph: e.graph, outputs, shared, engine }), point).map(bitsOf)).toEqual(wanted);
      }
    }
  });
});

describe("where an output comes from", () => {
  const e = expressions();
  const [x, y, z] = e.inputs(3) as [NodeId, NodeId, NodeId];
  const outputs = [x, y, e.constant(2), e.mul(y, y), e.mul(x, y), e.mul(x, y), e.sin(z)];

  test.each(engines)("%s", (engine) => {
    const { sources, columns, inputs } = prepare({ graph: e.graph, outputs, shared: [false, true, false], engine });
    expect(sources.map(({ kind }) => kind)).toEqual(["input", "scalar", "scalar", "scalar", "column", "column", "column"]);
    expect(columns).toBe(2);
    expect([...inputs].sort()).toEqual([0, 2]);
    expect(sources[4]).toEqual(sources[5]);
    expect(sources[0]).toEqual({ kind: "input", leaf: 0 });
  });

  test("an input that nothing reads is no column", () => {
    expect(prepare({ graph: e.graph, outputs: [e.sin(z), x], shared: [false, false, false], engine: "compiled" }).inputs).toEqual([2]);
  });
});
