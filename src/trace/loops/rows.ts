import type { NodeId } from "../../graph/graph.ts";
import { isAlways } from "../../graph/node.ts";
import { elementAt, setElementAt } from "../operators/tables.ts";
import { firstRow, keep, listsOf, loopAround, memoryIn, memoryOf, moveToMemory, NoState, numberParts } from "../state/memory.ts";
import { isWhole, type ObjectForm, RowArray, RowObject, type View, viewOf } from "../state/row-views.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue, type Backing } from "../values/arrays.ts";
import { ObjectValue } from "../values/objects.ts";
import { type Index, type Store, type TracedBoolean, TracedNumber, type Value } from "../values/values.ts";
import { storesIn } from "./carried.ts";
import { type Form, formOf, isAlike, partOf } from "./row-form.ts";

/**
 * Arrays of rows, which are arrays and objects of one form, as columns: an array of numbers for each number of a row. A row is
 * then a view, which tells where its numbers stand.
 */

/** Thrown, and caught where the function is traced: rows are known elsewhere in a way that columns can't follow. */
export class Entangled extends Error {}

/** An index as another and a number added to it. */
function offsetOf({ graph }: Tracer, index: Index): readonly [base: NodeId | undefined, offset: number] {
  if (typeof index === "number") return [undefined, index];
  const { op, args } = graph.nodes[index.node]!;
  const [a, b] = args.map(graph.valueOf);
  if ((op !== "add" && op !== "sub") || (a === undefined) === (b === undefined) || (op === "sub" && a !== undefined))
    return [index.node, 0];
  const [base, offset] = offsetOf({ graph } as Tracer, new TracedNumber(args[a === undefined ? 0 : 1]!));
  return [base, offset + (op === "add" ? (a ?? b)! : -b!)];
}

/** Element `k` of part `index` among parts of so many elements. */
const placeOf = (tracer: Tracer, index: Index, length: number, k: Index): Index =>
  typeof index === "number" && typeof k === "number" ? index * length + k : plus(tracer, tracer.apply("mul", index, length), k);
const plus = (tracer: Tracer, a: Index, b: Index): Index => (b === 0 ? a : tracer.apply("add", a, b));

/** Whether two indices are the same; `undefined` where that can't be seen. */
function areSame(tracer: Tracer, one: Index, other: Index): boolean | undefined {
  const [[a, first], [b, second]] = [offsetOf(tracer, one), offsetOf(tracer, other)];
  return a === b ? first === second : undefined;
}

/** A row that is being filled in the turn that made it. */
interface Open {
  readonly index: Index;
  readonly row: ArrayValue | ObjectValue;
  /** How many of these were around it. */
  readonly loops: number;
  readonly targets: number;
  readonly frames: number;
}

/** The rows of an array. */
export class Rows implements Backing {
  readonly array: ArrayValue;
  readonly #tracer: Tracer;
  readonly form: Form;
  /** Has an element for each row. */
  readonly #lead: ArrayValue;
  /** None where turns are counted alone: then numbers may be any. */
  readonly #columns?: readonly ArrayValue[];
  /** Whether indices within rows may lie outside of them. */
  #isGuarded = false;
  /** Whether rows are known elsewhere, and whether they are written to. */
  #isShared = false;
  #isWritten = false;
  #isBuilt = false;
  /** A row that has been made in this turn, and is still being filled. */
  #open?: Open;
  /** Where rows have been put in place of others, and which from before a loop its turns use. */
  readonly #replaced: { readonly index: Index; readonly made: number }[] = [];
  readonly #used: View[] = [];
  constructor(tracer: Tracer, array: ArrayValue, form: Form, lead: ArrayValue, columns?: readonly ArrayValue[]) {
    this.#tracer = tracer;
    this.array = array;
    this.form = form;
    this.#lead = lead;
    this.#columns = columns;
  }

