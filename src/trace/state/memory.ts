import type { Graph, NodeId } from "../../graph/graph.ts";
import { Argument } from "../values/arguments.ts";
import { ArrayValue, type Backing } from "../values/arrays.ts";
import { isNumeric } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import { absent, Either, TracedNumber, type Value } from "../values/values.ts";
import { Binding } from "./environment.ts";
import type { Tracer } from "./tracer.ts";

/**
 * Arrays that loops read and write by their counters are arrays of the graph, from the beginning of such a loop on. What they
 * hold is not taken back after a branch: what is written there is written on its points alone.
 */

/** Thrown, and caught where loops are traced: a value can't be a state of a loop. `isEarly`: in later turns perhaps it can. */
export class NoState extends Error {
  readonly isEarly: boolean;
  constructor(isEarly: boolean) {
    super("no state");
    this.isEarly = isEarly;
  }
}

/** Thrown, and caught by the loop that began at `loop`: before it, an array must have its elements in the graph, and perhaps room for more. */
export class NeedsMemory extends Error {
  readonly array: ArrayValue;
  readonly loop: number;
  readonly growth?: Growth;
  /** What its elements will be like, if there are none. */
  readonly row?: ArrayValue | ObjectValue;
  constructor(array: ArrayValue, loop: number, { growth, row }: Pick<NeedsMemory, "growth" | "row"> = {}) {
    super("needs memory");
    this.array = array;
    this.loop = loop;
    this.growth = growth;
    this.row = row;
  }
}

/** A row comes into an array that has no elements in turns of a loop. */
export function needRow({ keepsRows }: Tracer, array: ArrayValue, loop: number, row: Value): never {
  if (row instanceof Either) return needRow({ keepsRows } as Tracer, array, loop, row.yes);
  const isRow = row instanceof ObjectValue || (row instanceof ArrayValue && row.length > 0);
  // What is filled later shows its form then.
  throw isRow && keepsRows ? new NeedsMemory(array, loop, { row }) : new NoState(true);
}

/** How many elements an array has when a loop is over that adds some. */
export interface Growth {
  readonly room: number;
  readonly isPush: boolean;
  /** When the loop began. */
  readonly loop: number;
  /** Else it has so many elements at most. */
  readonly isExact: boolean;
}

/** Where an array of the program is written by an index that may be outside of it, for the loop that began at `loop` to see to. */
export interface IndexedWrite {
  readonly array: ArrayValue;
  readonly loop: number;
  readonly index: NodeId;
  /** Whether it is made by all points. */
  readonly isSure: boolean;
  readonly isPush: boolean;
  /** Of a place within a row: it must be below the length, where the conditions hold; else it is `unsure`. */
  readonly within?: { readonly length: number; readonly conditions: readonly NodeId[]; unsure(): void };
}

/** An array of the graph as it is now, with what has been read of it. */
export interface Cell {
  node: NodeId;
  reads: NodeId[];
}

/**
 * Along each of the inputs an element has a tangent. With more inputs than a few these must not be many in all, or those of an array that
 * is long beside their number, for it would be each of its elements that depends on each of them.
 */
const few = { inputs: 16, tangents: 1024 };
const long = { elementsOfInput: 16, tangents: 2 ** 19 };

function isAffordable(inputs: number, elements: number): boolean {
  const tangents = inputs * elements;
  const isLong = elements >= long.elementsOfInput * inputs && tangents <= long.tangents;
  return inputs <= few.inputs || tangents <= few.tangents || isLong;
}

export class Memory implements Backing {
  readonly array: ArrayValue;
  readonly values: Cell;
  /** 1 where there is an element, else NaN. */
  readonly presence: Cell;
  /** The number of elements; none while a loop writes behind them. */
  readonly count: Binding;
  /** What it was before a loop that adds some. */
  readonly first: number;
  readonly growth?: Growth;
  readonly #tracer: Tracer;
  readonly #hasHoles: boolean;
  /** Whether no element was there, and whether all are that are counted. */
  readonly #isEmpty: boolean;
  readonly #isDense: boolean;
  constructor(tracer: Tracer, array: ArrayValue, values: NodeId, presence: NodeId, first: number, growth?: Growth) {
    this.array = array;
    this.values = { node: values, reads: [] };
    this.presence = { node: presence, reads: [] };
    this.count = new Binding(array.born, growth && !growth.isPush ? absent : first);
    this.first = first;
    this.growth = growth;
    this.#tracer = tracer;
    const isThere = tracer.graph.nodes[presence]!.args.map((element) => !Number.isNaN(tracer.graph.valueOf(element)));
    this.#hasHoles = isThere.includes(false);
    this.#isEmpty = !isThere.includes(true);
    this.#isDense = !!growth?.isPush && !isThere.slice(0, first).includes(false);
    tracer.memories.push(this);
  }

