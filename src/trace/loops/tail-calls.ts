import type { AnyNode, CallExpression, Function as FunctionNode, Node } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import { childrenOf, isFunctionNode, remember, usesArguments } from "../source/hoist.ts";
import { failAt, textAt } from "../source/source.ts";
import { Leaving, type Signal, type Target, valueOf, withTarget } from "../state/branches.ts";
import { Binding } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import type { FunctionValue } from "../values/functions.ts";
import type { Slot, Value } from "../values/values.ts";
import { runLoop } from "./run-loop.ts";

/**
 * A function that ends in a call of itself, `return f(x / 2)`, goes on from its start with other arguments: it is a loop whose
 * states are the arguments, and how often it runs may depend on the data.
 */

/** The call of such a function that is being traced. */
export interface Recursion {
  readonly fn: FunctionValue;
  readonly receiver: Slot;
  readonly calls: ReadonlySet<Node>;
  again(args: readonly Value[]): never;
}

/** No call of JavaScript's could be nested as deeply as these allow. */
const stepsOfTurn = 50;

/** The calls that a function ends in: nothing is left to do after them. */
const lastCallsOf = remember((fn: FunctionNode): readonly CallExpression[] => {
  const calls: CallExpression[] = [];
  const end = (node: AnyNode): void => {
    if (node.type === "ConditionalExpression") [node.consequent, node.alternate].forEach(end);
    else if (node.type === "LogicalExpression") end(node.right);
    else if (node.type === "SequenceExpression") end(node.expressions.at(-1)!);
    else if (node.type === "ParenthesizedExpression") end(node.expression);
    else if (node.type === "CallExpression" && !node.optional && !node.arguments.some(({ type }) => type === "SpreadElement"))
      calls.push(node);
  };
  const visit = (node: AnyNode): void => {
    if (isFunctionNode(node) || node.type === "TryStatement") return;
    if (node.type === "ReturnStatement" && node.argument) end(node.argument);
    else childrenOf(node).forEach(visit);
  };
  const { body, params } = fn;
  const isPlain = !fn.generator && params.at(-1)?.type !== "RestElement" && !usesArguments(fn);
  if (isPlain) (body.type === "BlockStatement" ? visit : end)(body);
  return calls;
});

/** The calls of itself that a function ends in. */
export const tailCallsOf = (fn: FunctionValue): readonly Node[] =>
  lastCallsOf(fn.node).filter(({ callee }) => {
    if (callee.type === "Identifier") return callee.name === fn.node.id?.name || fn.environment.find(callee.name)?.slot === fn;
    return callee.type === "MemberExpression" && callee.object.type === "ThisExpression" && textAt(callee.property) === fn.name;
  });

/** Runs the function as a loop. `start` traces its body, with these arguments, to the end `target`. */
export function runAgain(
  tracer: Tracer,
  fn: FunctionValue,
  args: readonly Value[],
  receiver: Slot,
  calls: readonly Node[],
  start: (args: readonly Value[], target: Target) => Signal,
): Value {
  const { node } = fn;
  const slots = Array.from({ length: node.params.length }, (_, i) => new Binding(tracer.journal.now(), args[i]));
  const turn = (target: Target) =>
    withTarget(tracer, "turn", [], node, (end) => {
      const outer = tracer.recursion;
      tracer.spend(stepsOfTurn, node);
      const again = (values: readonly Value[]): never => {
        for (const [i, slot] of slots.entries()) tracer.journal.write(slot, "", values[i]);
        throw new Leaving({ target: end, value: undefined });
      };
      tracer.recursion = { fn, receiver, calls: new Set(calls), again };
      try {
        return start(
          slots.map(({ slot }) => slot as Value),
          target,
        );
      } finally {
        tracer.recursion = outer;
      }
    }).signal;
  try {
    return valueOf(
      withTarget(tracer, "function", [], node, (target) =>
        runLoop(tracer, { site: node, labels: [], testsFirst: false, test: () => true, turn: () => turn(target) }),
      ),
    );
  } catch (error) {
    if (!(error instanceof EpsilaneError) || error.code !== "loop-on-data") throw error;
    return failAt(
      calls[0]!,
      "recursion-on-data",
      "Whether this recursion goes on depends on the data, and what it is called with is no number, boolean, or array or object of a fixed form.",
      "Give it numbers, or a fixed depth.",
    );
  }
}
