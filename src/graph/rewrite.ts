import { liveNodes } from "./live.ts";
import type { Graph, NodeId } from "./node.ts";
import type { OperationName } from "./operations.ts";

/** Rebuilds what `outputs` need. `change` may answer with another node for `id`, built from images of old nodes. */
export function rewrite(
  graph: Graph,
  outputs: readonly NodeId[],
  change: (id: NodeId, imageOf: (id: NodeId) => NodeId) => NodeId | undefined,
): NodeId[] {
  const images = new Map<NodeId, NodeId>();
  let isChanged = false;
  const imageOf = (id: NodeId): NodeId => {
    const known = images.get(id);
    if (known !== undefined) return known;
    const image = change(id, imageOf) ?? (isChanged ? rebuilt(id) : id);
    images.set(id, image);
    if (image !== id) isChanged = true;
    return image;
  };
  const rebuilt = (id: NodeId) => {
    const { op, args } = graph.nodes[id]!;
    const mapped = args.map(imageOf);
    return mapped.every((arg, index) => arg === args[index]) ? id : graph.apply(op as OperationName, ...mapped);
  };
  for (const id of liveNodes(graph, outputs)) imageOf(id);
  return outputs.map(imageOf);
}

/** How often each node is used, as an operand or an output. */
export function useCounts(graph: Graph, outputs: readonly NodeId[]): Map<NodeId, number> {
  const uses = new Map<NodeId, number>();
  const use = (id: NodeId) => uses.set(id, (uses.get(id) ?? 0) + 1);
  for (const id of liveNodes(graph, outputs)) graph.nodes[id]!.args.forEach(use);
  outputs.forEach(use);
  return uses;
}
