import type { Graph, NodeId } from "../graph/graph.ts";
import type { Step } from "./step.ts";

/** Where a value lives between steps: a column of the call, or a scratch column of the block. */
export type Place =
  | { readonly kind: "input"; readonly index: number }
  | { readonly kind: "column"; readonly index: number }
  | { readonly kind: "slot"; readonly index: number };

/** Gives scratch columns to values that cross steps; a column is free again after its last reader. */
export function assignScratch(
  graph: Graph,
  steps: readonly Step[],
  inputs: readonly NodeId[],
  columns: readonly NodeId[],
  fills: readonly NodeId[],
): { places: Map<NodeId, Place>; slots: number } {
  const places = new Map<NodeId, Place>();
  inputs.forEach((id, index) => places.set(id, { kind: "input", index }));
  columns.forEach((id, index) => places.set(id, { kind: "column", index }));
  let slots = 0;
  const filled = new Set(fills);
  for (const id of fills) places.set(id, { kind: "slot", index: slots++ });

  const lastReader = new Map<NodeId, number>();
  steps.forEach((step, index) => {
    for (const arg of readsOf(graph, step)) lastReader.set(arg, index);
  });
  const endingAt = steps.map((): NodeId[] => []);
  for (const [id, index] of lastReader) endingAt[index]!.push(id);

  const free: number[] = [];
  steps.forEach((step, index) => {
    for (const id of step.kind === "kernel" ? step.results : step.nodes) {
      const crosses = step.kind === "kernel" || lastReader.has(id);
      if (crosses && !places.has(id)) places.set(id, { kind: "slot", index: free.pop() ?? slots++ });
    }
    for (const id of endingAt[index]!) {
      const place = places.get(id);
      if (place?.kind === "slot" && !filled.has(id)) free.push(place.index);
    }
  });
  return { places, slots };
}

/** What a step reads that it does not compute itself. */
function readsOf(graph: Graph, step: Step): Set<NodeId> {
  if (step.kind === "kernel") return new Set(step.args);
  const own = new Set(step.nodes);
  return new Set(step.nodes.flatMap((id) => graph.nodes[id]!.args).filter((arg) => !own.has(arg)));
}
