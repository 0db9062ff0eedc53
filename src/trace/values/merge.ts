import type { Node } from "acorn";
import type { NodeId } from "../../graph/graph.ts";
import { failAt } from "../source/source.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "./arguments.ts";
import { ArrayValue } from "./arrays.ts";
import { ObjectValue } from "./objects.ts";
import {
  absent,
  Either,
  type Key,
  type Slot,
  Sometimes,
  type Store,
  TracedBoolean,
  TracedLength,
  TracedNumber,
  type Value,
} from "./values.ts";

export const isNumeric = (value: Slot): value is number | TracedNumber => typeof value === "number" || value instanceof TracedNumber;
export const isBoolean = (value: Slot): value is boolean | TracedBoolean => typeof value === "boolean" || value instanceof TracedBoolean;

/** `yes` where the mask is set, else `no`. */
export function merge(tracer: Tracer, mask: NodeId, yes: Value, no: Value): Value {
  if (Object.is(yes, no)) return yes;
  const known = tracer.known(mask);
  if (known !== undefined) return known ? yes : no;
  if (isNumeric(yes) && isNumeric(no)) return mergeNumbers(tracer, mask, yes, no);
  if (isBoolean(yes) && isBoolean(no)) return mergeBooleans(tracer, mask, yes, no);
  if (yes instanceof Argument || no instanceof Argument) {
    const settled = [settleBeside(tracer, yes, no), settleBeside(tracer, no, yes)] as const;
    if (settled[0] !== yes || settled[1] !== no) return merge(tracer, mask, ...settled);
  }
  return choose(tracer, mask, yes, no);
}

function mergeNumbers(tracer: Tracer, mask: NodeId, yes: number | TracedNumber, no: number | TracedNumber) {
  const select = (a: NodeId, b: NodeId) => tracer.graph.apply("select", mask, a, b);
  const presenceOf = (value: number | TracedNumber) => (value instanceof TracedNumber ? value.presence : undefined);
  const [a, b] = [presenceOf(yes), presenceOf(no)];
  const always = tracer.graph.constant(1);
  const presence = a === undefined && b === undefined ? undefined : select(a ?? always, b ?? always);
  return tracer.number(select(tracer.nodeOf(yes), tracer.nodeOf(no)), presence);
}

export interface Option {
  readonly mask: boolean | TracedBoolean;
  readonly value: Value;
}

/** All numbers are one option, merged, and all booleans; anything else is an option of its own. */
const optionKey = (value: Value) => (isNumeric(value) ? "a number" : isBoolean(value) ? "a boolean" : value);

/** The options of a value, by key, with disjoint masks. */
export function optionsOf(tracer: Tracer, value: Value): Map<unknown, Option> {
  const options = new Map<unknown, Option>();
  let rest: boolean | TracedBoolean = true;
  let left = value;
  for (; left instanceof Either; left = left.no) {
    options.set(optionKey(left.yes), { mask: tracer.combine("and", rest, tracer.boolean(left.mask)), value: left.yes });
    rest = tracer.combine("and", rest, tracer.not(tracer.boolean(left.mask)));
  }
  return options.set(optionKey(left), { mask: rest, value: left });
}

/** The value, and what stands behind each of its options. */
function linksOf(value: Value): Value[] {
  const links = [value];
  for (let link = value; link instanceof Either; link = link.no) links.push(link.no);
  return links;
}

/** Options ahead of what holds elsewhere. */
const chain = (tracer: Tracer, options: readonly Option[], last: Value): Value =>
  options.reduceRight(
    (rest, { mask, value }) => (mask === false ? rest : mask === true ? value : new Either(tracer.maskOf(mask), value, rest)),
    last,
  );

/** A chain of options, each once: what is merged again and again does not grow. */
function choose(tracer: Tracer, mask: NodeId, yes: Value, no: Value): Value {
  return extend(tracer, mask, yes, no) ?? regroup(tracer, mask, yes, no);
}

/** Leaves the rest that both have as it is, or else the longer one, where no option would be there twice. */
function extend(tracer: Tracer, mask: NodeId, yes: Value, no: Value): Value | undefined {
  const [set, not] = [linksOf(yes), linksOf(no)];
  const common = set.find((link) => link instanceof Either && not.includes(link));
  const last = common ?? (set.length > not.length ? yes : no);
  const ahead = (links: readonly Value[], side: boolean | TracedBoolean): Option[] =>
    links
      .slice(0, links.includes(last) ? links.indexOf(last) : undefined)
      .map((link) =>
        link instanceof Either
          ? { mask: tracer.combine("and", side, tracer.boolean(link.mask)), value: link.yes }
          : { mask: side, value: link },
      );
  const condition = tracer.boolean(mask);
  const options = [...ahead(set, condition), ...ahead(not, tracer.not(condition))];
  const values = [...options.map(({ value }) => value), ...linksOf(last).map((link) => (link instanceof Either ? link.yes : link))];
  return new Set(values.map(optionKey)).size === values.length ? chain(tracer, options, last) : undefined;
}

/** The options of both, by disjoint masks. */
function regroup(tracer: Tracer, mask: NodeId, yes: Value, no: Value): Value {
  const [whereSet, whereNot] = [optionsOf(tracer, yes), optionsOf(tracer, no)];
  const options: Option[] = [];
  for (const key of new Set([...whereSet.keys(), ...whereNot.keys()])) {
    const [a, b] = [whereSet.get(key), whereNot.get(key)];
    const either = mergeBooleans(tracer, mask, a?.mask ?? false, b?.mask ?? false);
    if (either !== false) options.push({ mask: either, value: a && b ? merge(tracer, mask, a.value, b.value) : (a ?? b)!.value });
  }
  const { value } = options.pop()!;
  return chain(tracer, options, value);
}

