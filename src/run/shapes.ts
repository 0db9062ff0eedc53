import type { NodeId } from "../graph/graph.ts";
import type { Shape } from "../trace/arguments.ts";
import type { ResultTree } from "../trace/trace.ts";
import { type ArrayTree, array, kept, type Leaf, leaf, object, type Tree } from "./tree.ts";

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

/** The tree of a function's result: `leaf` makes the leaf of a number's node. */
export function treeOfResult(result: ResultTree, leaf: (node: NodeId) => Leaf): Tree {
  switch (result.kind) {
    case "number":
      return leaf(result.node);
    case "literal":
      return kept(result.value);
    case "array":
      return array(result.items.map((item) => treeOfResult(item, leaf)));
    case "object":
      return object(result.entries.map(([key, child]) => [key, treeOfResult(child, leaf)]));
  }
}
