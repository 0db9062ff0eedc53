import type { Graph, NodeId, Recurrence } from "./node.ts";

/** `first + step · turn`: what whole numbers are in the turns of a loop, on all points that make them. */
export interface Affine {
  readonly first: number;
  readonly step: number;
}

const combine = (a: Affine, b: Affine, sign: number): Affine => ({ first: a.first + sign * b.first, step: a.step + sign * b.step });

/** A node as such a number, where it is seen to be one within so many operations. */
export function affineOf(graph: Graph, loop: Recurrence, id: NodeId, depth = 8): Affine | undefined {
  const { op, args, value } = graph.nodes[id]!;
  if (op === "constant") return Number.isSafeInteger(value) ? { first: value, step: 0 } : undefined;
  if (op === "state") return stateAs(graph, loop, id);
  if (depth === 0 || (op !== "add" && op !== "sub" && op !== "mul")) return undefined;
  const [a, b] = args.map((arg) => affineOf(graph, loop, arg, depth - 1));
  if (!a || !b) return undefined;
  if (op !== "mul") return combine(a, b, op === "add" ? 1 : -1);
  const [scale, other] = a.step === 0 ? [a.first, b] : [b.first, a];
  return a.step !== 0 && b.step !== 0 ? undefined : { first: scale * other.first, step: scale * other.step };
}

/** A counter: a state that begins with a constant and has others added at each turn. */
function stateAs(graph: Graph, { states, initial, next }: Recurrence, state: NodeId): Affine | undefined {
  const index = states.indexOf(state);
  const first = index < 0 ? undefined : graph.valueOf(initial[index]!);
  if (first === undefined || !Number.isSafeInteger(first)) return undefined;
  const step = stepOf(graph, state, next[index]!);
  return step === undefined ? undefined : { first, step };
}

/** The whole number that a turn adds to a state, if it does that. */
export function stepOf(graph: Graph, state: NodeId, next: NodeId): number | undefined {
  let step = 0;
  for (let node = next; node !== state; ) {
    const { op, args } = graph.nodes[node]!;
    const [a, b] = args.map(graph.valueOf);
    const added = op === "add" ? (a ?? b) : op === "sub" && b !== undefined ? -b : undefined;
    if (added === undefined || !Number.isSafeInteger(added)) return undefined;
    step += added;
    node = args[op === "add" && a !== undefined ? 1 : 0]!;
  }
  return Number.isSafeInteger(step) ? step : undefined;
}
