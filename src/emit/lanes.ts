import type { Graph, NodeId } from "../graph/graph.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import { tableOffset } from "../plan/layout.ts";
import { type Assembler, opcode, simd } from "./encode.ts";

/** Locals for v128 values, from `first` on. Constants get theirs before the loop that uses them: V8 rebuilds a `v128.const` at every use. */
export interface Locals {
  allocate(): number;
  /** Gives a local back. */
  release(local: number): void;
  /** Most locals in use at once. */
  readonly count: number;
}

export function createLocals(first: number): Locals {
  const free: number[] = [];
  let count = 0;
  return {
    allocate: () => free.pop() ?? first + count++,
    release: (local) => void free.push(local),
    get count() {
      return count;
    },
  };
}

/** Sign operations go through a hoisted sign mask. */
const bySign: { readonly [op in OperationName]?: number } = { neg: simd.xor, abs: simd.andnot };

export const needsSignMask = (graph: Graph, id: NodeId) =>
  (bySign as Record<string, number | undefined>)[graph.nodes[id]!.op] !== undefined;

/** One lane operation: pushes operands by `push`, leaves the result on the stack. `pushSign` pushes −0 in both lanes. */
export function emitLaneOperation(code: Assembler, graph: Graph, id: NodeId, push: (arg: NodeId) => void, pushSign: () => void) {
  const { op, args } = graph.nodes[id]!;
  const viaSign = bySign[op as OperationName];
  const { opcode: lane, maskOperands = 0 } = operations[op as OperationName];
  for (let index = maskOperands; index < args.length; index++) push(args[index]!);
  for (let index = 0; index < maskOperands; index++) push(args[index]!);
  if (viaSign !== undefined) pushSign();
  code.lane(viaSign ?? lane!);
}

/** A table as a kernel takes it: its address in place of that of all tables, and its length. */
export function emitTable(code: Assembler, graph: Graph, table: number) {
  code.i32(tableOffset(graph, table));
  code.emit(opcode.i32Add);
  code.i32(graph.tables[table]!.length);
}
