import { array, leaf, mapLeaves, object } from "../../graph/tree.ts";
import { type Path, writePath } from "../../trace/values/path.ts";
import type { EvaluateOptions, Jvp } from "../../types.ts";
import { differentiate } from "../differentiate.ts";
import { collectOutputs, type Operator } from "../operator.ts";
import { derivativeTree } from "../tree.ts";
import { plainArguments } from "./plain.ts";
import { tangentsOf } from "./tangents.ts";

const roots = ["args", "tangents"];

const operator: Operator = {
  ...plainArguments,
  name: "jvp",
  argumentsIn: (args) => args[0],
  nameOf: ([root, ...path]: Path) => (root === undefined ? "The tuple [args, tangents]" : writePath(roots[root as number], path)),
  apply: ({ trace, tree }) => ({
    inputs: array([tree, mapLeaves(tree, (slot) => leaf(trace.leafCount + slot))]),
    tangentsFrom: trace.leafCount,
    derive(isZero) {
      const outputs = collectOutputs();
      const value = mapLeaves(trace.result, outputs.add);
      const { nodes: tangents, duals } = tangentsOf(trace, [...outputs.nodes], isZero);
      const tangent = derivativeTree(value, (slot) => outputs.add(tangents[slot]));
      return {
        graph: trace.graph,
        outputs: outputs.nodes,
        result: object([["value", value], ...(tangent ? [["tangent", tangent] as const] : [])]),
        duals,
      };
    },
  }),
};

/**
 * Dual numbers themselves: a function's value, and its directional derivative (Jacobian-vector product) along tangents.
 *
 * `f(args, tangents)` takes the tuple of the arguments and a tangent for each number, in the same tree; `batch` takes the
 * pair `[args, tangents]`. A tangent that is the number 0 is structurally zero. Gives `{ value, tangent }`, both in the
 * tree of the result.
 *
 * @throws EpsilaneError where `fn` cannot be read or traced, or an option is wrong.
 */
export function jvp<A extends number[], R>(fn: (...args: A) => R, options?: EvaluateOptions): Jvp<A, R>;
export function jvp<A extends readonly any[], R>(fn: (...args: A) => R, options?: EvaluateOptions): Jvp<A, R>;
export function jvp(fn: unknown, options?: unknown): unknown {
  return differentiate(operator, fn, options);
}
