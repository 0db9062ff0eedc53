import type { MemberExpression, Node } from "acorn";
import { affordable, elementsOf, kept, recordLength } from "../operators/elements.ts";
import { iteratorKey, iteratorOver } from "../operators/iterators.ts";
import { joinText, toNumber } from "../operators/operators.ts";
import { rounded } from "../operators/rounded.ts";
import { elementAt, isChosen, onRows, setElementAt } from "../operators/tables.ts";
import { failAt, textAt } from "../source/source.ts";
import { branch, onBranches, onSides, valueOf } from "../state/branches.ts";
import { RowObject } from "../state/row-views.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { arrayChoice } from "../values/array-choice.ts";
import { ArrayValue } from "../values/arrays.ts";
import { FunctionValue, hostMembers, isFunctionValue, NativeFunction } from "../values/functions.ts";
import { inherited } from "../values/kinds.ts";
import { isNumeric, narrow, valueIn } from "../values/merge.ts";
import { CollectionValue, HostObject, ObjectValue } from "../values/objects.ts";
import {
  Accessor,
  absent,
  Either,
  isPrivateName,
  type Key,
  type Slot,
  Sometimes,
  TracedNumber,
  TracedText,
  type Value,
  type WrittenKey,
} from "../values/values.ts";
import { arrayMethods } from "./array-methods.ts";
import { collectionMember } from "./collections.ts";
import { knownKey, toKeyOrIndex } from "./keys.ts";
import { isNumberMethod, numberMember, textMember } from "./text.ts";

export const callMethod = "Hand over a function that calls the method: (x) => object.method(x).";

/** Whether every value may have such a member. */
const isOfAll = (key: Key | TracedNumber): boolean => typeof key === "string" && (key in Object.prototype || isNumberMethod(key));
const isOfArrays = (key: Key | TracedNumber): boolean =>
  typeof key !== "string" || key === iteratorKey || key === "length" || Object.hasOwn(arrayMethods, key);

/** Whether data shows that the argument is no object and can't have such a member, as those find out that ask for it. */
const isForeign = (tracer: Tracer, argument: Argument, key: Key | TracedNumber): key is string =>
  !argument.missing &&
  tracer.arguments.sample(argument.path) !== undefined &&
  !isOfAll(key) &&
  !isOfArrays(key) &&
  !tracer.arguments.isMeant(argument.path) &&
  tracer.arguments.guess(argument) !== "object";

/** An argument whose member `key` is used, as what that shows it to be. */
function settleByKey(tracer: Tracer, argument: Argument, key: Key | TracedNumber, site: Node): Value {
  if (argument.value) return argument.value;
  if (isOfAll(key)) tracer.arguments.guess(argument);
  if (isOfAll(key) || tracer.arguments.isMeant(argument.path)) return tracer.arguments.settle(argument, site);
  if (!isOfArrays(key)) return tracer.arguments.object(argument, site);
  const sample = tracer.arguments.sample(argument.path);
  const isRecord = typeof sample === "object" && sample !== null && !Array.isArray(sample) && !ArrayBuffer.isView(sample);
  return isRecord ? tracer.arguments.object(argument, site) : tracer.arguments.array(argument, site);
}

/** What `use` gives for either key. */
const onKeys = (tracer: Tracer, { mask, yes, no }: Either, use: (key: WrittenKey) => Value, site: Node): Value => {
  const take = (key: Value) => () => ({ value: use(toKeyOrIndex(tracer, key, site)) });
  return valueOf(branch(tracer, tracer.boolean(mask), take(yes), take(no), site));
};

