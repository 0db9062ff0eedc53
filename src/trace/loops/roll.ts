import { countTurns, valueAfter } from "../../graph/count-turns.ts";
import { isAlways, type Loop, type NodeId, type Recurrence } from "../../graph/graph.ts";
import { loopOf } from "../../graph/loops.ts";
import { failAt } from "../source/source.ts";
import { branch, findTarget, type Signal } from "../state/branches.ts";
import { getChange } from "../state/journal.ts";
import { NoState } from "../state/memory.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue } from "../values/arrays.ts";
import { isBoolean, isNumeric, merge, optionsOf } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import { type Store, TracedBoolean, TracedNumber, type Truth, type Value } from "../values/values.ts";
import { nodesOf, statesOf, storesIn, symbolFor, valueFrom } from "./carried.ts";
import { presenceAfter, settleWrites } from "./indices.ts";
import { type Carried, type CellStates, type Departure, type LoopForm, provideMemory, type Turn, traceStable } from "./turns.ts";

/**
 * Loops that stay loops. A turn is traced once, with symbols for every variable, element and member that turns change: the
 * states of the loop. Which these are shows only when a turn is traced, so it is traced again until no more are found.
 */

/** States that belong together, and what becomes of their results. */
interface Item extends Recurrence {
  deliver(results: Iterator<NodeId>, loop: Loop): void;
}

/**
 * Traces a loop from here on as a loop, on the points where `begins` holds.
 * @throws NoState where turns change what can't be a state
 */
export function rollLoop(tracer: Tracer, form: LoopForm, begins: Truth): Signal | undefined {
  const born = tracer.journal.now();
  for (let attempts = 0; ; attempts++) {
    try {
      return rollOnce(tracer, form, begins, born);
    } catch (error) {
      provideMemory(tracer, error, born, attempts);
    }
  }
}

function rollOnce(tracer: Tracer, form: LoopForm, begins: Truth, born: number): Signal | undefined {
  const { graph } = tracer;
  const { turn, items } = traceCarried(tracer, form, begins, born);
  const departures = turn.departures.map((departure) => ({ ...departure }));
  for (const departure of departures) {
    items.push(itemFor(tracer, departure.leaves, (value) => Object.assign(departure, { leaves: value })));
    const { value } = departure;
    const isMade = [...storesIn(value)].some((store) => store.born > born);
    if (isNumeric(value) || isBoolean(value) || isMade)
      items.push(itemFor(tracer, value, (result) => Object.assign(departure, { value: result })));
  }
  const recurrence = recurrenceOf(items);
  const { states } = recurrence;
  const { isCounted, ...length } = lengthOf(tracer, form, recurrence, turn, begins);
  const loop = graph.loop({ ...recurrence, ...length });
  settleWrites(tracer, loop, turn.writes, born);
  const results = states.map((_, index) => graph.result(loop, index)).values();
  for (const { deliver } of items) deliver(results, loopOf(graph, loop));
  for (const { growth, count, room } of tracer.memories) {
    if (growth?.loop !== born) continue;
    const { slot } = count;
    const counted = slot instanceof TracedNumber && !growth.isExact ? recurrence.next[graph.nodes[slot.node]!.value]! : undefined;
    const known = isAlways(graph, length.goesOn) ? counted && valueAfter(graph, recurrence, counted, length.turns) : undefined;
    if (counted === undefined || known !== undefined) tracer.journal.write(count, "", known ?? room);
  }
  if (!isCounted) departures.unshift(unfinished(tracer, form, loop, states.length));
  return depart(tracer, form, departures, turn.ends || begins !== true);
}

/**
 * How many turns a loop makes from here on, if no point leaves it early. Changes nothing. `undefined` where that depends on the data.
 * @throws NoState where turns change what can't be a state
 */
export function countAhead(tracer: Tracer, form: LoopForm): number | undefined {
  const start = tracer.checkpoint();
  const { isCounting } = tracer;
  tracer.isCounting = true;
  try {
    const { turn, items } = traceCarried(tracer, form, true, tracer.journal.now());
    return countTurns(tracer.graph, recurrenceOf(items), tracer.maskOf(turn.test));
  } finally {
    tracer.isCounting = isCounting;
    tracer.restore(start);
  }
}

