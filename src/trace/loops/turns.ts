import type { Node } from "acorn";
import type { NodeId } from "../../graph/graph.ts";
import { makeTarget, mergeExit, outcomeOf, type Reason, recordExit, type Signal, type Target } from "../state/branches.ts";
import { Binding } from "../state/environment.ts";
import { type Changes, getChange, slotsOf } from "../state/journal.ts";
import {
  type Cell,
  type IndexedWrite,
  loopAround,
  type Memory,
  memoryIn,
  moveToMemory,
  NeedsMemory,
  NoState,
  symbolInMemory,
} from "../state/memory.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue } from "../values/arrays.ts";
import { isNumeric, merge, optionsOf } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import { absent, type Key, type Slot, type Store, TracedNumber, type Truth, type Value } from "../values/values.ts";
import { isSame, mayLack, storesIn, symbolAmong, symbolFor } from "./carried.ts";
import { moveToRows } from "./rows.ts";

/** The turns of a loop, traced once for all, with symbols for what they change. */

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
export interface Carried {
  readonly store: Store;
  readonly key: Key;
  readonly before: Slot;
  readonly symbol: Value;
  /** The arrays and objects of which it holds one. */
  readonly choices?: readonly Value[];
}

/** Points that leave in a turn for further out than the loop. */
export interface Departure {
  readonly target: Target;
  readonly leaves: Truth;
  readonly value: Value;
  readonly reason?: Reason;
}

/** What a turn does to what it begins with. */
export interface Turn {
  readonly changes: Changes;
  readonly test: Truth;
  /** The points that leave early. */
  readonly leaves: Truth;
  /** Masks of those that leave at each place. */
  readonly exits: ReadonlySet<NodeId>;
  readonly departures: readonly Departure[];
  /** Whether points may come to the loop's own end. */
  readonly ends: boolean;
  /** What arrays in the graph are then. */
  readonly cells: ReadonlyMap<Cell, NodeId>;
  readonly writes: readonly IndexedWrite[];
}

/** The states of arrays in the graph that turns change. */
export type CellStates = Map<Cell, { readonly memory: Memory; readonly symbol: NodeId }>;

/** Most times that a turn is traced to find what turns change. */
export const mostAttempts = 20;

/** A turn that changes nothing but what is carried. */
export function traceStable(tracer: Tracer, form: LoopForm, carried: Carried[], cells: CellStates, born: number): Turn {
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

/** Before a loop that needs an array in the graph, it is moved there; any other error is thrown again. */
export function provideMemory(tracer: Tracer, error: unknown, born: number, attempts: number): void {
  if (!(error instanceof NeedsMemory) || error.loop !== born) throw error;
  const { array, growth, row } = error;
  const isDone = (array.memory && !memoryIn(array)) || (!row && moveToMemory(tracer, array, growth)) || moveToRows(tracer, array, row);
  if (attempts > mostAttempts || !isDone) throw new NoState(true);
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
    const { signal } = tracer.within(() =>
      outcomeOf(() => {
        const left = form.turn(true);
        if (!left) test = form.test();
        return { signal: left };
      }),
    );
    if (signal) recordExit(tracer, signal, form.site);
    tracer.closeRows();
    const exits = tracer.exitsSince(before).sort((a, b) => a.exit.time - b.exit.time);

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
      for (const [store, key] of slotsOf(exit.changes)) {
        const { slot } = getChange(exit.changes, store, key)!;
        // What was written before the turn is no change of it.
        const isWritten = getChange(journal.before(), store, key) !== undefined || slot !== store.read(key);
        if (isWritten) changes.set(store, (changes.get(store) ?? new Map()).set(key, slot));
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
      exits: new Set(exits.map(({ exit }) => exit.mask)),
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
