import type { NodeId } from "../graph/graph.ts";
import { Argument } from "./arguments.ts";
import { Binding } from "./environment.ts";
import { isNumeric } from "./merge.ts";
import type { Tracer } from "./tracer.ts";
import { ArrayValue, absent, Either, TracedNumber, type Value } from "./values.ts";

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
  constructor(array: ArrayValue, loop: number, growth?: Growth) {
    super("needs memory");
    this.array = array;
    this.loop = loop;
    this.growth = growth;
  }
}

/** How many elements an array has when a loop is over that adds some. */
export interface Growth {
  readonly room: number;
  readonly isPush: boolean;
  /** When the loop began. */
  readonly loop: number;
}

/** Where an array of the program is written by an index that may be outside of it, for the loop that began at `loop` to see to. */
export interface IndexedWrite {
  readonly array: ArrayValue;
  readonly loop: number;
  readonly index: NodeId;
  /** Whether it is made by all points. */
  readonly isSure: boolean;
  readonly isPush: boolean;
}

/** An array of the graph as it is now, with what has been read of it. */
export interface Cell {
  node: NodeId;
  reads: NodeId[];
}

/** With more inputs than these, their tangents would be too many to carry through a loop. */
const mostInputs = 16;

export class Memory {
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
  constructor(tracer: Tracer, array: ArrayValue, values: NodeId, presence: NodeId, first: number, growth?: Growth) {
    this.array = array;
    this.values = { node: values, reads: [] };
    this.presence = { node: presence, reads: [] };
    this.count = new Binding(array.born, growth && !growth.isPush ? absent : first);
    this.first = first;
    this.growth = growth;
    this.#tracer = tracer;
    this.#hasHoles = tracer.graph.nodes[presence]!.args.some((element) => Number.isNaN(tracer.graph.valueOf(element)));
    tracer.memories.push(this);
  }

  get room(): number {
    return this.#tracer.graph.lengthOf(this.values.node)!;
  }
  get length(): number {
    const { slot } = this.count;
    if (typeof slot !== "number") throw new NoState(false);
    return slot;
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
    const known = graph.valueOf(graph.array("read", [this.presence.node, graph.constant(index)]));
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
  write(index: number | TracedNumber, value: Value, isPush = false): boolean {
    const { graph, writes } = this.#tracer;
    const parts = value === undefined ? undefined : partsOf(this.#tracer, value);
    const loop = loopAround(this.#tracer, this.array);
    if (!parts || (!this.array.type && loop === undefined && typeof index === "number" && index >= this.room)) return this.leave();
    const mask = this.#tracer.present(this.array.born);
    const isSure = graph.nodes[mask]!.op === "mask";
    const at = this.#tracer.nodeOf(index);
    const place = isSure ? at : graph.apply("select", mask, at, graph.constant(Number.NaN));
    const write = (cell: Cell, element: NodeId) => this.set(cell, graph.array("write", [cell.node, place, element, ...cell.reads]));
    write(this.values, parts[0]);
    write(this.presence, this.array.type ? graph.constant(1) : parts[1]);
    if (!this.array.type) writes.push({ array: this.array, loop: loop ?? this.array.born, index: at, isSure, isPush });
    return true;
  }
  /** False where the array is a plain one from now on. */
  push(values: readonly Value[]): boolean {
    const { journal } = this.#tracer;
    if (loopAround(this.#tracer, this.array) === undefined) return this.leave();
    for (const value of values) {
      const at = this.counted;
      if (!this.write(at, value, true)) return false;
      journal.write(this.count, "", this.#tracer.apply("add", at, 1));
    }
    return true;
  }
  /** Gives all elements one value. False where the array is a plain one from now on. */
  fill(value: Value): boolean {
    const { graph } = this.#tracer;
    const parts = value === undefined ? undefined : partsOf(this.#tracer, value);
    if (!parts || graph.nodes[this.#tracer.present(this.array.born)]!.op !== "mask") return this.leave();
    this.set(this.values, graph.array("list", [parts[0]], this.length));
    this.set(this.presence, graph.array("list", [this.array.type ? graph.constant(1) : parts[1]], this.length));
    return true;
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
    reads.push(node);
    this.#tracer.undo.push({ born: this.array.born, run: () => void reads.pop() });
    return node;
  }
}

function keep({ undo }: Tracer, array: ArrayValue, memory: Memory | undefined, elements?: Value[]): void {
  const before = array.keepIn(memory, elements);
  undo.push({ born: array.born, run: before });
}

/** The outermost loop that is traced with symbols and began after the array was made: when it began. */
export const loopAround = ({ loops }: Tracer, { born }: ArrayValue): number | undefined => loops.find((loop) => born <= loop);

/** An element, or the elements of an array: what they are, and whether they are there. */
type Part = readonly [value: NodeId, presence: NodeId];

/** A number as a value and 1, or what is `undefined` as NaN twice. */
function partsOf(tracer: Tracer, given: Value): Part | undefined {
  const { graph } = tracer;
  const value = tracer.arguments.settled(given, undefined) as Value;
  if (isNumeric(value)) return [tracer.nodeOf(value), (value as TracedNumber).presence ?? graph.constant(1)];
  if (value === undefined) return [graph.constant(Number.NaN), graph.constant(Number.NaN)];
  if (!(value instanceof Either)) return undefined;
  const [yes, no] = [partsOf(tracer, value.yes), partsOf(tracer, value.no)];
  const select = (index: 0 | 1) => graph.apply("select", value.mask, yes![index], no![index]);
  return yes && no && [select(0), select(1)];
}

/**
 * Where the elements of an array of numbers are read, or written, by an index that a loop counts: in the graph.
 * @throws NeedsMemory where that must be so from before the loop on
 */
export function memoryOf(tracer: Tracer, array: ArrayValue): Memory | undefined {
  const loop = loopAround(tracer, array);
  if (array.memory || loop === undefined) return array.memory ?? moveToMemory(tracer, array);
  if (!hasNumbers(array)) return undefined;
  throw new NeedsMemory(array, loop);
}

/** Moves the elements of an array to the graph. */
export function moveToMemory(tracer: Tracer, array: ArrayValue, growth?: Growth): Memory | undefined {
  const { graph } = tracer;
  if (isKnownToOthers(tracer, array)) return undefined;
  if (array.memory) keep(tracer, array, undefined, array.memory.elements(array.memory.first));
  const parts = elementParts(tracer, array);
  if (!parts) return undefined;
  const { length } = array;
  const missing = graph.constant(Number.NaN);
  const room = Math.max(length, growth?.room ?? 0);
  if (room > length) parts.push([missing, missing]);
  const [values, presence] = listsFrom(tracer, parts, room);
  const memory = new Memory(tracer, array, values, presence, length, growth);
  keep(tracer, array, memory);
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
  if (array.memory) return [array.memory.values.node, array.memory.presence.node];
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

/** The elements of an array of numbers. */
function elementParts(tracer: Tracer, array: ArrayValue): Part[] | undefined {
  const { graph } = tracer;
  const { elements } = array;
  if (!hasNumbers(array)) return undefined;
  if (tracer.arguments.leafCount > mostInputs) return undefined;
  const missing = graph.constant(Number.NaN);
  const hole = [missing, missing] as const;
  const parts: Part[] = [];
  for (let i = 0; i < elements.length; i++) {
    const isSame = i > 0 && elements[i] === elements[i - 1] && elements[i] !== undefined;
    const part = isSame ? parts[i - 1] : i in elements ? partsOf(tracer, elements[i]) : hole;
    if (!part) return undefined;
    parts.push(part);
  }
  return parts;
}
