import type { Graph, NodeId } from "../graph/graph.ts";

/**
 * A partial derivative on an edge of the linear graph: `coefficient · node · reciprocal`, zero in lanes outside `mask`.
 * Coefficients stay numbers until the end, so that signs and powers of two cancel; the mask is applied after every
 * product, so that an untaken lane is an exact zero whatever its factors are (0·∞ never appears).
 */
export interface Edge {
  readonly coefficient: number;
  /** `undefined`: 1. */
  readonly node: NodeId | undefined;
  /** A node 1/x, `undefined`: 1. It is multiplied last, so that (z·e)/b is right where z/b underflows. */
  readonly reciprocal: NodeId | undefined;
  /** `undefined`: every lane. */
  readonly mask: NodeId | undefined;
}

export const unit: Edge = { coefficient: 1, node: undefined, reciprocal: undefined, mask: undefined };
const isUnit = ({ coefficient, node, reciprocal, mask }: Edge) =>
  coefficient === 1 && node === undefined && reciprocal === undefined && mask === undefined;

/** How sums are written: `factored` pulls an exact whole ratio of two coefficients out of the sum. */
export interface SumStyle {
  readonly factored: boolean;
}

export interface EdgeAlgebra {
  /** A primal expression as an edge; constants and signs go into the coefficient. */
  from(node: NodeId): Edge;
  /** 1/node as an edge; powers of two go into the coefficient. */
  reciprocal(node: NodeId): Edge;
  product(a: Edge, b: Edge): Edge;
  sum(a: Edge, b: Edge): Edge;
  masked(edge: Edge, mask: NodeId): Edge;
  /** The edge as a node. */
  materialise(edge: Edge): NodeId;
  /** Whether some sum was, or could have been, factored. */
  readonly hasFactors: boolean;
}

/**
 * Coefficients are multiplied out of turn, so they must not take a product out of range that is within it as written:
 * beyond these bounds a constant stays where it stands.
 */
const isModerate = (value: number) => value === 0 || (Math.abs(value) >= 2 ** -128 && Math.abs(value) <= 2 ** 128);

