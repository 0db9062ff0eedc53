import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import { pushforward } from "../../src/derive/pushforward.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { lower } from "../../src/plan/lower.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { expressions } from "../support/expressions.ts";
import { euler, heron, loopOver } from "../support/loops.ts";

/** The value and all partials of `output` at a point, by accumulation and by pushing tangents. */
function derivativesAt(e: ReturnType<typeof expressions>, output: NodeId, leaves: readonly NodeId[], point: readonly number[]) {
  const [accumulated] = accumulateJacobian(e.graph, [output], leaves).rows;
  const pushed = leaves.map((leaf) => pushforward(e.graph, [output], new Map([[leaf, e.constant(1)]])).tangents[0] ?? e.constant(0));
  return [accumulated!, pushed].map((partials) => evaluateGraph(e.graph, lower(e.graph, [output, ...partials]), point));
}

describe("derivatives of loops", () => {
  test.each([0.25, 2, 9, 1e6])("Heron's root of %d", (a) => {
    const e = expressions();
    const [x] = e.inputs(1) as [NodeId];
    for (const [value, slope] of derivativesAt(e, heron(e, x), [x], [a])) {
      expect(value).toBeCloseTo(Math.sqrt(a), 12);
      expect(slope! * 2 * Math.sqrt(a)).toBeCloseTo(1, 12);
    }
  });

  test("Euler's steps, by start and by parameter", () => {
    const e = expressions();
    const [y0, k] = e.inputs(2) as [NodeId, NodeId];
    const steps = 50;
    // The same recurrence on duals, by hand.
    let [y, byY, byK] = [2, 1, 0];
    for (let i = 0; i < steps; i++) {
      byK -= (1 / steps) * (y * y + 0.7 * 2 * y * byK);
      byY -= (1 / steps) * 0.7 * 2 * y * byY;
      y -= (1 / steps) * 0.7 * y * y;
    }
    for (const found of derivativesAt(e, euler(e, y0, k, steps), [y0, k], [2, 0.7])) {
      for (const [index, wanted] of [y, byY, byK].entries()) expect(found[index]).toBeCloseTo(wanted, 13);
    }
  });

  test("derivatives of derivatives", () => {
    const e = expressions();
    const [x] = e.inputs(1) as [NodeId];
    const root = heron(e, x);
    const [[first]] = accumulateJacobian(e.graph, [root], [x]).rows as [[NodeId]];
    const [[second]] = accumulateJacobian(e.graph, [first], [x]).rows as [[NodeId]];
    const [[third]] = accumulateJacobian(e.graph, [second], [x]).rows as [[NodeId]];
    const [d0, d1, d2, d3] = evaluateGraph(e.graph, lower(e.graph, [root, first, second, third]), [4]);
    expect(d0).toBe(2);
    expect(d1).toBeCloseTo(1 / 4, 14);
    expect(d2).toBeCloseTo(-1 / 32, 13);
    expect(d3).toBeCloseTo(3 / 256, 12);
  });

  test("a loop in a loop, with what surrounds them", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [NodeId, NodeId];
    // s ← s + root(y + s) three times, from sin x
    const outer = loopOver(e, [e.sin(x)], (s) => ({ next: [e.add(s, heron(e, e.add(y, s)))], goesOn: e.graph.mask(true) }), { turns: 3 });
    const output = e.mul(outer.results[0]!, y);
    const f = (a: number, b: number) => {
      let s = Math.sin(a);
      for (let i = 0; i < 3; i++) s += Math.sqrt(b + s);
      return s * b;
    };
    const h = 1e-5;
    const wanted = [f(1, 2), (f(1 + h, 2) - f(1 - h, 2)) / (2 * h), (f(1, 2 + h) - f(1, 2 - h)) / (2 * h)];
    for (const found of derivativesAt(e, output, [x, y], [1, 2])) {
      for (const [index, value] of wanted.entries()) expect(found[index]).toBeCloseTo(value, 8);
    }
  });

  test("points that make no turn keep where they begin", () => {
    const e = expressions();
    const [x] = e.inputs(1) as [NodeId];
    const { results } = loopOver(e, [x], (s) => ({ next: [e.mul(s, e.constant(3))], goesOn: e.lt(s, e.constant(30)) }), {
      starts: e.lt(x, e.constant(10)),
    });
    for (const found of derivativesAt(e, results[0]!, [x], [11])) expect(found).toEqual([11, 1]);
    for (const found of derivativesAt(e, results[0]!, [x], [2])) expect(found).toEqual([162, 81]);
  });

  test("what does not depend on the data has no tangents", () => {
    const e = expressions();
    const [y0, k] = e.inputs(2) as [NodeId, NodeId];
    accumulateJacobian(e.graph, [euler(e, y0, k, 10)], [y0, k]);
    expect(e.graph.loops.at(-1)!.states).toHaveLength(2 + 2);
  });
});
