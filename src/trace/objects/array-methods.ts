import type { Node } from "acorn";
import { affordable, elementsOf, kept, makeArray, pushAll, recordLength, replaceAll } from "../operators/elements.ts";
import { iteratorOver, makeIterator } from "../operators/iterators.ts";
import { binary, isSame, joinText, strictlyEqual, toBoolean, toNumber } from "../operators/operators.ts";
import { elementAt } from "../operators/tables.ts";
import { failAt } from "../source/source.ts";
import { branch, type Outcome, valueOf } from "../state/branches.ts";
import { Binding } from "../state/environment.ts";
import { hasNumbers, listsOf, memoryIn } from "../state/memory.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue } from "../values/arrays.ts";
import { isSure, merge, narrow } from "../values/merge.ts";
import { absent, type Index, type TracedBoolean, TracedNumber, type Value } from "../values/values.ts";
import { collect, copyOf, isRun, joined, pick, upTo, walk } from "./collect.ts";

type Method = (tracer: Tracer, array: ArrayValue, args: readonly Value[], site: Node) => Value;

/** An argument that must be known when tracing: a position or a count. */
function position(tracer: Tracer, value: Value, missing: number, site: Node): number {
  if (value === undefined) return missing;
  const number = toNumber(tracer, value, site);
  if (typeof number !== "number")
    failAt(
      site,
      "index-on-data",
      "This position depends on the data.",
      "Use positions that are known, and choose between elements by conditions.",
    );
  return Math.trunc(number) || 0;
}

/** The whole part of a position, NaN as 0, which counts from the end where it is negative. */
function fromEnd(tracer: Tracer, { node }: TracedNumber, length: number): TracedNumber {
  const { apply, constant } = tracer.graph;
  const position = apply("select", apply("eq", node, node), apply("trunc", node), constant(0));
  return new TracedNumber(apply("select", apply("lt", position, constant(0)), apply("add", position, constant(length)), position));
}

/** A position that counts from the end where it is negative, within the array. */
const within = (at: number, length: number) => Math.min(at < 0 ? Math.max(length + at, 0) : at, length);

/** From a first position to before a last. */
const rangeOf = (tracer: Tracer, { length }: ArrayValue, [start, end]: readonly Value[], site: Node): [from: number, to: number] => [
  within(position(tracer, start, 0, site), length),
  within(position(tracer, end, length, site), length),
];

const changeable = (array: ArrayValue, site: Node) => {
  if (array.type)
    failAt(site, "unsupported-function", "A typed array keeps its length.", "Use an array, or make a typed array of the new length.");
  return array;
};

/** `f(element, index, array)` for element `i`, on `self`. */
const visit = (
  tracer: Tracer,
  array: ArrayValue,
  [fn, self]: readonly Value[],
  i: Index,
  site: Node,
  element = elementAt(tracer, array, i, site),
) => tracer.call(fn, [element, i, array.self], self, site);

/** An array of the same kind, by the constructor where that is the user's. */
const alike = (tracer: Tracer, array: ArrayValue, made: Value[] | ArrayValue, site: Node, length = made.length): ArrayValue =>
  makeArray(tracer, array.find("constructor"), made instanceof ArrayValue ? made : tracer.array(made, array.type), site, [length]);

/** Goes through indices until `test` holds; what is found depends on the data where `test` does. */
function search(
  tracer: Tracer,
  indices: readonly number[],
  test: (i: Index) => Value,
  found: (i: Index) => Value,
  otherwise: Value,
  site: Node,
): Value {
  const step = (i: Index, yes: () => Outcome, no: () => Outcome) => branch(tracer, toBoolean(tracer, test(i), site), yes, no, site);
  if (!isRun(indices)) {
    const from = (k: number): Outcome =>
      k === indices.length
        ? { value: otherwise }
        : step(
            indices[k]!,
            () => ({ value: found(indices[k]!) }),
            () => from(k + 1),
          );
    return valueOf(from(0));
  }
  const result = new Binding(tracer.journal.now(), otherwise);
  walk(tracer, indices, site, (i) => {
    const target = tracer.targets.at(-1)!;
    const end = () => {
      tracer.journal.write(result, "", found(i));
      return { signal: { target, value: undefined } };
    };
    return step(i, end, () => ({})).signal;
  });
  return result.slot as Value;
}

