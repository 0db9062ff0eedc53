import { type Affine, affineOf } from "../graph/affine.ts";
import { bodyOf, isCounted, loopOf, turnsWithin } from "../graph/loops.ts";
import { type Graph, isArray, isArrayOp, isKernelNode, type Loop, type NodeId } from "../graph/node.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import type { Arrays, Move } from "../plan/arrays.ts";
import { tableOffset } from "../plan/layout.ts";
import { type Assembler, type ImportedFunction, opcode, simd, type ValueType } from "./encode.ts";
import { emitLaneOperation, emitTable, type Locals, needsSignMask } from "./lanes.ts";

/** Straight-line code on a pair of lanes, and loops of such code. */
export interface Straight {
  readonly code: Assembler;
  readonly graph: Graph;
  /** The lane forms of kernels among others. */
  readonly imports: readonly ImportedFunction[];
  readonly locals: Locals;
  /** i32 locals, which count turns. */
  readonly counters: Locals;
  /** The local that holds a value. Nodes of a turn have theirs anew in each loop. */
  readonly values: Map<NodeId, number>;
  /** Pushes a value that is not computed here. */
  readonly pushGiven: (id: NodeId) => void;
  /** Of straight-line code that is the turn of a loop: the loop, and the local that counts turns. */
  readonly turnOf?: { readonly loop: Loop; readonly count: number };
  readonly pushSign: () => void;
  /** Pushes the address of the graph's tables. */
  readonly pushTables: () => void;
  readonly arrays: Arrays;
  /** Pushes the address of all arrays. */
  readonly pushArrays: () => void;
}

/** Bytes of an element of an array: a pair of lanes. */
export const elementBytes = 16;

/** What arrays are computed by, as imports (assembly/kernels/arrays.ts). */
const arrayImports: readonly ImportedFunction[] = Object.entries({
  read: ["v128", "i32", "i32"],
  write: ["v128", "v128", "i32", "i32"],
  fill: ["v128", "i32", "i32"],
  merge: ["v128", "i32", "i32", "i32"],
} as const).map(([name, parameters]) => ({ name, type: { parameters, results: name === "read" ? ["v128"] : [] } }));

/** The lane forms of the kernels that nodes call, in turns of loops too, as imports. */
export function laneImports(graph: Graph, nodes: readonly NodeId[]): ImportedFunction[] {
  const imports = new Map<string, ImportedFunction>();
  for (const id of [...nodes, ...turnsWithin(graph, nodes)]) {
    const { op, args } = graph.nodes[id]!;
    if (isArrayOp(op)) for (const imported of arrayImports) imports.set(imported.name, imported);
    if (!isKernelNode(graph, id)) continue;
    const table = operations[op as OperationName].readsTable ? 2 : 0;
    const parameters = [...Array<ValueType>(args.length).fill("v128"), ...Array<ValueType>(table).fill("i32")];
    imports.set(op, { name: op, type: { parameters, results: ["v128"] } });
  }
  return [...imports.values()];
}

/** How deep loops are nested among nodes. */
export const loopDepth = (graph: Graph, nodes: readonly NodeId[]): number =>
  nodes.reduce(
    (depth, id) => (graph.nodes[id]!.op === "loop" ? Math.max(depth, 1 + loopDepth(graph, bodyOf(graph, loopOf(graph, id)))) : depth),
    0,
  );

/** Whether nodes, or the turns of a loop among them, change signs. */
export const needSign = (graph: Graph, nodes: readonly NodeId[]): boolean =>
  [...nodes, ...turnsWithin(graph, nodes)].some((id) => needsSignMask(graph, id));

/**
 * Computes nodes in order, each into a local that is free again after its last use, unless it is among `kept`. `done` is
 * told when a value is there.
 */
