import { emitBatch, kernelImports } from "../emit/batch.ts";
import { encodeModule } from "../emit/encode.ts";
import { emitPoint } from "../emit/point.ts";
import { laneImports } from "../emit/straight.ts";
import type { Graph, NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { blockLayout } from "../plan/layout.ts";
import { lower } from "../plan/lower.ts";
import { blockBytes, type Plan, planGraph, planOneByOne, stepBytes, writesOf } from "../plan/plan.ts";
import { type Source, type Split, splitByPoint } from "../plan/scalars.ts";
import { mathModule } from "../wasm/math.ts";
import { type Arena, cachedByArena, scratchArena } from "./arena.ts";
import { createPrelude } from "./prelude.ts";
import { toProgram, writeProgram } from "./program.ts";
import { timed } from "./timed.ts";

export type { Source } from "../plan/scalars.ts";

export type EngineName = "compiled" | "interpreted";

/** Operations on dual numbers throughout: the interpreter runs each as one dual block form (duals.ts). */
export interface DualForms {
  /** Tangents, of operands too, that the graph itself may not need: what was simplified away. */
  readonly nodes: readonly NodeId[];
  plan(graph: Graph, split: Split): Plan;
}

/** What a call asks for: nodes of a derived graph, and which input leaves are one number for all points. */
export interface Request {
  readonly graph: Graph;
  readonly outputs: readonly NodeId[];
  readonly shared: readonly boolean[];
  /** What runs columns. */
  readonly engine: EngineName;
  /** What runs one point, where it is not the same. */
  readonly pointEngine?: EngineName;
  readonly duals?: DualForms;
}

/** An executable in one arena. */
export interface Instance {
  /** Computes what is the same for all points and prepares the scratch of `block`; to be called before `run`, again when the arena was used otherwise. Returns the scalars. */
  begin(block: number, sharedValues: Float64Array): Float64Array;
  /** Computes `points` points; columns are padded to whole multiples of four points. */
  run(block: number, points: number): void;
}

/** A request planned for columns. Its block in an arena is laid out by plan/layout.ts. */
export interface Executable {
  /** Input leaves read as columns, in the order of their pointers. */
  readonly inputs: readonly number[];
  /** How many columns are computed, in the order of their pointers. */
  readonly columns: number;
  /** Where each requested output comes from. */
  readonly sources: readonly Source[];
  /** What it reads from memory: it runs in the arena of these tables. */
  readonly tables: readonly Float64Array[];
  readonly scratchBytes: number;
  readonly scalarCount: number;
  readonly blockBytes: number;
  readonly report: Readonly<Record<string, unknown>> & { readonly times: { readonly plan: number; readonly emit: number } };
  bind(arena: Arena): Instance;
}

/** Computes one point: `inputs` has every leaf. Gives every requested output, until the next call of any point. */
export type Point = (inputs: Float64Array) => Float64Array;

const noScalars = new Float64Array(0);

/**
 * Graphs above so many live nodes run by the interpreter: a straight-line function of that size compiles too slowly for one point, and
 * engines refuse functions of more than some 7 MB.
 */
const mostCompiled = { point: 20_000, columns: 100_000 };

/** Prepares a request for columns. */
export function prepareColumns(given: Request): Executable {
  const { graph } = given;
  const { made, took: planning } = timed(() => planColumns(given));
  const { engine, split, plan } = made;
  const scalars = [...new Set([...split.scalarOutputs, ...plan.scalars, ...plan.fills])];
  const scalarIndex = new Map(scalars.map((id, index) => [id, index]));
  const prelude = createPrelude(graph, scalars);
  const layout = blockLayout(plan);
  const { made: loop, took: emitting } = timed(() => (engine === "compiled" ? compiledLoop : interpretedLoop)(plan));
  const ownScratch = plan.slots * blockBytes;

  const bind = (arena: Arena): Instance => {
    const step = loop.bind(arena);
    return {
      begin(block, sharedValues) {
        if (scalars.length === 0 && !step.begin) return noScalars;
        const words = new Int32Array(arena.memory.buffer, block, layout.bytes / 4);
        const scratch = words[layout.scratch / 4]!;
        const values = prelude.run(arena, scratch, sharedValues);
        const valueOf = (id: NodeId) => values[scalarIndex.get(id)!]!;
        for (const id of plan.fills) {
          arena.exports.fillColumn(scratch + plan.places.get(id)!.index * blockBytes, valueOf(id), blockBytes);
        }
        const own = Float64Array.from(plan.scalars, valueOf);
        new Float64Array(arena.memory.buffer, words[layout.scalars / 4]!).set(own);
        step.begin?.(words.subarray(0, layout.scratch / 4), scratch, own);
        return values;
      },
      run: step.run,
    };
  };

  return {
    inputs: plan.inputs.map((id) => graph.nodes[id]!.value),
    columns: plan.columns.length,
    sources: split.sources,
    tables: graph.tables,
    scratchBytes: Math.max(ownScratch + loop.extraBytes, prelude.bytes),
    scalarCount: plan.scalars.length,
    blockBytes: layout.bytes,
    report: { engine, ...describePlan(plan), ...loop.report, times: { plan: planning, emit: emitting } },
    bind: cachedByArena(bind),
  };
}

function planColumns(given: Request): { readonly engine: EngineName; readonly split: Split; readonly plan: Plan } {
  const { graph, shared } = given;
  const outputs = lower(graph, given.outputs);
  const isHuge = graph.nodes.length > mostCompiled.columns && liveNodes(graph, outputs).length > mostCompiled.columns;
  const request: Request = isHuge ? { ...given, engine: "interpreted" } : given;
  const split = splitByPoint(graph, outputs, shared, request.duals?.nodes ?? []);
  return { engine: request.engine, split, plan: planFor(request, split) };
}

/** Prepares a request for one point at a time. */
export function preparePoint({ graph, outputs, shared, engine, pointEngine = engine }: Request): Point {
  const lowered = lower(graph, outputs);
  const isCompiled = pointEngine === "compiled" && liveNodes(graph, lowered).length <= mostCompiled.point;
  return (isCompiled ? compiledPoint : interpretedPoint)(graph, lowered, shared.length);
}

function planFor({ graph, engine, duals }: Request, split: Split): Plan {
  if (engine === "interpreted" && duals) return duals.plan(graph, split);
  return (engine === "compiled" ? planGraph : planOneByOne)(graph, split.columns, split.isScalar);
}

const describePlan = ({ steps, slots }: Plan) => ({
  operations: steps.reduce((count, step) => count + writesOf(step).length, 0),
  segments: steps.map((step) =>
    step.kind === "segment" ? step.nodes.length : step.kind === "loop" ? "loop" : step.name.replace(/Block$/, ""),
  ),
  scratchColumns: slots,
});

/** How the steps of a plan are run. */
interface Loop {
  /** Bytes of scratch behind the plan's own. */
  readonly extraBytes: number;
  readonly report: Readonly<Record<string, unknown>>;
  bind(arena: Arena): {
    /** Absent where nothing is to be prepared. */
    begin?(pointers: Int32Array, scratch: number, scalars: Float64Array): void;
    run(block: number, points: number): void;
  };
}

function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  // Where nothing may be compiled, this says so.
  mathModule();
  return new WebAssembly.Module(bytes);
}

