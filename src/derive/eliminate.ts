import type { EdgeAlgebra } from "./edge.ts";
import { eliminate, type LinearGraph, type Vertex } from "./linear-graph.ts";

/** An order of elimination. Forward and reverse accumulation are two; Markowitz's greedy order lies between. */
export type Order = "forward" | "reverse" | "markowitz";

/**
 * Takes out every vertex of `inner` (in topological order), in the given order. Returns how many pairs of edges were
 * joined; gives up, unfinished, when that exceeds `limit`.
 */
export function eliminateAll(linear: LinearGraph, algebra: EdgeAlgebra, inner: readonly Vertex[], order: Order, limit: number): number {
  let joined = 0;
  for (const vertex of sequences[order](linear, inner)) {
    joined += eliminate(linear, algebra, vertex);
    if (joined > limit) break;
  }
  return joined;
}

/** The vertices one by one, each asked for when the last is out. */
const sequences: { readonly [order in Order]: (linear: LinearGraph, inner: readonly Vertex[]) => Iterable<Vertex> } = {
  forward: (_linear, inner) => inner,
  reverse: (_linear, inner) => [...inner].reverse(),
  markowitz: greedily,
};

/** Least in-degree × out-degree first (Markowitz 1957), ties to the latest vertex. */
function* greedily({ predecessors, successors }: LinearGraph, inner: readonly Vertex[]) {
  const left = [...inner];
  while (left.length > 0) {
    let best = left.length - 1;
    let least = Number.POSITIVE_INFINITY;
    for (let index = left.length - 1; index >= 0; index--) {
      const fill = predecessors[left[index]!]!.size * successors[left[index]!]!.size;
      if (fill < least) [least, best] = [fill, index];
      if (fill === 0) break;
    }
    yield left[best]!;
    left.splice(best, 1);
  }
}
