import type { Node } from "acorn";
import { collect, copyOf } from "../objects/collect.ts";
import { descendsFrom } from "../objects/member-names.ts";
import { arrayLike, isLength, knownLength, methodsOfArrays } from "../objects/members.ts";
import { affordable, makeArray } from "../operators/elements.ts";
import { elementAt } from "../operators/tables.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { ArrayValue, type ElementType } from "../values/arrays.ts";
import { type HostMembers, type NativeCall, NativeFunction } from "../values/functions.ts";
import { narrow, onEither } from "../values/merge.ts";
import { HostObject, ObjectValue } from "../values/objects.ts";
import { Either, type Index, type Value } from "../values/values.ts";

/** `Array(n)`, `Array(a, b, …)`. */
const construct: NativeCall = (tracer, args, site) => {
  const [length] = args;
  if (args.length !== 1 || !isLength(tracer, length)) return tracer.array([...args]);
  return tracer.array(new Array(affordable(tracer, knownLength(tracer, length, site), site)));
};

/** What a constructor goes through. */
export function sourceOf(tracer: Tracer, given: Value, site: Node): ArrayValue {
  const value = narrow(tracer, given);
  return value instanceof ArrayValue ? value : tracer.array([...arrayLike(tracer, value, site)]);
}

/** `of` and `from` of a constructor of arrays. `args`: what a class that extends it is called with by `from`. */
export const makersOf = (type?: ElementType, args?: readonly Value[]): HostMembers => ({
  of: (tracer, args, site, receiver) => makeArray(tracer, receiver, copyOf(tracer, tracer.array([...args]), type, site), site),
  from: (tracer, [from, fn, self], site, receiver) => {
    const source = sourceOf(tracer, from, site);
    const valueAt = (i: Index) => tracer.call(fn, [elementAt(tracer, source, i, site), i], self, site);
    const made = fn === undefined ? copyOf(tracer, source, type, site) : collect(tracer, source.length, type, site, valueAt);
    return makeArray(tracer, receiver, made, site, args);
  },
});

/** `Array.prototype`, for typed arrays, too. */
export const arrayPrototype = new HostObject(new Map(methodsOfArrays));

function isArray(tracer: Tracer, given: Value): Value {
  const value = narrow(tracer, given);
  if (value instanceof Either) return onEither(tracer, value, (side) => isArray(tracer, side));
  return tracer.isArray(value) && !(value instanceof ArrayValue && value.type);
}

export const array = new NativeFunction("Array", construct, {
  construct,
  isInstance: (tracer, value) =>
    (value instanceof ArrayValue && !value.type) ||
    (value instanceof Argument && tracer.isArray(value)) ||
    (value instanceof ObjectValue && descendsFrom(value, arrayPrototype)),
  members: {
    prototype: arrayPrototype,
    isArray: (tracer, [given]) => isArray(tracer, given),
    ...makersOf(undefined, []),
  },
});
