import { absent, type Holder, isSymbol, type Key, type Slot, type Store, type Value } from "./values.ts";

/** What has members beside its elements: those that the program gives it, and those of a class that extends its own. */
export abstract class Container {
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
