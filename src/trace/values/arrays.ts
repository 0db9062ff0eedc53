import type { NodeId } from "../../graph/graph.ts";
import type { Tracer } from "../state/tracer.ts";
import { Container } from "./objects.ts";
import { absent, type Holder, type Key, type Slot, Sometimes, type Store, TracedLength, type TracedNumber, type Value } from "./values.ts";

/** What the elements of a typed array are. */
export interface ElementType {
  /** Of the array: `Float64Array`. */
  readonly name: string;
  /** `BYTES_PER_ELEMENT`. */
  readonly bytes: number;
  /** A number as such an array keeps it. */
  keep(tracer: Tracer, value: number | TracedNumber): number | TracedNumber;
}

/** A part of a typed array, from `offset` on, that is a typed array, too. */
export interface View {
  readonly array: ArrayValue;
  readonly offset: number;
  readonly length: number;
}

/** What holds the elements of an array in its place. */
export interface Backing {
  readonly length: number;
  /** The same, where it may be counted by a loop. */
  readonly counted: number | TracedNumber;
  at(index: number): Value;
  read(index: NodeId): Value;
  /** All elements; holes are holes. */
  elements(): Value[];
  has(index: number): boolean;
  /** These are false where the array is a plain one from now on. */
  write(index: number | TracedNumber, value: Value): boolean;
  push(values: readonly Value[]): boolean;
  /** Gives all elements one value. */
  fill(value: Value): boolean;
  leave(): boolean;
  /** Numbers and where they are, as arrays of the graph. */
  lists?(): readonly [values: NodeId, presence: NodeId];
}

export class ArrayValue extends Container implements Store {
  #elements: Value[];
  /** Where it is not that of the elements, of which those at the end are there on some points only. */
  #length?: TracedLength;
  /** Where the elements are that loops read and write by counters. */
  memory?: Backing;
  /** Of an array that is a column of the rows of another: how many elements a row has in it. */
  stride?: number;
  /** Of an array that has an element for each row: the columns. */
  columns?: readonly ArrayValue[];
  held?: Holder;
  /** Of a typed array: it has a fixed length, and numbers only. */
  readonly type?: ElementType;
  /** Where the elements of a view stand. */
  readonly view?: View;
  constructor(born: number, elements: Value[], type?: ElementType, view?: View) {
    super(born);
    this.#elements = elements;
    this.type = type;
    this.view = view;
  }
  /** Of a view, a copy. Holes are holes. */
  get elements(): Value[] {
    const { view, memory } = this;
    this.held?.look(this);
    if (memory) return memory.elements();
    if (view) return view.array.elements.slice(view.offset, view.offset + view.length);
    return this.#length ? this.#elements.slice(0, this.length) : this.#elements;
  }
  override get isPlain(): boolean {
    return super.isPlain && !this.view && !this.memory;
  }
  /** What the program has in its place. */
  get self(): Value {
    return this;
  }
  get length(): number {
    return this.memory?.length ?? this.view?.length ?? this.#length?.known() ?? this.#elements.length;
  }
  /** The elements that there may be. */
  get most(): number {
    return this.#elements.length;
  }
  /** From now on the elements are there, or here again. Gives what takes that back. */
  keepIn(memory: Backing | undefined, elements = this.#elements): () => void {
    const before = [this.memory, this.#elements, this.#length] as const;
    [this.memory, this.#elements, this.#length] = [memory, elements, undefined];
    return () => {
      [this.memory, this.#elements, this.#length] = before;
    };
  }
  at(index: number): Value {
    const { view, memory } = this;
    this.held?.look(this);
    if (memory) return memory.at(index);
    if (view) return index < view.length ? view.array.at(view.offset + index) : undefined;
    const element = this.#elements[index];
    return element instanceof Sometimes ? element.value : element;
  }
  place(key: Key): readonly [Store, Key] {
    this.held?.refuse();
    this.memory?.leave();
    return this.view && typeof key === "number" ? this.view.array.place(this.view.offset + key) : [this, key];
  }
  read(key: Key): Slot {
    if (key === "length") return this.memory ? this.length : (this.#length ?? this.length);
    this.held?.look(this);
    if (this.memory) return this.memory.has(key as number) ? this.memory.at(key as number) : absent;
    return (key as number) in this.#elements ? this.#elements[key as number] : absent;
  }
  write(key: Key, slot: Slot): void {
    if (this.view) return;
    if (key === "length") {
      this.#length = slot instanceof TracedLength ? slot : undefined;
      if (!this.#length) this.#elements.length = slot as number;
    } else if (slot === absent) delete this.#elements[key as number];
    else this.#elements[key as number] = slot;
  }
}
