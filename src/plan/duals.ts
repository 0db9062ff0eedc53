import type { Dual } from "../derive/pushforward.ts";
import { type Graph, isKernelNode, type NodeId } from "../graph/graph.ts";
import type { OperationName } from "../graph/operations.ts";
import { operations } from "../graph/operations.ts";
import { type Plan, planSteps, type Step } from "./plan.ts";

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
  const varying = new Map([...duals].filter(([primal]) => !isScalar(primal)));
  const primalOf = new Map([...varying].map(([primal, { tangent }]) => [tangent, primal]));
  const needsOf = (id: NodeId): readonly NodeId[] => {
    const primal = varying.has(id) ? id : primalOf.get(id);
    if (primal === undefined) return graph.nodes[id]!.args;
    return dualOperands(graph, primal, varying.get(primal)!);
  };
  const steps: Step[] = [];
  const done = new Set<NodeId>();
  const emit = (id: NodeId) => {
    const primal = varying.has(id) ? id : primalOf.get(id);
    const { op, args } = graph.nodes[primal ?? id]!;
    if (primal !== undefined) {
      const dual = varying.get(primal)!;
      steps.push({ kind: "kernel", name: `${op}Dual`, results: [primal, dual.tangent], args: dualOperands(graph, primal, dual) });
      done.add(primal).add(dual.tangent);
      return;
    }
    if (isKernelNode(graph, id)) steps.push({ kind: "kernel", name: `${op}Block`, results: [id], args });
    else if (op !== "input") steps.push({ kind: "segment", nodes: [id] });
    done.add(id);
  };

  const isGiven = (id: NodeId) => graph.valueOf(id) !== undefined || isScalar(id);
  for (const column of columns) {
    const stack = [column];
    while (stack.length > 0) {
      const id = stack.at(-1)!;
      const waiting = done.has(id) ? [] : needsOf(id).filter((need) => !done.has(need) && !isGiven(need));
      if (waiting.length > 0) stack.push(...waiting);
      else {
        stack.pop();
        if (!done.has(id)) emit(id);
      }
    }
  }
  return planSteps(graph, steps, columns, isScalar);
}

/** Operands of the dual block form: each with its tangent behind it, masks alone. */
function dualOperands(graph: Graph, primal: NodeId, { operandTangents }: Dual): NodeId[] {
  const { op, args } = graph.nodes[primal]!;
  const { maskOperands = 0 } = operations[op as OperationName];
  return args.flatMap((arg, index) => (index < maskOperands ? [arg] : [arg, operandTangents[index]!]));
}
