import type { Node } from "acorn";
import { countTurns } from "../graph/count-turns.ts";
import type { Loop, NodeId, Recurrence } from "../graph/graph.ts";
import { loopOf } from "../graph/loops.ts";
import { branch, findTarget, makeTarget, mergeExit, outcomeOf, type Reason, recordExit, type Signal, type Target } from "./branches.ts";
import { isSame, mayLack, nodesOf, statesOf, storesIn, symbolAmong, symbolFor, valueFrom } from "./carried.ts";
import { Binding } from "./environment.ts";
import { presenceAfter, settleWrites } from "./indices.ts";
import { type Changes, getChange, slotsOf } from "./journal.ts";
import { type Cell, type IndexedWrite, loopAround, type Memory, moveToMemory, NeedsMemory, NoState, symbolInMemory } from "./memory.ts";
import { isBoolean, isNumeric, merge, optionsOf } from "./merge.ts";
import { failAt } from "./source.ts";
import type { Tracer } from "./tracer.ts";
import { ArrayValue, absent, type Key, ObjectValue, type Slot, type Store, TracedBoolean, TracedNumber, type Value } from "./values.ts";

/**
 * Loops that stay loops. A turn is traced once, with symbols for every variable, element and member that turns change: the
 * states of the loop. Which these are shows only when a turn is traced, so it is traced again until no more are found.
 */

type Truth = boolean | TracedBoolean;

/** A loop of the function. */
export interface LoopForm {
  readonly site: Node;
  readonly labels: readonly string[];
  /** Whether there is another turn. */
  test(): Truth;
  /** The body, and what is done before the next test. `isRolled`: for all turns at once. */
  turn(isRolled: boolean): Signal | undefined;
  /** Variables that every turn changes. */
  counters?(): Iterable<readonly [Store, Key]>;
}

/** A slot that changes from turn to turn. */
interface Carried {
  readonly store: Store;
  readonly key: Key;
  readonly before: Slot;
  readonly symbol: Value;
  /** The arrays and objects of which it holds one. */
  readonly choices?: readonly Value[];
}

/** Points that leave in a turn for further out than the loop. */
interface Departure {
  readonly target: Target;
  readonly leaves: Truth;
  readonly value: Value;
  readonly reason?: Reason;
}

/** What a turn does to what it begins with. */
interface Turn {
  readonly changes: Changes;
  readonly test: Truth;
  /** The points that leave early. */
  readonly leaves: Truth;
  readonly departures: readonly Departure[];
  /** Whether points may come to the loop's own end. */
  readonly ends: boolean;
  /** What arrays in the graph are then. */
  readonly cells: ReadonlyMap<Cell, NodeId>;
  readonly writes: readonly IndexedWrite[];
}

/** States that belong together, and what becomes of their results. */
interface Item extends Recurrence {
  deliver(results: Iterator<NodeId>, loop: Loop): void;
}

/** The states of arrays in the graph that turns change. */
type CellStates = Map<Cell, { readonly memory: Memory; readonly symbol: NodeId }>;

/** Most times that a turn is traced to find what turns change. */
const mostAttempts = 20;

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

/** Before a loop that needs an array in the graph, it is moved there; any other error is thrown again. */
function provideMemory(tracer: Tracer, error: unknown, born: number, attempts: number): void {
  if (!(error instanceof NeedsMemory) || error.loop !== born) throw error;
  if (attempts > mostAttempts || !moveToMemory(tracer, error.array, error.growth)) throw new NoState(true);
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
  for (const { growth, count, room } of tracer.memories) if (growth?.loop === born) tracer.journal.write(count, "", room);
  if (!isCounted) departures.unshift(unfinished(tracer, form, loop, states.length));
  return depart(tracer, form, departures, turn.ends || begins !== true);
}

/**
 * How many turns a loop makes from here on, if no point leaves it early. Changes nothing. `undefined` where that depends on the data.
 * @throws NoState where turns change what can't be a state
 */
