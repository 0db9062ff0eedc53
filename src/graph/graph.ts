import { evaluateKernel } from "../wasm/kernels.ts";
import { lengthOf } from "./lengths.ts";
import { outerReads } from "./loops.ts";
import { type ArrayOp, type Graph, isGiven, type Loop, type Node, type NodeId } from "./node.ts";
import { type OperationName, operations } from "./operations.ts";
import { powers } from "./powers.ts";
import { resultIsNonNegative } from "./sign.ts";

export {
  type ArrayOp,
  type Graph,
  isAlways,
  isArray,
  isArrayOp,
  isGiven,
  isKernelNode,
  isOfLoop,
  isStructural,
  type Loop,
  type Node,
  type NodeId,
  operandsOf,
  type Recurrence,
} from "./node.ts";

/** Numbers of the operations, for keys. */
const codes = new Map<Node["op"], number>(Object.keys(operations).map((op, code) => [op as Node["op"], code]));
/** Node ids below this make a numeric key, which is several times quicker than a string. */
const maxKeyed = 2 ** 21;

function keyOf(op: Node["op"], args: readonly NodeId[], value: number): number | string {
  const a = args[0] ?? 0;
  const b = args[1] ?? 0;
  const code = codes.get(op);
  if (code !== undefined && value === 0 && args.length <= 2 && a < maxKeyed && b < maxKeyed) return (code * maxKeyed + a) * maxKeyed + b;
  return `${op}|${args.join()}|${Object.is(value, -0) ? "-0" : value}`;
}

/** Whether both the value and its inverse are normal powers of two, so that dividing by one is multiplying by the other. */
const isPowerOfTwo = (value: number) => {
  const [low, high] = new Uint32Array(new Float64Array([value]).buffer);
  const exponent = (high! >>> 20) & 0x7ff;
  return low === 0 && (high! & 0xfffff) === 0 && exponent > 1 && exponent < 0x7fd;
};

/** The last of a list stands for all that follow. */
const withoutRepeats = (args: readonly NodeId[]) => args.slice(0, 2 + args.findLastIndex((arg) => arg !== args.at(-1)));

const ascending = (args: readonly NodeId[]): readonly NodeId[] => {
  if (args.length > 2) return [...args].sort((a, b) => a - b);
  return args[0]! > args[1]! ? [args[1]!, args[0]!] : args;
};

