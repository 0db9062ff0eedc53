import type { Dual } from "../derive/pushforward.ts";
import type { NodeId } from "../graph/graph.ts";
import { planDuals } from "../plan/duals.ts";
import { useDuals } from "../wasm/duals.ts";
import type { DualForms } from "./engine.ts";

/** Operations on dual numbers as the engine takes them. A module of its own: who needs none has none of it in a bundle. */
export const dualForms = (duals: ReadonlyMap<NodeId, Dual>): DualForms => ({
  nodes: [...duals.values()].flatMap(({ tangent, operandTangents }) => [tangent, ...operandTangents.filter((id) => id !== undefined)]),
  plan(graph, { columns, isScalar }) {
    useDuals();
    return planDuals(graph, columns, isScalar, duals);
  },
});