export function emitNodes(
  straight: Straight,
  nodes: readonly NodeId[],
  done: (id: NodeId, local: number) => void = () => {},
  kept: ReadonlySet<NodeId> = new Set(),
  states: readonly NodeId[] = [],
): void {
  const { code, graph, imports, locals, values } = straight;
  const { arrays } = straight;
  const scope = arrays.scope(nodes, states, kept);
  /** By operand, 0 where there is none. */
  const lastUse = new Int32Array(graph.nodes.length);
  nodes.forEach((id) => {
    graph.nodes[id]!.args.forEach((arg) => {
      lastUse[arg] = id;
    });
  });
  /** Values whose locals are given back here. */
  const owned = new Set<NodeId>();
  const push = (arg: NodeId) => {
    if (!values.has(arg)) {
      hold(straight, arg);
      owned.add(arg);
    }
    code.get(values.get(arg)!);
  };
  const release = (id: NodeId) => {
    if (!owned.delete(id)) return;
    locals.release(values.get(id)!);
    values.delete(id);
  };
  /** Locals of results, places of arrays. */
  const loops = new Map<NodeId, readonly number[]>();
  const call = (name: string) => code.call(imports.findIndex((imported) => imported.name === name));
  const finish = (id: NodeId) => {
    graph.nodes[id]!.args.forEach((arg) => {
      if (lastUse[arg] === id) release(arg);
    });
    scope.leave(id);
  };
  for (const id of nodes) {
    const { op, args, value } = graph.nodes[id]!;
    if (op === "loop") {
      loops.set(
        id,
        emitLoop(straight, id, (from, state) => copyArray(straight, scope.take(id, from, state))),
      );
      finish(id);
    } else if (op === "list") {
      scope.make(id);
      const place = arrays.placeOf(id);
      for (const [index, element] of args.entries()) {
        push(element);
        pushArray(straight, place + index, index < args.length - 1 ? 1 : value - index);
        call("fill");
      }
      finish(id);
    } else if (op === "write") {
      copyArray(straight, scope.take(id, args[0]!));
      const [, index, element] = args as [NodeId, NodeId, NodeId];
      if (pushElement(straight, id, index)) {
        push(element);
        code.store(0);
      } else {
        push(index);
        push(element);
        pushArray(straight, arrays.placeOf(id), graph.lengthOf(id)!);
        call("write");
      }
      finish(id);
    } else if (op === "result" && isArray(graph, id)) scope.give(id, loops.get(args[0]!)![value]!);
    else if (op === "result") {
      const local = loops.get(args[0]!)![value]!;
      values.set(id, local);
      done(id, local);
    } else {
      if (op === "read") {
        const [array, index] = args as [NodeId, NodeId];
        if (pushElement(straight, array, index)) code.load(0);
        else {
          push(index);
          pushArray(straight, arrays.placeOf(array), graph.lengthOf(array)!);
          call(op);
        }
      } else if (isKernelNode(graph, id)) {
        if (!emitScalarGather(straight, id)) {
          args.forEach(push);
          if (operations[op as OperationName].readsTable) {
            straight.pushTables();
            emitTable(code, graph, value);
          }
          call(op);
        }
      } else emitLaneOperation(code, graph, id, push, straight.pushSign);
      finish(id);
      const local = locals.allocate();
      values.set(id, local);
      code.set(local);
      done(id, local);
      if (!kept.has(id)) owned.add(id);
      if (!lastUse[id]) release(id);
    }
  }
}

/** The address of a place, and how many elements there are. */
function pushArray({ code, pushArrays }: Straight, place: number, length: number): void {
  pushArrays();
  code.i32(place * elementBytes);
  code.emit(opcode.i32Add);
  code.i32(length);
}

/** The address of an element that is the same on all points that make a turn. False, and nothing is pushed, where it may be another, or none. */
function pushElement(straight: Straight, array: NodeId, index: NodeId): boolean {
  const { arrays, graph, pushArrays } = straight;
  const common = commonIndex(straight, index, graph.lengthOf(array)!);
  if (!common) return false;
  pushArrays();
  pushPlace(straight, arrays.placeOf(array) * elementBytes, elementBytes, common);
  return true;
}

/** `mask`: the local with the lanes in which it is copied, if not in all. */
function copyArray(straight: Straight, move: Move | undefined, mask?: number): void {
  const { code, imports, pushArrays } = straight;
  if (!move) return;
  if (mask === undefined) code.allBits(true);
  else code.get(mask);
  pushArrays();
  code.i32(move.to * elementBytes);
  code.emit(opcode.i32Add);
  pushArray(straight, move.from, move.length);
  code.call(imports.findIndex(({ name }) => name === "merge"));
}

/** An element that is the same on all points that make a turn needs no index in lanes. False where it may be another, or none. */
function emitScalarGather(straight: Straight, id: NodeId): boolean {
  const { code, graph, pushTables } = straight;
  const { op, args, value } = graph.nodes[id]!;
  const common = op === "gather" ? commonIndex(straight, args[0]!, graph.tables[value]!.length) : undefined;
  if (!common) return false;
  pushTables();
  pushPlace(straight, tableOffset(graph, value), 8, common);
  code.load64Splat(0);
  return true;
}

