import type { Graph, NodeId } from "./node.ts";

/** The nodes that `outputs` need, operands first. What `isGiven` needs no operands. Called often in the first milliseconds, when iterators cost most. */
export function liveNodes(graph: Graph, outputs: Iterable<NodeId>, isGiven: (id: NodeId) => boolean = () => false): NodeId[] {
  const needed = new Uint8Array(graph.nodes.length);
  let last = -1;
  for (const id of outputs) {
    needed[id] = 1;
    if (id > last) last = id;
  }
  const live: NodeId[] = [];
  for (let id = last; id >= 0; id--) {
    if (!needed[id]) continue;
    live.push(id);
    if (isGiven(id)) continue;
    const { args } = graph.nodes[id]!;
    for (let index = 0; index < args.length; index++) needed[args[index]!] = 1;
  }
  return live.reverse();
}
