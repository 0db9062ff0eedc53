import { describe, expect, test } from "vitest";
import { createGraph } from "../../src/graph/graph.ts";
import { operations } from "../../src/graph/operations.ts";
import { lower } from "../../src/plan/lower.ts";
import { evaluateKernel } from "../../src/wasm/kernels.ts";
import { useSpecial } from "../../src/wasm/special.ts";
import { awkward, bitsOf } from "../support/bits.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { expressions, k } from "../support/expressions.ts";

useSpecial();

describe("hash consing", () => {
  test("one node for one operation on the same operands, in either order where it commutes", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [number, number];
    expect(e.mul(x, y)).toBe(e.mul(y, x));
    expect(e.sub(x, y)).not.toBe(e.sub(y, x));
    expect(e.max(x, y, e.exp(x))).toBe(e.max(e.exp(x), y, x));
    expect(e.lt(x, y)).not.toBe(e.lt(y, x));
  });

  test("constants are told apart by their bits, and all NaNs are one", () => {
    const graph = createGraph();
    expect(graph.constant(0)).not.toBe(graph.constant(-0));
    expect(graph.constant(0.1)).not.toBe(graph.constant(0.1 + 2 ** -56));
    const negativeNaN = new Float64Array(new BigInt64Array([-1n]).buffer)[0]!;
    expect(graph.constant(NaN)).toBe(graph.constant(negativeNaN));
  });

  test("raw simplifies nothing", () => {
    const graph = createGraph();
    const x = graph.input(0);
    expect(graph.nodes[graph.raw("mul", [graph.constant(1), x])]).toMatchObject({ op: "mul" });
    expect(graph.nodes[graph.raw("add", [graph.constant(1), graph.constant(2)])]).toMatchObject({ op: "add" });
  });

  test("operands come before the node that uses them", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [number, number];
    e.div(e.neg(e.mul(x, e.neg(y))), k(4));
    e.graph.nodes.forEach(({ args }, id) => expect(args.every((arg) => arg < id)).toBe(true));
  });
});

describe("tables", () => {
  test("are one where their elements have the same bits, and belong to the key of a gather", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [number, number];
    expect(e.gather([1, NaN], x)).toBe(e.gather([1, NaN], x));
    expect(e.graph.tables.length).toBe(1);
    const others = [e.gather([1, 0], x), e.gather([1, -0], x), e.gather([1], x), e.gather([1, 0], y)];
    expect(new Set(others).size).toBe(4);
    expect(e.graph.tables.length).toBe(4);
  });

  test("a known index is folded", () => {
    const { graph, gather } = expressions();
    for (const index of awkward) expect(bitsOf(graph.valueOf(gather([7, -0, 9], k(index)))!)).toBe(bitsOf([7, -0, 9][index] ?? NaN));
  });

  test("rewriting keeps the table", () => {
    const e = expressions();
    const [x] = e.inputs(1) as [number];
    e.gather([0], x);
    const [read] = lower(e.graph, [e.gather([1, 2, 3], e.max(x, k(0), k(-1)))]) as [number];
    expect(evaluateGraph(e.graph, [read], [2])).toEqual([3]);
    const { op, value } = e.graph.nodes[read]!;
    expect([op, ...e.graph.tables[value]!]).toEqual(["gather", 1, 2, 3]);
  });
});

describe("masks and numbers", () => {
  test("comparisons are masks, and bit operations follow their operands", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [number, number];
    const [m, n] = [e.lt(x, y), e.eq(x, y)];
    for (const id of [m, n, e.not(m), e.and(m, n), e.or(m, n), e.xor(m, n), e.andnot(m, n), e.select(m, n, e.not(n))]) {
      expect(e.graph.isMask(id)).toBe(true);
    }
    for (const id of [x, e.add(x, y), e.and(x, m), e.andnot(x, m), e.select(m, x, y)]) expect(e.graph.isMask(id)).toBe(false);
  });

  test("the constant masks disappear", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [number, number];
    const m = e.lt(x, y);
    const [always, never] = [e.graph.mask(true), e.graph.mask(false)];
    expect(e.and(m, always)).toBe(m);
    expect(e.and(m, never)).toBe(never);
    expect(e.and(x, always)).toBe(x);
    expect(e.graph.valueOf(e.and(x, never))).toBe(0);
    expect(e.or(m, always)).toBe(always);
    expect(e.or(never, m)).toBe(m);
    expect(e.or(m, e.not(m))).toBe(always);
    expect(e.not(never)).toBe(always);
    expect(e.not(e.not(m))).toBe(m);
    expect(e.andnot(x, never)).toBe(x);
    expect(e.xor(m, never)).toBe(m);
    expect(e.xor(m, always)).toBe(e.not(m));
    expect(e.select(always, x, y)).toBe(x);
    expect(e.select(never, x, y)).toBe(y);
    expect(e.select(m, x, x)).toBe(x);
    expect(e.select(e.not(m), x, y)).toBe(e.select(m, y, x));
  });
});

describe("folding", () => {
  test("arithmetic has JavaScript's bits", () => {
    const { graph, ...e } = expressions();
    const value = (id: number) => bitsOf(graph.valueOf(id)!);
    for (const a of awkward) {
      expect(value(e.sqrt(k(a)))).toBe(bitsOf(Math.sqrt(a)));
      expect(value(e.neg(k(a)))).toBe(bitsOf(-a));
      expect(value(e.abs(k(a)))).toBe(bitsOf(Math.abs(a)));
      expect(value(e.floor(k(a)))).toBe(bitsOf(Math.floor(a)));
      expect(value(e.ceil(k(a)))).toBe(bitsOf(Math.ceil(a)));
      expect(value(e.trunc(k(a)))).toBe(bitsOf(Math.trunc(a)));
      for (const b of awkward) {
        expect(value(e.add(k(a), k(b)))).toBe(bitsOf(a + b));
        expect(value(e.sub(k(a), k(b)))).toBe(bitsOf(a - b));
        expect(value(e.mul(k(a), k(b)))).toBe(bitsOf(a * b));
        expect(value(e.div(k(a), k(b)))).toBe(bitsOf(a / b));
        expect(value(e.max(k(a), k(b), k(1)))).toBe(bitsOf(Math.max(a, b, 1)));
        expect(value(e.min(k(a), k(b)))).toBe(bitsOf(Math.min(a, b)));
        expect(e.le(k(a), k(b))).toBe(graph.mask(a <= b));
        expect(e.ne(k(a), k(b))).toBe(graph.mask(a !== b));
      }
    }
  });

  test("kernels are asked, not the host's Math", () => {
    const { graph, ...e } = expressions();
    for (const [op, { form, arity }] of Object.entries(operations)) {
      if (form !== "kernel" || op === "pow" || op === "powSlope" || op === "gather") continue;
      const args = [0.7, 2.3].slice(0, arity);
      const folded = graph.valueOf(e[op as "exp"](...args.map(k)));
      expect(folded, op).toBe(evaluateKernel(op as "exp", ...args));
    }
    expect(graph.valueOf(e.pow(k(0.7), k(2.3)))).toBe(evaluateKernel("pow", 0.7, 2.3));
  });

  test("what depends on an input is not folded", () => {
    const { graph, ...e } = expressions();
    const [x] = e.inputs(1) as [number];
    expect(graph.valueOf(e.exp(x))).toBeUndefined();
    expect(graph.valueOf(e.add(x, k(1)))).toBeUndefined();
  });
});
