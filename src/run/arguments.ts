import { EpsilaneError } from "../errors.ts";
import { slotsOf } from "../graph/tree.ts";
import type { Path } from "../trace/values/path.ts";
import { type ColumnView, columnOf } from "./column.ts";
import type { Applied, Operator } from "./operator.ts";
import { compileWalk, describe, pathOf } from "./tree.ts";

/** The arguments of a batch, by input leaf: a column, or the number shared by all points. */
interface BatchArguments {
  readonly values: readonly (number | ColumnView)[];
  /** The number of points: the length of every column. */
  readonly points: number;
}

/** Reads the arguments of one form of call, checking that they fit. */
export interface Arguments {
  readonly leaves: number;
  /** Where an input leaf stands, for messages. */
  readonly name: (leaf: number) => string;
  /** @throws EpsilaneError `argument-count`, `wrong-tree`, `not-a-number` */
  readPoint(args: readonly unknown[], into: Float64Array): void;
  /** @throws EpsilaneError `argument-count`, `wrong-tree`, `not-a-column`, `not-a-number`, `detached-buffer`, `no-column`, `length-mismatch` */
  readBatch(args: unknown): BatchArguments;
}

export function prepareArguments(operator: Operator, { inputs }: Applied): Arguments {
  const leaves = slotsOf(inputs).length;
  const style = { code: "wrong-tree", name: operator.nameOf };
  const walkPoint = compileWalk<Float64Array>(inputs, { ...style, typedArrays: true });
  const walkBatch = compileWalk<(number | ColumnView)[]>(inputs, { ...style, typedArrays: false });
  const name = (leaf: number) => operator.nameOf(pathOf(inputs, leaf) as Path);

  const putNumber = (value: unknown, leaf: number, into: Float64Array) => {
    if (typeof value !== "number") {
      const hint = typeof value === "object" && value !== null ? " A call takes one point; batch takes columns." : "";
      throw new EpsilaneError("not-a-number", `${name(leaf)} must be a number, but is ${describe(value)}.${hint}`);
    }
    into[leaf] = value;
  };
  const putColumn = (value: unknown, leaf: number, into: (number | ColumnView)[]) => {
    into[leaf] = typeof value === "number" ? value : columnOf(value, () => name(leaf));
  };

  const checkCount = (args: readonly unknown[]) => {
    const wanted = inputs.items.length;
    if (args.length === wanted) return;
    const [few, s] = [args.length < wanted ? "Too few" : "Too many", wanted === 1 ? "" : "s"];
    throw new EpsilaneError(
      "argument-count",
      `${few} arguments: ${operator.name} needs ${wanted} argument${s} here, but was given ${args.length}.`,
    );
  };

  return {
    leaves,
    name,
    readPoint(args, into) {
      checkCount(args);
      walkPoint(args, putNumber, into);
    },
    readBatch(args) {
      checkTuple(args);
      checkCount(args);
      const values: (number | ColumnView)[] = [];
      walkBatch(args, putColumn, values);
      return { values, points: commonLength(values, name) };
    },
  };
}

/** @throws EpsilaneError `wrong-tree` */
export function checkTuple(args: unknown): asserts args is readonly unknown[] {
  if (Array.isArray(args)) return;
  throw new EpsilaneError("wrong-tree", `batch takes the tuple of the arguments, batch([xs, ys]), but was given ${describe(args)}.`);
}

function commonLength(values: readonly (number | ColumnView)[], name: (leaf: number) => string): number {
  let first = -1;
  for (let leaf = 0; leaf < values.length; leaf++) {
    const value = values[leaf];
    if (typeof value === "number") continue;
    if (first < 0) first = leaf;
    const length = (values[first] as ColumnView).length;
    if (value.length !== length) {
      const lengths = `${name(first)} has ${length} points, but ${name(leaf)} has ${value.length}`;
      throw new EpsilaneError("length-mismatch", `Columns must have one length: ${lengths}.`);
    }
  }
  if (first >= 0) return (values[first] as ColumnView).length;
  throw new EpsilaneError("no-column", "batch needs at least one column, and all arguments are numbers. For one point call f(…) itself.");
}
