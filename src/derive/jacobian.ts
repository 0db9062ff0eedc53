import type { Graph, NodeId } from "../graph/graph.ts";
import { countedCost } from "./cost.ts";
import { edgeAlgebra } from "./edge.ts";
import { eliminateAll, type Order } from "./eliminate.ts";
import { linearise } from "./linearise.ts";
import { simplifyDerivatives } from "./simplify.ts";

/** How a Jacobian was accumulated, for the report. */
export interface Accumulation {
  /** One row per output, one node per leaf. */
  readonly rows: readonly (readonly NodeId[])[];
  readonly order: Order;
  readonly factored: boolean;
  /** Counted cost of values and derivatives together, in additions. */
  readonly cost: number;
}

const orders: readonly Order[] = ["forward", "reverse", "markowitz"];
/** Above this many vertices the greedy order costs too much to find. */
const maxGreedy = 2000;
/** Above this many vertices only one trial a direction is made. */
const maxPortfolio = 5000;

/**
 * The Jacobian of `outputs` by `leaves`, accumulated on the graph by vertex elimination (Griewank & Walther, Evaluating
 * Derivatives, ch. 9–10). Forward, reverse and Markowitz's order, each with sums factored or not, are tried; the
 * cheapest by counted cost is kept.
 */
export function accumulateJacobian(graph: Graph, outputs: readonly NodeId[], leaves: readonly NodeId[]): Accumulation {
  let best: Trial | undefined;
  for (const factored of [false, true]) {
    for (const order of orders) {
      const trial = accumulate(graph, outputs, leaves, order, factored);
      if (trial && (!best || trial.cost < best.cost)) best = trial;
    }
  }
  const { order, factored, partials } = best!;
  const all = simplifyDerivatives(graph, [...outputs, ...partials], outputs, true);
  const rows = outputs.map((_, row) => all.slice(outputs.length + row * leaves.length, outputs.length + (row + 1) * leaves.length));
  return { rows, order, factored, cost: countedCost(graph, all) };
}

interface Trial {
  readonly order: Order;
  readonly factored: boolean;
  readonly partials: readonly NodeId[];
  readonly cost: number;
}

function accumulate(
  graph: Graph,
  outputs: readonly NodeId[],
  leaves: readonly NodeId[],
  order: Order,
  factored: boolean,
): Trial | undefined {
  const algebra = edgeAlgebra(graph, { factored });
  const { linear, leafVertices, outputVertices } = linearise(graph, algebra, outputs, leaves);
  const ends = new Set([...leafVertices, ...outputVertices]);
  const inner = linear.predecessors.map((_, vertex) => vertex).filter((vertex) => !ends.has(vertex));
  if (order === "markowitz" && inner.length > maxGreedy) return undefined;
  if (factored && inner.length > maxPortfolio) return undefined;
  eliminateAll(linear, algebra, inner, order);

  const partials = outputVertices.flatMap((output) =>
    leafVertices.map((leaf) => {
      const edge = linear.predecessors[output]!.get(leaf);
      return edge ? algebra.materialise(edge) : graph.constant(0);
    }),
  );
  const cost = countedCost(graph, simplifyDerivatives(graph, [...outputs, ...partials], outputs, false));
  return { order, factored, partials, cost };
}
