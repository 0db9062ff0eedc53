import { type Graph, isArray, type NodeId } from "../graph/graph.ts";
import { loopOf } from "../graph/loops.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import { createArrays, type Move, type Scope } from "../plan/arrays.ts";
import { pointerIndex, tableOffset } from "../plan/layout.ts";
import { blockBytes, type Plan, type Step, stepBytes } from "../plan/plan.ts";
import type { Arena } from "./arena.ts";
import { kernelIndex } from "./table.ts";

/** Sizes in bytes, and opcodes, of assembly/interpreter.ts. */
const instructionBytes = 96;
const callOpcode = 0x200;
const enterOpcode = 0x300;
const againOpcode = 0x301;
const splatBytes = 16;

/** Blocks are shorter where arrays would take more than this. */
const mostArrayBytes = 2 ** 19;

/** An operand: a column of the call, a scratch column, one pair of lanes for the whole column, a limit of turns, a table at an offset or an array at its place, and a length. */
type Operand =
  | { readonly kind: "pointer"; readonly index: number }
  | { readonly kind: "slot"; readonly index: number }
  | { readonly kind: "splat" | "turns" | "table" | "array" | "length"; readonly index: number };

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
  /** Bytes behind the scratch columns for the pairs, the instructions and the arrays. */
  readonly bytes: number;
  /** Bytes of a column that are computed at once. */
  readonly block: number;
  readonly pairBytes: number;
}

/** `plan` has one operation a step, so that every value has a column. `mostBytes`: of a column. */
export function toProgram(plan: Plan, mostBytes = blockBytes): Program {
  const { graph } = plan;
  const arrays = createArrays(graph);
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
  const arrayAt = (place: number, length: number): Operand[] => [
    { kind: "array", index: place },
    { kind: "length", index: length },
  ];
  const arrayOf = (id: NodeId) => arrayAt(arrays.placeOf(id), graph.lengthOf(id)!);
  const copyArray = (move: Move | undefined): Instruction[] =>
    move ? [kernelCall("copyBlock", [{ kind: "array", index: move.to }, ...arrayAt(move.from, move.length)])] : [];
  const loop = ({ loop: id, nodes, body = [] }: Step & { kind: "loop" }, outer: Scope): Instruction[] => {
    const all = loopOf(graph, id);
    const { states, starts, goesOn, turns } = all;
    const active = nodes[states.length]!;
    const isConstant = graph.nodes[goesOn]!.op === "mask";
    const begin = states.flatMap((state, index) => (isArray(graph, state) ? copyArray(outer.take(id, all.initial[index]!, state)) : []));
    const places = states.map((state) => (isArray(graph, state) ? arrays.placeOf(state) : undefined));
    const inner = scopeOf(
      body,
      states.filter((state) => isArray(graph, state)),
      new Set(all.next),
    );
    const instructions = body.flatMap((step) => instructionsOf(step, inner));
    const moves = arrays
      .movesOfTurn(all, places)
      .map(({ to, from, length }) => kernelCall("mergeBlock", [operandOf(active), { kind: "array", index: to }, ...arrayAt(from, length)]));
    for (const [index, place] of places.entries()) if (place !== undefined) outer.give(nodes[index]!, place);
    const numbers = states.flatMap((state, index) =>
      isArray(graph, state) ? [] : [{ state, initial: all.initial[index]!, next: all.next[index]!, result: nodes[index]! }],
    );
    const turn = [
      ...instructions,
      ...moves,
      // Every new state before any state changes.
      ...numbers.flatMap(({ state, next, result }) => selectInto(result, active, next, state)),
      ...(isConstant ? [] : [lane("and", active, active, goesOn)]),
      ...numbers.map(({ state, result }) => copy(state, result)),
    ];
    const limits: Operand[] = [operandOf(active), { kind: "turns", index: turns }];
    return [
      ...begin,
      ...numbers.flatMap(({ state, initial, result }) => [copy(state, initial), copy(result, initial)]),
      copy(active, starts),
      { opcode: enterOpcode, distance: turn.length + 1, operands: limits },
      ...turn,
      { opcode: againOpcode, distance: turn.length + 1, operands: limits },
    ];
  };
  const selectInto = (to: NodeId, mask: NodeId, value: NodeId, other: NodeId): Instruction[] =>
    graph.nodes[value]!.op === "mask" ? [copy(to, value), lane("select", to, mask, to, other)] : [lane("select", to, mask, value, other)];
  const array = (id: NodeId, scope: Scope): Instruction[] => {
    const { op, args, value } = graph.nodes[id]!;
    if (op === "read") return [kernelCall("readBlock", [...[id, args[1]!].map(operandOf), ...arrayOf(args[0]!)])];
    if (op === "write") {
      const before = copyArray(scope.take(id, args[0]!));
      return [...before, kernelCall("writeBlock", [...args.slice(1, 3).map(operandOf), ...arrayOf(id)])];
    }
    scope.make(id);
    return args.map((element, index) => {
      const range = [index, index < args.length - 1 ? index + 1 : value].map((index): Operand => ({ kind: "length", index }));
      return kernelCall("fillBlock", [operandOf(element), { kind: "array", index: arrays.placeOf(id) }, ...range]);
    });
  };
  const scopeOf = (steps: readonly Step[], states?: readonly NodeId[], kept?: ReadonlySet<NodeId>) =>
    arrays.scope(steps.flatMap(userOf), states, kept);
  const instructionsOf = (step: Step, scope: Scope): Instruction[] => {
    const [user] = userOf(step);
    const instructions = step.kind === "loop" ? loop(step, scope) : user === undefined ? operation(step) : array(user, scope);
    if (user !== undefined) scope.leave(user);
    return instructions;
  };
  const operation = (step: Exclude<Step, { kind: "loop" }>): Instruction[] => {
    if (step.kind === "kernel") {
      return [kernelCall(step.name, [...[...step.results, ...step.args].map(operandOf), ...tableOperands(graph, step.table)])];
    }
    return step.nodes.map((id) => lane(graph.nodes[id]!.op as OperationName, id, ...graph.nodes[id]!.args));
  };
  const outermost = scopeOf(plan.steps);
  const instructions = plan.steps.flatMap((step) => instructionsOf(step, outermost));
  const pairBytes = (constants.length + plan.scalars.length) * splatBytes;
  const fitting = Math.floor(mostArrayBytes / arrays.count / stepBytes) * stepBytes;
  const block = Math.min(mostBytes, Math.max(stepBytes, fitting));
  return { instructions, constants, pairBytes, block, bytes: pairBytes + instructions.length * instructionBytes + arrays.count * block };
}

/** The node of a step that makes or reads arrays, if it may. */
const userOf = (step: Step): NodeId[] =>
  step.kind === "loop" ? [step.loop] : step.kind === "kernel" && step.array !== undefined ? [step.array] : [];

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
    array: (place: number) => start + program.instructions.length * instructionBytes + place * program.block,
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