/** An index below `length` that is the same on all points that make a turn. `undefined` where it may be another, or none. */
function commonIndex({ graph, turnOf }: Straight, index: NodeId, length: number): Affine | undefined {
  const known = graph.valueOf(index);
  const affine = known !== undefined ? { first: known, step: 0 } : turnOf && affineOf(graph, turnOf.loop, index);
  if (!affine) return undefined;
  const { first, step } = affine;
  const last = step === 0 ? first : first + step * (turnOf!.loop.turns - 1);
  return [first, last].every((at) => Number.isInteger(at) && at >= 0 && at < length) ? affine : undefined;
}

/** Adds to an address the place of an element, `stride` bytes behind the one before. */
function pushPlace({ code, turnOf }: Straight, offset: number, stride: number, { first, step }: Affine): void {
  code.i32(offset + stride * first);
  code.emit(opcode.i32Add);
  if (step === 0) return;
  code.get(turnOf!.count);
  code.i32(stride * step);
  code.emit(opcode.i32Multiply, opcode.i32Add);
}

/** Puts what is given into a local. */
function hold({ code, locals, values, pushGiven }: Straight, id: NodeId): void {
  pushGiven(id);
  const local = locals.allocate();
  values.set(id, local);
  code.set(local);
}

/** A loop until no lane goes on. Gives the locals of its results, and the places of arrays. `take` gives a state the place of an array. */
function emitLoop(straight: Straight, id: NodeId, take: (from: NodeId, state: NodeId) => void): readonly number[] {
  const { code, graph, locals, counters, values, arrays } = straight;
  const loop = loopOf(graph, id);
  const body = bodyOf(graph, loop);
  // Not to be read from memory, or built, at every turn.
  const read = new Set([...graph.nodes[id]!.args, ...body.flatMap((node) => graph.nodes[node]!.args), ...loop.next]);
  const inner = new Set([...loop.states, ...body]);
  const held = [...read].filter(
    (node) => !values.has(node) && !inner.has(node) && graph.nodes[node]!.op !== "mask" && !isArray(graph, node),
  );
  for (const node of held) hold(straight, node);
  const push = (node: NodeId) =>
    graph.nodes[node]!.op === "mask" ? code.allBits(graph.nodes[node]!.value === 1) : code.get(values.get(node)!);

  const makesAll = isCounted(graph, loop);
  const active = locals.allocate();
  push(loop.starts);
  code.set(active);
  const states = loop.states.map((state, index) => {
    const initial = loop.initial[index]!;
    if (isArray(graph, state)) {
      take(initial, state);
      return arrays.placeOf(state);
    }
    const local = locals.allocate();
    push(initial);
    code.set(local);
    return local;
  });
  const numbers = [...loop.states.keys()].filter((index) => !isArray(graph, loop.states[index]!));
  for (const index of numbers) values.set(loop.states[index]!, states[index]!);
  const turn = counters.allocate();
  code.i32(0);
  code.set(turn);

  code.emit(opcode.block, opcode.noResult, opcode.loop, opcode.noResult);
  code.get(turn);
  code.i32(loop.turns);
  code.emit(opcode.i32GreaterEqualUnsigned);
  code.branchIf(1);
  if (!makesAll) {
    code.get(active);
    code.lane(simd.anyTrue);
    code.emit(opcode.i32Eqz);
    code.branchIf(1);
  }
  const kept = new Set([...loop.next, loop.goesOn]);
  emitNodes(
    { ...straight, turnOf: { loop, count: turn } },
    body,
    undefined,
    kept,
    loop.states.filter((state) => isArray(graph, state)),
  );
  const places = states.map((place, index) => (isArray(graph, loop.states[index]!) ? place : undefined));
  for (const move of arrays.movesOfTurn(loop, places)) copyArray(straight, move, makesAll ? undefined : active);
  for (const index of numbers) {
    push(loop.next[index]!);
    if (makesAll) continue;
    code.get(states[index]!);
    code.get(active);
    code.lane(simd.select);
  }
  if (!makesAll) {
    code.get(active);
    push(loop.goesOn);
    code.lane(simd.and);
    code.set(active);
  }
  for (const index of [...numbers].reverse()) code.set(states[index]!);
  code.get(turn);
  code.i32(1);
  code.emit(opcode.i32Add);
  code.set(turn);
  code.emit(opcode.branch, 0, opcode.end, opcode.end);
  counters.release(turn);
  for (const node of [...held, ...body.filter((node) => kept.has(node) && !isArray(graph, node))]) {
    locals.release(values.get(node)!);
    values.delete(node);
  }
  return [...states, active];
}
