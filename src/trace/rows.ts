import type { NodeId } from "../graph/graph.ts";
import { isAlways } from "../graph/node.ts";
import { partsOf, storesIn } from "./carried.ts";
import { firstRow, keep, listsOf, loopAround, memoryIn, memoryOf, NoState, numberParts } from "./memory.ts";
import { merge } from "./merge.ts";
import { elementAt, setElementAt } from "./tables.ts";
import type { Tracer } from "./tracer.ts";
import {
  ArrayValue,
  absent,
  type Backing,
  Either,
  type ElementType,
  type Key,
  ObjectValue,
  type Slot,
  type Store,
  type TracedBoolean,
  TracedNumber,
  type Value,
} from "./values.ts";

/**
 * Arrays of rows, which are arrays and objects of one form, as columns: an array of numbers for each number of a row. A row is
 * then a view, which tells where its numbers stand.
 */

/** An array has parts of its own up to so many; those of longer ones stand one behind the other in the same columns. */
export const mostParts = 8;
const mostColumns = 64;

interface Leaf {
  readonly column: number;
}
/** What all rows have. */
interface Same {
  readonly value: Value;
}
interface Parts {
  readonly like: ArrayValue | ObjectValue;
  readonly parts: ReadonlyMap<Key, Form>;
}
interface Run {
  readonly type?: ElementType;
  readonly length: number;
  readonly element: Form;
}
type Form = Leaf | Same | Parts | Run;

type Index = number | TracedNumber;

/** Thrown, and caught where the function is traced: rows are known elsewhere in a way that columns can't follow. */
export class Entangled extends Error {}

/** The form of a row. `strides`: how many elements a row has in each column. */
function formOf(tracer: Tracer, given: Value, strides: number[], stride = 1): Form | undefined {
  const value = tracer.arguments.settled(given, undefined);
  if (typeof value === "string" || typeof value === "boolean" || value === null) return { value };
  if (numberParts(tracer, value)) return strides.length < mostColumns ? { column: strides.push(stride) - 1 } : undefined;
  if (!(value instanceof ArrayValue || value instanceof ObjectValue)) return undefined;
  const parts = partsOf(value);
  if (value instanceof ArrayValue && parts.length > mostParts) {
    const element = formOf(tracer, parts[0]![1], strides, stride * parts.length);
    return element && { type: value.type, length: parts.length, element };
  }
  const forms = parts.map(([key, part]) => [key, formOf(tracer, part, strides, stride)] as const);
  return forms.every((entry): entry is [Key, Form] => entry[1] !== undefined) ? { like: value, parts: new Map(forms) } : undefined;
}

/** Whether a value has the form, but for what its parts are. */
function isAlike(value: Value, form: Parts | Run): boolean {
  if (value instanceof Either) return isAlike(value.yes, form) && isAlike(value.no, form);
  if (value instanceof ArrayValue) {
    const [type, length] = "parts" in form ? [(form.like as ArrayValue).type, form.parts.size] : [form.type, form.length];
    const isArray = !("parts" in form) || form.like instanceof ArrayValue;
    return isArray && (value.isPlain || !!value.memory) && value.type === type && value.length === length;
  }
  if (!(value instanceof ObjectValue) || !("parts" in form) || !(form.like instanceof ObjectValue)) return false;
  return (
    value.prototype === form.like.prototype &&
    partsOf(value)
      .map(([key]) => key)
      .join() === [...form.parts.keys()].join()
  );
}

function partOf(tracer: Tracer, given: Value, key: Key): Value {
  const value = tracer.arguments.settled(given, undefined);
  if (value instanceof Either) return merge(tracer, value.mask, partOf(tracer, value.yes, key), partOf(tracer, value.no, key));
  const slot = value instanceof ArrayValue ? value.at(key as number) : (value as ObjectValue).read(key);
  return slot === absent ? undefined : slot;
}

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

