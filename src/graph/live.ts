import type { Graph, NodeId } from "./graph.ts";

/** The nodes that `outputs` need, operands first. */
export function liveNodes(graph: Graph, outputs: Iterable<NodeId>): NodeId[] {
  const seen = new Set<NodeId>();
  const stack = [...outputs];
  while (stack.length > 0) {
    const id = stack.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const arg of graph.nodes[id]!.args) stack.push(arg);
  }
  return [...seen].sort((a, b) => a - b);
}
