import { EpsilaneError } from "../errors.ts";
import { type ColumnView, columnOf, isColumnObject } from "./column.ts";
import { overlaps } from "./overlap.ts";
import { compileWalk, describe, type ObjectTree, pathOf, slotsOf, type Tree, typeNameOf, writePath } from "./tree.ts";

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
  const slots = slotsOf(result);
  slots.forEach((slot, index) => {
    const shared = inputs.values.findIndex((input) => typeof input !== "number" && overlaps(columns[slot], input));
    if (shared >= 0) throw overlap(name(slot), inputs.name(shared));
    const other = slots.slice(0, index).find((earlier) => overlaps(columns[slot], columns[earlier]));
    if (other !== undefined) throw overlap(name(slot), name(other));
  });
  return columns;
}

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

const overlap = (name: string, other: string) =>
  new EpsilaneError("overlap", `${name} and ${other} share elements. Give ${name} a column of its own.`);
