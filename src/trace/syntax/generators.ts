import type { DoWhileStatement, Expression, ForStatement, Function as FunctionNode, Node, Statement, WhileStatement } from "acorn";
import { close, IteratorValue, iteratorOf, refusePosition, type Step, stepOf } from "../operators/iterators.ts";
import { binary, toBoolean } from "../operators/operators.ts";
import { hasFinally, yields } from "../source/hoist.ts";
import { failAt } from "../source/source.ts";
import { findTarget, Leaving, makeTarget, type Signal, type Target } from "../state/branches.ts";
import type { Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import type { Value } from "../values/values.ts";
import { bindItem, itemsOf, startFor } from "./loops.ts";
import { bind } from "./patterns.ts";
import { blockScope, declareAll } from "./statements.ts";

/**
 * Statements and expressions with a `yield` in them are traced by generators of the host, which stop where the traced one
 * does; all others as everywhere. Where it stops must not depend on the data.
 */
type Steps<Result = Signal | undefined> = Generator<Value, Result, Value>;
type Rule<Type extends Statement["type"]> = (
  tracer: Tracer,
  node: Extract<Statement, { type: Type }>,
  environment: Environment,
  labels: readonly string[],
) => Steps;

/** What a call of a generator function gives. */
export function startGenerator(tracer: Tracer, node: FunctionNode, environment: Environment): IteratorValue {
  const target = makeTarget(tracer, "function", [], true);
  const steps = run(tracer, node, environment, target);
  let taken = 0;
  let targets: readonly Target[] = [];

  const resume = (how: () => IteratorResult<Value, Signal | undefined>): Step => {
    const base = tracer.targets.length;
    tracer.targets.push(...targets);
    let result: IteratorResult<Value, Signal | undefined>;
    try {
      result = how();
    } finally {
      targets = tracer.targets.splice(base);
    }
    if (!result.done) return { value: result.value, done: false };
    // Thrown.
    if (result.value && result.value.target !== target) throw new Leaving(result.value);
    return { value: result.value?.value, done: true };
  };
  return new IteratorValue(tracer, {
    hasCleanup: hasFinally(node),
    isGenerator: true,
    step(position, how, sent, site) {
      if (position !== taken) refusePosition(site);
      // While it runs it can't be resumed.
      taken = Number.NaN;
      const step = resume(() => (how === "next" ? steps.next(sent) : steps.return({ target, value: sent })));
      taken = position + 1;
      return step;
    },
  });
}

function* run(tracer: Tracer, node: FunctionNode, environment: Environment, target: Target): Steps {
  const { body } = node.body as Extract<Statement, { type: "BlockStatement" }>;
  return yield* within(tracer, target, function* () {
    declareAll(body, environment);
    return yield* executeAll(tracer, body, environment);
  }) as Steps;
}

/** What `body` comes to; the caller sees signals to the target itself. */
function* within(tracer: Tracer, target: Target, body: () => Steps): Steps {
  tracer.targets.push(target);
  const signal = yield* body();
  tracer.targets.pop();
  return signal;
}

function* executeAll(tracer: Tracer, statements: readonly Statement[], environment: Environment): Steps {
  for (const statement of statements) {
    const signal = yield* execute(tracer, statement, environment, []);
    if (signal) return signal;
  }
  return undefined;
}

function* execute(tracer: Tracer, node: Statement, environment: Environment, labels: readonly string[]): Steps {
  if (!yields(node)) return tracer.execute(node, environment);
  tracer.spend(1, node);
  const rule = table[node.type] as Rule<any> | undefined;
  return rule ? yield* rule(tracer, node, environment, labels) : refuse(node);
}

const refuse = (node: Node): never =>
  failAt(
    node,
    "unsupported-syntax",
    "A yield does not work here in a traced function.",
    "Give it a statement of its own: const t = yield x;",
  );

function* holds(tracer: Tracer, test: Expression, environment: Environment): Steps<boolean> {
  const truth = toBoolean(tracer, yield* evaluate(tracer, test, environment), test);
  if (typeof truth === "boolean") return truth;
  return failAt(test, "shape-on-data", "Which values this generator gives depends on the data.", "Yield a choice: yield x > 0 ? x : 0;");
}

/** A loop, or one turn of it, which can be left early. */
function* leavable(tracer: Tracer, kind: Target["kind"], labels: readonly string[], body: () => Steps): Steps {
  const target = makeTarget(tracer, kind, labels, true);
  const signal = yield* within(tracer, target, body);
  return signal?.target === target ? undefined : signal;
}

const turn = (tracer: Tracer, body: Statement, environment: Environment, labels: readonly string[]): Steps =>
  leavable(tracer, "turn", labels, () => execute(tracer, body, environment, []));

function* loop(
  tracer: Tracer,
  node: ForStatement | WhileStatement | DoWhileStatement,
  outer: Environment,
  labels: readonly string[],
): Steps {
  const isFor = node.type === "ForStatement";
  const { environment: first, declares } = isFor ? startFor(tracer, node, outer) : { environment: outer, declares: false };
  let environment = first;
  let isFirst = node.type === "DoWhileStatement";
  while (isFirst || !node.test || (yield* holds(tracer, node.test, environment))) {
    isFirst = false;
    const signal = yield* turn(tracer, node.body, environment, labels);
    if (signal) return signal;
    if (declares) environment = environment.copy();
    if (isFor && node.update) tracer.evaluate(node.update, environment);
  }
  return undefined;
}

const leavableLoop: Rule<"ForStatement"> & Rule<"WhileStatement"> & Rule<"DoWhileStatement"> = (tracer, node, environment, labels) =>
  leavable(tracer, "loop", labels, () => loop(tracer, node, environment, labels));

const forEach: Rule<"ForOfStatement"> & Rule<"ForInStatement"> = (tracer, node, environment, labels) =>
  leavable(tracer, "loop", labels, function* () {
    for (const item of itemsOf(tracer, node, yield* evaluate(tracer, node.right, environment))) {
      const signal = yield* turn(tracer, node.body, bindItem(tracer, node, item, environment), labels);
      if (signal) return signal;
    }
    return undefined;
  });

const table: { [Type in Statement["type"]]?: Rule<Type> } = {
  *ExpressionStatement(tracer, node, environment) {
    yield* evaluate(tracer, node.expression, environment);
    return undefined;
  },
  *VariableDeclaration(tracer, { kind, declarations }, environment) {
    for (const { id, init } of declarations) {
      if (kind === "var" && !init) continue;
      const value = init ? yield* evaluate(tracer, init, environment) : undefined;
      bind(tracer, id, value, environment, kind === "var" ? "assign" : "initialise");
    }
    return undefined;
  },
  *ReturnStatement(tracer, node, environment) {
    const value = yield* evaluate(tracer, node.argument!, environment);
    return { target: findTarget(tracer, ["function"]), value };
  },
  *IfStatement(tracer, node, environment) {
    const side = (yield* holds(tracer, node.test, environment)) ? node.consequent : node.alternate;
    return side ? yield* execute(tracer, side, environment, []) : undefined;
  },
  BlockStatement: (tracer, node, environment) => executeAll(tracer, node.body, blockScope(tracer, node, environment)),
  *LabeledStatement(tracer, { label, body }, environment, labels) {
    const all = [...labels, label.name];
    if (body.type.startsWith("For") || body.type.endsWith("WhileStatement")) return yield* execute(tracer, body, environment, all);
    return yield* leavable(tracer, "block", all, () => execute(tracer, body, environment, all));
  },
  ForStatement: leavableLoop,
  WhileStatement: leavableLoop,
  DoWhileStatement: leavableLoop,
  ForOfStatement: forEach,
  ForInStatement: forEach,
  *TryStatement(tracer, { block, handler, finalizer }, environment) {
    if (handler) refuse(handler);
    let isWhole = false;
    try {
      const signal = yield* execute(tracer, block, environment, []);
      isWhole = true;
      return (yield* execute(tracer, finalizer!, environment, [])) ?? signal;
    } finally {
      // Ended from outside, or by a throw.
      if (!isWhole && (yield* execute(tracer, finalizer!, environment, []))) refuse(finalizer!);
    }
  },
};

function* evaluate(tracer: Tracer, node: Expression, environment: Environment): Steps<Value> {
  if (!yields(node)) return tracer.evaluate(node, environment);
  if (node.type === "YieldExpression") {
    const value = node.argument ? yield* evaluate(tracer, node.argument, environment) : undefined;
    return node.delegate ? yield* delegate(tracer, value, node) : yield value;
  }
  if (node.type === "ParenthesizedExpression") return yield* evaluate(tracer, node.expression, environment);
  if (node.type === "SequenceExpression") {
    let last: Value;
    for (const expression of node.expressions) last = yield* evaluate(tracer, expression, environment);
    return last;
  }
  if (node.type === "AssignmentExpression" && !yields(node.left) && !/[&|?]{2}/.test(node.operator)) {
    const { left, operator } = node;
    if (operator !== "=" && left.type !== "Identifier") return refuse(node);
    const before = operator === "=" ? undefined : tracer.evaluate(left as Expression, environment);
    const right = yield* evaluate(tracer, node.right, environment);
    const value = operator === "=" ? right : binary(tracer, operator.slice(0, -1) as "+", before, right, node);
    bind(tracer, left, value, environment, "assign");
    return value;
  }
  return refuse(node);
}

/** `yield*`: all that another iterator gives, and then what it returns. */
function* delegate(tracer: Tracer, value: Value, site: Node): Steps<Value> {
  const iterator = iteratorOf(tracer, value, site);
  let isOpen = false;
  try {
    for (let sent: Value; ; ) {
      const step = stepOf(tracer, iterator, sent, site);
      if (step.done) return step.value;
      isOpen = true;
      sent = yield step.value;
      isOpen = false;
    }
  } finally {
    if (isOpen) close(tracer, iterator, site);
  }
}
