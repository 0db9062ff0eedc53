import { mapLeaves, object } from "../../graph/tree.ts";
import type { Evaluated, EvaluateOptions } from "../../types.ts";
import { differentiate } from "../differentiate.ts";
import { collectOutputs, type Operator } from "../operator.ts";
import { plainArguments } from "./plain.ts";

const operator: Operator = {
  ...plainArguments,
  name: "evaluate",
  apply: ({ trace, tree }) => ({
    inputs: tree,
    tangentsFrom: trace.leafCount,
    derive() {
      const outputs = collectOutputs();
      const value = mapLeaves(trace.result, outputs.add);
      return { graph: trace.graph, outputs: outputs.nodes, result: object([["value", value]]) };
    },
  }),
};

/**
 * The function itself over columns, without derivatives: the same loops, and the same bits as the `value` of `gradient`.
 *
 * Gives `{ value }`, in the tree of the function's result.
 *
 * @throws EpsilaneError where `fn` cannot be read or traced, or an option is wrong.
 */
export function evaluate<A extends number[], R>(fn: (...args: A) => R, options?: EvaluateOptions): Evaluated<A, R>;
export function evaluate<A extends readonly any[], R>(fn: (...args: A) => R, options?: EvaluateOptions): Evaluated<A, R>;
export function evaluate(fn: unknown, options?: unknown): unknown {
  return differentiate(operator, fn, options);
}
