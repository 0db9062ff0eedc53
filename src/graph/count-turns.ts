import { evaluateKernel } from "../wasm/kernels.ts";
import { affineOf } from "./affine.ts";
import { liveNodes } from "./live.ts";
import { type Graph, isGiven, isStructural, type Node, type NodeId, type Recurrence } from "./node.ts";
import { type OperationName, operations } from "./operations.ts";

type Compute = (a: number, b: number, c: number) => number;

/** Operations on masks, which are 0 and 1 here, and the choice by one. */
const onMasks: { readonly [op in OperationName]?: Compute } = {
  not: (a) => 1 - a,
  and: (a, b) => a * b,
  andnot: (a, b) => a * (1 - b),
  or: (a, b) => Math.max(a, b),
  xor: (a, b) => Number(a !== b),
  select: (mask, a, b) => (mask === 1 ? a : b),
};

/** Most turns that are counted one by one, and the most there can be. */
const mostCounted = 1_000_000;
const mostTurns = 2 ** 31 - 1;

/**
 * How many turns a loop makes that goes on as long as `test` holds, where that does not depend on the data; `Infinity`
 * where they are too many. `undefined` where it does depend on them.
 */
export function countTurns(graph: Graph, recurrence: Recurrence, test: NodeId): number | undefined {
  return turnsOfCounter(graph, recurrence, test) ?? turnsOneByOne(graph, recurrence, test);
}

/** Comparisons as signs of a difference for which they hold. */
const holdsFor: { readonly [op in OperationName]?: (difference: number) => boolean } = {
  lt: (d) => d < 0,
  le: (d) => d <= 0,
  gt: (d) => d > 0,
  ge: (d) => d >= 0,
};

/** Of a test that compares counters, by division. */
function turnsOfCounter(graph: Graph, recurrence: Recurrence, test: NodeId): number | undefined {
  const { op, args } = graph.nodes[test]!;
  const holds = holdsFor[op as OperationName];
  const [a, b] = holds ? args.map((arg) => affineOf(graph, recurrence, arg)) : [];
  if (!holds || !a || !b) return undefined;
  const [first, step] = [a.first - b.first, a.step - b.step];
  if (!holds(first)) return 1;
  // The first turn at which the difference is, or has passed, zero.
  const zero = Math.ceil(-first / step);
  const turns = 1 + (holds(first + step * zero) ? zero + 1 : zero);
  const ends = turns > 0 && !holds(first + step * (turns - 1));
  const isCounted = ends && turns <= mostTurns && [a, b].every((side) => Number.isSafeInteger(side.first + side.step * turns));
  return isCounted ? turns : Number.POSITIVE_INFINITY;
}

function turnsOneByOne(graph: Graph, all: Recurrence, test: NodeId): number | undefined {
  const turn = makeTurns(graph, all, test);
  if (!turn) return undefined;
  for (let turns = 1; turns <= mostCounted; turns++) if (turn() === 0) return turns;
  return Number.POSITIVE_INFINITY;
}

/** What a number is after so many turns, where that does not depend on the data. */
export function valueAfter(graph: Graph, all: Recurrence, next: NodeId, turns: number): number | undefined {
  const turn = turns <= mostCounted ? makeTurns(graph, all, next) : undefined;
  let value: number | undefined;
  if (turn) for (let made = 0; made < turns; made++) value = turn();
  return value;
}

/** Makes a turn each time that it is called, and tells what `wanted` is in it. */
function makeTurns(graph: Graph, all: Recurrence, wanted: NodeId): (() => number) | undefined {
  const recurrence = neededBy(graph, all, wanted);
  const known = knownStates(graph, recurrence);
  if (known.size < recurrence.states.length) return undefined;
  if (!liveNodes(graph, [wanted], (node) => known.has(node)).every((id) => isKnown(graph, id, known))) return undefined;

  const next = [...known].map(([state]) => recurrence.next[recurrence.states.indexOf(state)]!);
  const nodes = liveNodes(graph, [wanted, ...next], (id) => known.has(id)).filter((id) => !known.has(id));
  const placeOf = new Map([...known.keys(), ...nodes].map((id, place) => [id, place]));
  const values = new Float64Array(placeOf.size);
  values.set([...known.values()]);
  const computations: { compute: Compute; a: number; b: number; c: number; place: number }[] = [];
  for (const id of nodes) {
    const { op, args, value } = graph.nodes[id]!;
    const place = placeOf.get(id)!;
    if (isStructural(op)) values[place] = value;
    else {
      const [a = place, b = place, c = place] = args.map((arg) => placeOf.get(arg)!);
      computations.push({ compute: computeOf(graph, id)!, a, b, c, place });
    }
  }
  const [place, nextPlaces] = [placeOf.get(wanted)!, next.map((id) => placeOf.get(id)!)];
  const nextValues = new Float64Array(nextPlaces.length);
  return () => {
    for (const { compute, a, b, c, place } of computations) values[place] = compute(values[a]!, values[b]!, values[c]!);
    const value = values[place]!;
    for (let index = 0; index < nextPlaces.length; index++) nextValues[index] = values[nextPlaces[index]!]!;
    values.set(nextValues);
    return value;
  };
}

/** The states that a test depends on, in later turns too. */
function neededBy(graph: Graph, { states, initial, next }: Recurrence, test: NodeId): Recurrence {
  const needed = new Set<NodeId>();
  for (let wanted = [test]; wanted.length > 0; ) {
    const reached = new Set(liveNodes(graph, wanted));
    wanted = [];
    for (const [index, state] of states.entries()) {
      if (!reached.has(state) || needed.has(state)) continue;
      needed.add(state);
      wanted.push(next[index]!);
    }
  }
  const keep = (ids: readonly NodeId[]) => ids.filter((_, index) => needed.has(states[index]!));
  return { states: keep(states), initial: keep(initial), next: keep(next) };
}

/** The operation on plain numbers, where there is one. */
function computeOf(graph: Graph, id: NodeId): Compute | undefined {
  const { op, args, value } = graph.nodes[id] as Node & { op: OperationName };
  if (op === "gather") return (index) => graph.tables[value]![index!] ?? Number.NaN;
  const { form, fold, arity } = operations[op];
  const { length } = args;
  if (length > 3) return undefined;
  if (form === "kernel") return (...operands) => evaluateKernel(op, ...operands.slice(0, length));
  if (fold) return arity === 1 ? (a) => fold(a, 0) : length === 3 ? (a, b, c) => fold(fold(a, b), c) : fold;
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
