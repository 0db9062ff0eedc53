import type { Node } from "acorn";
import type { NodeId } from "../../graph/graph.ts";
import { failAt } from "../source/source.ts";
import { branch, valueOf } from "../state/branches.ts";
import { firstRow, hasNumbers, loopAround, memoryOf, mostParts, NeedsMemory, needRow } from "../state/memory.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayChoice } from "../values/array-choice.ts";
import { ArrayValue, type Backing } from "../values/arrays.ts";
import { isNumeric, merge, narrow } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import { Accessor, absent, type Slot, type TracedBoolean, TracedNumber, type Value } from "../values/values.ts";

/** How many elements that are no constants an index that depends on the data may choose among. */
const mostByData = 64;
/** The same in a turn of a loop that could be unrolled, where that is no choice at all. */
const mostInLongLoop = 8;
/** Elements of a table that count as one step of the trace. */
const elementsOfStep = 32;

/** `array[index]`. Constants are read from a table; of arrays and objects of one form each element and member is. */
export function elementAt(tracer: Tracer, array: ArrayValue, index: number | TracedNumber, site: Node): Value {
  if (array instanceof ArrayChoice) return array.choose((option) => elementAt(tracer, option, index, site));
  if (typeof index === "number") return array.at(index);
  if (needsRows(tracer, array, () => hasTraced(array))) return tracer.anyRow(array, index);
  if (isOutOfView(tracer, array, countTraced)) return new TracedNumber(tracer.graph.state(false));
  const memory = memoryFor(tracer, array, countTraced);
  return memory ? memory.read(index.node) : choose(tracer, [...array.elements], index, site, array);
}

/**
 * Whether the rows of an array that is read, or written to, by any index are to be columns, where turns are counted alone.
 * @throws NeedsMemory where they are to be that from before the loop on
 */
function needsRows(tracer: Tracer, array: ArrayValue, isMeant: () => boolean = () => true): boolean {
  const loop = loopAround(tracer, array);
  const first = tracer.keepsRows && loop !== undefined ? firstRow(array) : undefined;
  if (!first) return false;
  const isLong = first instanceof ArrayValue && first.length > mostParts;
  if (!isLong && !(array.length > mostChosen(tracer) && isMeant())) return false;
  if (tracer.isCounting) return true;
  throw new NeedsMemory(array, loop!);
}

/** Whether some numbers in it are no constants, or elements are missing. */
function hasTraced(value: Value): boolean {
  if (value instanceof ArrayValue)
    return !!value.memory || Object.keys(value.elements).length < value.length || value.elements.some(hasTraced);
  if (value instanceof ObjectValue) return value.keys().some((key) => hasTraced(value.read(key) as Value));
  return typeof value === "object" && value !== null;
}

/** Of a long array of numbers that is not constant, all count: it is likely written to as well. */
function countTraced({ elements, length }: ArrayValue): number {
  const traced = elements.filter((element) => element !== undefined && typeof element !== "number").length;
  return traced > 0 && length > mostByData ? length : traced;
}

const lengthOf = ({ length }: ArrayValue) => length;
type Count = (array: ArrayValue) => number;

/** Where elements are chosen by an index, they are to be in the graph, unless only a few count. */
const needsMemory = (tracer: Tracer, array: ArrayValue, count: Count) => !array.memory && count(array) > mostChosen(tracer);

const memoryFor = (tracer: Tracer, array: ArrayValue, count: Count): Backing | undefined =>
  needsMemory(tracer, array, count) ? memoryOf(tracer, array) : array.memory;

/** Turns may be counted without the elements of an array: it stays as it is where the loop is then unrolled. */
const isOutOfView = (tracer: Tracer, array: ArrayValue, count: Count) =>
  tracer.isCounting && needsMemory(tracer, array, count) && hasNumbers(array);

