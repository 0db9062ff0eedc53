/** A nest of arrays and objects whose leaves are numbered slots; `kept` is what is no number and comes back as it is. */
export type Tree = Leaf | ArrayTree | ObjectTree | { readonly kind: "kept"; readonly value: unknown };
export interface Leaf {
  readonly kind: "leaf";
  readonly slot: number;
}
export interface ArrayTree {
  readonly kind: "array";
  readonly items: readonly Tree[];
}
export interface ObjectTree {
  readonly kind: "object";
  readonly entries: readonly (readonly [key: string, tree: Tree])[];
}

export const leaf = (slot: number): Leaf => ({ kind: "leaf", slot });
export const array = (items: readonly Tree[]): ArrayTree => ({ kind: "array", items });
export const object = (entries: readonly (readonly [string, Tree])[]): ObjectTree => ({ kind: "object", entries });

export const kept = (value: unknown): Tree => ({ kind: "kept", value });

/** The tree with every leaf replaced; what is kept stays. */
export function mapLeaves<T extends Tree>(tree: T, replace: (slot: number) => Tree): T extends Leaf ? Tree : T;
export function mapLeaves(tree: Tree, replace: (slot: number) => Tree): Tree {
  if (tree.kind === "leaf") return replace(tree.slot);
  if (tree.kind === "array") return array(tree.items.map((item) => mapLeaves(item, replace)));
  return tree.kind === "object" ? object(tree.entries.map(([key, child]) => [key, mapLeaves(child, replace)])) : tree;
}

/** The slots of a tree, depth first. */
export function slotsOf(tree: Tree): number[] {
  if (tree.kind === "leaf") return [tree.slot];
  if (tree.kind === "kept") return [];
  return childrenOf(tree).flatMap(([, child]) => slotsOf(child));
}

export const childrenOf = (tree: Tree): readonly (readonly [key: string | number, child: Tree])[] =>
  tree.kind === "array" ? tree.items.map((item, index) => [index, item] as const) : tree.kind === "object" ? tree.entries : [];
