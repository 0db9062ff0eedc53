import type { Graph, NodeId } from "./node.ts";
import { rewrite } from "./rewrite.ts";

/** Exponents between which c·x^(c−1) neither over- nor underflows where the slope itself does not. */
const plainSlope = (exponent: number) => Math.abs(exponent) >= 2 ** -6 && Math.abs(exponent) <= 2 ** 6 && exponent - 1 + 1 === exponent;

const halves: { readonly [exponent: number]: (x: number) => number } = {
  0.5: (x) => (x === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : Math.sqrt(x + 0)),
  1.5: (x) => (x === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : x * Math.sqrt(x)),
};

/** Powers with a constant exponent that need no logarithm. */
export const powers = {
  /** x^c for c in −1 … 4: correctly rounded, or within 1.5 ulp. ½ and 1½ stay powers until `lowerPowers`, for their rule is better than that of a root. */
  value(graph: Graph, x: NodeId, exponent: number | undefined): NodeId | undefined {
    const { apply, constant, valueOf } = graph;
    if (exponent === 0) return constant(1);
    if (exponent === 1) return x;
    if (exponent === -1) return apply("div", constant(1), x);
    if (exponent === 2 || exponent === 3 || exponent === 4) {
      const square = apply("mul", x, x);
      return exponent === 2 ? square : exponent === 3 ? apply("mul", square, x) : apply("mul", square, square);
    }
    const known = valueOf(x);
    const half = exponent === undefined ? undefined : halves[exponent];
    return half && known !== undefined ? constant(half(known)) : undefined;
  },

  /** c·x^(c−1) where c − 1 is exact. */
  slope(graph: Graph, x: NodeId, exponent: number | undefined): NodeId | undefined {
    if (exponent === 0) return graph.constant(0);
    if (exponent === undefined || !plainSlope(exponent)) return undefined;
    return graph.apply("mul", graph.constant(exponent), graph.apply("pow", x, graph.constant(exponent - 1)));
  },
};

/** x^½ and x^1½ by square roots, with JavaScript's special values: x^½ of −0 is +0, and of −Infinity +Infinity. */
export function lowerPowers(graph: Graph, outputs: readonly NodeId[]): readonly NodeId[] {
  const { apply, constant, nodes, valueOf } = graph;
  return rewrite(graph, outputs, (id, imageOf) => {
    const { op, args } = nodes[id]!;
    const exponent = op === "pow" ? valueOf(args[1]!) : undefined;
    if (exponent !== 0.5 && exponent !== 1.5) return undefined;
    const x = imageOf(args[0]!);
    const root = exponent === 0.5 ? apply("sqrt", apply("add", x, constant(0))) : apply("mul", x, apply("sqrt", x));
    const isMinusInfinity = apply("eq", x, constant(Number.NEGATIVE_INFINITY));
    return apply("select", isMinusInfinity, constant(Number.POSITIVE_INFINITY), root);
  });
}
