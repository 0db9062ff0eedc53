import { Argument } from "./arguments.ts";
import { arrayMethods } from "./array-methods.ts";
import { affordable } from "./elements.ts";
import { arrayLike, arrayMethod } from "./members.ts";
import { narrow } from "./merge.ts";
import { ArrayValue, HostObject, type NativeCall, NativeFunction, type Value } from "./values.ts";

const native = (name: string, call: NativeCall) => new NativeFunction(name, call);

/** `Array(n)`, `Array(a, b, …)`. */
const makeArray: NativeCall = (tracer, args, site) => {
  const [length] = args;
  if (args.length !== 1 || typeof length !== "number") return tracer.array([...args]);
  return tracer.array(Array.from({ length: affordable(tracer, length, site) }, () => undefined));
};

const prototype = new HostObject(new Map(Object.keys(arrayMethods).map((name) => [name, arrayMethod(name)])));

export const array = new NativeFunction("Array", makeArray, {
  construct: makeArray,
  isInstance: (tracer, value) => (value instanceof ArrayValue && !value.type) || (value instanceof Argument && tracer.isArray(value)),
  members: new Map<string, Value>([
    ["prototype", prototype],
    [
      "isArray",
      native("isArray", (tracer, [given]) => {
        const value = narrow(tracer, given);
        return tracer.isArray(value) && !(value instanceof ArrayValue && value.type);
      }),
    ],
    ["of", native("of", (tracer, args) => tracer.array([...args]))],
    [
      "from",
      native("from", (tracer, [from, fn], site) => {
        const elements = arrayLike(tracer, from, site);
        return tracer.array(
          fn === undefined ? [...elements] : elements.map((element, i) => tracer.call(fn, [element, i], undefined, site)),
        );
      }),
    ],
  ]),
});
