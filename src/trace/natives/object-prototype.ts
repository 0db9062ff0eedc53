import { descendsFrom, hasOwn } from "../objects/member-names.ts";
import type { Tracer } from "../state/tracer.ts";
import { type NativeCall, NativeFunction, ownerOf } from "../values/functions.ts";
import { kindOf } from "../values/kinds.ts";
import { merge, narrow, onEither } from "../values/merge.ts";
import { HostObject, ObjectValue } from "../values/objects.ts";
import { Either, TracedNumber, type Value } from "../values/values.ts";

/** What `Object.prototype.toString` says. */
function textOf(tracer: Tracer, given: Value): Value {
  const value = narrow(tracer, given);
  if (value instanceof Either) return onEither(tracer, value, (side) => textOf(tracer, side));
  const error = tracer.global("Error") as NativeFunction;
  const isError = value instanceof ObjectValue && descendsFrom(value, error.members.get("prototype") as ObjectValue);
  const text = `[object ${isError ? "Error" : kindOf(tracer, value)}]`;
  return value instanceof TracedNumber ? merge(tracer, tracer.maskOf(tracer.isMissing(value)), "[object Undefined]", text) : text;
}

const methods: readonly (readonly [name: string, call: NativeCall])[] = [
  ["hasOwnProperty", (tracer, [key], site, object) => hasOwn(tracer, object, key, site)],
  [
    "propertyIsEnumerable",
    (tracer, [key], site, object) =>
      tracer.combine("and", hasOwn(tracer, object, key, site), !ownerOf(narrow(tracer, object))?.hidden.has(String(key))),
  ],
  [
    "isPrototypeOf",
    (_, [value], __, object) => value instanceof ObjectValue && object instanceof ObjectValue && descendsFrom(value, object),
  ],
  ["toString", (tracer, _, __, object) => textOf(tracer, object)],
  ["valueOf", (_, __, ___, object) => object],
];

/** `Object.prototype`. */
export const objectPrototype: HostObject = new HostObject(new Map(methods.map(([name, call]) => [name, new NativeFunction(name, call)])));
