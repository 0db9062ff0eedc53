import { EpsilaneError } from "../../errors.ts";
import type { DerivativeOptions, Gradient, Picked, Wrt } from "../../types.ts";
import { differentiate } from "../differentiate.ts";
import type { Operator } from "../operator.ts";
import { chooseArguments } from "../wrt.ts";
import { withPartials } from "./partials.ts";
import { plainArguments } from "./plain.ts";

const operator: Operator = {
  ...plainArguments,
  name: "gradient",
  options: ["wrt", ...plainArguments.options],
  apply({ trace, tree }, { wrt }) {
    const chosen = chooseArguments(tree, wrt);
    if (trace.result.kind !== "leaf") {
      throw new EpsilaneError("not-scalar", "gradient needs a function whose result is one number. For lists and objects use jacobian.");
    }
    return { inputs: tree, tangentsFrom: trace.leafCount, derive: () => withPartials(trace, "gradient", chosen) };
  },
};

/**
 * The value and gradient of a function whose result is one number.
 *
 * Gives `{ value, gradient }`; `gradient` has the tree of the arguments, or of those that `wrt` chooses.
 *
 * @throws EpsilaneError where `fn` cannot be read or traced, an option is wrong, or the result is no number (`not-scalar`).
 */
export function gradient<A extends number[], const W extends Wrt | undefined = undefined>(
  fn: (...args: A) => number,
  options?: DerivativeOptions<W>,
): Gradient<A, Picked<A, W>>;
export function gradient<A extends readonly any[], const W extends Wrt | undefined = undefined>(
  fn: (...args: A) => number,
  options?: DerivativeOptions<W>,
): Gradient<A, Picked<A, W>>;
export function gradient(fn: unknown, options?: unknown): unknown {
  return differentiate(operator, fn, options);
}
