import { EpsilaneError } from "../errors.ts";
import { type ColumnView, columnOf, isColumnObject } from "./column.ts";
import { overlaps } from "./overlap.ts";
import { compileWalk, describe, type ObjectTree, pathOf, type Tree, typeNameOf, writePath } from "./tree.ts";

/** The parts of the result that `out` has no room for: they are not computed. */
export function partsNotIn(out: unknown, result: ObjectTree): string[] {
  const parts = result.entries.map(([part]) => part);
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
export interface Inputs {
  readonly values: readonly (number | ColumnView)[];
  readonly name: (leaf: number) => string;
}

/** The columns of `out` by slot of `result`, checked: tree, kind and length of each, and that it shares no element with an input or another. */
export function outColumns(out: unknown, result: Tree, points: number, inputs: Inputs): ColumnView[] {
  const columns: ColumnView[] = [];
  const name = (slot: number) => writePath("out", pathOf(result, slot)!);
  const walk = compileWalk<undefined>(result, { code: "bad-out", name: (path) => writePath("out", path), typedArrays: false });
  walk(
    out,
    (value, slot) => {
      columns[slot] = outColumn(value, () => name(slot), points);
    },
    undefined,
  );
  refuseOverlaps(columns, name, inputs);
  return columns;
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
