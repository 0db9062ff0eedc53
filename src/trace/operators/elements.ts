import type { Node } from "acorn";
import { failAt } from "../source/source.ts";
import { onSides } from "../state/branches.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { sameLength } from "../values/array-choice.ts";
import { ArrayValue } from "../values/arrays.ts";
import { FunctionValue } from "../values/functions.ts";
import { merge, narrow, valueIn } from "../values/merge.ts";
import { CollectionValue, ObjectValue } from "../values/objects.ts";
import { absent, Either, type Slot, TracedText, type Value } from "../values/values.ts";
import { iterate, iteratorKey } from "./iterators.ts";
import { toNumber } from "./operators.ts";

/** Whether the number is an index of an array. */
export const isIndex = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 2 ** 32 - 1;

/** What stands in the array when `value` is written to it. */
export const kept = (tracer: Tracer, { type }: ArrayValue, value: Value, site: Node): Value =>
  type ? type.keep(tracer, toNumber(tracer, value, site)) : value;

/** Remembers the length, which is about to change: it must be known here. */
export function recordLength(tracer: Tracer, array: ArrayValue): void {
  const { journal } = tracer;
  const { length } = array;
  journal.record(array, "length");
  if (array.read("length") === length) return;
  for (let i = length; i < array.most; i++) journal.record(array, i);
  array.write("length", length);
}

/** Adds elements at the end. */
export function pushAll(tracer: Tracer, array: ArrayValue, values: readonly Value[]): void {
  recordLength(tracer, array);
  for (const value of values) tracer.journal.write(array, array.length, value);
}

/** Puts `values` in place of all elements. */
export function replaceAll(tracer: Tracer, array: ArrayValue, values: readonly Value[]): void {
  recordLength(tracer, array);
  for (let i = values.length; i < array.length; i++) tracer.journal.record(array, i);
  for (let i = 0; i < values.length; i++) tracer.journal.write(array, i, i in values ? values[i] : absent);
  tracer.journal.write(array, "length", values.length);
}

/**
 * An array that has been made, as what `constructor` makes, where that is a class of the user's that extends arrays.
 * @param args what the constructor is called with
 */
export function makeArray(
  tracer: Tracer,
  constructor: Slot | undefined,
  array: ArrayValue,
  site: Node,
  args: readonly Value[] = [array.length],
): ArrayValue {
  if (!(constructor instanceof FunctionValue)) return array;
  const made = tracer.call(constructor, args, undefined, site, constructor);
  if (!(made instanceof ArrayValue))
    return failAt(site, "not-a-constructor", `${constructor.name} makes no array here.`, "Let it extend Array.");
  replaceAll(tracer, made, array.elements);
  return made;
}

/** A number of elements that may be made here. */
export function affordable(tracer: Tracer, count: number, site: Node): number {
  if (!isIndex(count)) failAt(site, "invalid-length", `${count} is no length of an array.`, "Lengths are whole numbers from 0 up.");
  tracer.spend(count, site);
  return count;
}

export const keysIn = ({ store, keys }: CollectionValue): Value[] => [...store.entries.keys()].map((text) => keys.get(text));
export const valuesIn = ({ store }: CollectionValue): Value[] => [...store.entries.values()];
export const pairsIn = (tracer: Tracer, collection: CollectionValue): Value[] => {
  const values = valuesIn(collection);
  return keysIn(collection).map((key, i) => tracer.array([key, values[i]]));
};

/** What `...value` and `for (… of value)` go through. */
export function elementsOf(tracer: Tracer, given: Value, site: Node, visible?: number): readonly Value[] {
  const value = narrow(tracer, given);
  if (value instanceof ArrayValue) {
    tracer.spend(value.length, site);
    return Array.from(value.elements, valueIn);
  }
  if (value instanceof Argument) return elementsOf(tracer, tracer.arguments.array(value, site, visible), site);
  if (value instanceof CollectionValue) return value.name === "Map" ? pairsIn(tracer, value) : keysIn(value);
  if (typeof value === "string") return [...value];
  if (value instanceof ObjectValue && value.find(iteratorKey) !== absent) return [...iterate(tracer, value, site, visible)];
  if (value instanceof Either) {
    const [yes, no = yes] = onSides(tracer, value, (side) => elementsOf(tracer, side, site, visible), site) as [Value[], Value[]?];
    sameLength(yes.length, no.length, site);
    return yes.map((element, i) => merge(tracer, value.mask, element, no[i]));
  }
  if (value instanceof TracedText) return value.refuse();
  return failAt(
    site,
    "not-iterable",
    "This is no array or iterator: it can't be iterated, spread or destructured as one.",
    "Use Object.values or Object.entries for an object.",
  );
}
