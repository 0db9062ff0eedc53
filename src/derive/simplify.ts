import type { Graph, NodeId } from "../graph/graph.ts";
import { rewrite, useCounts } from "../graph/rewrite.ts";
import { reselect, type Selection } from "./selection.ts";

// Steps that simplify derivative nodes, whose rounding may move; what is frozen stays as it is. Another one is in monomials.ts.

const productOf = (graph: Graph, id: NodeId) => (graph.nodes[id]!.op === "mul" ? graph.nodes[id]!.args : undefined);

/** The divisor of a reciprocal 1/x, else `undefined`. */
const reciprocalOf = (graph: Graph, id: NodeId) => {
  const { op, args } = graph.nodes[id]!;
  return op === "div" && graph.valueOf(args[0]!) === 1 ? args[1] : undefined;
};

/** What a product becomes, asked with its factors in both orders. */
const eitherWay = (factors: readonly NodeId[], change: (a: NodeId, b: NodeId) => NodeId | undefined) =>
  change(factors[0]!, factors[1]!) ?? change(factors[1]!, factors[0]!);

/** (1/b) · (1/(a/b)) = 1/a */
export function cancelQuotients(graph: Graph, given: Selection): Selection {
  const { outputs, live, frozen } = given;
  const { nodes, apply, constant } = graph;
  const quotientUnder = (id: NodeId) => {
    const divisor = reciprocalOf(graph, id);
    return divisor !== undefined && nodes[divisor]!.op === "div" ? nodes[divisor]!.args : undefined;
  };
  if (!live.some(quotientUnder)) return given;
  const change = (id: NodeId, imageOf: (id: NodeId) => NodeId) => {
    const factors = frozen.has(id) ? undefined : productOf(graph, id);
    return (
      factors &&
      eitherWay(factors, (first, second) => {
        const quotient = quotientUnder(second);
        return quotient && quotient[1] === reciprocalOf(graph, first) ? apply("div", constant(1), imageOf(quotient[0]!)) : undefined;
      })
    );
  };
  return reselect(graph, given, rewrite(graph, outputs, change, live));
}

/** The steps after shareProducts. */
export const endSimplifying = (graph: Graph, given: Selection): Selection => divideAgain(graph, shareMultiples(graph, given));

/** K·(a·b) = (K·a)·b where K·a, or −K·a, exists and a·b has no other use. */
function shareMultiples(graph: Graph, given: Selection): Selection {
  const { outputs, live, frozen } = given;
  const { apply, valueOf } = graph;
  const multiples = new Map<string, { id: NodeId; constant: number }>();
  const split = (id: NodeId) => {
    const factors = productOf(graph, id);
    const index = factors ? factors.findIndex((factor) => valueOf(factor) !== undefined) : -1;
    return index < 0 ? undefined : { constant: valueOf(factors![index]!)!, other: factors![1 - index]! };
  };
  live.forEach((id) => {
    const multiple = split(id);
    if (multiple) multiples.set(`${Math.abs(multiple.constant)}|${multiple.other}`, { id, constant: multiple.constant });
  });
  if (multiples.size < 2) return given;
  const uses = useCounts(graph, outputs, live);
  const change = (id: NodeId, imageOf: (id: NodeId) => NodeId) => {
    const multiple = frozen.has(id) ? undefined : split(id);
    const factors = multiple && productOf(graph, multiple.other);
    if (!factors || uses[multiple.other]! > 1 || frozen.has(multiple.other)) return undefined;
    return eitherWay(factors, (factor, rest) => {
      const found = multiples.get(`${Math.abs(multiple.constant)}|${factor}`);
      if (!found || found.id === id) return undefined;
      const product = apply("mul", imageOf(found.id), imageOf(rest));
      return found.constant === multiple.constant ? product : apply("neg", product);
    });
  };
  return reselect(graph, given, rewrite(graph, outputs, change, live));
}

/** a·(1/b) = a/b, one rounding less, where 1/b is used once or twice and by products alone; used more often it is shared. */
function divideAgain(graph: Graph, given: Selection): Selection {
  const { outputs, live, frozen } = given;
  const uses = useCounts(graph, outputs, live);
  const productUses = new Uint32Array(graph.nodes.length);
  live.forEach((id) => {
    const factors = frozen.has(id) ? undefined : productOf(graph, id);
    if (factors && factors[0] !== factors[1]) factors.forEach((factor) => productUses[factor]!++);
  });
  const folds = (id: NodeId) => reciprocalOf(graph, id) !== undefined && !frozen.has(id) && uses[id]! <= 2 && productUses[id] === uses[id];
  if (!live.some(folds)) return given;
  const change = (id: NodeId, imageOf: (id: NodeId) => NodeId) => {
    const factors = frozen.has(id) ? undefined : productOf(graph, id);
    return (
      factors &&
      eitherWay(factors, (reciprocal, other) =>
        folds(reciprocal) ? graph.apply("div", imageOf(other), imageOf(reciprocalOf(graph, reciprocal)!)) : undefined,
      )
    );
  };
  return reselect(graph, given, rewrite(graph, outputs, change, live));
}
