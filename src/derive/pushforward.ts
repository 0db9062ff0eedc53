import { type Graph, isArrayOp, type NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import { tangentOfArray } from "./arrays.ts";
import { needsCare } from "./infinite.ts";
import { type Tangent, tangentsOfLoop } from "./loops.ts";
import { pushThroughRule, type TangentDomain } from "./rules.ts";

/** A function's dual form on the graph. */
export interface Pushforward {
  /** The tangent of every output; `undefined` is structurally zero. */
  readonly tangents: readonly (NodeId | undefined)[];
  /** Operations all of whose operands carry tangents, with the tangents of operands and result: each is one operation on dual numbers. */
  readonly duals: ReadonlyMap<NodeId, Dual>;
}

export interface Dual {
  readonly tangent: NodeId;
  /** By operand; `undefined` for a mask. */
  readonly operandTangents: readonly (NodeId | undefined)[];
}

/**
 * Dual numbers themselves: the tangent of every output from the tangents of the inputs, by the rules as written.
 * `tangents` maps input nodes to tangent nodes; an input that is absent has no tangent.
 */
export function pushforward(graph: Graph, outputs: readonly NodeId[], tangents: ReadonlyMap<NodeId, NodeId>): Pushforward {
  const tangentOf = new Map(tangents);
  const duals = new Map<NodeId, Dual>();
  const domain = nodeDomain(graph);
  const loops = new Map<NodeId, (result: number) => Tangent>();
  for (const id of liveNodes(graph, outputs, (node) => tangents.has(node))) {
    const { op, args, value } = graph.nodes[id]!;
    if (tangents.has(id) || graph.isMask(id) || !args.some((arg) => tangentOf.has(arg) || loops.has(arg))) continue;
    if (op === "loop") {
      loops.set(id, loopTangents(graph, id, tangentOf));
      continue;
    }
    if (op === "result") {
      const tangent = loops.get(args[0]!)!(value).get(0);
      if (tangent !== undefined) tangentOf.set(id, tangent);
      continue;
    }
    if (isArrayOp(op)) {
      const tangent = tangentOfArray(graph, id, (arg) => tangentOf.get(arg));
      if (tangent !== undefined) tangentOf.set(id, tangent);
      continue;
    }
    const operandTangents = args.map((arg) => tangentOf.get(arg));
    const firstNew = graph.nodes.length;
    const tangent = pushThroughRule(graph, id, (node) => tangentOf.get(node), domain);
    if (tangent === undefined) continue;
    tangentOf.set(id, tangent);
    const { maskOperands = 0, arity } = operations[op as OperationName];
    const isWhole = arity === args.length || (arity === Number.POSITIVE_INFINITY && args.length === 2);
    if (
      isWhole &&
      !needsCare(graph, id) &&
      tangent >= firstNew &&
      operandTangents.slice(maskOperands).every((operand) => operand !== undefined)
    ) {
      duals.set(id, { tangent, operandTangents });
    }
  }
  return { tangents: outputs.map((output) => tangentOf.get(output)), duals };
}

/** A loop with the tangents of its states beside them, by the rules as written. */
function loopTangents(graph: Graph, id: NodeId, tangentOf: ReadonlyMap<NodeId, NodeId>) {
  const operands = new Map(
    graph.nodes[id]!.args.flatMap((arg) => (tangentOf.has(arg) ? [[arg, new Map([[0, tangentOf.get(arg)!]])] as const] : [])),
  );
  return tangentsOfLoop(graph, id, operands, (next, given) => {
    const seeds = new Map([...given].flatMap(([node, tangent]) => [...tangent.values()].map((seed) => [node, seed] as const)));
    return pushforward(graph, next, seeds).tangents.map((tangent) => [tangent]);
  });
}

function nodeDomain(graph: Graph): TangentDomain<NodeId | undefined> {
  const scaled = (op: OperationName) => (a: NodeId | undefined, factor: NodeId) =>
    a === undefined ? undefined : graph.apply(op, a, factor);
  return {
    zero: undefined,
    isZero: (a) => a === undefined,
    add: (a, b) => (a === undefined ? b : b === undefined ? a : graph.apply("add", a, b)),
    neg: (a) => (a === undefined ? undefined : graph.apply("neg", a)),
    mul: scaled("mul"),
    div: scaled("div"),
    and: scaled("and"),
    select: (mask, a, b) => graph.apply("select", mask, a!, b!),
    xor: scaled("xor"),
  };
}
