import { EpsilaneError } from "../errors.ts";
import { type ArrayTree, array, childrenOf, type Tree } from "../graph/tree.ts";
import { type Path, writePath } from "../trace/values/path.ts";
import type { Wrt } from "../types.ts";

/**
 * The arguments, or parts of arguments, that `wrt` chooses, in its order; all where there is none.
 * @throws EpsilaneError `no-such-argument`
 */
export function chooseArguments(args: ArrayTree, wrt: Wrt | undefined): ArrayTree {
  if (!wrt) return args;
  return array(wrt.map((entry) => treeAt(args, typeof entry === "number" ? [entry] : entry)));
}

function treeAt(tree: Tree, path: Path): Tree {
  let found: Tree | undefined = tree;
  for (const key of path) found = found && childrenOf(found).find(([name]) => String(name) === String(key))?.[1];
  if (found) return found;
  throw new EpsilaneError("no-such-argument", `wrt asks for ${writePath("args", path)}, which the function does not use or have.`);
}
