import type { NodeId } from "../../src/graph/graph.ts";
import type { expressions } from "./expressions.ts";

type Expressions = ReturnType<typeof expressions>;

interface Turn {
  readonly next: readonly NodeId[];
  readonly goesOn: NodeId;
}

/** A loop over numbers; gives the node of each state after it, and the mask of points that ran out of turns. */
export function loopOver(
  { graph }: Expressions,
  initial: readonly NodeId[],
  turn: (...states: NodeId[]) => Turn,
  options: { readonly starts?: NodeId; readonly turns?: number } = {},
): { results: NodeId[]; unfinished: NodeId } {
  const states = initial.map(() => graph.state(false));
  const { starts = graph.mask(true), turns = 100 } = options;
  const loop = graph.loop({ states, initial, ...turn(...states), starts, turns });
  return { results: states.map((_, index) => graph.result(loop, index)), unfinished: graph.result(loop, states.length) };
}

/** Heron's root of `a`, from `a`: turns depend on the data. */
export const heron = (e: Expressions, a: NodeId): NodeId =>
  loopOver(e, [a], (x) => {
    const next = e.mul(e.constant(0.5), e.add(x, e.div(a, x)));
    return { next: [next], goesOn: e.gt(e.abs(e.sub(e.mul(next, next), a)), e.mul(e.constant(1e-15), a)) };
  }).results[0]!;

/** The end of y′ = −k·y², y(0) = y0, by `turns` steps of Euler; the counter is a state, too. */
export const euler = (e: Expressions, y0: NodeId, k: NodeId, turns: number): NodeId =>
  loopOver(
    e,
    [y0, e.constant(0)],
    (y, i) => ({
      next: [e.sub(y, e.mul(e.constant(1 / turns), e.mul(k, e.mul(y, y)))), e.add(i, e.constant(1))],
      goesOn: e.graph.mask(true),
    }),
    { turns },
  ).results[0]!;
