import { edgeAlgebra } from "../../src/derive/edge.ts";
import { eliminateAll, type Order } from "../../src/derive/eliminate.ts";
import { linearise } from "../../src/derive/linearise.ts";
import { unitTangents } from "../../src/derive/loops.ts";
import type { Graph, NodeId } from "../../src/graph/graph.ts";

const orders: readonly Order[] = ["forward", "reverse", "markowitz"];

/** Every way of accumulating: an order of elimination, sums factored or not. */
export const ways = orders.flatMap((order) => [false, true].map((factored) => ({ order, factored })));

const noLoops = () => {
  throw new Error("a loop");
};

/** The Jacobian by one order of elimination, row by row, nothing simplified afterwards. */
export function jacobianBy(
  graph: Graph,
  outputs: readonly NodeId[],
  leaves: readonly NodeId[],
  { order, factored }: { readonly order: Order; readonly factored: boolean },
): NodeId[] {
  const algebra = edgeAlgebra(graph, { factored });
  const { linear, leafVertices, outputVertices } = linearise(graph, algebra, outputs, {
    given: unitTangents(graph, leaves),
    directions: leaves.length,
    loopTangents: noLoops,
    derive: noLoops,
  });
  const ends = new Set([...leafVertices, ...outputVertices]);
  const inner = [...linear.predecessors.keys()].filter((vertex) => !ends.has(vertex));
  eliminateAll(linear, algebra, inner, order, Number.POSITIVE_INFINITY);
  return outputVertices.flatMap((output) =>
    leafVertices.map((leaf) => {
      const edge = linear.predecessors[output]!.get(leaf);
      return edge ? algebra.materialise(edge) : graph.constant(0);
    }),
  );
}
