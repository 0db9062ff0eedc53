import { mayHavePrivates, usesThis } from "../source/source.ts";
import type { CollectionName } from "../values/objects.ts";
import { makeSymbol } from "../values/values.ts";
import { nodeTypes } from "./builtins.ts";

/** A private member of an object or class. */
export type Private = readonly [name: string, value: unknown];

/** A copy of a value from outside the function, taken without running any code: own data members only. */
export type Snapshot =
  | undefined
  | null
  | boolean
  | number
  | string
  /** `view`: of typed arrays that may share memory, where in which array of all of it. `members`: beside the elements. */
  | {
      readonly kind: "array";
      readonly items: readonly Snapshot[];
      readonly type?: string;
      readonly view?: { readonly of: Snapshot; readonly offset: number };
      readonly members?: Instance;
    }
  /** `prototype`: of an instance. */
  | (Instance & { readonly kind: "object"; readonly host: object })
  /** `parent`: of a class, the one that it extends. */
  | (Members & { readonly kind: "function"; readonly host: Function; readonly parent?: Snapshot })
  | {
      readonly kind: "collection";
      readonly members?: Instance;
      readonly name: CollectionName;
      /** Of a weak one, those whose keys have been copied by now. */
      itemsOf(): readonly (readonly [key: Snapshot, value: Snapshot])[];
    }
  /** A member that is computed. Where its getter only names a variable, that is what it stands for. */
  | { readonly kind: "getter"; readonly key: string; readonly host?: Function; readonly set?: Function }
  /** What the tracer can't use; `what` says what it is. */
  | { readonly kind: "opaque"; readonly what: string };

/** An object with a prototype, if that is not the plain one. */
export interface Instance extends Members {
  readonly prototype?: Snapshot;
}

export interface Members {
  readonly entries: ReadonlyMap<string, Snapshot>;
  /** Private ones, those of base classes first. */
  readonly privates: readonly (readonly [name: string, value: Snapshot])[];
}

type MutableInstance = { entries: Map<string, Snapshot>; privates: (readonly [name: string, value: Snapshot])[]; prototype?: Snapshot };
type Mutable<Kind extends "object" | "function"> = MutableInstance & {
  kind: Kind;
  host: Kind extends "object" ? object : Function;
  parent?: Snapshot;
};

export const opaque = (what: string): Snapshot => ({ kind: "opaque", what });

/** Copies values. What is reached twice is copied once. */
export interface Snapshots {
  /** The value of a property. Of an object, or function, only the members `keys`, where they are given. */
  of(key: string, property: PropertyDescriptor, keys?: ReadonlySet<string>): Snapshot;
}

const ofTypedArrays = (key: string | symbol): (() => any) =>
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Float64Array.prototype), key)!.get!;
const typedArrayName = ofTypedArrays(Symbol.toStringTag);
const [bufferOf, offsetOf, lengthOf] = [ofTypedArrays("buffer"), ofTypedArrays("byteOffset"), ofTypedArrays("length")];
/** How many prototypes those of the language's own have: arrays, maps and sets two, typed arrays three. */
const [arrayDepth, typedArrayDepth] = [3, 4];
const isIndexName = (name: string) => String(Number(name) >>> 0) === name;
/** Bytes of memory that are copied whole for the arrays on it. */
const mostShared = 2 ** 23;
const isTypedArray = (value: object): value is Float64Array => typedArrayName.call(value) !== undefined;

/** Members that every function has. */
const ofFunctions = new Set(["length", "name", "arguments", "caller"]);

type Entries = readonly (readonly [key: unknown, value: unknown])[];

const listed = (forEach: Function) => (host: object) => {
  const entries: [unknown, unknown][] = [];
  Reflect.apply(forEach, host, [(value: unknown, key: unknown) => entries.push([key, value])]);
  return entries;
};
const looked = (has: Function, get: Function) => (host: object, candidates: Iterable<unknown>) =>
  [...candidates].filter((key) => Reflect.apply(has, host, [key])).map((key) => [key, Reflect.apply(get, host, [key])] as const);

