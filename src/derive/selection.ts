import type { Graph, NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { turnsWithin } from "../graph/loops.ts";

/** Values and derivatives together, with all that they need, which is asked for again and again. */
export interface Selection {
  readonly outputs: readonly NodeId[];
  /** Operands first. */
  readonly live: readonly NodeId[];
  /** What stays as it is: the nodes that values need, and the turns of loops, which were simplified when they were derived. */
  readonly frozen: ReadonlySet<NodeId>;
}

/** `valueNodes`: what the values among `outputs` need. */
export function select(graph: Graph, outputs: readonly NodeId[], valueNodes: ReadonlySet<NodeId>): Selection {
  const live = liveNodes(graph, outputs);
  const turns = graph.loops.length > 0 ? turnsWithin(graph, live) : [];
  return { outputs, live, frozen: turns.length > 0 ? new Set([...valueNodes, ...turns]) : valueNodes };
}

/** The same with other outputs. */
export const reselect = (graph: Graph, selection: Selection, outputs: readonly NodeId[]): Selection =>
  outputs === selection.outputs ? selection : { ...selection, outputs, live: liveNodes(graph, outputs) };
