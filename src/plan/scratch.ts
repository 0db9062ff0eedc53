import { type Graph, isArray, type NodeId } from "../graph/graph.ts";
import { loopOf } from "../graph/loops.ts";
import { readsOf, type Step, writesOf } from "./step.ts";

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

  const isColumn = (id: NodeId) => !isArray(graph, id);
  const free: number[] = [];
  steps.forEach((step, index) => {
    for (const id of writesOf(step)) {
      const crosses = step.kind !== "segment" || lastReader.has(id);
      if (crosses && isColumn(id) && !places.has(id)) places.set(id, { kind: "slot", index: free.pop() ?? slots++ });
    }
    // For good: the turns of another loop may have the same nodes.
    for (const id of turnNodes(graph, step)) if (isColumn(id) && !places.has(id)) places.set(id, { kind: "slot", index: slots++ });
    for (const id of endingAt[index]!) {
      const place = places.get(id);
      if (place?.kind === "slot" && !filled.has(id)) free.push(place.index);
    }
  });
  return { places, slots };
}

/** What the turns of a loop have in columns. */
function turnNodes(graph: Graph, step: Step): NodeId[] {
  if (step.kind !== "loop" || !step.body) return [];
  return [...loopOf(graph, step.loop).states, ...step.body.flatMap((inner) => [...writesOf(inner), ...turnNodes(graph, inner)])];
}
