import type { Node } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import { affordable, elementsOf } from "../operators/elements.ts";
import { joinText, longestText, refuseLength } from "../operators/operators.ts";
import { failAt } from "../source/source.ts";
import { NativeFunction } from "../values/functions.ts";
import { narrow } from "../values/merge.ts";
import type { TracedNumber, Value } from "../values/values.ts";

type HostMethod = (this: unknown, ...args: readonly unknown[]) => Value | string[];

/** The host's own methods, as they are before any program changes them. */
const methodsOf = (prototype: object, names: string): ReadonlyMap<string, HostMethod> =>
  new Map(names.split(" ").map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)?.value]));

/** Methods that only read: enough for flags and names. */
const ofText = methodsOf(
  String.prototype,
  "at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf padEnd padStart repeat slice split startsWith " +
    "substring toLowerCase toString toUpperCase trim trimEnd trimStart",
);
const ofNumbers = methodsOf(Number.prototype, "toExponential toFixed toPrecision toString valueOf");

/** Whether every number has a method of this name that makes text of it. */
export const isNumberMethod = (key: string | number): key is string => key !== "valueOf" && ofNumbers.has(String(key));

/** A method of strings or numbers: of one that is known, with arguments that are. */
const textMethod = (name: string, host: HostMethod) =>
  new NativeFunction(name, (tracer, args, site, receiver) => {
    const value = narrow(tracer, receiver);
    // Compilers make it of templates.
    if (name === "concat") return joinText(tracer, [value, ...args], site);
    const isKnown = (part: Value) => part === undefined || typeof part === "string" || typeof part === "number";
    if (value === undefined || ![value, ...args].every(isKnown)) {
      failAt(site, "text-on-data", `${name} needs strings and numbers that are known here.`, "Choose by conditions on the numbers.");
    }
    const count = name === "repeat" ? Number(args[0]) * String(value).length : name.startsWith("pad") ? Number(args[0]) : 0;
    if (count > longestText) refuseLength(site);
    try {
      const result = Reflect.apply(host, value, args);
      if (Array.isArray(result)) return tracer.array(result.slice(0, affordable(tracer, result.length, site)));
      return typeof result === "string" && result.length > longestText ? refuseLength(site) : result;
    } catch (error) {
      if (error instanceof EpsilaneError) throw error;
      return failAt(site, "thrown", `The function throws: ${(error as Error).message}`, "Use an argument that the method takes.");
    }
  });

/** `text[key]` on a string that is known. */
export function textMember(text: string, key: string | number, site: Node): Value {
  if (key === "length") return text.length;
  if (typeof key === "number") return text[key];
  const host = ofText.get(key);
  if (host) return textMethod(key, host);
  return failAt(
    site,
    "unsupported-function",
    `The string method ${key} does not work in a traced function.`,
    `These do: ${[...ofText.keys()].join(", ")}.`,
  );
}

/** `number[key]`: its methods need a number that is known; what is no method is not there. */
export function numberMember(value: number | TracedNumber, key: string | number, site: Node): Value {
  const host = ofNumbers.get(String(key));
  if (host && typeof value === "number") return textMethod(String(key), host);
  if (!(key in Number.prototype)) return undefined;
  return failAt(
    site,
    "unsupported-member",
    `A number has no member ${JSON.stringify(key)} in a traced function.`,
    "Use operators and Math's functions on it.",
  );
}

/** `String`. */
export const string = new NativeFunction("String", (tracer, args, site) => joinText(tracer, args.slice(0, 1), site), {
  members: {
    raw: (tracer, [texts, ...values], site) => {
      const parts = elementsOf(tracer, tracer.getMember(texts, "raw", site), site);
      const between = values.slice(0, Math.max(parts.length - 1, 0));
      return joinText(
        tracer,
        parts.flatMap((part, i) => [part, ...between.slice(i, i + 1)]),
        site,
      );
    },
  },
});
