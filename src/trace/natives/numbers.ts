import type { Node } from "acorn";
import { toNumber, toText } from "../operators/operators.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { type NativeCall, NativeFunction } from "../values/functions.ts";
import { isNumeric, narrow, onEither } from "../values/merge.ts";
import { Either, type Value } from "../values/values.ts";

const native = (name: string, call: NativeCall) => new NativeFunction(name, call);

/** What `use` gives for the first argument, on either side where it is one of two. */
const onFirst = (use: (tracer: Tracer, value: Value, site: Node) => Value): NativeCall => {
  const call: NativeCall = (tracer, [given], site) => {
    const value = narrow(tracer, given);
    return value instanceof Either ? onEither(tracer, value, (side) => call(tracer, [side], site)) : use(tracer, value, site);
  };
  return call;
};

export const isNaN = native("isNaN", (tracer, [value], site) => {
  const x = toNumber(tracer, value, site);
  return typeof x === "number" ? Number.isNaN(x) : tracer.compare("ne", x, x);
});
export const isFinite = native("isFinite", (tracer, [value], site) => {
  const x = toNumber(tracer, value, site);
  return typeof x === "number" ? Number.isFinite(x) : tracer.compare("lt", tracer.apply("abs", x), Number.POSITIVE_INFINITY);
});
const isInteger = native("isInteger", (tracer, [value], site) => {
  const x = toNumber(tracer, value, site);
  if (typeof x === "number") return Number.isInteger(x);
  const whole = tracer.compare("eq", tracer.apply("floor", x), x);
  return tracer.combine("and", whole, isFinite.call(tracer, [x], site) as boolean);
});
const isSafeInteger = native("isSafeInteger", (tracer, [value], site) => {
  const x = toNumber(tracer, value, site);
  if (typeof x === "number") return Number.isSafeInteger(x);
  const small = tracer.compare("le", tracer.apply("abs", x), Number.MAX_SAFE_INTEGER);
  return tracer.combine("and", small, isInteger.call(tracer, [x], site) as boolean);
});

/** A number is itself, whatever it depends on; known text is read. */
const parse = (name: string, read: (text: string) => number) =>
  native(
    name,
    onFirst((tracer, value, site) => (typeof value === "string" ? read(value) : toNumber(tracer, value, site))),
  );
export const parseFloat = parse("parseFloat", Number.parseFloat);
/** A number that depends on the data has no text here, whose digits are what is read. */
export const parseInt = native("parseInt", (tracer, [value, radix], site) =>
  Number.parseInt(toText(tracer, value, site), Number(toNumber(tracer, radix, site))),
);

/** `Number.isNaN` and its like are false for what is no number. */
const ofNumbers = ({ name, call }: NativeFunction) =>
  native(
    name,
    onFirst((tracer, value, site) => {
      const isNumber = value instanceof Argument ? tracer.arguments.guess(value) === "number" && !value.missing : isNumeric(value);
      return isNumber && call(tracer, [value], site);
    }),
  );

const constants = [
  "EPSILON",
  "MAX_VALUE",
  "MIN_VALUE",
  "MAX_SAFE_INTEGER",
  "MIN_SAFE_INTEGER",
  "POSITIVE_INFINITY",
  "NEGATIVE_INFINITY",
  "NaN",
] as const;

export const number = new NativeFunction("Number", (tracer, args, site) => (args.length === 0 ? 0 : toNumber(tracer, args[0], site)), {
  members: {
    ...Object.fromEntries(constants.map((name) => [name, Number[name]])),
    ...Object.fromEntries([isNaN, isFinite, isInteger, isSafeInteger].map((fn) => [fn.name, ofNumbers(fn)])),
    parseFloat,
    parseInt,
  },
});