/** An argument that may stand for the other value is what it has been used as, what data shows it to be, or else of its kind. */
function settleBeside(tracer: Tracer, value: Value, other: Value): Value {
  if (!(value instanceof Argument) || value.missing) return value;
  if (value.kind || tracer.arguments.sample(value.path) !== undefined) return tracer.arguments.settle(value, undefined);
  if (isNumeric(other)) return tracer.arguments.number(value, undefined);
  if (other instanceof ArrayValue) return tracer.arguments.array(value, undefined, other.elements.length);
  if (other instanceof ObjectValue) return tracer.arguments.object(value, undefined);
  return other instanceof Argument ? tracer.arguments.settle(value, undefined) : value;
}

function mergeBooleans(tracer: Tracer, mask: NodeId, yes: boolean | TracedBoolean, no: boolean | TracedBoolean) {
  const { graph } = tracer;
  if (yes === no) return yes;
  const [whereSet, whereNot] = [tracer.maskOf(yes), tracer.maskOf(no)];
  if (whereSet === whereNot) return yes;
  const both = (op: "and" | "or", a: NodeId, b: NodeId) => tracer.boolean(graph.apply(op, a, b));
  if (yes === true) return both("or", mask, whereNot);
  if (no === false) return both("and", mask, whereSet);
  if (yes === false) return both("and", graph.apply("not", mask), whereNot);
  if (no === true) return both("or", graph.apply("not", mask), whereSet);
  return tracer.boolean(graph.apply("select", mask, whereSet, whereNot));
}

/** What a slot holds for a reader. */
export const valueIn = (slot: Slot): Value => (slot === absent ? undefined : slot instanceof Sometimes ? slot.value : slot);

/** Whether there is a member, or element, in a slot. */
export const isThere = (tracer: Tracer, slot: Slot): boolean | TracedBoolean =>
  slot instanceof Sometimes ? tracer.boolean(slot.there) : slot !== absent;

export const refuseKeys = (site: Node): never =>
  failAt(site, "shape-on-data", "Which members this has depends on the data.", "Give it the same members in every case.");

/** The same, where it is to be one or the other on all points. */
export function isSure(tracer: Tracer, slot: Slot, site: Node): boolean {
  const there = isThere(tracer, slot);
  return typeof there === "boolean" ? there : refuseKeys(site);
}

/** Merges what stands in one slot after either branch. */
export function mergeSlots(tracer: Tracer, mask: NodeId, store: Store, key: Key, yes: Slot, no: Slot, site: Node): Slot {
  if (yes === absent && no === absent) return absent;
  const merged = merge(tracer, mask, valueIn(yes), valueIn(no));
  const isElement = store instanceof ArrayValue && key !== "length";
  if (store instanceof ObjectValue || isElement) {
    const there = mergeBooleans(tracer, mask, isThere(tracer, yes), isThere(tracer, no));
    return there instanceof TracedBoolean ? new Sometimes(there.mask, merged) : merged;
  }
  const isLength = key === "length" && store instanceof ArrayValue && merged instanceof TracedNumber;
  return isLength ? new TracedLength(merged.node, () => lengthHere(tracer, merged.node, site)) : merged;
}

function lengthHere(tracer: Tracer, node: NodeId, site: Node): number {
  const lengths = [...new Set(lengthsHere(tracer, node))];
  if (lengths.length === 1) return lengths[0]!;
  return failAt(
    site,
    "shape-on-data",
    `An array has ${lengths.join(" or ")} elements after this, depending on the data.`,
    "Give it the same length in every case, for instance by pushing 0.",
  );
}

/** What a choice among numbers may come to here. */
function lengthsHere(tracer: Tracer, node: NodeId): number[] {
  const { op, args, value } = tracer.graph.nodes[node]!;
  if (op !== "select") return [value!];
  const [mask, yes, no] = args as readonly [NodeId, NodeId, NodeId];
  const known = tracer.known(mask);
  if (known !== undefined) return lengthsHere(tracer, known ? yes : no);
  const not = tracer.graph.apply("not", mask);
  return [...tracer.where(mask, () => lengthsHere(tracer, yes)), ...tracer.where(not, () => lengthsHere(tracer, no))];
}

/** A value as it is here: a boolean that the conditions decide is known, an `Either` loses the sides that are not taken. */
export function narrow(tracer: Tracer, value: Value): Value {
  if (value instanceof TracedBoolean) return tracer.known(value.mask) ?? value;
  if (!(value instanceof Either)) return value;
  if (value instanceof Sometimes) return narrow(tracer, value.value);
  const { mask, yes, no } = value;
  const known = tracer.known(mask);
  if (known !== undefined) return narrow(tracer, known ? yes : no);
  const rest = tracer.where(tracer.graph.apply("not", mask), () => narrow(tracer, no));
  return rest === no ? value : merge(tracer, mask, yes, rest);
}

/** A number as it is here: of a choice that the conditions decide, the side that is taken. */
export function narrowNumber(tracer: Tracer, value: number | TracedNumber): number | TracedNumber {
  const { op, args } = tracer.graph.nodes[tracer.nodeOf(value)]!;
  const known = op === "select" ? tracer.known(args[0]!) : undefined;
  return known === undefined ? value : narrowNumber(tracer, tracer.number(args[known ? 1 : 2]!));
}

/** `use`, which changes nothing, on either side of an `Either`, merged. */
export const onEither = (tracer: Tracer, either: Either, use: (side: Value) => Value): Value =>
  merge(tracer, either.mask, ...tracer.onSides(either, use));
