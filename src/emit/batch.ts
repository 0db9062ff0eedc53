import type { NodeId } from "../graph/graph.ts";
import { blockLayout, pointerIndex } from "../plan/layout.ts";
import { blockBytes, type Plan, type Step, stepBytes } from "../plan/plan.ts";
import { type Assembler, assembler, type EmittedFunction, type ImportedFunction, opcode, type ValueType } from "./encode.ts";
import { createLocals, emitLaneOperation, type Locals, needsSignMask } from "./lanes.ts";

/** Locals of `run`: the parameters, then i32s. Column pointers follow, then the v128 values. */
const local = { block: 0, bytes: 1, offset: 2, length: 3, index: 4, scratch: 5, scalars: 6, pointers: 7 } as const;

/** The block kernels that a plan calls, as imports. */
export function kernelImports(plan: Plan): ImportedFunction[] {
  const kernels = new Map<string, ImportedFunction>();
  for (const step of plan.steps) {
    if (step.kind !== "kernel") continue;
    const parameters = Array<ValueType>(step.results.length + step.args.length + 1).fill("i32");
    kernels.set(step.name, { name: step.name, type: { parameters, results: [] } });
  }
  return [...kernels.values()];
}

/**
 * `run(block, points) → 0`: the plan over columns, block by block. `block` points to the pointers of plan/layout.ts;
 * columns are padded to whole multiples of four points.
 */
export function emitBatch(plan: Plan, imports: readonly ImportedFunction[]): EmittedFunction {
  const code = assembler();
  const layout = blockLayout(plan);
  const pointerCount = plan.inputs.length + plan.columns.length;
  const locals = createLocals(local.pointers + pointerCount);

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
    else emitSegment(code, plan, step.nodes, locals);
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
      { count: local.pointers + pointerCount - local.offset, type: "i32" },
      { count: locals.count, type: "v128" },
    ],
    code: code.code,
  };
}

const slotOffset = (plan: Plan, id: NodeId) => plan.places.get(id)!.index * blockBytes;

function emitKernelCall(code: Assembler, plan: Plan, step: Step & { kind: "kernel" }, imports: readonly ImportedFunction[]) {
  for (const id of [...step.results, ...step.args]) {
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
  }
  code.get(local.length);
  code.call(imports.findIndex(({ name }) => name === step.name));
}

/** A fused loop: loads at first use, stores at once, everything else in locals. */
function emitSegment(code: Assembler, plan: Plan, nodes: readonly NodeId[], locals: Locals) {
  const { graph, places } = plan;
  const own = new Set(nodes);
  const lastUse = new Map<NodeId, NodeId>();
  for (const id of nodes) for (const arg of graph.nodes[id]!.args) lastUse.set(arg, id);
  const hoisted = hoistConstants(code, plan, lastUse.keys(), locals);
  const sign = nodes.some((id) => needsSignMask(graph, id)) ? locals.allocate() : undefined;
  if (sign !== undefined) {
    code.splat(-0);
    code.set(sign);
  }
  const touched = [...lastUse.keys()].filter((arg) => !own.has(arg) && !hoisted.has(arg));
  setPointers(code, plan, [...touched, ...nodes.filter((id) => places.has(id))]);

  const values = new Map<NodeId, number>();
  const address = (id: NodeId) => {
    const pointer = pointerIndex(plan, id);
    code.get(pointer === undefined ? local.scratch : local.pointers + pointer);
    code.get(local.index);
    code.emit(opcode.i32Add);
    return pointer === undefined ? slotOffset(plan, id) : 0;
  };
  const push = (arg: NodeId) => {
    const known = hoisted.get(arg) ?? values.get(arg);
    if (known !== undefined) return code.get(known);
    const offset = address(arg);
    code.load(offset);
    const loaded = locals.allocate();
    values.set(arg, loaded);
    code.tee(loaded);
  };

  code.i32(0);
  code.set(local.index);
  code.emit(opcode.loop, opcode.noResult);
  for (const id of nodes) {
    emitLaneOperation(code, graph, id, push, () => code.get(sign!));
    for (const arg of new Set(graph.nodes[id]!.args)) {
      if (lastUse.get(arg) === id && values.has(arg)) locals.release(values.get(arg)!);
    }
    const result = locals.allocate();
    values.set(id, result);
    code.set(result);
    if (places.has(id)) {
      const offset = address(id);
      code.get(result);
      code.store(offset);
    }
    if (!lastUse.has(id)) locals.release(result);
  }
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
