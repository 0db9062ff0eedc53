import type { Node } from "acorn";
import { elementsOf, keysIn, pairsIn, valuesIn } from "../operators/elements.ts";
import { iteratorKey, iteratorOver } from "../operators/iterators.ts";
import { isChosen } from "../operators/tables.ts";
import { failAt } from "../source/source.ts";
import { onBranches } from "../state/branches.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { NativeFunction } from "../values/functions.ts";
import { isThere, narrow, valueIn } from "../values/merge.ts";
import { type CollectionName, CollectionValue, HostObject, ObjectValue } from "../values/objects.ts";
import { absent, Either, type Slot, TracedBoolean, TracedNumber, TracedText, type Value } from "../values/values.ts";

const isMap = (name: CollectionName) => name.endsWith("Map");

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** A key as text: equal for the values that a `Map` takes for the same. */
function textOf(tracer: Tracer, given: Value, site: Node): string {
  const key = given instanceof Argument ? tracer.arguments.settle(given, site) : narrow(tracer, given);
  if (key instanceof TracedText) key.refuse();
  if (key instanceof TracedNumber || key instanceof TracedBoolean || key instanceof Either || isChosen(key)) {
    failAt(
      site,
      "index-on-data",
      "The key of a Map or Set depends on the data here.",
      "Keys must be known when the function is traced; leave a cache by argument out.",
    );
  }
  if (typeof key !== "object" || key === null) return `${typeof key} ${String(key)}`;
  const identity = identities.get(key) ?? ++lastIdentity;
  identities.set(key, identity);
  return `object ${identity}`;
}

const stepsOfKey = 20;

/** Whether a key is there must not come to depend on the data. */
function checkSure(tracer: Tracer, { store, name }: CollectionValue, site: Node): void {
  const { conditions } = tracer;
  if (conditions.length > 0 && store.born < conditions.at(-1)!.start) {
    failAt(
      site,
      "shape-on-data",
      `Whether this ${name} has the key depends on the data.`,
      "Set the key in every case, and choose the value by the condition.",
    );
  }
}

/** Only points that are traced here can ask a weak collection for what was made here. */
const isOwnKey = ({ conditions }: Tracer, { name }: CollectionValue, key: Value): boolean =>
  name.startsWith("Weak") && key instanceof ObjectValue && conditions.length > 0 && key.born > conditions.at(-1)!.start;

/** What a collection from outside has in it. */
export function fill(tracer: Tracer, { keys, store }: CollectionValue, key: Value, value: Value, site: Node): void {
  const text = textOf(tracer, key, site);
  if (keys.has(text)) return;
  keys.set(text, key);
  store.write(text, value);
}

function put(tracer: Tracer, collection: CollectionValue, key: Value, value: Value, site: Node): void {
  const text = textOf(tracer, key, site);
  if (collection.store.read(text) === absent && !isOwnKey(tracer, collection, key)) checkSure(tracer, collection, site);
  tracer.spend(stepsOfKey, site);
  collection.keys.set(text, narrow(tracer, key));
  tracer.journal.write(collection.store, text, value);
}

function remove(tracer: Tracer, collection: CollectionValue, text: string, site: Node): void {
  checkSure(tracer, collection, site);
  tracer.journal.write(collection.store, text, absent);
}

/** What stands for a key. */
function read(tracer: Tracer, { store, refresh }: CollectionValue, key: Value, site: Node): Slot {
  const text = textOf(tracer, key, site);
  const slot = store.read(text);
  if (slot !== absent || !refresh) return slot;
  refresh();
  return store.read(text);
}

type Method = (tracer: Tracer, collection: CollectionValue, args: readonly Value[], site: Node) => Value;

const methods: Readonly<Record<string, Method>> = {
  get: (tracer, collection, [key], site) => valueIn(read(tracer, collection, key, site)),
  has: (tracer, collection, [key], site) => isThere(tracer, read(tracer, collection, key, site)),
  set: (tracer, map, [key, value], site) => (put(tracer, map, key, value, site), map),
  add: (tracer, set, [key], site) => (put(tracer, set, key, key, site), set),
  delete: (tracer, collection, [key], site) => {
    const text = textOf(tracer, key, site);
    if (collection.store.read(text) === absent) return false;
    remove(tracer, collection, text, site);
    return true;
  },
  clear: (tracer, collection, _, site) => {
    for (const text of [...collection.store.entries.keys()]) remove(tracer, collection, text, site);
    return undefined;
  },
  forEach: (tracer, collection, [fn], site) => {
    const values = valuesIn(collection);
    keysIn(collection).forEach((key, i) => tracer.call(fn, [values[i], key, collection], undefined, site));
    return undefined;
  },
  keys: (tracer, collection) => iteratorOver(tracer, keysIn(collection)),
  values: (tracer, collection) => iteratorOver(tracer, valuesIn(collection)),
  entries: (tracer, collection) => iteratorOver(tracer, pairsIn(tracer, collection)),
};

/** The methods of collections. */
const methodsOfCollections = new Map(
  Object.entries(methods).map(([key, method]) => {
    const fn: NativeFunction = new NativeFunction(key, (tracer, args, site, receiver) => {
      const collection = narrow(tracer, receiver);
      if (collection instanceof Either) return onBranches(tracer, collection, (side) => fn.call(tracer, args, site, side), site);
      if (collection instanceof CollectionValue) return method(tracer, collection, args, site);
      return failAt(site, "not-a-function", `${key} is called on no collection.`, `Call it as collection.${key}(…).`);
    });
    return [key, fn] as const;
  }),
);

/** `map[key]`. */
export function collectionMember(collection: CollectionValue, key: string | number, site: Node): Value {
  if (key === "size") return collection.store.entries.size;
  const isOther = key === (isMap(collection.name) ? "add" : "set") || (key === "get" && !isMap(collection.name));
  const name = key === iteratorKey ? (isMap(collection.name) ? "entries" : "values") : String(key);
  const method = isOther ? undefined : methodsOfCollections.get(name);
  if (method) return method;
  return failAt(
    site,
    "unsupported-function",
    `${collection.name}'s ${JSON.stringify(key)} does not work in a traced function.`,
    `These do: size, ${Object.keys(methods).join(", ")}.`,
  );
}

const constructor = (name: CollectionName) =>
  new NativeFunction(name, (_, __, site) => failAt(site, "not-a-function", `${name} needs new.`, `Write new ${name}().`), {
    construct: (tracer, [from], site) => {
      const collection = new CollectionValue(name, tracer.object());
      const items = from === undefined || from === null ? [] : elementsOf(tracer, from, site);
      for (const item of items) {
        const [key, value] = isMap(name) ? elementsOf(tracer, item, site) : [item, item];
        put(tracer, collection, key, value, site);
      }
      return collection;
    },
    isInstance: (_, value) => value instanceof CollectionValue && value.name === name,
    // For `super.set(…)` and `Map.prototype.get.call(…)`.
    members: { prototype: new HostObject(new Map(methodsOfCollections)) },
  });

/** The constructors of `Map`, `Set` and their weak kinds. */
export const collections = (["Map", "Set", "WeakMap", "WeakSet"] as const).map((name) => [name, constructor(name)] as const);
