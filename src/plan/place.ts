import { type Graph, isKernelNode, isOfLoop, type NodeId } from "../graph/graph.ts";
import type { Guard } from "./guards.ts";

/** Whether a node is computed by a pass of its own. Results come out of their loop. */
const isKernel = (graph: Graph, id: NodeId) => isKernelNode(graph, id) || isOfLoop(graph, id);

/** Arithmetic, then the kernel calls and loops that need it. */
export interface Phase {
  readonly arithmetic: readonly NodeId[];
  readonly kernels: readonly NodeId[];
}

/**
 * Sorts nodes (operands first) into phases: a kernel or loop as early as its arguments and its guard allow, arithmetic as late
 * as its users allow.
 */
export function placeByKernels(graph: Graph, nodes: readonly NodeId[], guards: ReadonlyMap<NodeId, Guard>): Phase[] {
  const readsOf = (id: NodeId) => {
    const { args } = graph.nodes[id]!;
    const guard = isKernelNode(graph, id) ? guards.get(id) : undefined;
    return guard ? [...args, guard.mask] : args;
  };
  const levels = new Map<NodeId, number>();
  let last = 0;
  for (const id of nodes) {
    const level = Math.max(0, ...readsOf(id).map((arg) => (levels.get(arg) ?? 0) + (delays(graph, arg) && levels.has(arg) ? 1 : 0)));
    levels.set(id, level);
    if (isKernel(graph, id)) last = Math.max(last, level + 1);
  }
  const phaseOf = new Map<NodeId, number>(nodes.map((id) => [id, isKernel(graph, id) ? levels.get(id)! : last]));
  for (const id of [...nodes].reverse()) {
    for (const arg of readsOf(id)) {
      if (phaseOf.has(arg) && !isKernel(graph, arg)) phaseOf.set(arg, Math.min(phaseOf.get(arg)!, phaseOf.get(id)!));
    }
  }
  const phases = Array.from({ length: last + 1 }, () => ({ arithmetic: [] as NodeId[], kernels: [] as NodeId[] }));
  for (const id of nodes) phases[phaseOf.get(id)!]![isKernel(graph, id) ? "kernels" : "arithmetic"].push(id);
  return phases;
}

/** Whether users of a node stand in a later phase: a loop's results are of the phase after it. */
const delays = (graph: Graph, id: NodeId) => isKernel(graph, id) && graph.nodes[id]!.op !== "result";
