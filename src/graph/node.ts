import { type OperationName, operations } from "./operations.ts";

/** Index of a node in its graph. Operands always come before the node that uses them. */
export type NodeId = number;

/**
 * Arrays and what is done with them. `list`: an array of its operands, the last of which stands for all that follow; its
 * value is the length. `read`: the element at an index, NaN where there is none. `write`: the array with another element at
 * an index, the same where there is none; behind array, index and element it names reads of the array from before.
 */
export type ArrayOp = "list" | "read" | "write";
/** Nodes that are no operations: given values, loops with their states and results, arrays. */
export type Structural = "input" | "constant" | "mask" | "state" | "loop" | "result" | ArrayOp;

export interface Node {
  readonly op: OperationName | Structural;
  readonly args: readonly NodeId[];
  /** The constant, the index of the input leaf, 1 and 0 for the masks «always» and «never», the number of the state or loop, the index of the result, the number of the table that a `gather` reads, the length of a `list`. */
  readonly value: number;
}

/** What states are at first, and after each turn. */
export interface Recurrence {
  readonly states: readonly NodeId[];
  readonly initial: readonly NodeId[];
  readonly next: readonly NodeId[];
}

/**
 * A loop over points that each go on as long as a mask holds. `next` and `goesOn` are nodes of the same graph that depend
 * on `states`, which stand for what a turn begins with; a point that has left keeps its states.
 */
export interface Loop extends Recurrence {
  /** The points that make a first turn. */
  readonly starts: NodeId;
  /** The points that make another turn after this one. */
  readonly goesOn: NodeId;
  /** How many turns there are at most. */
  readonly turns: number;
  /** A loop whose states are the first of these, and take the same values. */
  readonly extends?: NodeId;
}

/** A hash-consed SSA graph. `apply` folds and simplifies only where the bits of every result stay what they were (all NaNs are one value). */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly loops: readonly Loop[];
  /** Constants that `gather` reads, by their number. */
  readonly tables: readonly Float64Array[];
  input(leaf: number): NodeId;
  constant(value: number): NodeId;
  mask(always: boolean): NodeId;
  /** The number of a table with these elements. */
  table(elements: ArrayLike<number>): number;
  /** The element at `index` of a table; NaN where there is none. */
  gather(table: number, index: NodeId): NodeId;
  /** A new symbol for what a turn of a loop begins with. `length`: of an array. */
  state(isMask: boolean, length?: number): NodeId;
  /** A node of these operands. `length`: of a `list`. */
  array(op: ArrayOp, args: readonly NodeId[], length?: number): NodeId;
  /** Whether there is any. */
  hasArrays(): boolean;
  /** The length of an array, else `undefined`. */
  lengthOf(id: NodeId): number | undefined;
  /** A node whose operands are what a loop needs from outside: `initial`, `starts`, then what its turns read. */
  loop(loop: Loop): NodeId;
  /** What a state is after the loop; with the number of states as index, the mask of the points that were not done when turns ran out. */
  result(loop: NodeId, index: number): NodeId;
  /** Any operation but `gather`. */
  apply(op: OperationName, ...args: NodeId[]): NodeId;
  /** The operation as it stands, hash-consed, nothing simplified. `value`: the table of a `gather`. */
  raw(op: OperationName, args: readonly NodeId[], value?: number): NodeId;
  /** The value of a constant (not of a mask), else `undefined`. */
  valueOf(id: NodeId): number | undefined;
  isMask(id: NodeId): boolean;
  /** Whether the node is known to be at least +0, or NaN, and never −0. */
  isNonNegative(id: NodeId): boolean;
}

const arrayOps: ReadonlySet<string> = new Set<ArrayOp>(["list", "read", "write"]);
export const isArrayOp = (op: Node["op"]): op is ArrayOp => arrayOps.has(op);
const structural: ReadonlySet<string> = new Set<Structural>(["input", "constant", "mask", "state", "loop", "result"]);
export const isStructural = (op: Node["op"]): op is Structural => structural.has(op) || arrayOps.has(op);

/** Whether a node is a constant: a number, or a mask that is the same for all points. */
export const isGiven = ({ nodes }: Pick<Graph, "nodes">, id: NodeId): boolean => {
  const { op } = nodes[id]!;
  return op === "constant" || op === "mask";
};

/** Whether a node is a mask that is set at all points, whatever the data. */
export const isAlways = ({ nodes }: Pick<Graph, "nodes">, id: NodeId): boolean => nodes[id]!.op === "mask" && nodes[id]!.value === 1;

/** Whether a node is an array. */
export const isArray = (graph: Pick<Graph, "lengthOf">, id: NodeId): boolean => graph.lengthOf(id) !== undefined;

/** Whether a node is a loop or comes out of one. */
export const isOfLoop = ({ nodes }: Pick<Graph, "nodes">, id: NodeId): boolean => {
  const { op } = nodes[id]!;
  return op === "loop" || op === "result";
};

/** What nodes read, in the order of first use. */
export function operandsOf({ nodes }: Pick<Graph, "nodes">, ids: readonly NodeId[]): Set<NodeId> {
  const operands = new Set<NodeId>();
  ids.forEach((id) => {
    nodes[id]!.args.forEach((arg) => operands.add(arg));
  });
  return operands;
}

export const isKernelNode = (graph: Graph, id: NodeId) => {
  const { op } = graph.nodes[id]!;
  return !isStructural(op) && operations[op].form === "kernel";
};
