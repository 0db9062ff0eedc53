import type { Node } from "acorn";
import { failAt } from "../source/source.ts";
import { onBranches, onSides } from "../state/branches.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue } from "../values/arrays.ts";
import { type NativeCall, NativeFunction } from "../values/functions.ts";
import { merge, narrow, narrowNumber } from "../values/merge.ts";
import { HostObject, ObjectValue } from "../values/objects.ts";
import { Either, makeSymbol, type TracedNumber, type Value } from "../values/values.ts";
import { toBoolean } from "./operators.ts";
import { elementAt } from "./tables.ts";

/** What `Symbol.iterator` is as a key. */
export const iteratorKey = makeSymbol("iterator");

/** What `next()` gives. */
export interface Step {
  readonly value: Value;
  readonly done: boolean;
}
const end: Step = { value: undefined, done: true };

/** Values by their position, as they are when it is reached. */
export interface List {
  length(): number;
  at(position: number | TracedNumber, site: Node): Value;
}

/** How an iterator goes on from a position, the number of its steps before, with what is sent; a generator can be ended, too. */
export interface Course {
  step(position: number, how: "next" | "return", sent: Value, site: Node): Step;
  readonly isGenerator?: boolean;
  /** What it goes through, where no code of the user's gives it. */
  readonly list?: List;
  /** Whether code of the user's runs when it ends early. */
  readonly hasCleanup?: boolean;
}

/** An iterator of the language's own. Its position is in the journal: where it depends on the data, it can't go on. */
export class IteratorValue extends ObjectValue {
  readonly course: Course;
  constructor(tracer: Tracer, course: Course) {
    super(tracer.journal.now(), new Map(), undefined, course.isGenerator ? generatorPrototype : iteratorPrototype);
    this.course = course;
    this.hide("position", 0);
  }
  step(tracer: Tracer, how: "next" | "return", sent: Value, site: Node): Step {
    const position = narrowNumber(tracer, this.read("position") as number | TracedNumber);
    if (typeof position !== "number") return refusePosition(site);
    const step = this.course.step(position, how, sent, site);
    tracer.journal.write(this, "position", position + 1);
    return step;
  }
}

export const refusePosition = (site: Node): never =>
  failAt(
    site,
    "shape-on-data",
    "How many values have been taken from this iterator depends on the data.",
    "Take all of them before, and choose between them by conditions.",
  );

type Method = (iterator: IteratorValue, tracer: Tracer, value: Value, site: Node) => Value;

function method(name: string, call: Method): [string, NativeFunction] {
  const fn: NativeFunction = new NativeFunction(name, (tracer, args, site, given) => {
    const receiver = narrow(tracer, given);
    if (receiver instanceof IteratorValue) return call(receiver, tracer, args[0], site);
    if (receiver instanceof Either) return onBranches(tracer, receiver, (side) => fn.call(tracer, args, site, side), site);
    return failAt(site, "not-a-function", `${name} is called on no iterator.`, `Call it as iterator.${name}(…).`);
  });
  return [name, fn];
}
const resultOf = (tracer: Tracer, { value, done }: Step) => tracer.object(new Map(Object.entries({ value, done })));

const iteratorPrototype = new HostObject(
  new Map<string, Value>([
    method("next", (iterator, tracer, sent, site) => resultOf(tracer, iterator.step(tracer, "next", sent, site))),
    method(iteratorKey, (iterator) => iterator),
  ]),
);
const generatorPrototype = new HostObject(
  new Map<string, Value>([
    method("return", (iterator, tracer, value, site) => resultOf(tracer, iterator.step(tracer, "return", value, site))),
  ]),
  undefined,
  iteratorPrototype,
);

/** An iterator over a list. */
export const makeIterator = (tracer: Tracer, list: List): IteratorValue =>
  new IteratorValue(tracer, {
    list,
    step: (position, _, __, site) => (position < list.length() ? { value: list.at(position, site), done: false } : end),
  });

