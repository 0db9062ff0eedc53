import { liveNodes } from "./live.ts";
import { loopOf, outerImages } from "./loops.ts";
import type { Graph, NodeId } from "./node.ts";
import { rewrite } from "./rewrite.ts";

/** Takes the results of a loop from one that extends it, so that its turns are made once. */
export const mergeLoops = (graph: Graph, outputs: readonly NodeId[]): readonly NodeId[] =>
  graph.loops.length === 0 ? outputs : mergeWithin(graph, outputs, () => undefined);

/** The same for what one turn computes: an extension serves where it stands. `outer` gives the images of nodes from further out. */
function mergeWithin(graph: Graph, outputs: readonly NodeId[], outer: (id: NodeId) => NodeId | undefined): readonly NodeId[] {
  const extensions = new Map<NodeId, NodeId>();
  for (const id of liveNodes(graph, outputs)) {
    const extended = graph.nodes[id]!.op === "loop" ? loopOf(graph, id).extends : undefined;
    if (extended !== undefined) extensions.set(extended, id);
  }
  return rewrite(graph, outputs, (id, imageOf) => {
    const given = outer(id);
    if (given !== undefined) return given;
    const { op, args, value } = graph.nodes[id]!;
    if (op === "loop") return mergeTurn(graph, id, imageOf);
    const extension = op === "result" ? extensions.get(args[0]!) : undefined;
    if (extension === undefined) return undefined;
    const isUnfinished = value === loopOf(graph, args[0]!).states.length;
    return imageOf(graph.result(extension, isUnfinished ? loopOf(graph, extension).states.length : value));
  });
}

function mergeTurn(graph: Graph, id: NodeId, imageOf: (id: NodeId) => NodeId): NodeId {
  const loop = loopOf(graph, id);
  const images = mergeWithin(graph, [...loop.next, loop.goesOn], outerImages(graph, loop, imageOf));
  const [next, goesOn] = [images.slice(0, -1), images.at(-1)!];
  return graph.loop({ ...loop, initial: loop.initial.map(imageOf), next, starts: imageOf(loop.starts), goesOn });
}