export function edgeAlgebra(graph: Graph, { factored }: SumStyle): EdgeAlgebra {
  const { apply, constant, valueOf, nodes } = graph;
  let hasFactors = false;

  const from = (node: NodeId): Edge => {
    const value = valueOf(node);
    if (value !== undefined && isModerate(value)) return { ...unit, coefficient: value };
    if (nodes[node]!.op === "neg") return { ...unit, coefficient: -1, node: nodes[node]!.args[0] };
    return { ...unit, node };
  };

  const reciprocal = (node: NodeId): Edge => {
    const { op, args } = nodes[node]!;
    if (op === "neg") return scale(-1, reciprocal(args[0]!));
    if (op === "add" && args[0] === args[1]) return scale(0.5, reciprocal(args[0]!));
    const inverse = from(apply("div", constant(1), node));
    return { ...inverse, node: undefined, reciprocal: inverse.node };
  };

  const scale = (factor: number, edge: Edge): Edge => ({ ...edge, coefficient: factor * edge.coefficient });

  const multiplied = (a: NodeId | undefined, b: NodeId | undefined) => (a === undefined ? b : b === undefined ? a : apply("mul", a, b));

  /** The same edge with the reciprocal in its node. */
  const absorbed = (edge: Edge): Edge => {
    if (edge.reciprocal === undefined) return edge;
    return { ...edge, node: multiplied(edge.node, edge.reciprocal), reciprocal: undefined };
  };

  const both = (a: NodeId | undefined, b: NodeId | undefined) =>
    a === undefined ? b : b === undefined || a === b ? a : apply("and", a, b);

  const product = (a: Edge, b: Edge): Edge => {
    if (isUnit(a)) return b;
    if (isUnit(b)) return a;
    const node = multiplied(a.node, b.node);
    const plain = node === undefined ? unit : from(node);
    const coefficient = plain.coefficient * (a.coefficient * b.coefficient);
    const mask = both(a.mask, b.mask);
    const reciprocal = multiplied(a.reciprocal, b.reciprocal);
    if (isModerate(coefficient)) return { coefficient, node: plain.node, reciprocal, mask };
    const scaled = multiple(a.coefficient, a.node);
    return { coefficient: b.coefficient, node: multiplied(scaled, b.node), reciprocal, mask };
  };

  const masked = (edge: Edge, mask: NodeId): Edge => ({ ...edge, mask: both(edge.mask, mask) });

  const multiple = (coefficient: number, node: NodeId | undefined) =>
    node === undefined ? constant(coefficient) : apply("mul", constant(coefficient), node);
  const unmasked = (edge: Edge) => {
    const { coefficient, node } = absorbed(edge);
    return multiple(coefficient, node);
  };
  const materialise = (edge: Edge) => (edge.mask === undefined ? unmasked(edge) : apply("and", unmasked(edge), edge.mask));

  /** Two terms under the same mask. */
  const sumOfTerms = (first: Edge, second: Edge): Edge => {
    const [a, b] = first.reciprocal === second.reciprocal ? [first, second] : [absorbed(first), absorbed(second)];
    const { mask, reciprocal } = a;
    if (a.node === b.node) return { ...a, coefficient: a.coefficient + b.coefficient };
    if (a.node !== undefined && b.node !== undefined) {
      if (a.coefficient === b.coefficient) {
        const total = product({ ...unit, coefficient: a.coefficient }, from(apply("add", a.node, b.node)));
        return { ...total, reciprocal, mask };
      }
      if (a.coefficient === -b.coefficient) {
        const [plus, minus] = a.coefficient > 0 ? [a, b] : [b, a];
        return { coefficient: plus.coefficient, node: apply("sub", plus.node!, minus.node!), reciprocal, mask };
      }
      const ratio = wholeRatio(a, b);
      if (ratio !== undefined) {
        hasFactors = true;
        if (factored) return { ...pullOut(a, b, ratio), reciprocal, mask };
      }
    }
    const [negativeA, negativeB] = [a.coefficient < 0, b.coefficient < 0];
    if (negativeA !== negativeB) {
      const [plus, minus] = negativeA ? [b, a] : [a, b];
      const node = apply("sub", multiple(plus.coefficient, plus.node), multiple(-minus.coefficient, minus.node));
      return { coefficient: 1, node, reciprocal, mask };
    }
    const sign = negativeA ? -1 : 1;
    const node = apply("add", multiple(sign * a.coefficient, a.node), multiple(sign * b.coefficient, b.node));
    return { coefficient: sign, node, reciprocal, mask };
  };

  const bySize = (a: Edge, b: Edge) => (Math.abs(a.coefficient) <= Math.abs(b.coefficient) ? [a, b] : [b, a]) as [Edge, Edge];

  /** How many times the smaller coefficient goes into the larger, if that is whole, and the larger's node a product anyway. */
  const wholeRatio = (a: Edge, b: Edge): number | undefined => {
    const [small, large] = bySize(a, b);
    const ratio = large.coefficient / small.coefficient;
    const fits = ratio === Math.round(ratio) && Math.abs(small.coefficient) !== 1 && nodes[large.node!]!.op === "mul";
    return fits ? ratio : undefined;
  };

  /** p·x + (r·p)·y = p·(x + r·y) */
  const pullOut = (a: Edge, b: Edge, ratio: number) => {
    const [small, large] = bySize(a, b);
    const rest = multiple(Math.abs(ratio), large.node);
    return { coefficient: small.coefficient, node: apply(ratio > 0 ? "add" : "sub", small.node!, rest) };
  };

  const sum = (a: Edge, b: Edge): Edge => {
    if (a.mask === b.mask) return sumOfTerms(a, b);
    if (a.mask !== undefined && b.mask !== undefined) {
      if (apply("not", a.mask) === b.mask) return from(apply("select", a.mask, unmasked(a), unmasked(b)));
      return { ...from(apply("add", materialise(a), materialise(b))), mask: apply("or", a.mask, b.mask) };
    }
    return from(apply("add", materialise(a), materialise(b)));
  };

  return {
    from,
    reciprocal,
    product,
    sum,
    masked,
    materialise,
    get hasFactors() {
      return hasFactors;
    },
  };
}