/** `array[index] = value`, of the array's type: each element is the value, or keeps its own. An index outside writes nothing. */
export function setElementAt(tracer: Tracer, array: ArrayValue, index: TracedNumber, value: Value, site: Node): void {
  if (isOutOfView(tracer, array, lengthOf) || needsRows(tracer, array)) return;
  if (memoryFor(tracer, array, lengthOf)?.write(index, value)) return;
  checkCount(tracer, array.length, site);
  const loop = loopAround(tracer, array);
  // What rows are like is known when there are some.
  if (loop !== undefined && (value instanceof ArrayValue || value instanceof ObjectValue) && array.length === 0)
    needRow(tracer, array, loop, value);
  if (!array.type && loop !== undefined) tracer.writes.push({ array, loop, index: index.node, isSure: false, isPush: false });
  [...array.elements].forEach((element, i) => tracer.journal.write(array, i, merge(tracer, isAt(tracer, index, i), value, element)));
}

const isAt = ({ graph }: Tracer, index: TracedNumber, i: number): NodeId => graph.apply("eq", index.node, graph.constant(i));

const mostChosen = ({ longLoops }: Tracer) => (longLoops > 0 ? mostInLongLoop : mostByData);

function checkCount(tracer: Tracer, count: number, site: Node): void {
  if (count <= mostChosen(tracer)) return;
  failAt(
    site,
    "table-on-data",
    `The index depends on the data, and so do ${count} elements of the array.`,
    `Index constants, or at most ${mostByData} elements that are not.`,
  );
}

