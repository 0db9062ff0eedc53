import { type Graph, isArrayOp, isKernelNode, type NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { bodyOf, loopOf } from "../graph/loops.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import { haveArrays } from "./arrays.ts";
import { cutIntoSegments } from "./cut.ts";
import { findGuards, type Guard, isSameGuard } from "./guards.ts";
import { linearOrdering } from "./order.ts";
import { type Phase, placeByKernels } from "./place.ts";
import { assignScratch, type Place } from "./scratch.ts";
import { type KernelCall, readsOf, type Step, writesOf } from "./step.ts";

export { type KernelCall, type Step, writesOf } from "./step.ts";

/** Points a block: its scratch columns stay in L1. */
const blockPoints = 128;
export const blockBytes = blockPoints * 8;
/** Columns are whole steps of four points: kernels take two pairs of lanes a turn. */
export const stepBytes = 32;

/** What runs over a block of points, for either engine. */
export interface Plan {
  readonly graph: Graph;
  /** Input nodes read as columns, in the order of their pointers. */
  readonly inputs: readonly NodeId[];
  /** Computed columns, in the order of their pointers. */
  readonly columns: readonly NodeId[];
  /** Nodes that are the same for every point of a call and are read by some step, in the order of their values. */
  readonly scalars: readonly NodeId[];
  readonly steps: readonly Step[];
  /** Where values that cross steps live. */
  readonly places: ReadonlyMap<NodeId, Place>;
  /** Scratch columns of a block. */
  readonly slots: number;
  /** Scalars and constants that kernels read as columns: to be filled before the steps run. */
  readonly fills: readonly NodeId[];
}

/**
 * Plans the distinct nodes `columns`, none of which is an input, a constant or a scalar.
 * `isScalar` tells the nodes that are given as one number for all points.
 */
export function planGraph(graph: Graph, columns: readonly NodeId[], isScalar: (id: NodeId) => boolean): Plan {
  const computed = liveVarying(graph, columns, isScalar);
  // Arrays are those of one pair of lanes, from their beginning to their end.
  if (haveArrays(graph, computed)) return planSteps(graph, [{ kind: "segment", nodes: computed }], columns, isScalar);
  const guards = findGuards(graph, computed, columns);
  const phases = placeByKernels(graph, computed, guards);
  const kept = keptBeyondPhases(graph, phases, columns, guards);
  const results = resultsByLoop(graph, computed);
  const steps = phases.flatMap(({ arithmetic, kernels }) => [
    ...cutIntoSegments(graph, arithmetic, (id) => kept.has(id), isScalar).map((nodes): Step => ({ kind: "segment", nodes })),
    ...kernelCalls(graph, kernels, results).map((step) => guarded(step, guards)),
  ]);
  return planSteps(graph, steps, columns, isScalar);
}

/** A plan of given steps, which compute `columns` in order. */
export function planSteps(graph: Graph, steps: readonly Step[], columns: readonly NodeId[], isScalar: (id: NodeId) => boolean): Plan {
  const reads = new Set<NodeId>();
  for (const step of steps) for (const id of readsOf(graph, step)) reads.add(id);
  const inputs = [...reads].filter((id) => graph.nodes[id]!.op === "input" && !isScalar(id)).sort((a, b) => a - b);
  const scalars = new Set([...reads].filter(isScalar));
  const fills = [...new Set(kernelOperands(steps))].filter((id) => graph.valueOf(id) !== undefined || scalars.has(id));
  return { graph, inputs, columns, scalars: [...scalars], steps, fills, ...assignScratch(graph, steps, inputs, columns, fills) };
}

/** What kernels read as columns, in turns of loops too. */
const kernelOperands = (steps: readonly Step[]): NodeId[] =>
  steps.flatMap((step) => (step.kind === "kernel" ? step.args : step.kind === "loop" ? kernelOperands(step.body ?? []) : []));

/** A plan with one operation a step, every value in a column: what the interpreter runs. */
export function planOneByOne(graph: Graph, columns: readonly NodeId[], isScalar: (id: NodeId) => boolean): Plan {
  const computed = liveVarying(graph, columns, isScalar);
  const wanted = new Set(columns);
  const steps = stepsOneByOne(
    graph,
    linearOrdering(graph, computed, (node) => wanted.has(node)),
  );
  return planSteps(graph, steps, columns, isScalar);
}

function stepsOneByOne(graph: Graph, order: readonly NodeId[]): Step[] {
  const partners = sinCosPairs(graph, order);
  const done = new Set<NodeId>();
  const steps: Step[] = [];
  for (const id of order) {
    if (done.has(id)) continue;
    const step = stepOf(graph, id, partners);
    for (const result of writesOf(step)) done.add(result);
    steps.push(step);
  }
  return steps;
}

/** What must be computed for every point, operands first: scalars, and what only they use, are left out. */
function liveVarying(graph: Graph, columns: readonly NodeId[], isScalar: (id: NodeId) => boolean): NodeId[] {
  return liveNodes(graph, columns, isScalar).filter((id) => !isScalar(id) && graph.nodes[id]!.args.length > 0);
}

/** Results, and what another phase or a kernel reads. */
function keptBeyondPhases(
  graph: Graph,
  phases: readonly Phase[],
  columns: readonly NodeId[],
  guards: ReadonlyMap<NodeId, Guard>,
): Set<NodeId> {
  const kept = new Set(columns);
  for (const { arithmetic, kernels } of phases) {
    const own = new Set(arithmetic);
    for (const id of arithmetic) for (const arg of graph.nodes[id]!.args) if (!own.has(arg)) kept.add(arg);
    for (const id of kernels) {
      for (const arg of graph.nodes[id]!.args) kept.add(arg);
      const guard = guards.get(id);
      if (guard) kept.add(guard.mask);
    }
  }
  return kept;
}

/** A kernel call that all its results need under one mask alone, under that mask. */
function guarded(step: Step, guards: ReadonlyMap<NodeId, Guard>): Step {
  if (step.kind !== "kernel") return step;
  const [guard, ...others] = step.results.map((id) => guards.get(id));
  return guard && others.every((other) => other && isSameGuard(guard, other)) ? { ...step, guard } : step;
}

/** Kernel calls and loops of a phase; sin and cos of one argument share a call. */
function kernelCalls(graph: Graph, kernels: readonly NodeId[], results: ReadonlyMap<NodeId, readonly NodeId[]>): Step[] {
  const partners = sinCosPairs(graph, kernels);
  return kernels.flatMap((id): Step[] => {
    const { op } = graph.nodes[id]!;
    if (op === "result" || (op === "cos" && partners.has(id))) return [];
    return [op === "loop" ? { kind: "loop", loop: id, nodes: results.get(id)! } : kernelCall(graph, id, partners)];
  });
}

/** Which results of each loop are computed. */
function resultsByLoop(graph: Graph, computed: readonly NodeId[]): Map<NodeId, NodeId[]> {
  const results = new Map<NodeId, NodeId[]>();
  for (const id of computed) {
    const { op, args } = graph.nodes[id]!;
    if (op === "result") results.set(args[0]!, [...(results.get(args[0]!) ?? []), id]);
  }
  return results;
}

/** The cosine to every sine, and the sine to every cosine, that share an argument. */
function sinCosPairs(graph: Graph, nodes: readonly NodeId[]): Map<NodeId, NodeId> {
  const cosines = new Map(nodes.filter((id) => graph.nodes[id]!.op === "cos").map((id) => [graph.nodes[id]!.args[0]!, id]));
  const pairs = new Map<NodeId, NodeId>();
  for (const id of nodes) {
    const cosine = graph.nodes[id]!.op === "sin" ? cosines.get(graph.nodes[id]!.args[0]!) : undefined;
    if (cosine !== undefined) pairs.set(id, cosine).set(cosine, id);
  }
  return pairs;
}

/** One operation as a step of its own, together with its partner where it has one; a loop with all its results. */
export function stepOf(graph: Graph, id: NodeId, partners: ReadonlyMap<NodeId, NodeId> = new Map()): Step {
  const { op } = graph.nodes[id]!;
  if (isArrayOp(op)) return arrayStep(graph, id);
  if (op !== "loop") return isKernelNode(graph, id) ? kernelCall(graph, id, partners) : { kind: "segment", nodes: [id] };
  const loop = loopOf(graph, id);
  const nodes = Array.from({ length: loop.states.length + 1 }, (_, index) => graph.result(id, index));
  return { kind: "loop", loop: id, nodes, body: stepsOneByOne(graph, bodyOf(graph, loop)) };
}

/** A list, read or write as a call of a kernel on what are numbers among its operands. */
function arrayStep(graph: Graph, id: NodeId): KernelCall {
  const { op, args } = graph.nodes[id]!;
  const results = op === "read" ? [id] : [];
  return { kind: "kernel", name: `${op}Block`, results, args: op === "list" ? args : args.slice(1, op === "read" ? 2 : 3), array: id };
}

function kernelCall(graph: Graph, id: NodeId, partners: ReadonlyMap<NodeId, NodeId>): KernelCall {
  const { op, args, value } = graph.nodes[id]!;
  const partner = partners.get(id);
  if (partner === undefined) {
    const call: KernelCall = { kind: "kernel", name: `${op}Block`, results: [id], args };
    return operations[op as OperationName].readsTable ? { ...call, table: value } : call;
  }
  return { kind: "kernel", name: "sincosBlock", results: op === "sin" ? [id, partner] : [partner, id], args };
}
