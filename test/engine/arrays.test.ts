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

const points = 141;

interface Turn {
  readonly next: readonly NodeId[];
  readonly goesOn?: NodeId;
}

/** A loop over a counter from 0, and arrays and numbers as `initial` are. */
function loopOver(
  e: Expressions,
  initial: readonly NodeId[],
  turns: number,
  turn: (i: NodeId, ...states: NodeId[]) => Turn,
  starts = e.graph.mask(true),
): NodeId[] {
  const { graph } = e;
  const [i, ...states] = [graph.state(false), ...initial.map((id) => graph.state(false, graph.lengthOf(id)))] as [NodeId];
  const { next, goesOn = graph.mask(true) } = turn(i, ...states);
  const loop = graph.loop({
    states: [i, ...states],
    initial: [graph.constant(0), ...initial],
    next: [e.add(i, k(1)), ...next],
    starts,
    goesOn,
    turns,
  });
  return initial.map((_, index) => graph.result(loop, index + 1));
}

type Args = { list(elements: NodeId[], length?: number): NodeId; read(a: NodeId, i: NodeId): NodeId };
type Build = (e: Expressions, x: NodeId, y: NodeId, on: Args & { write(a: NodeId, i: NodeId, v: NodeId): NodeId }) => NodeId;

/** Arrays by name; each takes two leaves. */
const functions: { readonly [name: string]: Build } = {
  "elements of a list by the data": (e, x, y, { list, read }) => {
    const a = list([x, y, e.constant(3), e.mul(x, y)]);
    return e.select(e.lt(x, k(1.5)), read(a, e.floor(e.mul(y, k(1.5)))), read(a, e.sub(e.floor(x), k(1))));
  },
  "a write outside of loops": (e, x, y, { list, read, write }) => {
    const a = list([x, y], 7);
    const at = e.floor(e.mul(x, k(2)));
    const before = read(a, at);
    const b = write(a, at, e.constant(5));
    return e.add(e.mul(before, k(10)), read(b, e.floor(y)));
  },
  "an older version that is read after a write": (e, x, y, { list, read, write }) => {
    const a = list([x, y], 5);
    const b = write(a, e.floor(x), e.constant(4));
    const c = write(a, e.floor(y), read(b, e.floor(x)));
    return e.add(read(c, e.constant(0)), e.add(read(b, e.floor(y)), read(a, e.floor(y))));
  },
  "a recurrence": (e, x, y, { list, read, write }) => {
    const [a] = loopOver(e, [list([x, e.constant(0)], 40)], 39, (i, a) => ({
      next: [write(a, e.add(i, k(1)), e.add(e.mul(read(a, i), y), e.sin(i)))],
    }));
    return e.add(read(a!, e.constant(39)), read(a!, e.floor(e.mul(k(7), x))));
  },
  "turns by the data: points that are done write nothing": (e, x, y, { list, read, write }) => {
    const [a, s] = loopOver(
      e,
      [list([x], 30), y],
      25,
      (i, a, s) => ({ next: [write(a, i, e.mul(s, read(a, e.sub(i, k(1))))), e.add(s, k(0.25))], goesOn: e.lt(s, k(4)) }),
      e.lt(x, k(4)),
    );
    return e.add(s!, e.add(read(a!, e.constant(8)), e.mul(k(3), read(a!, e.floor(s!)))));
  },
  "a triangle of turns in an outer loop by the data": (e, x, y, { list, read, write }) => {
    const [v] = loopOver(e, [list([x, y, e.mul(x, y), e.add(x, y), e.constant(2)], 9)], 8, (i, v) => {
      const [inner] = loopOver(e, [v], 8, (j, v) => ({
        next: [write(v, j, e.add(e.mul(k(0.5), read(v, j)), e.mul(k(0.25), read(v, e.add(j, k(1))))))],
        goesOn: e.lt(j, e.sub(k(7), i)),
      }));
      return { next: [inner!], goesOn: e.lt(i, e.mul(k(2), x)) };
    });
    return e.add(read(v!, e.constant(0)), read(v!, e.constant(4)));
  },
  "arrays that turns exchange": (e, x, y, { list, read, write }) => {
    const [a, b, c] = loopOver(e, [list([x], 6), list([y], 6), list([e.constant(1), y], 6)], 11, (i, a, b, c) => ({
      next: [b, write(c, e.rem(i, k(6)), read(a, e.rem(e.mul(k(5), i), k(6)))), a],
      goesOn: e.lt(i, e.mul(k(3), y)),
    }));
    const all = [a!, b!, c!].map((each, index) => read(each, e.constant(index)));
    return all.reduce((sum, each) => e.add(e.mul(k(10), sum), each));
  },
  "an array that turns make anew": (e, x, y, { list, read, write }) => {
    const [u] = loopOver(
      e,
      [list([x, y, e.constant(0.5)], 12)],
      9,
      (i, u) => {
        const [next] = loopOver(e, [list([e.constant(0)], 12), e.constant(0)], 11, (j, next, s) => ({
          next: [write(next, e.add(j, k(1)), e.add(s, e.mul(k(0.5), read(u, j)))), read(u, e.add(j, k(1)))],
        }));
        return { next: [next!], goesOn: e.lt(e.mul(y, i), k(9)) };
      },
      e.gt(y, k(1.2)),
    );
    return e.add(read(u!, e.constant(3)), read(u!, e.floor(x)));
  },
  "a loop after a loop, and the first one's array again": (e, x, y, { list, read, write }) => {
    const [a] = loopOver(e, [list([x, e.constant(1)], 20)], 19, (i, a) => ({ next: [write(a, e.add(i, k(1)), e.add(read(a, i), y))] }));
    const [b] = loopOver(e, [a!], 19, (i, b) => ({ next: [write(b, i, e.mul(read(b, e.add(i, k(1))), k(0.5)))] }));
    const [sum] = loopOver(e, [e.constant(0)], 20, (i, sum) => ({ next: [e.add(sum, e.sub(read(a!, i), read(b!, i)))] }));
    return sum!;
  },
  "what only one leaf reaches": (e, x, y, { list, read, write }) => {
    const [a] = loopOver(e, [list([x], 16)], 15, (i, a) => ({ next: [write(a, e.add(i, k(1)), e.mul(read(a, i), k(0.9)))] }));
    return read(a!, e.floor(e.mul(y, k(3))));
  },
};

