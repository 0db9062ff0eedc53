import { type NodeId, operandsOf } from "../graph/graph.ts";
import { createArrays } from "../plan/arrays.ts";
import { blockLayout, pointerIndex } from "../plan/layout.ts";
import { blockBytes, type KernelCall, type Plan, type Step, stepBytes } from "../plan/plan.ts";
import { type Assembler, assembler, type EmittedFunction, type ImportedFunction, opcode, type ValueType } from "./encode.ts";
import { createLocals, emitTable, type Locals } from "./lanes.ts";
import { elementBytes, emitNodes, laneImports, loopDepth, needSign, type Straight } from "./straight.ts";

type Frame = Pick<Straight, "locals" | "counters" | "imports" | "arrays">;

/** Locals of `run`: the parameters, then i32s. Column pointers follow, then the v128 values. */
const local = { block: 0, bytes: 1, offset: 2, length: 3, index: 4, scratch: 5, scalars: 6, pointers: 7 } as const;

/** What a step computes straight-line. */
const nodesOf = (step: Exclude<Step, KernelCall>) => (step.kind === "loop" ? [step.loop, ...step.nodes] : step.nodes);

/** Whether a mask is set, or not, at some point of a block (assembly/columns.ts). */
const guardTest: ImportedFunction = { name: "isNeeded", type: { parameters: ["i32", "i32", "i32"], results: ["i32"] } };

/** The kernels that a plan calls, as imports: block kernels, and lane forms in loops. */
export function kernelImports(plan: Plan): ImportedFunction[] {
  const kernels = new Map<string, ImportedFunction>();
  for (const step of plan.steps) {
    if (step.kind !== "kernel") {
      for (const imported of laneImports(plan.graph, nodesOf(step))) kernels.set(imported.name, imported);
      continue;
    }
    if (step.guard) kernels.set(guardTest.name, guardTest);
    const columns = step.results.length + step.args.length + (step.table === undefined ? 0 : 2);
    const parameters = Array<ValueType>(columns + 1).fill("i32");
    kernels.set(step.name, { name: step.name, type: { parameters, results: [] } });
  }
  return [...kernels.values()];
}

/**
 * `run(block, points) → 0`: the plan over columns, block by block. `block` points to the pointers of plan/layout.ts;
 * columns are padded to whole multiples of four points. Arrays lie behind the scratch columns; a pair of lanes is done with
 * them before the next.
 */
export function emitBatch(plan: Plan, imports: readonly ImportedFunction[]): EmittedFunction & { readonly arrayBytes: number } {
  const code = assembler();
  const layout = blockLayout(plan);
  const pointerCount = plan.inputs.length + plan.columns.length;
  const depth = Math.max(0, ...plan.steps.map((step) => (step.kind === "kernel" ? 0 : loopDepth(plan.graph, nodesOf(step)))));
  const firstCounter = local.pointers + pointerCount;
  const locals = createLocals(firstCounter + depth);
  const arrays = createArrays(plan.graph);
  const frame = { locals, counters: createLocals(firstCounter), imports, arrays };

  code.get(local.bytes);
  code.i32(3);
  code.emit(opcode.i32ShiftLeft);
  code.i32(stepBytes - 1);
  code.emit(opcode.i32Add);
  code.i32(-stepBytes);
  code.emit(opcode.i32And);
  code.set(local.bytes);
  code.get(local.block);
  code.i32Load(layout.scratch);
  code.set(local.scratch);
  code.get(local.block);
  code.i32Load(layout.scalars);
  code.set(local.scalars);

  code.emit(opcode.block, opcode.noResult);
  code.get(local.bytes);
  code.emit(opcode.i32Eqz);
  code.branchIf(0);
  code.emit(opcode.loop, opcode.noResult);
  code.get(local.bytes);
  code.get(local.offset);
  code.emit(opcode.i32Sub);
  code.tee(local.length);
  code.i32(blockBytes);
  code.emit(opcode.i32GreaterUnsigned, opcode.if, opcode.noResult);
  code.i32(blockBytes);
  code.set(local.length);
  code.emit(opcode.end);

  for (const step of plan.steps) {
    if (step.kind === "kernel") emitKernelCall(code, plan, step, imports);
    else emitSegment(code, plan, nodesOf(step), frame);
  }

  code.get(local.offset);
  code.i32(blockBytes);
  code.emit(opcode.i32Add);
  code.tee(local.offset);
  code.get(local.bytes);
  code.emit(opcode.i32LessUnsigned);
  code.branchIf(0);
  code.emit(opcode.end, opcode.end);
  code.i32(0);

  return {
    name: "run",
    type: { parameters: ["i32", "i32"], results: ["i32"] },
    locals: [
      { count: firstCounter + depth - local.offset, type: "i32" },
      { count: locals.count, type: "v128" },
    ],
    code: code.code,
    arrayBytes: arrays.count * elementBytes,
  };
}