function choose(tracer: Tracer, elements: readonly Value[], index: TracedNumber, site: Node, array?: ArrayValue): Value {
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
  return chooseRow({ tracer, rows: values as ArrayValue[], index, site, array }) ?? chooseAny(tracer, values, index, site);
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

/** Of arrays of one length, or objects of one class with the same members, the one that the index tells. */
function chooseRow(choice: Choice): Value {
  const { tracer, rows } = choice;
  const [first] = rows;
  if (first instanceof ArrayValue) {
    const { length } = first;
    if (!rows.every((row) => row instanceof ArrayValue && row.isPlain && row.length === length && row.type === first.type))
      return undefined;
    return new ChosenArray(choice);
  }
  if (!(first instanceof ObjectValue)) return undefined;
  const keys = first.keys();
  const isAlike = (row: Value): row is ObjectValue =>
    row instanceof ObjectValue && row.prototype === first.prototype && String(row.keys()) === String(keys);
  const hasAccessor = (row: ObjectValue) => keys.some((key) => row.read(key) instanceof Accessor);
  if (!rows.every((row) => isAlike(row) && !hasAccessor(row))) return undefined;
  return new ChosenObject(choice, tracer.journal.now());
}

/** What is of several kinds, by selects and choices. */
function chooseAny(tracer: Tracer, values: readonly Value[], index: TracedNumber, site: Node): Value {
  checkCount(tracer, values.length, site);
  return values.reduceRight<Value>((rest, value, i) => merge(tracer, isAt(tracer, index, i), value, rest), undefined);
}

/** Arrays or objects of one form, of which an index that depends on the data tells one: it is that one, for whoever else knows it. */
export interface Choice {
  readonly tracer: Tracer;
  readonly rows: readonly (ArrayValue | ObjectValue)[];
  readonly index: TracedNumber;
  readonly site: Node;
  /** That has them for elements. */
  readonly array?: ArrayValue;
}

export type Chosen = (ArrayValue | ObjectValue) & { readonly choice: Choice };
export const isChosen = (value: unknown): value is Chosen => value instanceof ChosenArray || value instanceof ChosenObject;

/** The row of the same ones that another index tells. */
export const chosenBy = ({ choice }: Chosen, index: TracedNumber): Chosen => {
  const { tracer, rows } = choice;
  const made = { ...choice, index };
  return rows[0] instanceof ArrayValue ? new ChosenArray(made) : new ChosenObject(made, tracer.journal.now());
};

/** Where among the rows of one choice a value stands, or the row of another choice of them. */
export function indexAmong(value: Slot, { choice: { rows } }: Chosen): number | TracedNumber | undefined {
  if (isChosen(value)) return value.choice.rows.every((row, i) => row === rows[i]) ? value.choice.index : undefined;
  const index = rows.indexOf(value as ArrayValue);
  return index < 0 ? undefined : index;
}

/** Whether the index is that of a row. */
export function isThere({ choice: { tracer, rows, index } }: Chosen): boolean | TracedBoolean {
  const { graph } = tracer;
  return tracer.compare("eq", tracer.number(graph.gather(graph.table(rows.map(() => 1)), index.node)), 1);
}

/** What `use`, which may change something, gives for the row that is chosen; nothing where there is none. */
export function onRows({ choice }: Chosen, use: (row: Value) => Value): Value {
  const { tracer, rows, index, site, array } = choice;
  if (array && needsRows(tracer, array)) return undefined;
  checkCount(tracer, rows.length, site);
  return rows.reduce<Value>((rest, row, i) => {
    const is = tracer.boolean(isAt(tracer, index, i));
    return valueOf(
      branch(
        tracer,
        is,
        () => ({ value: use(row) }),
        () => ({ value: rest }),
        site,
      ),
    );
  }, undefined);
}

const refuseForm = ({ tracer, site }: Choice): never => {
  tracer.site = site;
  return tracer.fail(
    "shape-on-data",
    "What an index that depends on the data has chosen has members here that depend on it, too.",
    "Give the arrays, or objects, among which it chooses the same members.",
  );
};

const refuseWrite = ({ tracer }: Choice): never =>
  tracer.fail(
    "unsupported-assignment",
    "What an index that depends on the data has chosen among arrays or objects can't be changed in this way.",
    "Assign its elements or members, or make a copy of it.",
  );

class ChosenArray extends ArrayValue {
  readonly choice: Choice;
  constructor(choice: Choice) {
    super(choice.tracer.journal.now(), [], (choice.rows[0] as ArrayValue).type);
    this.choice = choice;
  }
  get #rows() {
    return this.choice.rows as readonly ArrayValue[];
  }
  override get isPlain(): boolean {
    return this.#rows.every((row) => row.isPlain || refuseForm(this.choice));
  }
  override get length(): number {
    const { length } = this.#rows[0]!;
    return this.#rows.every((row) => row.length === length) ? length : refuseForm(this.choice);
  }
  override get elements(): Value[] {
    return Array.from({ length: this.length }, (_, k) => this.at(k));
  }
  override at(k: number): Value {
    const { tracer, index, site } = this.choice;
    const column = this.#rows.map((row) => row.at(k));
    return k < this.length ? choose(tracer, column, index, site) : undefined;
  }
  /** Asked for before a write is remembered: what is not written to the rows is not written at all. */
  override place(): never {
    return refuseWrite(this.choice);
  }
}

/** Members are chosen when they are read. */
class ChosenObject extends ObjectValue {
  readonly choice: Choice;
  constructor(choice: Choice, born: number) {
    super(born, new Map(), undefined, (choice.rows[0] as ObjectValue).prototype);
    this.choice = choice;
  }
  get #rows() {
    return this.choice.rows as readonly ObjectValue[];
  }
  override read(key: string | number): Slot {
    const { tracer, index, site } = this.choice;
    const slots = this.#rows.map((row) => row.read(key));
    if (slots.every((slot) => slot === absent)) return absent;
    const found = slots.map((slot, i) => (slot === absent ? this.#rows[i]!.find(String(key)) : slot));
    if (found.some((slot) => slot instanceof Accessor)) return refuseForm(this.choice);
    return choose(
      tracer,
      found.map((slot) => (slot === absent ? undefined : slot)),
      index,
      site,
    );
  }
  override keys(): string[] {
    const [keys, ...others] = this.#rows.map((row) => row.keys());
    return others.every((other) => String(other) === String(keys)) ? keys! : refuseForm(this.choice);
  }
  override place(): never {
    return refuseWrite(this.choice);
  }
}
