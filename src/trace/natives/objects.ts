import type { Node } from "acorn";
import { toKey } from "../objects/keys.ts";
import { descendsFrom, forMembers, hasOwn, isMember, keysOf } from "../objects/member-names.ts";
import { objectMember, setMember } from "../objects/members.ts";
import { elementsOf } from "../operators/elements.ts";
import { isSame, toBoolean, toText } from "../operators/operators.ts";
import { failAt } from "../source/source.ts";
import { branch, valueOf } from "../state/branches.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { FunctionValue, hostMembers, isFunctionValue, type NativeCall, NativeFunction, ownerOf } from "../values/functions.ts";
import { narrow } from "../values/merge.ts";
import { HostObject, ObjectValue } from "../values/objects.ts";
import { Accessor, absent, isPrivateName, isSymbol, type Value } from "../values/values.ts";
import { objectPrototype } from "./object-prototype.ts";

const entriesOf = (tracer: Tracer, object: Value, site: Node) =>
  keysOf(tracer, object, site).map((key) => [key, tracer.getMember(object, toKey(tracer, key, site), site)] as const);

/** The members of its own that something has. */
function membersOf(tracer: Tracer, given: Value, site: Node): ObjectValue {
  const owner = ownerOf(narrow(tracer, given));
  if (owner) return owner;
  return failAt(site, "not-an-object", "This works on objects and functions alone in a traced function.", "Hand over an object.");
}

/** The same, to be changed. */
function changeable(tracer: Tracer, given: Value, site: Node): ObjectValue {
  const owner = membersOf(tracer, given, site);
  if (!(owner instanceof HostObject)) return owner;
  return failAt(
    site,
    "unsupported-assignment",
    "The host's own objects can't be changed in a traced function.",
    "Make an object of your own.",
  );
}

function defineProperty(tracer: Tracer, target: Value, key: Value, descriptor: Value, site: Node): void {
  const owner = changeable(tracer, target, site);
  const name = String(toKey(tracer, key, site));
  const member = (part: string) => tracer.getMember(descriptor, part, site);
  const has = (part: string) => isMember(tracer, descriptor, part, site) !== false;
  const before = owner.read(name);
  const isListed = has("enumerable")
    ? toBoolean(tracer, member("enumerable"), site) === true
    : before !== absent && !owner.hidden.has(name);
  owner.hidden[isListed ? "delete" : "add"](name);
  if (has("get") || has("set")) tracer.journal.write(owner, name, new Accessor(member("get"), member("set")));
  else if (has("value") || before === absent) tracer.journal.write(owner, name, member("value"));
}

/** The descriptor of a member that is there. */
function describe(tracer: Tracer, from: Value, key: string | number, site: Node): Value {
  const owner = ownerOf(narrow(tracer, from));
  const slot = owner?.read(String(key));
  const parts = slot instanceof Accessor ? { get: slot.get, set: slot.set } : { value: tracer.getMember(from, key, site), writable: true };
  const enumerable = !owner?.hidden.has(String(key));
  return tracer.object(new Map<string, Value>(Object.entries({ ...parts, enumerable, configurable: true })));
}

/** A prototype is not merged after a branch. */
function setPrototype(tracer: Tracer, target: Value, prototype: Value, site: Node): Value {
  if (tracer.dependsOnData())
    failAt(site, "unsupported-syntax", "A prototype is set on a condition that depends on the data.", "Set it before.");
  const object = narrow(tracer, target);
  const owner = changeable(tracer, object, site);
  const next = prototype === null || prototype instanceof NativeFunction ? undefined : membersOf(tracer, prototype, site);
  if (next && (next === owner || descendsFrom(next, owner))) {
    failAt(
      site,
      "unsupported-assignment",
      "This object would be among its own prototypes.",
      "Let the other object have this as its prototype.",
    );
  }
  if (object instanceof FunctionValue && isFunctionValue(prototype)) object.extend(prototype);
  else owner.prototype = next;
  return object;
}

function prototypeOfObject(tracer: Tracer, given: Value, site: Node): Value {
  const object = narrow(tracer, given);
  if (object instanceof FunctionValue) return object.parent ?? null;
  if (object === objectPrototype) return null;
  return object instanceof ObjectValue ? (object.prototype ?? objectPrototype) : membersOf(tracer, object, site);
}

const same: NativeCall = (_, [value]) => value;

