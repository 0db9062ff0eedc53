import type { DoWhileStatement, Expression, ForInStatement, ForOfStatement, ForStatement, Statement, WhileStatement } from "acorn";
import { count, countIn, runLoop } from "../loops/run-loop.ts";
import { inheritedKeysOf } from "../objects/member-names.ts";
import { elementsOf } from "../operators/elements.ts";
import { IteratorValue, iterate } from "../operators/iterators.ts";
import { toBoolean } from "../operators/operators.ts";
import { hasContinue, namesOf } from "../source/hoist.ts";
import { type Signal, withTarget } from "../state/branches.ts";
import { Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import { lengthOf } from "../values/array-choice.ts";
import { ArrayValue } from "../values/arrays.ts";
import { narrow } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import { absent, Either, type Value } from "../values/values.ts";
import { bind } from "./patterns.ts";
import type { Execute } from "./statements.ts";

type LoopType = "ForStatement" | "ForOfStatement" | "ForInStatement" | "WhileStatement" | "DoWhileStatement";

/** One turn of a loop, which `continue` can end early. */
const turn = (tracer: Tracer, body: Statement, environment: Environment, labels: readonly string[]): Signal | undefined =>
  !hasContinue(body)
    ? tracer.execute(body, environment)
    : withTarget(tracer, "turn", labels, body, () => tracer.execute(body, environment)).signal;

/** Runs what a `for` begins with. `declares`: each turn has variables of its own. */
export function startFor(tracer: Tracer, { init }: ForStatement, outer: Environment): { environment: Environment; declares: boolean } {
  let environment = outer;
  const declares = init?.type === "VariableDeclaration" && init.kind !== "var";
  if (declares) {
    environment = new Environment(tracer.journal, outer);
    for (const { id } of init.declarations) for (const name of namesOf(id)) environment.declare(name, absent, init.kind === "const");
  }
  if (init?.type === "VariableDeclaration") tracer.execute(init, environment);
  else if (init) tracer.evaluate(init, environment);
  return { environment, declares };
}

/** The variables that an update changes. */
function* namesIn(update: Expression | null | undefined): Generator<string> {
  if (update?.type === "SequenceExpression") for (const each of update.expressions) yield* namesIn(each);
  const target = update?.type === "UpdateExpression" ? update.argument : update?.type === "AssignmentExpression" ? update.left : undefined;
  if (target?.type === "Identifier") yield target.name;
}

function forLoop(tracer: Tracer, node: ForStatement, outer: Environment, labels: readonly string[]): Signal | undefined {
  const { test, update, body } = node;
  const { environment: first, declares } = startFor(tracer, node, outer);
  let environment = first;
  return runLoop(tracer, {
    site: node,
    labels,
    testsFirst: true,
    test: () => !test || toBoolean(tracer, tracer.evaluate(test, environment), test),
    turn(isRolled) {
      const signal = turn(tracer, body, environment, labels);
      if (signal) return signal;
      // All turns at once share their variables: a function that keeps them can't be a state.
      if (declares && !isRolled) environment = environment.copy();
      if (update) tracer.evaluate(update, environment);
      return undefined;
    },
    restart() {
      environment = first;
    },
    *counters() {
      for (const name of namesIn(update)) {
        const binding = environment.find(name);
        if (binding) yield [binding, ""];
      }
    },
  });
}

function whileLoop(tracer: Tracer, node: WhileStatement | DoWhileStatement, environment: Environment, labels: readonly string[]) {
  return runLoop(tracer, {
    site: node,
    labels,
    testsFirst: node.type === "WhileStatement",
    test: () => toBoolean(tracer, tracer.evaluate(node.test, environment), node.test),
    turn: () => turn(tracer, node.body, environment, labels),
  });
}

/** What a loop goes through: keys, or elements. An array is read while it is gone through: it may grow. */
export function* itemsOf(tracer: Tracer, { type, right }: ForOfStatement | ForInStatement, given: Value): Generator<Value> {
  const list = narrow(tracer, given);
  if (type === "ForInStatement") yield* inheritedKeysOf(tracer, list, right);
  else if (list instanceof ArrayValue) for (let i = 0; i < list.length; i++) yield list.at(i);
  else if (list instanceof ObjectValue || list instanceof Either) yield* iterate(tracer, list, right);
  else yield* elementsOf(tracer, list, right);
}

/** The variables of one turn, with the item. */
export function bindItem(tracer: Tracer, { left }: ForOfStatement | ForInStatement, item: Value, outer: Environment): Environment {
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
  return environment;
}

/** Turn by turn. */
const forEach = (
  tracer: Tracer,
  node: ForOfStatement | ForInStatement,
  list: Value,
  environment: Environment,
  labels: readonly string[],
): Signal | undefined =>
  withTarget(tracer, "loop", labels, node, () => {
    for (const item of itemsOf(tracer, node, list)) {
      const signal = turn(tracer, node.body, bindItem(tracer, node, item, environment), labels);
      if (signal) return signal;
    }
    return undefined;
  }).signal;

export const loops: { [Type in LoopType]: Execute<Type> } = {
  ForStatement: forLoop,
  ForOfStatement: (tracer, node, environment, labels) => {
    const list = narrow(tracer, tracer.evaluate(node.right, environment));
    const visit = (item: Value) => turn(tracer, node.body, bindItem(tracer, node, item, environment), labels);
    if (list instanceof IteratorValue && list.course.list && typeof list.read("position") === "number") {
      const { length, at } = list.course.list;
      return countIn(tracer, node, labels, [list, "position"], length, (position) => visit(at(position, node)));
    }
    const isArray = list instanceof ArrayValue || lengthOf(tracer, list, node.right) !== undefined;
    if (!isArray && (list instanceof ObjectValue || list instanceof Either)) return forEach(tracer, node, list, environment, labels);
    const array = isArray ? list : tracer.array([...elementsOf(tracer, list, node.right)]);
    return count(
      tracer,
      node,
      labels,
      0,
      () => (array instanceof ArrayValue && array.memory?.counted) || lengthOf(tracer, array, node.right)!,
      (index) => visit(tracer.getMember(array, index, node)),
    );
  },
  ForInStatement: (tracer, node, environment, labels) =>
    forEach(tracer, node, tracer.evaluate(node.right, environment), environment, labels),
  WhileStatement: whileLoop,
  DoWhileStatement: whileLoop,
};
