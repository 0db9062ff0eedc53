import type { AssignmentExpression, CallExpression, Expression, MemberExpression, Node, ObjectExpression, SpreadElement } from "acorn";
import { branch } from "./branches.ts";
import { elementsOf } from "./elements.ts";
import type { Environment } from "./environment.ts";
import { getMember, keysOf, setMember } from "./members.ts";
import { narrow } from "./merge.ts";
import { binary, strictlyEqual, toBoolean, toNumber, toText, typeOf, unary } from "./operators.ts";
import { assign, bind, memberKey, propertyKey } from "./patterns.ts";
import { failAt, textAt } from "./source.ts";
import type { Tracer } from "./tracer.ts";
import { absent, FunctionValue, NativeFunction, type Slot, type Value } from "./values.ts";

type Evaluate<Type extends Expression["type"]> = (
  tracer: Tracer,
  node: Extract<Expression, { type: Type }>,
  environment: Environment,
) => Value;

const makeFunction: Evaluate<"FunctionExpression"> & Evaluate<"ArrowFunctionExpression"> = (_, node, environment) =>
  new FunctionValue(node.id?.name ?? "(anonymous)", node, environment);

const table: { [Type in Expression["type"]]?: Evaluate<Type> } = {
  Literal: (_, node) => {
    if (node.regex) return failAt(node, "unsupported-syntax", "Regular expressions do not work in a traced function.");
    if (typeof node.value === "bigint")
      return failAt(node, "unsupported-syntax", "BigInt does not work in a traced function.", "Write a number.");
    return node.value as Value;
  },
  Identifier: (tracer, node, environment) => readVariable(tracer, node.name, environment, node),
  ThisExpression: (_, __, environment) => {
    const slot = environment.find("this")?.slot;
    return slot === absent ? undefined : slot;
  },
  ParenthesizedExpression: (tracer, node, environment) => tracer.evaluate(node.expression, environment),
  ArrayExpression: (tracer, node, environment) => tracer.array(listOf(tracer, node.elements, environment)),
  ObjectExpression: makeObject,
  FunctionExpression: makeFunction,
  ArrowFunctionExpression: makeFunction,
  TemplateLiteral: (tracer, node, environment) => {
    const parts = node.expressions.map((expression) => toText(tracer, tracer.evaluate(expression, environment), expression));
    return toText(tracer, node.quasis.map((quasi, i) => (quasi.value.cooked ?? "") + (parts[i] ?? "")).join(""), node);
  },
  SequenceExpression: (tracer, node, environment) => node.expressions.map((expression) => tracer.evaluate(expression, environment)).at(-1),

  UnaryExpression: (tracer, node, environment) => {
    if (node.operator === "delete") return failAt(node, "unsupported-syntax", "delete does not work in a traced function.");
    if (node.operator !== "typeof") return unary(tracer, node.operator, operand(tracer, node.argument, environment), node);
    if (node.argument.type === "Identifier" && !environment.find(node.argument.name)) return "undefined";
    return typeOf(tracer, tracer.evaluate(node.argument, environment), node);
  },
  BinaryExpression: (tracer, node, environment) => {
    const { left, right, operator } = node;
    if (left.type === "PrivateIdentifier") return failAt(node, "unsupported-syntax", "Private members do not work in a traced function.");
    if (operator === "in") {
      const key = toText(tracer, tracer.evaluate(left, environment), left);
      return keysOf(tracer, tracer.evaluate(right, environment), right).includes(key);
    }
    if (operator === "instanceof")
      return failAt(node, "unsupported-syntax", "instanceof does not work in a traced function.", "Array.isArray(x) and typeof x do.");
    if (operator.length > 2 && operator.endsWith("==")) {
      return binary(tracer, operator, tracer.evaluate(left, environment), tracer.evaluate(right, environment), node);
    }
    const a = operand(tracer, left, environment);
    return binary(tracer, operator, a, operand(tracer, right, environment), node);
  },
  LogicalExpression: (tracer, node, environment) =>
    logical(tracer, node.operator, tracer.evaluate(node.left, environment), () => tracer.evaluate(node.right, environment), node),
  ConditionalExpression: (tracer, node, environment) => {
    const condition = toBoolean(tracer, tracer.evaluate(node.test, environment), node.test);
    const side = (expression: Expression) => () => ({ value: tracer.evaluate(expression, environment) });
    return branch(tracer, condition, side(node.consequent), side(node.alternate), node).value;
  },
  AssignmentExpression: (tracer, node, environment) => evaluateAssignment(tracer, node, environment),
  UpdateExpression: (tracer, node, environment) => {
    const { read, write } = reference(tracer, node.argument, environment);
    const before = toNumber(tracer, read(), node);
    const after = binary(tracer, node.operator === "++" ? "+" : "-", before, 1, node);
    write(after);
    return node.prefix ? after : before;
  },

  MemberExpression: (tracer, node, environment) => orUndefined(memberLink(tracer, node, environment)),
  CallExpression: (tracer, node, environment) => orUndefined(callLink(tracer, node, environment)),
  ChainExpression: (tracer, node, environment) => tracer.evaluate(node.expression, environment),
  NewExpression: (tracer, node, environment) => {
    const callee = tracer.evaluate(node.callee, environment);
    if (callee instanceof NativeFunction && callee.construct)
      return callee.construct(tracer, listOf(tracer, node.arguments, environment), node);
    return failAt(
      node,
      "unsupported-syntax",
      `new ${textAt(node.callee)} does not work in a traced function.`,
      "Make a plain object or array.",
    );
  },
};

