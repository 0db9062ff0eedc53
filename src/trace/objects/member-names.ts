import type { Node } from "acorn";
import { failAt } from "../source/source.ts";
import { branch, valueOf } from "../state/branches.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { ArrayValue } from "../values/arrays.ts";
import { FunctionValue, NativeFunction, ownerOf } from "../values/functions.ts";
import { isBoolean, isNumeric, isSure, isThere, narrow, refuseKeys } from "../values/merge.ts";
import { CollectionValue, HostObject, ObjectValue } from "../values/objects.ts";
import { absent, Either, type Key, type TracedBoolean, TracedText, type Value } from "../values/values.ts";
import { arrayMethods } from "./array-methods.ts";
import { toKey } from "./keys.ts";

/** Whether the object has `prototype` among those that it looks for members in. */
export function descendsFrom(object: ObjectValue, prototype: ObjectValue): boolean {
  for (let next = object.prototype; next; next = next.prototype) if (next === prototype) return true;
  return false;
}

/** Whether `key` is a member of its own. */
export function hasOwn(tracer: Tracer, given: Value, key: Value, site: Node): boolean | TracedBoolean {
  const value = narrow(tracer, given);
  const name = String(toKey(tracer, key, site));
  if (value instanceof ArrayValue && name === "length") return true;
  if (value instanceof ArrayValue && isIndex(value, toKey(tracer, key, site))) return isThere(tracer, value.read(toKey(tracer, key, site)));
  const owner = value instanceof FunctionValue ? value.members : value;
  return owner instanceof ObjectValue && !owner.source ? isThere(tracer, owner.read(name)) : keysOf(tracer, value, site).includes(name);
}

const isIndex = (array: ArrayValue, key: Key): key is number => typeof key === "number" && key in array.elements;

/** `key in object`. */
export function isMember(tracer: Tracer, given: Value, key: Key, site: Node): boolean | TracedBoolean {
  const value = narrow(tracer, given);
  if (value instanceof ArrayValue)
    return isIndex(value, key)
      ? isThere(tracer, value.read(key))
      : key === "length" || value.find(String(key)) !== absent || key in arrayMethods;
  if (value instanceof ObjectValue && !value.source) return isFound(tracer, value, String(key));
  if (value instanceof FunctionValue) return isFound(tracer, value.members, String(key));
  return keysOf(tracer, value, site).includes(String(key));
}

/** Whether an object has the member, or a prototype. */
const isFound = (tracer: Tracer, object: ObjectValue, key: string): boolean | TracedBoolean => {
  const own = isThere(tracer, object.read(key));
  return own === true || !object.prototype ? own : tracer.combine("or", own, isFound(tracer, object.prototype, key));
};

/** The names of members, which must be there on all points. */
const sureKeys = (tracer: Tracer, object: ObjectValue, site: Node): string[] =>
  object.keys().filter((key) => isSure(tracer, object.entries.get(key), site));

/** What is done with each member, on the points where it is there. */
export function forMembers(tracer: Tracer, given: Value, site: Node, use: (key: string, member: Value) => void): void {
  const value = narrow(tracer, given);
  const isObject = value instanceof ObjectValue;
  for (const key of isObject ? value.keys() : keysOf(tracer, value, site)) {
    const take = () => ({ value: void use(key, tracer.getMember(value, toKey(tracer, key, site), site)) });
    valueOf(branch(tracer, !isObject || isThere(tracer, value.entries.get(key)), take, () => ({}), site));
  }
}

/** The names that `for…in` goes through: those of prototypes, too, where nothing nearer has the name. */
export function inheritedKeysOf(tracer: Tracer, value: Value, site: Node): string[] {
  if (value === undefined || value === null) return [];
  const names = new Set(keysOf(tracer, value, site));
  const met = [ownerOf(value)];
  for (let next = met[0]?.prototype; next && !(next instanceof HostObject); next = next.prototype) {
    for (const name of next.keys()) if (met.every((nearer) => nearer!.read(name) === absent)) names.add(name);
    met.push(next);
  }
  return [...names];
}

/** The names of an object's own members, in their order. */
export function keysOf(tracer: Tracer, given: Value, site: Node): string[] {
  const value = narrow(tracer, given);
  if (value instanceof Argument) {
    const isSeen = value.kind !== undefined || tracer.arguments.sample(value.path) !== undefined;
    return keysOf(tracer, isSeen ? tracer.arguments.settle(value, site) : tracer.arguments.object(value, site), site);
  }
  if (value instanceof ArrayValue) {
    const indices = Object.keys(value.elements).filter((index) => isSure(tracer, value.read(Number(index)), site));
    return [...indices, ...value.memberNames()];
  }
  if (value instanceof ObjectValue) return sureKeys(tracer, value, site);
  if (value instanceof FunctionValue) return sureKeys(tracer, value.members, site);
  if (value instanceof NativeFunction || value instanceof CollectionValue || isNumeric(value) || isBoolean(value)) return [];
  if (typeof value === "string") return Object.keys(value);
  if (value instanceof TracedText) return value.refuse();
  if (value instanceof Either) {
    const [yes, no] = [value.yes, value.no].map((side) => keysOf(tracer, side, site)) as [string[], string[]];
    if (yes.join() === no.join()) return yes;
    return refuseKeys(site);
  }
  return failAt(site, "not-an-object", "This is no object whose members can be listed.", "Check what it is before.");
}
