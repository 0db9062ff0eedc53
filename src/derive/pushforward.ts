import type { Graph, NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { pushThroughRule, type TangentDomain } from "./rules.ts";

/**
 * Dual numbers themselves: the tangent of every output from the tangents of the inputs, by the rules as written.
 * `tangents` maps input nodes to tangent nodes; an input that is absent has no tangent, and `undefined` in the result
 * is a tangent that is structurally zero.
 */
export function pushforward(
  graph: Graph,
  outputs: readonly NodeId[],
  tangents: ReadonlyMap<NodeId, NodeId>,
): (NodeId | undefined)[] {
  const tangentOf = new Map(tangents);
  const domain = nodeDomain(graph);
  for (const id of liveNodes(graph, outputs)) {
    const { args } = graph.nodes[id]!;
    if (graph.isMask(id) || !args.some((arg) => tangentOf.has(arg))) continue;
    const tangent = pushThroughRule(
      graph,
      id,
      args.map((arg) => tangentOf.get(arg)),
      domain,
    );
    if (tangent !== undefined) tangentOf.set(id, tangent);
  }
  return outputs.map((output) => tangentOf.get(output));
}

const nodeDomain = (graph: Graph): TangentDomain<NodeId | undefined> => ({
  zero: undefined,
  isZero: (a) => a === undefined,
  add: (a, b) => graph.apply("add", a!, b!),
  neg: (a) => (a === undefined ? undefined : graph.apply("neg", a)),
  mul: (a, factor) => graph.apply("mul", a!, factor),
  div: (a, divisor) => graph.apply("div", a!, divisor),
  and: (a, mask) => graph.apply("and", a!, mask),
  xor: (a, sign) => graph.apply("xor", a!, sign),
});
