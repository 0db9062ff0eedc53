import { type OperationName, operations } from "./operations.ts";

/** Index of a node in its graph. Operands always come before the node that uses them. */
export type NodeId = number;

export interface Node {
  readonly op: OperationName | "input" | "constant" | "mask";
  readonly args: readonly NodeId[];
  /** The constant, the index of the input leaf, or 1 and 0 for the masks «always» and «never». */
  readonly value: number;
}

/** A hash-consed SSA graph. `apply` folds and simplifies only where the bits of every result stay what they were (all NaNs are one value). */
export interface Graph {
  readonly nodes: readonly Node[];
  input(leaf: number): NodeId;
  constant(value: number): NodeId;
  mask(always: boolean): NodeId;
  apply(op: OperationName, ...args: NodeId[]): NodeId;
  /** The operation as it stands, hash-consed, nothing simplified. */
  raw(op: OperationName, args: readonly NodeId[]): NodeId;
  /** The value of a constant (not of a mask), else `undefined`. */
  valueOf(id: NodeId): number | undefined;
  isMask(id: NodeId): boolean;
  /** Whether the node is known to be at least +0, or NaN, and never −0. */
  isNonNegative(id: NodeId): boolean;
}

export const isKernelNode = (graph: Graph, id: NodeId) => {
  const { op } = graph.nodes[id]!;
  return op !== "input" && op !== "constant" && op !== "mask" && operations[op].form === "kernel";
};
