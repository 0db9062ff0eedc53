import type { NodeId } from "../../graph/graph.ts";
import { IteratorValue } from "../operators/iterators.ts";
import { chosenBy, indexAmong, isChosen } from "../operators/tables.ts";
import { arrayIn, listsOf, memoryIn, NoState, symbolInMemory } from "../state/memory.ts";
import { isWhole, viewOf } from "../state/row-views.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue } from "../values/arrays.ts";
import { isBoolean, isNumeric, merge, optionsOf } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import {
  absent,
  Either,
  type Holder,
  type Slot,
  Sometimes,
  type Store,
  TracedBoolean,
  TracedNumber,
  TracedText,
  type Value,
} from "../values/values.ts";

/**
 * What a turn begins with in place of a value: the same structure, with symbols for its numbers and booleans.
 * @param after what turns leave there, which may have no value where it has one, or the other way about
 */
export function symbolFor(tracer: Tracer, value: Slot, after: Slot = value): Value {
  const { graph } = tracer;
  const given = settle(tracer, value);
  const sides = [...sidesOf(given), ...sidesOf(settle(tracer, after))];
  const chosen = sides.find(isChosen);
  if (chosen) return chosenBy(chosen, new TracedNumber(graph.state(false)));
  const view = viewOf(given);
  const isRow = view && isWhole(view) && sides.every((side) => viewOf(side)?.form === view.form);
  if (isRow) return view.rows.view(view, new TracedNumber(graph.state(false)), false);
  const isNumberOrNone = sides.every((side) => isNumeric(side) || side === undefined) && sides.some(isNumeric);
  if (isNumberOrNone && sides.some(isLacking)) return new TracedNumber(graph.state(false), graph.state(false));
  if (given instanceof Either) return tracer.where(given.mask, () => symbolFor(tracer, given.yes));
  if (isNumeric(given)) return new TracedNumber(graph.state(false));
  if (isBoolean(given)) return new TracedBoolean(graph.state(true));
  if (given instanceof ArrayValue) {
    const others = sidesOf(after).filter((side) => side instanceof ArrayValue);
    if ([given, ...others].some((each) => memoryIn(each) || viewOf(each)?.isLong))
      return holding(symbolInMemory(tracer, given, others), given);
  }
  // An array is as old as what it stands for.
  const born = given instanceof ArrayValue ? given.born : undefined;
  return holding(
    rebuilt(tracer, given, (part) => symbolFor(tracer, part), born),
    given,
  );
}

/** What stands for a row that others know is not to change either. */
function holding<Given extends Value>(symbol: Given, value: Slot): Given {
  const holder = holderOf(value);
  if (holder) (symbol as Store).held = holder;
  return symbol;
}

const holderOf = (value: Slot): Holder | undefined => viewOf(value)?.rows ?? (value as Partial<Store> | null)?.held;

/** The same for a slot that holds one of some arrays or objects, which stay what they are. */
export const symbolAmong = (tracer: Tracer, choices: readonly Value[]): Value =>
  choices.reduceRight<Value>(
    (rest, choice, index) => (index === choices.length - 1 ? choice : new Either(tracer.graph.state(true), choice, rest)),
    undefined,
  );

/** Arguments of unknown kind are numbers here. */
const settle = (tracer: Tracer, slot: Slot): Slot =>
  slot instanceof Either
    ? new Either(slot.mask, settle(tracer, slot.yes) as Value, settle(tracer, slot.no) as Value)
    : tracer.arguments.settled(slot, undefined);
/** All that a slot may hold. */
const sidesOf = (slot: Slot): Slot[] => (slot instanceof Either ? [...sidesOf(slot.yes), ...sidesOf(slot.no)] : [slot]);
const isLacking = (side: Slot): boolean => side === undefined || (side instanceof TracedNumber && side.presence !== undefined);
/** Whether it may be `undefined`. */
export const mayLack = (slot: Slot): boolean => sidesOf(slot).some(isLacking);

