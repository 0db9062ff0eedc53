import type { Node, ThrowStatement, TryStatement } from "acorn";
import { EpsilaneError } from "../errors.ts";
import type { Signal } from "./branches.ts";
import { Environment } from "./environment.ts";
import { namesOf } from "./hoist.ts";
import { makeError } from "./native-errors.ts";
import { toText } from "./operators.ts";
import { bind } from "./patterns.ts";
import { failAt, textAt } from "./source.ts";
import type { Execute } from "./statements.ts";
import type { Tracer } from "./tracer.ts";
import { absent, ObjectValue, type Value } from "./values.ts";

function throwError(tracer: Tracer, node: ThrowStatement, environment: Environment): never {
  const mark = tracer.catches.at(-1);
  if (mark ? !tracer.isSure(mark) : tracer.dependsOnData()) {
    failAt(node, "throw-on-data", "Whether this is thrown depends on the data.", "Return NaN for such points: if (x < 0) return NaN;");
  }
  if (mark) throw new Thrown(tracer.evaluate(node.argument, environment));
  failAt(
    node,
    "thrown",
    `The function throws: ${messageOf(tracer, node, environment)}`,
    "It throws for these arguments whatever the numbers in them: check their tree and lengths.",
  );
}

/** The message of a thrown error, or its source text where that depends on the data. */
function messageOf(tracer: Tracer, { argument }: ThrowStatement, environment: Environment): string {
  try {
    const thrown = tracer.evaluate(argument, environment);
    return toText(tracer, thrown instanceof ObjectValue ? thrown.entries.get("message") : thrown, argument);
  } catch (error) {
    if (error instanceof EpsilaneError) return textAt(argument as Node);
    throw error;
  }
}

/** On its way to a `catch` of the traced function, on all points. */
class Thrown {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
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

/** What a `catch` gets, where the traced function has thrown. */
function caught(tracer: Tracer, error: unknown): { readonly value: Value } | undefined {
  if (error instanceof Thrown) return error;
  const name = error instanceof EpsilaneError ? ownErrors.get(error.code) : undefined;
  if (name === undefined) return undefined;
  return { value: makeError(tracer, name, (error as EpsilaneError).message) };
}

function tryCatch(tracer: Tracer, node: TryStatement, environment: Environment): Signal | undefined {
  const { block, handler, finalizer } = node;
  const { finalizers, targets } = tracer;
  const outer = finalizers.length;
  const finish = (): Signal | undefined => {
    finalizers.length = outer;
    return finalizer ? tracer.execute(finalizer, environment) : undefined;
  };
  const attempt = (): Signal | undefined => {
    if (!handler) return tracer.execute(block, environment);
    const mark = tracer.mark();
    tracer.catches.push(mark);
    const depth = tracer.catches.length;
    try {
      const signal = tracer.execute(block, environment);
      tracer.catches.pop();
      return signal;
    } catch (error) {
      tracer.catches.length = depth - 1;
      const thrown = tracer.isSure(mark) ? caught(tracer, error) : undefined;
      if (!thrown) throw error;
      tracer.unwind(mark);
      const inner = new Environment(tracer.journal, environment);
      if (handler.param) {
        for (const name of namesOf(handler.param)) inner.declare(name, absent);
        bind(tracer, handler.param, thrown.value, inner, "initialise");
      }
      return tracer.execute(handler.body, inner);
    }
  };
  let signal: Signal | undefined;
  if (finalizer) finalizers.push({ depth: targets.length, run: () => tracer.execute(finalizer, environment) });
  try {
    signal = attempt();
  } catch (error) {
    if (error instanceof Thrown) {
      const instead = finish();
      if (instead) return instead;
    }
    throw error;
  }
  return finish() ?? signal;
}

export const exceptions: { [Type in "ThrowStatement" | "TryStatement"]: Execute<Type> } = {
  ThrowStatement: throwError,
  TryStatement: tryCatch,
};
