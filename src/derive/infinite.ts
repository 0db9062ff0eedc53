import type { Graph, Node, NodeId } from "../graph/node.ts";

const set = (names: string) => new Set(names.split(" ") as Node["op"][]);
/** Results grow no faster than the greatest operand. */
const slow = set("add sub neg abs min max select and sqrt cbrt hypot sin cos tanh asin acos atan asinh erf softplus logistic");
const fast = set("exp exp2 expm1 sinh cosh");

/** u where a node is e^u times constants: never 0 in truth, but with its slope where it underflows. */
export function exponentOf(graph: Graph, id: NodeId): NodeId | undefined {
  const { op, args } = graph.nodes[id]!;
  if (op === "exp") return args[0];
  const isMultiple =
    op === "neg" || (op === "add" && args[0] === args[1]) || (op === "mul" && args.some((arg) => (graph.valueOf(arg) ?? 0) !== 0));
  return isMultiple ? exponentOf(graph, args.find((arg) => graph.valueOf(arg) === undefined)!) : undefined;
}

/** Whether the rule of a quotient, as written, makes NaN where its slope is known. */
export const needsCare = (graph: Graph, { op, args }: Node): boolean =>
  op === "div" && (exponentOf(graph, args[1]!) !== undefined || overflowsWithSlope(graph, args[1]!));

/** By node: 0 for constants, the degree of polynomials, Infinity for what grows faster, NaN for what may have a pole, or is not known. */
const degrees = new WeakMap<Graph, number[]>();

/**
 * Whether a node overflows, together with its slope, where it is large, as e^x and x³ do, and nowhere else: the quotient by
 * it has the slope 0 there. At a pole it may have any.
 */
export function overflowsWithSlope(graph: Graph, id: NodeId): boolean {
  const known = degrees.get(graph) ?? [];
  degrees.set(graph, known);
  while (known.length <= id) known.push(degreeOf(graph.nodes[known.length]!, known));
  return known[id]! > 2;
}

function degreeOf({ op, args }: Node, known: readonly number[]): number {
  const [a = Number.NaN, b = Number.NaN] = args.map((arg) => known[arg]!);
  if (op === "constant") return 0;
  if (op === "input") return 1;
  if (op === "mul") return a + b;
  if (op === "div" && b === 0) return a;
  if (slow.has(op)) return Math.max(...args.map((arg) => known[arg]!));
  return fast.has(op) && a >= 0 ? Number.POSITIVE_INFINITY : Number.NaN;
}
