import { isOperation, type OperationName, operations } from "../graph/operations.ts";
import { toNumber } from "./operators.ts";
import { failAt } from "./source.ts";
import type { Tracer } from "./tracer.ts";
import { type NativeCall, NativeFunction, type TracedNumber, type Value } from "./values.ts";

type Numeric = number | TracedNumber;

const numbers =
  (call: (tracer: Tracer, args: readonly Numeric[]) => Value): NativeCall =>
  (tracer, args, site) =>
    call(
      tracer,
      args.map((arg) => toNumber(tracer, arg, site)),
    );

/** `Math.max`, `Math.min`: one operation of any number of operands. */
const extreme = (op: "max" | "min") =>
  numbers((tracer, args) => {
    if (args.every((arg) => typeof arg === "number")) return Math[op](...args);
    return args.length === 1 ? args[0] : tracer.apply(op, ...args);
  });

const special: Readonly<Record<string, NativeCall>> = {
  max: extreme("max"),
  min: extreme("min"),
  hypot: numbers((tracer, [first, ...others]) => {
    if (first === undefined) return 0;
    if (others.length === 0) return tracer.apply("abs", first);
    return tracer.apply("hypot", first, ...others);
  }),
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
    return [name, new NativeFunction(`Math.${name}`, call)];
  }),
);
