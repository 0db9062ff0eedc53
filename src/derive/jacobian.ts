import { type Graph, isArray, type NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { zeroLike } from "./arrays.ts";
import { countedCost } from "./cost.ts";
import { edgeAlgebra } from "./edge.ts";
import { eliminateAll, type Order } from "./eliminate.ts";
import { copyLinearGraph } from "./linear-graph.ts";
import { type LoopTangents, linearise } from "./linearise.ts";
import { type Derive, type Tangents, tangentsOfLoop, unitTangents } from "./loops.ts";
import { shareProducts } from "./monomials.ts";
import { type Selection, select } from "./selection.ts";
import { cancelQuotients, endSimplifying } from "./simplify.ts";

/** How a Jacobian was accumulated, for the report. */
export interface Accumulation {
  /** One row per output, one node per leaf. */
  readonly rows: readonly (readonly NodeId[])[];
  readonly order: Order;
  readonly factored: boolean;
  /** Counted cost of values and derivatives together, in additions. */
  readonly cost: number;
}

/** Above this many vertices the greedy order costs too much to find. */
const maxGreedy = 2000;

/** Trials whose cost before simplification is beyond the least by this factor are not simplified. */
const hopeless = 1.05;

/**
 * The Jacobian of `outputs` by `leaves`, accumulated on the graph by vertex elimination (Griewank & Walther, Evaluating
 * Derivatives, ch. 9–10). Forward, reverse and Markowitz's order are tried, the best of them with sums factored, too;
 * the cheapest by counted cost is kept.
 */
export function accumulateJacobian(graph: Graph, outputs: readonly NodeId[], leaves: readonly NodeId[]): Accumulation {
  return accumulate(graph, outputs, unitTangents(graph, leaves), leaves.length);
}

/** The tangents of `outputs` along `directions` directions, from the tangents of nodes that they depend on. */
function accumulate(graph: Graph, outputs: readonly NodeId[], given: Tangents, directions: number): Accumulation {
  const trials = accumulations(graph, outputs, given, directions);
  const hopeful = trials.filter(({ cost }) => cost <= hopeless * trials[0]!.cost);
  const isSettled = hopeful.length === 1;
  const attempts = hopeful.map(({ order, factored, selection }) => {
    const begun = cancelQuotients(graph, selection);
    const ended = isSettled ? undefined : endSimplifying(graph, begun);
    return { order, factored, begun, ended, cost: ended ? countedCost(graph, ended.live) : 0 };
  });
  const { order, factored, begun, ended } = attempts.sort(byCost)[0]!;
  const built = shareProducts(graph, begun);
  const { outputs: all, live } = (built === begun && ended) || endSimplifying(graph, built);
  const rows = outputs.map((_, row) => all.slice(outputs.length + row * directions, outputs.length + (row + 1) * directions));
  return { rows, order, factored, cost: countedCost(graph, live) };
}

interface Trial {
  readonly order: Order;
  readonly factored: boolean;
  /** Whether some sum could be factored. */
  readonly hasFactors: boolean;
  /** The outputs, then the partials. */
  readonly selection: Selection;
  readonly cost: number;
}

/** A trial that joins `times` as many pairs of edges as the best so far, and `pairs` more, is given up. */
const patience = { times: 1.5, pairs: 60 };

const byCost = (a: { readonly cost: number }, b: { readonly cost: number }) => a.cost - b.cost;

/** Trials, the cheapest first; of those that give the same nodes, one. */
function accumulations(graph: Graph, outputs: readonly NodeId[], given: Tangents, directions: number): Trial[] {
  const algebra = edgeAlgebra(graph, { factored: false });
  const rowsAlong =
    (count: number): Derive =>
    (nodes, known) =>
      accumulate(graph, nodes, known, count).rows;
  const loopTangents: LoopTangents = (loop, tangents, count) => tangentsOfLoop(graph, loop, tangents, rowsAlong(count));
  const derive = rowsAlong(directions);
  const { linear, leafVertices, outputVertices, known } = linearise(graph, algebra, outputs, { given, directions, loopTangents, derive });
  const ends = new Set([...leafVertices, ...outputVertices]);
  const inner = linear.predecessors.map((_, vertex) => vertex).filter((vertex) => !ends.has(vertex));
  const valueNodes = new Set(liveNodes(graph, outputs));
  const trials: Trial[] = [];
  let limit = Number.POSITIVE_INFINITY;
  const attempt = (order: Order, factored: boolean) => {
    const algebra = edgeAlgebra(graph, { factored });
    const copy = copyLinearGraph(linear);
    const joined = eliminateAll(copy, algebra, inner, order, limit);
    if (joined > limit) return;
    limit = Math.min(limit, patience.times * joined + patience.pairs);
    const all = [...outputs];
    for (const [row, output] of outputVertices.entries()) {
      for (const [direction, leaf] of leafVertices.entries()) {
        const array = outputs[row]!;
        if (isArray(graph, array)) {
          all.push(known.get(array)?.get(direction) ?? zeroLike(graph, array));
          continue;
        }
        const edge = copy.predecessors[output]!.get(leaf);
        all.push(edge ? algebra.materialise(edge) : graph.constant(0));
      }
    }
    if (trials.some((other) => other.selection.outputs.every((node, index) => node === all[index]))) return;
    const selection = select(graph, all, valueNodes);
    trials.push({ order, factored, hasFactors: algebra.hasFactors, selection, cost: countedCost(graph, selection.live) });
  };
  for (const order of ordersFor(inner.length, outputs.length, directions)) attempt(order, false);
  const [best] = trials.sort(byCost);
  if (best!.hasFactors) attempt(best!.order, true);
  return trials.sort(byCost);
}

/** The orders to try, the one that is likely cheapest first. */
function ordersFor(vertices: number, outputs: number, leaves: number): Order[] {
  const [likely, other]: Order[] = outputs < leaves ? ["reverse", "forward"] : ["forward", "reverse"];
  return vertices > maxGreedy ? [likely!, other!] : [likely!, "markowitz", other!];
}
