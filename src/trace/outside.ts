import type { Class, Function as FunctionNode } from "acorn";
import { defineClass } from "./classes.ts";
import { put } from "./collections.ts";
import { Binding, Environment } from "./environment.ts";
import { globalValue, nativeOf } from "./globals.ts";
import type { Reader, ReadFunction } from "./read.ts";
import { propertyOf, type Snapshot } from "./snapshot.ts";
import { isClassText, nameOf, siteOf } from "./source.ts";
import { symbolCallOf } from "./symbol-functions.ts";
import type { Tracer } from "./tracer.ts";
import { elementTypes } from "./typed-arrays.ts";
import {
  Accessor,
  ArrayValue,
  absent,
  CollectionValue,
  FunctionValue,
  isFunctionValue,
  type MemberSource,
  NativeFunction,
  ObjectValue,
  type Slot,
  type Value,
} from "./values.ts";

/** What surrounds the traced function, as values of one trace: each trace writes to copies of its own. */
export function createOutside(tracer: Tracer, reader: Reader): { functionValue(fn: Function): Value } {
  const known = new Map<object, Value>();
  const shared = new Map<object, Map<string, Binding>>();

  function valueOf(copied: Snapshot): Value {
    const snapshot = reader.follow(copied);
    if (typeof snapshot !== "object" || snapshot === null) return snapshot;
    if (snapshot.kind === "opaque") {
      const advice = "Read it outside, and close over numbers, arrays and plain objects.";
      return tracer.fail("unsupported-value", `${snapshot.what} can't be used in a traced function.`, advice);
    }
    if (snapshot.kind === "function") return functionValue(snapshot.host, snapshot.entries, snapshot.parent);
    if (snapshot.kind === "getter") return undefined;
    let value = known.get(snapshot);
    if (value === undefined && snapshot.kind === "collection") {
      const collection = new CollectionValue(snapshot.name, new ObjectValue(0));
      value = collection;
      known.set(snapshot, value);
      for (const [key, member] of snapshot.items) put(tracer, collection, valueOf(key), valueOf(member), siteOf(snapshot.name));
    } else if (value === undefined && snapshot.kind !== "collection") {
      value =
        snapshot.kind === "array"
          ? new ArrayValue(0, [], elementTypes.get(snapshot.type ?? ""))
          : objectValue(snapshot.host, snapshot.entries, snapshot.prototype);
      known.set(snapshot, value);
      if (value instanceof ArrayValue && snapshot.kind === "array") for (const item of snapshot.items) value.elements.push(valueOf(item));
    }
    return value;
  }

  /** A getter of a prototype is read as methods are: it is a part of a class. */
  const accessorOf = (snapshot: Snapshot): Accessor | undefined => {
    if (typeof snapshot !== "object" || snapshot === null || snapshot.kind !== "getter") return undefined;
    return new Accessor(functionValue(snapshot.host), snapshot.set && functionValue(snapshot.set));
  };

  /** An object with a prototype, or a prototype itself. */
  function instance(entries: ReadonlyMap<string, Snapshot>, prototype: Snapshot): ObjectValue {
    const member = (key: string): Slot => (entries.has(key) ? (accessorOf(entries.get(key)) ?? valueOf(entries.get(key))) : absent);
    const made = new ObjectValue(0, new Map(), { member, keys: () => entries.keys() });
    made.hidden.add("constructor");
    const inherited = prototype === undefined ? undefined : valueOf(prototype);
    if (inherited instanceof ObjectValue) made.prototype = inherited;
    return made;
  }

  /** The prototype of a class is made with the class, from its text. */
  function prototypeOfClass(host: object, entries: ReadonlyMap<string, Snapshot>): Value {
    const constructor = entries.get("constructor");
    if (typeof constructor !== "object" || constructor === null || constructor.kind !== "function") return undefined;
    if (!isClassText(constructor.host) || propertyOf(constructor.host, "prototype")?.value !== host) return undefined;
    const value = valueOf(constructor);
    return value instanceof FunctionValue ? (value.members.find("prototype") as Value) : undefined;
  }

  const membersOf = (entries: ReadonlyMap<string, Snapshot>): MemberSource => ({
    member: (key) => (entries.has(key) ? valueOf(entries.get(key)) : absent),
    keys: () => entries.keys(),
  });

  const objectValue = (host: object, entries: ReadonlyMap<string, Snapshot>, prototype: Snapshot): Value => {
    const value = nativeOf(host) ?? (entries.has("constructor") ? prototypeOfClass(host, entries) : undefined);
    if (value !== undefined) return value;
    const isPlain = prototype === undefined && !entries.has("constructor");
    return isPlain ? new ObjectValue(0, new Map(), membersOf(entries)) : instance(entries, prototype);
  };

  function functionValue(fn: Function, entries: ReadonlyMap<string, Snapshot> = new Map(), parent?: Snapshot): Value {
    let value = nativeOf(fn) ?? known.get(fn);
    if (value === undefined) {
      const call = symbolCallOf(fn);
      value = call
        ? new NativeFunction(nameOf(fn), (_, args, site) => call(tracer, fn, args, site))
        : sourceFunction(fn, reader.read(fn), membersOf(entries), parent);
      known.set(fn, value);
    }
    return value;
  }

  const sourceFunction = (
    host: Function,
    { source, node, names }: ReadFunction,
    members: MemberSource,
    parent: Snapshot,
  ): FunctionValue => {
    const resolve = (name: string): Binding | undefined => {
      const variable = names.get(name);
      if (variable) return bindingOf(variable.home, name, () => valueOf(variable.value));
      const slot = globalValue(name);
      return slot === absent ? undefined : new Binding(0, slot);
    };
    const environment = new Environment(tracer.journal, undefined, resolve);
    if (node.type === "ClassExpression") return defineClass(tracer, node as Class, environment, { members, parent: valueOf(parent) });
    const fn = new FunctionValue(source.name, node as FunctionNode, environment, { born: 0, source: members });
    known.set(host, fn);
    const extended = valueOf(parent);
    if (isFunctionValue(extended)) fn.extend(extended);
    return fn;
  };

  /** What surrounds a function was there before every branch, whenever it is first read: its time is 0. */
  const bindingOf = (home: object, name: string, value: () => Value): Binding => {
    const bindings = shared.get(home) ?? new Map<string, Binding>();
    shared.set(home, bindings);
    const binding = bindings.get(name) ?? new Binding(0, value());
    bindings.set(name, binding);
    return binding;
  };

  return { functionValue };
}
