import { pushforward } from "../../derive/pushforward.ts";
import type { NodeId } from "../../graph/graph.ts";
import type { Trace } from "../../trace/trace.ts";
import { dualForms } from "../duals.ts";
import type { DualForms } from "../engine.ts";

/** Tangents of outputs, and the operations that are dual numbers throughout. */
export interface Tangents {
  readonly nodes: readonly NodeId[];
  readonly duals: DualForms;
}

/**
 * The tangent of every output: leaf `i` of the function has its primal in input leaf `i` and its tangent in input leaf
 * `leafCount + i`, unless `isZero` says that it is structurally zero.
 */
export function tangentsOf({ graph, leafCount }: Trace, outputs: readonly NodeId[], isZero: (leaf: number) => boolean): Tangents {
  const seeds = new Map<NodeId, NodeId>();
  for (let leaf = 0; leaf < leafCount; leaf++) {
    if (!isZero(leafCount + leaf)) seeds.set(graph.input(leaf), graph.input(leafCount + leaf));
  }
  const { tangents, duals } = pushforward(graph, outputs, seeds);
  return { nodes: tangents.map((tangent) => tangent ?? graph.constant(0)), duals: dualForms(duals) };
}
