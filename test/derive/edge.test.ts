import { describe, expect, test } from "vitest";
import { type Edge, edgeAlgebra, unit } from "../../src/derive/edge.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { laneReader } from "../support/evaluate-graph.ts";
import { expressions, k } from "../support/expressions.ts";

const setting = (factored = false) => {
  const e = expressions();
  const [x, y, z] = e.inputs(3) as [NodeId, NodeId, NodeId];
  return { e, x, y, z, m: e.lt(x, y), n: e.lt(y, z), algebra: edgeAlgebra(e.graph, { factored }) };
};
const edge = (coefficient: number, node?: NodeId, mask?: NodeId): Edge => ({ coefficient, node, reciprocal: undefined, mask });

describe("from", () => {
  test("constants and signs go into the coefficient", () => {
    const { e, x, algebra } = setting();
    expect(algebra.from(e.constant(3))).toEqual(edge(3));
    expect(algebra.from(e.neg(x))).toEqual(edge(-1, x));
    expect(algebra.from(x)).toEqual(edge(1, x));
  });

  test("reciprocal: signs and twos go into the coefficient", () => {
    const { e, x, algebra } = setting();
    const inverse = e.div(k(1), x);
    expect(algebra.reciprocal(x)).toEqual({ ...edge(1), reciprocal: inverse });
    expect(algebra.reciprocal(e.neg(x))).toEqual({ ...edge(-1), reciprocal: inverse });
    expect(algebra.reciprocal(e.add(x, x))).toEqual({ ...edge(0.5), reciprocal: inverse });
    expect(algebra.reciprocal(e.neg(e.add(x, x)))).toEqual({ ...edge(-0.5), reciprocal: inverse });
    expect(algebra.reciprocal(e.constant(8))).toEqual(edge(0.125));
  });
});

describe("product", () => {
  test("coefficients multiply beside nodes", () => {
    const { e, x, y, algebra } = setting();
    expect(algebra.product(edge(2, x), edge(-3, y))).toEqual(edge(-6, e.mul(x, y)));
    expect(algebra.product(edge(2, x), edge(0.5))).toEqual(edge(1, x));
    expect(algebra.product(unit, edge(4, y))).toEqual(edge(4, y));
  });

  test("carries the AND of the masks", () => {
    const { e, x, y, m, n, algebra } = setting();
    expect(algebra.product(edge(1, x, m), edge(1, y, n))).toEqual(edge(1, e.mul(x, y), e.and(m, n)));
    expect(algebra.product(edge(1, x, m), edge(1, y, m)).mask).toBe(m);
    expect(algebra.product(edge(1, x, m), edge(1, y)).mask).toBe(m);
  });

  test("coefficients do not leave the range together where the product does not", () => {
    for (const [coefficient, x] of [
      [1e-200, 1e300],
      [1e200, 1e-300],
    ] as const) {
      const { e, x: node, algebra } = setting();
      const product = algebra.product(algebra.product(edge(coefficient), edge(1, node)), edge(coefficient));
      const value = laneReader(e.graph, [x, 0, 0])(algebra.materialise(product)) as number;
      expect(value / (coefficient * x * coefficient)).toBeCloseTo(1, 14);
    }
  });

  test.each([Infinity, NaN])("a coefficient of %s is not lost", (coefficient) => {
    const { e, x, algebra } = setting();
    for (const product of [algebra.product(edge(coefficient), edge(2, x)), algebra.product(edge(2, x), edge(coefficient))]) {
      expect(laneReader(e.graph, [3, 0, 0])(algebra.materialise(product))).toBe(coefficient);
    }
  });
});