const link = (module: WebAssembly.Module, arena: Arena) =>
  new WebAssembly.Instance(module, { env: { memory: arena.memory }, kernel: arena.kernels() }).exports;

function compiledLoop(plan: Plan): Loop {
  const imports = kernelImports(plan);
  const run = emitBatch(plan, imports);
  const bytes = encodeModule(imports, [run]);
  const module = compile(bytes);
  return {
    extraBytes: run.arrayBytes,
    report: { bytes: bytes.length },
    bind(arena) {
      const { run } = link(module, arena) as { run(block: number, points: number): number };
      return { run };
    },
  };
}

function interpretedLoop(plan: Plan): Loop {
  const program = toProgram(plan);
  return {
    extraBytes: program.bytes,
    report: { instructions: program.instructions.length },
    bind(arena) {
      let start = 0;
      return {
        begin(pointers, scratch, scalars) {
          start = writeProgram(program, {
            arena,
            pointers,
            scratch,
            at: scratch + plan.slots * blockBytes,
            scalars,
          });
        },
        run: (_block, points) =>
          arena.exports.interpret(start, program.instructions.length, Math.ceil((points * 8) / stepBytes) * stepBytes, program.block),
      };
    },
  };
}

/** A straight-line function of its own. */
function compiledPoint(graph: Graph, outputs: readonly NodeId[], leafCount: number): Point {
  const imports = laneImports(graph, liveNodes(graph, outputs));
  const emitted = emitPoint(graph, outputs, imports);
  const module = compile(encodeModule(imports, [emitted]));
  // What lies behind the outputs is in pairs.
  const leaves = leafCount + ((leafCount + outputs.length) % 2);
  const bytes = 8 * (leaves + outputs.length) + emitted.arrayBytes;
  const arena = scratchArena(bytes + 16, graph.tables);
  const mark = arena.mark();
  const at = arena.allocate(bytes, 16);
  arena.release(mark);
  const { tables } = arena;
  const { point } = link(module, arena) as { point(inputs: number, outputs: number, tables: number): void };
  const inputs = new Float64Array(arena.memory.buffer, at, leafCount);
  const results = new Float64Array(arena.memory.buffer, at + 8 * leaves, outputs.length);
  const resultsAt = results.byteOffset;
  return (values) => {
    for (let leaf = 0; leaf < inputs.length; leaf++) inputs[leaf] = values[leaf]!;
    point(at, resultsAt, tables);
    return results;
  };
}

/** With every leaf shared, everything is a scalar. */
function interpretedPoint(graph: Graph, outputs: readonly NodeId[]): Point {
  const prelude = createPrelude(graph, outputs);
  return (inputs) => {
    const arena = scratchArena(prelude.bytes + 16, graph.tables);
    const mark = arena.mark();
    const values = prelude.run(arena, arena.allocate(prelude.bytes, 16), inputs);
    arena.release(mark);
    return values;
  };
}
