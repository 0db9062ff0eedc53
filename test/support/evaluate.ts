import type { Graph, NodeId } from "../../src/graph/graph.ts";
import type { OperationName } from "../../src/graph/operations.ts";
import type { Tree } from "../../src/graph/tree.ts";
import type { Failure, Trace } from "../../src/trace/trace.ts";
import { readGraph } from "./read-graph.ts";

/** The operations on plain numbers (masks are booleans), by the host's `Math`: independent of the kernels. */
const operations: { [op in OperationName]?: (...operands: any[]) => number | boolean } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  rem: (a, b) => a % b,
  neg: (a) => -a,
  exp2: (a) => 2 ** a,
  sinc: (a) => (a === 0 ? 1 : Math.abs(a) === Number.POSITIVE_INFINITY ? 0 : Math.sin(a) / a),
  bitAnd: (a, b) => a & b,
  bitOr: (a, b) => a | b,
  bitXor: (a, b) => a ^ b,
  shiftLeft: (a, b) => a << b,
  shiftRight: (a, b) => a >> b,
  shiftRightUnsigned: (a, b) => a >>> b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  ge: (a, b) => a >= b,
  not: (a) => !a,
  and: (a, b) => (typeof a === "boolean" ? (typeof b === "boolean" ? a && b : a ? b : 0) : b ? a : 0),
  andnot: (a, b) => (typeof a === "boolean" ? a && !b : b ? 0 : a),
  or: (a, b) => a || b,
  xor: (a, b) => a !== b,
  select: (mask, a, b) => (mask ? a : b),
};

/** The value of every node of a graph at one point. */
const evaluateGraph = (graph: Graph, leaves: readonly number[]): ((id: NodeId) => number | boolean) =>
  readGraph(graph, leaves, (op, args) => {
    const compute = operations[op as OperationName] ?? (Math[op as "sin"] as (...operands: any[]) => number);
    return compute(...args);
  });

/** The result of a trace at one point, as the function itself would give it. */
export function evaluateTrace({ graph, result }: Trace, leaves: readonly number[]): unknown {
  const valueOf = evaluateGraph(graph, leaves);
  const build = (tree: Tree): unknown => {
    if (tree.kind === "leaf") return valueOf(tree.slot);
    if (tree.kind === "kept") return tree.value;
    return tree.kind === "array" ? tree.items.map(build) : Object.fromEntries(tree.entries.map(([key, member]) => [key, build(member)]));
  };
  return build(result);
}

/** What a point fails by. */
export function failureAt({ graph, failures }: Trace, leaves: readonly number[]): Failure | undefined {
  const valueOf = evaluateGraph(graph, leaves);
  return failures.find(({ mask }) => valueOf(mask));
}

/** The numbers of a tree, depth first. */
export function leavesOf(tree: unknown): number[] {
  if (typeof tree === "number") return [tree];
  return typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(leavesOf) : [];
}
