import type { Dual } from "../derive/pushforward.ts";
import { type Graph, isGiven, type NodeId } from "../graph/graph.ts";
import type { OperationName } from "../graph/operations.ts";
import { operations } from "../graph/operations.ts";
import { type Plan, planSteps, type Step, stepOf } from "./plan.ts";

/**
 * A plan of dual arithmetic as it stands: an operation whose operands all carry tangents is one call of its dual block
 * form, `mulDual(z, dz, a, da, b, db)`; what is left is one operation a step.
 */
export function planDuals(
  graph: Graph,
  columns: readonly NodeId[],
  isScalar: (id: NodeId) => boolean,
  duals: ReadonlyMap<NodeId, Dual>,
): Plan {
  const usable = new Map([...duals].filter(([primal, { tangent }]) => !isScalar(primal) && !isScalar(tangent)));
  for (;;) {
    const steps = dualSteps(graph, columns, isScalar, usable);
    if (typeof steps !== "number") return planSteps(graph, steps, columns, isScalar);
    usable.delete(steps);
  }
}

/**
 * The steps, or the primal of a dual form that cannot be one step: where an operand's tangent, being no dual form itself,
 * needs the value of the result.
 */
function dualSteps(
  graph: Graph,
  columns: readonly NodeId[],
  isScalar: (id: NodeId) => boolean,
  duals: ReadonlyMap<NodeId, Dual>,
): Step[] | NodeId {
  const primalOf = new Map([...duals].map(([primal, { tangent }]) => [tangent, primal]));
  /** What a node is computed with: the primal of its dual form, or itself. */
  const unitOf = (id: NodeId) => (duals.has(id) ? id : (primalOf.get(id) ?? id));
  const isThere = (id: NodeId) => isGiven(graph, id) || isScalar(id);
  const unitStep = (unit: NodeId): Step => {
    const dual = duals.get(unit);
    if (!dual) return stepOf(graph, unit);
    const args = dualOperands(graph, unit, dual);
    return { kind: "kernel", name: `${graph.nodes[unit]!.op}Dual`, results: [unit, dual.tangent], args };
  };

  const steps: Step[] = [];
  const done = new Set<NodeId>();
  const open = new Set<NodeId>();
  const stack = columns.map(unitOf).reverse();
  while (stack.length > 0) {
    const unit = stack.at(-1)!;
    if (done.has(unit)) {
      stack.pop();
      continue;
    }
    const dual = duals.get(unit);
    const needs = dual ? dualOperands(graph, unit, dual) : graph.nodes[unit]!.args;
    const waiting = needs
      .filter((need) => !isThere(need))
      .map(unitOf)
      .filter((need) => !done.has(need));
    if (waiting.length > 0) {
      open.add(unit);
      const cycle = waiting.find((need) => open.has(need));
      if (cycle !== undefined) return dual ? unit : duals.has(cycle) ? cycle : firstDual(open, duals);
      stack.push(...waiting);
      continue;
    }
    stack.pop();
    open.delete(unit);
    done.add(unit);
    // A loop's step gives its results.
    const { op } = graph.nodes[unit]!;
    if (op !== "input" && op !== "result") steps.push(unitStep(unit));
  }
  return steps;
}

const firstDual = (units: Iterable<NodeId>, duals: ReadonlyMap<NodeId, Dual>) => [...units].find((unit) => duals.has(unit))!;

/** Operands of the dual block form: each with its tangent behind it, masks alone. */
function dualOperands(graph: Graph, primal: NodeId, { operandTangents }: Dual): NodeId[] {
  const { op, args } = graph.nodes[primal]!;
  const { maskOperands = 0 } = operations[op as OperationName];
  return args.flatMap((arg, index) => (index < maskOperands ? [arg] : [arg, operandTangents[index]!]));
}
