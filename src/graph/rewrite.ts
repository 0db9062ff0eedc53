import { liveNodes } from "./live.ts";
import { bodyOf, loopOf, mapLoop } from "./loops.ts";
import { type Graph, isArrayOp, type NodeId } from "./node.ts";
import type { OperationName } from "./operations.ts";

/**
 * Rebuilds what `outputs` need, the `live` nodes, the turns of loops too. `change` may answer with another node for `id`, built from
 * images of old nodes. Where nothing changes, `outputs` itself comes back.
 */
export function rewrite(
  graph: Graph,
  outputs: readonly NodeId[],
  change: (id: NodeId, imageOf: (id: NodeId) => NodeId) => NodeId | undefined,
  live: readonly NodeId[] = liveNodes(graph, outputs),
): readonly NodeId[] {
  const images = new Int32Array(graph.nodes.length).fill(-1);
  let isChanged = false;
  const imageOf = (id: NodeId): NodeId => {
    if (images[id]! >= 0) return images[id]!;
    const isLoop = graph.nodes[id]!.op === "loop";
    const image = change(id, imageOf) ?? (isLoop ? rebuiltLoop(id) : isChanged ? rebuilt(id) : id);
    images[id] = image;
    if (image !== id) isChanged = true;
    return image;
  };
  const rebuilt = (id: NodeId) => {
    const { op, args, value } = graph.nodes[id]!;
    const mapped = args.map(imageOf);
    if (mapped.every((arg, index) => arg === args[index])) return id;
    if (op === "result") return graph.result(mapped[0]!, value);
    if (isArrayOp(op)) return graph.array(op, mapped, value);
    return op === "gather" ? graph.gather(value, mapped[0]!) : graph.apply(op as OperationName, ...mapped);
  };
  const rebuiltLoop = (id: NodeId) => {
    const loop = loopOf(graph, id);
    const nodesOf = ({ initial, next, starts, goesOn }: typeof loop) => [...initial, ...next, starts, goesOn];
    bodyOf(graph, loop).forEach(imageOf);
    const mapped = mapLoop(loop, imageOf);
    const old = nodesOf(loop);
    return nodesOf(mapped).every((node, index) => node === old[index]) ? id : graph.loop(mapped);
  };
  live.forEach(imageOf);
  return isChanged ? outputs.map(imageOf) : outputs;
}

/** How often each node is used, as an operand of `live` nodes or an output, by node. */
export function useCounts(graph: Graph, outputs: readonly NodeId[], live: readonly NodeId[] = liveNodes(graph, outputs)): Uint32Array {
  const uses = new Uint32Array(graph.nodes.length);
  live.forEach((id) => {
    graph.nodes[id]!.args.forEach((arg) => uses[arg]!++);
  });
  for (const id of outputs) uses[id]!++;
  return uses;
}