/** `object[key]`. */
export function getMember(tracer: Tracer, object: Value, key: WrittenKey, site: Node): Value {
  if (key instanceof Either) return onKeys(tracer, key, (side) => getMember(tracer, object, side, site), site);
  const value = narrow(tracer, object);
  if (value instanceof Argument) {
    if (isForeign(tracer, value, key)) return new Argument([...value.path, key], true);
    return getMember(tracer, settleByKey(tracer, value, key, site), key, site);
  }
  if (value instanceof Either) return onBranches(tracer, value, (side) => getMember(tracer, side, key, site), site);
  if (key instanceof TracedNumber) {
    return value instanceof ArrayValue ? elementAt(tracer, value, key, site) : getMember(tracer, value, knownKey(key, site), site);
  }
  if (value instanceof ArrayValue) return arrayMember(tracer, value, key, site);
  if (value instanceof ObjectValue) return objectMember(tracer, value, key, value, site);
  if (value instanceof CollectionValue) {
    return (
      found(tracer, value.find(String(key)), value, site) ?? inherited(tracer, value, String(key)) ?? collectionMember(value, key, site)
    );
  }
  if (value instanceof NativeFunction && value.members.has(String(key))) return value.members.get(String(key));
  if (value instanceof FunctionValue || value instanceof NativeFunction) return functionMember(tracer, value, key, site);
  if (key === iteratorKey) return new NativeFunction(key, (_, __, call) => iteratorOver(tracer, elementsOf(tracer, value, call)));
  if (typeof value === "string") return (key !== "toString" && inherited(tracer, value, String(key))) || textMember(value, key, site);
  if (value instanceof TracedText && key === "concat") return textMember("", key, site);
  if (value instanceof TracedText) return value.read && isTrimming(key) ? new NativeFunction(key, () => value) : value.refuse();
  if (value instanceof TracedNumber && isNumberMethod(key)) return textMethod(value, key);
  if (isNumeric(value)) return (!isNumberMethod(key) && inherited(tracer, value, String(key))) || numberMember(value, key, site);
  if (value === undefined || value === null) {
    const isThis = (site as Partial<MemberExpression>).object?.type === "ThisExpression";
    return failAt(
      site,
      "undefined-member",
      `There is no ${JSON.stringify(key)} here: ${isThis ? "this" : "what it is read from"} is ${value}.`,
      isThis
        ? `${callMethod} This of an arrow can't be read from outside: let it use a variable.`
        : "Give it a value before, or read it with ?. and ??.",
    );
  }
  const toString = new NativeFunction("toString", (_, __, call) => joinText(tracer, [value], call));
  return key === "toString" ? toString : inherited(tracer, value, String(key));
}

/** Whether it names a method that leaves the text of a number as it is. */
const isTrimming = (key: Key): key is string =>
  typeof key === "string" && ["toString", "trim", "trimEnd", "trimStart", "valueOf"].includes(key);

/** A method that makes text of a number: that of `toString` and `toFixed` may be read again. */
const textMethod = (value: TracedNumber, name: string) =>
  new NativeFunction(name, (tracer, [option], site) => {
    if (name === "toString" && (option === undefined || option === 10)) return joinText(tracer, [value], site);
    if (name !== "toFixed") return new TracedText(site);
    const digits = knownLength(tracer, option ?? 0, site);
    return new TracedText(site, () => rounded(tracer, value, digits));
  });

/** What stands in a slot, as `receiver` has it. */
function found(tracer: Tracer, slot: Slot, receiver: Value, site: Node): Value {
  if (slot instanceof Accessor) return slot.get === undefined ? undefined : tracer.call(slot.get, [], receiver, site);
  return valueIn(slot);
}

/** A member of an object, its own or of a prototype, as `receiver` has it. */
export function objectMember(tracer: Tracer, object: ObjectValue, key: Key, receiver: Value, site: Node): Value {
  const slot = object.find(String(key));
  if (slot instanceof Sometimes) return fromNearest(tracer, object, slot, key, receiver, site);
  if (slot !== absent) return found(tracer, slot, receiver, site);
  return isPrivateName(key) ? missingPrivate(String(key), site) : inherited(tracer, object, String(key));
}

/** On points where an object has no such member, it is looked for behind the one that has. */
function fromNearest(tracer: Tracer, object: ObjectValue, slot: Sometimes, key: Key, receiver: Value, site: Node): Value {
  let owner = object;
  while (owner.read(key) !== slot) owner = owner.prototype!;
  const { prototype } = owner;
  if (!prototype || prototype.find(String(key)) === absent) return slot.value;
  const own = () => ({ value: narrow(tracer, slot.value) });
  const other = () => ({ value: objectMember(tracer, prototype, key, receiver, site) });
  return valueOf(branch(tracer, tracer.boolean(slot.there), own, other, site));
}

/** Of what surrounds the function, private members can be read where the engine's inspector shows them. */
const missingPrivate = (name: string, site: Node): never =>
  failAt(
    site,
    "private-member",
    `${name.split(" ")[0]} is not there, or can't be read for being from outside the function.`,
    "Make the object inside the function, or give it a member that is not private.",
  );

