import { type Graph, type NodeId, operandsOf } from "../graph/graph.ts";
import type { Guard } from "./guards.ts";

/**
 * One pass over a block: a fused loop of lane operations; a call of a block kernel; or a loop on data, which gives the results
 * `nodes`. `body` has a turn as steps of one operation each, where the interpreter runs it; compiled, a turn is
 * straight-line code.
 */
export type Step =
  | { readonly kind: "segment"; readonly nodes: readonly NodeId[] }
  | KernelCall
  | { readonly kind: "loop"; readonly loop: NodeId; readonly nodes: readonly NodeId[]; readonly body?: readonly Step[] };

export interface KernelCall {
  readonly kind: "kernel";
  /** Of its export. */
  readonly name: string;
  readonly results: readonly NodeId[];
  readonly args: readonly NodeId[];
  /** The number of the table that it reads. */
  readonly table?: number;
  /** The list, read or write of an array that it is. */
  readonly array?: NodeId;
  /** It is left out on blocks where no point needs it: what stands in its columns is not looked at then. */
  readonly guard?: Guard;
}

/** What a step computes. */
export const writesOf = (step: Step): readonly NodeId[] => (step.kind === "kernel" ? step.results : step.nodes);

/** What a step reads that it does not compute itself. */
export function readsOf(graph: Graph, step: Step): Set<NodeId> {
  if (step.kind === "kernel") return new Set(step.guard ? [...step.args, step.guard.mask] : step.args);
  if (step.kind === "loop") return new Set(graph.nodes[step.loop]!.args);
  const own = new Set(step.nodes);
  return new Set([...operandsOf(graph, step.nodes)].filter((arg) => !own.has(arg)));
}
