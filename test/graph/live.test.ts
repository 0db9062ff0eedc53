import { expect, test } from "vitest";
import type { NodeId } from "../../src/graph/graph.ts";
import { liveNodes } from "../../src/graph/live.ts";
import { rewrite, useCounts } from "../../src/graph/rewrite.ts";
import { expressions, k } from "../support/expressions.ts";

test("live nodes are those that outputs need, operands first", () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const dead = e.sin(x);
  const used = e.mul(y, y);
  const late = e.exp(dead);
  const root = e.sqrt(used);
  expect(liveNodes(e.graph, [root])).toEqual([y, used, root]);
  expect(liveNodes(e.graph, [root, used, root])).toEqual([y, used, root]);
  expect(liveNodes(e.graph, [late, root])).toEqual([x, y, dead, used, late, root]);
  expect(liveNodes(e.graph, [])).toEqual([]);
});

test("a rewrite that changes nothing gives the same nodes", () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const outputs = [e.max(x, y, e.exp(x)), e.select(e.lt(x, y), x, e.neg(y)), x];
  const size = e.graph.nodes.length;
  expect(rewrite(e.graph, outputs, () => undefined)).toEqual(outputs);
  expect(e.graph.nodes).toHaveLength(size);
});

test("a rewrite rebuilds the users of what it changes, with simplification", () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const sine = e.sin(x);
  const outputs = [e.mul(sine, y), e.exp(y)];
  const rewritten = rewrite(e.graph, outputs, (id) => (id === sine ? e.constant(1) : undefined));
  expect(rewritten).toEqual([y, outputs[1]]);
});

test("a rewrite builds on images of operands", () => {
  const e = expressions();
  const [x] = e.inputs(1) as [NodeId];
  const outputs = [e.sin(e.sin(e.add(x, k(1))))];
  const { nodes } = e.graph;
  const rewritten = rewrite(e.graph, outputs, (id, imageOf) => (nodes[id]!.op === "sin" ? e.cos(imageOf(nodes[id]!.args[0]!)) : undefined));
  expect(rewritten).toEqual([e.cos(e.cos(e.add(x, k(1))))]);
});

test("uses are counted as operand and as output", () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const square = e.mul(x, x);
  const sum = e.add(square, y);
  const uses = useCounts(e.graph, [sum, square, sum]);
  expect([x, y, square, sum].map((id) => uses[id])).toEqual([2, 1, 2, 2]);
});

test("a long chain needs no deep stack", () => {
  const e = expressions();
  let [x] = e.inputs(1) as [NodeId];
  for (let index = 0; index < 20_000; index++) x = e.graph.raw("add", [x, x]);
  expect(liveNodes(e.graph, [x])).toHaveLength(20_001);
  expect(rewrite(e.graph, [x], () => undefined)).toEqual([x]);
});