const refusals: { [Type in Expression["type"]]?: string } = {
  ClassExpression: "A class",
  AwaitExpression: "await",
  YieldExpression: "yield",
  TaggedTemplateExpression: "A tagged template",
  ImportExpression: "import",
  MetaProperty: "new.target or import.meta",
};

export function evaluate(tracer: Tracer, node: Expression, environment: Environment): Value {
  const rule = table[node.type] as Evaluate<any> | undefined;
  if (rule) return rule(tracer, node as never, environment);
  return failAt(node, "unsupported-syntax", `${refusals[node.type] ?? node.type} does not work in a traced function.`);
}

function readVariable(tracer: Tracer, name: string, environment: Environment, site: Node): Value {
  const binding = environment.find(name);
  if (!binding) return failAt(site, "unresolved-names", `${name} is not defined.`);
  if (binding.slot === absent) return failAt(site, "uninitialised", `${name} is read before its declaration has run.`);
  return narrow(tracer, binding.slot);
}

/** What must have a value, as an operand of arithmetic: a name from outside that is undefined there is a mistake. */
function operand(tracer: Tracer, node: Expression, environment: Environment): Value {
  const value = tracer.evaluate(node, environment);
  if (value === undefined && node.type === "Identifier" && node.name !== "undefined" && environment.find(node.name)?.born === 0) {
    failAt(node, "undefined-name", `${node.name} is undefined outside the function: not initialised yet?`);
  }
  return value;
}

/** Elements of an array literal, or arguments of a call. */
export function listOf(tracer: Tracer, nodes: readonly (Expression | SpreadElement | null)[], environment: Environment): Value[] {
  return nodes.flatMap((node) => {
    if (node === null) return [undefined];
    if (node.type !== "SpreadElement") return [tracer.evaluate(node, environment)];
    return elementsOf(tracer, tracer.evaluate(node.argument, environment), node);
  });
}

function makeObject(tracer: Tracer, node: ObjectExpression, environment: Environment): Value {
  const entries = new Map<string, Value>();
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const spread = narrow(tracer, tracer.evaluate(property.argument, environment));
      if (spread === undefined || spread === null || typeof spread === "boolean") continue;
      for (const key of keysOf(tracer, spread, property)) entries.set(key, getMember(tracer, spread, key, property));
      continue;
    }
    if (property.kind !== "init")
      failAt(property, "unsupported-syntax", "Getters and setters do not work in a traced function.", "Write a method.");
    const key = String(propertyKey(tracer, property, environment));
    if (key === "__proto__" && !property.computed && !property.shorthand)
      failAt(property, "unsupported-syntax", "A prototype can't be set in a traced function.");
    entries.set(key, tracer.evaluate(property.value, environment));
  }
  return tracer.object(entries);
}

