import type { Function as FunctionNode, Node } from "acorn";
import type { NodeId } from "../graph/graph.ts";
import type { Argument } from "./arguments.ts";
import type { Environment } from "./environment.ts";
import type { Tracer } from "./tracer.ts";

/** What an expression of the traced function can be. Plain numbers, booleans, strings, null and undefined are themselves. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | TracedNumber
  | TracedBoolean
  | Either
  | ArrayValue
  | ObjectValue
  | FunctionValue
  | NativeFunction
  | Argument;

/** A number that depends on the data. */
export class TracedNumber {
  readonly node: NodeId;
  constructor(node: NodeId) {
    this.node = node;
  }
}

/** A boolean that depends on the data: a node that is a mask. */
export class TracedBoolean {
  readonly mask: NodeId;
  constructor(mask: NodeId) {
    this.mask = mask;
  }
}

/** `yes` on the points where the mask is set, else `no`, which may be a choice again: what can't be merged into one traced number or boolean. */
export class Either {
  readonly mask: NodeId;
  readonly yes: Value;
  readonly no: Value;
  constructor(mask: NodeId, yes: Value, no: Value) {
    this.mask = mask;
    this.yes = yes;
    this.no = no;
  }
}

/** Stands in the journal for a variable, element or member that is not there. */
export const absent = Symbol("absent");
export type Slot = Value | typeof absent;
export type Key = string | number;

/** What can be written to: the journal undoes and merges writes through this. */
export interface Store {
  /** The journal's clock when it was made. */
  readonly born: number;
  read(key: Key): Slot;
  write(key: Key, slot: Slot): void;
}

export class ArrayValue implements Store {
  readonly born: number;
  readonly elements: Value[];
  /** Made by `new Float64Array`: a fixed length, and numbers only. */
  readonly typed: boolean;
  constructor(born: number, elements: Value[], typed = false) {
    this.born = born;
    this.elements = elements;
    this.typed = typed;
  }
  read(key: Key): Slot {
    if (key === "length") return this.elements.length;
    return (key as number) < this.elements.length ? this.elements[key as number] : absent;
  }
  write(key: Key, slot: Slot): void {
    if (key === "length") {
      const missing = (slot as number) - this.elements.length;
      this.elements.length = Math.min(slot as number, this.elements.length);
      for (let i = 0; i < missing; i++) this.elements.push(undefined);
    } else if (slot !== absent) {
      while (this.elements.length < (key as number)) this.elements.push(undefined);
      this.elements[key as number] = slot;
    }
  }
}

export class ObjectValue implements Store {
  readonly born: number;
  readonly entries: Map<string, Value>;
  /** Gives members that are made when first read (arguments, values of the scope). */
  readonly source?: MemberSource;
  constructor(born: number, entries: Map<string, Value> = new Map(), source?: MemberSource) {
    this.born = born;
    this.entries = entries;
    this.source = source;
  }
  read(key: Key): Slot {
    const name = key as string;
    if (!this.entries.has(name) && this.source) {
      const made = this.source.member(name);
      if (made !== absent) this.entries.set(name, made);
    }
    return this.entries.has(name) ? this.entries.get(name) : absent;
  }
  write(key: Key, slot: Slot): void {
    if (slot === absent) this.entries.delete(key as string);
    else this.entries.set(key as string, slot);
  }
  /** Own names in JavaScript's order. */
  keys(): string[] {
    const names = [...(this.source?.keys() ?? []), ...this.entries.keys()];
    return Object.keys(Object.fromEntries(names.map((name) => [name, true])));
  }
}

export interface MemberSource {
  member(key: string): Slot;
  /** Names of all members, for `Object.keys` and its like. */
  keys(): Iterable<string>;
}

/** A function of the user's, with the variables that it closes over. */
export class FunctionValue {
  readonly name: string;
  readonly node: FunctionNode;
  readonly environment: Environment;
  /** Members that the program gave it. */
  readonly source?: MemberSource;
  constructor(name: string, node: FunctionNode, environment: Environment, source?: MemberSource) {
    this.name = name;
    this.node = node;
    this.environment = environment;
    this.source = source;
  }
}

/** One of the host's functions that the tracer knows, such as `Math.sin` or `Array.from`. */
export class NativeFunction {
  readonly name: string;
  readonly call: NativeCall;
  readonly construct?: NativeCall;
  readonly members: ReadonlyMap<string, Value>;
  constructor(name: string, call: NativeCall, options: { construct?: NativeCall; members?: ReadonlyMap<string, Value> } = {}) {
    this.name = name;
    this.call = call;
    this.construct = options.construct;
    this.members = options.members ?? new Map();
  }
}

/** `site` is the call in the user's source, for messages. */
export type NativeCall = (tracer: Tracer, args: readonly Value[], site: Node) => Value;

export const isFunctionValue = (value: Value): value is FunctionValue | NativeFunction =>
  value instanceof FunctionValue || value instanceof NativeFunction;