/** The nodes of a value's numbers and booleans, which must have the structure of `symbol`. */
export function nodesOf(tracer: Tracer, value: Slot, symbol: Value): NodeId[] {
  const { graph } = tracer;
  const given = tracer.arguments.settled(value, undefined);
  if (symbol instanceof Either) return choiceOf(tracer, given as Value, symbol);
  const view = viewOf(symbol);
  if (view && !(given instanceof Either)) {
    const row = viewOf(given);
    if (row?.form !== view.form) throw new NoState(true);
    return [tracer.nodeOf(view.rows.place(row))];
  }
  // What a row holds is known in the turn alone.
  if (!view) viewOf(given)?.rows.refuse();
  if (symbol instanceof ArrayValue && symbol.memory) return arraysOf(tracer, given, symbol);
  const holder = holderOf(given);
  if (holder) {
    holder.share();
    (symbol as Store).held = holder;
  }
  if (given instanceof Either) {
    const [yes, no] = tracer.onSides(given, (side) => nodesOf(tracer, side, symbol));
    return yes.map((node, index) => graph.apply("select", given.mask, node, no[index]!));
  }
  if (isChosen(symbol)) {
    const index = indexAmong(given, symbol);
    if (index === undefined) throw new NoState(true);
    return [tracer.nodeOf(index)];
  }
  if (isChosen(given)) throw new NoState(true);
  if (symbol instanceof TracedNumber && symbol.presence !== undefined) {
    if (given === undefined) return [graph.constant(Number.NaN), graph.constant(Number.NaN)];
    if (isNumeric(given)) return [tracer.nodeOf(given), (given as TracedNumber).presence ?? graph.constant(1)];
  }
  if (isNumeric(symbol) && isNumeric(given)) return [tracer.nodeOf(given)];
  if (isBoolean(symbol) && isBoolean(given)) return [tracer.maskOf(given)];
  const [parts, others] = [partsOf(given), partsOf(symbol)];
  if (parts.length !== others.length || parts.some(([key], index) => key !== others[index]![0]) || fixedText(given) !== fixedText(symbol))
    throw new NoState(false);
  return parts.flatMap(([, part], index) => nodesOf(tracer, part, others[index]![1]));
}

/** Those in which the elements of an array are. */
function arraysOf(tracer: Tracer, given: Slot, symbol: ArrayValue): NodeId[] {
  if (!(given instanceof ArrayValue) || given.type !== symbol.type || given.length !== symbol.length) throw new NoState(false);
  const [values, presence] = listsOf(tracer, given);
  const there = memoryIn(symbol)!.presence.node;
  if (isState(tracer, there)) return [values, presence];
  if (presence !== there) throw new NoState(false);
  return [values];
}

const isState = ({ graph }: Tracer, id: NodeId) => graph.nodes[id]!.op === "state";

/** The states that a symbol is made of. */
export function statesOf(tracer: Tracer, symbol: Value): NodeId[] {
  if (symbol instanceof TracedNumber) return symbol.presence === undefined ? [symbol.node] : [symbol.node, symbol.presence];
  if (symbol instanceof TracedBoolean) return [symbol.mask];
  if (isChosen(symbol)) return statesOf(tracer, symbol.choice.index);
  const view = viewOf(symbol);
  if (view) return statesOf(tracer, view.row);
  if (symbol instanceof Either) return [symbol.mask, ...(symbol.no instanceof Either ? statesOf(tracer, symbol.no) : [])];
  if (symbol instanceof ArrayValue && symbol.memory) return listsOf(tracer, symbol).filter((id) => isState(tracer, id));
  return partsOf(symbol).flatMap(([, part]) => statesOf(tracer, part));
}

