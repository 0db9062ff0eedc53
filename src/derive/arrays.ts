import type { Graph, NodeId } from "../graph/graph.ts";

/** 0, or an array of zeros as long as the given one. */
export function zeroLike(graph: Graph, id: NodeId): NodeId {
  const [zero, length] = [graph.constant(0), graph.lengthOf(id)];
  return length === undefined ? zero : graph.array("list", [zero], length);
}

/** Whether a tangent is zero at every point. */
export const isZero = (graph: Graph, id: NodeId): boolean => {
  const { op, args } = graph.nodes[id]!;
  return graph.valueOf(op === "list" && args.length === 1 ? args[0]! : id) === 0;
};

/** The operands of a list, read or write on which its tangent depends: an index has no slope. */
export function slopedOperands({ nodes }: Graph, id: NodeId): readonly NodeId[] {
  const { op, args } = nodes[id]!;
  return op === "list" ? args : op === "read" ? [args[0]!] : [args[0]!, args[2]!];
}

/** The tangent of a list, read or write along one direction: arrays have arrays of tangents. `undefined`: structurally zero. */
export function tangentOfArray(graph: Graph, id: NodeId, tangentOf: (operand: NodeId) => NodeId | undefined): NodeId | undefined {
  const { op, args, value } = graph.nodes[id]!;
  const sloped = slopedOperands(graph, id);
  const tangents = sloped.map(tangentOf);
  if (tangents.every((tangent) => tangent === undefined)) return undefined;
  const [first, second] = tangents.map((tangent, index) => tangent ?? zeroLike(graph, sloped[index]!)) as [NodeId, NodeId];
  if (op === "list")
    return graph.array(
      op,
      tangents.map((tangent) => tangent ?? graph.constant(0)),
      value,
    );
  if (op === "read") return graph.array(op, [first, args[1]!]);
  // Reads of the tangent before the write, too, come before it.
  const reads = tangents[0] === undefined ? [] : args.slice(3);
  return graph.array("write", [first, args[1]!, second, ...reads.map((read) => graph.array("read", [first, graph.nodes[read]!.args[1]!]))]);
}
