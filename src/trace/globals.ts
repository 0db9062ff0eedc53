import type { Node } from "acorn";
import { Argument } from "./arguments.ts";
import { affordable, elementsOf } from "./elements.ts";
import { mathMembers } from "./math.ts";
import { getMember, keysOf, setMember } from "./members.ts";
import { isNumeric, narrow } from "./merge.ts";
import { toBoolean, toNumber, toText } from "./operators.ts";
import { failAt, isNative } from "./source.ts";
import type { Tracer } from "./tracer.ts";
import { absent, type NativeCall, NativeFunction, ObjectValue, type Slot, type Value } from "./values.ts";

const native = (name: string, call: NativeCall) => new NativeFunction(name, call);

const isNaN = native("isNaN", (tracer, [value], site) => {
  const x = toNumber(tracer, value, site);
  return typeof x === "number" ? Number.isNaN(x) : tracer.compare("ne", x, x);
});
const isFinite = native("isFinite", (tracer, [value], site) => {
  const x = toNumber(tracer, value, site);
  return typeof x === "number" ? Number.isFinite(x) : tracer.compare("lt", tracer.apply("abs", x), Number.POSITIVE_INFINITY);
});
const isInteger = native("isInteger", (tracer, [value], site) => {
  const x = toNumber(tracer, value, site);
  if (typeof x === "number") return Number.isInteger(x);
  const whole = tracer.compare("eq", tracer.apply("floor", x), x);
  return tracer.combine("and", whole, isFinite.call(tracer, [x], site) as boolean);
});

/** `Number.isNaN` and its like are false for what is no number. */
const ofNumbers = ({ name, call }: NativeFunction) =>
  native(name, (tracer, args, site) => {
    const value = narrow(tracer, args[0]);
    return (isNumeric(value) || value instanceof Argument) && call(tracer, [value], site);
  });

/** `Array(n)`, `Array(a, b, …)`. */
const makeArray: NativeCall = (tracer, args, site) => {
  const [length] = args;
  if (args.length !== 1 || typeof length !== "number") return tracer.array([...args]);
  return tracer.array(Array.from({ length: affordable(tracer, length, site) }, () => undefined));
};

const fromArrayLike = (tracer: Tracer, given: Value, site: Node): readonly Value[] => {
  const value = narrow(tracer, given);
  if (!(value instanceof ObjectValue)) return elementsOf(tracer, value, site);
  const length = toNumber(tracer, getMember(tracer, value, "length", site), site);
  if (typeof length !== "number") return failAt(site, "shape-on-data", "This length depends on the data.");
  return Array.from({ length: affordable(tracer, Math.trunc(length) || 0, site) }, (_, i) => getMember(tracer, value, i, site));
};

const array = new NativeFunction("Array", makeArray, {
  construct: makeArray,
  members: new Map<string, Value>([
    ["isArray", native("isArray", (tracer, [value]) => tracer.isArray(narrow(tracer, value)))],
    ["of", native("of", (tracer, args) => tracer.array([...args]))],
    [
      "from",
      native("from", (tracer, [from, fn], site) => {
        const elements = fromArrayLike(tracer, from, site);
        return tracer.array(
          fn === undefined ? [...elements] : elements.map((element, i) => tracer.call(fn, [element, i], undefined, site)),
        );
      }),
    ],
  ]),
});

const float64Array = new NativeFunction("Float64Array", (_, __, site) => failAt(site, "not-a-function", "Float64Array needs new."), {
  construct: (tracer, [from], site) => {
    if (typeof from === "number")
      return tracer.array(
        Array.from({ length: affordable(tracer, from, site) }, () => 0),
        true,
      );
    const elements = from === undefined ? [] : fromArrayLike(tracer, from, site);
    return tracer.array(
      elements.map((element) => toNumber(tracer, element, site)),
      true,
    );
  },
  members: new Map(
    ["of", "from"].map((name) => [
      name,
      native(name, (tracer, args, site) => {
        const made = (array.members.get(name) as NativeFunction).call(tracer, args, site);
        return tracer.array(
          elementsOf(tracer, made, site).map((element) => toNumber(tracer, element, site)),
          true,
        );
      }),
    ]),
  ),
});

const entriesOf = (tracer: Tracer, object: Value, site: Node) =>
  keysOf(tracer, object, site).map((key) => [key, memberOf(tracer, object, key, site)] as const);