/** A number of elements, which must be known when tracing. */
export function knownLength(tracer: Tracer, value: Value, site: Node): number {
  const length = toNumber(tracer, value, site);
  if (typeof length === "number") return length;
  return failAt(
    site,
    "shape-on-data",
    "This length depends on the data.",
    "Use a fixed length; how often a loop runs may depend on the data.",
  );
}

/** Whether a constructor takes the value for a length. */
export const isLength = (tracer: Tracer, value: Value): boolean =>
  isNumeric(value) || (value instanceof Argument && tracer.arguments.guess(value) === "number");

/** What a method of `Array.prototype` takes for an array; a constructor goes through what `iterates`. */
export function arrayLike(tracer: Tracer, given: Value, site: Node, iterates = true): readonly Value[] {
  const value = narrow(tracer, given);
  if (!(value instanceof ObjectValue) || (iterates && value.find(iteratorKey) !== absent)) return elementsOf(tracer, value, site);
  const length = knownLength(tracer, getMember(tracer, value, "length", site), site);
  return Array.from({ length: affordable(tracer, Math.trunc(length) || 0, site) }, (_, i) => getMember(tracer, value, i, site));
}

function arrayMember(tracer: Tracer, array: ArrayValue, key: Key, site: Node): Value {
  if (typeof key === "number") return array.at(key);
  if (key === "length") return array.memory ? array.memory.counted : array.length;
  const slot = array.find(key);
  if (slot !== absent) return found(tracer, slot, array, site);
  if (key === iteratorKey) return methodsOfArrays.get("values");
  if (isPrivateName(key)) return missingPrivate(key, site);
  if (key === "BYTES_PER_ELEMENT" && array.type) return array.type.bytes;
  return methodsOfArrays.get(key) ?? inherited(tracer, array, key) ?? missingMethod(key, site);
}

function missingMethod(key: string, site: Node): undefined {
  if (key in Array.prototype || key in Float64Array.prototype) {
    failAt(
      site,
      "unsupported-function",
      `The array method ${key} does not work in a traced function.`,
      "Write it as a loop over the elements.",
    );
  }
}

const mutators = new Set("push pop shift unshift splice reverse sort copyWithin set fill".split(" "));

/** Calls a method of arrays on what may be another one on some points: what only reads, and does not give the array itself, is made once. */
function onArray(tracer: Tracer, key: string, receiver: Value, args: readonly Value[], site: Node): Value {
  const value = narrow(tracer, receiver);
  const isMutator = mutators.has(key);
  if (value instanceof Either) {
    const array = isMutator || key === "subarray" ? undefined : arrayChoice(tracer, value, site);
    const use = (side: Value) => onArray(tracer, key, side, args, site);
    return array ? use(array) : onBranches(tracer, value, use, site);
  }
  const array = value instanceof Argument ? tracer.arguments.array(value, site) : value;
  if (isChosen(array) && isMutator) return onRows(array, (row) => onArray(tracer, key, row, args, site));
  if (array instanceof ArrayValue) return arrayMethods[key]!(tracer, array, args, site);
  if (isMutator) failAt(site, "unsupported-function", `${key} changes arrays alone in a traced function.`, "Use an array.");
  return arrayMethods[key]!(tracer, tracer.array([...arrayLike(tracer, array, site, false)]), args, site);
}

/** The methods of `Array.prototype`. */
export const methodsOfArrays: ReadonlyMap<string, NativeFunction> = new Map(
  Object.keys(arrayMethods).map((key) => [
    key,
    new NativeFunction(key, (tracer, args, site, receiver) => onArray(tracer, key, receiver, args, site)),
  ]),
);

function functionMember(tracer: Tracer, fn: FunctionValue | NativeFunction, key: Key, site: Node): Value {
  const own = fn instanceof FunctionValue ? fn.members.find(String(key)) : absent;
  if (own !== absent) return found(tracer, own, fn, site);
  if (isPrivateName(key)) return missingPrivate(String(key), site);
  if (functionPrototype.entries.has(String(key))) return functionPrototype.entries.get(String(key));
  const ofAll = key === "toString" ? undefined : inherited(tracer, fn, String(key));
  if (ofAll) return ofAll;
  if (key === "name") return fn.name;
  if (key === "length" && fn instanceof FunctionValue) return lengthOf(fn);
  if (fn instanceof NativeFunction || key in Function.prototype) {
    failAt(
      site,
      "unsupported-member",
      `${fn.name}.${key} does not work in a traced function.`,
      "Leave it out, or use it outside and close over what it gives.",
    );
  }
  return undefined;
}

