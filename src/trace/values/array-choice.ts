import type { Node } from "acorn";
import { failAt } from "../source/source.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue } from "./arrays.ts";
import { narrow, onEither } from "./merge.ts";
import { Either, type Value } from "./values.ts";

/** One of several arrays, read as one that has choices for elements: what is made of it is made once, and not of each. */
export class ArrayChoice extends ArrayValue {
  readonly #tracer: Tracer;
  readonly #site: Node;
  readonly #choice: Either;
  constructor(tracer: Tracer, choice: Either, type: ArrayValue["type"], site: Node) {
    super(tracer.journal.now(), [], type);
    this.#tracer = tracer;
    this.#site = site;
    this.#choice = choice;
  }
  override get self(): Value {
    return this.#choice;
  }
  override get length(): number {
    return lengthOf(this.#tracer, narrow(this.#tracer, this.#choice), this.#site)!;
  }
  override get elements(): Value[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }
  override at(index: number): Value {
    return this.choose((array) => array.at(index));
  }
  /** What `use` gives for the array that it is. */
  choose(use: (array: ArrayValue) => Value): Value {
    const choose = (value: Value): Value => (value instanceof Either ? onEither(this.#tracer, value, choose) : use(value as ArrayValue));
    return choose(narrow(this.#tracer, this.#choice));
  }
}

/** The choice as one array, where it is among plain ones of one kind and length. */
export function arrayChoice(tracer: Tracer, choice: Either, site: Node): ArrayChoice | undefined {
  let first: { readonly length: number; readonly type: ArrayValue["type"] } | undefined;
  const isAlike = (option: Value): boolean => {
    if (option instanceof Either) return tracer.onSides(option, isAlike).every(Boolean);
    if (!(option instanceof ArrayValue) || !option.isPlain) return false;
    const { length, type, elements } = option;
    first ??= { length, type };
    return type === first.type && length === first.length && Object.keys(elements).length === length;
  };
  return isAlike(choice) ? new ArrayChoice(tracer, choice, first!.type, site) : undefined;
}

/** The length of an array that has one of two, depending on the data. */
export function sameLength(yes: number, no: number, site: Node): number {
  if (yes === no) return yes;
  return failAt(
    site,
    "shape-on-data",
    `This has ${yes} or ${no} elements, depending on the data.`,
    "Give it the same length in every case.",
  );
}

/** The length of an array, or of all that it may be; `undefined` where that may be no array. */
export function lengthOf(tracer: Tracer, value: Value, site: Node): number | undefined {
  if (value instanceof ArrayValue) return value.length;
  if (!(value instanceof Either)) return undefined;
  const [yes, no] = tracer.onSides(value, (side) => lengthOf(tracer, side, site));
  return yes === undefined || no === undefined ? undefined : sameLength(yes, no, site);
}
