import { collections } from "../objects/collections.ts";
import { functionPrototype } from "../objects/members.ts";
import { string } from "../objects/text.ts";
import { symbol } from "../operators/iterators.ts";
import { toBoolean } from "../operators/operators.ts";
import { failAt, isNative } from "../source/source.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { ArrayValue } from "../values/arrays.ts";
import { hostMembers, isFunctionValue, type NativeCall, NativeFunction, type NativeOptions } from "../values/functions.ts";
import { narrow, onEither } from "../values/merge.ts";
import { HostObject } from "../values/objects.ts";
import { absent, Either, type Slot, type Value } from "../values/values.ts";
import { array } from "./arrays.ts";
import { errorTypes } from "./errors.ts";
import { mathMembers } from "./math.ts";
import { isFinite, isNaN, number, parseFloat, parseInt } from "./numbers.ts";
import { object, reflect } from "./objects.ts";
import { typedArrays } from "./typed-arrays.ts";

const math = new HostObject(mathMembers);

/** What is refused when it is called, as a function or a constructor. */
function refused(name: string, options: NativeOptions): NativeFunction {
  const refuse: NativeCall = (_, __, site) =>
    failAt(site, "unsupported-function", `${name} does not work in a traced function.`, "Use it outside, and close over what it gives.");
  return new NativeFunction(name, refuse, { ...options, construct: refuse });
}

function isView(tracer: Tracer, given: Value): Value {
  const value = narrow(tracer, given);
  if (value instanceof Either) return onEither(tracer, value, (side) => isView(tracer, side));
  if (value instanceof Argument) return ArrayBuffer.isView(tracer.arguments.sample(value.path)) && tracer.isArray(value);
  return value instanceof ArrayValue && value.type !== undefined;
}

const consoleMethods = "assert count debug dir error group groupCollapsed groupEnd info log table time timeEnd trace warn".split(" ");

const usable = hostMembers({
  undefined,
  // What compilers' helpers ask for, and do without.
  Iterator: undefined,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  Number: number,
  Array: array,
  Object: object,
  Reflect: reflect,
  Symbol: symbol,
  Function: refused("Function", { members: { prototype: functionPrototype }, isInstance: (_, value) => isFunctionValue(value) }),
  Boolean: new NativeFunction("Boolean", (tracer, [value], site) => toBoolean(tracer, value, site), {
    construct: (tracer) => tracer.object(),
    // Babel's helpers ask by it whether Reflect.construct works.
    members: { prototype: new HostObject(hostMembers({ valueOf: () => false })) },
  }),
  String: string,
  isNaN,
  isFinite,
  parseFloat,
  parseInt,
  ArrayBuffer: refused("ArrayBuffer", {
    isInstance: () => false,
    members: {
      isView: (tracer, [given]) => isView(tracer, given),
    },
  }),
  // What a function says while it computes is not heard.
  console: new HostObject(hostMembers(Object.fromEntries(consoleMethods.map((name) => [name, () => undefined])))),
  ...Object.fromEntries([...typedArrays, ...errorTypes, ...collections]),
});

/** Functions of the host that have JavaScript source in some hosts. */
export const hostFunctions: readonly string[] = ["fetch", "setTimeout", "setInterval", "structuredClone"];

/** What the language has and the tracer does not: functions may test for it, and fail where they use it. */
const unusable = ["Date", "RegExp", "Promise", "Proxy", "BigInt", "DataView", "JSON", "Intl", ...hostFunctions].map(
  (name) => [name, refused(name, { isInstance: () => false })] as const,
);

const values: ReadonlyMap<string, Value> = new Map<string, Value>([...usable, ...unusable]);

/** What stands outside every function by this name; `absent` where the tracer knows nothing of it. */
export const globalValue = (name: string): Slot => (name === "Math" ? math : values.has(name) ? values.get(name) : absent);

type Place = readonly [path: readonly string[], value: Value];

/** Members, and those of a prototype among them. */
const placesIn = (path: readonly string[], members: ReadonlyMap<string, Value>): Place[] =>
  [...members].flatMap(([key, member]) =>
    member instanceof HostObject ? [[[...path, key], member], ...placesIn([...path, key], member.entries)] : [[[...path, key], member]],
  );

/** Where the tracer's own functions stand in a realm: constructors and their functions, `Math` and its functions. */
const natives = [
  [["Math"], math] satisfies Place,
  [["Reflect"], reflect] satisfies Place,
  ...placesIn(["Reflect"], reflect.entries),
  ...[...mathMembers].map(([name, value]): Place => [["Math", name], value]),
  ...[...values].flatMap(([name, value]) =>
    value instanceof NativeFunction ? [[[name], value] satisfies Place, ...placesIn([name], value.members)] : [],
  ),
].filter((place): place is Place => typeof place[1] === "object");

/** What tells that an object is the host's own. */
const probes: ReadonlyMap<string, string> = new Map([
  ["Math", "sin"],
  ["Reflect", "apply"],
  ["prototype", "constructor"],
]);

/** By the host's functions and `Math` objects. */
const known = new WeakMap<object, Value>();
const realms = new WeakSet<object>();

/** The tracer's own function for one of the host's, or its `Math`. */
export const nativeOf = (value: object): Value => known.get(value);

/** Makes the functions of another realm known (`vm` contexts have a `Math` of their own). Those that a program put there are not. */
export function learnRealm(global: object): void {
  if (realms.has(global)) return;
  realms.add(global);
  for (const [path, value] of natives) {
    let host: unknown = global;
    for (const key of path) host = isHostObject(host) ? Object.getOwnPropertyDescriptor(host, key)?.value : undefined;
    const probe = probes.get(path.at(-1)!);
    const native = probe ? Object.getOwnPropertyDescriptor(host ?? {}, probe)?.value : host;
    if (isHostObject(host) && typeof native === "function" && isNative(native)) known.set(host, value);
  }
}
const isHostObject = (value: unknown): value is object => typeof value === "function" || (typeof value === "object" && value !== null);

learnRealm(globalThis);
