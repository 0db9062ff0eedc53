import type { Graph, Node, NodeId } from "../graph/node.ts";

const set = (names: string) => new Set(names.split(" ") as Node["op"][]);
/** Results grow no faster than the greatest operand. */
const slow = set("add sub neg abs min max select and sqrt cbrt hypot sin cos tanh asin acos atan asinh erf softplus logistic");
const fast = set("exp exp2 expm1 sinh cosh");
/** Exponentials make exponentials. */
const closed = set("neg abs sqrt cbrt mul div pow");
const { POSITIVE_INFINITY: up, NEGATIVE_INFINITY: down } = Number;
/** Functions with a finite limit at −∞, at ∞, at both. */
const limits: readonly (readonly [at: number | undefined, ops: ReadonlySet<Node["op"]>])[] = [
  [down, set("exp exp2 expm1 softplus")],
  [up, set("erfcx")],
  [undefined, set("tanh atan erf erfc logistic normalCdf normalPdf gauss")],
];

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
export function isOfExponentials(graph: Graph, id: NodeId): boolean {
  const { op, args } = graph.nodes[id]!;
  const isMade = op === "sqrt" || op === "cbrt" || op === "div" || (op === "mul" && args.every((arg) => graph.valueOf(arg) === undefined));
  return isExponential(graph, id) && (isMade || (op === "pow" && isExponential(graph, args[0]!)));
}

/**
 * The operand that overflows, together with its slope, where the node has a limit, and at which infinity, if not at both. It
 * is large there, as e^x and x³ are, and nowhere else: the slope by it is 0 then. At a pole it may have any.
 */
export function flatAt(graph: Graph, id: NodeId): { readonly operand: 0 | 1; readonly at: number | undefined } | undefined {
  const { op, args } = graph.nodes[id]!;
  const operand = op === "div" ? 1 : 0;
  const [at, ops] = limits.find(([, ops]) => ops.has(op)) ?? [];
  const hasLimit = ops || op === "div" || (op === "pow" && graph.valueOf(args[1]!)! < 0);
  return hasLimit && growthOf(graph, args[operand]!).degree > 2 ? { operand, at } : undefined;
}

/** Whether the rule of a node, as written, makes NaN where its slope is known. */
export const needsCare = (graph: Graph, id: NodeId): boolean =>
  flatAt(graph, id) !== undefined ||
  isOfExponentials(graph, id) ||
  (graph.nodes[id]!.op === "div" && isExponential(graph, graph.nodes[id]!.args[1]!));
