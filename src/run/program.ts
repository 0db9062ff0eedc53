import type { NodeId } from "../graph/graph.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import { pointerIndex } from "../plan/layout.ts";
import { blockBytes, type Plan } from "../plan/plan.ts";
import type { Arena } from "./arena.ts";
import { kernelIndex } from "./table.ts";

/** Sizes and the kernel opcode of assembly/interpreter.ts, in bytes. */
const instructionBytes = 96;
const callOpcode = 0x200;
const splatBytes = 16;

/** An operand: a column of the call, a scratch column, or one pair of lanes for the whole column. */
type Operand =
  | { readonly kind: "pointer"; readonly index: number }
  | { readonly kind: "slot"; readonly index: number }
  | { readonly kind: "splat"; readonly index: number };

interface Instruction {
  readonly opcode: number;
  readonly kernel: string | undefined;
  readonly operands: readonly Operand[];
}

/** A plan as the interpreter reads it. Addresses are filled in when it is written for a call. */
export interface Program {
  readonly instructions: readonly Instruction[];
  /** Constants, then scalars: values of the pairs that are read as whole columns. */
  readonly constants: readonly number[];
  /** Bytes behind the scratch columns for the pairs and the instructions. */
  readonly bytes: number;
  readonly pairBytes: number;
}

/** `plan` has one operation a step, so that every value has a column. */
export function toProgram(plan: Plan): Program {
  const { graph } = plan;
  const constants: number[] = [];
  const constantIndex = new Map<NodeId, number>();
  const scalarIndex = new Map(plan.scalars.map((id, index) => [id, index]));
  const operandOf = (id: NodeId): Operand => {
    const place = plan.places.get(id);
    if (place?.kind === "slot") return place;
    if (place) return { kind: "pointer", index: pointerIndex(plan, id)! };
    const scalar = scalarIndex.get(id);
    if (scalar !== undefined) return { kind: "splat", index: -1 - scalar };
    if (!constantIndex.has(id)) constantIndex.set(id, constants.push(graph.valueOf(id)!) - 1);
    return { kind: "splat", index: constantIndex.get(id)! };
  };
  const instructions = plan.steps.flatMap((step): Instruction[] =>
    step.kind === "kernel"
      ? [kernelCall(step.name, [...step.results, ...step.args].map(operandOf))]
      : step.nodes.map((id) => laneOperation(graph.nodes[id]!.op as OperationName, [id, ...graph.nodes[id]!.args].map(operandOf))),
  );
  const pairBytes = (constants.length + plan.scalars.length) * splatBytes;
  return { instructions, constants, pairBytes, bytes: pairBytes + instructions.length * instructionBytes };
}

const kernelCall = (kernel: string, operands: readonly Operand[]): Instruction => ({
  opcode: callOpcode + operands.length,
  kernel,
  operands,
});

const laneOperation = (op: OperationName, operands: readonly Operand[]): Instruction => ({
  opcode: operations[op].opcode!,
  kernel: undefined,
  operands,
});

/** Where a program is written, and what its operands point to. */
export interface ProgramTarget {
  readonly arena: Arena;
  /** Pointers of inputs and columns. */
  readonly pointers: Int32Array;
  readonly scratch: number;
  /** Address of the pairs; the instructions follow them. */
  readonly at: number;
  readonly scalars: Float64Array;
}

/** Writes pairs and instructions; returns the address of the first instruction. */
export function writeProgram(program: Program, target: ProgramTarget): number {
  const { arena, pointers, scratch, at, scalars } = target;
  const { buffer } = arena.memory;
  const pairs = new Float64Array(buffer, at, program.pairBytes / 8);
  [...program.constants, ...scalars].forEach((value, index) => pairs.fill(value, 2 * index, 2 * index + 2));
  const start = at + program.pairBytes;
  const words = new Int32Array(buffer, start, (program.instructions.length * instructionBytes) / 4);
  program.instructions.forEach(({ opcode, kernel, operands }, instruction) => {
    let word = (instruction * instructionBytes) / 4;
    words[word++] = opcode;
    words[word++] = kernel === undefined ? 0 : kernelIndex(arena, kernel);
    for (const { kind, index } of operands) {
      const pair = index < 0 ? program.constants.length - 1 - index : index;
      words[word++] = kind === "pointer" ? pointers[index]! : kind === "slot" ? scratch + index * blockBytes : at + pair * splatBytes;
      words[word++] = Number(kind === "pointer");
      words[word++] = kind === "splat" ? 0 : 16;
    }
  });
  return start;
}
