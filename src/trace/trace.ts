import type { Node } from "acorn";
import { createGraph, type Graph } from "../graph/graph.ts";
import type { Tree } from "../graph/tree.ts";
import { type Failure, withFailures } from "./failures.ts";
import { anyRow, Entangled } from "./loops/rows.ts";
import { globalValue, nativeOf } from "./natives/globals.ts";
import { getMember } from "./objects/members.ts";
import { compact, resultOf } from "./result.ts";
import { createOutside } from "./scopes/outside.ts";
import type { FunctionSource } from "./scopes/read.ts";
import { returnedBy, usesArguments } from "./source/hoist.ts";
import { frameAt, siteOf, withinLimits } from "./source/source.ts";
import { Tracer } from "./state/tracer.ts";
import { symbolCallOf } from "./symbols/symbol-functions.ts";
import { call } from "./syntax/calls.ts";
import { evaluate } from "./syntax/expressions.ts";
import { execute } from "./syntax/statements.ts";
import { Argument, Arguments, type Lookup, NeedsShape, type SampleKind, type Shape } from "./values/arguments.ts";
import type { FunctionValue } from "./values/functions.ts";
import type { Value } from "./values/values.ts";

export type { Failure } from "./failures.ts";
export { type FunctionSource, readFunction } from "./scopes/read.ts";
export type { Scope } from "./scopes/scope.ts";
export { type Lookup, NeedsShape, type SampleKind } from "./values/arguments.ts";

/** A function as a graph. */
export interface Trace {
  readonly graph: Graph;
  /** As far as the function or the data shows them. Leaves are numbered depth first, in the order of elements and keys. */
  readonly arguments: readonly Shape[];
  readonly leafCount: number;
  /** Its slots are nodes. */
  readonly result: Tree;
  /** The points on which the function throws. */
  readonly failures: readonly Failure[];
  /** Where the result is returned, with a caret under it; nothing for what has no source. */
  readonly frame: string;
}

/** Most turns of a loop whose end depends on the data, where nothing else is said. */
const defaultMaxIterations = 10_000;

/**
 * Traces a function for one tree of arguments.
 * @param lookup what stands at a path of the arguments in the `shape` option or in a call's data; `[]` is their tuple
 * @param samples whether a number's sample is a number, or a column or shared number
 * @throws NeedsShape where a length is needed that `lookup` does not give
 * @throws EpsilaneError where the function can't be traced
 */
export function traceFunction(
  source: FunctionSource,
  lookup: Lookup,
  samples: SampleKind = "points",
  maxIterations = defaultMaxIterations,
): Trace {
  const trace = (keepsRows: boolean): Trace => {
    const args = new Arguments(createGraph(), lookup, samples);
    const tracer = new Tracer(args.graph, args, { evaluate, execute, call, getMember, globalValue, anyRow }, maxIterations, keepsRows);
    try {
      return withinLimits(
        source.name,
        () => traceWith(tracer, source),
        (cause) => tracer.failDepth(cause),
      );
    } catch (error) {
      throw args.orGuess(error);
    }
  };
  try {
    return trace(true);
  } catch (error) {
    if (!(error instanceof Entangled)) throw error;
    return trace(false);
  }
}

function traceWith(tracer: Tracer, source: FunctionSource): Trace {
  const args = tracer.arguments;
  const { result, failures } = withFailures(tracer, () => {
    const { roots, result, site } = run(tracer, source);
    tracer.site = site;
    return { roots, site, tree: resultOf(tracer, result) };
  });
  const { shapes, leafOf } = args.complete(result.roots);
  const frame = result.site ? frameAt(result.site) : "";
  return { ...compact(args.graph, leafOf, result.tree, failures), arguments: shapes, leafCount: leafOf.size, frame };
}

interface Ran {
  readonly roots: readonly Argument[];
  readonly result: Value;
  /** Where the result is returned. */
  readonly site?: Node;
}

function run(tracer: Tracer, source: FunctionSource): Ran {
  if (source.kind === "source")
    return runSource(tracer, createOutside(tracer, source).functionValue(source.fn, source.members) as FunctionValue);
  const call = symbolCallOf(source.fn);
  const given = tracer.arguments.count() ?? source.fn.length;
  const roots = Array.from({ length: call ? Math.max(given, source.fn.length) : given }, (_, i) => new Argument([i]));
  const result = call ? call(tracer, source.fn, roots, undefined) : tracer.call(nativeOf(source.fn), roots, undefined, siteOf(source.name));
  return { roots, result };
}

function runSource(tracer: Tracer, fn: FunctionValue): Ran {
  const { params } = fn.node;
  const given = tracer.arguments.count();
  let length = params.length;
  const hasRest = params.at(-1)?.type === "RestElement";
  if (hasRest || usesArguments(fn.node)) {
    if (given === undefined && (hasRest || length === 0)) throw new NeedsShape([]);
    length = Math.max(given ?? 0, hasRest ? length - 1 : length);
  }
  // An argument that is not given is its default, a constant, or undefined.
  const isMissing = (i: number) =>
    i >= (given ?? length) || (params[i]?.type === "AssignmentPattern" && tracer.arguments.sample([i]) === undefined);
  const roots = Array.from({ length }, (_, i) => new Argument([i], isMissing(i)));
  const result = tracer.call(fn, roots, undefined, fn.node);
  return { roots: roots.slice(0, 1 + roots.findLastIndex(({ missing, kind }) => kind || !missing)), result, site: returnedBy(fn.node) };
}
