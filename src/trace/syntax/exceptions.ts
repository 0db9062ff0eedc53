import type { CatchClause, ThrowStatement, TryStatement } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import { namesOf } from "../source/hoist.ts";
import { findTarget, outcomeOf, type Signal, type Target, withTarget } from "../state/branches.ts";
import { Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import { makeError } from "../values/error-values.ts";
import type { ObjectValue } from "../values/objects.ts";
import { absent } from "../values/values.ts";
import { bind } from "./patterns.ts";
import type { Execute } from "./statements.ts";

/** The points traced here leave for the innermost `catch`, or for good. */
function throwError(tracer: Tracer, node: ThrowStatement, environment: Environment): Signal {
  const target = findTarget(tracer, ["catch", "uncaught"]);
  const reason = { code: "thrown", site: node };
  const mark = tracer.mark();
  try {
    return { target, value: tracer.evaluate(node.argument, environment), reason };
  } catch (error) {
    // What nothing catches is made by the function itself, whatever its message is made of.
    if (!(error instanceof EpsilaneError) || target.kind === "catch") throw error;
    tracer.unwind(mark, "rollback");
    return { target, value: undefined, reason };
  }
}

/** Errors that JavaScript throws by itself. */
const ownErrors: ReadonlyMap<string, string> = new Map([
  ["undefined-member", "TypeError"],
  ["not-a-function", "TypeError"],
  ["not-a-constructor", "TypeError"],
  ["not-iterable", "TypeError"],
  ["constant-assignment", "TypeError"],
  ["empty-reduce", "TypeError"],
  ["uninitialised", "ReferenceError"],
  ["invalid-length", "RangeError"],
]);

/** What a `catch` gets where JavaScript itself would have thrown. */
function ownError(tracer: Tracer, error: unknown): ObjectValue | undefined {
  const name = error instanceof EpsilaneError ? ownErrors.get(error.code) : undefined;
  return name === undefined ? undefined : makeError(tracer, name, (error as EpsilaneError).message);
}

/** Where JavaScript itself would throw on all points that came here, they leave for the target. */
function orOwnError(tracer: Tracer, target: Target, body: () => Signal | undefined): Signal | undefined {
  const mark = tracer.mark();
  try {
    return body();
  } catch (error) {
    const thrown = tracer.isSure(mark) ? ownError(tracer, error) : undefined;
    if (!thrown) throw error;
    tracer.unwind(mark, "commit");
    return { target, value: thrown };
  }
}

/** The points that are thrown out of the block run the handler; the others leave for the end of both. */
function withHandler(tracer: Tracer, node: TryStatement, handler: CatchClause, environment: Environment): Signal | undefined {
  return withTarget(tracer, "block", [], node, (end) => {
    const { signal, value } = withTarget(tracer, "catch", [], node, (target) =>
      orOwnError(tracer, target, () => tracer.execute(node.block, environment) ?? { target: end, value: undefined }),
    );
    if (signal) return signal;
    const inner = new Environment(tracer.journal, environment);
    if (handler.param) {
      for (const name of namesOf(handler.param)) inner.declare(name, absent);
      bind(tracer, handler.param, value, inner, "initialise");
    }
    return tracer.execute(handler.body, inner);
  }).signal;
}

/** Points that leave the block early run the `finally` on their way, all others when they come to it. */
function tryCatch(tracer: Tracer, node: TryStatement, environment: Environment): Signal | undefined {
  const { block, handler, finalizer } = node;
  const attempt = () => (handler ? withHandler(tracer, node, handler, environment) : tracer.execute(block, environment));
  if (!finalizer) return attempt();
  const { finalizers, targets } = tracer;
  const target = findTarget(tracer, ["catch", "uncaught"]);
  tracer.finalizers = [...finalizers, { depth: targets.length, run: () => tracer.execute(finalizer, environment) }];
  const { signal } = outcomeOf(() => ({ signal: target.kind === "catch" ? orOwnError(tracer, target, attempt) : attempt() }));
  tracer.finalizers = finalizers;
  return tracer.execute(finalizer, environment) ?? signal;
}

export const exceptions: { [Type in "ThrowStatement" | "TryStatement"]: Execute<Type> } = {
  ThrowStatement: throwError,
  TryStatement: tryCatch,
};
