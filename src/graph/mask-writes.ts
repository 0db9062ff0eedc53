import { isCounted, loopOf, outerImages } from "./loops.ts";
import { type Graph, isArray, type NodeId } from "./node.ts";
import { rewrite } from "./rewrite.ts";

/** Lets the turns of loops write to arrays on the points alone that make them: others write to no element. */
export const maskWrites = (graph: Graph, outputs: readonly NodeId[]): readonly NodeId[] =>
  graph.loops.some((loop) => hasArrays(graph, loop)) ? maskWithin(graph, outputs, undefined, () => undefined) : outputs;

const hasArrays = (graph: Graph, { states }: { readonly states: readonly NodeId[] }) => states.some((state) => isArray(graph, state));

/** The same for what one turn computes on the points where `active` is set. `outer` gives the images of nodes from further out. */
function maskWithin(
  graph: Graph,
  outputs: readonly NodeId[],
  active: NodeId | undefined,
  outer: (id: NodeId) => NodeId | undefined,
): readonly NodeId[] {
  return rewrite(graph, outputs, (id, imageOf) => {
    const given = outer(id);
    if (given !== undefined) return given;
    const { op, args, value } = graph.nodes[id]!;
    if (op === "write" && active !== undefined) {
      const [array, index, ...rest] = args.map(imageOf) as [NodeId, NodeId];
      return graph.array(op, [array, graph.apply("select", active, index, graph.constant(Number.NaN)), ...rest]);
    }
    if (op === "loop") return maskTurn(graph, id, active, imageOf);
    // The mask of points that ran out of turns stands behind all states.
    const isUnfinished = op === "result" && value === loopOf(graph, args[0]!).states.length;
    return isUnfinished ? graph.result(imageOf(args[0]!), loopOf(graph, imageOf(args[0]!)).states.length) : undefined;
  });
}

function maskTurn(graph: Graph, id: NodeId, active: NodeId | undefined, imageOf: (id: NodeId) => NodeId): NodeId {
  const loop = loopOf(graph, id);
  const [begins, isArrays] = [imageOf(loop.starts), hasArrays(graph, loop)];
  const starts = isArrays && active !== undefined ? graph.apply("and", begins, active) : begins;
  const own = isArrays && !isCounted(graph, { starts, goesOn: loop.goesOn }) ? graph.state(true) : undefined;
  const images = [...maskWithin(graph, [...loop.next, loop.goesOn], own, outerImages(graph, loop, imageOf))];
  const goesOn = images.pop()!;
  const initial = loop.initial.map(imageOf);
  if (own === undefined) return graph.loop({ ...loop, initial, next: images, starts, goesOn });
  return graph.loop({
    ...loop,
    states: [...loop.states, own],
    initial: [...initial, starts],
    next: [...images, graph.apply("and", own, goesOn)],
    starts,
    goesOn,
    extends: undefined,
  });
}