export const object = new NativeFunction("Object", (tracer, [value]) => (value === undefined || value === null ? tracer.object() : value), {
  construct: (tracer, [value]) => (value === undefined || value === null ? tracer.object() : value),
  isInstance: (tracer, value) => ownerOf(value) !== undefined || (value instanceof Argument && tracer.arguments.guess(value) !== "number"),
  members: {
    prototype: objectPrototype,
    keys: (tracer, [from], site) => tracer.array(keysOf(tracer, from, site)),
    getOwnPropertyNames: (tracer, [from], site) => {
      const hidden = [...(ownerOf(narrow(tracer, from))?.hidden ?? [])].filter((name) => !isPrivateName(name) && !isSymbol(name));
      return tracer.array([...keysOf(tracer, from, site), ...hidden]);
    },
    values: (tracer, [from], site) => tracer.array(entriesOf(tracer, from, site).map(([, value]) => value)),
    entries: (tracer, [from], site) => tracer.array(entriesOf(tracer, from, site).map((entry) => tracer.array([...entry]))),
    fromEntries: (tracer, [from], site) => {
      const pairs = elementsOf(tracer, from, site).map((pair) => elementsOf(tracer, pair, site));
      return tracer.object(new Map(pairs.map(([key, value]) => [toText(tracer, key, site), value])));
    },
    assign: (tracer, [target, ...sources], site) => {
      for (const source of sources) {
        if (source === undefined || source === null) continue;
        forMembers(tracer, source, site, (key, member) => setMember(tracer, target, toKey(tracer, key, site), member, site));
      }
      return target;
    },
    freeze: same,
    seal: same,
    preventExtensions: same,
    getOwnPropertySymbols: (tracer, [from]) => tracer.array([...(ownerOf(narrow(tracer, from))?.entries.keys() ?? [])].filter(isSymbol)),
    getOwnPropertyDescriptor: (tracer, [from, key], site) => {
      const own = () => ({ value: describe(tracer, from, toKey(tracer, key, site), site) });
      return valueOf(branch(tracer, hasOwn(tracer, from, key, site), own, () => ({}), site));
    },
    getOwnPropertyDescriptors: (tracer, [from], site) =>
      tracer.object(new Map(keysOf(tracer, from, site).map((key) => [key, describe(tracer, from, toKey(tracer, key, site), site)]))),
    hasOwn: (tracer, [from, key], site) => hasOwn(tracer, from, key, site),
    is: (tracer, [a, b], site) => isSame(tracer, a, b, site, true),
    create: (tracer, [prototype, members], site) => {
      const made = tracer.object(new Map(), prototype === null ? undefined : membersOf(tracer, prototype, site));
      if (members !== undefined) {
        for (const [key, descriptor] of entriesOf(tracer, members, site)) defineProperty(tracer, made, key, descriptor, site);
      }
      return made;
    },
    getPrototypeOf: (tracer, [from], site) => prototypeOfObject(tracer, from, site),
    setPrototypeOf: (tracer, [target, prototype], site) => setPrototype(tracer, target, prototype, site),
    defineProperty: (tracer, [target, key, descriptor], site) => (defineProperty(tracer, target, key, descriptor, site), target),
    defineProperties: (tracer, [target, members], site) => {
      for (const [key, descriptor] of entriesOf(tracer, members, site)) defineProperty(tracer, target, key, descriptor, site);
      return target;
    },
  },
});

export const reflect = new HostObject(
  hostMembers({
    construct: (tracer, [target, list, newTarget], site) =>
      tracer.call(target, elementsOf(tracer, list, site), undefined, site, newTarget ?? target),
    apply: (tracer, [fn, receiver, list], site) => tracer.call(fn, elementsOf(tracer, list, site), receiver, site),
    ownKeys: (tracer, [from], site) => tracer.array(keysOf(tracer, from, site)),
    get: (tracer, [from, key, receiver = from], site) => {
      const object = narrow(tracer, from);
      const name = toKey(tracer, key, site);
      return object instanceof ObjectValue ? objectMember(tracer, object, name, receiver, site) : tracer.getMember(object, name, site);
    },
    set: (tracer, [from, key, value, receiver = from], site) => {
      const object = narrow(tracer, from);
      const name = toKey(tracer, key, site);
      const slot = object instanceof ObjectValue ? object.find(String(name)) : undefined;
      if (slot instanceof Accessor && slot.set !== undefined) tracer.call(slot.set, [value], receiver, site);
      else setMember(tracer, receiver, name, value, site);
      return true;
    },
    has: (tracer, [from, key], site) => hasOwn(tracer, from, key, site),
    getPrototypeOf: (tracer, [from], site) => prototypeOfObject(tracer, from, site),
  }),
);
