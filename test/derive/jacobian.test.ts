import { describe, expect, test } from "vitest";
import { countedCost } from "../../src/derive/cost.ts";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { liveNodes } from "../../src/graph/live.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";
import { jacobianBy, ways } from "../support/jacobian.ts";
import { pointsOf, workloads } from "../support/workloads.ts";

/** A function of some leaves, its Jacobian, and a reader of both at a point. */
function differentiated(leafCount: number, build: (e: Expressions, leaves: NodeId[]) => NodeId[]) {
  const e = expressions();
  const leaves = e.inputs(leafCount);
  const outputs = build(e, leaves);
  const accumulation = accumulateJacobian(e.graph, outputs, leaves);
  const partials = accumulation.rows.flat();
  const count = (op: string) => liveNodes(e.graph, [...outputs, ...partials]).filter((id) => e.graph.nodes[id]!.op === op).length;
  const at = (...point: number[]) => evaluateGraph(e.graph, partials, point);
  return { e, leaves, outputs, accumulation, partials, count, at };
}

describe.each(workloads)("$name", (workload) => {
  const e = expressions();
  const leaves = e.inputs(workload.leaves);
  const outputs = workload.build(e, leaves);

  test("is the function in plain JavaScript", () => {
    for (const point of pointsOf(workload, 20)) {
      const expected = workload.plain(...point);
      evaluateGraph(e.graph, outputs, point).forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 11));
    }
  });

  test("has one Jacobian by every order of elimination, that of numerical differentiation", () => {
    const jacobians = ways.map((way) => jacobianBy(e.graph, outputs, leaves, way));
    const accumulated = accumulateJacobian(e.graph, outputs, leaves).rows.flat();
    for (const point of pointsOf(workload, 12)) {
      const reference = evaluateGraph(e.graph, jacobians[0]!, point);
      const scale = Math.max(1, ...reference.map(Math.abs));
      for (const jacobian of [...jacobians, accumulated]) {
        evaluateGraph(e.graph, jacobian, point).forEach((partial, index) => {
          expect(Math.abs(partial - reference[index]!) / scale).toBeLessThan(1e-13);
        });
      }
      numericalJacobian(workload.plain, point).forEach((partial, index) => {
        expect(Math.abs(partial - reference[index]!) / scale).toBeLessThan(1e-6);
      });
    }
  });
});

/** Central differences, row by row. */
function numericalJacobian(plain: (...point: number[]) => number[], point: readonly number[]): number[] {
  const columns = point.map((value, leaf) => {
    const h = 1e-5 * Math.max(1, Math.abs(value));
    const shifted = (by: number) => plain(...point.map((other, index) => (index === leaf ? other + by : other)));
    const [after, before] = [shifted(h), shifted(-h)];
    return after.map((value, output) => (value - before[output]!) / (2 * h));
  });
  return columns[0]!.flatMap((_, output) => columns.map((column) => column[output]!));
}

/** Values and derivatives together; kernel calls count 20. */
const costs: Record<string, number> = { distance: 34, "Rosenbrock in 8 variables": 89, "Black-Scholes": 287, mixed: 191, arm: 381 };

test.each(workloads)("the counted cost of $name does not grow", (workload) => {
  const e = expressions();
  const leaves = e.inputs(workload.leaves);
  const outputs = workload.build(e, leaves);
  const { rows, cost } = accumulateJacobian(e.graph, outputs, leaves);
  expect(cost).toBe(countedCost(e.graph, liveNodes(e.graph, [...outputs, ...rows.flat()])));
  expect(cost).toBeLessThanOrEqual(costs[workload.name]!);
});

