import type { Tree } from "../graph/tree.ts";
import { consecutiveFrom } from "./tree.ts";

/** Makes one tree of the values of its slots. */
export type Build = (leaves: ArrayLike<unknown>) => unknown;

type Literal = (first: unknown, second?: unknown) => object;

/** Objects that every call makes: a literal costs a third of the same object made key by key. */
const literals: readonly (readonly [keys: readonly string[], literal: Literal])[] = [
  [["value"], (value) => ({ value })],
  [["value", "gradient"], (value, gradient) => ({ value, gradient })],
  [["value", "jacobian"], (value, jacobian) => ({ value, jacobian })],
  [["value", "derivative"], (value, derivative) => ({ value, derivative })],
  [["value", "tangent"], (value, tangent) => ({ value, tangent })],
  [["val", "der"], (val, der) => ({ val, der })],
];

/** Makes an array of consecutive slots. */
type BuildRun = (first: number, count: number) => Build;

/** Prepares the building of one tree of columns. */
export const compileColumns = (tree: Tree): Build => compileBuild(tree, buildColumns);
/** Prepares the building of one tree of numbers. */
export const compileNumbers = (tree: Tree): Build => compileBuild(tree, buildNumbers);

function compileBuild(tree: Tree, buildRun: BuildRun): Build {
  switch (tree.kind) {
    case "leaf": {
      const { slot } = tree;
      return (leaves) => leaves[slot];
    }
    case "kept":
      return () => tree.value;
    case "array": {
      const first = consecutiveFrom(tree.items);
      return first === undefined ? buildItems(tree.items.map((item) => compileBuild(item, buildRun))) : buildRun(first, tree.items.length);
    }
    case "object":
      return buildObject(
        tree.entries.map(([key]) => key),
        tree.entries.map(([, child]) => compileBuild(child, buildRun)),
      );
  }
}

const buildItems =
  (builds: readonly Build[]): Build =>
  (leaves) => {
    const built = new Array(builds.length);
    for (let index = 0; index < builds.length; index++) built[index] = builds[index](leaves);
    return built;
  };

const buildColumns: BuildRun = (first, count) => (leaves) => {
  const built = new Array(count);
  for (let index = 0; index < count; index++) built[index] = leaves[first + index];
  return built;
};

/**
 * Short arrays of numbers, from a place in the outputs on. V8 learns from a literal that it holds doubles, and makes it so; of
 * `new Array(count)` minifiers make `Array(count)`, of which it learns nothing, and which takes twice as long.
 */
const lists: readonly ((from: ArrayLike<number>, i: number) => number[])[] = [
  () => [],
  (from, i) => [from[i]],
  (from, i) => [from[i], from[i + 1]],
  (from, i) => [from[i], from[i + 1], from[i + 2]],
  (from, i) => [from[i], from[i + 1], from[i + 2], from[i + 3]],
  (from, i) => [from[i], from[i + 1], from[i + 2], from[i + 3], from[i + 4]],
  (from, i) => [from[i], from[i + 1], from[i + 2], from[i + 3], from[i + 4], from[i + 5]],
  (from, i) => [from[i], from[i + 1], from[i + 2], from[i + 3], from[i + 4], from[i + 5], from[i + 6]],
  (from, i) => [from[i], from[i + 1], from[i + 2], from[i + 3], from[i + 4], from[i + 5], from[i + 6], from[i + 7]],
];

/** Code of its own: shared with columns, V8 would box every number of every array. */
const buildNumbers: BuildRun = (first, count) => {
  const list = lists[count];
  if (list) return (leaves) => list(leaves as Float64Array, first);
  return (leaves) => {
    const built: number[] = [];
    for (let index = 0; index < count; index++) built.push((leaves as Float64Array)[first + index]);
    return built;
  };
};

function buildObject(keys: readonly string[], builds: readonly Build[]): Build {
  const [, literal] = literals.find(([known]) => known.length === keys.length && known.every((key, index) => key === keys[index])) ?? [];
  const [first, second] = builds;
  if (literal) return second ? (leaves) => literal(first(leaves), second(leaves)) : (leaves) => literal(first(leaves));
  if (keys.includes("__proto__")) return (leaves) => Object.fromEntries(keys.map((key, index) => [key, builds[index](leaves)]));
  return (leaves) => {
    const built: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index++) built[keys[index]] = builds[index](leaves);
    return built;
  };
}