  get room(): number {
    return this.#tracer.graph.lengthOf(this.values.node)!;
  }
  get length(): number {
    const { slot } = this.count;
    if (typeof slot === "number") return slot;
    if (this.#tracer.loops.length > 0) throw new NoState(false);
    return this.#tracer.fail(
      "shape-on-data",
      "How many elements this array has here depends on the data.",
      "Go through it by indices: for (let i = 0; i < array.length; i++) { … }",
    );
  }
  /** The same, where it may be counted by a loop. */
  get counted(): number | TracedNumber {
    const { slot } = this.count;
    if (slot === absent) throw new NoState(false);
    return slot as number | TracedNumber;
  }
  at(index: number): Value {
    return this.read(this.#tracer.graph.constant(index));
  }
  read(index: NodeId): number | TracedNumber | undefined {
    const { graph } = this.#tracer;
    const presence = this.#read(this.presence, index);
    const known = graph.valueOf(presence);
    if (Number.isNaN(known)) return undefined;
    const node = this.#read(this.values, index);
    return known === undefined ? new TracedNumber(node, presence) : this.#tracer.number(node);
  }
  /** All elements; holes are holes. */
  elements(length = this.length): Value[] {
    const elements = new Array<Value>(length);
    for (let i = 0; i < elements.length; i++) if (this.has(i)) elements[i] = this.at(i);
    return elements;
  }
  has(index: number): boolean {
    const { graph } = this.#tracer;
    const { slot } = this.count;
    if (this.#isDense) return typeof slot !== "number" || index < slot;
    const { op, args } = graph.nodes[this.presence.node]!;
    const isAlike = op === "list" && args.length === 1 && index < this.room;
    const known = graph.valueOf(isAlike ? args[0]! : graph.array("read", [this.presence.node, graph.constant(index)]));
    if (known === undefined && this.#hasHoles) {
      this.#tracer.fail(
        "shape-on-data",
        "Whether this array has all its elements is not known here.",
        "Give it all of them before: new Array(n).fill(0)",
      );
    }
    return !Number.isNaN(known);
  }

  /** `array[index] = value`. False where the array is a plain one from now on. */
  write(index: number | TracedNumber, value: Value, mask = this.#tracer.present(this.array.born), isPush = false): boolean {
    const { graph, writes } = this.#tracer;
    const { type, stride, born } = this.array;
    const parts = value === undefined && !stride ? undefined : numberParts(this.#tracer, value);
    const loop = loopAround(this.#tracer, this.array);
    if (!parts && loop !== undefined && this.#isEmpty) return needRow(this.#tracer, this.array, loop, value);
    if (!parts || (!type && loop === undefined && typeof index === "number" && index >= this.room)) return this.leave();
    const isSure = graph.nodes[mask]!.op === "mask";
    const at = this.#tracer.nodeOf(index);
    const place = isSure ? at : graph.apply("select", mask, at, graph.constant(Number.NaN));
    const write = (cell: Cell, element: NodeId) => this.set(cell, graph.array("write", [cell.node, place, element, ...cell.reads]));
    write(this.values, parts[0]);
    write(this.presence, type ? graph.constant(1) : parts[1]);
    if (!type && !stride) writes.push({ array: this.array, loop: loop ?? born, index: at, isSure, isPush });
    return true;
  }
  /** Writes the elements of another array from a place on. */
  paste(first: NodeId, from: Part, mask = this.#tracer.present(this.array.born)): void {
    const { graph } = this.#tracer;
    const place = graph.apply("select", mask, first, graph.constant(Number.NaN));
    for (const [index, cell] of [this.values, this.presence].entries()) {
      const { op, args } = graph.nodes[cell.node]!;
      const isSame = op === "list" && args.length === 1 && graph.nodes[from[index]!]!.args.join() === args.join();
      if (!isSame) this.set(cell, copyElements(graph, cell.node, place, from[index]!));
    }
  }
  /** False where the array is a plain one from now on. */
  push(values: readonly Value[]): boolean {
    const { journal } = this.#tracer;
    if (loopAround(this.#tracer, this.array) === undefined) return this.leave();
    for (const value of values) {
      const at = this.counted;
      if (!this.write(at, value, undefined, true)) return false;
      journal.write(this.count, "", this.#tracer.apply("add", at, 1));
    }
    return true;
  }
  /** Gives all elements one value. False where the array is a plain one from now on. */
  fill(value: Value): boolean {
    const parts = value === undefined ? undefined : numberParts(this.#tracer, value);
    if (!parts) return this.leave();
    const presence = this.array.type ? this.#tracer.graph.constant(1) : parts[1];
    return this.replace(...listsFrom(this.#tracer, [[parts[0], presence]], this.length));
  }
  /** Puts other elements, as many, in the place of all. False where the array is a plain one from now on. */
  replace(values: NodeId, presence: NodeId): boolean {
    const { graph } = this.#tracer;
    if (graph.lengthOf(values) !== this.room || graph.nodes[this.#tracer.present(this.array.born)]!.op !== "mask") return this.leave();
    this.set(this.values, values);
    this.set(this.presence, presence);
    return true;
  }

  /** The elements from a place on, as arrays of the graph. */
  copy(first: NodeId, length: number): Part {
    const { graph } = this.#tracer;
    const copyOf = ({ node }: Cell) => {
      const { op, args } = graph.nodes[node]!;
      const to = graph.array("list", [op === "list" && args.length === 1 ? args[0]! : graph.constant(Number.NaN)], length);
      return op === "list" && args.length === 1 ? to : copyElements(graph, to, graph.constant(0), node, first, length);
    };
    return [copyOf(this.values), copyOf(this.presence)];
  }

  /** Puts another array of the graph in the place of one. */
  set(cell: Cell, node: NodeId): void {
    const { node: before, reads } = cell;
    this.#tracer.undo.push({ born: this.array.born, run: () => void Object.assign(cell, { node: before, reads }) });
    Object.assign(cell, { node, reads: [] });
  }
  /** From now on the array has its elements itself. @throws NoState where it is older than the turn of a loop that is traced */
  leave(): false {
    if (loopAround(this.#tracer, this.array) !== undefined) throw new NoState(false);
    keep(this.#tracer, this.array, undefined, this.elements());
    return false;
  }
  #read(cell: Cell, index: NodeId): NodeId {
    const { reads } = cell;
    const node = this.#tracer.graph.array("read", [cell.node, index]);
    if (this.#tracer.graph.nodes[node]!.op !== "read") return node;
    reads.push(node);
    this.#tracer.undo.push({ born: this.array.born, run: () => void reads.pop() });
    return node;
  }
}

/** Writes the elements of an array into another, from a place on. */
export function copyElements(
  graph: Graph,
  to: NodeId,
  first: NodeId,
  from: NodeId,
  start = graph.constant(0),
  count = graph.lengthOf(from)!,
) {
  const [k, array] = [graph.state(false), graph.state(false, graph.lengthOf(to))];
  const element = graph.array("read", [from, graph.apply("add", start, k)]);
  const next = [graph.apply("add", k, graph.constant(1)), graph.array("write", [array, graph.apply("add", first, k), element])];
  const always = graph.mask(true);
  const loop = graph.loop({ states: [k, array], initial: [graph.constant(0), to], next, starts: always, goesOn: always, turns: count });
  return graph.result(loop, 1);
}

export function keep({ undo }: Tracer, array: ArrayValue, memory: Backing | undefined, elements?: Value[]): void {
  const before = array.keepIn(memory, elements);
  undo.push({ born: array.born, run: before });
}

/** The outermost loop that is traced with symbols and began after the array was made: when it began. */
export const loopAround = ({ loops }: Tracer, { born }: ArrayValue): number | undefined => loops.find((loop) => born <= loop);

/** An element, or the elements of an array: what they are, and whether they are there. */
type Part = readonly [value: NodeId, presence: NodeId];

/** A number as a value and 1, or what is `undefined` as NaN twice. */
export function numberParts(tracer: Tracer, given: Value): Part | undefined {
  const { graph } = tracer;
  const value = tracer.arguments.settled(given, undefined) as Value;
  if (isNumeric(value)) return [tracer.nodeOf(value), (value as TracedNumber).presence ?? graph.constant(1)];
  if (value === undefined) return [graph.constant(Number.NaN), graph.constant(Number.NaN)];
  if (!(value instanceof Either)) return undefined;
  const [yes, no] = [numberParts(tracer, value.yes), numberParts(tracer, value.no)];
  const select = (index: 0 | 1) => graph.apply("select", value.mask, yes![index], no![index]);
  return yes && no && [select(0), select(1)];
}

/**
 * Where the elements of an array of numbers are read, or written, by an index that a loop counts: in the graph.
 * @throws NeedsMemory where that must be so from before the loop on
 */
export function memoryOf(tracer: Tracer, array: ArrayValue): Memory | undefined {
  const loop = loopAround(tracer, array);
  if (array.memory || loop === undefined) return memoryIn(array) ?? moveToMemory(tracer, array);
  if (!hasNumbers(array)) return undefined;
  throw new NeedsMemory(array, loop);
}

/** The arrays of the graph that an array's elements are in. */
export const memoryIn = ({ memory }: ArrayValue): Memory | undefined => (memory instanceof Memory ? memory : undefined);

/** Moves the elements of an array to the graph. */
export function moveToMemory(tracer: Tracer, array: ArrayValue, growth?: Growth): Memory | undefined {
  if (isKnownToOthers(tracer, array)) return undefined;
  const before = memoryIn(array);
  if (before) keep(tracer, array, undefined, before.elements(before.first));
  const { length, stride = 1, columns = [] } = array;
  const room = Math.max(length, (growth?.room ?? 0) * stride);
  const parts = elementParts(tracer, array, room);
  if (!parts) return undefined;
  if (room > length) parts.push(holeIn(tracer, array));
  const [values, presence] = listsFrom(tracer, parts, room);
  const memory = new Memory(tracer, array, values, presence, length, growth);
  keep(tracer, array, memory);
  if (growth) for (const column of columns) moveToMemory(tracer, column, growth);
  return memory;
}

/** An array in the place of another in turns of a loop, of states; its elements are all there if those of both are. */
export function symbolInMemory(tracer: Tracer, array: ArrayValue, others: readonly ArrayValue[]): ArrayValue {
  const { graph } = tracer;
  const { length, born, type } = array;
  if (others.some((other) => other.length !== length || other.type !== type)) throw new NoState(true);
  const all = [array, ...others].map((each) => listsOf(tracer, each)[1]);
  const isFixed = graph.nodes[all[0]!]!.op === "list" && all.every((presence) => presence === all[0]);
  return arrayIn(tracer, born, type, graph.state(false, length), isFixed ? all[0]! : graph.state(false, length));
}

export function arrayIn(tracer: Tracer, born: number, type: ArrayValue["type"], values: NodeId, presence: NodeId): ArrayValue {
  const array = new ArrayValue(born, [], type);
  array.keepIn(new Memory(tracer, array, values, presence, tracer.graph.lengthOf(values)!));
  return array;
}

/** The arrays of the graph that an array's elements are in, or would be. */
export function listsOf(tracer: Tracer, array: ArrayValue): Part {
  const memory = memoryIn(array);
  if (memory) return [memory.values.node, memory.presence.node];
  if (array.memory?.lists) return array.memory.lists();
  const parts = elementParts(tracer, array);
  if (!parts) throw new NoState(false);
  return listsFrom(tracer, parts, array.length);
}

function listsFrom({ graph }: Tracer, parts: readonly Part[], length: number): Part {
  const list = (index: 0 | 1) =>
    graph.array(
      "list",
      parts.map((part) => part[index]),
      length,
    );
  return [list(0), list(1)];
}

/** Whether other points know of an array than those that are here. */
const isKnownToOthers = ({ conditions, journal }: Tracer, { born }: ArrayValue) =>
  conditions.some(({ start }) => start >= born) || (journal.latestExit > 0 && journal.latestExit >= born);

/** Whether it is a plain array of what may be numbers. */
export const hasNumbers = (array: ArrayValue) =>
  array.isPlain &&
  array.constructor === ArrayValue &&
  array.elements.every((element) => isNumeric(element) || element instanceof Argument || element instanceof Either);

/** What stands where there is no element. Of columns, all are there: whether there is a row is known beside them. */
const holeIn = ({ graph }: Tracer, { stride }: ArrayValue): Part => [graph.constant(Number.NaN), graph.constant(stride ? 1 : Number.NaN)];

/** A row that is an array has columns of its own for up to so many elements; those of longer ones stand one behind the other. */
export const mostParts = 8;

/** The first element, if it may be a row. */
export function firstRow(array: ArrayValue): ArrayValue | ObjectValue | undefined {
  if (!array.isPlain || array.type || array.constructor !== ArrayValue) return undefined;
  let first = array.elements.find((element) => element !== undefined);
  while (first instanceof Either) first = first.yes;
  return first instanceof ArrayValue || first instanceof ObjectValue ? first : undefined;
}

/** The elements of an array of numbers. `room`: how many there are to be. */
function elementParts(tracer: Tracer, array: ArrayValue, room = array.length): Part[] | undefined {
  const { elements } = array;
  if (!hasNumbers(array) || !isAffordable(tracer.arguments.leafCount, room)) return undefined;
  const hole = holeIn(tracer, array);
  const parts: Part[] = [];
  for (let i = 0; i < elements.length; i++) {
    const isSame = i > 0 && elements[i] === elements[i - 1] && elements[i] !== undefined;
    const part = isSame ? parts[i - 1] : i in elements ? numberParts(tracer, elements[i]) : hole;
    if (!part) return undefined;
    parts.push(part);
  }
  return parts;
}
