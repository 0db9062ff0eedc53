import { liveNodes } from "./live.ts";
import { type Graph, isAlways, isGiven, type Loop, type NodeId } from "./node.ts";

export const loopOf = (graph: Graph, id: NodeId): Loop => graph.loops[graph.nodes[id]!.value]!;

/** What a turn computes: nodes that depend on the loop's states, operands first. */
export function bodyOf(graph: Graph, { states, next, goesOn }: Loop): NodeId[] {
  const first = Math.min(...states);
  const inner = new Set(states);
  return liveNodes(graph, [...next, goesOn], (id) => id < first).filter((id) => {
    const isInner = graph.nodes[id]!.args.some((arg) => inner.has(arg));
    if (isInner) inner.add(id);
    return isInner;
  });
}

/** What the turns of a loop read that does not change from turn to turn; constants are no reads. */
export function outerReads(graph: Graph, loop: Loop): NodeId[] {
  const body = bodyOf(graph, loop);
  const inner = new Set([...loop.states, ...body]);
  const reads = new Set([...body.flatMap((id) => graph.nodes[id]!.args), ...loop.next, loop.goesOn]);
  return [...reads].filter((id) => !inner.has(id) && !isGiven(graph, id));
}

/** Whether all points make all turns. */
export const isCounted = (graph: Graph, { starts, goesOn }: Pick<Loop, "starts" | "goesOn">): boolean =>
  isAlways(graph, starts) && isAlways(graph, goesOn);

/** Images for what a turn reads when its turns are rebuilt: of what is outside that of there, of states themselves; else none. */
export function outerImages(graph: Graph, loop: Loop, imageOf: (id: NodeId) => NodeId): (id: NodeId) => NodeId | undefined {
  const body = new Set(bodyOf(graph, loop));
  const states = new Set(loop.states);
  return (id) => (states.has(id) ? id : body.has(id) ? undefined : imageOf(id));
}

/** A loop with another node for each that it is made of. */
export const mapLoop = (loop: Loop, imageOf: (id: NodeId) => NodeId): Loop => ({
  ...loop,
  initial: loop.initial.map(imageOf),
  next: loop.next.map(imageOf),
  starts: imageOf(loop.starts),
  goesOn: imageOf(loop.goesOn),
});

/** What the turns of loops among `nodes` compute, those of loops within them, too. */
export const turnsWithin = (graph: Graph, nodes: readonly NodeId[]): NodeId[] =>
  nodes.flatMap((id) => {
    if (graph.nodes[id]!.op !== "loop") return [];
    const body = bodyOf(graph, loopOf(graph, id));
    return [...body, ...turnsWithin(graph, body)];
  });
