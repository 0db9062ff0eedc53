import { EpsilaneError } from "../errors.ts";
import type { Graph, NodeId } from "../graph/graph.ts";
import type { Failure } from "../trace/trace.ts";
import { compileNumbers } from "./build.ts";
import { preparePoint } from "./engine.ts";
import type { Derived } from "./operator.ts";
import type { Invalid } from "./options.ts";
import type { Traced } from "./traces.ts";
import { describe } from "./tree.ts";

/** With `"nan"`, NaN in every output where a failure's mask is set; with `"throw"`, a node `failed`, which is 1 there and else 0. */
export function markFailures(derived: Derived, failures: readonly Failure[], invalid: Invalid = "throw"): Derived {
  if (failures.length === 0) return derived;
  const { graph, outputs } = derived;
  const failed = failures.map(({ mask }) => mask).reduce((a, b) => graph.apply("or", a, b));
  if (invalid === "throw") return { ...derived, failed: flag(graph, failed) };
  const nan = graph.constant(Number.NaN);
  return { ...derived, outputs: outputs.map((output) => graph.apply("select", failed, nan, output)) };
}

const flag = (graph: Graph, mask: NodeId) => graph.apply("and", graph.constant(1), mask);

/** A point that failed: the number in every leaf of the function's arguments, and its index where it is one of many. */
export interface FailedPoint {
  readonly leaves: Float64Array;
  readonly index?: number;
}

/**
 * The error of a point that failed. Its cause is what the function itself throws there: this is the one place where a
 * user's function is called.
 */
export function failureAt({ trace, tree }: Traced, fn: Function, { leaves, index }: FailedPoint): EpsilaneError {
  const { code, sentence, frame, advice, thrown } = failureOf(trace, leaves);
  const cause = thrown === undefined ? undefined : causeOf(fn, compileNumbers(tree)(leaves) as unknown[], thrown);
  const place = index === undefined ? "" : ` at point ${index}`;
  const detail = cause === undefined ? "." : `: ${messageOf(cause)}`;
  const message = [`${sentence}${place}${detail}`, frame, advice].join("\n\n");
  return new EpsilaneError(code, message, { cause, index: index ?? 0 });
}

/** The first failure, in the order of the function, whose mask is set at a point. */
function failureOf({ graph, failures }: Traced["trace"], leaves: Float64Array): Failure {
  const outputs = failures.map(({ mask }) => flag(graph, mask));
  const shared = Array.from(leaves, () => true);
  const flags = preparePoint({ graph, outputs, shared, engine: "interpreted" })(leaves);
  return failures[flags.findIndex((set) => set !== 0)];
}

function causeOf(fn: Function, args: readonly unknown[], thrown: string): unknown {
  try {
    fn(...args);
  } catch (error) {
    return error;
  }
  return new Error(`${thrown} (not thrown any more: what the function closes over has changed)`);
}

function messageOf(cause: unknown): string {
  const message = (cause as { readonly message?: unknown } | null)?.message;
  return typeof message === "string" ? message : describe(cause);
}
