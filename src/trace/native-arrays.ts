import type { Node } from "acorn";
import { Argument } from "./arguments.ts";
import { affordable, makeArray } from "./elements.ts";
import { arrayLike, descendsFrom, isLength, knownLength, methodsOfArrays } from "./members.ts";
import { narrow } from "./merge.ts";
import type { Tracer } from "./tracer.ts";
import { ArrayValue, type HostMembers, HostObject, type NativeCall, NativeFunction, ObjectValue, type Value } from "./values.ts";

/** `Array(n)`, `Array(a, b, …)`. */
const construct: NativeCall = (tracer, args, site) => {
  const [length] = args;
  if (args.length !== 1 || !isLength(tracer, length)) return tracer.array([...args]);
  return tracer.array(new Array(affordable(tracer, knownLength(tracer, length, site), site)));
};

/** `of` and `from` of a constructor that makes its arrays by `make`; `args`: what a class that extends it is called with. */
export const makersOf = (make: (tracer: Tracer, elements: Value[], site: Node, receiver: Value, args?: Value[]) => Value): HostMembers => ({
  of: (tracer, args, site, receiver) => make(tracer, [...args], site, receiver),
  from: (tracer, [from, fn, self], site, receiver) => {
    const elements = arrayLike(tracer, from, site);
    const mapped = fn === undefined ? [...elements] : elements.map((element, i) => tracer.call(fn, [element, i], self, site));
    return make(tracer, mapped, site, receiver, []);
  },
});

/** `Array.prototype`, for typed arrays, too. */
export const arrayPrototype = new HostObject(new Map(methodsOfArrays));

export const array = new NativeFunction("Array", construct, {
  construct,
  isInstance: (tracer, value) =>
    (value instanceof ArrayValue && !value.type) ||
    (value instanceof Argument && tracer.isArray(value)) ||
    (value instanceof ObjectValue && descendsFrom(value, arrayPrototype)),
  members: {
    prototype: arrayPrototype,
    isArray: (tracer, [given]) => {
      const value = narrow(tracer, given);
      return tracer.isArray(value) && !(value instanceof ArrayValue && value.type);
    },
    ...makersOf((tracer, elements, site, receiver, args) => makeArray(tracer, receiver, elements, undefined, site, args)),
  },
});
