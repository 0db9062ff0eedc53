import type { Class, Function as FunctionNode } from "acorn";
import { globalValue, nativeOf } from "../natives/globals.ts";
import { elementTypes } from "../natives/typed-arrays.ts";
import { fill } from "../objects/collections.ts";
import { failAt, isClassText, isNative, nameOf, siteOf, textAt } from "../source/source.ts";
import { Binding, Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import { symbolCallOf } from "../symbols/symbol-functions.ts";
import { calledText } from "../syntax/calls.ts";
import { defineClass } from "../syntax/classes.ts";
import { ArrayValue } from "../values/arrays.ts";
import { FunctionValue, isFunctionValue, NativeFunction, type Take } from "../values/functions.ts";
import { CollectionValue, type MemberSource, ObjectValue } from "../values/objects.ts";
import { Accessor, absent, type Slot, type Value } from "../values/values.ts";
import type { Bound } from "./closures.ts";
import type { Reader, ReadFunction } from "./read.ts";
import { type Instance, type Members, propertyOf, type Snapshot } from "./snapshot.ts";

type ArraySnapshot = Extract<Snapshot, { readonly kind: "array" }>;

/** Whether the program has put another method in the place of one of a class. */
const isReplaced = (method: Value, now: Snapshot): boolean =>
  method instanceof FunctionValue &&
  typeof now === "object" &&
  now?.kind === "function" &&
  !method.definition &&
  !Function.prototype.toString.call(now.host).endsWith(textAt(method.node));

const none: Members = { entries: new Map(), privates: [] };

/** What surrounds the traced function, as values of one trace: each trace writes to copies of its own. */
export function createOutside(tracer: Tracer, reader: Reader): { functionValue(fn: Function, members?: Members): Value } {
  const known = new Map<object, Value>();
  const shared = new Map<object, Map<string, Binding>>();

  function valueOf(copied: Snapshot): Value {
    const snapshot = reader.follow(copied);
    if (typeof snapshot !== "object" || snapshot === null) return snapshot;
    if (snapshot.kind === "opaque") {
      const advice = "Read it outside, and close over numbers, arrays and plain objects.";
      return tracer.fail("unsupported-value", `${snapshot.what} can't be used in a traced function.`, advice);
    }
    if (snapshot.kind === "function") return functionValue(snapshot.host, snapshot, snapshot.parent);
    if (snapshot.kind === "getter") return undefined;
    let value = known.get(snapshot);
    if (value === undefined && snapshot.kind === "collection") {
      const collection = new CollectionValue(snapshot.name, new ObjectValue(0));
      value = collection;
      known.set(snapshot, value);
      if (snapshot.members) inherit(collection.members, snapshot.members, true);
      const refresh = () => {
        for (const [key, member] of snapshot.itemsOf()) fill(tracer, collection, valueOf(key), valueOf(member), siteOf(snapshot.name));
      };
      refresh();
      if (snapshot.name.startsWith("Weak")) collection.refresh = refresh;
    } else if (value === undefined && snapshot.kind !== "collection") {
      value = snapshot.kind === "array" ? arrayValue(snapshot) : objectValue(snapshot.host, snapshot);
      known.set(snapshot, value);
      if (value instanceof ObjectValue && value.source && snapshot.kind === "object") addSetters(value, snapshot);
      if (value instanceof ArrayValue && snapshot.kind === "array") fillArray(value, snapshot);
      else if (value instanceof ObjectValue && snapshot.kind === "object" && !snapshot.entries.has("constructor")) inherit(value, snapshot);
    }
    return value;
  }

  /** A getter of a prototype is read as methods are: it is a part of a class. */
  const accessorOf = (snapshot: Snapshot): Accessor | undefined => {
    if (typeof snapshot !== "object" || snapshot === null || snapshot.kind !== "getter") return undefined;
    return new Accessor(snapshot.host && functionValue(snapshot.host), snapshot.set && functionValue(snapshot.set));
  };

  /** Members are looked for when they are read. What is written to must be known to have a setter. */
  const addSetters = (made: ObjectValue, { entries }: Members): void => {
    for (const [key, member] of entries) {
      const isSetter = typeof member === "object" && member?.kind === "getter" && member.set;
      if (isSetter && !made.entries.has(key)) made.write(key, accessorOf(member)!);
    }
  };

  const instanceMembersOf = (entries: Members["entries"]): MemberSource => ({
    member: (key) => (entries.has(key) ? (accessorOf(entries.get(key)) ?? valueOf(entries.get(key))) : absent),
    keys: () => entries.keys(),
  });

  /** An object with a prototype, or a prototype itself. */
  function instance(members: Instance): ObjectValue {
    const made = new ObjectValue(0, new Map(), instanceMembersOf(members.entries));
    made.hidden.add("constructor");
    made.prototype = prototypeOf(members);
    return made;
  }

  function arrayValue({ items: { length }, type = "", view }: ArraySnapshot): ArrayValue {
    const root = view && { array: valueOf(view.of) as ArrayValue, offset: view.offset, length };
    return new ArrayValue(0, [], elementTypes.get(type), root);
  }

  function fillArray(array: ArrayValue, { items, view, members }: ArraySnapshot): void {
    if (!view) {
      items.forEach((item, i) => array.write(i, valueOf(item)));
      array.write("length", items.length);
    }
    if (members) inherit(array.members, members, true);
  }

  const prototypeOf = ({ prototype }: Instance): ObjectValue | undefined => {
    const inherited = prototype === undefined ? undefined : valueOf(prototype);
    return inherited instanceof ObjectValue ? inherited : undefined;
  };

  /** Gives an object its prototype, and what of it is private to its classes. */
  function inherit(made: ObjectValue, members: Instance, isBare = false): void {
    if (isBare) for (const [key, member] of members.entries) made.write(key, accessorOf(member) ?? valueOf(member));
    made.prototype ??= prototypeOf(members);
    const classes: Value[] = [];
    for (let next = made.prototype; next; next = next.prototype) classes.unshift(next.entries.get("constructor"));
    const take = takerOf(members.privates);
    for (const type of classes) if (type instanceof FunctionValue) type.definition?.adopt(made, take);
  }

  /** Private members of one name are those of classes that each have it, in their order. */
  const takerOf = (privates: Members["privates"]): Take => {
    const rest = [...privates];
    return (name) => {
      const i = rest.findIndex(([other]) => other === name);
      return i < 0 ? absent : valueOf(rest.splice(i, 1)[0]![1]);
    };
  };

  /** The prototype of a class is made with the class, from its text. */
  function prototypeOfClass(host: object, entries: ReadonlyMap<string, Snapshot>): Value {
    const constructor = entries.get("constructor");
    if (typeof constructor !== "object" || constructor === null || constructor.kind !== "function") return undefined;
    if (!isClassText(constructor.host) || propertyOf(constructor.host, "prototype")?.value !== host) return undefined;
    const value = valueOf(constructor);
    return value instanceof FunctionValue ? (value.members.find("prototype") as Value) : undefined;
  }

  /** A getter that stands for no variable is read as a function. */
  const memberOf = (copied: Snapshot): Slot => {
    const snapshot = reader.follow(copied);
    const isOpaque = typeof snapshot === "object" && snapshot?.kind === "opaque";
    return (isOpaque && accessorOf(copied)) || valueOf(snapshot);
  };

  const membersOf = (entries: ReadonlyMap<string, Snapshot>): MemberSource => ({
    member: (key) => (entries.has(key) ? memberOf(entries.get(key)) : absent),
    keys: () => entries.keys(),
  });

  const objectValue = (host: object, members: Instance): Value => {
    const { entries, prototype } = members;
    const value = nativeOf(host) ?? (entries.has("constructor") ? prototypeOfClass(host, entries) : undefined);
    if (value !== undefined) return value;
    const isPlain = prototype === undefined && !entries.has("constructor");
    return isPlain ? new ObjectValue(0, new Map(), membersOf(entries)) : instance(members);
  };

  function functionValue(fn: Function, members: Members = none, parent?: Snapshot): Value {
    const value = nativeOf(fn) ?? known.get(fn);
    if (value !== undefined) return value;
    const made = newFunction(fn, members, parent);
    known.set(fn, made);
    return made;
  }

  function newFunction(fn: Function, members: Members, parent: Snapshot): Value {
    const bound = reader.boundOf(fn);
    if (bound) return boundFunction(nameOf(fn), bound);
    const call = symbolCallOf(fn);
    if (call) return new NativeFunction(nameOf(fn), (_, args, site) => call(tracer, fn, args, site));
    return isNative(fn) ? unreadable(nameOf(fn)) : sourceFunction(fn, reader.read(fn), members, parent);
  }

  /** It may be passed on and compared, but not called. */
  const unreadable = (name: string): NativeFunction =>
    new NativeFunction(name, (_, __, site) =>
      failAt(
        site,
        "native-function",
        `${calledText(site)} is native: it has no JavaScript source that could be traced.`,
        "Leave it out, or use it outside and close over what it gives.",
      ),
    );

  const boundFunction = (name: string, { target, self, args }: Bound<Snapshot>): NativeFunction =>
    new NativeFunction(name, (tracer, rest, site) => tracer.call(valueOf(target), [...args.map(valueOf), ...rest], valueOf(self), site));

  const sourceFunction = (host: Function, { source, node, names }: ReadFunction, own: Members, parent: Snapshot): FunctionValue => {
    const members = membersOf(own.entries);
    const resolve = (name: string): Binding | undefined => {
      const variable = names.get(name);
      if (variable) return bindingOf(variable.home, name, () => valueOf(variable.value));
      const slot = globalValue(name);
      return slot === absent ? undefined : new Binding(0, slot);
    };
    const environment = new Environment(tracer.journal, undefined, resolve);
    if (node.type === "ClassExpression") {
      const snapshot = own.entries.get("prototype");
      const { entries } = typeof snapshot === "object" && snapshot?.kind === "object" ? snapshot : none;
      const outside = { members, prototype: instanceMembersOf(entries), parent: valueOf(parent), take: takerOf(own.privates) };
      const made = defineClass(tracer, node as Class, environment, outside);
      const prototype = made.members.find("prototype") as ObjectValue;
      for (const [key, method] of prototype.entries) if (isReplaced(method, entries.get(key))) prototype.entries.delete(key);
      return made;
    }
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
