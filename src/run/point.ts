import type { Tree } from "../graph/tree.ts";
import { consecutiveFrom } from "./tree.ts";

/**
 * Reads the numbers of one point into their slots. False where the value has not just this tree of numbers, or it would
 * take longer to see: then the slow way looks closer.
 */
export type Read = (value: unknown, into: Float64Array) => boolean;

/** Prepares the fast reading of one tree. */
export function compileRead(tree: Tree): Read {
  switch (tree.kind) {
    case "leaf": {
      const { slot } = tree;
      return (value, into) => {
        if (typeof value !== "number") return false;
        into[slot] = value;
        return true;
      };
    }
    case "kept":
      return () => true;
    case "array": {
      const first = consecutiveFrom(tree.items);
      return first === undefined ? readItems(tree.items.map(compileRead)) : readRun(first, tree.items.length);
    }
    case "object":
      return readMembers(new Map(tree.entries.map(([key, child]) => [key, compileRead(child)])));
  }
}

const readItems =
  (reads: readonly Read[]): Read =>
  (value, into) => {
    if (!Array.isArray(value) || value.length !== reads.length) return false;
    for (let index = 0; index < reads.length; index++) if (!reads[index](value[index], into)) return false;
    return true;
  };

const readRun =
  (first: number, count: number): Read =>
  (value, into) => {
    if (!Array.isArray(value) || value.length !== count) return false;
    for (let index = 0; index < count; index++) {
      const item = value[index];
      if (typeof item !== "number") return false;
      into[first + index] = item;
    }
    return true;
  };

const readMembers = (reads: ReadonlyMap<string, Read>): Read => {
  const members = [...reads];
  return (value, into) => {
    if (typeof value !== "object" || value === null) return false;
    let found = 0;
    for (const _ in value) found++;
    if (found !== members.length) return false;
    for (let index = 0; index < members.length; index++) {
      const [key, read] = members[index];
      if (!read((value as Record<string, unknown>)[key], into)) return false;
    }
    return true;
  };
};
