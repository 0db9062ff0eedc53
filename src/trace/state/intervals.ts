import type { Graph, NodeId } from "../../graph/graph.ts";

/** What a number is between, both ends included, where it is not NaN. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly mayBeNaN: boolean;
}
/** By node. */
export type Bounds = Map<NodeId, Interval>;

const anything: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, mayBeNaN: true };
const bits = new DataView(new ArrayBuffer(8));
/** The next double above. */
function above(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  if (!(x < Number.POSITIVE_INFINITY)) return x;
  bits.setFloat64(0, x);
  bits.setBigInt64(0, bits.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
const below = (x: number) => -above(-x);

const isOneOf = ({ low, high }: Interval, value: number) => low <= value && value <= high;
const isUnbounded = ({ low, high }: Interval) => low === Number.NEGATIVE_INFINITY || high === Number.POSITIVE_INFINITY;

/** Operations that rise or fall with each operand, and so does their rounding: the ends of the operands give those of the result. */
const monotone: Readonly<Record<string, (a: number, b: number) => number>> = {
  neg: (a) => -a,
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round: Math.round,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

/** Between what the number of a node is, from bounds that are known. */
export function intervalOf(graph: Graph, node: NodeId, bounds: Bounds, depth = 0): Interval {
  const { op, args, value } = graph.nodes[node]!;
  if (op === "constant") return { low: value, high: value, mayBeNaN: Number.isNaN(value) };
  return intersect(computed(graph, op, args, bounds, depth + 1), bounds.get(node));
}

function computed(graph: Graph, op: string, args: readonly NodeId[], bounds: Bounds, depth: number): Interval {
  if (depth <= 6 && op === "rem") return remainder(intervalOf(graph, args[0]!, bounds, depth), intervalOf(graph, args[1]!, bounds, depth));
  // Of a constant that is not negative, some bits are taken.
  const mask = op === "bitAnd" ? Math.max(...args.map((arg) => graph.valueOf(arg) ?? -1)) : -1;
  if (mask >= 0 && mask < 2 ** 31) return { low: 0, high: mask, mayBeNaN: false };
  if (depth > 6 || (op !== "abs" && !monotone[op])) return anything;
  const a = intervalOf(graph, args[0]!, bounds, depth);
  if (a === anything && op !== "abs") return anything;
  const b = args.length > 1 ? intervalOf(graph, args[1]!, bounds, depth) : a;
  if (op === "abs") {
    const [low, high] = [Math.abs(a.low), Math.abs(a.high)];
    return { low: isOneOf(a, 0) ? 0 : Math.min(low, high), high: Math.max(low, high), mayBeNaN: a.mayBeNaN };
  }
  const compute = monotone[op]!;
  if (b === anything || (op === "div" && isOneOf(b, 0))) return anything;
  if (op === "mul" && ((isOneOf(a, 0) && isUnbounded(b)) || (isOneOf(b, 0) && isUnbounded(a)))) return anything;
  const ends = [a.low, a.high].flatMap((x) => [compute(x, b.low), compute(x, b.high)]);
  return ends.some(Number.isNaN) ? anything : { low: Math.min(...ends), high: Math.max(...ends), mayBeNaN: a.mayBeNaN || b.mayBeNaN };
}

/** It has the sign of `a`, and is nearer to 0 than `b`. */
function remainder(a: Interval, b: Interval): Interval {
  const limit = below(Math.max(-b.low, b.high));
  const mayBeNaN = a.mayBeNaN || b.mayBeNaN || isUnbounded(a) || isOneOf(b, 0);
  return { low: a.low >= 0 ? 0 : Math.max(a.low, -limit), high: a.high <= 0 ? 0 : Math.min(a.high, limit), mayBeNaN };
}

const intersect = (a: Interval, b: Interval | undefined): Interval =>
  a === anything || !b ? (b ?? a) : { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high), mayBeNaN: a.mayBeNaN && b.mayBeNaN };

type Comparison = "lt" | "le" | "eq";
/** A comparison by one of three. */
const canonical: Readonly<Record<string, { readonly as: Comparison; readonly swap?: true; readonly negate?: true }>> = {
  lt: { as: "lt" },
  gt: { as: "lt", swap: true },
  le: { as: "le" },
  ge: { as: "le", swap: true },
  eq: { as: "eq" },
  ne: { as: "eq", negate: true },
};

/** Whether a comparison holds, from what is known of its operands. */
export function decide(graph: Graph, mask: NodeId, bounds: Bounds): boolean | undefined {
  const { op, args } = graph.nodes[mask]!;
  const comparison = canonical[op];
  if (!comparison) return undefined;
  const [x, y] = args.map((arg) => intervalOf(graph, arg, bounds)) as [Interval, Interval];
  const [a, b] = comparison.swap ? [y, x] : [x, y];
  const isNumber = !a.mayBeNaN && !b.mayBeNaN;
  const holds = {
    lt: a.low >= b.high ? false : a.high < b.low && isNumber ? true : undefined,
    le: a.low > b.high ? false : a.high <= b.low && isNumber ? true : undefined,
    eq: a.low > b.high || a.high < b.low ? false : undefined,
  }[comparison.as];
  return comparison.negate && holds !== undefined ? !holds : holds;
}

/** The bounds that a comparison gives which holds, or does not. */
export function learn(graph: Graph, mask: NodeId, holds: boolean, bounds: Bounds): [NodeId, Interval][] {
  const { op, args } = graph.nodes[mask]!;
  const comparison = canonical[op];
  if (!comparison) return [];
  const [first, second] = (comparison.swap ? [args[1], args[0]] : args) as [NodeId, NodeId];
  const [a, b] = [first, second].map((arg) => intervalOf(graph, arg, bounds)) as [Interval, Interval];
  const found: [NodeId, Interval][] = [];
  const bound = (node: NodeId, low: number, high: number, mayBeNaN: boolean) =>
    void found.push([node, intersect({ low, high, mayBeNaN }, node === first ? a : b)]);
  if (holds !== (comparison.negate ?? false)) {
    const strict = comparison.as === "lt";
    const isEqual = comparison.as === "eq";
    bound(first, isEqual ? b.low : anything.low, strict ? below(b.high) : b.high, false);
    bound(second, strict ? above(a.low) : a.low, isEqual ? a.high : anything.high, false);
  } else if (comparison.as !== "eq") {
    // Not a < b: a ≥ b, or either is NaN.
    const strict = comparison.as === "le";
    if (!b.mayBeNaN) bound(first, strict ? above(b.low) : b.low, anything.high, true);
    if (!a.mayBeNaN) bound(second, anything.low, strict ? below(a.high) : a.high, true);
  }
  return found;
}