/** What is found is the element that was tested, which the test may have changed in the array; a row is the same all the same. */
const find =
  (indicesOf: (array: ArrayValue) => readonly number[]): Method =>
  (tracer, array, args, site) => {
    const indices = indicesOf(array);
    let element: Value;
    const test = (i: Index) => {
      element = elementAt(tracer, array, i, site);
      return visit(tracer, array, args, i, site, element);
    };
    if (array.memory || hasNumbers(array) || !isRun(indices)) return search(tracer, indices, test, () => element, undefined, site);
    const index = search(tracer, indices, test, (i) => i, -1, site) as Index;
    return elementAt(tracer, array, index, site);
  };

const findIndex =
  (indicesOf: (array: ArrayValue) => readonly number[]): Method =>
  (tracer, array, args, site) =>
    search(
      tracer,
      indicesOf(array),
      (i) => visit(tracer, array, args, i, site),
      (i) => i,
      -1,
      site,
    );

const up = ({ length }: ArrayValue) => upTo(length);
const down = (array: ArrayValue) => up(array).reverse();
/** Without holes. */
const present = (tracer: Tracer, array: ArrayValue, site: Node) => {
  const { memory } = array;
  const elements = memory ? [] : array.elements;
  return up(array).filter((i) => memory?.has(i) ?? (i in elements && isSure(tracer, elements[i], site)));
};

function reduce(tracer: Tracer, array: ArrayValue, args: readonly Value[], site: Node, isDown: boolean): Value {
  const indices = isDown ? present(tracer, array, site).reverse() : present(tracer, array, site);
  if (args.length < 2 && indices.length === 0)
    failAt(
      site,
      "empty-reduce",
      "An empty array is reduced without a first value.",
      "Give reduce a first value, as in v.reduce((a, b) => a + b, 0).",
    );
  const result = new Binding(tracer.journal.now(), args.length < 2 ? array.at(indices[0]!) : args[1]);
  const step = (i: Index) => {
    const next = tracer.call(args[0], [result.slot as Value, elementAt(tracer, array, i, site), i, array.self], undefined, site);
    tracer.journal.write(result, "", next);
  };
  walk(tracer, indices.slice(args.length < 2 ? 1 : 0), site, (i) => void step(i));
  return result.slot as Value;
}

function flatten(tracer: Tracer, elements: readonly Value[], depth: number, site: Node): Value[] {
  return elements.flatMap((element) => {
    const inner = narrow(tracer, element);
    return depth > 0 && tracer.isArray(inner) ? flatten(tracer, elementsOf(tracer, inner, site), depth - 1, site) : [element];
  });
}

const indexOf = (tracer: Tracer, array: ArrayValue, indices: readonly number[], wanted: Value, site: Node): Value =>
  search(
    tracer,
    indices,
    (i) => strictlyEqual(tracer, narrow(tracer, elementAt(tracer, array, i, site)), narrow(tracer, wanted), site),
    (i) => i,
    -1,
    site,
  );

/**
 * The elements in order. Where that depends on the data, neighbours are exchanged until it stands, by selects: an odd-even
 * transposition sort, which keeps equal elements in their order.
 */
function sorted(tracer: Tracer, array: ArrayValue, fn: Value, site: Node): Value[] {
  const { length } = array.elements;
  const isAfter = (a: Value, b: Value): boolean | TracedBoolean => {
    if (fn !== undefined) return binary(tracer, ">", tracer.call(fn, [a, b], undefined, site), 0, site) as boolean | TracedBoolean;
    if (array.type !== undefined) return binary(tracer, ">", a, b, site) as boolean | TracedBoolean;
    const [left, right] = [joinText(tracer, [a], site), joinText(tracer, [b], site)];
    if (typeof left === "string" && typeof right === "string") return left > right;
    return failAt(site, "text-on-data", "sort() compares elements as text.", "Compare them as numbers: sort((a, b) => a - b).");
  };
  const elements = [...array.elements];
  for (let round = 0; round < length; round++) {
    for (let i = round % 2; i + 1 < length; i += 2) {
      const [a, b] = [elements[i], elements[i + 1]];
      const swap = isAfter(a, b);
      if (swap === true) [elements[i], elements[i + 1]] = [b, a];
      else if (swap !== false) [elements[i], elements[i + 1]] = [merge(tracer, swap.mask, b, a), merge(tracer, swap.mask, a, b)];
    }
  }
  return elements;
}

