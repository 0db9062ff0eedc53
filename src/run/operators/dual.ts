import { leaf, mapLeaves, object, type Tree } from "../../graph/tree.ts";
import type { DualFunction, EvaluateOptions } from "../../types.ts";
import { differentiate } from "../differentiate.ts";
import { collectOutputs, type Operator } from "../operator.ts";
import { plainArguments } from "./plain.ts";
import { tangentsOf } from "./tangents.ts";

const isNest = (value: unknown) => typeof value === "object" && value !== null && "val" in value && "der" in value;

/** The `val` of a dual number; an object of two dual numbers that happen to be called so is none. */
const primalOf = (value: unknown) => (isNest(value) && !isNest((value as { val: unknown }).val) ? (value as { val: unknown }).val : value);

const operator: Operator = {
  ...plainArguments,
  name: "dual",
  batchOptions: [],
  // The dual block forms of assembly/dual.ts as they stand.
  batchEngine: "interpreted",
  sampleOf: primalOf,
  apply: ({ trace, tree }) => ({
    inputs: mapLeaves(tree, (slot) => dualOf(leaf(slot), leaf(trace.leafCount + slot))),
    tangentsFrom: trace.leafCount,
    derive(isZero) {
      const outputs = collectOutputs();
      const value = mapLeaves(trace.result, outputs.add);
      const { nodes: tangents, duals } = tangentsOf(trace, [...outputs.nodes], isZero);
      const result = mapLeaves(value, (slot) => dualOf(leaf(slot), outputs.add(tangents[slot])));
      return { graph: trace.graph, outputs: outputs.nodes, result, duals };
    },
  }),
};

const dualOf = (val: Tree, der: Tree) =>
  object([
    ["val", val],
    ["der", der],
  ]);

/**
 * A function on dual numbers, `{ val, der }` each: `dual(f)({ val: 3, der: 1 }, { val: 4, der: 0 })`.
 *
 * Gives the tree of the result with a dual number for each number; `batch` takes and gives columns in `val` and `der`. A
 * `der` that is the number 0 is structurally zero.
 *
 * @throws EpsilaneError where `fn` cannot be read or traced, or an option is wrong.
 */
export function dual<A extends number[], R>(fn: (...args: A) => R, options?: EvaluateOptions): DualFunction<A, R>;
export function dual<A extends readonly any[], R>(fn: (...args: A) => R, options?: EvaluateOptions): DualFunction<A, R>;
export function dual(fn: unknown, options?: unknown): unknown {
  return differentiate(operator, fn, options);
}
