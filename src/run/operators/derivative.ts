import { EpsilaneError } from "../../errors.ts";
import type { Derivative, EvaluateOptions } from "../../types.ts";
import { differentiate } from "../differentiate.ts";
import type { Operator } from "../operator.ts";
import { withPartials } from "./partials.ts";
import { plainArguments } from "./plain.ts";

const operator: Operator = {
  ...plainArguments,
  name: "derivative",
  apply({ trace, tree }) {
    const [x] = tree.items;
    if (tree.items.length !== 1 || x.kind !== "leaf") {
      throw new EpsilaneError("not-one-number", "derivative needs a function of one number. For others use gradient or jacobian.");
    }
    return { inputs: tree, tangentsFrom: trace.leafCount, derive: () => withPartials(trace, "derivative", x) };
  },
};

/**
 * The value and derivative of a function of one number; its result may be any tree.
 *
 * Gives `{ value, derivative }`, both in the tree of the result. What is no number there has no entry in `derivative`.
 *
 * @throws EpsilaneError where `fn` cannot be read or traced, an option is wrong, or `fn` takes anything but one number
 * (`not-one-number`).
 */
export function derivative<R>(fn: (x: number) => R, options?: EvaluateOptions): Derivative<number, R>;
export function derivative(fn: unknown, options?: unknown): unknown {
  return differentiate(operator, fn, options);
}