/** What a method that changes an array makes of a copy. */
const onCopy =
  (method: string): Method =>
  (tracer, array, args, site) => {
    const copy = copyOf(tracer, array, array.type, site);
    arrayMethods[method]!(tracer, copy, args, site);
    return copy;
  };

export const arrayMethods: Readonly<Record<string, Method>> = {
  map: (tracer, array, args, site) => {
    const valueAt = (i: Index) => visit(tracer, array, args, i, site);
    return alike(tracer, array, collect(tracer, array.length, array.type, site, valueAt, present(tracer, array, site)), site);
  },
  forEach: (tracer, array, args, site) => walk(tracer, present(tracer, array, site), site, (i) => void visit(tracer, array, args, i, site)),
  reduce: (tracer, array, args, site) => reduce(tracer, array, args, site, false),
  reduceRight: (tracer, array, args, site) => reduce(tracer, array, args, site, true),
  filter: (tracer, array, args, site) => {
    const before = memoryIn(array)?.values.node;
    const elements: Value[] = [];
    const indices = present(tracer, array, site).filter((i) => {
      const element = array.at(i);
      const keep = toBoolean(tracer, visit(tracer, array, args, i, site, element), site);
      if (keep === true) elements.push(element);
      if (typeof keep === "boolean") return keep;
      return failAt(
        site,
        "shape-on-data",
        "How many elements filter keeps depends on the data.",
        "Keep them all, and multiply or select by the condition: cond ? value : 0",
      );
    });
    const isUnchanged = before !== undefined && before === memoryIn(array)?.values.node;
    return alike(tracer, array, isUnchanged ? pick(tracer, array, indices, site) : elements, site, 0);
  },
  every: (tracer, array, args, site) =>
    search(
      tracer,
      present(tracer, array, site),
      (i) => tracer.not(toBoolean(tracer, visit(tracer, array, args, i, site), site)),
      () => false,
      true,
      site,
    ),
  some: (tracer, array, args, site) =>
    search(
      tracer,
      present(tracer, array, site),
      (i) => visit(tracer, array, args, i, site),
      () => true,
      false,
      site,
    ),
  find: find(up),
  findIndex: findIndex(up),
  findLast: find(down),
  findLastIndex: findIndex(down),
  indexOf: (tracer, array, [wanted, start], site) =>
    indexOf(
      tracer,
      array,
      present(tracer, array, site).filter((i) => i >= within(position(tracer, start, 0, site), array.length)),
      wanted,
      site,
    ),
  lastIndexOf: (tracer, array, [wanted], site) => indexOf(tracer, array, present(tracer, array, site).reverse(), wanted, site),
  includes: (tracer, array, [wanted], site) =>
    search(
      tracer,
      up(array),
      (i) => isSame(tracer, elementAt(tracer, array, i, site), wanted, site),
      () => true,
      false,
      site,
    ),
  flatMap: (tracer, array, args, site) => {
    const lists = present(tracer, array, site).map((i) => visit(tracer, array, args, i, site));
    return alike(tracer, array, flatten(tracer, lists, 1, site), site, 0);
  },
  flat: (tracer, array, [depth], site) =>
    alike(tracer, array, flatten(tracer, array.elements, Math.min(position(tracer, depth, 1, site), 100), site), site, 0),

  at: (tracer, array, [at], site) => {
    const given = toNumber(tracer, at, site);
    if (given instanceof TracedNumber) return elementAt(tracer, array, fromEnd(tracer, given, array.elements.length), site);
    const i = position(tracer, at, 0, site);
    return array.at(i < 0 ? array.length + i : i);
  },
  slice: (tracer, array, range, site) => {
    const indices = up(array).slice(...rangeOf(tracer, array, range, site));
    return alike(tracer, array, pick(tracer, array, indices, site), site);
  },
  /** Of typed arrays: it shares their memory. */
  subarray: (tracer, array, range, site) => {
    if (!array.type) return failAt(site, "not-a-function", "subarray is a method of typed arrays.", "Call slice, which copies.");
    const [from, to] = rangeOf(tracer, array, range, site);
    const { array: root, offset } = array.view ?? { array, offset: 0 };
    return new ArrayValue(tracer.journal.now(), [], array.type, { array: root, offset: offset + from, length: Math.max(to - from, 0) });
  },
  concat: (tracer, array, args, site) => {
    const parts = [array, ...args].map((part) => {
      const list = narrow(tracer, part);
      if (part !== array && list instanceof ArrayValue && list.type) return [list];
      if (list instanceof ArrayValue && list.memory) return list;
      return typeof list === "object" && list !== null && tracer.isArray(list) ? [...elementsOf(tracer, list, site)] : [list];
    });
    return alike(tracer, array, joined(tracer, parts, array.type, site), site, 0);
  },
  join: (tracer, array, [separator = ","], site) =>
    joinText(
      tracer,
      Array.from(array.elements).flatMap((element, i) => [i === 0 ? "" : separator, element ?? ""]),
      site,
    ),
  toString: (...[tracer, array, , site]: Parameters<Method>) => arrayMethods.join!(tracer, array, [], site),
  entries: (tracer, array) =>
    makeIterator(tracer, { length: () => array.length, at: (i, site) => tracer.array([i, elementAt(tracer, array, i, site)]) }),
  keys: (tracer, array) => makeIterator(tracer, { length: () => array.length, at: (i) => i }),
  values: (tracer, array) => iteratorOver(tracer, array),

  push: (tracer, array, args, site) => {
    if (!changeable(array, site).memory?.push(args)) pushAll(tracer, array, args);
    return array.memory ? array.memory.counted : array.length;
  },
  pop: (tracer, array, _, site) => {
    const { length } = changeable(array, site).elements;
    if (length === 0) return undefined;
    const last = array.at(length - 1);
    recordLength(tracer, array);
    tracer.journal.write(array, length - 1, absent);
    tracer.journal.write(array, "length", length - 1);
    return last;
  },
  shift: (tracer, array, _, site) => {
    const [first, ...others] = changeable(array, site).elements;
    replaceAll(tracer, array, others);
    return first;
  },
  unshift: (tracer, array, args, site) => {
    replaceAll(tracer, changeable(array, site), [...args, ...array.elements]);
    return array.length;
  },
  splice: (tracer, array, [start, count, ...added], site) => {
    const elements = [...changeable(array, site).elements];
    const from = within(position(tracer, start, 0, site), elements.length);
    const removed = elements.splice(from, position(tracer, count, elements.length, site), ...added);
    replaceAll(tracer, array, elements);
    return alike(tracer, array, removed, site);
  },
  reverse: (tracer, array, _, site) => {
    const reversed = pick(tracer, array, down(array), site);
    if (!memoryIn(reversed) || !memoryIn(array)?.replace(...listsOf(tracer, reversed))) replaceAll(tracer, array, reversed.elements);
    return array;
  },
  toReversed: onCopy("reverse"),
  sort: (tracer, array, [fn], site) => {
    replaceAll(tracer, array, sorted(tracer, array, fn, site));
    return array;
  },
  toSorted: onCopy("sort"),
  toSpliced: onCopy("splice"),
  with: (tracer, array, [at, value], site) => {
    const elements = [...array.elements];
    const i = position(tracer, at, 0, site);
    elements[i < 0 ? elements.length + i : i] = kept(tracer, array, value, site);
    return tracer.array(elements, array.type);
  },
  copyWithin: (tracer, array, [target, start, end], site) => {
    const elements = [...array.elements];
    const at = (value: Value, missing: number) => position(tracer, value, missing, site);
    replaceAll(tracer, array, elements.copyWithin(at(target, 0), at(start, 0), at(end, elements.length)));
    return array;
  },
  /** Of typed arrays. */
  set: (tracer, array, [from, offset], site) => {
    const elements = elementsOf(tracer, from, site);
    const start = position(tracer, offset, 0, site);
    if (start < 0 || start + elements.length > array.length) {
      failAt(site, "invalid-length", `${elements.length} elements do not fit from ${start} on.`, "Make the array longer.");
    }
    elements.forEach((element, i) => tracer.journal.write(array, start + i, kept(tracer, array, element, site)));
    return undefined;
  },
  fill: (tracer, array, [value, ...range], site) => {
    const [from, to] = rangeOf(tracer, array, range, site);
    affordable(tracer, Math.max(to - from, 0), site);
    const filling = kept(tracer, array, value, site);
    if (to - from === array.length && array.memory?.fill(filling)) return array;
    for (let i = from; i < to; i++) tracer.journal.write(array, i, filling);
    return array;
  },
};
