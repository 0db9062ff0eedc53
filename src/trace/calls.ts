import type { Expression, Node } from "acorn";
import { branch, withTarget } from "./branches.ts";
import { Environment } from "./environment.ts";
import { namesOf, usesArguments, varNamesOf } from "./hoist.ts";
import { narrow } from "./merge.ts";
import { bind } from "./patterns.ts";
import { failAt, textAt } from "./source.ts";
import { declareAll, executeBlock } from "./statements.ts";
import type { Tracer } from "./tracer.ts";
import { absent, Either, FunctionValue, NativeFunction, type Value } from "./values.ts";

/** Calls any value. */
export function call(tracer: Tracer, callee: Value, args: readonly Value[], receiver: Value, site: Node): Value {
  const fn = narrow(tracer, callee);
  if (fn instanceof NativeFunction) return fn.call(tracer, args, site);
  if (fn instanceof FunctionValue) return callFunction(tracer, fn, args, receiver, site);
  if (fn instanceof Either) {
    const side = (value: Value) => () => ({ value: tracer.call(value, args, receiver, site) });
    return branch(tracer, tracer.boolean(fn.mask), side(fn.yes), side(fn.no), site).value;
  }
  const { type } = site as Node & { type: string };
  const text = type === "CallExpression" ? textAt((site as Node & { callee: Expression }).callee) : "what is called here";
  return failAt(site, "not-a-function", `${text} is no function.`);
}

function callFunction(tracer: Tracer, fn: FunctionValue, args: readonly Value[], receiver: Value, site: Node): Value {
  const { node } = fn;
  if (node.async || node.generator)
    failAt(
      site,
      node.async ? "async-function" : "generator",
      `${fn.name} is ${node.async ? "async" : "a generator"}: its result can't be traced.`,
    );
  const environment = enter(tracer, fn, args, receiver);
  const { body } = node;
  if (body.type !== "BlockStatement") return narrow(tracer, tracer.evaluate(body, environment));
  const outcome = withTarget(tracer, "function", [], node, () => {
    declareAll(body.body, environment);
    return executeBlock(tracer, body.body, environment);
  });
  return outcome.value;
}

/** The function's own variables, parameters with their arguments. */
function enter(tracer: Tracer, fn: FunctionValue, args: readonly Value[], receiver: Value): Environment {
  const { node } = fn;
  let outer = fn.environment;
  if (node.type === "FunctionExpression" && node.id) {
    outer = new Environment(tracer.journal, outer);
    outer.declare(node.id.name, fn);
  }
  const environment = new Environment(tracer.journal, outer);
  if (node.type !== "ArrowFunctionExpression") {
    environment.declare("this", receiver);
    if (usesArguments(node)) environment.declare("arguments", tracer.array([...args]));
  }
  for (const param of node.params) for (const name of namesOf(param)) environment.declare(name, absent);
  node.params.forEach((param, i) => {
    if (param.type === "RestElement") bind(tracer, param.argument, tracer.array(args.slice(i)), environment, "initialise");
    else bind(tracer, param, args[i], environment, "initialise");
  });
  for (const name of varNamesOf(node)) if (!environment.has(name)) environment.declare(name, undefined);
  return environment;
}
