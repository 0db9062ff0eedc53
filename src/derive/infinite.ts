import type { Graph, Node, NodeId } from "../graph/node.ts";

const set = (names: string) => new Set(names.split(" ") as Node["op"][]);
/** Results grow no faster than the greatest operand. */
const slow = set("add sub neg abs min max select and sqrt cbrt hypot sin cos tanh asin acos atan asinh erf softplus logistic");
const fast = set("exp exp2 expm1 sinh cosh");
/** Exponentials make exponentials. */
const closed = set("neg abs sqrt cbrt mul div pow");
/** Exponentials whose rule is right as written. */
const plain = set("exp exp2 neg abs add");
const { POSITIVE_INFINITY: up, NEGATIVE_INFINITY: down } = Number;
/** Functions with a limit at −∞ alone, and at both infinities. */
const flatBelow = set("exp exp2 expm1 softplus");
const flat = set("tanh atan erf erfc logistic normalCdf normalPdf");

/** What is known of a node where it over- or underflows. */
interface Growth {
  /** 0 for constants, the degree of polynomials, Infinity for what grows faster, NaN for what may have a pole, or is not known. */
  readonly degree: number;
  /** Whether it is a product, a quotient, a root, a power of e^u, e^v, … and constants: never 0 in truth, but with its slope where it underflows. */
  readonly isExponential: boolean;
}

const growths = new WeakMap<Graph, Growth[]>();

function growthOf(graph: Graph, id: NodeId): Growth {
  const known = growths.get(graph) ?? [];
  growths.set(graph, known);
  while (known.length <= id) known.push(growthFrom(graph, known.length, known));
  return known[id]!;
}

function growthFrom(graph: Graph, id: NodeId, known: readonly Growth[]): Growth {
  const { op, args } = graph.nodes[id]!;
  const operands = args.map((arg) => known[arg]!);
  const [a = Number.NaN, b = Number.NaN] = operands.map(({ degree }) => degree);
  const [base, exponent] = args.map(graph.valueOf);
  const isMade =
    (closed.has(op) || (op === "add" && args[0] === args[1])) &&
    operands.some(({ isExponential }) => isExponential) &&
    operands.every(({ isExponential }, index) => isExponential || graph.valueOf(args[index]!));
  const isPower = op === "pow" && base! > 0;
  const degree = () => {
    if (op === "input") return 1;
    if (op === "constant" || graph.isMask(id)) return 0;
    if (op === "mul" || (op === "div" && (b === 0 || operands[1]!.isExponential))) return a + b;
    if (isPower || fast.has(op)) return (isPower ? b : a) >= 0 ? up : Number.NaN;
    if (op === "pow") return exponent! > 0 ? a * exponent! : isMade ? a : Number.NaN;
    return slow.has(op) ? Math.max(...operands.map((operand) => operand.degree)) : Number.NaN;
  };
  return { degree: degree(), isExponential: isMade || isPower || op === "exp" || op === "exp2" };
}

export const isExponential = (graph: Graph, id: NodeId) => growthOf(graph, id).isExponential;

/** Whether a node's tangent is best its value times the tangent of its logarithm: its factors may be 0 or infinite where it is not. */
export const isOfExponentials = (graph: Graph, id: NodeId): boolean => {
  const { op, args } = graph.nodes[id]!;
  return isExponential(graph, id) && !plain.has(op) && (op !== "mul" || args.every((arg) => graph.valueOf(arg) === undefined));
};

/**
 * Where a node has a limit: the operand that overflows, together with its slope, and the mask of lanes where it does not. It
 * is large there, as e^x and x³ are, and nowhere else: the slope by it is 0 then. At a pole it may have any.
 */
export function limitOf(graph: Graph, id: NodeId): { readonly operand: 0 | 1; readonly within: NodeId } | undefined {
  const { op, args } = graph.nodes[id]!;
  const operand = op === "div" ? 1 : 0;
  const isBelow = flatBelow.has(op);
  const hasLimit = isBelow || flat.has(op) || operand || (op === "pow" && graph.valueOf(args[1]!)! < 0);
  const x = args[operand]!;
  if (!hasLimit || !(growthOf(graph, x).degree > 2)) return undefined;
  return { operand, within: graph.apply("ne", isBelow ? x : graph.apply("abs", x), graph.constant(isBelow ? down : up)) };
}

/** Whether the rule of a node, as written, makes NaN where its slope is known. */
export const needsCare = (graph: Graph, id: NodeId): boolean => {
  const { op, args } = graph.nodes[id]!;
  return isOfExponentials(graph, id) || (op === "div" && isExponential(graph, args[1]!)) || limitOf(graph, id) !== undefined;
};