export function createGraph(): Graph {
  const nodes: Node[] = [];
  const loops: Loop[] = [];
  const tables: Float64Array[] = [];
  const masks: boolean[] = [];
  const nonNegative: boolean[] = [];
  const lengths = new Map<NodeId, number>();
  const known = new Map<number | string, NodeId>();

  const intern = (op: Node["op"], args: readonly NodeId[], value: number, isMask: boolean): NodeId => {
    const key = keyOf(op, args, value);
    let id = known.get(key);
    if (id === undefined) {
      id = nodes.length;
      nodes.push({ op, args, value });
      masks.push(isMask);
      nonNegative.push(resultIsNonNegative(nodes[id]!, isNonNegative));
      known.set(key, id);
    }
    return id;
  };
  const input = (leaf: number) => intern("input", [], leaf, false);
  const constant = (value: number) => intern("constant", [], value, false);
  const mask = (always: boolean) => intern("mask", [], Number(always), true);
  const table = (elements: ArrayLike<number>) => {
    const { length } = elements;
    const known = tables.findIndex((other) => other.length === length && other.every((element, i) => Object.is(element, elements[i])));
    return known >= 0 ? known : tables.push(Float64Array.from(elements)) - 1;
  };
  const gather = (table: number, index: NodeId) => {
    const at = valueOf(index);
    return at === undefined ? raw("gather", [index], table) : constant(tables[table]![at] ?? Number.NaN);
  };
  let states = 0;
  const withLength = (id: NodeId, length: number | undefined) => {
    if (length !== undefined) lengths.set(id, length);
    return id;
  };
  const state = (isMask: boolean, length?: number) => withLength(intern("state", [], states++, isMask), length);
  const loop = (given: Loop) => {
    loops.push(given);
    return intern("loop", [...given.initial, given.starts, ...outerReads(graph, given)], loops.length - 1, false);
  };
  const result = (id: NodeId, index: number) => {
    const state = loops[nodes[id]!.value]!.states[index];
    return withLength(intern("result", [id], index, state === undefined || masks[state]!), lengths.get(state!));
  };
  const lengthOfArray = (id: NodeId) => lengths.get(id);
  /** The array of which a list has all elements, in their order. */
  const copied = (args: readonly NodeId[], length: number) => {
    const of = args.length === length && length > 0 ? nodes[args[0]!]!.args[0] : undefined;
    const isElement = (id: NodeId, at: number) =>
      nodes[id]!.op === "read" && nodes[id]!.args[0] === of && valueOf(nodes[id]!.args[1]!) === at;
    return args.every(isElement) && lengths.get(of!) === length ? of : undefined;
  };
  const array = (op: ArrayOp, args: readonly NodeId[], length = 0): NodeId => {
    if (op === "list") return copied(args, length) ?? withLength(intern(op, withoutRepeats(args), length, false), length);
    const [of, index, element, ...reads] = args as [NodeId, NodeId, NodeId];
    const at = valueOf(index);
    const isThere = at === undefined || (Number.isInteger(at) && at >= 0 && at < lengths.get(of)!);
    if (op === "read") return isThere ? (elementOf(of, at) ?? intern(op, [of, index], 0, false)) : constant(Number.NaN);
    const { op: before, args: elements } = nodes[of]!;
    if (!isThere || (before === "list" && elements.length === 1 && elements[0] === element)) return of;
    const earlier = [...new Set(reads)].filter((id) => nodes[id]!.op === "read" && nodes[id]!.args[0] === of).sort((a, b) => a - b);
    return withLength(intern(op, [of, index, element, ...earlier], 0, false), lengths.get(of));
  };
  /** An element that is known without reading an array from before a write, which would have to be kept for that. */
  const elementOf = (of: NodeId, at: number | undefined) => {
    let { op, args } = nodes[of]!;
    while (at !== undefined && op === "write") {
      const [before, index, element] = args as [NodeId, NodeId, NodeId];
      const written = valueOf(index);
      if (written === at) return element;
      if (written === undefined) return undefined;
      ({ op, args } = nodes[before]!);
    }
    return at !== undefined && op === "list" ? args[Math.min(at, args.length - 1)] : undefined;
  };
  const valueOf = (id: NodeId) => (nodes[id]!.op === "constant" ? nodes[id]!.value : undefined);
  const isMask = (id: NodeId) => masks[id]!;

  const isNonNegative = (id: NodeId) => nonNegative[id]!;

  const raw = (op: OperationName, args: readonly NodeId[], value = 0) => {
    const { gives, commutes, maskOperands = 0 } = operations[op];
    const isMask = gives === "mask" || (gives === "bits" && args.every((arg, index) => index < maskOperands || masks[arg]!));
    return intern(op, commutes ? ascending(args) : args, value, isMask);
  };

  const operand = (id: NodeId, op: OperationName, index = 0) => (nodes[id]!.op === op ? nodes[id]!.args[index] : undefined);

  /** Whether `a` is a constant below 0 (at most 0), and `b` known to be at least 0 or NaN. */
  const isBelow = (a: NodeId, b: NodeId) => valueOf(a)! < 0 && isNonNegative(b);
  const isNoMoreThan = (a: NodeId, b: NodeId) => valueOf(a)! <= 0 && isNonNegative(b);

  const simplify: { [op in OperationName]?: (...args: NodeId[]) => NodeId | undefined } = {
    add: (a, b) => {
      if (Object.is(valueOf(a), -0) || (valueOf(a) === 0 && isNonNegative(b))) return b;
      if (Object.is(valueOf(b), -0) || (valueOf(b) === 0 && isNonNegative(a))) return a;
      const minusB = operand(b, "neg");
      if (minusB !== undefined && a !== b) return apply("sub", a, minusB);
      const minusA = operand(a, "neg");
      return minusA !== undefined && a !== b ? apply("sub", b, minusA) : undefined;
    },
    sub: (a, b) => {
      if (Object.is(valueOf(b), 0)) return a;
      const minusB = operand(b, "neg");
      return minusB !== undefined ? apply("add", a, minusB) : undefined;
    },
    mul: (a, b) => {
      const value = valueOf(a) ?? valueOf(b);
      const other = valueOf(a) === undefined ? a : b;
      if (value === 1) return other;
      if (value === -1) return apply("neg", other);
      if (value === 2) return apply("add", other, other);
      const minus = operand(other, "neg");
      if (value !== undefined) return minus === undefined ? undefined : apply("mul", minus, constant(-value));
      const minusA = operand(a, "neg");
      const minusB = operand(b, "neg");
      if (minusA !== undefined && minusB !== undefined) return apply("mul", minusA, minusB);
      if (minusA !== undefined) return apply("neg", apply("mul", minusA, b));
      return minusB !== undefined ? apply("neg", apply("mul", a, minusB)) : undefined;
    },
    div: (a, b) => {
      const value = valueOf(b);
      if (value === 1) return a;
      if (value === -1) return apply("neg", a);
      return value !== undefined && isPowerOfTwo(value) ? apply("mul", a, constant(1 / value)) : undefined;
    },
    neg: (a) => operand(a, "neg"),
    abs: (a) => (isNonNegative(a) ? a : undefined),
    eq: (a, b) => (isBelow(b, a) || isBelow(a, b) ? mask(false) : undefined),
    lt: (a, b) => (isBelow(b, a) || isNoMoreThan(b, a) ? mask(false) : undefined),
    gt: (a, b) => (isBelow(a, b) || isNoMoreThan(a, b) ? mask(false) : undefined),
    le: (a, b) => (isBelow(b, a) ? mask(false) : undefined),
    ge: (a, b) => (isBelow(a, b) ? mask(false) : undefined),
    hypot: (...sides) => (sides.length > 2 && sides.every((side) => valueOf(side) !== undefined) ? lengthOf(graph, sides) : undefined),
    pow: (a, b) => powers.value(graph, a, valueOf(b)),
    powSlope: (a, b) => powers.slope(graph, a, valueOf(b)),
    not: (a) => (nodes[a]!.op === "mask" ? mask(nodes[a]!.value === 0) : operand(a, "not")),
    and: (a, b) => {
      if (a === b) return a;
      const [m, other] = nodes[a]!.op === "mask" ? [a, b] : [b, a];
      if (nodes[m]!.op === "mask") return nodes[m]!.value ? other : isMask(other) ? m : constant(0);
      const [notA, notB] = [operand(a, "not"), operand(b, "not")];
      return notB !== undefined ? apply("andnot", a, notB) : notA !== undefined ? apply("andnot", b, notA) : undefined;
    },
    andnot: (a, b) => (nodes[b]!.op === "mask" ? apply("and", a, mask(nodes[b]!.value === 0)) : undefined),
    or: (a, b) => {
      if (a === b) return a;
      if (a === operand(b, "not") || b === operand(a, "not")) return mask(true);
      const [m, other] = nodes[a]!.op === "mask" ? [a, b] : [b, a];
      return nodes[m]!.op === "mask" && isMask(other) ? (nodes[m]!.value ? m : other) : undefined;
    },
    xor: (a, b) => {
      if (a === b && isMask(a)) return mask(false);
      const [m, other] = nodes[a]!.op === "mask" ? [a, b] : [b, a];
      return nodes[m]!.op === "mask" && isMask(other) ? (nodes[m]!.value ? apply("not", other) : other) : undefined;
    },
    select: (m, a, b) => {
      if (a === b) return a;
      if (nodes[m]!.op === "mask") return nodes[m]!.value ? a : b;
      const inverse = operand(m, "not");
      return inverse === undefined ? undefined : apply("select", inverse, b, a);
    },
  };

  const fold = (op: OperationName, args: readonly NodeId[]): NodeId | undefined => {
    const { form, fold, gives, arity } = operations[op];
    for (let index = 0; index < args.length; index++) if (!isGiven(graph, args[index]!)) return undefined;
    const values = args.map((id) => nodes[id]!.value);
    if (form === "kernel") return constant(evaluateKernel(op, ...values));
    if (!fold) return undefined;
    const value = arity === 1 ? fold(values[0]!, 0) : values.reduce((a, b) => fold(a, b));
    return gives === "mask" ? mask(value === 1) : constant(value);
  };

  const extreme = (op: OperationName, args: readonly NodeId[]) => {
    const distinct = [...new Set(args)];
    return distinct.length === 1 ? distinct[0]! : (fold(op, distinct) ?? raw(op, distinct));
  };

  function apply(op: OperationName, ...args: NodeId[]): NodeId {
    if (op === "max" || op === "min") return extreme(op, args);
    return simplify[op]?.(...args) ?? fold(op, args) ?? raw(op, args);
  }

  const graph: Graph = {
    nodes,
    loops,
    tables,
    input,
    constant,
    mask,
    table,
    gather,
    state,
    array,
    hasArrays: () => lengths.size > 0,
    lengthOf: lengthOfArray,
    loop,
    result,
    apply,
    raw,
    valueOf,
    isMask,
    isNonNegative,
  };
  return graph;
}
