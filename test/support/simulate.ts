import type { NodeId } from "../../src/graph/graph.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";

const readsOf = (plan: Plan, step: Step) => (step.kind === "kernel" ? step.args : step.nodes.flatMap((id) => plan.graph.nodes[id]!.args));
export const writesOf = (step: Step) => (step.kind === "kernel" ? step.results : step.nodes);

/**
 * Walks through a plan with columns that remember whose value they hold. Answers with what is wrong: a value read that
 * is not there (any more), computed twice, or a result that is not in its column at the end.
 */
export function simulate(plan: Plan): string[] {
  const { graph, places, steps, inputs, columns, fills } = plan;
  const faults: string[] = [];
  const memory = new Map<string, NodeId>();
  const keyOf = (id: NodeId) => {
    const place = places.get(id);
    return place && `${place.kind} ${place.index}`;
  };
  const scalars = new Set(plan.scalars);
  const isGiven = (id: NodeId) => graph.valueOf(id) !== undefined || scalars.has(id);
  const computed = new Set<NodeId>();
  for (const id of [...inputs, ...fills]) memory.set(keyOf(id)!, id);

  for (const [index, step] of steps.entries()) {
    const local = new Set<NodeId>();
    const write = (id: NodeId) => {
      if (computed.has(id)) faults.push(`step ${index} computes node ${id} again`);
      computed.add(id);
      local.add(id);
      const key = keyOf(id);
      if (key !== undefined) memory.set(key, id);
    };
    const read = (id: NodeId) => {
      if (local.has(id) || (step.kind === "segment" && isGiven(id))) return;
      const key = keyOf(id);
      const held = key === undefined ? undefined : memory.get(key);
      if (held !== id) faults.push(`step ${index} reads node ${id} from ${key}, which holds ${held}`);
    };
    if (step.kind === "kernel") {
      step.args.forEach(read);
      step.results.forEach(write);
    } else {
      for (const id of step.nodes) {
        graph.nodes[id]!.args.forEach(read);
        write(id);
      }
    }
  }
  for (const id of columns) if (memory.get(keyOf(id)!) !== id) faults.push(`column of node ${id} holds ${memory.get(keyOf(id)!)}`);
  for (const place of places.values())
    if (place.kind === "slot" && place.index >= plan.slots) faults.push(`slot ${place.index} of ${plan.slots}`);
  const needed = new Set([...columns, ...steps.flatMap((step) => readsOf(plan, step))]);
  const needless = [...computed].filter((id) => !needed.has(id));
  if (needless.length > 0) faults.push(`nodes ${needless} are computed for nothing`);
  return faults;
}
