import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import { pushforward } from "../../src/derive/pushforward.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { lower } from "../../src/plan/lower.ts";
import { dualForms } from "../../src/run/duals.ts";
import { firstDifference } from "../support/bits.ts";
import { evaluateColumns, evaluateGraph } from "../support/evaluate-graph.ts";
import { engines, execute, prepare, runPoint } from "../support/execute.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";
import { euler, heron, loopOver } from "../support/loops.ts";

const points = 301;

/** Loops by name; each takes two leaves. */
const functions: { readonly [name: string]: (e: Expressions, x: NodeId, y: NodeId) => NodeId } = {
  "turns by the data": (e, x, y) => e.add(heron(e, x), y),
  "a fixed number of turns": (e, x, y) => euler(e, x, y, 30),
  "a loop in a loop": (e, x, y) => {
    const { results } = loopOver(e, [e.sin(x)], (s) => ({ next: [e.add(s, heron(e, e.add(y, s)))], goesOn: e.graph.mask(true) }), {
      turns: 3,
    });
    return e.mul(results[0]!, y);
  },
  "loops one after the other, with kernels": (e, x, y) => {
    const first = loopOver(e, [x, y], (a, b) => ({ next: [e.add(e.sin(a), b), e.mul(b, k(0.75))], goesOn: e.gt(b, k(0.5)) }));
    const second = loopOver(e, [first.results[0]!], (a) => ({ next: [e.exp(e.neg(a))], goesOn: e.lt(a, k(0.56)) }), { turns: 7 });
    return e.mul(second.results[0]!, e.cos(first.results[1]!));
  },
  "a constant in turns and before": (e, x, y) =>
    loopOver(e, [x], (s) => ({ next: [e.mul(s, k(0.5))], goesOn: e.gt(s, k(0.125)) }), { starts: e.gt(e.mul(e.abs(x), y), k(0.125)) })
      .results[0]!,
  "some points make no turn": (e, x, y) =>
    loopOver(e, [x, y], (a, b) => ({ next: [b, e.add(a, b)], goesOn: e.lt(b, k(50)) }), { starts: e.lt(x, y) }).results[0]!,
  "turns that compute nothing": (e, x, y) => {
    const { graph } = e;
    const only = { goesOn: graph.mask(true) };
    const [constant] = loopOver(e, [x], () => ({ next: [graph.constant(0)], ...only }), { starts: e.lt(x, k(0)), turns: 1 }).results;
    const exchanged = loopOver(e, [x, y], (a, b) => ({ next: [b, a], ...only }), { starts: e.lt(y, x), turns: 3 }).results;
    return e.add(e.mul(constant!, y), e.sub(exchanged[0]!, e.mul(k(3), exchanged[1]!)));
  },
  "a mask as state": (e, x, y) => {
    const { graph } = e;
    const [s, flag] = [graph.state(false), graph.state(true)];
    const loop = graph.loop({
      states: [s, flag],
      initial: [x, graph.mask(false)],
      next: [e.select(flag, e.mul(s, k(1.5)), e.add(s, y)), e.gt(s, k(3))],
      starts: graph.mask(true),
      goesOn: e.lt(s, k(20)),
      turns: 100,
    });
    return e.select(graph.result(loop, 1), graph.result(loop, 0), e.neg(graph.result(loop, 0)));
  },
  "points that run out of turns": (e, x, y) => {
    const { results, unfinished } = loopOver(e, [x], (s) => ({ next: [e.add(s, y)], goesOn: e.lt(s, k(4)) }), { turns: 5 });
    return e.select(unfinished, k(-1), results[0]!);
  },
  "tables by what all points count": (e, x, y) => {
    const table = Array.from({ length: 40 }, (_, i) => Math.sin(i * i));
    const turn = (s: NodeId, i: NodeId, j: NodeId) => {
      const { gather } = e;
      const within = [gather(table, i), gather(table, j), gather(table, e.sub(k(39), i)), gather(table, e.add(e.mul(k(3), i), k(2)))];
      const beyond = e.gather(table, e.mul(k(7), i));
      const read = within.reduce((a, b) => e.add(e.mul(a, y), b));
      const next = [e.add(s, e.add(read, e.select(e.eq(beyond, beyond), beyond, k(0.5)))), e.add(i, k(1)), e.sub(j, k(2))];
      return { next, goesOn: e.lt(s, k(9)) };
    };
    return loopOver(e, [x, e.constant(0), e.constant(39)], turn, { turns: 13 }).results[0]!;
  },
  "tables by the data, and by a counter of an outer loop": (e, x, y) => {
    const inner = (s: NodeId, i: NodeId) =>
      loopOver(
        e,
        [s, e.constant(0)],
        (t, j) => ({
          next: [e.add(t, e.mul(e.gather([1, -2, 3, 0.5], j), e.gather([2, 3, 5], e.rem(e.add(i, j), k(3))))), e.add(j, k(1))],
          goesOn: e.lt(t, e.add(e.gather([6, 7, 8], e.floor(x)), y)),
        }),
        { turns: 4 },
      ).results[0]!;
    return loopOver(e, [y, e.constant(0)], (s, i) => ({ next: [inner(s, i), e.add(i, k(1))], goesOn: e.graph.mask(true) }), { turns: 5 })
      .results[0]!;
  },
  "what is known of all points alone": (e, x, y) =>
    e.mul(x, loopOver(e, [y], (s) => ({ next: [e.mul(s, s)], goesOn: e.lt(s, k(100)) })).results[0]!),
};

const columns = [
  Float64Array.from({ length: points }, (_, point) => 0.1 + (point % 37) / 8),
  Float64Array.from({ length: points }, (_, point) => 1.1 + ((7 * point) % 41) / 16),
];

describe.each(Object.entries(functions))("%s", (_, build) => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const value = build(e, x, y);
  const partials = accumulateJacobian(e.graph, [value], [x, y]).rows.flat();
  const { tangents, duals } = pushforward(e.graph, [value], new Map([[x, e.constant(1)]]));
  const outputs = [value, ...partials, tangents[0] ?? e.constant(0)];
  const lowered = lower(e.graph, outputs);
  const wanted = (leaves: readonly (Float64Array | number)[]) => evaluateColumns(e.graph, lowered, leaves, points);

  test.each(engines)("%s", (engine) => {
    for (const leaves of [columns, [columns[0]!, 1.75], [0.625, columns[1]!]]) {
      expect(firstDifference(execute({ graph: e.graph, outputs, engine }, leaves, points), wanted(leaves))).toBeUndefined();
    }
    const executable = prepare({ graph: e.graph, outputs, engine, shared: [false, false] });
    expect(firstDifference([runPoint(executable, [1.5, 2.25])], [evaluateGraph(e.graph, lowered, [1.5, 2.25])])).toBeUndefined();
  });

  test("dual block forms", () => {
    expect(
      firstDifference(
        execute({ graph: e.graph, outputs, duals: dualForms(duals), engine: "interpreted" }, columns, points),
        wanted(columns),
      ),
    ).toBeUndefined();
  });
});