/** `Function.prototype`. */
export const functionPrototype = new HostObject(
  hostMembers({
    call: (tracer, [receiver, ...args], site, fn) => tracer.call(fn, args, receiver, site),
    apply: (tracer, [receiver, list], site, fn) =>
      tracer.call(fn, list === undefined || list === null ? [] : arrayLike(tracer, list, site), receiver, site),
    bind: (_, [receiver, ...first], __, fn) =>
      new NativeFunction(isFunctionValue(fn) ? fn.name : "bound", (tracer, args, call) =>
        tracer.call(fn, [...first, ...args], receiver, call),
      ),
    // Helpers of compilers look for native code in it.
    toString: (_: Tracer, __: readonly Value[], ___: Node, fn: Value): string =>
      fn instanceof FunctionValue ? textAt(fn.node) : "function () { [native code] }",
  }),
);

/** The number of parameters before the first that may be left out. */
const lengthOf = ({ node: { params } }: FunctionValue): number => {
  const first = params.findIndex(({ type }) => type === "AssignmentPattern" || type === "RestElement");
  return first < 0 ? params.length : first;
};

/** `object[key] = value`. */
export function setMember(tracer: Tracer, object: Value, key: WrittenKey, value: Value, site: Node): void {
  if (key instanceof Either) return void onKeys(tracer, key, (side) => void setMember(tracer, object, side, value, site), site);
  const target = narrow(tracer, object);
  if (target instanceof Argument) return setMember(tracer, settleByKey(tracer, target, key, site), key, value, site);
  if (target instanceof Either) return void onSides(tracer, target, (side) => setMember(tracer, side, key, value, site), site);
  if (isChosen(target)) return void onRows(target, (row) => void setMember(tracer, row, key, value, site));
  if (key instanceof TracedNumber) {
    if (target instanceof ArrayValue) return setElementAt(tracer, target, key, kept(tracer, target, value, site), site);
    return setMember(tracer, target, knownKey(key, site), value, site);
  }
  if (target instanceof ArrayValue) return setElement(tracer, target, key, value, site);
  if (target instanceof FunctionValue) return setObjectMember(tracer, target.members, key, value, target, site);
  if (target instanceof ObjectValue && !(target instanceof HostObject) && key !== "__proto__")
    return setObjectMember(tracer, target, key, value, target, site);
  const isHosts = target instanceof HostObject || target instanceof NativeFunction;
  failAt(
    site,
    "unsupported-assignment",
    isHosts ? "The host's own objects can't be changed in a traced function." : `${JSON.stringify(key)} can't be assigned here.`,
    isHosts ? "Make an object of your own." : "Only elements of arrays and members of objects can.",
  );
}

/** Assigns a member that is the object's own, unless a prototype has a setter for it. */
function setObjectMember(tracer: Tracer, object: ObjectValue, key: Key, value: Value, receiver: Value, site: Node): void {
  if (object instanceof RowObject && object.read(key) !== absent) return object.assign(String(key), value);
  const own = object.entries.get(String(key));
  const found = own === undefined ? object.prototype?.find(String(key)) : own;
  if (!(found instanceof Accessor)) return tracer.journal.write(object, String(key), value);
  if (found.set === undefined) {
    failAt(site, "unsupported-assignment", `${JSON.stringify(key)} has a getter and no setter: it can't be assigned.`, "Write a setter.");
  }
  tracer.call(found.set, [value], receiver, site);
}

function setElement(tracer: Tracer, array: ArrayValue, key: Key, value: Value, site: Node): void {
  if (key === "length") {
    const wanted = knownLength(tracer, value, site);
    affordable(tracer, wanted, site);
    recordLength(tracer, array);
    for (let i = wanted; i < array.length; i++) tracer.journal.record(array, i);
    return tracer.journal.write(array, "length", wanted);
  }
  if (typeof key !== "number") return setObjectMember(tracer, array.members, key, value, array, site);
  const element = kept(tracer, array, value, site);
  if (array.memory?.write(key, element)) return;
  const { length } = array;
  if (array.type && key >= length) return;
  if (key >= length) {
    affordable(tracer, key - length, site);
    recordLength(tracer, array);
  }
  tracer.journal.write(array, key, element);
}
