import type { NodeId } from "../../graph/graph.ts";
import type { Form, Parts, Run } from "../loops/row-form.ts";
import type { Rows } from "../loops/rows.ts";
import { ArrayValue, type Backing } from "../values/arrays.ts";
import { ObjectValue } from "../values/objects.ts";
import { absent, type Index, type Key, type Slot, type Store, TracedNumber, type Value } from "../values/values.ts";

/** Rows as the function has them. */

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

/** Whether a view is a row, and not a part of one. */
export const isWhole = ({ rows, form }: View): boolean => rows.form === form;

/** A row that is an array, or an array within a row. */
export class RowArray implements Backing, View {
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

export type ObjectForm = Parts & { readonly like: ObjectValue };

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

/** Where a value stands, if it is a row or a part of one. */
export const viewOf = (value: Slot | Store): View | undefined =>
  value instanceof RowObject ? value : value instanceof ArrayValue && value.memory instanceof RowArray ? value.memory : undefined;
