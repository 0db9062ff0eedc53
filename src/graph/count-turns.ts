import { evaluateKernel } from "../wasm/kernels.ts";
import { liveNodes } from "./live.ts";
import { type Graph, isGiven, isStructural, type Loop, type NodeId } from "./node.ts";
import { type OperationName, operations } from "./operations.ts";

type Recurrence = Pick<Loop, "states" | "initial" | "next">;
type Compute = (...operands: number[]) => number;

/** Operations on masks, which are 0 and 1 here, and the choice by one. */
const onMasks: { readonly [op in OperationName]?: Compute } = {
  not: (a) => 1 - a,
  and: (a, b) => a * b,
  andnot: (a, b) => a * (1 - b),
  or: (a, b) => Math.max(a, b),
  xor: (a, b) => Number(a !== b),
  select: (mask, a, b) => (mask === 1 ? a : b),
};

/**
 * How many turns a loop makes that goes on as long as `test` holds, where that does not depend on the data; `Infinity`
 * beyond `most`. `undefined` where it does depend on them.
 */
export function countTurns(graph: Graph, recurrence: Recurrence, test: NodeId, most: number): number | undefined {
  const known = knownStates(graph, recurrence);
  const needed = (id: NodeId) => liveNodes(graph, [id], (node) => known.has(node));
  if (!needed(test).every((id) => isKnown(graph, id, known))) return undefined;

  const next = [...known].map(([state]) => recurrence.next[recurrence.states.indexOf(state)]!);
  const nodes = liveNodes(graph, [test, ...next], (id) => known.has(id)).filter((id) => !known.has(id));
  const placeOf = new Map([...known.keys(), ...nodes].map((id, place) => [id, place]));
  const values = new Float64Array(placeOf.size);
  values.set([...known.values()]);
  const computations: { compute: Compute; operands: readonly number[]; place: number }[] = [];
  for (const id of nodes) {
    const { op, args, value } = graph.nodes[id]!;
    const place = placeOf.get(id)!;
    if (isStructural(op)) values[place] = value;
    else computations.push({ compute: computeOf(graph, id)!, operands: args.map((arg) => placeOf.get(arg)!), place });
  }
  const [testPlace, nextPlaces] = [placeOf.get(test)!, next.map((id) => placeOf.get(id)!)];
  for (let turns = 1; turns <= most; turns++) {
    for (const { compute, operands, place } of computations) values[place] = compute(...operands.map((operand) => values[operand]!));
    if (values[testPlace] === 0) return turns;
    values.set(nextPlaces.map((place) => values[place]!));
  }
  return Number.POSITIVE_INFINITY;
}

/** The operation on plain numbers, where there is one. */
function computeOf(graph: Graph, id: NodeId): Compute | undefined {
  const { op, value } = graph.nodes[id] as { op: OperationName; value: number };
  if (op === "gather") return (index) => graph.tables[value]![index!] ?? Number.NaN;
  const { form, fold, arity } = operations[op];
  if (form === "kernel") return (...operands) => evaluateKernel(op, ...operands);
  if (fold) return arity === 1 ? (a) => fold(a!, 0) : (...operands) => operands.reduce((a, b) => fold(a, b));
  return graph.isMask(id) || op === "select" ? onMasks[op] : undefined;
}

/** The states that take the same values for all points, with their first ones. */
function knownStates(graph: Graph, { states, initial, next }: Recurrence): Map<NodeId, number> {
  const known = new Map<NodeId, number>();
  for (const [index, state] of states.entries()) {
    if (isGiven(graph, initial[index]!)) known.set(state, graph.nodes[initial[index]!]!.value);
  }
  for (let size = -1; size !== known.size; ) {
    size = known.size;
    for (const [index, state] of states.entries()) {
      const needed = liveNodes(graph, [next[index]!], (id) => known.has(id));
      if (!needed.every((id) => isKnown(graph, id, known))) known.delete(state);
    }
  }
  return known;
}

function isKnown(graph: Graph, id: NodeId, known: ReadonlyMap<NodeId, number>): boolean {
  if (known.has(id) || isGiven(graph, id)) return true;
  return !isStructural(graph.nodes[id]!.op) && computeOf(graph, id) !== undefined;
}
