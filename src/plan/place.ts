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
  /** By node, -1 for what is given. */
  const phaseOf = new Int32Array(graph.nodes.length).fill(-1);
  let last = 0;
  nodes.forEach((id) => {
    let level = 0;
    readsOf(id).forEach((arg) => {
      if (phaseOf[arg]! >= 0) level = Math.max(level, phaseOf[arg]! + Number(delays(graph, arg)));
    });
    phaseOf[id] = level;
    if (isKernel(graph, id)) last = Math.max(last, level + 1);
  });
  const phases = Array.from({ length: last + 1 }, () => ({ arithmetic: [] as NodeId[], kernels: [] as NodeId[] }));
  nodes.forEach((id) => {
    if (!isKernel(graph, id)) phaseOf[id] = last;
  });
  for (let index = nodes.length - 1; index >= 0; index--) {
    const phase = phaseOf[nodes[index]!]!;
    readsOf(nodes[index]!).forEach((arg) => {
      if (phaseOf[arg]! > phase && !isKernel(graph, arg)) phaseOf[arg] = phase;
    });
  }
  nodes.forEach((id) => {
    phases[phaseOf[id]!]![isKernel(graph, id) ? "kernels" : "arithmetic"].push(id);
  });
  return phases;
}

/** Whether users of a node stand in a later phase: a loop's results are of the phase after it. */
const delays = (graph: Graph, id: NodeId) => isKernel(graph, id) && graph.nodes[id]!.op !== "result";