/** A row or a part of one. */
export interface View {
  readonly rows: Rows;
  readonly form: Form;
  /** That of the row. */
  readonly row: Index;
  /** In the columns of the view's form. */
  readonly index: Index;
  readonly made: number;
  /** Of an array whose elements stand one behind the other. */
  readonly isLong?: boolean;
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

/** Whether a view is a row, and not a part of one. */
export const isWhole = ({ rows, form }: View): boolean => rows.form === form;

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

/** A row that is an array, or an array within a row. */
class RowArray implements Backing, View {
  readonly rows: Rows;
  readonly form: Parts | Run;
  readonly row: Index;
  readonly index: Index;
  readonly made: number;
  constructor(rows: Rows, form: Parts | Run, row: Index, index: Index, made: number) {
    this.rows = rows;
    this.form = form;
    this.row = row;
    this.index = index;
    this.made = made;
  }
  get length(): number {
    return "parts" in this.form ? this.form.parts.size : this.form.length;
  }
  get counted(): number {
    return this.length;
  }
  get isLong(): boolean {
    return "element" in this.form;
  }
  at(k: number): Value {
    return this.has(k) ? this.#part(k) : undefined;
  }
  read(k: NodeId): Value {
    return this.#part(new TracedNumber(k));
  }
  has(k: number): boolean {
    return k < this.length;
  }
  elements(): Value[] {
    return Array.from({ length: this.length }, (_, k) => this.#part(k));
  }
  write(k: Index, value: Value): boolean {
    if (typeof k === "number" && !this.has(k)) return this.leave();
    this.#part(k, value);
    return true;
  }
  push(): boolean {
    return this.leave();
  }
  fill(value: Value): boolean {
    for (let k = 0; k < this.length; k++) this.#part(k, value);
    return true;
  }
  leave(): never {
    return this.rows.refuse();
  }
  lists(): readonly [NodeId, NodeId] {
    return this.rows.numbersOf(this);
  }
  #part(k: Index, ...write: [Value?]): Value {
    const { form, rows, index } = this;
    if ("element" in form) return rows.part(this, form.element, rows.within(index, form.length, k, write.length > 0), ...write);
    if (typeof k === "number") return rows.part(this, form.parts.get(k)!, index, ...write);
    return rows.choose(this, k, ...write);
  }
}

type ObjectForm = Parts & { readonly like: ObjectValue };

/** A row that is an object, or an object within a row. */
export class RowObject extends ObjectValue implements View {
  readonly rows: Rows;
  readonly form: ObjectForm;
  readonly row: Index;
  readonly index: Index;
  readonly made: number;
  constructor(rows: Rows, form: ObjectForm, row: Index, index: Index, made: number) {
    super(made, new Map(), undefined, form.like.prototype);
    this.rows = rows;
    this.form = form;
    this.row = row;
    this.index = index;
    this.made = made;
    for (const key of form.like.hidden) this.hidden.add(key);
  }
  override read(key: Key): Slot {
    const part = this.form.parts.get(key);
    return part ? this.rows.part(this, part, this.index) : absent;
  }
  override keys(): string[] {
    return this.form.like.keys();
  }
  /** Gives a member that is there another value. */
  assign(key: string, value: Value): void {
    this.rows.part(this, this.form.parts.get(key)!, this.index, value);
  }
  override place(): never {
    return this.rows.refuse();
  }
}

/** Keeps the rows of an array as columns. */
export function moveToRows(tracer: Tracer, array: ArrayValue): Rows | undefined {
  const strides: number[] = [];
  const values = array.elements;
  const form = formOf(tracer, firstRow(array), strides);
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
  return rows;
}

/** A row of an array whose turns are counted alone, which may have any numbers. */
export function anyRow(tracer: Tracer, array: ArrayValue, index: TracedNumber): Value {
  const form = formOf(tracer, firstRow(array), []);
  if (!form) throw new NoState(false);
  return new Rows(tracer, array, form, tracer.array([1])).read(index.node);
}

/** Where a value stands, if it is a row or a part of one. */
export const viewOf = (value: Slot | Store): View | undefined =>
  value instanceof RowObject ? value : value instanceof ArrayValue && value.memory instanceof RowArray ? value.memory : undefined;