/** A turn from symbols for all that turns change, and these. */
function traceCarried(tracer: Tracer, form: LoopForm, begins: Truth, born: number): { readonly turn: Turn; readonly items: Item[] } {
  const carried: Carried[] = [];
  const cells: CellStates = new Map();
  const turn = traceStable(tracer, form, carried, cells, born);
  const afterOf = ({ store, key, symbol }: Carried): Value => (getChange(turn.changes, store, key)?.slot ?? symbol) as Value;
  refuseShared(carried.filter(({ choices }) => !choices).map(afterOf));
  const items = carried.flatMap((slot): Item[] => {
    const { store, key, before, symbol, choices } = slot;
    const after = afterOf(slot);
    const deliver = (value: Value) => tracer.journal.write(store, key, value);
    const item = itemOf(tracer, symbol, nodesOf(tracer, before, symbol), nodesOf(tracer, after, symbol), deliver);
    if (choices || !(symbol instanceof ArrayValue || symbol instanceof ObjectValue)) return [item];
    // Where no turn has put another one there, it is still the one from before the loop, of which others may know.
    const isKept = new TracedBoolean(tracer.graph.state(true));
    const keeps = tracer.combine("and", isKept, optionsOf(tracer, after).get(symbol)?.mask ?? false);
    if (keeps === false && begins === true) return [item];
    const restore = (kept: Value) => deliver(merge(tracer, tracer.maskOf(kept as Truth), before as Value, store.read(key) as Value));
    return [item, itemOf(tracer, isKept, [tracer.maskOf(true)], [tracer.maskOf(keeps)], restore)];
  });
  for (const [cell, { memory, symbol }] of cells) {
    const deliver = (results: Iterator<NodeId>, loop: Loop) => {
      const result = results.next().value!;
      const index = loop.states.indexOf(symbol);
      memory.set(cell, (cell === memory.presence && presenceAfter(tracer.graph, loop, index)) || result);
    };
    items.push({ states: [symbol], initial: [cell.node], next: [turn.cells.get(cell)!], deliver });
  }
  return { turn, items };
}

/** After the loop nobody could tell that two slots hold one array or object that a turn has put into both. */
function refuseShared(slots: readonly Value[]): void {
  const seen = new Set<Store>();
  for (const slot of slots) {
    const stores = new Set(storesIn(slot));
    for (const store of stores) if (seen.has(store)) throw new NoState(false);
    for (const store of stores) seen.add(store);
  }
}

const recurrenceOf = (items: readonly Item[]): Recurrence => ({
  states: items.flatMap(({ states }) => states),
  initial: items.flatMap(({ initial }) => initial),
  next: items.flatMap(({ next }) => next),
});

/** The points that run out of turns have no result. */
const unfinished = (tracer: Tracer, { site }: LoopForm, loop: NodeId, states: number): Departure => ({
  target: findTarget(tracer, ["uncaught"]),
  leaves: tracer.boolean(tracer.graph.result(loop, states)),
  value: undefined,
  reason: { code: "max-iterations", site },
});

const itemOf = (
  tracer: Tracer,
  symbol: Value,
  initial: readonly NodeId[],
  next: readonly NodeId[],
  deliver: (value: Value) => void,
): Item => ({ states: statesOf(tracer, symbol), initial, next, deliver: (results) => deliver(valueFrom(tracer, results, symbol)) });

/** A state for what a turn gives, whatever it was before. */
function itemFor(tracer: Tracer, value: Value, deliver: (value: Value) => void): Item {
  const { graph } = tracer;
  const symbol = symbolFor(tracer, value);
  const initial = statesOf(tracer, symbol).map((state) => {
    const [length, missing] = [graph.lengthOf(state), graph.constant(Number.NaN)];
    return graph.isMask(state) ? graph.mask(false) : length === undefined ? missing : graph.array("list", [missing], length);
  });
  return itemOf(tracer, symbol, initial, nodesOf(tracer, value, symbol), deliver);
}

/** Which points make a first turn, which go on, and how many turns there are at most. */
function lengthOf(
  tracer: Tracer,
  { site }: LoopForm,
  recurrence: Recurrence,
  { test, leaves, exits }: Turn,
  begins: Truth,
): Pick<Loop, "starts" | "goesOn" | "turns"> & { readonly isCounted: boolean } {
  const { graph } = tracer;
  // What the points that stay have.
  const staying = (id: NodeId): NodeId => {
    const { op, args } = graph.nodes[id]!;
    return op === "select" && exits.has(args[0]!) ? staying(args[2]!) : id;
  };
  const count = countTurns(graph, { ...recurrence, next: recurrence.next.map(staying) }, tracer.maskOf(test));
  const isCounted = count !== undefined && count < Number.POSITIVE_INFINITY;
  if (count !== undefined && !isCounted && leaves === false) {
    failAt(site, "too-many-steps", "This loop makes too many turns, or does not end.", "Use fewer turns.");
  }
  const stays = tracer.not(leaves);
  const goesOn = isCounted ? stays : tracer.combine("and", test, stays);
  const starts = goesOn === true ? begins : tracer.combine("and", begins, tracer.boolean(tracer.present()));
  const turns = isCounted ? count : tracer.maxIterations;
  return { starts: tracer.maskOf(starts), goesOn: tracer.maskOf(goesOn), turns, isCounted };
}

/** The points that left in a turn for further out go there. */
function depart(tracer: Tracer, { site }: LoopForm, departures: readonly Departure[], someGoOn: boolean): Signal | undefined {
  for (const [index, { target, leaves, value, reason }] of departures.entries()) {
    const signal = { target, value, reason };
    if (index === departures.length - 1 && !someGoOn) return signal;
    const outcome = branch(
      tracer,
      leaves,
      () => ({ signal }),
      () => ({}),
      site,
    );
    if (outcome.signal) return outcome.signal;
  }
  return undefined;
}
