import { type ArrayTree, array, leaf, object, type Tree } from "../graph/tree.ts";
import type { Shape } from "../trace/values/arguments.ts";

/** The tuple of a function's arguments; slots are its input leaves, depth first. */
export function treeOfArguments(shapes: readonly Shape[]): ArrayTree {
  let leaves = 0;
  const treeOf = (shape: Shape): Tree => {
    if (shape === "number") return leaf(leaves++);
    if (Array.isArray(shape)) return array(shape.map(treeOf));
    return object(Object.entries(shape).map(([key, child]) => [key, treeOf(child)]));
  };
  return array(shapes.map(treeOf));
}