const memberOf = (tracer: Tracer, object: Value, key: string, site: Node) =>
  getMember(tracer, object, tracer.isArray(narrow(tracer, object)) ? Number(key) : key, site);

const object = new NativeFunction("Object", (_, __, site) => failAt(site, "unsupported-function", "Object does not work as a function."), {
  members: new Map<string, Value>([
    ["keys", native("keys", (tracer, [from], site) => tracer.array(keysOf(tracer, from, site)))],
    ["values", native("values", (tracer, [from], site) => tracer.array(entriesOf(tracer, from, site).map(([, value]) => value)))],
    [
      "entries",
      native("entries", (tracer, [from], site) => tracer.array(entriesOf(tracer, from, site).map((entry) => tracer.array([...entry])))),
    ],
    [
      "fromEntries",
      native("fromEntries", (tracer, [from], site) => {
        const pairs = elementsOf(tracer, from, site).map((pair) => elementsOf(tracer, pair, site));
        return tracer.object(new Map(pairs.map(([key, value]) => [toText(tracer, key, site), value])));
      }),
    ],
    [
      "assign",
      native("assign", (tracer, [target, ...sources], site) => {
        for (const source of sources) {
          for (const [key, value] of entriesOf(tracer, source, site)) setMember(tracer, target, key, value, site);
        }
        return target;
      }),
    ],
    ["freeze", native("freeze", (_, [value]) => value)],
  ]),
});

const numberConstants = [
  "EPSILON",
  "MAX_VALUE",
  "MIN_VALUE",
  "MAX_SAFE_INTEGER",
  "MIN_SAFE_INTEGER",
  "POSITIVE_INFINITY",
  "NEGATIVE_INFINITY",
  "NaN",
] as const;
const number = new NativeFunction("Number", (tracer, args, site) => (args.length === 0 ? 0 : toNumber(tracer, args[0], site)), {
  members: new Map<string, Value>([
    ...numberConstants.map((name) => [name, Number[name]] as const),
    ...[isNaN, isFinite, isInteger].map((fn) => [fn.name, ofNumbers(fn)] as const),
  ]),
});

const makeError: NativeCall = (tracer, [message], site) =>
  tracer.object(new Map([["message", message === undefined ? "" : toText(tracer, message, site)]]));
const error = (name: string) => new NativeFunction(name, makeError, { construct: makeError });

const math = new ObjectValue(0, new Map(), {
  member: (name) => mathMembers.get(name) ?? absent,
  keys: () => mathMembers.keys(),
});

const values: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["undefined", undefined],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["Number", number],
  ["Array", array],
  ["Object", object],
  ["Float64Array", float64Array],
  ["Boolean", native("Boolean", (tracer, [value], site) => toBoolean(tracer, value, site))],
  ["String", native("String", (tracer, [value], site) => toText(tracer, value, site))],
  ["isNaN", isNaN],
  ["isFinite", isFinite],
  ...["Error", "TypeError", "RangeError"].map((name) => [name, error(name)] as const),
]);

/** What stands outside every function by this name; `absent` where the tracer knows nothing of it. */
export const globalValue = (name: string): Slot => (name === "Math" ? math : values.has(name) ? values.get(name) : absent);

/** Where the tracer's own functions stand in a realm. */
const natives: readonly (readonly [path: readonly string[], value: Value])[] = [
  [["Math"], math],
  ...[...mathMembers].filter(([, value]) => value instanceof NativeFunction).map(([name, value]) => [["Math", name], value] as const),
  [["Number"], number],
  [["Array"], array],
  [["Object"], object],
  [["Float64Array"], float64Array],
  [["isNaN"], isNaN],
  [["isFinite"], isFinite],
  [["Number", "isNaN"], ofNumbers(isNaN)],
  [["Number", "isFinite"], ofNumbers(isFinite)],
  [["Array", "isArray"], array.members.get("isArray")],
];

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
    const native = path.at(-1) === "Math" ? Object.getOwnPropertyDescriptor(host ?? {}, "sin")?.value : host;
    if (isHostObject(host) && typeof native === "function" && isNative(native)) known.set(host, value);
  }
}
const isHostObject = (value: unknown): value is object => typeof value === "function" || (typeof value === "object" && value !== null);

learnRealm(globalThis);
