import { describe, expect, test } from "vitest";
import type { NodeId } from "../../src/graph/graph.ts";
import { lowerPowers } from "../../src/graph/powers.ts";
import { awkward, ulpsBetween } from "../support/bits.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { expressions, k } from "../support/expressions.ts";
import { seeded } from "../support/workloads.ts";

describe("powers with a constant exponent", () => {
  const e = expressions();
  const [x] = e.inputs(1) as [NodeId];
  const square = e.mul(x, x);
  const forms: [string, NodeId, NodeId][] = [
    ["x^0", e.pow(x, k(0)), e.constant(1)],
    ["x^−0", e.pow(x, k(-0)), e.constant(1)],
    ["x^1", e.pow(x, k(1)), x],
    ["x^−1", e.pow(x, k(-1)), e.div(k(1), x)],
    ["x^2", e.pow(x, k(2)), square],
    ["x^3", e.pow(x, k(3)), e.mul(square, x)],
    ["x^4", e.pow(x, k(4)), e.mul(square, square)],
    ["(−x)^2", e.pow(e.neg(x), k(2)), square],
    ["slope of x^0", e.powSlope(x, k(0)), e.constant(0)],
    ["slope of x^1", e.powSlope(x, k(1)), e.constant(1)],
    ["slope of x^2", e.powSlope(x, k(2)), e.add(x, x)],
    ["slope of x^3", e.powSlope(x, k(3)), e.mul(k(3), square)],
    ["slope of x^2.5", e.powSlope(x, k(2.5)), e.mul(k(2.5), e.pow(x, k(1.5)))],
    ["slope of x^½", e.powSlope(x, k(0.5)), e.mul(k(0.5), e.pow(x, k(-0.5)))],
  ];
  test.each(forms)("%s has one form", (_, id, expected) => expect(id).toBe(expected));

  test.each([0.5, 1.5, 5, -2, 2.5, NaN, Infinity])("x^%s stays a power while derivatives are taken", (exponent) => {
    expect(e.graph.nodes[e.pow(x, k(exponent))]!.op).toBe("pow");
  });

  test.each([0.1, 1 / 3, 1e-3, 100, NaN])("the slope of x^%s, whose c − 1 or range does not fit, stays a kernel", (exponent) => {
    expect(e.graph.nodes[e.powSlope(x, k(exponent))]!.op).toBe("powSlope");
  });

  test("a variable exponent stays a kernel", () => {
    const [, y] = e.inputs(2) as [NodeId, NodeId];
    expect(e.graph.nodes[e.pow(x, y)]!.op).toBe("pow");
    expect(e.graph.nodes[e.powSlope(x, y)]!.op).toBe("powSlope");
  });
});

describe("values of powers", () => {
  const special = [0, -0, 1, Infinity, -Infinity, NaN, -1, -2.5];
  const random = seeded(5);
  const positive = Array.from({ length: 400 }, () => 10 ** (random() * 200 - 100));
  const any = positive.map((value, index) => (index % 2 ? value : -value));

  test.each([0, 1, -1, 2, 3, 4, 0.5, 1.5])("x^%s is Math.pow's, exact at special values and within 1.5 ulp", (exponent) => {
    const e = expressions();
    const [x] = e.inputs(1) as [NodeId];
    const lowered = lowerPowers(e.graph, [e.pow(x, k(exponent))]);
    expect(e.graph.nodes.slice(lowered[0]).some(({ op }) => op === "pow")).toBe(false);
    const power = (value: number) => evaluateGraph(e.graph, lowered, [value])[0]!;
    for (const value of special) expect(ulpsBetween(power(value), Math.pow(value, exponent)), `${value}`).toBe(0);
    for (const value of special) expect(Object.is(power(value), Math.pow(value, exponent)), `${value}`).toBe(true);
    for (const value of exponent % 1 ? positive : any) expect(ulpsBetween(power(value), Math.pow(value, exponent))).toBeLessThanOrEqual(2);
  });

  test("a constant base is folded to the bits that the lowered power has", () => {
    for (const base of awkward) {
      for (const exponent of [0, 1, -1, 2, 3, 4, 0.5, 1.5, 5, -0.5]) {
        const e = expressions();
        const [x] = e.inputs(1) as [NodeId];
        const [lowered] = lowerPowers(e.graph, [e.pow(x, k(exponent))]);
        const folded = e.graph.valueOf(e.pow(k(base), k(exponent)));
        expect(evaluateGraph(e.graph, [lowered!], [base])[0], `${base}^${exponent}`).toBe(folded);
      }
    }
  });
});

test("lowering reaches powers inside other expressions and leaves the rest alone", () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const untouched = e.exp(y);
  const outputs = lowerPowers(e.graph, [e.add(e.sin(e.pow(e.add(k(1), e.pow(x, k(0.5))), k(1.5))), untouched), untouched]);
  expect(outputs[1]).toBe(untouched);
  const read = (point: number[]) => evaluateGraph(e.graph, outputs, point)[0];
  expect(read([4, 0])).toBeCloseTo(Math.sin(3 ** 1.5) + 1, 14);
  expect(e.graph.nodes[outputs[0]!]!.args).toContain(untouched);
});