  get length(): number {
    return this.#lead.length;
  }
  get counted(): number | TracedNumber {
    return this.#lead.memory?.counted ?? this.#lead.length;
  }
  at(index: number): Value {
    return this.has(index) ? this.#row(index) : undefined;
  }
  read(index: NodeId): Value {
    return this.#row(new TracedNumber(index));
  }
  has(index: number): boolean {
    return this.#lead.memory?.has(index) ?? index in this.#lead.elements;
  }
  elements(): Value[] {
    const elements = new Array<Value>(this.length);
    for (let i = 0; i < elements.length; i++) if (this.has(i)) elements[i] = this.#row(i);
    return elements;
  }
  write(index: Index, value: Value): boolean {
    this.close();
    this.#set(this.#lead, index, 1);
    for (const view of this.#used) if (this.#isOlder(view) && areSame(this.#tracer, index, view.row) !== false) this.refuse();
    this.#remember(this.#replaced, { index, made: this.#tracer.journal.now() });
    this.#enter(index, value);
    return true;
  }
  push(values: readonly Value[]): boolean {
    for (const value of values) {
      const index = this.counted;
      this.close();
      if (!this.#lead.memory?.push([1])) this.#set(this.#lead, index, 1);
      this.#enter(index, value);
    }
    return true;
  }
  fill(): boolean {
    return this.refuse();
  }
  leave(): never {
    return this.refuse();
  }

  /** Ends a trace that would have to know which rows are the same. */
  refuse(): never {
    throw new Entangled("entangled");
  }
  /** A row is known elsewhere. */
  share(): void {
    this.#isShared = true;
    if (this.#isWritten) this.refuse();
  }
  /** A row is read as what it was when it came here. */
  look({ born }: Store): void {
    if (this.#isWritten) this.refuse();
    if (this.#tracer.loops.some((loop) => born <= loop)) this.share();
  }
  guard(): void {
    this.#isGuarded = true;
  }
  /** Puts the row that is still being filled into the columns. */
  close(): void {
    const open = this.#open;
    if (!open) return;
    const { loops, journal } = this.#tracer;
    if (loops.length !== open.loops || [...storesIn(open.row)].some((store) => journal.isChanged(store, open.frames))) this.refuse();
    this.#reopen(undefined);
    this.#put(this.form, open.index, open.row, true);
    this.#hold(open.row);
  }
  /** The same at the end of the turn, or where points leave for one of so many targets around it. */
  leaveTurn(target?: number): void {
    const open = this.#open;
    if (open && (target === undefined ? this.#tracer.loops.length === open.loops : target < open.targets)) this.close();
  }
  /** Takes the rows that are there; nobody else may change them from now on. */
  adopt(values: readonly Value[]): void {
    const late: number[] = [];
    values.forEach((value, i) => {
      if (value instanceof ArrayValue && value.memory) late.push(i);
      else this.#put(this.form, i, value);
    });
    this.#isBuilt = true;
    for (const i of late) this.#put(this.form, i, values[i]);
    for (const value of values) for (const store of storesIn(value)) this.#mark(store);
  }
  /** Whether there is such a row. */
  isThere({ row }: View): boolean | TracedBoolean {
    if (typeof row === "number") return this.has(row);
    const lead = elementAt(this.#tracer, this.#lead, row, this.#tracer.site!);
    return lead instanceof TracedNumber ? this.#tracer.not(this.#tracer.isMissing(lead)) : lead !== undefined;
  }
  /** Whether a row is another value. */
  is(view: View, other: Value): boolean | TracedBoolean {
    const that = viewOf(other);
    if (!that) return (other as Partial<Store> | null)?.held === this ? this.refuse() : false;
    if (that.rows !== this) return false;
    if (this.#isShared || !isWhole(view) || !isWhole(that)) this.refuse();
    return this.#tracer.compare("eq", this.place(view), this.place(that));
  }
  /** The index of a row that is still what it was when it was read. */
  place(view: View): Index {
    this.part(view, { value: undefined }, view.index);
    return view.row;
  }
  /** The row at another index, as old as `view`. */
  view({ made }: View, index: Index, isNew: boolean): Value {
    return this.#view(this.form, index, index, isNew ? this.#tracer.journal.now() : made);
  }
  /** The numbers of a view as arrays of the graph. */
  numbersOf(view: RowArray): readonly [NodeId, NodeId] {
    const tracer = this.#tracer;
    const { form, index, length } = view;
    const element = "element" in form ? form.element : undefined;
    const memory = element && "column" in element ? memoryIn(this.#columns![element.column]!) : undefined;
    if (!memory) return listsOf(tracer, tracer.array(view.elements()));
    this.place(view);
    const first = tracer.nodeOf(placeOf(tracer, index, length, 0));
    return memory.copy(first, length);
  }
  /** One of a few elements of a view, or all of them with another in the place of that. */
  choose(view: RowArray, k: TracedNumber, ...write: [Value?]): Value {
    const [tracer, site] = [this.#tracer, this.#tracer.site!];
    const array = tracer.array(view.elements());
    if (write.length === 0) return elementAt(tracer, array, k, site);
    setElementAt(tracer, array, k, write[0], site);
    array.elements.forEach((value, i) => void view.write(i, value));
    return undefined;
  }

  #row(index: Index): Value {
    const open = this.#open;
    const isOpen = open && areSame(this.#tracer, index, open.index);
    if (isOpen) return open.row;
    if (isOpen === undefined) this.close();
    return this.#view(this.form, index, index, this.#tracer.journal.now());
  }
  #view(form: Form, row: Index, index: Index, made: number): Value {
    const tracer = this.#tracer;
    if ("column" in form) {
      if (!this.#columns) return new TracedNumber(tracer.graph.state(false));
      return elementAt(tracer, this.#columns[form.column]!, index, tracer.site!);
    }
    if ("value" in form) return form.value;
    if ("parts" in form && form.like instanceof ObjectValue) return new RowObject(this, form as ObjectForm, row, index, made);
    const view = new ArrayValue(made, [], "parts" in form ? (form.like as ArrayValue).type : form.type);
    view.keepIn(new RowArray(this, form, row, index, made));
    return view;
  }
  /** A part of a view. `write`: what it is from now on. */
  part(view: View, form: Form, index: Index, ...write: [Value?]): Value {
    for (const { index: replaced, made } of this.#replaced)
      if (made > view.made && areSame(this.#tracer, replaced, view.row) !== false) this.refuse();
    if (this.#isOlder(view)) this.#remember(this.#used, view);
    const isOpen = this.#open && areSame(this.#tracer, view.row, this.#open.index);
    if (isOpen !== false) this.close();
    if (write.length === 0) return this.#view(form, view.row, index, view.made);
    this.#isWritten = true;
    if (this.#isShared) this.refuse();
    if (this.#columns) this.#put(form, index, write[0]);
    if (!("column" in form)) this.#hold(write[0]);
    return undefined;
  }
  /** The index of element `k` among `length` that stand one behind the other. */
  within(index: Index, length: number, k: Index, isWrite: boolean): Index {
    const tracer = this.#tracer;
    const { graph, loops } = tracer;
    const place = placeOf(tracer, index, length, k);
    if (typeof k === "number" || !this.#columns) return place;
    if (loops.length > 0 && (isWrite || !this.#isGuarded)) {
      const unsure = () => {
        if (isWrite) throw new NoState(false);
        this.guard();
      };
      tracer.writes.push({
        array: this.array,
        loop: loopAround(tracer, this.array) ?? this.array.born,
        index: k.node,
        isSure: true,
        isPush: false,
        within: { length, conditions: tracer.conditions.map(({ mask }) => mask), unsure },
      });
      return place;
    }
    const isInside = graph.apply("and", graph.apply("ge", k.node, graph.constant(0)), graph.apply("lt", k.node, graph.constant(length)));
    return tracer.number(graph.apply("select", isInside, tracer.nodeOf(place), graph.constant(Number.NaN)));
  }

  #isOlder({ made }: View): boolean {
    return this.#tracer.loops.some((loop) => made <= loop);
  }
  #remember<Item>(list: Item[], item: Item): void {
    list.push(item);
    this.#tracer.undo.push({ born: this.array.born, run: () => void list.splice(list.indexOf(item), 1) });
  }
  #reopen(open: Open | undefined): void {
    const before = this.#open;
    this.#open = open;
    const run = () => {
      this.#open = before;
    };
    this.#tracer.undo.push({ born: this.array.born, run });
  }
  /** A row comes into the array. */
  #enter(index: Index, value: Value): void {
    const { loops, graph } = this.#tracer;
    if (!this.#columns) return;
    const isNew =
      (value instanceof ArrayValue || value instanceof ObjectValue) &&
      !viewOf(value) &&
      !value.held &&
      value.born > (loops.at(-1) ?? Number.POSITIVE_INFINITY);
    if (isNew && isAlways(graph, this.#tracer.present(this.array.born))) {
      const { targets, journal } = this.#tracer;
      return this.#reopen({ index, row: value, loops: loops.length, targets: targets.length, frames: journal.depth });
    }
    this.#put(this.form, index, value);
    this.#hold(value);
  }
  /** Who else knows of a row has one that is not to change. */
  #hold(value: Value): void {
    const { loops } = this.#tracer;
    for (const store of storesIn(value)) {
      const source = viewOf(store)?.rows ?? store.held;
      if (source || loops.some((loop) => store.born <= loop)) {
        source?.share();
        this.share();
      }
      this.#mark(store);
    }
  }
  #mark(store: Store): void {
    const { held } = store;
    if (viewOf(store)) return;
    if (held) {
      (held as Rows).share();
      this.share();
    }
    store.held = this;
    this.#tracer.undo.push({ born: store.born, run: () => void Object.assign(store, { held }) });
  }

  /** Writes a value of the form. `isAll`: on all points that made the row. */
  #put(form: Form, index: Index, given: Value, isAll = false): void {
    const tracer = this.#tracer;
    const value = tracer.arguments.settled(given, undefined) as Value;
    if ("column" in form) {
      if (!numberParts(tracer, value)) throw new NoState(false);
      return this.#set(this.#columns![form.column]!, index, value, isAll);
    }
    if ("value" in form) {
      if (value !== form.value) throw new NoState(false);
      return;
    }
    if (!isAlike(value, form)) throw new NoState(false);
    if ("parts" in form) for (const [key, part] of form.parts) this.#put(part, index, partOf(tracer, value, key), isAll);
    else {
      const { length, element } = form;
      const first = placeOf(tracer, index, length, 0);
      if ("column" in element && value instanceof ArrayValue && this.#copy(this.#columns![element.column]!, first, value, isAll)) return;
      for (let k = 0; k < length; k++) this.#put(element, placeOf(tracer, first, 1, k), partOf(tracer, value, k), isAll);
    }
  }
  #set(array: ArrayValue, index: Index, value: Value, isAll = false): void {
    const { graph, journal, site } = this.#tracer;
    if (!this.#isBuilt) return array.write(index as number, value);
    if (memoryIn(array)?.write(index, value, isAll ? graph.mask(true) : undefined)) return;
    if (typeof index !== "number") return setElementAt(this.#tracer, array, index, value, site!);
    if (index >= array.length) journal.record(array, "length");
    journal.write(array, index, value);
  }
  /** Copies the numbers of an array by a loop. */
  #copy(column: ArrayValue, first: Index, from: ArrayValue, isAll: boolean): boolean {
    const tracer = this.#tracer;
    if (!this.#isBuilt || (!column.memory && !memoryIn(from))) return false;
    const memory = memoryOf(tracer, column);
    if (!memory) return false;
    memory.paste(tracer.nodeOf(first), listsOf(tracer, from), isAll ? tracer.graph.mask(true) : undefined);
    return true;
  }
}

/** Keeps the rows of an array as columns. `row`: what they will be like, if there are none. */
export function moveToRows(tracer: Tracer, array: ArrayValue, row = firstRow(array)): Rows | undefined {
  const strides: number[] = [];
  const values = memoryIn(array) ? new Array<Value>(memoryIn(array)!.first) : array.elements;
  const form = tracer.keepsRows ? formOf(tracer, row, strides) : undefined;
  if (!form || "column" in form || "value" in form) return undefined;
  const { born } = array;
  const lead = new ArrayValue(
    born,
    values.map(() => 1),
  );
  lead.columns = strides.map((stride) =>
    Object.assign(new ArrayValue(born, new Array(values.length * stride).fill(Number.NaN)), { stride }),
  );
  const rows = new Rows(tracer, array, form, lead, lead.columns);
  keep(tracer, array, rows);
  rows.adopt(values);
  tracer.rows.push(rows);
  // What turns read of them by any index must be there.
  for (const column of lead.columns)
    if (!column.memory && column.elements.some((element) => typeof element !== "number")) moveToMemory(tracer, column);
  return rows;
}

/** A row of an array whose turns are counted alone, which may have any numbers. */
export function anyRow(tracer: Tracer, array: ArrayValue, index: TracedNumber): Value {
  const form = formOf(tracer, firstRow(array), []);
  if (!form) throw new NoState(false);
  return new Rows(tracer, array, form, tracer.array([1])).read(index.node);
}
