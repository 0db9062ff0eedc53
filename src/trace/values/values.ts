import type { Function as FunctionNode, Node } from "acorn";
import type { NodeId } from "../../graph/graph.ts";
import { failAt } from "../source/source.ts";
import type { Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import type { Argument } from "./arguments.ts";

/** What an expression of the traced function can be. Plain numbers, booleans, strings, null and undefined are themselves. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | TracedNumber
  | TracedBoolean
  | TracedText
  | Either
  | ArrayValue
  | ObjectValue
  | FunctionValue
  | NativeFunction
  | CollectionValue
  | Accessor
  | Argument;

/** A number that depends on the data. */
export class TracedNumber {
  readonly node: NodeId;
  /** Of what may be `undefined` in truth, an element outside of an array: a number that is NaN just there. */
  readonly presence?: NodeId;
  constructor(node: NodeId, presence?: NodeId) {
    this.node = node;
    this.presence = presence;
  }
}

/** The length of an array, where that depends on the data. */
export class TracedLength extends TracedNumber {
  /** What it is here. Ends the trace where that depends on the data. */
  readonly known: () => number;
  constructor(node: NodeId, known: () => number) {
    super(node);
    this.known = known;
  }
}

/** A boolean that depends on the data: a node that is a mask. */
export class TracedBoolean {
  readonly mask: NodeId;
  constructor(mask: NodeId) {
    this.mask = mask;
  }
}

/** Text that depends on the data: it may become the message of an error, and be read again where it is a number's. */
export class TracedText {
  readonly site: Node;
  /** Of what may be the text of a number: the number, when it is read. */
  readonly read?: () => number | TracedNumber | undefined;
  constructor(site: Node, read?: TracedText["read"]) {
    this.site = site;
    this.read = read;
  }
  /** Ends the trace, where something is made of the text. */
  refuse(): never {
    return failAt(
      this.site,
      "text-on-data",
      "Text can't be made of a value that depends on the data.",
      "Return the numbers, and make the text of the result; to round, write Math.round(x * 100) / 100.",
    );
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

/** What stands for a member that is there on some points only, where `there` is set: as a choice, it is `undefined` on the others. */
export class Sometimes extends Either {
  readonly there: NodeId;
  readonly value: Value;
  constructor(there: NodeId, value: Value) {
    const { mask, yes, no } = value instanceof Either ? value : { mask: there, yes: value, no: value };
    super(mask, yes, no);
    this.there = there;
    this.value = value;
  }
}

/** A member with a getter or a setter. It stands in objects alone: expressions see what the getter gives. */
export class Accessor {
  readonly get?: Value;
  readonly set?: Value;
  constructor(get: Value, set: Value) {
    this.get = get;
    this.set = set;
  }
}

/** Stands in the journal for a variable, element or member that is not there. */
export const absent = Symbol("absent");
export type Slot = Value | typeof absent;
export type Key = string | number;
/** A key as it is written: an index may depend on the data, and so may which text it is. */
export type WrittenKey = Key | TracedNumber | Either;

/** A symbol is text that no other text is. */
export const makeSymbol = (name: string): string => `@@${name}`;
export const isSymbol = (key: Key): boolean => typeof key === "string" && key.startsWith("@@");

/** Private members have names that no other member has. */
export const makePrivateName = (name: string, identity: number | string): string => `#${name} of class ${identity}`;
export const isPrivateName = (key: Key): boolean => typeof key === "string" && key.startsWith("#") && key.includes(" of class ");

/** What can be written to: the journal undoes and merges writes through this. */
export interface Store {
  /** The journal's clock when it was made. */
  readonly born: number;
  read(key: Key): Slot;
  write(key: Key, slot: Slot): void;
  /** Where the slot really is, if not here. */
  place?(key: Key): readonly [Store, Key];
  /** The array of rows of which it is one. */
  held?: Holder;
}

/** What the elements of a typed array are. */
export interface ElementType {
  /** Of the array: `Float64Array`. */
  readonly name: string;
  /** `BYTES_PER_ELEMENT`. */
  readonly bytes: number;
  /** A number as such an array keeps it. */
  keep(tracer: Tracer, value: number | TracedNumber): number | TracedNumber;
}

/** What has members beside its elements: those that the program gives it, and those of a class that extends its own. */
abstract class Container {
  readonly born: number;
  #members?: ObjectValue;
  constructor(born: number) {
    this.born = born;
  }
  get members(): ObjectValue {
    this.#members ??= new ObjectValue(this.born);
    return this.#members;
  }
  /** A member beside the elements, if there is any. */
  find(key: string): Slot {
    return this.#members ? this.#members.find(key) : absent;
  }
  get isPlain(): boolean {
    return !this.#members;
  }
  memberNames(): string[] {
    return this.#members ? this.#members.keys() : [];
  }
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

/** Who has a row that is known elsewhere, too. */
export interface Holder {
  /** It is read there. */
  look(row: Store): void;
  /** It is changed there. */
  refuse(): never;
  /** It is known to still others. */
  share(): void;
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
    return view ? (index < view.length ? view.array.at(view.offset + index) : undefined) : this.#elements[index];
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

export class ObjectValue implements Store {
  readonly born: number;
  readonly entries: Map<string, Value>;
  /** Gives members that are made when first read (arguments, values of the scope). */
  readonly source?: MemberSource;
  /** Where members are looked for that are not its own; `undefined` for a plain object. */
  prototype?: ObjectValue;
  /** Own members that are not listed: methods of classes, and private members. */
  readonly hidden = new Set<string>();
  held?: Holder;
  constructor(born: number, entries: Map<string, Value> = new Map(), source?: MemberSource, prototype?: ObjectValue) {
    this.born = born;
    this.entries = entries;
    this.source = source;
    this.prototype = prototype;
  }
  read(key: Key): Slot {
    const name = key as string;
    this.held?.look(this);
    if (!this.entries.has(name) && this.source) {
      const made = this.source.member(name);
      if (made !== absent) this.entries.set(name, made);
    }
    return this.entries.has(name) ? this.entries.get(name) : absent;
  }
  place(key: Key): readonly [Store, Key] {
    this.held?.refuse();
    return [this, key];
  }
  write(key: Key, slot: Slot): void {
    if (slot === absent) this.entries.delete(key as string);
    else this.entries.set(key as string, slot);
  }
  /** Adds a member that is not listed. */
  hide(key: string, slot: Slot): void {
    this.hidden.add(key);
    this.write(key, slot);
  }
  /** The member, its own or that of a prototype. */
  find(key: string): Slot {
    const own = this.read(key);
    return own === absent && this.prototype ? this.prototype.find(key) : own;
  }
  /** Own names in JavaScript's order. */
  keys(): string[] {
    const names = [...(this.source?.keys() ?? []), ...this.entries.keys()].filter((name) => !this.hidden.has(name) && !isSymbol(name));
    return Object.keys(Object.fromEntries(names.map((name) => [name, true])));
  }
}

/** One of the host's objects, the same in every trace: it is never written to. */
export class HostObject extends ObjectValue {
  constructor(entries: Map<string, Value>, source?: MemberSource, prototype?: ObjectValue) {
    super(0, entries, source, prototype);
  }
}

export interface MemberSource {
  member(key: string): Slot;
  /** Names of all members, for `Object.keys` and its like. */
  keys(): Iterable<string>;
}

/** What a class has beside its constructor's parameters and body. */
export interface ClassDefinition {
  /** Whether it extends another. */
  readonly isDerived: boolean;
  /** Whether the constructor is written out. Else it hands its arguments on. */
  readonly hasConstructor: boolean;
  /** Gives a new instance its fields and private methods. */
  initialise(instance: Value): void;
  /** Gives an instance from outside its private methods, and those of its private members that `take` finds. */
  adopt(instance: ObjectValue, take: Take): void;
}

/** Takes the next private member of a name. */
export type Take = (name: string) => Slot;

interface FunctionOptions {
  /** When it was made, if not now. */
  readonly born?: number;
  /** Members that the program gave it, outside. */
  readonly source?: MemberSource;
  /** Of a method: the object that it is a member of, for `super`. */
  readonly home?: ObjectValue;
  readonly definition?: ClassDefinition;
}

/** A function of the user's, with the variables that it closes over. */
export class FunctionValue {
  readonly name: string;
  readonly node: FunctionNode;
  readonly environment: Environment;
  readonly home?: ObjectValue;
  readonly definition?: ClassDefinition;
  readonly #born: number;
  readonly #source?: MemberSource;
  #members?: ObjectValue;
  #parent?: FunctionValue | NativeFunction;
  constructor(name: string, node: FunctionNode, environment: Environment, options: FunctionOptions = {}) {
    this.name = name;
    this.node = node;
    this.environment = environment;
    this.home = options.home;
    this.definition = options.definition;
    this.#born = options.born ?? environment.journal.now();
    this.#source = options.source;
  }
  /** The class that it extends. */
  get parent(): FunctionValue | NativeFunction | undefined {
    return this.#parent;
  }
  extend(parent: FunctionValue | NativeFunction): void {
    this.#parent = parent;
    this.members.prototype = parent instanceof FunctionValue ? parent.members : new HostObject(new Map(parent.members));
  }
  /** `prototype`, static members, and others that the program gave it. */
  get members(): ObjectValue {
    if (this.#members) return this.#members;
    this.#members = new ObjectValue(this.#born, new Map(), this.#source);
    this.#members.hidden.add("prototype");
    // Arrows and methods are no constructors; a class sets its own.
    const isOther = this.node.type === "ArrowFunctionExpression" || this.home !== undefined;
    if (!isOther && this.#members.read("prototype") === absent) {
      const prototype = new ObjectValue(this.#born);
      prototype.hide("constructor", this);
      this.#members.write("prototype", prototype);
    }
    return this.#members;
  }
}

export type CollectionName = "Map" | "Set" | "WeakMap" | "WeakSet";

/** A `Map` or `Set` with keys that are known when tracing. */
export class CollectionValue extends Container {
  readonly name: CollectionName;
  /** Values by the text of their keys. */
  readonly store: ObjectValue;
  /** Keys by their text, those that were deleted, too. */
  readonly keys = new Map<string, Value>();
  /** Of a weak one from outside: looks for what it has for objects that have been met since. */
  refresh?: () => void;
  constructor(name: CollectionName, store: ObjectValue) {
    super(store.born);
    this.name = name;
    this.store = store;
  }
}

/** One of the host's functions that the tracer knows, such as `Math.sin` or `Array.from`. */
export class NativeFunction {
  readonly name: string;
  readonly call: NativeCall;
  readonly construct?: NativeCall;
  readonly members: ReadonlyMap<string, Value>;
  /** What `instanceof` says, where prototypes do not. */
  readonly isInstance?: (tracer: Tracer, value: Value) => boolean;
  /** What it gives for arguments that are not taken from their arrays, if it can. */
  readonly onParts?: PartsCall;
  constructor(name: string, call: NativeCall, options: NativeOptions = {}) {
    this.name = name;
    this.call = call;
    this.construct = options.construct;
    this.members = hostMembers(options.members ?? {});
    this.isInstance = options.isInstance;
    this.onParts = options.onParts;
  }
}

/** Members of one of the host's objects by name. */
export const hostMembers = (members: HostMembers): Map<string, Value> =>
  new Map(
    Object.entries(members).map(([name, member]) => [name, typeof member === "function" ? new NativeFunction(name, member) : member]),
  );
/** Functions are written as what they do. */
export type HostMembers = Readonly<Record<string, Value | NativeCall>>;

export interface NativeOptions {
  readonly construct?: NativeCall;
  readonly members?: HostMembers;
  readonly isInstance?: (tracer: Tracer, value: Value) => boolean;
  readonly onParts?: PartsCall;
}

/** `site` is the call in the user's source, for messages; `receiver` is `this`. */
export type NativeCall = (tracer: Tracer, args: readonly Value[], site: Node, receiver?: Value) => Value;

/** Arguments in lists, and those of arrays that are spread. */
export type PartsCall = (tracer: Tracer, parts: readonly (Value[] | ArrayValue)[], site: Node) => Value;

/** What holds the members of a value that are no elements. */
export const ownerOf = (value: Value): ObjectValue | undefined =>
  value instanceof ObjectValue
    ? value
    : value instanceof Container || value instanceof FunctionValue
      ? (value as { members: ObjectValue }).members
      : undefined;

export const isFunctionValue = (value: Value): value is FunctionValue | NativeFunction =>
  value instanceof FunctionValue || value instanceof NativeFunction;
