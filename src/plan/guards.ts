import type { Graph, NodeId } from "../graph/graph.ts";

/** The points for which a value is needed: those where a mask is set, or is not. */
export interface Guard {
  readonly mask: NodeId;
  readonly isSet: boolean;
}

const always = "always";
type Need = Guard | typeof always;

/**
 * Which of `nodes` (operands first) are needed under one mask alone: a choice takes them there, or a user that is needed
 * there alone. `columns` are needed for all points.
 */
export function findGuards(graph: Graph, nodes: readonly NodeId[], columns: readonly NodeId[]): ReadonlyMap<NodeId, Guard> {
  const guards = new Map<NodeId, Guard>();
  if (!nodes.some((id) => choiceOf(graph, id))) return guards;
  const needs = new Map<NodeId, Need>(columns.map((id) => [id, always]));
  const need = (id: NodeId, where: Need) => {
    const known = needs.get(id);
    needs.set(id, known === undefined || isSame(known, where) ? where : always);
  };
  for (let index = nodes.length - 1; index >= 0; index--) {
    const id = nodes[index]!;
    const where = needs.get(id) ?? always;
    const { args } = graph.nodes[id]!;
    const chosen = choiceOf(graph, id);
    args.forEach((arg, position) => {
      need(arg, chosen?.[position] ?? where);
    });
  }
  // A mask that is made later may depend on what it would guard.
  for (const [id, where] of needs) if (where !== always && where.mask < id) guards.set(id, where);
  return guards;
}

export const isSameGuard = (a: Guard, b: Guard): boolean => a.mask === b.mask && a.isSet === b.isSet;
const isSame = (a: Need, b: Need) => a === b || (a !== always && b !== always && isSameGuard(a, b));

/** Where a choice or a masking needs its operands, by position. `undefined` of other nodes. */
function choiceOf(graph: Graph, id: NodeId): readonly (Guard | undefined)[] | undefined {
  const { op, args } = graph.nodes[id]!;
  if (op !== "select" && op !== "and" && op !== "andnot") return undefined;
  const [a, b] = args as [NodeId, NodeId];
  if (op === "select") return [undefined, { mask: a, isSet: true }, { mask: a, isSet: false }];
  if (op === "andnot") return graph.isMask(b) ? [{ mask: b, isSet: false }] : undefined;
  if (graph.isMask(a) === graph.isMask(b)) return undefined;
  return graph.isMask(a) ? [undefined, { mask: a, isSet: true }] : [{ mask: b, isSet: true }];
}
