import type { NodeId } from "../graph/graph.ts";
import { IteratorValue } from "./iterators.ts";
import { isBoolean, isNumeric } from "./merge.ts";
import type { Tracer } from "./tracer.ts";
import { ArrayValue, absent, ObjectValue, type Slot, type Store, TracedBoolean, TracedNumber, TracedText, type Value } from "./values.ts";

/**
 * Thrown, and caught where loops are traced: a value can't be a state of a loop. Perhaps it can in later turns; or if two or
 * three turns are taken as one, where they exchange arrays.
 */
export class NoState extends Error {
  readonly remedy?: "later" | "together";
  constructor(remedy?: "later" | "together") {
    super("no state");
    this.remedy = remedy;
  }
}

/** What a turn begins with in place of a value: the same structure, with symbols for its numbers and booleans. */
export function symbolFor(tracer: Tracer, value: Slot): Value {
  const given = tracer.arguments.settled(value, undefined);
  if (isNumeric(given)) return new TracedNumber(tracer.graph.state(false));
  if (isBoolean(given)) return new TracedBoolean(tracer.graph.state(true));
  return rebuilt(tracer, given, (part) => symbolFor(tracer, part));
}

/** The nodes of a value's numbers and booleans, which must have the structure of `symbol`. */
export function nodesOf(tracer: Tracer, value: Slot, symbol: Value): NodeId[] {
  const given = tracer.arguments.settled(value, undefined);
  if (isNumeric(symbol) && isNumeric(given)) return [tracer.nodeOf(given)];
  if (isBoolean(symbol) && isBoolean(given)) return [tracer.maskOf(given)];
  const [parts, others] = [partsOf(given), partsOf(symbol)];
  if (parts.length !== others.length || parts.some(([key], index) => key !== others[index]![0]) || fixedText(given) !== fixedText(symbol))
    throw new NoState();
  return parts.flatMap(([, part], index) => nodesOf(tracer, part, others[index]![1]));
}

/** A value of the structure of `symbol`, with the next nodes for its numbers and booleans. */
export function valueFrom(tracer: Tracer, nodes: Iterator<NodeId>, symbol: Value): Value {
  if (isNumeric(symbol)) return tracer.number(nodes.next().value!);
  if (isBoolean(symbol)) return tracer.boolean(nodes.next().value!);
  return rebuilt(tracer, symbol, (part) => valueFrom(tracer, nodes, part));
}

/** The arrays and objects that a value is made of. */
export function* storesIn(value: Slot): Generator<Store> {
  if (!(value instanceof ArrayValue || value instanceof ObjectValue)) return;
  yield value;
  for (const [, part] of partsOf(value)) yield* storesIn(part);
}

/** Whether two slots hold the same. */
export const isSame = (a: Slot, b: Slot): boolean =>
  Object.is(a, b) ||
  (a instanceof TracedNumber && b instanceof TracedNumber && a.node === b.node) ||
  (a instanceof TracedBoolean && b instanceof TracedBoolean && a.mask === b.mask);

/** Own members, those that are not listed, too. */
const membersOf = (object: ObjectValue): [string, Value][] =>
  [...object.keys(), ...object.hidden].flatMap((key) => {
    const slot = object.read(key);
    return slot === absent ? [] : [[key, slot]];
  });

/** An error's message stays what it is, from turn to turn. */
const isFixed = (object: ObjectValue, key: string, part: Value): boolean =>
  object.hidden.has(key) && (typeof part === "string" || part instanceof TracedText);
const fixedIn = (value: Slot): [string, Value][] =>
  value instanceof ObjectValue ? membersOf(value).filter(([key, part]) => isFixed(value, key, part)) : [];
const fixedText = (value: Slot): string =>
  JSON.stringify(fixedIn(value).map(([key, text]) => [key, typeof text === "string" ? text : null]));

function partsOf(value: Slot): [string | number, Value][] {
  if (value instanceof ArrayValue && value.isPlain) return Array.from(value.elements, (element, index) => [index, element]);
  if (value instanceof ObjectValue && !(value instanceof IteratorValue))
    return membersOf(value).filter(([key, part]) => !isFixed(value, key, part));
  throw new NoState("later");
}

function rebuilt(tracer: Tracer, value: Slot, map: (part: Value) => Value): Value {
  const parts = partsOf(value);
  if (value instanceof ArrayValue) {
    const elements = parts.map(([, part]) => map(part));
    return tracer.array(elements, value.type);
  }
  const { prototype, hidden } = value as ObjectValue;
  const made = tracer.object(new Map(), prototype);
  for (const [key, part] of parts.map(([key, part]) => [String(key), map(part)] as const).concat(fixedIn(value))) {
    if (hidden.has(key)) made.hide(key, part);
    else made.write(key, part);
  }
  return made;
}
