import type { Node } from "acorn";
import { isOperation, type OperationName, operations } from "../../graph/operations.ts";
import { joined } from "../objects/collect.ts";
import { foldMany } from "../objects/folds.ts";
import { toNumber } from "../operators/operators.ts";
import { failAt } from "../source/source.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue } from "../values/arrays.ts";
import { type NativeCall, NativeFunction, type PartsCall } from "../values/functions.ts";
import type { Numeric, Value } from "../values/values.ts";

const numbers =
  (call: (tracer: Tracer, args: readonly Numeric[], site: Node) => Value): NativeCall =>
  (tracer, args, site) =>
    call(
      tracer,
      args.map((arg) => toNumber(tracer, arg, site)),
      site,
    );

/** `Math.max`, `Math.min`: one operation of any number of operands. */
const extreme = (op: "max" | "min") =>
  numbers((tracer, args, site) => {
    if (args.every((arg) => typeof arg === "number")) return Math[op](...args);
    return args.length === 1 ? args[0] : (foldMany(tracer, op, tracer.array([...args]), site) ?? tracer.apply(op, ...args));
  });

const special: Readonly<Record<string, NativeCall>> = {
  max: extreme("max"),
  min: extreme("min"),
  hypot: numbers((tracer, args, site) => {
    if (args.length === 0) return 0;
    if (args.length === 1) return tracer.apply("abs", ...args);
    return foldMany(tracer, "hypot", tracer.array([...args]), site) ?? tracer.apply("hypot", ...args);
  }),
};

/** The same for arrays of the graph that are spread, and the numbers between them. */
const onParts =
  (op: "max" | "min" | "hypot"): PartsCall =>
  (tracer, parts, site) => {
    const numbers = parts.map((part) => (part instanceof ArrayValue ? part : part.map((arg) => toNumber(tracer, arg, site))));
    const all = joined(tracer, numbers, undefined, site);
    return foldMany(tracer, op, all, site) ?? tracer.apply(op, ...(all.elements as Numeric[]));
  };

/** A function of `Math` that is an operation of the graph. */
const operation =
  (op: OperationName): NativeCall =>
  (tracer, args, site) =>
    tracer.apply(op, ...Array.from({ length: operations[op].arity }, (_, i) => toNumber(tracer, args[i], site)));

const refuse =
  (name: string): NativeCall =>
  (_, __, site) =>
    name === "random"
      ? failAt(
          site,
          "unsupported-function",
          "Math.random gives another number at every call, so it has no derivative.",
          "Make the random numbers before, and hand them over as an argument.",
        )
      : failAt(site, "unsupported-function", `Math.${name} does not work in a traced function.`, "Write it with the functions that do.");

/** The members of `Math`. */
export const mathMembers: Map<string, Value> = new Map(
  Object.getOwnPropertyNames(Math).map((name): [string, Value] => {
    const member = Object.getOwnPropertyDescriptor(Math, name)?.value as unknown;
    if (typeof member === "number") return [name, member];
    const call = Object.hasOwn(special, name) ? special[name]! : isOperation(name) ? operation(name) : refuse(name);
    const isFold = name === "max" || name === "min" || name === "hypot";
    return [name, new NativeFunction(`Math.${name}`, call, isFold ? { onParts: onParts(name) } : {})];
  }),
);
