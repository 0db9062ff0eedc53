import type { Graph, NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { turnsWithin } from "../graph/loops.ts";
import { rewrite, useCounts } from "../graph/rewrite.ts";
import { shareProducts } from "./monomials.ts";

/**
 * Simplifies derivative nodes, whose rounding may move; nodes that a value needs, and the turns of loops, stay as they are.
 * `outputs` are values and derivatives together, `values` the values among them. `thorough` also searches for products
 * that can be built on others, which costs most of the time.
 */
export function simplifyDerivatives(graph: Graph, outputs: readonly NodeId[], values: readonly NodeId[], thorough: boolean): NodeId[] {
  // The turns of loops have been simplified when they were derived.
  const frozen = new Set([...liveNodes(graph, values), ...turnsWithin(graph, liveNodes(graph, outputs))]);
  let result = cancelQuotients(graph, outputs, frozen);
  if (thorough) result = shareProducts(graph, result, frozen);
  result = shareMultiples(graph, result, frozen);
  return divideAgain(graph, result, frozen);
}

const productOf = (graph: Graph, id: NodeId) => (graph.nodes[id]!.op === "mul" ? graph.nodes[id]!.args : undefined);

/** The divisor of a reciprocal 1/x, else `undefined`. */
const reciprocalOf = (graph: Graph, id: NodeId) => {
  const { op, args } = graph.nodes[id]!;
  return op === "div" && graph.valueOf(args[0]!) === 1 ? args[1] : undefined;
};

/** (1/b) · (1/(a/b)) = 1/a */
function cancelQuotients(graph: Graph, outputs: readonly NodeId[], frozen: ReadonlySet<NodeId>): NodeId[] {
  return rewrite(graph, outputs, (id, imageOf) => {
    const factors = frozen.has(id) ? undefined : productOf(graph, id);
    if (!factors) return undefined;
    for (const [first, second] of [factors, [...factors].reverse()]) {
      const divisor = reciprocalOf(graph, first!);
      const quotient = reciprocalOf(graph, second!);
      if (divisor === undefined || quotient === undefined) continue;
      const { op, args } = graph.nodes[quotient]!;
      if (op === "div" && args[1] === divisor) return graph.apply("div", graph.constant(1), imageOf(args[0]!));
    }
    return undefined;
  });
}

/** K·(a·b) = (K·a)·b where K·a, or −K·a, exists and a·b has no other use. */
function shareMultiples(graph: Graph, outputs: readonly NodeId[], frozen: ReadonlySet<NodeId>): NodeId[] {
  const uses = useCounts(graph, outputs);
  const multiples = new Map<string, { id: NodeId; constant: number }>();
  const split = (id: NodeId) => {
    const factors = productOf(graph, id);
    const index = factors ? factors.findIndex((factor) => graph.valueOf(factor) !== undefined) : -1;
    return index < 0 ? undefined : { constant: graph.valueOf(factors![index]!)!, other: factors![1 - index]! };
  };
  for (const id of liveNodes(graph, outputs)) {
    const multiple = split(id);
    if (multiple) multiples.set(`${Math.abs(multiple.constant)}|${multiple.other}`, { id, constant: multiple.constant });
  }
  return rewrite(graph, outputs, (id, imageOf) => {
    const multiple = frozen.has(id) ? undefined : split(id);
    const factors = multiple && productOf(graph, multiple.other);
    if (!factors || uses[multiple.other]! > 1 || frozen.has(multiple.other)) return undefined;
    for (const [factor, rest] of [factors, [...factors].reverse()]) {
      const found = multiples.get(`${Math.abs(multiple.constant)}|${factor}`);
      if (!found || found.id === id) continue;
      const product = graph.apply("mul", imageOf(found.id), imageOf(rest!));
      return found.constant === multiple.constant ? product : graph.apply("neg", product);
    }
    return undefined;
  });
}

/** a·(1/b) = a/b, one rounding less, where 1/b is used once or twice and by products alone; used more often it is shared. */
function divideAgain(graph: Graph, outputs: readonly NodeId[], frozen: ReadonlySet<NodeId>): NodeId[] {
  const uses = useCounts(graph, outputs);
  const productUses = new Uint32Array(graph.nodes.length);
  for (const id of liveNodes(graph, outputs)) {
    if (frozen.has(id)) continue;
    const [a, b] = productOf(graph, id) ?? [];
    if (a === undefined || b === undefined || a === b) continue;
    for (const factor of [a, b]) productUses[factor]!++;
  }
  const folds = (id: NodeId) => reciprocalOf(graph, id) !== undefined && !frozen.has(id) && uses[id]! <= 2 && productUses[id] === uses[id];
  return rewrite(graph, outputs, (id, imageOf) => {
    const factors = frozen.has(id) ? undefined : productOf(graph, id);
    const index = factors ? factors.findIndex(folds) : -1;
    if (index < 0) return undefined;
    return graph.apply("div", imageOf(factors![1 - index]!), imageOf(reciprocalOf(graph, factors![index]!)!));
  });
}