/** `&&`, `||`, `??`: the right side is evaluated where the left one does not decide. */
function logical(tracer: Tracer, operator: "&&" | "||" | "??", left: Value, right: () => Value, site: Node): Value {
  const goesOn =
    operator === "??"
      ? tracer.combine("or", strictlyEqual(tracer, left, undefined, site), strictlyEqual(tracer, left, null, site))
      : operator === "&&"
        ? toBoolean(tracer, left, site)
        : tracer.not(toBoolean(tracer, left, site));
  return branch(
    tracer,
    goesOn,
    () => ({ value: right() }),
    () => ({ value: narrow(tracer, left) }),
    site,
  ).value;
}

function evaluateAssignment(tracer: Tracer, node: AssignmentExpression, environment: Environment): Value {
  const { left, right, operator } = node;
  if (operator === "=" && left.type !== "MemberExpression") {
    const value = tracer.evaluate(right, environment);
    bind(tracer, left, value, environment, "assign");
    return value;
  }
  const { read, write } = reference(tracer, left as Expression, environment);
  if (operator === "=") return write(tracer.evaluate(right, environment));
  if (operator === "&&=" || operator === "||=" || operator === "??=") {
    return logical(tracer, operator.slice(0, -1) as "&&", read(), () => write(tracer.evaluate(right, environment)), node);
  }
  const before = read();
  return write(binary(tracer, operator.slice(0, -1) as "+", before, operand(tracer, right, environment), node));
}

/** A variable or member that is read and written: its object and key are evaluated once. */
function reference(tracer: Tracer, node: Expression, environment: Environment): { read(): Value; write(value: Value): Value } {
  if (node.type === "Identifier") {
    const write = (value: Value) => (assign(tracer, node.name, value, environment, node), value);
    return { read: () => operand(tracer, node, environment), write };
  }
  if (node.type !== "MemberExpression" || node.object.type === "Super")
    return failAt(node, "unsupported-syntax", "This can't be assigned.");
  const object = tracer.evaluate(node.object, environment);
  const key = memberKey(tracer, node, environment);
  const write = (value: Value) => (setMember(tracer, object, key, value, node), value);
  return { read: () => getMember(tracer, object, key, node), write };
}

const orUndefined = (slot: Slot): Value => (slot === absent ? undefined : slot);

/** A link of a chain; `absent` where `?.` ends the chain. `mayEnd`: before a `?.`. */
function link(tracer: Tracer, node: Expression, environment: Environment, mayEnd: boolean): Slot {
  if (node.type === "MemberExpression") return memberLink(tracer, node, environment);
  if (node.type === "CallExpression") return callLink(tracer, node, environment);
  return mayEnd ? tracer.evaluate(node, environment) : operand(tracer, node, environment);
}

const ends = (tracer: Tracer, value: Slot, optional: boolean) =>
  value === absent || (optional && (narrow(tracer, value) === undefined || narrow(tracer, value) === null));

function memberLink(tracer: Tracer, node: MemberExpression, environment: Environment): Slot {
  if (node.object.type === "Super") return failAt(node, "unsupported-syntax", "super does not work in a traced function.");
  const object = link(tracer, node.object, environment, node.optional);
  if (ends(tracer, object, node.optional)) return absent;
  return getMember(tracer, object as Value, memberKey(tracer, node, environment), node);
}

function callLink(tracer: Tracer, node: CallExpression, environment: Environment): Slot {
  const { callee } = node;
  if (callee.type === "Super") return failAt(node, "unsupported-syntax", "super does not work in a traced function.");
  let receiver: Slot;
  let fn: Slot;
  if (callee.type === "MemberExpression" && callee.object.type !== "Super") {
    receiver = link(tracer, callee.object, environment, callee.optional);
    if (ends(tracer, receiver, callee.optional)) return absent;
    fn = getMember(tracer, receiver as Value, memberKey(tracer, callee, environment), callee);
  } else {
    fn = link(tracer, callee, environment, node.optional);
  }
  if (ends(tracer, fn, node.optional)) return absent;
  if (fn instanceof NativeFunction && fn.name.startsWith("Math.")) {
    for (const argument of node.arguments) if (argument.type === "Identifier") operand(tracer, argument, environment);
  }
  return tracer.call(fn as Value, listOf(tracer, node.arguments, environment), receiver as Value, node);
}