/** What is in a `Map` or `Set`, by the engine's own methods; of weak ones, what they have for some candidates. */
const collections: readonly (readonly [
  name: CollectionName,
  check: Function,
  entries: (host: object, candidates: Iterable<unknown>) => Entries,
])[] = [
  ["Map", Object.getOwnPropertyDescriptor(Map.prototype, "size")!.get!, listed(Map.prototype.forEach)],
  ["Set", Object.getOwnPropertyDescriptor(Set.prototype, "size")!.get!, listed(Set.prototype.forEach)],
  ["WeakMap", WeakMap.prototype.has, looked(WeakMap.prototype.has, WeakMap.prototype.get)],
  ["WeakSet", WeakSet.prototype.has, looked(WeakSet.prototype.has, WeakSet.prototype.has)],
];
const collectionOf = (host: object) =>
  collections.find(([, check]) => {
    try {
      Reflect.apply(check, host, [host]);
      return true;
    } catch {
      return false;
    }
  });

/** Whether the function is a class that extends another: of others the prototype is `Function.prototype`. */
function isDerived(host: Function): boolean {
  const parent = Object.getPrototypeOf(host);
  return typeof parent === "function" && isInstance(parent);
}

/** Whether instances have anything from the prototype of this function: most functions are no constructors. */
function isConstructor({ value }: PropertyDescriptor): boolean {
  return typeof value === "object" && value !== null && (Object.getOwnPropertyNames(value).length > 1 || isInstance(value));
}

/** Whether the object has a prototype of the program's: that of plain objects has none itself. `depth`: of arrays and their like. */
function isInstance(host: object, depth = 2): boolean {
  let next: object | null = host;
  for (let i = 0; next && i < depth; i++) next = nodeTypes().isProxy(next) ? null : Object.getPrototypeOf(next);
  return next !== null;
}

/** An own property, without running any code. */
export function propertyOf(host: object, key: string | symbol): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(host, key);
  } catch {
    // A variable whose declaration has not run: an export of a module, or in a scope (there Node 20 has undefined itself).
    return { value: undefined };
  }
}

/** Whether it is a class with private members, or an instance of one. */
function hasPrivates(host: object): boolean {
  for (let next: object | null = host; next && !nodeTypes().isProxy(next); next = Object.getPrototypeOf(next)) {
    const constructor = typeof host === "function" ? next : propertyOf(next, "constructor")?.value;
    if (typeof constructor === "function" && mayHavePrivates(constructor)) return true;
  }
  return false;
}

