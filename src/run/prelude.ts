import type { Graph, NodeId } from "../graph/graph.ts";
import { blockBytes, planOneByOne, stepBytes } from "../plan/plan.ts";
import type { Arena } from "./arena.ts";
import { toProgram, writeProgram } from "./program.ts";

/** Computes what depends on shared numbers alone, once a call, by the interpreter: a plan over a block of one step. */
export interface Prelude {
  /** Room it needs in memory. */
  readonly bytes: number;
  /** The values of `nodes`, in order. `at` is a 16-byte aligned address of `bytes` free bytes, `leaves` the value of every input leaf. */
  run(arena: Arena, at: number, leaves: Float64Array): Float64Array;
}

/** `nodes`: constants, shared inputs, and what is computed from them. */
export function createPrelude(graph: Graph, nodes: readonly NodeId[]): Prelude {
  const isComputed = (id: NodeId) => graph.nodes[id]!.op !== "input" && graph.valueOf(id) === undefined;
  const computed = [...new Set(nodes.filter(isComputed))];
  const given = (id: NodeId, leaves: Float64Array) => graph.valueOf(id) ?? leaves[graph.nodes[id]!.value]!;
  if (computed.length === 0) return { bytes: 0, run: (_arena, _at, leaves) => Float64Array.from(nodes, (id) => given(id, leaves)) };

  const plan = planOneByOne(graph, computed, () => false);
  const program = toProgram(plan, stepBytes);
  const columnOf = new Map(computed.map((id, index) => [id, plan.inputs.length + index]));
  const pointerCount = plan.inputs.length + plan.columns.length;
  const scratch = pointerCount * stepBytes;
  const programAt = scratch + plan.slots * blockBytes;

  const run = (arena: Arena, at: number, leaves: Float64Array) => {
    const pointers = Int32Array.from({ length: pointerCount }, (_, index) => at + index * stepBytes);
    const { fillColumn, interpret } = arena.exports;
    plan.inputs.forEach((id, index) => fillColumn(pointers[index]!, leaves[graph.nodes[id]!.value]!, stepBytes));
    for (const id of plan.fills) fillColumn(at + scratch + plan.places.get(id)!.index * blockBytes, graph.valueOf(id)!, stepBytes);
    const start = writeProgram(program, {
      arena,
      pointers,
      scratch: at + scratch,
      at: at + programAt,
      scalars: new Float64Array(0),
    });
    interpret(start, program.instructions.length, stepBytes, program.block);
    const memory = new Float64Array(arena.memory.buffer);
    return Float64Array.from(nodes, (id) => {
      const column = columnOf.get(id);
      return column === undefined ? given(id, leaves) : memory[pointers[column]! / 8]!;
    });
  };
  return { bytes: programAt + program.bytes, run };
}
