import { EpsilaneError } from "../errors.ts";
import { array, childrenOf, kept, leaf, mapLeaves, object, type Tree } from "../graph/tree.ts";
import type { Path } from "../trace/values/path.ts";

/** The tree of derivatives: every leaf replaced. For what is kept, objects have no entry, and arrays hold `undefined`. */
export function derivativeTree(tree: Tree, replace: (slot: number) => Tree): Tree | undefined {
  if (tree.kind === "leaf") return replace(tree.slot);
  if (tree.kind === "array") return array(tree.items.map((item) => derivativeTree(item, replace) ?? kept(undefined)));
  if (tree.kind === "kept") return undefined;
  const entries = tree.entries.map(([key, child]) => [key, derivativeTree(child, replace)] as const);
  return object(entries.filter((entry): entry is [string, Tree] => entry[1] !== undefined));
}

/** The tree with its slots numbered from 0, depth first, and the slots that it had. */
export function compact(tree: Tree): { readonly tree: Tree; readonly slots: readonly number[] } {
  const slots: number[] = [];
  return { tree: mapLeaves(tree, (slot) => leaf(slots.push(slot) - 1)), slots };
}

/** Where a slot stands, for messages. */
export function pathOf(tree: Tree, slot: number): Path | undefined {
  if (tree.kind === "leaf") return tree.slot === slot ? [] : undefined;
  for (const [key, child] of childrenOf(tree)) {
    const path = pathOf(child, slot);
    if (path) return [key, ...path];
  }
  return undefined;
}

/** What a value is, in few words, for messages. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${typeNameOf(value)}`;
  if (typeof value === "object")
    return `an object${Object.keys(value).length > 0 ? ` with ${Object.keys(value).slice(0, 4).join(", ")}` : ""}`;
  if (typeof value === "string") return `the string ${JSON.stringify(value.length > 20 ? `${value.slice(0, 20)}…` : value)}`;
  if (typeof value === "function") return "a function";
  return `the ${typeof value} ${String(value)}`;
}

/** "Float64Array" and so on; works for arrays of another realm too. */
export const typeNameOf = (view: ArrayBufferView): string => (view as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? "DataView";

/** Calls `visit` for every leaf of a tree, depth first, with what stands there in `value`; `into` is handed on. */
export type Walk<Into> = (value: unknown, visit: (leafValue: unknown, slot: number, into: Into) => void, into: Into) => void;

/** How a walk speaks of values that do not fit, and whether a typed array may stand for an array. */
export interface WalkStyle {
  readonly code: string;
  readonly name: (path: Path) => string;
  readonly typedArrays: boolean;
}

/** Prepares the walk of one tree. Objects may have more entries than the tree asks for. */
export function compileWalk<Into>(tree: Tree, style: WalkStyle, path: Path = []): Walk<Into> {
  switch (tree.kind) {
    case "leaf":
      return (value, visit, into) => visit(value, tree.slot, into);
    case "kept":
      return () => {};
    case "array": {
      const walks = tree.items.map((item, index) => compileWalk<Into>(item, style, [...path, index]));
      return (value, visit, into) => {
        if (!isList(value, style) || value.length !== walks.length) throw wrongTree(style, path, `an array of ${walks.length}`, value);
        for (let index = 0; index < walks.length; index++) walks[index](value[index], visit, into);
      };
    }
    case "object": {
      const asked = tree.entries.filter(([, child]) => child.kind !== "kept");
      const walks = asked.map(([key, child]) => [key, compileWalk<Into>(child, style, [...path, key])] as const);
      const expected = `an object with ${asked.map(([key]) => key).join(", ")}`;
      return (value, visit, into) => {
        if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) throw wrongTree(style, path, expected, value);
        for (const [key, walk] of walks) {
          if (!(key in value)) throw wrongTree(style, path, expected, value);
          walk((value as Record<string, unknown>)[key], visit, into);
        }
      };
    }
  }
}

const isList = (value: unknown, style: WalkStyle): value is ArrayLike<unknown> =>
  Array.isArray(value) || (style.typedArrays && ArrayBuffer.isView(value) && "length" in value);

function wrongTree({ name, code, typedArrays }: WalkStyle, path: Path, expected: string, value: unknown): EpsilaneError {
  const hint = ArrayBuffer.isView(value) && !typedArrays ? " A typed array is one column, and every entry needs one of its own." : "";
  return new EpsilaneError(code, `${name(path)} must be ${expected}, but is ${describe(value)}.${hint}`);
}

/** The first slot of items that are leaves with consecutive slots: most lists are. */
export function consecutiveFrom(items: readonly Tree[]): number | undefined {
  const [head] = items;
  if (head?.kind !== "leaf") return undefined;
  return items.every((item, index) => item.kind === "leaf" && item.slot === head.slot + index) ? head.slot : undefined;
}