/** An iterator over values, or over an array as it is at each step. */
export function iteratorOver(tracer: Tracer, list: readonly Value[] | ArrayValue): IteratorValue {
  const array = list instanceof ArrayValue ? list : tracer.array([...list]);
  return makeIterator(tracer, { length: () => array.length, at: (i, site) => elementAt(tracer, array, i, site) });
}

const refuseEnd = (site: Node): never =>
  failAt(site, "shape-on-data", "How many values this iterator gives depends on the data.", "Give a fixed number of values.");

/** What an iterator, of the language's own or of the user's, gives next. */
export function stepOf(tracer: Tracer, iterator: Value, sent: Value, site: Node): Step {
  if (iterator instanceof Either) {
    const [one, other = one] = onSides(tracer, iterator, (side) => stepOf(tracer, side, sent, site), site) as [Step, Step?];
    if (one.done !== other.done) refuseEnd(site);
    return { value: merge(tracer, iterator.mask, one.value, other.value), done: one.done };
  }
  if (iterator instanceof IteratorValue) return iterator.step(tracer, "next", sent, site);
  const result = tracer.call(tracer.getMember(iterator, "next", site), sent === undefined ? [] : [sent], iterator, site);
  const done = toBoolean(tracer, tracer.getMember(result, "done", site), site);
  return { value: tracer.getMember(result, "value", site), done: typeof done === "boolean" ? done : refuseEnd(site) };
}

/** What goes through something: a new iterator. */
export const iteratorOf = (tracer: Tracer, value: Value, site: Node): Value =>
  tracer.call(tracer.getMember(value, iteratorKey, site), [], value, site);

const hasCleanup = (tracer: Tracer, iterator: Value, site: Node): boolean =>
  iterator instanceof Either
    ? onSides(tracer, iterator, (side) => hasCleanup(tracer, side, site), site).includes(true)
    : iterator instanceof IteratorValue
      ? !!iterator.course.hasCleanup
      : tracer.getMember(iterator, "return", site) !== undefined;

/** Ends an iterator that has not come to its end. */
export function close(tracer: Tracer, iterator: Value, site: Node): void {
  if (iterator instanceof Either) return void onSides(tracer, iterator, (side) => close(tracer, side, site), site);
  if (iterator instanceof IteratorValue) {
    if (iterator.course.isGenerator) iterator.step(tracer, "return", undefined, site);
    return;
  }
  const cleanup = tracer.getMember(iterator, "return", site);
  if (cleanup !== undefined) tracer.call(cleanup, [], iterator, site);
}

/** Goes through what `value` gives, `most` values at most; ends the iterator where it is left early. */
export function* iterate(tracer: Tracer, value: Value, site: Node, most = Number.POSITIVE_INFINITY): Generator<Value> {
  const iterator = iteratorOf(tracer, value, site);
  const exits = tracer.exitCount();
  let isOpen = true;
  try {
    for (let i = 0; i < most; i++) {
      isOpen = false;
      const step = stepOf(tracer, iterator, undefined, site);
      if (step.done) break;
      isOpen = true;
      yield step.value;
    }
  } finally {
    if (tracer.exitCount() > exits && hasCleanup(tracer, iterator, site)) {
      failAt(
        site,
        "shape-on-data",
        "This iterator does something when it is left early, and whether it is depends on the data.",
        "Go through all of its values.",
      );
    }
    if (isOpen) close(tracer, iterator, site);
  }
}

let symbols = 0;
const make: NativeCall = (_, [name]) => makeSymbol(`${typeof name === "string" ? name : ""} #${++symbols}`);
const named = Object.fromEntries(
  ["iterator", "asyncIterator", "hasInstance", "toPrimitive", "toStringTag"].map((name) => [name, makeSymbol(name)]),
);

export const symbol = new NativeFunction("Symbol", make, {
  members: { ...named, for: (_, [name]) => makeSymbol(`for ${String(name)}`) },
  isInstance: () => false,
});
