import { sumTail } from "./lengths.ts";
import type { Graph, NodeId } from "./node.ts";

/** A number as bits: bit operations have no slope. */
const withoutSlope = (graph: Graph, node: NodeId): NodeId =>
  graph.valueOf(node) === undefined ? graph.apply("andnot", node, graph.constant(0)) : node;

/**
 * log(e^x₁ + e^x₂ + …) of two or more: each term is compared with the largest, and those that equal it are counted, so that
 * log(1 + rest) keeps the digits of a small rest. Every power, sum and logarithm carries its tail; tails have no slope, as
 * the result does not depend on which of the terms the others are compared with, and is rounded but once.
 */
export function logSumExpOf(graph: Graph, xs: readonly NodeId[]): NodeId {
  const { apply, constant } = graph;
  const infinity = constant(Number.POSITIVE_INFINITY);
  const sum = (nodes: readonly NodeId[]) => nodes.reduce((a, b) => apply("add", a, b));
  const ifFinite = (size: NodeId, node: NodeId) => apply("and", node, apply("lt", apply("abs", size), infinity));

  const tails: NodeId[] = [];
  const plus = (a: NodeId, b: NodeId) => {
    const total = apply("add", a, b);
    tails.push(sumTail(graph, a, b, total));
    return total;
  };

  const largest = apply("max", ...xs);
  const shift = withoutSlope(graph, apply("select", apply("lt", apply("abs", largest), infinity), largest, constant(0)));
  const opposite = apply("neg", shift);
  const tied = xs.map((x) => apply("and", constant(1), apply("eq", x, shift)));
  const terms = xs.map((x, i) => {
    const difference = apply("sub", x, shift);
    const power = apply("exp", difference);
    const tail = apply("add", sumTail(graph, x, opposite, difference), apply("expTail", difference));
    const correction = ifFinite(difference, apply("mul", power, withoutSlope(graph, tail)));
    return apply("sub", plus(power, correction), tied[i]!);
  });
  const total = [apply("sub", sum(tied), constant(1)), ...terms].reduce(plus);
  const rest = sum(tails);
  const others = apply("add", total, ifFinite(total, withoutSlope(graph, rest)));
  const logarithm = apply("log1p", others);
  const value = apply("add", shift, logarithm);
  const last = [apply("log1pTail", others, sumTail(graph, total, rest, others)), sumTail(graph, shift, logarithm, value)];
  return apply("add", value, ifFinite(value, withoutSlope(graph, sum(last))));
}
