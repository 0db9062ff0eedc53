import { EpsilaneError } from "../../errors.ts";
import type { DerivativeOptions, Gradient, Picked, Wrt } from "../../types.ts";
import { differentiate } from "../differentiate.ts";
import type { Operator } from "../operator.ts";
import { describe } from "../tree.ts";
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
      const { kind } = trace.result;
      const what = kind === "kept" ? describe(trace.result.value) : `an ${kind}`;
      const sentence = `gradient needs a function whose result is one number, but this is ${what}.`;
      const advice = kind === "kept" ? "Return a number." : "For lists and objects use jacobian.";
      throw new EpsilaneError("not-scalar", [sentence, ...(trace.frame ? [trace.frame] : []), advice].join("\n\n"));
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
