import type { Node } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import { createGraph, type Graph, type NodeId } from "../../graph/graph.ts";
import { type OperationName, operations } from "../../graph/operations.ts";
import { failAt } from "../source/source.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument, NeedsShape } from "../values/arguments.ts";
import { ArrayValue } from "../values/arrays.ts";
import { narrow } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import type { Path } from "../values/path.ts";
import { TracedBoolean, TracedNumber, type Value } from "../values/values.ts";
import { markSymbolFunction } from "./symbol-functions.ts";

/** What a `traced` function is called with: stands for a number, or a boolean, that depends on the data. */
export class Symbolic {
  readonly graph: Graph;
  readonly node: NodeId;
  constructor(graph: Graph, node: NodeId) {
    this.graph = graph;
    this.node = node;
  }
  [Symbol.toPrimitive](): never {
    throw new EpsilaneError(
      "symbol-in-expression",
      "A number of a traced(…) function was used with an operator or a host function. Use epsilane's: add, sub, mul, div, rem, pow for + - * / % **, " +
        "lt, le, gt, ge, eq, ne to compare, where(condition, a, b) for ?:, and sqrt, sin, … for Math's.",
    );
  }
}

/** Applies an operation to symbols and plain numbers or booleans; on plain ones alone the result is plain, with the same bits. */
export function applyToSymbols(op: OperationName, operands: readonly unknown[]): unknown {
  const { maskOperands = 0, gives } = operations[op];
  const wantsMask = (index: number) => index < maskOperands || (gives === "bits" && maskOperands === 0);
  return composeOnSymbols(op, operands, (graph, nodes) => graph.apply(op, ...nodes), wantsMask);
}

/** The same for what `build` makes of several operations. `name` is for messages. */
export function composeOnSymbols(
  name: string,
  operands: readonly unknown[],
  build: (graph: Graph, nodes: readonly NodeId[]) => NodeId,
  wantsMask: (index: number) => boolean = () => false,
): unknown {
  const graph = operands.find((operand): operand is Symbolic => operand instanceof Symbolic)?.graph;
  const used = graph ?? createGraph();
  const node = build(
    used,
    operands.map((operand, i) => nodeOf(used, name, operand, wantsMask(i))),
  );
  if (graph) return new Symbolic(graph, node);
  const { op: kind, value } = used.nodes[node]!;
  return kind === "mask" ? value === 1 : value;
}

function nodeOf(graph: Graph, name: string, operand: unknown, wantsMask: boolean): NodeId {
  if (operand instanceof Symbolic) {
    if (operand.graph !== graph)
      throw new EpsilaneError("stale-symbol", `${name} was called with a number of another call of a traced(…) function.`);
    if (graph.isMask(operand.node) === wantsMask) return operand.node;
    throw new EpsilaneError(
      "not-a-number",
      `${name} was called with ${wantsMask ? "a number in place of a condition" : "a condition in place of a number"}.`,
    );
  }
  if (wantsMask && typeof operand === "boolean") return graph.mask(operand);
  if (!wantsMask && typeof operand === "number") return graph.constant(operand);
  throw new EpsilaneError("not-a-number", `${name} was called with ${String(operand)}, which is no ${wantsMask ? "condition" : "number"}.`);
}

/** A value of the tracer, as functions on symbols take it. */
function toHost(tracer: Tracer, given: Value, site: Node | undefined): unknown {
  const value = narrow(tracer, given);
  if (value instanceof TracedNumber) return new Symbolic(tracer.graph, value.node);
  if (value instanceof TracedBoolean) return new Symbolic(tracer.graph, value.mask);
  if (value instanceof Argument) {
    const settled = toHost(tracer, tracer.arguments.settle(value, site), site);
    const isGuess = settled instanceof Symbolic && tracer.arguments.sample(value.path) === undefined;
    return isGuess ? expectMembers(settled, value.path) : settled;
  }
  if (value instanceof ArrayValue) return value.elements.map((element) => toHost(tracer, element, site));
  if (value instanceof ObjectValue) {
    return Object.fromEntries(value.keys().map((key) => [key, toHost(tracer, value.read(key) as Value, site)]));
  }
  if (typeof value !== "object") return value;
  return site
    ? failAt(
        site,
        "unsupported-value",
        "A function of epsilane was called with something else than numbers here.",
        "Hand over numbers, or arrays and objects of them.",
      )
    : null;
}

/** A symbol that asks for the shape of the arguments when it is used as an array or object. */
function expectMembers(symbol: Symbolic, path: Path): Symbolic {
  return new Proxy(symbol, {
    get(target, key) {
      if (key in target) return Reflect.get(target, key);
      if (key === Symbol.iterator || typeof key === "string") throw new NeedsShape(path);
      return undefined;
    },
  });
}

/** What a function on symbols gave, as a value of the tracer. */
function fromHost(tracer: Tracer, value: unknown, depth = 0): Value {
  if (value instanceof Symbolic) {
    return tracer.graph.isMask(value.node) ? tracer.boolean(value.node) : tracer.number(value.node);
  }
  if (value === null || value === undefined || ["number", "string", "boolean"].includes(typeof value)) return value as Value;
  if (typeof value !== "object" || depth > 100)
    throw new EpsilaneError("result", "A traced(…) function gave something else than numbers, arrays and objects.");
  if (Array.isArray(value)) return tracer.array(value.map((element) => fromHost(tracer, element, depth + 1)));
  return tracer.object(new Map(Object.entries(value).map(([key, member]) => [key, fromHost(tracer, member, depth + 1)])));
}

/** Makes a function one that is called with symbols inside a trace. */
export const onSymbols = <F extends Function>(fn: F): F =>
  markSymbolFunction(fn, (tracer, called, args, site) => fromHost(tracer, called(...args.map((arg) => toHost(tracer, arg, site)))));
