import type { Graph, NodeId } from "../graph/graph.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import { isExponential, isOfExponentials, limitOf } from "./infinite.ts";
import { type RuleOperand, ruleOf } from "./rule.ts";

/** What a tangent can do under a rule: rules are linear in the tangents. Of a zero all but `add` and `select` make zero. */
export interface TangentDomain<T> {
  readonly zero: T;
  isZero(a: T): boolean;
  add(a: T, b: T): T;
  neg(a: T): T;
  mul(a: T, factor: NodeId): T;
  div(a: T, divisor: NodeId): T;
  and(a: T, mask: NodeId): T;
  select(mask: NodeId, a: T, b: T): T;
  /** Flips the sign of `a` where `sign` has its sign bit set. */
  xor(a: T, sign: NodeId): T;
}

/** The tangent of node `id` from the tangents of its operands. Zeros are structural: what is not there is not multiplied. */
export function pushThroughRule<T>(graph: Graph, id: NodeId, tangentOf: (node: NodeId) => T, domain: TangentDomain<T>): T {
  const { op, args } = graph.nodes[id]!;
  const tangents = args.map(tangentOf);
  const { arity, gives, maskOperands = 0, readsTable } = operations[op as OperationName];
  if (readsTable) return domain.zero;
  if (arity === Number.POSITIVE_INFINITY && args.length > 2) return pushThroughMany(graph, id, tangents, domain);
  if (gives === "bits" && maskOperands === 0) return pushThroughBits(graph, op as OperationName, args, tangents, domain);

  const alongLogarithm = (node: NodeId) => domain.mul(tangentOfLogarithm(graph, node, tangentOf, domain), id);
  if (isOfExponentials(graph, id)) {
    const tangent = alongLogarithm(id);
    if (!domain.isZero(tangent)) return tangent; // e^u/e^u is NaN where e^u overflows, and so is its slope
  }
  // a/a is constant, whatever is made of its slope, but where it is NaN.
  if (op === "div" && args[0] === args[1]) {
    return domain.isZero(tangents[0]!) ? domain.zero : domain.and(domain.mul(tangents[0]!, id), graph.apply("ne", id, id));
  }

  const rule = ruleOf(op as OperationName);
  const primal: Record<string, NodeId> = { z: id };
  const tangent: Record<string, T> = {};
  const names = maskOperands ? "mab" : "ab";
  args.forEach((arg, index) => {
    primal[names[index]!] = arg;
    if (index >= maskOperands) tangent[`d${names[index]}`] = tangents[index]!;
  });
  const steps: Value<T>[] = [];
  const resolve = (operand: RuleOperand): Value<T> => {
    if (typeof operand === "string") return operand in tangent ? { tangent: tangent[operand]! } : { primal: primal[operand]! };
    return "step" in operand ? steps[operand.step]! : { primal: graph.constant(operand.constant) };
  };
  // a/e^u: a′/e^u − z u′, where e^u is 0 by underflow, too
  if (op === "div" && isExponential(graph, args[1]!)) {
    return domain.add(domain.div(tangents[0]!, args[1]!), domain.neg(alongLogarithm(args[1]!)));
  }
  // 1/(1 + e^x) where e^x overflows: 0 times an infinite slope is 0 there
  const limit = limitOf(graph, id);
  if (limit) {
    const { operand, within } = limit;
    tangent[operand ? "db" : "da"] = maskTangent(graph, domain, tangents[operand]!, within);
  }
  for (const step of rule.steps) steps.push(applyStep(graph, step.op, step.args.map(resolve), domain));
  return asTangent(resolve(rule.result), op, domain, graph);
}

/** The tangent of log |z| for an exponential z: its slope over its value, known where that is 0 or infinite, too. */
function tangentOfLogarithm<T>(graph: Graph, id: NodeId, tangentOf: (node: NodeId) => T, domain: TangentDomain<T>): T {
  const { op, args } = graph.nodes[id]!;
  const [a, b] = args as [NodeId, NodeId];
  const of = (node: NodeId) => (isExponential(graph, node) ? tangentOfLogarithm(graph, node, tangentOf, domain) : domain.zero);
  if (op === "exp") return tangentOf(a);
  if (op === "exp2") return domain.mul(tangentOf(a), graph.constant(Math.LN2));
  if (op === "pow") return isExponential(graph, a) ? domain.mul(of(a), b) : domain.mul(tangentOf(b), graph.apply("log", a));
  if (op === "sqrt" || op === "cbrt") return domain.mul(of(a), graph.constant(op === "sqrt" ? 1 / 2 : 1 / 3));
  if (op === "mul") return domain.add(of(a), of(b));
  return op === "div" ? domain.add(of(a), domain.neg(of(b))) : of(a);
}

type Value<T> = { readonly primal: NodeId } | { readonly tangent: T };
const isPrimal = <T>(value: Value<T>): value is { readonly primal: NodeId } => "primal" in value;

/** No rule multiplies two tangents (test/dual/linearity.test.ts). */
const primalOf = <T>(value: Value<T>): NodeId => (value as { primal: NodeId }).primal;

/** The only primal that may stand for a tangent is the constant 0. */
function asTangent<T>(value: Value<T>, op: string, domain: TangentDomain<T>, graph: Graph): T {
  if (!isPrimal(value)) return value.tangent;
  if (graph.valueOf(value.primal) === 0) return domain.zero;
  throw new Error(`the dual rule of ${op} is not linear in its tangents`);
}

