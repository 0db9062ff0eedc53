import type { BlockStatement, Statement, SwitchStatement, VariableDeclaration } from "acorn";
import { strictlyEqual, toBoolean } from "../operators/operators.ts";
import { declarationsOf, isInBlock } from "../source/hoist.ts";
import { failAt } from "../source/source.ts";
import { branch, findTarget, type Signal, valueOf, withTarget } from "../state/branches.ts";
import { Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import { FunctionValue } from "../values/functions.ts";
import { absent, type TracedBoolean } from "../values/values.ts";
import { exceptions } from "./exceptions.ts";
import { loops } from "./loops.ts";
import { bind } from "./patterns.ts";

export type Execute<Type extends Statement["type"]> = (
  tracer: Tracer,
  node: Extract<Statement, { type: Type }>,
  environment: Environment,
  labels: readonly string[],
) => Signal | undefined;

const table: { [Type in Statement["type"]]?: Execute<Type> } = {
  ...loops,
  ExpressionStatement: (tracer, node, environment) => void tracer.evaluate(node.expression, environment),
  EmptyStatement: () => undefined,
  DebuggerStatement: () => undefined,
  FunctionDeclaration(tracer, node, environment) {
    const { name } = node.id;
    if (isInBlock(node)) tracer.journal.write(environment.outer!.find(name)!, "", environment.find(name)!.slot);
    return undefined;
  },
  VariableDeclaration: declare,
  BlockStatement: (tracer, node, environment) => executeBlock(tracer, node.body, blockScope(tracer, node, environment)),
  ReturnStatement: (tracer, node, environment) => {
    const value = node.argument ? tracer.evaluate(node.argument, environment) : undefined;
    return { target: findTarget(tracer, ["function"]), value };
  },
  BreakStatement: (tracer, node) => {
    const target = node.label ? findTarget(tracer, ["loop", "block"], node.label.name) : findTarget(tracer, ["loop"]);
    return { target, value: undefined };
  },
  ContinueStatement: (tracer, node) => ({ target: findTarget(tracer, ["turn"], node.label?.name), value: undefined }),
  IfStatement: (tracer, node, environment) => {
    const condition = toBoolean(tracer, tracer.evaluate(node.test, environment), node.test);
    const side = (statement: Statement | null | undefined) => () => (statement ? { signal: tracer.execute(statement, environment) } : {});
    return branch(tracer, condition, side(node.consequent), side(node.alternate), node).signal;
  },
  LabeledStatement: (tracer, node, environment, labels) => {
    const all = [...labels, node.label.name];
    if (node.body.type in loops || node.body.type === "LabeledStatement") return executeStatement(tracer, node.body, environment, all);
    return withTarget(tracer, "block", all, node, () => tracer.execute(node.body, environment)).signal;
  },
  SwitchStatement: (tracer, node, environment) =>
    withTarget(tracer, "loop", [], node, () => executeCases(tracer, node, environment)).signal,
  ...exceptions,
  ClassDeclaration: (tracer, node, environment) => {
    const made = tracer.evaluate({ ...node, type: "ClassExpression" }, environment);
    environment.initialise(node.id.name, made);
    return undefined;
  },
};

function executeStatement(tracer: Tracer, node: Statement, environment: Environment, labels: readonly string[]): Signal | undefined {
  const rule = table[node.type] as Execute<any> | undefined;
  if (rule) return rule(tracer, node as never, environment, labels);
  return failAt(node, "unsupported-syntax", `${node.type} does not work in a traced function.`, "Write it with plain statements.");
}

export const execute = (tracer: Tracer, node: Statement, environment: Environment): Signal | undefined =>
  executeStatement(tracer, node, environment, []);

/** The environment of a block's statements: its own where it declares anything. */
export function blockScope(tracer: Tracer, node: BlockStatement, outer: Environment): Environment {
  const { lexical, functions } = declarationsOf(node.body);
  if (lexical.length === 0 && functions.length === 0) return outer;
  const environment = new Environment(tracer.journal, outer);
  declareAll(node.body, environment);
  return environment;
}

/** Declares what a list of statements declares, functions with their value. */
export function declareAll(statements: readonly Statement[], environment: Environment): void {
  const { lexical, functions } = declarationsOf(statements);
  for (const { name, constant } of lexical) environment.declare(name, absent, constant);
  for (const node of functions) environment.declare(node.id.name, new FunctionValue(node.id.name, node, environment));
}

export function executeBlock(tracer: Tracer, statements: readonly Statement[], environment: Environment): Signal | undefined {
  for (const statement of statements) {
    const signal = tracer.execute(statement, environment);
    if (signal) return signal;
  }
  return undefined;
}

function declare(tracer: Tracer, node: VariableDeclaration, environment: Environment): undefined {
  for (const { id, init } of node.declarations) {
    if (node.kind === "var" && !init) continue;
    const value = init ? tracer.evaluate(init, environment) : undefined;
    bind(tracer, id, value, environment, node.kind === "var" ? "assign" : "initialise");
  }
}

/** A case is entered by the points that match it, or an earlier one, and have not left by `break`. */
function executeCases(tracer: Tracer, node: SwitchStatement, outer: Environment): Signal | undefined {
  const environment = new Environment(tracer.journal, outer);
  const value = tracer.evaluate(node.discriminant, outer);
  declareAll(
    node.cases.flatMap(({ consequent }) => consequent),
    environment,
  );
  const or = (a: boolean | TracedBoolean, b: boolean | TracedBoolean) => tracer.combine("or", a, b);
  let any: boolean | TracedBoolean = false;
  const matches = node.cases.map(({ test }) => {
    if (!test || any === true) return false;
    // Points that have matched an earlier case do not come to the test.
    const own = () => ({ value: strictlyEqual(tracer, value, tracer.evaluate(test, environment), test) });
    const first = valueOf(branch(tracer, any, () => ({ value: false }), own, test)) as boolean | TracedBoolean;
    any = or(any, first);
    return first;
  });
  const fallback = node.cases.findIndex(({ test }) => !test);
  if (fallback >= 0) matches[fallback] = tracer.not(any);
  let entered: boolean | TracedBoolean = false;
  for (const [i, { consequent }] of node.cases.entries()) {
    // Where the default and every other case lie behind, all points have come in.
    const all = fallback >= 0 && fallback <= i && matches.slice(i + 1).every((match) => match === false);
    entered = all ? true : or(entered, matches[i]!);
    const { signal } = branch(
      tracer,
      entered,
      () => ({ signal: executeBlock(tracer, consequent, environment) }),
      () => ({}),
      node,
    );
    if (signal) return signal;
  }
  return undefined;
}