describe("reciprocals", () => {
  const norm = (size: number) =>
    differentiated(size, ({ sqrt, add, mul }, leaves) => [sqrt(leaves.map((leaf) => mul(leaf, leaf)).reduce((a, b) => add(a, b)))]);

  test("used twice, each product is a division, rounded once", () => {
    const { at, count } = norm(2);
    expect(at(3, 4)).toEqual([0.6, 0.8]);
    expect(count("div")).toBe(2);
    for (const [x, y] of [
      [1, 1],
      [5, -12],
      [0.1, 0.7],
    ] as const) {
      const length = Math.sqrt(x * x + y * y);
      expect(at(x, y)).toEqual([x / length, y / length]);
    }
  });

  test("used three times, it is shared", () => {
    const { at, count } = norm(3);
    expect(count("div")).toBe(1);
    at(2, 3, 6).forEach((partial, index) => expect(partial).toBeCloseTo([2, 3, 6][index]! / 7, 15));
  });

  test("used once, it is a division", () => {
    const { at, count } = differentiated(1, ({ log }, [x]) => [log(x!)]);
    expect(count("div")).toBe(1);
    expect(at(3)).toEqual([1 / 3]);
  });

  test("a division by a constant power of two is none", () => {
    const { count, at } = differentiated(2, ({ div, mul }, [x, y]) => [div(mul(x!, y!), k(4))]);
    expect(count("div")).toBe(0);
    expect(at(3, 5)).toEqual([1.25, 0.75]);
  });
});

describe("structure", () => {
  test("an output that is a leaf, a constant, or twice the same", () => {
    const { at, accumulation } = differentiated(2, ({ mul, constant }, [x, y]) => [x!, constant(7), mul(x!, y!), mul(x!, y!)]);
    expect(accumulation.rows).toHaveLength(4);
    expect(at(3, 5)).toEqual([1, 0, 0, 0, 5, 3, 5, 3]);
  });

  test("what does not depend on a leaf is the constant 0", () => {
    const { e, partials } = differentiated(3, ({ sqrt, mul, floor, add, eq, select }, [x, y]) => [
      add(sqrt(x!), floor(y!)),
      mul(x!, k(0)),
      select(eq(x!, y!), k(1), k(2)),
    ]);
    const zeros = partials.map((id) => e.graph.valueOf(id) === 0);
    expect(zeros).toEqual([false, true, true, true, true, true, true, true, true]);
  });

  test("tangents that cancel are no edge", () => {
    const { e, partials } = differentiated(1, ({ sub, sqrt, mul }, [x]) => [sub(sqrt(x!), sqrt(x!)), sub(mul(x!, x!), mul(x!, x!))]);
    expect(partials.map(e.graph.valueOf)).toEqual([0, 0]);
  });

  test("some leaves only: the others are constants", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [NodeId, NodeId];
    const { rows } = accumulateJacobian(e.graph, [e.mul(x, e.sqrt(y))], [x]);
    expect(rows).toEqual([[e.sqrt(y)]]);
  });

  test("a leaf may be an inner node: it is then held as independent", () => {
    const e = expressions();
    const [x] = e.inputs(1) as [NodeId];
    const u = e.sin(x);
    const { rows } = accumulateJacobian(e.graph, [e.mul(u, u)], [u]);
    expect(rows).toEqual([[e.add(u, u)]]);
  });
});

describe("range", () => {
  test.each([
    [1e-200, 1e300],
    [1e200, 1e-300],
  ] as const)("constants of %s do not multiply beside a variable of %s", (constant, w) => {
    const { at } = differentiated(2, ({ mul }, [x, y]) => [mul(k(constant), mul(mul(k(constant), x!), y!))]);
    const [dx, dw] = at(1, w);
    expect(dx! / (constant * w * constant)).toBeCloseTo(1, 14);
    expect(dw).toBe(constant * constant);
  });

  test("a partial that underflows does not take the slope along", () => {
    expect(differentiated(2, ({ div }, [x, y]) => [div(x!, y!)]).at(1e200, 1e200)).toEqual([1e-200, -1e-200]);
    const { at } = differentiated(1, ({ div, add, exp, neg }, [x]) => [div(k(1), add(k(1), exp(neg(x!))))]);
    for (const x of [-700, -400, -350, -90, 40]) expect(at(x)[0]! / (x < 0 ? Math.exp(x) : Math.exp(-x))).toBeCloseTo(1, 10);
  });
});