export function countAhead(tracer: Tracer, form: LoopForm): number | undefined {
  const start = tracer.checkpoint();
  try {
    const { turn, items } = traceCarried(tracer, form, true, tracer.journal.now());
    return countTurns(tracer.graph, recurrenceOf(items), tracer.maskOf(turn.test));
  } finally {
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

/** A turn that changes nothing but what is carried. */
function traceStable(tracer: Tracer, form: LoopForm, carried: Carried[], cells: CellStates, born: number): Turn {
  for (let attempts = 0; attempts <= mostAttempts; attempts++) {
    if (carried.length === 0) {
      for (const [store, key] of form.counters?.() ?? []) {
        const before = store.read(key);
        if (isNumeric(before)) carried.push({ store, key, before, symbol: symbolFor(tracer, before) });
      }
    }
    try {
      const turn = traceTurn(tracer, form, carried, cells, born);
      const isFound = findCarried(tracer, carried, turn.changes, born);
      if (!findCells(tracer, carried, cells, turn.cells, born) && !isFound) return turn;
    } catch (error) {
      const index = error instanceof NeedsMemory ? carried.findIndex(({ symbol }) => symbol === error.array) : -1;
      const slot = carried[index];
      if (slot) carried[index] = { ...slot, symbol: symbolInMemory(tracer, slot.before as ArrayValue, []) };
      else {
        provideMemory(tracer, error, born, attempts);
        // Its elements may be among them.
        carried.length = 0;
        cells.clear();
      }
    }
  }
  throw new NoState(false);
}

/** Adds the arrays in the graph that a turn changes. Tells whether there are any. */
function findCells(
  tracer: Tracer,
  carried: readonly Carried[],
  cells: CellStates,
  after: ReadonlyMap<Cell, NodeId>,
  born: number,
): boolean {
  let isFound = false;
  for (const memory of tracer.memories) {
    for (const cell of [memory.values, memory.presence]) {
      const next = after.get(cell);
      if (memory.array.born > born || next === undefined || next === (cells.get(cell)?.symbol ?? cell.node)) continue;
      // Who else knows of an array that is both written to and assigned can't be seen.
      if (carried.some(({ symbol, choices }) => !choices && [...storesIn(symbol)].includes(memory.array))) throw new NoState(false);
      if (cells.has(cell)) continue;
      cells.set(cell, { memory, symbol: tracer.graph.state(false, memory.room) });
      isFound = true;
    }
  }
  return isFound;
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

/** Traces a turn from the symbols of what is carried. Nothing that it does stays. */
function traceTurn(tracer: Tracer, form: LoopForm, carried: readonly Carried[], cells: CellStates, born: number): Turn {
  const { journal, targets } = tracer;
  const before = tracer.checkpoint();
  const frame = journal.depth;
  try {
    journal.open();
    for (const { store, key, symbol } of carried) journal.write(store, key, symbol);
    for (const [cell, { memory, symbol }] of cells) memory.set(cell, symbol);
    const target = makeTarget(tracer, "loop", form.labels);
    // What leaves a turn for further out runs each `finally` there after the loop.
    tracer.finalizers = [];
    journal.open();
    targets.push(target);
    tracer.loops.push(born);
    const written = tracer.writes.length;
    let test = false as Truth;
    const { signal } = outcomeOf(() => {
      const left = form.turn(true);
      if (!left) test = form.test();
      return { signal: left };
    });
    if (signal) recordExit(tracer, signal, form.site);
    const exits = tracer.exitsSince(before).sort((a, b) => a.exit.time - b.exit.time);

    const slots: Changes = new Map([...journal.before()].map(([store, slots]) => [store, new Map(slots)]));
    const leaves = new Binding(0, false);
    const leaving = exits.map(() => new Binding(0, false));
    const made = new Set<Store>();
    for (const [index, { target: to, exit }] of [...exits.entries()].reverse()) {
      if (to.kind === "uncaught") {
        // Points that have no result need no states.
        for (const flag of [leaves, ...leaving]) {
          const isSet = flag === leaves || flag === leaving[index];
          journal.write(flag, "", merge(tracer, exit.mask, isSet, flag.slot as Truth));
        }
        continue;
      }
      const changes: Changes = new Map([leaves, leaving[index]!].map((flag) => [flag, new Map([["", true]])]));
      for (const [store, key] of slotsOf(slots)) {
        const change = getChange(exit.changes, store, key);
        if (change) changes.set(store, (changes.get(store) ?? new Map()).set(key, change.slot));
      }
      mergeExit(tracer, { ...exit, changes, value: undefined }, undefined, made, form.site);
    }
    const departures = exits.flatMap(({ target: to, exit }, index): Departure[] =>
      to === target ? [] : [{ target: to, leaves: leaving[index]!.slot as Truth, value: exit.value, reason: exit.reason }],
    );
    const changes = journal.capture(frame);
    for (const flag of [leaves, ...leaving]) changes.delete(flag);
    return {
      changes,
      test,
      leaves: leaves.slot as Truth,
      departures,
      ends: test !== true || departures.length < exits.length,
      cells: new Map(tracer.memories.flatMap(({ values, presence }) => [values, presence].map((cell) => [cell, cell.node]))),
      writes: tracer.writes.slice(written),
    };
  } finally {
    tracer.restore(before);
  }
}

/** Adds the slots that a turn changes beyond those that are carried, or carries them otherwise. Tells whether there are any. */
function findCarried(tracer: Tracer, carried: Carried[], changes: Changes, born: number): boolean {
  const symbols = new Set(carried.flatMap(({ symbol, choices }) => (choices ? [] : [...storesIn(symbol)])));
  let isStable = true;
  for (const [store, key] of slotsOf(changes)) {
    const after = getChange(changes, store, key)!.slot;
    // Who else knows of an array that is both written to and assigned can't be seen.
    if (symbols.has(store)) throw new NoState(false);
    if (store.born > born) continue;
    const index = carried.findIndex((slot) => slot.store === store && slot.key === key);
    const before = store.read(key);
    if (index < 0 && isSame(before, after)) continue;
    const known = carried[index];
    const symbol = known ? widened(tracer, known, after, born) : newSymbol(tracer, store, key, before, after, born);
    if (!symbol) continue;
    isStable = false;
    carried.splice(index < 0 ? carried.length : index, 1, { store, key, before, ...symbol });
  }
  return !isStable;
}

function newSymbol(tracer: Tracer, store: Store, key: Key, before: Slot, after: Slot, born: number): Pick<Carried, "symbol" | "choices"> {
  const isInArray = store instanceof ArrayValue && (before === absent || key === "length");
  if (isInArray) throw new NeedsMemory(store, loopAround(tracer, store) ?? born);
  if (before === absent) throw new NoState(true);
  const choices = choicesAmong(tracer, [before, after], born);
  return choices ? { symbol: symbolAmong(tracer, choices), choices } : { symbol: symbolFor(tracer, before, after) };
}

/** Another symbol for what a first one does not serve. */
function widened(
  tracer: Tracer,
  { before, symbol, choices }: Carried,
  after: Slot,
  born: number,
): Pick<Carried, "symbol" | "choices"> | undefined {
  if (choices) {
    const all = choicesAmong(tracer, [before, ...choices, after], born)!;
    return all.length > choices.length ? { symbol: symbolAmong(tracer, all), choices: all } : undefined;
  }
  const isWider = symbol instanceof TracedNumber && symbol.presence === undefined && mayLack(after);
  return isWider ? { symbol: symbolFor(tracer, before, after) } : undefined;
}

/** The arrays and objects that a slot may hold, if turns put some there that have been made before. */
function choicesAmong(tracer: Tracer, slots: readonly Slot[], born: number): Value[] | undefined {
  const [first, ...others] = slots.map((slot) => [...optionsOf(tracer, slot as Value)].map(([, { value }]) => value));
  const isOlder = (value: Value): value is ArrayValue | ObjectValue =>
    (value instanceof ArrayValue || value instanceof ObjectValue) && value.born <= born;
  // What keeps what it held, or is made anew, is no choice.
  const put = others.flat().filter((value) => !first!.includes(value));
  if (!put.some((value) => [...storesIn(value)].some((part) => part.born <= born))) return undefined;
  const all = [...new Set([...first!, ...put])];
  if (!all.every(isOlder)) throw new NoState(!first!.every(isOlder));
  return all;
}

/** Which points make a first turn, which go on, and how many turns there are at most. */
function lengthOf(
  tracer: Tracer,
  { site }: LoopForm,
  recurrence: Recurrence,
  { test, leaves }: Turn,
  begins: Truth,
): Pick<Loop, "starts" | "goesOn" | "turns"> & { readonly isCounted: boolean } {
  const { graph } = tracer;
  const count = countTurns(graph, recurrence, tracer.maskOf(test));
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
