import type { Expression, ForInStatement, ForOfStatement, ForStatement, Statement } from "acorn";
import { type Signal, withTarget } from "./branches.ts";
import { elementsOf } from "./elements.ts";
import { Environment } from "./environment.ts";
import { hasContinue, namesOf } from "./hoist.ts";
import { keysOf } from "./members.ts";
import { narrow } from "./merge.ts";
import { toBoolean } from "./operators.ts";
import { bind } from "./patterns.ts";
import { failAt } from "./source.ts";
import type { Execute } from "./statements.ts";
import type { Tracer } from "./tracer.ts";
import { ArrayValue, absent, type Value } from "./values.ts";

type LoopType = "ForStatement" | "ForOfStatement" | "ForInStatement" | "WhileStatement" | "DoWhileStatement";

/** Whether a loop goes on, which must be known when tracing. */
function holds(tracer: Tracer, test: Expression | null | undefined, environment: Environment): boolean {
  if (!test) return true;
  const truth = toBoolean(tracer, tracer.evaluate(test, environment), test);
  if (typeof truth === "boolean") return truth;
  return failAt(
    test,
    "loop-on-data",
    "How often this loop runs depends on the data.",
    "Give it a fixed number of turns, and leave it early: for (let i = 0; i < 50; i++) { if (!(condition)) break; … }",
  );
}

/** One turn of a loop, which `continue` can end early. */
const turn = (tracer: Tracer, body: Statement, environment: Environment, labels: readonly string[]): Signal | undefined =>
  !hasContinue(body)
    ? tracer.execute(body, environment)
    : withTarget(tracer, "turn", labels, body, () => tracer.execute(body, environment)).signal;

function forLoop(tracer: Tracer, node: ForStatement, outer: Environment, labels: readonly string[]): Signal | undefined {
  const { init, test, update, body } = node;
  let environment = outer;
  const declares = init?.type === "VariableDeclaration" && init.kind !== "var";
  if (declares) {
    environment = new Environment(tracer.journal, outer);
    for (const { id } of init.declarations) for (const name of namesOf(id)) environment.declare(name, absent, init.kind === "const");
  }
  if (init?.type === "VariableDeclaration") tracer.execute(init, environment);
  else if (init) tracer.evaluate(init, environment);
  while (holds(tracer, test, environment)) {
    const signal = turn(tracer, body, environment, labels);
    if (signal) return signal;
    if (declares) environment = environment.copy();
    if (update) tracer.evaluate(update, environment);
  }
  return undefined;
}

function forEach(
  tracer: Tracer,
  node: ForOfStatement | ForInStatement,
  item: Value,
  outer: Environment,
  labels: readonly string[],
): Signal | undefined {
  const { left, body } = node;
  let environment = outer;
  if (left.type !== "VariableDeclaration") bind(tracer, left, item, outer, "assign");
  else {
    const { id } = left.declarations[0]!;
    if (left.kind !== "var") {
      environment = new Environment(tracer.journal, outer);
      for (const name of namesOf(id)) environment.declare(name, absent, left.kind === "const");
    }
    bind(tracer, id, item, environment, left.kind === "var" ? "assign" : "initialise");
  }
  return turn(tracer, body, environment, labels);
}

export const loops: { [Type in LoopType]: Execute<Type> } = {
  ForStatement: (tracer, node, environment, labels) =>
    withTarget(tracer, "loop", labels, node, () => forLoop(tracer, node, environment, labels)).signal,
  ForOfStatement: (tracer, node, environment, labels) => {
    const list = narrow(tracer, tracer.evaluate(node.right, environment));
    // An array is read while it is gone through: it may grow.
    const elements = list instanceof ArrayValue ? list.elements : elementsOf(tracer, list, node.right);
    return withTarget(tracer, "loop", labels, node, () => {
      for (let i = 0; i < elements.length; i++) {
        const signal = forEach(tracer, node, elements[i], environment, labels);
        if (signal) return signal;
      }
      return undefined;
    }).signal;
  },
  ForInStatement: (tracer, node, environment, labels) => {
    const keys = keysOf(tracer, tracer.evaluate(node.right, environment), node.right);
    return withTarget(tracer, "loop", labels, node, () => {
      for (const key of keys) {
        const signal = forEach(tracer, node, key, environment, labels);
        if (signal) return signal;
      }
      return undefined;
    }).signal;
  },
  WhileStatement: (tracer, node, environment, labels) =>
    withTarget(tracer, "loop", labels, node, () => {
      while (holds(tracer, node.test, environment)) {
        const signal = turn(tracer, node.body, environment, labels);
        if (signal) return signal;
      }
      return undefined;
    }).signal,
  DoWhileStatement: (tracer, node, environment, labels) =>
    withTarget(tracer, "loop", labels, node, () => {
      do {
        const signal = turn(tracer, node.body, environment, labels);
        if (signal) return signal;
      } while (holds(tracer, node.test, environment));
      return undefined;
    }).signal,
};
