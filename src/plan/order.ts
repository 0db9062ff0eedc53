import type { Graph, NodeId } from "../graph/graph.ts";

/** An order of computing `nodes` (given operands first) within one pass. */
export type Ordering = (graph: Graph, nodes: readonly NodeId[], isWanted: (id: NodeId) => boolean) => NodeId[];

/** Depth first from the results, the operand that needs more registers first (Sethi & Ullman 1970). */
const depthFirst: Ordering = (graph, nodes, isWanted) => {
  const own = new Set(nodes);
  const used = new Set(nodes.flatMap((id) => graph.nodes[id]!.args));
  const registers = new Map<NodeId, number>();
  for (const id of nodes) {
    const needs = graph.nodes[id]!.args.filter((arg) => own.has(arg)).map((arg) => registers.get(arg)!);
    needs.sort((a, b) => b - a);
    registers.set(id, Math.max(1, ...needs.map((need, index) => need + index)));
  }
  const order: NodeId[] = [];
  const done = new Set<NodeId>();
  const stack: { id: NodeId; expanded: boolean }[] = [];
  for (const root of nodes) {
    if (used.has(root) && !isWanted(root)) continue;
    stack.push({ id: root, expanded: false });
    while (stack.length > 0) {
      const { id, expanded } = stack.pop()!;
      if (done.has(id) || !own.has(id)) continue;
      if (expanded) {
        done.add(id);
        order.push(id);
        continue;
      }
      stack.push({ id, expanded: true });
      const args = [...graph.nodes[id]!.args].sort((a, b) => (registers.get(a) ?? 0) - (registers.get(b) ?? 0));
      for (const arg of args) stack.push({ id: arg, expanded: false });
    }
  }
  return order;
};

/** How much freeing a value counts against the youth of operands. */
const youthWeight = 1e-4;

/** The ready node that frees most values, ties to the one with the youngest operands. */
const greedy: Ordering = (graph, nodes) => {
  const own = new Set(nodes);
  const operands = new Map<NodeId, NodeId[]>();
  const users = new Map<NodeId, NodeId[]>(nodes.map((id) => [id, []]));
  const waiting = new Map<NodeId, number>();
  const usesLeft = new Map<NodeId, number>();
  for (const id of nodes) {
    const read = [...new Set(graph.nodes[id]!.args)].filter((arg) => graph.nodes[arg]!.op !== "constant");
    operands.set(id, read);
    waiting.set(id, read.filter((arg) => own.has(arg)).length);
    for (const arg of read) {
      users.get(arg)?.push(id);
      usesLeft.set(arg, (usesLeft.get(arg) ?? 0) + 1);
    }
  }
  const born = new Map<NodeId, number>();
  const ready = new Set(nodes.filter((id) => waiting.get(id) === 0));
  const score = (id: NodeId) => {
    let freed = users.get(id)!.length > 0 ? -1 : 0;
    let youngest = 0;
    for (const arg of operands.get(id)!) {
      const birth = born.get(arg);
      // An operand that is not loaded yet takes a register, nearly as a result does.
      if (birth === undefined) freed -= 0.9;
      else {
        if (usesLeft.get(arg) === 1) freed += 1;
        youngest = Math.max(youngest, birth);
      }
    }
    return freed + youngest * youthWeight;
  };
  const order: NodeId[] = [];
  while (ready.size > 0) {
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (const id of ready) {
      const value = score(id);
      if (value > highest) [highest, best] = [value, id];
    }
    ready.delete(best);
    order.push(best);
    born.set(best, order.length);
    for (const arg of operands.get(best)!) {
      usesLeft.set(arg, usesLeft.get(arg)! - 1);
      if (!born.has(arg)) born.set(arg, order.length);
    }
    for (const user of users.get(best)!) {
      waiting.set(user, waiting.get(user)! - 1);
      if (waiting.get(user) === 0) ready.add(user);
    }
  }
  return order;
};

/** Each loses somewhere; the cost model chooses. */
export const orderings: readonly Ordering[] = [greedy, depthFirst];
/** The one that stays linear in the number of nodes. */
export const linearOrdering = depthFirst;
