import type { Graph, NodeId } from "../graph/graph.ts";
import { lowerPowers } from "../graph/powers.ts";
import { rewrite } from "../graph/rewrite.ts";

/** Replaces what no engine has as one operation: powers of a half, and max and min of three or more. */
export function lower(graph: Graph, outputs: readonly NodeId[]): NodeId[] {
  return rewrite(graph, lowerPowers(graph, outputs), (id, imageOf) => {
    const { op, args } = graph.nodes[id]!;
    if ((op !== "max" && op !== "min") || args.length < 3) return undefined;
    return args.map(imageOf).reduce((a, b) => graph.apply(op, a, b));
  });
}
