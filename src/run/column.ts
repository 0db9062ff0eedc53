import { EpsilaneError } from "../errors.ts";
import type { Strided, TypedArray } from "../types.ts";
import { describe, typeNameOf } from "./tree.ts";

/** A column as it is read or written: `length` numbers of `data` from `offset` on, `stride` apart. */
export interface ColumnView {
  readonly data: TypedArray | readonly number[];
  readonly offset: number;
  readonly stride: number;
  readonly length: number;
}

/**
 * A column inside interleaved data: entries `offset`, `offset + stride`, … of `data`, as many as there are. It can be
 * read as a column of arguments, and written where `data` is a `Float64Array` or `Float32Array`.
 *
 * @param data any numeric typed array.
 * @param layout `stride`: entries from one point to the next, at least 1. `offset`: entry of the first point, default 0.
 * @throws EpsilaneError `not-a-column` for other data, `bad-stride` for an offset or stride that does not fit.
 */
export function strided(data: TypedArray, layout: { readonly offset?: number; readonly stride: number }): Strided {
  checkData(data, () => "The data of strided()");
  const { offset = 0, stride }: Partial<typeof layout> = layout ?? {};
  checkLayout(data, offset, stride, 0, "strided()");
  return Object.freeze({ data, offset, stride, length: Math.max(0, Math.ceil((data.length - offset) / stride)) });
}

/** A typed array as one column. */
export const whole = (data: TypedArray): ColumnView => ({ data, offset: 0, stride: 1, length: data.length });

const isNatural = (value: unknown, least: number): value is number => Number.isSafeInteger(value) && (value as number) >= least;

function checkLayout(data: TypedArray, offset: unknown, stride: unknown, length: unknown, name: string): void {
  if (!isNatural(offset, 0) || offset > data.length || !isNatural(stride, 1) || !isNatural(length, 0)) {
    const given = `offset ${String(offset)} and stride ${String(stride)}`;
    throw new EpsilaneError(
      "bad-stride",
      `${name} needs a whole offset from 0 to ${data.length} and a whole stride from 1 up, but has ${given}.`,
    );
  }
  if (length > 0 && offset + (length - 1) * stride >= data.length) {
    throw new EpsilaneError("bad-stride", `${name} reaches beyond its data of ${data.length} entries.`);
  }
}

const numericArray = /^(Float(64|32|16)|Int(8|16|32)|Uint(8|16|32)|Uint8Clamped)Array$/;

function checkData(data: unknown, name: () => string): asserts data is TypedArray {
  if (!ArrayBuffer.isView(data)) {
    throw new EpsilaneError("not-a-column", `${name()} must be a numeric typed array, but is ${describe(data)}.`);
  }
  // Nearly every column; the rest is looked at more closely, arrays of other realms too.
  if (data instanceof Float64Array && data.byteLength > 0) return;
  const type = typeNameOf(data);
  if (!numericArray.test(type)) {
    const hint = type.startsWith("Big") ? " 64-bit integers are no numbers: convert them with Float64Array.from(data, Number)." : "";
    throw new EpsilaneError("not-a-column", `${name()} is a ${type}, which is no column of numbers.${hint}`);
  }
  if (isDetached(data as TypedArray)) {
    throw new EpsilaneError(
      "detached-buffer",
      `${name()} is a ${type} whose buffer was transferred, detached or shrunk: its numbers are gone.`,
    );
  }
}

/**
 * `byteLength` tells: where resizable buffers were seen, code that V8 optimises reads from a detached array the `length` that it
 * had (Node 20 and 22).
 */
function isDetached(data: TypedArray): boolean {
  if (data.byteLength > 0) return false;
  try {
    data.at(0);
    return false;
  } catch {
    return true;
  }
}

const isStrided = (value: object): value is Strided => "data" in value && "stride" in value && "offset" in value && "length" in value;

/** Whether a value can only be a column: a plain array may be a list of arguments as well. */
export const isColumnObject = (value: unknown): boolean =>
  ArrayBuffer.isView(value) || (typeof value === "object" && value !== null && isStrided(value));

/**
 * The column that a value is, checked. `name` gives its place for messages.
 * @throws EpsilaneError `not-a-column`, `bad-stride`, `detached-buffer`, `not-a-number`.
 */
export function columnOf(value: unknown, name: () => string): ColumnView {
  if (ArrayBuffer.isView(value)) {
    checkData(value, name);
    return whole(value);
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (typeof value[index] !== "number") {
        throw new EpsilaneError("not-a-number", `${name()} is a column, but its entry ${index} is ${describe(value[index])}.`);
      }
    }
    return { data: value, offset: 0, stride: 1, length: value.length };
  }
  if (typeof value === "object" && value !== null && isStrided(value)) {
    const { data, offset, stride, length } = value;
    checkData(data, () => `The data of ${name()}`);
    checkLayout(data, offset, stride, length, name());
    return { data, offset, stride, length };
  }
  const accepted = "a column (a numeric typed array, an array of numbers, or strided()) or a number";
  throw new EpsilaneError("not-a-column", `${name()} must be ${accepted}, but is ${describe(value)}.`);
}

/** The numbers of one point. */
export const numbersAt = (columns: readonly (number | ColumnView)[], point: number): Float64Array =>
  Float64Array.from(columns, (column) => (typeof column === "number" ? column : column.data[column.offset + point * column.stride]));

/** Whether the column still has its numbers: user code that ran in between may have detached or shortened them. */
export const isIntact = ({ data, offset, stride, length }: ColumnView): boolean =>
  length === 0 || offset + (length - 1) * stride < ("buffer" in data ? data.byteLength / data.BYTES_PER_ELEMENT : data.length);

/**
 * `count` numbers from `first` on, as one of the language's own arrays: `subarray` would call the constructor of a subclass. All of
 * them are the array itself, as making a view takes as long as copying hundreds of numbers.
 */
const part = (data: TypedArray, first: number, count: number): TypedArray =>
  count === data.length
    ? data
    : new (globalThis as unknown as Record<string, typeof Float64Array>)[typeNameOf(data)](
        data.buffer,
        data.byteOffset + first * data.BYTES_PER_ELEMENT,
        count,
      );

/** Copies points `from` … `from + count` of a column into the start of `target`, widened exactly. */
export function copyIn(column: ColumnView, from: number, count: number, target: Float64Array): void {
  const { data, stride } = column;
  const first = column.offset + from * stride;
  if (stride === 1 && ArrayBuffer.isView(data)) {
    target.set(part(data as TypedArray, first, count));
    return;
  }
  for (let point = 0, index = first; point < count; point++, index += stride) target[point] = data[index];
}

/** One number as a column of any length. */
export const constant = (value: number): ColumnView => ({ data: [value], offset: 0, stride: 0, length: 1 });

/** Copies `count` points of one column, the first of them `from`, to those of another from `to` on. */
export function copy(source: ColumnView, from: number, count: number, target: ColumnView, to: number): void {
  const first = source.offset + from * source.stride;
  const [read, write] = [source.data, target.data as TypedArray];
  if (source.stride === 1 && target.stride === 1 && ArrayBuffer.isView(read)) {
    // A subclass may have a `set` of its own.
    Float64Array.prototype.set.call(write, part(read as TypedArray, first, count), target.offset + to);
    return;
  }
  for (let point = 0, index = target.offset + to * target.stride; point < count; point++, index += target.stride) {
    write[index] = read[first + point * source.stride];
  }
}
