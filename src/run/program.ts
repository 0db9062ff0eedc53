import type { Graph, NodeId } from "../graph/graph.ts";
import { loopOf } from "../graph/loops.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import { pointerIndex, tableOffset } from "../plan/layout.ts";
import { blockBytes, type Plan, type Step } from "../plan/plan.ts";
import type { Arena } from "./arena.ts";
import { kernelIndex } from "./table.ts";

/** Sizes in bytes, and opcodes, of assembly/interpreter.ts. */
const instructionBytes = 96;
const callOpcode = 0x200;
const enterOpcode = 0x300;
const againOpcode = 0x301;
const splatBytes = 16;

/** An operand: a column of the call, a scratch column, one pair of lanes for the whole column, a limit of turns, or a table at an offset and its length. */
type Operand =
  | { readonly kind: "pointer"; readonly index: number }
  | { readonly kind: "slot"; readonly index: number }
  | { readonly kind: "splat" | "turns" | "table" | "length"; readonly index: number };

interface Instruction {
  readonly opcode: number;
  /** The kernel of a call; for a loop's ends, how far it is to the other. */
  readonly kernel?: string;
  readonly distance?: number;
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
  const zero = graph.constant(0);
  const lane = (op: OperationName, ...ids: NodeId[]): Instruction => ({ opcode: operations[op].opcode!, operands: ids.map(operandOf) });
  const copy = (to: NodeId, from: NodeId) => {
    const { op, value } = graph.nodes[from]!;
    return op === "mask" ? lane(value ? "eq" : "ne", to, zero, zero) : lane("or", to, from, from);
  };
  const loop = ({ loop: id, nodes, body = [] }: Step & { kind: "loop" }): Instruction[] => {
    const { states, initial, next, starts, goesOn, turns } = loopOf(graph, id);
    const active = nodes[states.length]!;
    const isConstant = graph.nodes[goesOn]!.op === "mask";
    const turn = [
      ...body.flatMap(instructionsOf),
      // Every new state before any state changes.
      ...states.flatMap((state, index) => selectInto(nodes[index]!, active, next[index]!, state)),
      ...(isConstant ? [] : [lane("and", active, active, goesOn)]),
      ...states.map((state, index) => copy(state, nodes[index]!)),
    ];
    const limits: Operand[] = [operandOf(active), { kind: "turns", index: turns }];
    return [
      ...states.flatMap((state, index) => [copy(state, initial[index]!), copy(nodes[index]!, initial[index]!)]),
      copy(active, starts),
      { opcode: enterOpcode, distance: turn.length + 1, operands: limits },
      ...turn,
      { opcode: againOpcode, distance: turn.length + 1, operands: limits },
    ];
  };
  const selectInto = (to: NodeId, mask: NodeId, value: NodeId, other: NodeId): Instruction[] =>
    graph.nodes[value]!.op === "mask" ? [copy(to, value), lane("select", to, mask, to, other)] : [lane("select", to, mask, value, other)];
  const instructionsOf = (step: Step): Instruction[] => {
    if (step.kind === "loop") return loop(step);
    if (step.kind === "kernel") {
      return [kernelCall(step.name, [...[...step.results, ...step.args].map(operandOf), ...tableOperands(graph, step.table)])];
    }
    return step.nodes.map((id) => lane(graph.nodes[id]!.op as OperationName, id, ...graph.nodes[id]!.args));
  };
  const instructions = plan.steps.flatMap(instructionsOf);
  const pairBytes = (constants.length + plan.scalars.length) * splatBytes;
  return { instructions, constants, pairBytes, bytes: pairBytes + instructions.length * instructionBytes };
}

const tableOperands = (graph: Graph, table: number | undefined): Operand[] =>
  table === undefined
    ? []
    : [
        { kind: "table", index: tableOffset(graph, table) },
        { kind: "length", index: graph.tables[table]!.length },
      ];

const kernelCall = (kernel: string, operands: readonly Operand[]): Instruction => ({
  opcode: callOpcode + operands.length,
  kernel,
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
  const wordOf = {
    pointer: (index: number) => pointers[index]!,
    slot: (index: number) => scratch + index * blockBytes,
    splat: (index: number) => at + (index < 0 ? program.constants.length - 1 - index : index) * splatBytes,
    table: (offset: number) => arena.tables + offset,
    length: (length: number) => length,
  };
  program.instructions.forEach(({ opcode, kernel, distance = 0, operands }, instruction) => {
    let word = (instruction * instructionBytes) / 4;
    words[word++] = opcode;
    words[word++] = kernel === undefined ? distance : kernelIndex(arena, kernel);
    for (const { kind, index } of operands) {
      if (kind === "turns") {
        // The turns made come first.
        words[word + 1] = index;
        continue;
      }
      words[word++] = wordOf[kind](index);
      words[word++] = Number(kind === "pointer");
      words[word++] = kind === "splat" ? 0 : 16;
    }
  });
  return start;
}
