import type { Node } from "acorn";
import { count } from "../loops/run-loop.ts";
import { kept } from "../operators/elements.ts";
import { binary, toNumber } from "../operators/operators.ts";
import { elementAt, setElementAt } from "../operators/tables.ts";
import type { Signal } from "../state/branches.ts";
import { arrayIn, memoryIn } from "../state/memory.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue, type ElementType } from "../values/arrays.ts";
import type { Index, Value } from "../values/values.ts";

/** Arrays are gone through, and made, element by element: as a loop, where there are many. */

/** So few are always gone through one by one. */
const few = 8;
/** More elements than these are not read one by one to be copied, where they are in the graph. */
const many = 64;

/** Whether there are many indices, each next to the one before, all up or all down. */
export function isRun(indices: readonly number[]): boolean {
  const { length } = indices;
  return (
    length > few &&
    Math.abs(indices[1]! - indices[0]!) === 1 &&
    indices[length - 1] === indices[0]! + (indices[1]! - indices[0]!) * (length - 1)
  );
}

/** Goes through indices, which do not come back to where they were. `isLong`: not one by one, if that can be. */
export function walk(
  tracer: Tracer,
  indices: readonly number[],
  site: Node,
  visit: (index: Index) => Signal | undefined,
  isLong = false,
): undefined {
  const [first = 0, second = 0] = indices;
  if (!isRun(indices)) for (const index of indices) visit(index);
  else {
    const isUp = second > first;
    const turn = (k: Index) => visit(isUp ? k : (binary(tracer, "-", first, k, site) as Index));
    const start = isUp ? first : 0;
    count(tracer, site, [], start, () => start + indices.length, turn, isLong);
  }
}

export const upTo = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** `made[index] = value`, within the array. */
function put(tracer: Tracer, made: ArrayValue, index: Index, value: Value, site: Node): undefined {
  const element = kept(tracer, made, value, site);
  if (typeof index !== "number") setElementAt(tracer, made, index, element, site);
  else if (!made.memory?.write(index, element)) tracer.journal.write(made, index, element);
}

/** A new array with an element at each of `indices`, else holes. */
export function collect(
  tracer: Tracer,
  length: number,
  type: ArrayValue["type"],
  site: Node,
  valueAt: (index: Index) => Value,
  indices = upTo(length),
  isLong = false,
): ArrayValue {
  const elements = new Array<Value>(length);
  // They are all there from the first turn of a loop on.
  for (const index of indices) elements[index] = 0;
  const made = tracer.array(elements, type);
  walk(tracer, indices, site, (index) => put(tracer, made, index, valueAt(index), site), isLong);
  return made;
}

/** A new array with the elements of another at `indices`, in that order. */
export function pick(tracer: Tracer, array: ArrayValue, indices: readonly number[], site: Node, type = array.type): ArrayValue {
  const memory = memoryIn(array);
  const { length } = array;
  if (!memory || indices.length <= many || !upTo(length).every((i) => memory.has(i))) {
    const { elements } = array;
    const picked = new Array<Value>(indices.length);
    indices.forEach((from, to) => {
      if (from in elements) picked[to] = elements[from];
    });
    return tracer.array(picked, type);
  }
  const isAll = indices.length === memory.room && indices.every((from, to) => from === to);
  if (isAll) return arrayIn(tracer, tracer.journal.now(), type, memory.values.node, memory.presence.node);
  const places = tracer.array([...indices]);
  const valueAt = (i: Index) => elementAt(tracer, array, elementAt(tracer, places, i, site) as Index, site);
  return collect(tracer, indices.length, type, site, valueAt, undefined, true);
}

/** A new array of a type with the elements of another; holes are `undefined` there. */
export function copyOf(tracer: Tracer, source: ArrayValue, type: ElementType | undefined, site: Node): ArrayValue {
  const { length } = source;
  tracer.spend(length, site);
  if (source.memory && (!type || type === source.type)) return pick(tracer, source, upTo(length), site, type);
  if (source.memory) return collect(tracer, length, type, site, (i) => elementAt(tracer, source, i, site));
  return tracer.array(
    Array.from(source.elements, (element) => (type ? type.keep(tracer, toNumber(tracer, element, site)) : element)),
    type,
  );
}

/** A new array with the elements of several, one after the other; `parts`: lists, and arrays in the graph. */
export function joined(tracer: Tracer, parts: readonly (Value[] | ArrayValue)[], type: ArrayValue["type"], site: Node): ArrayValue {
  const filled = parts.filter(({ length }) => length > 0);
  const [first] = filled;
  if (filled.length === 1 && first instanceof ArrayValue) return copyOf(tracer, first, type, site);
  const lists = filled.filter((part) => !(part instanceof ArrayValue));
  if (lists.length === filled.length) return tracer.array(([] as Value[]).concat(...lists), type);
  const made = tracer.array(new Array<Value>(filled.reduce((sum, { length }) => sum + length, 0)).fill(0), type);
  let start = 0;
  for (const part of filled) {
    const [source, offset] = [part instanceof ArrayValue ? part : tracer.array(part), start];
    const copy = (i: Index) => put(tracer, made, binary(tracer, "+", offset, i, site) as Index, elementAt(tracer, source, i, site), site);
    walk(tracer, upTo(part.length), site, copy, part.length > many);
    start += part.length;
  }
  return made;
}