function pushTables(code: Assembler, plan: Plan) {
  code.get(local.block);
  code.i32Load(blockLayout(plan).tables);
}

const slotOffset = (plan: Plan, id: NodeId) => plan.places.get(id)!.index * blockBytes;

function emitKernelCall(code: Assembler, plan: Plan, step: KernelCall, imports: readonly ImportedFunction[]) {
  const call = (name: string) => code.call(imports.findIndex((imported) => imported.name === name));
  const pushColumn = (id: NodeId) => {
    const pointer = pointerIndex(plan, id);
    if (pointer === undefined) {
      code.get(local.scratch);
      code.i32(slotOffset(plan, id));
    } else {
      code.get(local.block);
      code.i32Load(4 * pointer);
      code.get(local.offset);
    }
    code.emit(opcode.i32Add);
  };
  if (step.guard) {
    pushColumn(step.guard.mask);
    code.i32(Number(step.guard.isSet));
    code.get(local.length);
    call(guardTest.name);
    code.emit(opcode.if, opcode.noResult);
  }
  for (const id of [...step.results, ...step.args]) pushColumn(id);
  if (step.table !== undefined) {
    pushTables(code, plan);
    emitTable(code, plan.graph, step.table);
  }
  code.get(local.length);
  call(step.name);
  if (step.guard) code.emit(opcode.end);
}

/** A fused loop: loads at first use, stores at once, everything else in locals. */
function emitSegment(code: Assembler, plan: Plan, nodes: readonly NodeId[], frame: Frame) {
  const { locals } = frame;
  const { graph, places } = plan;
  const own = new Set(nodes);
  const operands = operandsOf(graph, nodes);
  const hoisted = hoistConstants(code, plan, operands, locals);
  const sign = needSign(graph, nodes) ? locals.allocate() : undefined;
  if (sign !== undefined) {
    code.splat(-0);
    code.set(sign);
  }
  const touched = [...operands].filter((arg) => places.has(arg) && !own.has(arg) && !hoisted.has(arg));
  setPointers(code, plan, [...touched, ...nodes.filter((id) => places.has(id))]);

  const address = (id: NodeId) => {
    const pointer = pointerIndex(plan, id);
    code.get(pointer === undefined ? local.scratch : local.pointers + pointer);
    code.get(local.index);
    code.emit(opcode.i32Add);
    return pointer === undefined ? slotOffset(plan, id) : 0;
  };
  const pushGiven = (id: NodeId) => {
    const value = graph.valueOf(id);
    if (value !== undefined) return code.splat(value);
    const offset = address(id);
    code.load(offset);
  };

  code.i32(0);
  code.set(local.index);
  code.emit(opcode.loop, opcode.noResult);
  const straight = {
    ...frame,
    code,
    graph,
    values: new Map(hoisted),
    pushGiven,
    pushSign: () => code.get(sign!),
    pushTables: () => pushTables(code, plan),
    pushArrays() {
      code.get(local.scratch);
      code.i32(plan.slots * blockBytes);
      code.emit(opcode.i32Add);
    },
  };
  emitNodes(straight, nodes, (id, held) => {
    if (!places.has(id)) return;
    const offset = address(id);
    code.get(held);
    code.store(offset);
  });
  code.get(local.index);
  code.i32(16);
  code.emit(opcode.i32Add);
  code.tee(local.index);
  code.get(local.length);
  code.emit(opcode.i32LessUnsigned);
  code.branchIf(0);
  code.emit(opcode.end);
  for (const held of hoisted.values()) locals.release(held);
  if (sign !== undefined) locals.release(sign);
}

/** Constants and scalars of a segment, in locals before its loop. */
function hoistConstants(code: Assembler, plan: Plan, operands: Iterable<NodeId>, locals: Locals): Map<NodeId, number> {
  const scalars = new Map(plan.scalars.map((id, index) => [id, index]));
  const hoisted = new Map<NodeId, number>();
  for (const arg of operands) {
    const value = plan.graph.valueOf(arg);
    const scalar = scalars.get(arg);
    if (value === undefined && scalar === undefined) continue;
    if (value !== undefined) code.splat(value);
    else {
      code.get(local.scalars);
      code.load64Splat(8 * scalar!);
    }
    const held = locals.allocate();
    hoisted.set(arg, held);
    code.set(held);
  }
  return hoisted;
}

function setPointers(code: Assembler, plan: Plan, ids: readonly NodeId[]) {
  const pointers = new Set(ids.map((id) => pointerIndex(plan, id)));
  for (const pointer of pointers) {
    if (pointer === undefined) continue;
    code.get(local.block);
    code.i32Load(4 * pointer);
    code.get(local.offset);
    code.emit(opcode.i32Add);
    code.set(local.pointers + pointer);
  }
}
