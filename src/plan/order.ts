import type { Graph, NodeId } from "../graph/graph.ts";

/** An order of computing `nodes` (given operands first) within one pass. */
export type Ordering = (graph: Graph, nodes: readonly NodeId[], isWanted: (id: NodeId) => boolean) => NodeId[];

/** Depth first from the results, the operand that needs more registers first (Sethi & Ullman 1970). */
const depthFirst: Ordering = (graph, nodes, isWanted) => {
  const registers = new Int32Array(graph.nodes.length);
  const isUsed = new Uint8Array(graph.nodes.length);
  const isDone = new Uint8Array(graph.nodes.length).fill(1);
  const argsOf = (id: NodeId) => graph.nodes[id]!.args;
  /** Fewest registers first; what is given needs none. */
  const byNeed = (args: readonly NodeId[]): readonly NodeId[] =>
    args.length > 2
      ? [...args].sort((a, b) => registers[a]! - registers[b]!)
      : args.length === 2 && registers[args[0]!]! > registers[args[1]!]!
        ? [args[1]!, args[0]!]
        : args;
  nodes.forEach((id) => {
    isDone[id] = 0;
    const args = byNeed(argsOf(id));
    let needed = 1;
    args.forEach((arg, index) => {
      isUsed[arg] = 1;
      if (registers[arg]! > 0) needed = Math.max(needed, registers[arg]! + args.length - 1 - index);
    });
    registers[id] = needed;
  });
  const order: NodeId[] = [];
  const stack: NodeId[] = [];
  nodes.forEach((root) => {
    if (isUsed[root] && !isWanted(root)) return;
    stack.push(root);
    while (stack.length > 0) {
      const top = stack.pop()!;
      const id = top < 0 ? ~top : top;
      if (isDone[id]) continue;
      if (top < 0) {
        isDone[id] = 1;
        order.push(id);
        continue;
      }
      // Its complement stands for a node whose operands have been looked at.
      stack.push(~id, ...byNeed(argsOf(id)));
    }
  });
  return order;
};

/** How much a register counts against the youth of operands, in whole numbers: a first call is interpreted. */
const registerWeight = 10_000;
/** An operand that is not loaded yet takes a register, nearly as a result does. */
const loadWeight = 9_000;

/** The ready node that frees most values, ties to the one with the youngest operands. */
const greedy: Ordering = (graph, nodes) => {
  const size = graph.nodes.length;
  const operands: NodeId[][] = [];
  const users: NodeId[][] = [];
  const waiting = new Int32Array(size);
  const usesLeft = new Int32Array(size);
  /** When a value came into a register, from 1 on. */
  const born = new Int32Array(size);
  nodes.forEach((id) => {
    users[id] = [];
  });
  const ready: NodeId[] = [];
  nodes.forEach((id) => {
    const read = graph.nodes[id]!.args.filter((arg, index, args) => graph.nodes[arg]!.op !== "constant" && args.indexOf(arg) === index);
    operands[id] = read;
    read.forEach((arg) => {
      usesLeft[arg]!++;
      if (users[arg]?.push(id)) waiting[id]!++;
    });
    if (waiting[id] === 0) ready.push(id);
  });
  const score = (id: NodeId) => {
    const read = operands[id]!;
    let freed = users[id]!.length > 0 ? -registerWeight : 0;
    let youngest = 0;
    for (let index = 0; index < read.length; index++) {
      const arg = read[index]!;
      const birth = born[arg]!;
      if (birth === 0) freed -= loadWeight;
      else if (usesLeft[arg] === 1) freed += registerWeight;
      if (birth > youngest) youngest = birth;
    }
    return freed + youngest;
  };
  const order: NodeId[] = [];
  while (ready.length > 0) {
    let best = 0;
    let highest = score(ready[0]!);
    for (let index = 1; index < ready.length; index++) {
      const value = score(ready[index]!);
      if (value > highest) {
        highest = value;
        best = index;
      }
    }
    const [id] = ready.splice(best, 1) as [NodeId];
    born[id] = order.push(id);
    operands[id]!.forEach((arg) => {
      usesLeft[arg]!--;
      if (born[arg] === 0) born[arg] = order.length;
    });
    users[id]!.forEach((user) => {
      if (--waiting[user]! === 0) ready.push(user);
    });
  }
  return order;
};

/** Each loses somewhere; the cost model chooses. */
export const orderings: readonly Ordering[] = [greedy, depthFirst];
/** The one that stays linear in the number of nodes. */
export const linearOrdering = depthFirst;
