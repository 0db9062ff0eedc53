import { nodeTypes } from "./builtins.ts";
import type { CollectionName } from "./values.ts";

/** A copy of a value from outside the function, taken without running any code: own data members only. */
export type Snapshot =
  | undefined
  | null
  | boolean
  | number
  | string
  | { readonly kind: "array"; readonly items: readonly Snapshot[]; readonly type?: string }
  /** `prototype`: of an instance. */
  | { readonly kind: "object"; readonly host: object; readonly entries: ReadonlyMap<string, Snapshot>; readonly prototype?: Snapshot }
  /** `parent`: of a class, the one that it extends. */
  | { readonly kind: "function"; readonly host: Function; readonly entries: ReadonlyMap<string, Snapshot>; readonly parent?: Snapshot }
  | { readonly kind: "collection"; readonly name: CollectionName; readonly items: readonly (readonly [key: Snapshot, value: Snapshot])[] }
  /** A member that is computed. Where its getter only names a variable, that is what it stands for. */
  | { readonly kind: "getter"; readonly key: string; readonly host: Function; readonly set?: Function }
  /** What the tracer can't use; `what` says what it is. */
  | { readonly kind: "opaque"; readonly what: string };

export const opaque = (what: string): Snapshot => ({ kind: "opaque", what });

/** Copies values. What is reached twice is copied once. */
export interface Snapshots {
  /** The value of a property. Of an object, or function, only the members `keys`, where they are given. */
  of(key: string, property: PropertyDescriptor, keys?: ReadonlySet<string>): Snapshot;
}

const typedArrayName = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Float64Array.prototype), Symbol.toStringTag)!.get!;
const isTypedArray = (value: object): value is Float64Array => typedArrayName.call(value) !== undefined;

/** Members that every function has. */
const ofFunctions = new Set(["length", "name", "arguments", "caller"]);

/** What is in a `Map` or `Set`, by the engine's own methods; of weak ones that can't be read. */
const collections: readonly (readonly [name: CollectionName, check: Function, entries?: Function])[] = [
  ["Map", Object.getOwnPropertyDescriptor(Map.prototype, "size")!.get!, Map.prototype.forEach],
  ["Set", Object.getOwnPropertyDescriptor(Set.prototype, "size")!.get!, Set.prototype.forEach],
  ["WeakMap", WeakMap.prototype.has],
  ["WeakSet", WeakSet.prototype.has],
];
function contentsOf(
  host: object,
): { readonly name: CollectionName; readonly entries: readonly (readonly [unknown, unknown])[] } | undefined {
  for (const [name, check, forEach] of collections) {
    try {
      Reflect.apply(check, host, [host]);
    } catch {
      continue;
    }
    const entries: [unknown, unknown][] = [];
    if (forEach) Reflect.apply(forEach, host, [(value: unknown, key: unknown) => entries.push([key, value])]);
    return { name, entries };
  }
  return undefined;
}

/** Whether the function is a class that extends another: of others the prototype is `Function.prototype`. */
function isDerived(host: Function): boolean {
  const parent = Object.getPrototypeOf(host);
  return typeof parent === "function" && isInstance(parent);
}

/** Whether instances have anything from the prototype of this function: most functions are no constructors. */
function isConstructor({ value }: PropertyDescriptor): boolean {
  return typeof value === "object" && value !== null && (Object.getOwnPropertyNames(value).length > 1 || isInstance(value));
}

/** Whether the object has a prototype of the program's: that of plain objects has none itself. */
function isInstance(host: object): boolean {
  const prototype = Object.getPrototypeOf(host);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

/** An own property, without running any code. */
export function propertyOf(host: object, key: string): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(host, key);
  } catch {
    // A variable whose declaration has not run: an export of a module, or in a scope (there Node 20 has undefined itself).
    return { value: undefined };
  }
}

export function createSnapshots(): Snapshots {
  const { isProxy, isNativeError } = nodeTypes();
  const known = new Map<unknown, Snapshot>();
  const whole = new Set<object>();

  const remember = <Copy extends Snapshot>(host: unknown, copy: Copy): Copy => {
    known.set(host, copy);
    return copy;
  };

  const of = (key: string, property: PropertyDescriptor, keys?: ReadonlySet<string>): Snapshot => {
    if ("value" in property) return take(property.value, keys);
    return property.get ? { kind: "getter", key, host: property.get, set: property.set } : undefined;
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
    if (!keys) whole.add(host);
    for (const key of keys ?? Object.getOwnPropertyNames(host)) {
      // The program can have code of its own run for the stack of an error.
      if (key === "stack" && isNativeError(host)) continue;
      const property = copy.kind === "function" && ofFunctions.has(key) ? undefined : propertyOf(host, key);
      if (copy.kind === "function" && key === "prototype" && !isConstructor(property!)) continue;
      if (property) addMember(copy.entries as Map<string, Snapshot>, key, property);
    }
    return copy;
  }

  /** Members that were copied before others take their place among them. */
  const addMember = (entries: Map<string, Snapshot>, key: string, property: PropertyDescriptor) => {
    const copy = entries.has(key) ? entries.get(key) : of(key, property);
    entries.delete(key);
    entries.set(key, copy);
  };

  /** Objects and functions get their members later. */
  function begin(host: object): Snapshot {
    if (isProxy(host)) return remember(host, opaque("a Proxy"));
    if (typeof host === "function") {
      return remember(host, {
        kind: "function",
        host,
        entries: new Map(),
        parent: isDerived(host) ? take(Object.getPrototypeOf(host)) : undefined,
      });
    }
    if (Array.isArray(host)) {
      const items: Snapshot[] = [];
      const copy = remember(host, { kind: "array", items } as const);
      for (let i = 0; i < host.length; i++) items.push(of(String(i), Object.getOwnPropertyDescriptor(host, i) ?? { value: undefined }));
      return copy;
    }
    if (isTypedArray(host)) {
      const items = Array.from(host as ArrayLike<unknown>, (item) => (typeof item === "number" ? item : opaque("a BigInt")));
      return remember(host, { kind: "array", items, type: typedArrayName.call(host) });
    }
    const contents = isInstance(host) ? contentsOf(host) : undefined;
    if (contents) {
      const items: [Snapshot, Snapshot][] = [];
      const copy = remember(host, { kind: "collection", name: contents.name, items } as const);
      for (const [key, value] of contents.entries) items.push([take(key), take(value)]);
      return copy;
    }
    return remember(host, {
      kind: "object",
      host,
      entries: new Map(),
      prototype: isInstance(host) ? take(Object.getPrototypeOf(host)) : undefined,
    });
  }
  return { of };
}
