import type { DerivativeOptions, Jacobian, Picked, Wrt } from "../../types.ts";
import { differentiate } from "../differentiate.ts";
import type { Operator } from "../operator.ts";
import { chooseArguments } from "../wrt.ts";
import { withPartials } from "./partials.ts";
import { plainArguments } from "./plain.ts";

const operator: Operator = {
  ...plainArguments,
  name: "jacobian",
  options: ["wrt", ...plainArguments.options],
  apply({ trace, tree }, { wrt }) {
    const chosen = chooseArguments(tree, wrt);
    return { inputs: tree, tangentsFrom: trace.leafCount, derive: () => withPartials(trace, "jacobian", chosen) };
  },
};

/**
 * The value of a function, and the partials of every number of its result by every argument.
 *
 * Gives `{ value, jacobian }`; `jacobian[output][argument]` has the tree of the result and, in each leaf of it, that of
 * the arguments or of those that `wrt` chooses. What is no number in the result has no entry.
 *
 * @throws EpsilaneError where `fn` cannot be read or traced, or an option is wrong.
 */
export function jacobian<A extends number[], R, const W extends Wrt | undefined = undefined>(
  fn: (...args: A) => R,
  options?: DerivativeOptions<W>,
): Jacobian<A, Picked<A, W>, R>;
export function jacobian<A extends readonly any[], R, const W extends Wrt | undefined = undefined>(
  fn: (...args: A) => R,
  options?: DerivativeOptions<W>,
): Jacobian<A, Picked<A, W>, R>;
export function jacobian(fn: unknown, options?: unknown): unknown {
  return differentiate(operator, fn, options);
}
