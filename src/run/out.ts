import { EpsilaneError } from "../errors.ts";
import type { Tree } from "../graph/tree.ts";
import { writePath } from "../trace/values/path.ts";
import { type ColumnView, columnOf, isColumnObject } from "./column.ts";
import { overlaps } from "./overlap.ts";
import { compileWalk, describe, pathOf, typeNameOf } from "./tree.ts";

/** Those of the parts of a result that `out` has no room for: they are not computed. */
export function partsNotIn(out: unknown, parts: readonly string[]): string[] {
  if (typeof out !== "object" || out === null || Array.isArray(out) || ArrayBuffer.isView(out)) {
    throw new EpsilaneError("bad-out", `out must be an object with ${parts.join(" and ")}, but is ${describe(out)}.`);
  }
  const unknown = Object.keys(out).find((key) => !parts.includes(key));
  if (unknown !== undefined) {
    throw new EpsilaneError("bad-out", `out has no place for ${unknown}: the result has ${parts.join(" and ")}.`);
  }
  return parts.filter((part) => (out as Record<string, unknown>)[part] === undefined);
}

/** The arguments of a batch as far as `out` must keep clear of them. */
interface Inputs {
  readonly values: readonly (number | ColumnView)[];
  readonly name: (leaf: number) => string;
}

/** Gives the columns of `out` by slot, checked: tree, kind and length of each, and that it shares no element with an input or another. */
export type ReadOut = (out: unknown, points: number, inputs: Inputs) => ColumnView[];

/** Prepares the reading of `out` for one tree of a result. */
export function compileOut(result: Tree): ReadOut {
  const name = (slot: number) => writePath("out", pathOf(result, slot)!);
  const walk = compileWalk<OutColumns>(result, { code: "bad-out", name: (path) => writePath("out", path), typedArrays: false });
  const put = (value: unknown, slot: number, { columns, points }: OutColumns) => {
    columns[slot] = outColumn(value, () => name(slot), points);
  };
  return (out, points, inputs) => {
    const columns: ColumnView[] = [];
    walk(out, put, { columns, points });
    if (!haveOwnBuffers(columns, inputs.values)) refuseOverlaps(columns, name, inputs);
    return columns;
  };
}

interface OutColumns {
  readonly columns: ColumnView[];
  readonly points: number;
}

/** Whether no two of these columns lie in one buffer: the rule, and soon found. */
function haveOwnBuffers(columns: readonly ColumnView[], inputs: readonly (number | ColumnView)[]): boolean {
  const buffers = new Set<ArrayBufferLike>();
  let count = 0;
  for (const column of [...columns, ...inputs]) {
    const buffer = typeof column === "number" ? undefined : bufferOf(column);
    if (!buffer) continue;
    buffers.add(buffer);
    count++;
  }
  return buffers.size === count;
}

/** Only columns over one buffer are compared, so that many columns of their own cost little. */
function refuseOverlaps(columns: readonly ColumnView[], name: (slot: number) => string, inputs: Inputs): void {
  const seen = new Map<ArrayBufferLike, { readonly column: ColumnView; readonly name: () => string }[]>();
  const see = (column: ColumnView, columnName: () => string) => {
    const neighbours = seen.get(bufferOf(column)!);
    if (neighbours) neighbours.push({ column, name: columnName });
    else seen.set(bufferOf(column)!, [{ column, name: columnName }]);
  };
  inputs.values.forEach((input, leaf) => {
    if (typeof input !== "number" && bufferOf(input)) see(input, () => inputs.name(leaf));
  });
  columns.forEach((column, slot) => {
    const other = seen.get(bufferOf(column)!)?.find((neighbour) => overlaps(column, neighbour.column));
    if (other) {
      throw new EpsilaneError("overlap", `${name(slot)} and ${other.name()} share elements. Give ${name(slot)} a column of its own.`);
    }
    see(column, () => name(slot));
  });
}

/** A plain array has none. */
const bufferOf = ({ data }: ColumnView) => (ArrayBuffer.isView(data) ? data.buffer : undefined);

function outColumn(value: unknown, name: () => string, points: number): ColumnView {
  const column = isColumnObject(value) ? columnOf(value, name) : undefined;
  const type = column && typeNameOf(column.data as ArrayBufferView);
  if (!column || (type !== "Float64Array" && type !== "Float32Array")) {
    const found = type ? `is over ${type}` : `is ${describe(value)}`;
    throw new EpsilaneError("bad-out", `${name()} must be a Float64Array, a Float32Array, or strided() over one, but ${found}.`);
  }
  if (column.length !== points) {
    throw new EpsilaneError("bad-out", `${name()} has room for ${column.length} points, but the arguments have ${points}.`);
  }
  return column;
}
