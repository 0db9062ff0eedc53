import type { Node } from "acorn";
import type { Tracer } from "../state/tracer.ts";
import type { Value } from "../values/values.ts";

/** Calls a function on symbols inside a trace. */
export type SymbolCall = (tracer: Tracer, fn: Function, args: readonly Value[], site: Node | undefined) => Value;

const calls = new WeakMap<Function, SymbolCall>();

/** How a function is called that works on symbols: what `traced` gives, and epsilane's own. `undefined` for any other. */
export const symbolCallOf = (fn: unknown): SymbolCall | undefined => calls.get(fn as Function);

/** Such functions bring their call with them: the core does not import it, so that bundlers can leave it out. */
export function markSymbolFunction<F extends Function>(fn: F, call: SymbolCall): F {
  calls.set(fn, call);
  return fn;
}
