import type { Node } from "acorn";
import { Argument } from "./arguments.ts";
import { arrayMethods } from "./array-methods.ts";
import { branch } from "./branches.ts";
import { affordable, elementsOf, isIndex, pushAll } from "./elements.ts";
import { narrow, onEither } from "./merge.ts";
import { toNumber, toText } from "./operators.ts";
import { failAt } from "./source.ts";
import { textMember } from "./text.ts";
import type { Tracer } from "./tracer.ts";
import {
  ArrayValue,
  absent,
  Either,
  FunctionValue,
  NativeFunction,
  ObjectValue,
  TracedBoolean,
  TracedNumber,
  type Value,
} from "./values.ts";

type MemberKey = string | number;

/** A key as JavaScript takes it: an index of an array is a number, everything else text. */
export function toKey(tracer: Tracer, given: Value, site: Node): MemberKey {
  const value = given instanceof Argument ? toNumber(tracer, given, site) : narrow(tracer, given);
  if (typeof value === "number") return isIndex(value) ? value : String(value);
  if (value instanceof TracedNumber || value instanceof TracedBoolean) {
    failAt(site, "index-on-data", "This index depends on the data.", "Choose between the elements by conditions: i < 1 ? a[0] : a[1]");
  }
  const text = toText(tracer, value, site);
  const index = Number(text);
  return isIndex(index) && String(index) === text ? index : text;
}

/** An argument whose member `key` is used, as what that shows it to be. */
function settleByKey(tracer: Tracer, argument: Argument, key: MemberKey, site: Node): Value {
  if (argument.value) return argument.value;
  const arrayLike = typeof key === "number" || key === "length" || Object.hasOwn(arrayMethods, key);
  if (!arrayLike) return tracer.arguments.object(argument, site);
  const sample = tracer.arguments.sample(argument.path);
  const isRecord = typeof sample === "object" && sample !== null && !Array.isArray(sample) && !ArrayBuffer.isView(sample);
  return isRecord ? tracer.arguments.object(argument, site) : tracer.arguments.array(argument, site);
}

/** `object[key]`. */
export function getMember(tracer: Tracer, object: Value, key: MemberKey, site: Node): Value {
  const value = narrow(tracer, object);
  if (value instanceof Argument) return getMember(tracer, settleByKey(tracer, value, key, site), key, site);
  if (value instanceof Either) return onEither(tracer, value, (side) => getMember(tracer, side, key, site));
  if (value instanceof ArrayValue) return arrayMember(value, key, site);
  if (value instanceof ObjectValue) {
    const slot = value.read(String(key));
    return slot === absent ? undefined : slot;
  }
  if (value instanceof NativeFunction && value.members.has(String(key))) return value.members.get(String(key));
  if (value instanceof FunctionValue || value instanceof NativeFunction) return functionMember(value, key, site);
  if (typeof value === "string") return textMember(value, key, site);
  if (value === undefined || value === null) {
    return failAt(site, "undefined-member", `There is no ${JSON.stringify(key)} here: what it is read from is ${value}.`);
  }
  return failAt(
    site,
    "unsupported-member",
    `A ${value instanceof TracedBoolean || typeof value === "boolean" ? "boolean" : "number"} has no member ${JSON.stringify(key)} in a traced function.`,
  );
}

function arrayMember(array: ArrayValue, key: MemberKey, site: Node): Value {
  if (typeof key === "number") return array.elements[key];
  if (key === "length") return array.elements.length;
  if (!Object.hasOwn(arrayMethods, key)) {
    if (key in Array.prototype) failAt(site, "unsupported-function", `The array method ${key} does not work in a traced function.`);
    return undefined;
  }
  const method = arrayMethods[key]!;
  return new NativeFunction(key, (tracer, args, call) => method(tracer, array, args, call));
}

function functionMember(fn: FunctionValue | NativeFunction, key: MemberKey, site: Node): Value {
  const own = fn instanceof FunctionValue && fn.source ? fn.source.member(String(key)) : absent;
  if (own !== absent) return own;
  if (key === "call") {
    return new NativeFunction("call", (tracer, [receiver, ...args], call) => tracer.call(fn, args, receiver, call));
  }
  if (key === "apply") {
    return new NativeFunction("apply", (tracer, [receiver, list], call) =>
      tracer.call(fn, list === undefined || list === null ? [] : elementsOf(tracer, list, call), receiver, call),
    );
  }
  if (key === "name") return fn.name;
  if (fn instanceof NativeFunction || key in Function.prototype) {
    failAt(site, "unsupported-member", `${fn.name}.${key} does not work in a traced function.`);
  }
  return undefined;
}

/** `object[key] = value`. */
export function setMember(tracer: Tracer, object: Value, key: MemberKey, value: Value, site: Node): void {
  const target = narrow(tracer, object);
  if (target instanceof Argument) return setMember(tracer, settleByKey(tracer, target, key, site), key, value, site);
  if (target instanceof Either) {
    const { mask, yes, no } = target;
    const set = (side: Value) => () => (setMember(tracer, side, key, value, site), {});
    branch(tracer, tracer.boolean(mask), set(yes), set(no), site);
    return;
  }
  if (target instanceof ArrayValue) return setElement(tracer, target, key, value, site);
  if (target instanceof ObjectValue && key !== "__proto__") return tracer.journal.write(target, String(key), value);
  failAt(
    site,
    "unsupported-assignment",
    `The member ${JSON.stringify(key)} can't be assigned here.`,
    "Only elements of arrays and members of plain objects can.",
  );
}

function setElement(tracer: Tracer, array: ArrayValue, key: MemberKey, value: Value, site: Node): void {
  const { length } = array.elements;
  if (key === "length") {
    const wanted = toNumber(tracer, value, site);
    if (typeof wanted !== "number") failAt(site, "shape-on-data", "This length depends on the data.");
    if (wanted > length)
      return pushAll(
        tracer,
        array,
        Array.from({ length: affordable(tracer, wanted - length, site) }, () => undefined),
      );
    for (let i = wanted; i < length; i++) tracer.journal.record(array, i);
    return tracer.journal.write(array, "length", wanted);
  }
  if (typeof key !== "number")
    failAt(site, "unsupported-assignment", `An array can't have the member ${JSON.stringify(key)} in a traced function.`);
  if (array.typed && key >= length) return;
  if (key >= length) {
    affordable(tracer, key - length, site);
    tracer.journal.record(array, "length");
  }
  tracer.journal.write(array, key, array.typed ? toNumber(tracer, value, site) : value);
}

/** The names of an object's own members, in their order. */
export function keysOf(tracer: Tracer, given: Value, site: Node): string[] {
  const value = narrow(tracer, given);
  if (value instanceof Argument) {
    return keysOf(
      tracer,
      tracer.arguments.guess(value) === "array" ? tracer.arguments.array(value, site) : tracer.arguments.object(value, site),
      site,
    );
  }
  if (value instanceof ArrayValue) return value.elements.map((_, i) => String(i));
  if (value instanceof ObjectValue) return value.keys();
  return failAt(site, "not-an-object", "This is no object whose members can be listed.");
}
