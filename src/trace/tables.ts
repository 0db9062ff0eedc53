import type { Node } from "acorn";
import type { NodeId } from "../graph/graph.ts";
import { ArrayChoice } from "./array-choice.ts";
import { isNumeric, merge, narrow } from "./merge.ts";
import { toNumber } from "./operators.ts";
import { failAt } from "./source.ts";
import type { Tracer } from "./tracer.ts";
import { Accessor, ArrayValue, absent, ObjectValue, type Slot, TracedNumber, type Value } from "./values.ts";

/** How many elements that are no constants an index that depends on the data may choose among. */
const mostByData = 64;
/** The same in a turn of a loop that could be unrolled, where that is no choice at all. */
const mostInLongLoop = 8;
/** Elements of a table that count as one step of the trace. */
const elementsOfStep = 32;

/** `array[index]`. Constants are read from a table; of arrays and objects of one form each element and member is. */
export function elementAt(tracer: Tracer, array: ArrayValue, index: number | TracedNumber, site: Node): Value {
  if (array instanceof ArrayChoice) return array.choose((option) => elementAt(tracer, option, index, site));
  return typeof index === "number" ? array.at(index) : choose(tracer, [...array.elements], index, site);
}

/** `array[index] = value`: each element is the value, or keeps its own. An index outside writes nothing. */
export function setElementAt(tracer: Tracer, array: ArrayValue, index: TracedNumber, value: Value, site: Node): void {
  checkCount(tracer, array.length, site);
  const kept = array.type ? array.type.keep(tracer, toNumber(tracer, value, site)) : value;
  [...array.elements].forEach((element, i) => tracer.journal.write(array, i, merge(tracer, isAt(tracer, index, i), kept, element)));
}

const isAt = ({ graph }: Tracer, index: TracedNumber, i: number): NodeId => graph.apply("eq", index.node, graph.constant(i));

function checkCount({ longLoops }: Tracer, count: number, site: Node): void {
  if (count <= (longLoops > 0 ? mostInLongLoop : mostByData)) return;
  failAt(
    site,
    "table-on-data",
    `The index depends on the data, and so do ${count} elements of the array.`,
    `Index constants, or at most ${mostByData} elements that are not.`,
  );
}

function choose(tracer: Tracer, elements: readonly Value[], index: TracedNumber, site: Node): Value {
  tracer.spend(Math.ceil(elements.length / elementsOfStep), site);
  const values = elements.map((element) => narrow(tracer, tracer.arguments.settled(element, site)));
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  if (known.every(isNumeric)) return chooseNumber(tracer, values as (number | TracedNumber | undefined)[], index, site);
  if (known.every((value) => typeof value === "boolean")) {
    const asNumber = chooseNumber(tracer, values.map(Number), index, site);
    return typeof asNumber === "number" ? asNumber === 1 : tracer.compare("eq", asNumber, 1);
  }
  if (known.every((value) => value === known[0])) return known[0];
  return chooseRow(tracer, values, index, site) ?? chooseAny(tracer, values, index, site);
}

/** A table holds what is constant; each other element takes a select. */
function chooseNumber(
  tracer: Tracer,
  values: readonly (number | TracedNumber | undefined)[],
  index: TracedNumber,
  site: Node,
): number | TracedNumber {
  const { graph } = tracer;
  const isTraced = values.map((value) => value instanceof TracedNumber);
  checkCount(tracer, isTraced.filter(Boolean).length, site);
  const constants = values.map((value) => (typeof value === "number" ? value : Number.NaN));
  const read = (table: readonly number[]) => graph.gather(graph.table(table), index.node);
  const node = values.reduce<NodeId>(
    (rest, value, i) => (value instanceof TracedNumber ? graph.apply("select", isAt(tracer, index, i), value.node, rest) : rest),
    isTraced.every(Boolean) ? graph.constant(Number.NaN) : read(constants),
  );
  const hasAll = !constants.some(Number.isNaN);
  return tracer.number(node, hasAll ? node : read(values.map((value) => (value === undefined ? Number.NaN : 1))));
}

/** Of arrays of one length, or objects of one class with the same members, one that has its elements and members chosen. */
function chooseRow(tracer: Tracer, rows: readonly Value[], index: TracedNumber, site: Node): Value {
  const [first] = rows;
  if (first instanceof ArrayValue) {
    const { length } = first;
    if (!rows.every((row) => row instanceof ArrayValue && row.isPlain && row.length === length && row.type === first.type))
      return undefined;
    const columns = Array.from({ length }, (_, k) => rows.map((row) => (row as ArrayValue).at(k)));
    return new ChosenArray(
      tracer,
      columns.map((column) => choose(tracer, column, index, site)),
      first.type,
    );
  }
  if (!(first instanceof ObjectValue)) return undefined;
  const keys = first.keys();
  const isAlike = (row: Value): row is ObjectValue =>
    row instanceof ObjectValue && row.prototype === first.prototype && String(row.keys()) === String(keys);
  const hasAccessor = (row: ObjectValue) => keys.some((key) => row.read(key) instanceof Accessor);
  return rows.every((row) => isAlike(row) && !hasAccessor(row)) ? new ChosenObject(tracer, rows as ObjectValue[], index, site) : undefined;
}

/** What is of several kinds, by selects and choices. Of objects and functions the last stands for what is not there, too: that could not be used. */
function chooseAny(tracer: Tracer, values: readonly Value[], index: TracedNumber, site: Node): Value {
  checkCount(tracer, values.length, site);
  const last = values.at(-1);
  const otherwise = values.every((value) => typeof value === "object" && value !== null && !isNumeric(value)) ? last : undefined;
  return values.reduceRight<Value>((rest, value, i) => merge(tracer, isAt(tracer, index, i), value, rest), otherwise);
}

const refuseWrite = (tracer: Tracer): never =>
  tracer.fail(
    "unsupported-assignment",
    "What an index that depends on the data has chosen among arrays or objects can't be written to.",
    "Make a copy of it, or write to each of them under a condition.",
  );

class ChosenArray extends ArrayValue {
  readonly #tracer: Tracer;
  constructor(tracer: Tracer, elements: Value[], type: ArrayValue["type"]) {
    super(tracer.journal.now(), elements, type);
    this.#tracer = tracer;
  }
  /** Asked for before a write is remembered. */
  override place(): never {
    return refuseWrite(this.#tracer);
  }
}

/** Members are chosen when they are read. */
class ChosenObject extends ObjectValue {
  readonly #tracer: Tracer;
  readonly #rows: readonly ObjectValue[];
  readonly #index: TracedNumber;
  readonly #site: Node;
  constructor(tracer: Tracer, rows: readonly ObjectValue[], index: TracedNumber, site: Node) {
    super(tracer.journal.now(), new Map(), undefined, rows[0]!.prototype);
    this.#tracer = tracer;
    this.#rows = rows;
    this.#index = index;
    this.#site = site;
  }
  override read(key: string | number): Slot {
    const slots = this.#rows.map((row) => row.read(key));
    return slots.some((slot) => slot === absent) ? absent : choose(this.#tracer, slots as Value[], this.#index, this.#site);
  }
  override keys(): string[] {
    return this.#rows[0]!.keys();
  }
  place(): never {
    return refuseWrite(this.#tracer);
  }
}
