import { liveNodes } from "./live.ts";
import type { Graph, NodeId } from "./node.ts";
import type { OperationName } from "./operations.ts";

/** Rebuilds what `outputs` need. `change` may answer with another node for `id`, built from images of old nodes. */
export function rewrite(
  graph: Graph,
  outputs: readonly NodeId[],
  change: (id: NodeId, imageOf: (id: NodeId) => NodeId) => NodeId | undefined,
): NodeId[] {
  const images = new Int32Array(graph.nodes.length).fill(-1);
  let isChanged = false;
  const imageOf = (id: NodeId): NodeId => {
    if (images[id]! >= 0) return images[id]!;
    const image = change(id, imageOf) ?? (isChanged ? rebuilt(id) : id);
    images[id] = image;
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

/** How often each node is used, as an operand or an output, by node. */
export function useCounts(graph: Graph, outputs: readonly NodeId[]): Uint32Array {
  const uses = new Uint32Array(graph.nodes.length);
  for (const id of liveNodes(graph, outputs)) for (const arg of graph.nodes[id]!.args) uses[arg]!++;
  for (const id of outputs) uses[id]!++;
  return uses;
}
