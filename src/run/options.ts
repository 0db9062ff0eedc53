import { EpsilaneError } from "../errors.ts";
import type { Scope, Wrt } from "../types.ts";
import type { EngineName } from "./engine.ts";
import { describe } from "./tree.ts";

/** What becomes of points on which the function has no result: an error, or NaN in all that is computed of them. */
export type Invalid = "throw" | "nan";

/** Options of an operator, checked. */
export interface Settings {
  readonly shape?: readonly unknown[];
  readonly wrt?: Wrt;
  readonly scope?: Scope;
  readonly engine?: EngineName;
  readonly invalid?: Invalid;
  readonly maxIterations?: number;
}

/**
 * Refuses what is no object, and names that mean nothing.
 * @throws EpsilaneError `bad-option`, `unknown-option`
 */
export function checkOptions(
  options: unknown,
  names: readonly string[],
  of: string,
): asserts options is Record<string, unknown> | undefined {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options) || ArrayBuffer.isView(options)) {
    throw new EpsilaneError("bad-option", `The options of ${of} must be an object, but are ${describe(options)}.`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const known = names.length > 0 ? `Its options are ${names.join(", ")}.` : "It has none.";
  throw new EpsilaneError("unknown-option", `${of} has no option ${unknown}. ${known}`);
}

const requirements: { readonly [name: string]: readonly [fits: (value: unknown) => boolean, what: string] } = {
  shape: [Array.isArray, "the tuple of example arguments, such as [[0, 0, 0]]"],
  wrt: [isWrt, 'a list of argument indices or paths, such as [0, [1, "focal"]]'],
  scope: [
    (value) => (typeof value === "object" && value !== null && !Array.isArray(value)) || typeof value === "function",
    "an object of names or a function that returns one",
  ],
  engine: [(value) => value === "compiled" || value === "interpreted", '"compiled" or "interpreted"'],
  invalid: [(value) => value === "throw" || value === "nan", '"throw" or "nan"'],
  maxIterations: [
    (value) => Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 31,
    "a whole number from 1 to 2^31 − 1",
  ],
};

/** @throws EpsilaneError `bad-option`, `unknown-option` */
export function readOptions(options: unknown, names: readonly string[], operator: string): Settings {
  checkOptions(options, names, operator);
  for (const name of names) {
    const value = options?.[name];
    const [fits, what] = requirements[name];
    if (value !== undefined && !fits(value)) {
      const isList = Array.isArray(value) && fits([]);
      const wrong = isList ? `has ${describe(value.find((entry) => !fits([entry])))} in it` : `is ${describe(value)}`;
      throw new EpsilaneError("bad-option", `The option ${name} of ${operator} must be ${what}, but ${wrong}.`);
    }
  }
  return { ...(options as Settings) };
}

function isWrt(value: unknown): boolean {
  const isIndex = (key: unknown) => Number.isInteger(key) && (key as number) >= 0;
  const isPath = (path: unknown) => Array.isArray(path) && isIndex(path[0]) && path.every((key) => isIndex(key) || typeof key === "string");
  return Array.isArray(value) && value.every((entry) => isIndex(entry) || isPath(entry));
}