/** The masks that tell which of the symbol's choices a value is. */
function choiceOf(tracer: Tracer, value: Value, symbol: Value): NodeId[] {
  const options = optionsOf(tracer, value);
  const masks: NodeId[] = [];
  let rest = symbol;
  for (; rest instanceof Either; rest = rest.no) {
    masks.push(tracer.maskOf(options.get(rest.yes)?.mask ?? false));
    options.delete(rest.yes);
  }
  options.delete(rest);
  if (options.size > 0) throw new NoState(false);
  return masks;
}

/** A value of the structure of `symbol`, with the next nodes for its numbers and booleans. */
export function valueFrom(tracer: Tracer, nodes: Iterator<NodeId>, symbol: Value): Value {
  if (symbol instanceof Either)
    return merge(tracer, nodes.next().value!, symbol.yes, symbol.no instanceof Either ? valueFrom(tracer, nodes, symbol.no) : symbol.no);
  if (isNumeric(symbol)) {
    const node = nodes.next().value!;
    return tracer.number(node, (symbol as TracedNumber).presence === undefined ? undefined : nodes.next().value);
  }
  if (isBoolean(symbol)) return tracer.boolean(nodes.next().value!);
  if (isChosen(symbol)) return chosenBy(symbol, new TracedNumber(nodes.next().value!));
  const view = viewOf(symbol);
  if (view) return view.rows.view(view, tracer.number(nodes.next().value!), true);
  if (symbol instanceof ArrayValue && symbol.memory) {
    const next = (id: NodeId) => (isState(tracer, id) ? nodes.next().value! : id);
    const [values, presence] = listsOf(tracer, symbol).map(next) as [NodeId, NodeId];
    return holding(arrayIn(tracer, tracer.journal.now(), symbol.type, values, presence), symbol);
  }
  return holding(
    rebuilt(tracer, symbol, (part) => valueFrom(tracer, nodes, part)),
    symbol,
  );
}

/** The arrays and objects that a value is made of. */
export function* storesIn(value: Slot): Generator<Store> {
  for (const side of sidesOf(value)) {
    if (!(side instanceof ArrayValue || side instanceof ObjectValue)) continue;
    yield side;
    if (isChosen(side) || viewOf(side) || (side instanceof ArrayValue && side.memory)) continue;
    for (const [, part] of partsOf(side)) yield* storesIn(part);
  }
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
    if (slot instanceof Sometimes) throw new NoState(true);
    return slot === absent ? [] : [[key, slot]];
  });

/** An error's message stays what it is, from turn to turn. */
const isFixed = (object: ObjectValue, key: string, part: Value): boolean =>
  object.hidden.has(key) && (typeof part === "string" || part instanceof TracedText);
const fixedIn = (value: Slot): [string, Value][] =>
  value instanceof ObjectValue ? membersOf(value).filter(([key, part]) => isFixed(value, key, part)) : [];
const fixedText = (value: Slot): string =>
  JSON.stringify(fixedIn(value).map(([key, text]) => [key, typeof text === "string" ? text : null]));

export function partsOf(value: Slot): [string | number, Value][] {
  if (value instanceof ArrayValue && (value.isPlain || value.memory))
    return Array.from(value.elements, (element, index) => [index, element]);
  if (value instanceof ObjectValue && !(value instanceof IteratorValue))
    return membersOf(value).filter(([key, part]) => !isFixed(value, key, part));
  throw new NoState(true);
}

function rebuilt(tracer: Tracer, value: Slot, map: (part: Value) => Value, born = tracer.journal.now()): Value {
  const parts = partsOf(value);
  if (value instanceof ArrayValue) {
    const elements = parts.map(([, part]) => map(part));
    return new ArrayValue(born, elements, value.type);
  }
  const { prototype, hidden } = value as ObjectValue;
  const made = tracer.object(new Map(), prototype);
  for (const [key, part] of parts.map(([key, part]) => [String(key), map(part)] as const).concat(fixedIn(value))) {
    if (hidden.has(key)) made.hide(key, part);
    else made.write(key, part);
  }
  return made;
}