export function createSnapshots(privatesOf: (host: object) => readonly Private[]): Snapshots {
  const { isProxy, isNativeError } = nodeTypes();
  const known = new Map<unknown, Snapshot>();
  const whole = new Set<object>();

  const remember = <Copy extends Snapshot>(host: unknown, copy: Copy): Copy => {
    known.set(host, copy);
    return copy;
  };

  const of = (key: string, property: PropertyDescriptor, keys?: ReadonlySet<string>): Snapshot => {
    if ("value" in property) return take(property.value, keys);
    return property.get || property.set ? { kind: "getter", key, host: property.get, set: property.set } : undefined;
  };

  function take(value: unknown, keys?: ReadonlySet<string>): Snapshot {
    if (value === null || value === undefined) return value;
    if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "function" || typeof value === "object") return takeObject(value, keys);
    return opaque(typeof value === "bigint" ? "a BigInt" : "a symbol");
  }

  function takeObject(host: object, keys?: ReadonlySet<string>): Snapshot {
    const copy = known.get(host) ?? begin(host);
    if (typeof copy !== "object" || copy === null || (copy.kind !== "object" && copy.kind !== "function") || whole.has(host)) return copy;
    // A getter, of its own or of a prototype, may ask for more; of the global object nothing more is copied.
    const asksMore = (property: PropertyDescriptor | undefined) => (property ? usesThis(property.get) : isInstance(host));
    const isGlobal = propertyOf(host, "globalThis")?.value === host;
    if (keys && !isGlobal && [...keys].some((key) => asksMore(propertyOf(host, key)))) return takeObject(host);
    if (!keys) whole.add(host);
    for (const key of keys ?? Object.getOwnPropertyNames(host)) {
      // The program can have code of its own run for the stack of an error.
      if (key === "stack" && isNativeError(host)) continue;
      const property = copy.kind === "function" && ofFunctions.has(key) ? undefined : propertyOf(host, key);
      if (copy.kind === "function" && key === "prototype" && !isConstructor(property!)) continue;
      if (property) addMember(copy.entries as Map<string, Snapshot>, key, property);
    }
    const iterator = keys ? undefined : propertyOf(host, Symbol.iterator);
    if (iterator) addMember(copy.entries as Map<string, Snapshot>, makeSymbol("iterator"), iterator);
    return copy;
  }

  const takePrivates = (host: object, { privates }: MutableInstance): void => {
    if (hasPrivates(host)) for (const [name, value] of privatesOf(host)) privates.push([name, take(value)]);
  };

  /** Members that were copied before others take their place among them. */
  const addMember = (entries: Map<string, Snapshot>, key: string, property: PropertyDescriptor) => {
    const copy = entries.has(key) ? entries.get(key) : of(key, property);
    entries.delete(key);
    entries.set(key, copy);
  };

  /** Objects and functions get their members later. What leads back to the host finds its copy. */
  function begin(host: object): Snapshot {
    if (isProxy(host)) return remember(host, opaque("a Proxy"));
    if (typeof host === "function") {
      const copy = remember(host, { kind: "function", host, entries: new Map(), privates: [] } as Mutable<"function">);
      if (isDerived(host)) copy.parent = take(Object.getPrototypeOf(host));
      takePrivates(host, copy);
      return copy;
    }
    if (Array.isArray(host)) {
      const items: Snapshot[] = new Array(host.length);
      const names = Object.getOwnPropertyNames(host);
      const members = instance(host, arrayDepth, names.length > host.length + 1);
      const copy = remember(host, { kind: "array", items, members } as const);
      for (const name of names) if (isIndexName(name)) items[Number(name)] = of(name, propertyOf(host, name)!);
      complete(host, members, arrayDepth);
      return copy;
    }
    if (isTypedArray(host)) return takeTypedArray(host);
    const collection = isInstance(host) ? collectionOf(host) : undefined;
    if (collection) {
      const [name, , entriesOf] = collection;
      const members = instance(host, arrayDepth);
      const read = () => entriesOf(host, known.keys()).map(([key, value]) => [take(key), take(value)] as const);
      const items: (readonly [Snapshot, Snapshot])[] = [];
      const itemsOf = name.startsWith("Weak") ? read : () => items;
      const copy = remember(host, { kind: "collection", name, itemsOf, members } as const);
      if (itemsOf !== read) items.push(...read());
      complete(host, members, arrayDepth);
      return copy;
    }
    const copy = remember(host, { kind: "object", host, entries: new Map(), privates: [] } as Mutable<"object">);
    complete(host, copy);
    return copy;
  }

  const instance = (host: object, depth: number, hasMembers = false): MutableInstance | undefined =>
    isInstance(host, depth) || hasMembers ? { entries: new Map(), privates: [] } : undefined;

  /** `depth`: of arrays and their like, whose elements are no members. */
  function complete(host: object, members: MutableInstance | undefined, depth?: number): void {
    if (!members) return;
    const names = depth ? Object.getOwnPropertyNames(host).filter((name) => name !== "length" && !isIndexName(name)) : [];
    for (const name of names) members.entries.set(name, of(name, propertyOf(host, name)!));
    if (!isInstance(host, depth)) return;
    members.prototype = take(Object.getPrototypeOf(host));
    takePrivates(host, members);
  }

  const buffers = new Map<ArrayBuffer, Float64Array>();

  /** Arrays on a part of a memory share it: they are views of one array of all of it. */
  function takeTypedArray(host: Float64Array): Snapshot {
    const type: string = typedArrayName.call(host);
    const members = instance(host, typedArrayDepth);
    if (type.startsWith("Big")) return remember(host, opaque("an array of BigInt"));
    const [buffer, offset, length] = [bufferOf, offsetOf, lengthOf].map((get) => get.call(host)) as [ArrayBuffer, number, number];
    const { byteLength } = buffer;
    const { [type]: constructor } = globalThis as unknown as Record<string, Float64ArrayConstructor>;
    const bytes = constructor!.BYTES_PER_ELEMENT;
    const before = buffers.get(buffer);
    if (before && typedArrayName.call(before) !== type) return remember(host, opaque("a second kind of typed array on one memory"));
    const canShare = byteLength % bytes === 0 && byteLength <= mostShared;
    const root = before ?? (canShare && length * bytes < byteLength ? new constructor!(buffer) : host);
    buffers.set(buffer, root);
    const isPart = root !== host && canShare;
    const view = isPart ? { of: take(root), offset: offset / bytes } : undefined;
    const items = isPart ? new Array<Snapshot>(length) : Array.from(host);
    const copy = remember(host, { kind: "array", items, type, view, members } as const);
    complete(host, members, typedArrayDepth);
    return copy;
  }
  return { of };
}