describe("sum", () => {
  test("constants beyond the bounds of coefficients that add up within them", () => {
    const { e, algebra } = setting();
    const [small, more] = [2 ** -129, 1.5 * 2 ** -128];
    const total = algebra.sum(edge(0.5, e.constant(small)), edge(0.5, e.constant(more)));
    expect(e.graph.valueOf(algebra.materialise(total))).toBe(0.5 * (small + more));
  });

  test("of one node adds coefficients, and may cancel", () => {
    const { x, m, algebra } = setting();
    expect(algebra.sum(edge(2, x, m), edge(3, x, m))).toEqual(edge(5, x, m));
    expect(algebra.sum(edge(2, x), edge(-2, x)).coefficient).toBe(0);
    expect(algebra.sum(edge(2), edge(3))).toEqual(edge(5));
  });

  test("equal and opposite coefficients stay outside", () => {
    const { e, x, y, algebra } = setting();
    expect(algebra.sum(edge(3, x), edge(3, y))).toEqual(edge(3, e.add(x, y)));
    expect(algebra.sum(edge(-3, x), edge(3, y))).toEqual(edge(3, e.sub(y, x)));
  });

  test("a whole ratio is pulled out where sums are factored and the larger term is a product", () => {
    const { e, x, y, z, algebra } = setting(true);
    const product = e.mul(y, z);
    expect(algebra.sum(edge(3, x), edge(6, product))).toEqual(edge(3, e.add(x, e.add(product, product))));
    expect(algebra.sum(edge(-9, product), edge(3, x))).toEqual(edge(3, e.sub(x, e.mul(k(3), product))));
    expect(algebra.sum(edge(3, x), edge(6, y)).coefficient).toBe(1);
  });

  const terms = (setting: { x: NodeId; y: NodeId; m: NodeId; n: NodeId; e: ReturnType<typeof expressions> }) => {
    const { x, y, m, n, e } = setting;
    const nodes = [undefined, x, e.mul(x, y), e.add(y, y)];
    const masks = [undefined, m, n, e.not(m)];
    return [1, -1, 2, -6, 0.3].flatMap((coefficient) => nodes.flatMap((node) => masks.map((mask) => edge(coefficient, node, mask))));
  };

  test.each([false, true])("is the sum of both terms in every lane, factored: %s", (factored) => {
    const given = setting(factored);
    const { e, algebra } = given;
    const all = terms(given);
    const points = [
      [1, 2, 3],
      [2, 1, 3],
      [3, 2, 1],
    ];
    const pairs = all.flatMap((a) => all.map((b) => [a, b, algebra.materialise(algebra.sum(a, b))] as const));
    for (const point of points) {
      const read = laneReader(e.graph, point);
      const valueOf = ({ coefficient, node, mask }: Edge) =>
        mask !== undefined && !read(mask) ? 0 : coefficient * (node === undefined ? 1 : (read(node) as number));
      for (const [a, b, sum] of pairs) {
        if (Math.abs((read(sum) as number) - valueOf(a) - valueOf(b)) > 1e-13) expect(read(sum)).toBeCloseTo(valueOf(a) + valueOf(b), 13);
      }
    }
  });

  test("of masked terms is an exact zero where no mask is set, whatever the terms are", () => {
    const { e, x, y, z, m, n, algebra } = setting();
    const infinite = e.div(k(1), x);
    for (const other of [edge(1, y, n), edge(2, infinite, n), edge(-1, infinite, e.and(m, n))]) {
      const sum = algebra.product(algebra.sum(edge(1, infinite, m), other), edge(1, e.div(k(1), e.mul(x, z))));
      expect(laneReader(e.graph, [0, -1, -2])(algebra.materialise(sum))).toBe(0);
    }
  });

  test("of complementary masks is a selection", () => {
    const { e, x, y, m, algebra } = setting();
    expect(algebra.sum(edge(1, x, m), edge(1, y, e.not(m)))).toEqual(edge(1, e.select(m, x, y)));
  });
});

test("materialise applies the mask after the coefficient", () => {
  const { e, x, m, algebra } = setting();
  expect(algebra.materialise(edge(3, x, m))).toBe(e.and(e.mul(k(3), x), m));
  expect(algebra.materialise(edge(1, undefined, m))).toBe(e.and(e.constant(1), m));
  expect(algebra.materialise(edge(2, x))).toBe(e.add(x, x));
});