const columns = [
  Float64Array.from({ length: points }, (_, point) => 0.1 + (point % 37) / 8),
  Float64Array.from({ length: points }, (_, point) => 1.1 + ((7 * point) % 41) / 16),
];

describe.each(Object.entries(functions))("%s", (_, build) => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const { array } = e.graph;
  const reads = new Map<NodeId, NodeId[]>();
  const value = build(e, x, y, {
    list: (elements, length = elements.length) => array("list", elements, length),
    read(a, i) {
      const read = array("read", [a, i]);
      reads.set(a, [...(reads.get(a) ?? []), read]);
      return read;
    },
    write: (a, i, v) => array("write", [a, i, v, ...(reads.get(a) ?? [])]),
  });
  const partials = accumulateJacobian(e.graph, [value], [x, y]).rows.flat();
  const { tangents, duals } = pushforward(e.graph, [value], new Map([[x, e.constant(1)]]));
  const second = accumulateJacobian(e.graph, partials, [x, y]).rows.flat();
  const outputs = [value, ...partials, tangents[0] ?? e.constant(0), ...second];
  const lowered = lower(e.graph, outputs);
  const wanted = (leaves: readonly (Float64Array | number)[], nodes: readonly NodeId[]) => evaluateColumns(e.graph, nodes, leaves, points);

  test("lowered it is the same", () => {
    expect(firstDifference(wanted(columns, lowered), wanted(columns, outputs))).toBeUndefined();
  });

  test("dual block forms", () => {
    const request = { graph: e.graph, outputs, duals: dualForms(duals), engine: "interpreted" } as const;
    expect(firstDifference(execute(request, columns, points), wanted(columns, outputs))).toBeUndefined();
  });

  test.each(engines)("%s", (engine) => {
    for (const leaves of [columns, [columns[0]!, 1.75], [0.625, columns[1]!]]) {
      expect(firstDifference(execute({ graph: e.graph, outputs, engine }, leaves, points), wanted(leaves, outputs))).toBeUndefined();
    }
    const executable = prepare({ graph: e.graph, outputs, engine, shared: [false, false] });
    for (const at of [
      [1.5, 2.25],
      [0.25, 3.5],
    ]) {
      expect(firstDifference([runPoint(executable, at)], [evaluateGraph(e.graph, outputs, at)])).toBeUndefined();
    }
  });
});