function applyStep<T>(graph: Graph, op: OperationName, args: readonly Value<T>[], domain: TangentDomain<T>): Value<T> {
  if (args.every(isPrimal)) return { primal: graph.apply(op, ...args.map((arg) => arg.primal)) };
  const act = linearActions[op];
  if (!act) throw new Error(`a dual rule applies ${op} to a tangent`);
  return { tangent: act(graph, args, domain, (value) => asTangent(value, op, domain, graph)) as T };
}

type Action = <T>(graph: Graph, args: readonly Value<T>[], domain: TangentDomain<T>, tangentOf: (value: Value<T>) => T) => T;

/** A product with one tangent, or a tangent over a primal. */
const scaled =
  (name: "mul" | "div" | "and" | "xor"): Action =>
  (_graph, [a, b], domain, tangentOf) =>
    isPrimal(a!) ? domain[name](tangentOf(b!), a.primal) : domain[name](a!.tangent, primalOf(b!));

const linearActions: { readonly [op in OperationName]?: Action } = {
  add: (_graph, [a, b], domain, tangentOf) => domain.add(tangentOf(a!), tangentOf(b!)),
  sub: (_graph, [a, b], domain, tangentOf) => domain.add(tangentOf(a!), domain.neg(tangentOf(b!))),
  neg: (_graph, [a], domain, tangentOf) => domain.neg(tangentOf(a!)),
  mul: scaled("mul"),
  div: scaled("div"),
  and: scaled("and"),
  xor: scaled("xor"),
  andnot: (graph, [a, mask], domain, tangentOf) => maskTangent(graph, domain, tangentOf(a!), primalOf(mask!), true),
  select: (graph, [mask, a, b], domain, tangentOf) => {
    const choice = primalOf(mask!);
    const [yes, no] = [tangentOf(a!), tangentOf(b!)];
    if (domain.isZero(yes)) return maskTangent(graph, domain, no, choice, true);
    if (domain.isZero(no)) return maskTangent(graph, domain, yes, choice);
    return domain.select(choice, yes, no);
  },
};

function maskTangent<T>(graph: Graph, domain: TangentDomain<T>, tangent: T, mask: NodeId, inverted = false): T {
  if (domain.isZero(tangent)) return domain.zero;
  const applied = inverted ? graph.apply("not", mask) : mask;
  const { op, value } = graph.nodes[applied]!;
  if (op === "mask") return value ? tangent : domain.zero;
  return domain.and(tangent, applied);
}

const pushThroughMany = <T>(graph: Graph, id: NodeId, tangents: readonly T[], domain: TangentDomain<T>): T =>
  (graph.nodes[id]!.op === "hypot" ? alongSides : shareAmongTied)(graph, id, tangents, domain);

/** hypot of three or more: the sum of a/z a′, and 0 where z is 0 or infinite (the binary rule's conventions). */
function alongSides<T>(graph: Graph, id: NodeId, tangents: readonly T[], domain: TangentDomain<T>): T {
  const flat = graph.apply("eq", graph.apply("mul", graph.constant(0.5), id), id);
  return graph.nodes[id]!.args.reduce((total, side, index) => {
    const scaled = domain.mul(tangents[index]!, graph.apply("div", side, id));
    return domain.add(total, maskTangent(graph, domain, scaled, flat, true));
  }, domain.zero);
}

/** max and min of three or more: the slope is shared equally among the tied; beside a NaN none loses (the binary rule's conventions). */
function shareAmongTied<T>(graph: Graph, id: NodeId, tangents: readonly T[], domain: TangentDomain<T>): T {
  const { op, args } = graph.nodes[id]!;
  const loses = op === "max" ? "lt" : "gt";
  const tied = args.map((arg) => graph.apply("not", graph.apply(loses, arg, id)));
  const one = graph.constant(1);
  const count = tied.map((mask) => graph.apply("and", one, mask)).reduce((a, b) => graph.apply("add", a, b));
  return tangents.reduce((total, tangent, index) => {
    return domain.add(total, domain.div(maskTangent(graph, domain, tangent, tied[index]!), count));
  }, domain.zero);
}

/** Bit operations stand in derivatives of derivatives: masks and signs do not move, numbers pass. */
function pushThroughBits<T>(graph: Graph, op: OperationName, args: readonly NodeId[], tangents: readonly T[], domain: TangentDomain<T>): T {
  const isSign = (id: NodeId) =>
    Object.is(graph.valueOf(id), -0) ||
    (graph.nodes[id]!.op === "and" && graph.nodes[id]!.args.some((arg) => Object.is(graph.valueOf(arg), -0)));
  const [a, b] = args as [NodeId, NodeId];
  if (op === "and" && graph.isMask(b)) return maskTangent(graph, domain, tangents[0]!, b);
  if (op === "and" && graph.isMask(a)) return maskTangent(graph, domain, tangents[1]!, a);
  if (op === "andnot" && graph.isMask(b)) return maskTangent(graph, domain, tangents[0]!, b, true);
  if (op === "xor" && isSign(b)) return domain.xor(tangents[0]!, b);
  if (op === "xor" && isSign(a)) return domain.xor(tangents[1]!, a);
  return domain.zero;
}
