import type { ArrayTree, Tree } from "../graph/tree.ts";
import { type FunctionSource, type Trace, traceFunction } from "../trace/trace.ts";
import { NeedsShape, type SampleKind } from "../trace/values/arguments.ts";
import type { Path } from "../trace/values/path.ts";
import { isColumnObject } from "./column.ts";
import { treeOfArguments } from "./shapes.ts";
import { timed } from "./timed.ts";

/** How many trees of arguments a function keeps in mind. */
const limit = 64;

/** One trace of a function, for arguments of one tree. */
export interface Traced {
  readonly trace: Trace;
  /** Slots are input leaves of the graph. */
  readonly tree: ArrayTree;
  /** Milliseconds. */
  readonly took: number;
}

export interface Traces<Prepared> {
  /** What was prepared for arguments of this tree. `kind` tells whether they are one point or columns. */
  find(args: unknown, kind: SampleKind): Prepared;
}

/**
 * Traces of one function. It is traced at once where its tree is visible or `shape` gives it, which is the only tree then;
 * else once for each tree of arguments. `prepare` is called once a trace; `sampleOf` gives the number or column in a leaf.
 */
export function createTraces<Prepared>(
  source: FunctionSource,
  shape: readonly unknown[] | undefined,
  sampleOf: (value: unknown) => unknown,
  maxIterations: number | undefined,
  prepare: (traced: Traced) => Prepared,
): Traces<Prepared> {
  const known = new Map<string, { readonly fits: Fits; readonly prepared: Prepared }>();

  const add = (sample: unknown, kind: SampleKind) => {
    const { made: trace, took } = timed(() => traceFunction(source, (path) => sampleOf(valueAt(sample, path)), kind, maxIterations));
    const key = JSON.stringify(trace.arguments);
    let entry = known.get(key);
    if (!entry) {
      const tree = treeOfArguments(trace.arguments);
      entry = { fits: compileFits(tree, sampleOf), prepared: prepare({ trace, tree, took }) };
      if (known.size >= limit) known.delete(known.keys().next().value!);
      known.set(key, entry);
    }
    return entry.prepared;
  };

  if (shape) {
    const prepared = add(shape, "shape");
    return { find: () => prepared };
  }
  try {
    add(undefined, "points");
  } catch (error) {
    if (!(error instanceof NeedsShape)) throw error;
  }
  return {
    find(args, kind) {
      for (const { fits, prepared } of known.values()) if (fits(args, kind)) return prepared;
      return add(args, kind);
    },
  };
}

function valueAt(sample: unknown, path: Path): unknown {
  let value = sample;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    // What every object has is no data.
    if (key in Object.prototype && !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** Whether arguments have just the tree of a trace. Whether leaves are what they should be is checked when they are read. */
type Fits = (value: unknown, kind: SampleKind) => boolean;

function compileFits(tree: Tree, sampleOf: (value: unknown) => unknown): Fits {
  switch (tree.kind) {
    case "leaf":
      return (value, kind) => mayBeLeaf(sampleOf(value), kind);
    case "kept":
      return () => true;
    case "array": {
      const items = tree.items.map((item) => compileFits(item, sampleOf));
      return (value, kind) => {
        if (!Array.isArray(value) && !(kind === "points" && ArrayBuffer.isView(value))) return false;
        const list = value as ArrayLike<unknown>;
        if (list.length !== items.length) return false;
        for (let index = 0; index < items.length; index++) if (!items[index](list[index], kind)) return false;
        return true;
      };
    }
    case "object": {
      const members = new Map(tree.entries.map(([key, child]) => [key, compileFits(child, sampleOf)]));
      return (value, kind) => {
        if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false;
        const given = value as Record<string, unknown>;
        for (const [key, fits] of members) if (!(key in given) || !fits(given[key], kind)) return false;
        for (const key of Object.keys(given)) if (!members.has(key) && mayHaveLeaves(given[key])) return false;
        return true;
      };
    }
  }
}

/** What is missing, a list of lists, or a plain object asks for another trace; anything else is a leaf, right or wrong. */
function mayBeLeaf(value: unknown, kind: SampleKind): boolean {
  if (typeof value !== "object" || value === null) return value !== undefined;
  if (kind === "points") return false;
  return isColumnObject(value) || (Array.isArray(value) && (typeof value[0] !== "object" || value[0] === null));
}

/** What the tracer takes for a part of the arguments where the function itself does not name it. */
const mayHaveLeaves = (value: unknown) => typeof value === "number" || (typeof value === "object" && value !== null);
