import type { Expression, Identifier, Node } from "acorn";
import { runAgain, tailCallsOf } from "../loops/tail-calls.ts";
import { mapsArguments, namesOf, usesArguments, varNamesOf } from "../source/hoist.ts";
import { failAt, textAt } from "../source/source.ts";
import { onBranches, type Signal, type Target, valueOf, withTarget } from "../state/branches.ts";
import { type Binding, Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { ArrayValue } from "../values/arrays.ts";
import { FunctionValue, isFunctionValue, NativeFunction, ownerOf } from "../values/functions.ts";
import { narrow } from "../values/merge.ts";
import { CollectionValue, ObjectValue } from "../values/objects.ts";
import { absent, Either, type Key, type Slot, type Store, type Value } from "../values/values.ts";
import { startGenerator } from "./generators.ts";
import { bind } from "./patterns.ts";
import { declareAll, executeBlock } from "./statements.ts";

/** Calls any value; with `newTarget`, as `new` and `super(…)` do. */
export function call(tracer: Tracer, callee: Value, args: readonly Value[], receiver: Value, site: Node, newTarget?: Value): Value {
  const fn = narrow(tracer, callee);
  if (fn instanceof Either) {
    const use = (side: Value) => tracer.call(side, args, receiver, site, newTarget === callee ? side : newTarget);
    return onBranches(tracer, fn, use, site);
  }
  if (newTarget !== undefined) return construct(tracer, fn, args, site, newTarget);
  if (fn instanceof NativeFunction) return fn.call(tracer, args, site, receiver);
  if (fn instanceof FunctionValue) return callFunction(tracer, fn, args, receiver, site);
  return failAt(site, "not-a-function", `${calledText(site)} is no function.`, "Check its name, and where it gets its value.");
}

/** What is called, as it is written. */
export function calledText(site: Node): string {
  const { type } = site as Node & { type: string };
  const isCall = type === "CallExpression" || type === "NewExpression";
  return isCall ? textAt((site as Node & { callee: Expression }).callee) : "what is called here";
}

function callFunction(tracer: Tracer, fn: FunctionValue, args: readonly Value[], receiver: Value, site: Node): Value {
  const { node } = fn;
  if (node.async)
    failAt(site, "async-function", `${fn.name} is async: its result can't be traced.`, "Await what it needs before, and hand that over.");
  if (fn.definition) failAt(site, "class", `${fn.name} is a class: it can't be called.`, `Write new ${fn.name}(…).`);
  const calls = args.length > node.params.length ? [] : tailCallsOf(fn);
  if (calls.length > 0) {
    return runAgain(tracer, fn, args, receiver, calls, (values, target) => bodyOf(tracer, fn, enter(tracer, fn, values, receiver), target));
  }
  const environment = enter(tracer, fn, args, receiver);
  return node.generator ? startGenerator(tracer, node, environment) : run(tracer, fn, environment);
}

/** `new callee(…)`, where an instance of `newTarget` is made. */
function construct(tracer: Tracer, callee: Value, args: readonly Value[], site: Node, newTarget: Value): Value {
  if (callee instanceof NativeFunction && callee.construct) {
    const made = callee.construct(tracer, args, site);
    if (newTarget === callee) return made;
    const owner = ownerOf(made);
    if (owner) owner.prototype = prototypeOf(tracer, newTarget, site);
    return made;
  }
  if (!(callee instanceof FunctionValue) || callee.node.async || callee.node.generator || callee.members.find("prototype") === absent) {
    return failAt(site, "not-a-constructor", `${calledText(site)} can't be called with new here.`, "Make a plain object or array.");
  }
  const { definition } = callee;
  const instance = !definition?.isDerived ? tracer.object(new Map(), prototypeOf(tracer, newTarget, site)) : absent;
  if (instance !== absent) definition?.initialise(instance);
  const environment = enter(tracer, callee, args, instance, newTarget);
  const result = definition && !definition.hasConstructor ? superCall(tracer, args, environment, site) : run(tracer, callee, environment);
  if (isObject(result)) return result;
  if (result instanceof Either)
    failAt(site, "result-on-data", "What this constructor returns depends on the data.", "Return nothing from it.");
  const self = environment.find("this")!.slot;
  return self === absent ? failAt(site, "uninitialised", "The constructor ends before super(…) is called.", "Call super(…) first.") : self;
}

const isObject = (value: Value) =>
  value instanceof ObjectValue || value instanceof ArrayValue || value instanceof CollectionValue || isFunctionValue(value);

/** Where instances look for members. */
export function prototypeOf(tracer: Tracer, constructor: Value, site: Node): ObjectValue | undefined {
  const prototype =
    constructor instanceof FunctionValue
      ? constructor.members.find("prototype")
      : constructor instanceof NativeFunction
        ? constructor.members.get("prototype")
        : tracer.getMember(constructor, "prototype", site);
  return prototype instanceof ObjectValue ? prototype : undefined;
}

/** `super(…)` in the constructor of a class. */
export function superCall(tracer: Tracer, args: readonly Value[], environment: Environment, site: Node): Value {
  const own = environment.find("super()")?.slot;
  const self = environment.find("this");
  if (!(own instanceof FunctionValue) || !own.definition)
    return failAt(site, "unsupported-syntax", "super(…) is only for constructors.", "Call super.method(…).");
  if (!own.definition.isDerived) return undefined;
  const instance = tracer.call(own.parent, args, undefined, site, environment.find("new.target")!.slot as Value);
  tracer.journal.write(self!, "", instance);
  own.definition.initialise(instance);
  return undefined;
}

/** Runs a function's body: what it returns. */
function run(tracer: Tracer, fn: FunctionValue, environment: Environment): Value {
  const { body } = fn.node;
  if (body.type !== "BlockStatement") return narrow(tracer, tracer.evaluate(body, environment));
  return valueOf(withTarget(tracer, "function", [], fn.node, (target) => bodyOf(tracer, fn, environment, target)));
}

/** Runs a function's body to its end. */
function bodyOf(tracer: Tracer, { node: { body } }: FunctionValue, environment: Environment, target: Target): Signal {
  if (body.type !== "BlockStatement") return { target, value: narrow(tracer, tracer.evaluate(body, environment)) };
  declareAll(body.body, environment);
  return executeBlock(tracer, body.body, environment) ?? { target, value: undefined };
}

/** `arguments` outside of strict mode: its first elements are the parameters. */
class MappedArguments extends ArrayValue {
  readonly #bindings: readonly Binding[];
  constructor(born: number, elements: Value[], bindings: readonly Binding[]) {
    super(born, elements);
    this.#bindings = bindings;
  }
  override get isPlain(): boolean {
    return false;
  }
  override get elements(): Value[] {
    return super.elements.map((_, i) => this.at(i));
  }
  override at(index: number): Value {
    const binding = this.#bindings[index];
    return binding ? (binding.slot as Value) : super.at(index);
  }
  override place(key: Key): readonly [Store, Key] {
    const binding = typeof key === "number" ? this.#bindings[key] : undefined;
    return binding ? [binding, ""] : super.place(key);
  }
}

const isGiven = (value: Value) => !(value instanceof Argument && value.missing);

/** The function's own variables, parameters with their arguments. */
function enter(tracer: Tracer, fn: FunctionValue, args: readonly Value[], receiver: Slot, newTarget?: Value): Environment {
  const { node, home } = fn;
  let outer = fn.environment;
  if (node.type === "FunctionExpression" && node.id) {
    outer = new Environment(tracer.journal, outer);
    outer.declare(node.id.name, fn);
  }
  const environment = new Environment(tracer.journal, outer);
  const given = args.slice(0, 1 + args.findLastIndex(isGiven));
  if (node.type !== "ArrowFunctionExpression") {
    environment.declare("this", receiver);
    environment.declare("new.target", newTarget);
    if (home) environment.declare("super", home);
    if (newTarget !== undefined) environment.declare("super()", fn);
    if (usesArguments(node)) environment.declare("arguments", tracer.array(given));
  }
  for (const param of node.params) for (const name of namesOf(param)) environment.declare(name, absent);
  node.params.forEach((param, i) => {
    if (param.type === "RestElement") bind(tracer, param.argument, tracer.array(args.slice(i)), environment, "initialise");
    else bind(tracer, param, args[i], environment, "initialise");
  });
  if (mapsArguments(node)) {
    const bindings = node.params.slice(0, given.length).map((param) => environment.find((param as Identifier).name)!);
    environment.declare("arguments", new MappedArguments(tracer.journal.now(), given, bindings));
  }
  for (const name of varNamesOf(node)) if (!environment.has(name)) environment.declare(name, undefined);
  return environment;
}
