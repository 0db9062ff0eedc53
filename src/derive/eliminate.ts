import type { EdgeAlgebra } from "./edge.ts";
import { eliminate, type LinearGraph, type Vertex } from "./linear-graph.ts";

/** An order of elimination. Forward and reverse accumulation are two; Markowitz's greedy order lies between. */
export type Order = "forward" | "reverse" | "markowitz";

/** Takes out every vertex of `inner` (in topological order), in the given order. */
export function eliminateAll(linear: LinearGraph, algebra: EdgeAlgebra, inner: readonly Vertex[], order: Order) {
  if (order === "markowitz") return eliminateGreedily(linear, algebra, inner);
  for (const vertex of order === "forward" ? inner : [...inner].reverse()) eliminate(linear, algebra, vertex);
}

/** Least in-degree × out-degree first (Markowitz 1957), ties to the latest vertex. */
function eliminateGreedily(linear: LinearGraph, algebra: EdgeAlgebra, inner: readonly Vertex[]) {
  const left = [...inner];
  while (left.length > 0) {
    let best = left.length - 1;
    let least = Number.POSITIVE_INFINITY;
    for (let index = left.length - 1; index >= 0; index--) {
      const vertex = left[index]!;
      const fill = linear.predecessors[vertex]!.size * linear.successors[vertex]!.size;
      if (fill < least) [least, best] = [fill, index];
      if (fill === 0) break;
    }
    eliminate(linear, algebra, left[best]!);
    left.splice(best, 1);
  }
}
