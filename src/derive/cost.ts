import { type Graph, isStructural, type NodeId } from "../graph/graph.ts";
import { bodyOf, loopOf } from "../graph/loops.ts";
import { type OperationName, operations } from "../graph/operations.ts";

/** Counted cost by operation where it is not 1: a division costs 8 additions, a root 15, a kernel call about 20. */
const weights: { readonly [op in OperationName]?: number } = { div: 8, sqrt: 15 };
const kernelWeight = 20;

/** What `nodes` cost, in additions; of a loop one turn. */
export function countedCost(graph: Graph, nodes: readonly NodeId[]): number {
  let cost = 0;
  nodes.forEach((id) => {
    const { op } = graph.nodes[id]!;
    if (op === "loop") cost += countedCost(graph, bodyOf(graph, loopOf(graph, id)));
    else if (!isStructural(op)) cost += weights[op] ?? (operations[op].form === "kernel" ? kernelWeight : 1);
  });
  return cost;
}
