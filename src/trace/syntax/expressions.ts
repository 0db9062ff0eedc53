import type {
  AssignmentExpression,
  CallExpression,
  Expression,
  FunctionExpression,
  MemberExpression,
  Node,
  ObjectExpression,
  SpreadElement,
  TaggedTemplateExpression,
  UnaryExpression,
} from "acorn";
import { copyOf, joined } from "../objects/collect.ts";
import { knownKey, toKey } from "../objects/keys.ts";
import { forMembers, isMember } from "../objects/member-names.ts";
import { callMethod, objectMember, setMember } from "../objects/members.ts";
import { elementsOf } from "../operators/elements.ts";
import { binary, joinText, strictlyEqual, toBoolean, toNumber, typeOf, unary } from "../operators/operators.ts";
import { isChosen } from "../operators/tables.ts";
import { isCounter } from "../source/counters.ts";
import { failAt } from "../source/source.ts";
import { branch, findTarget, valueOf, withTarget } from "../state/branches.ts";
import type { Environment } from "../state/environment.ts";
import { viewOf } from "../state/row-views.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { ArrayValue } from "../values/arrays.ts";
import { FunctionValue, NativeFunction, ownerOf } from "../values/functions.ts";
import { narrow } from "../values/merge.ts";
import { HostObject, ObjectValue } from "../values/objects.ts";
import { Accessor, absent, Either, type Slot, type Value } from "../values/values.ts";
import { superCall } from "./calls.ts";
import { accessorOr, defineClass } from "./classes.ts";
import { assign, bind, memberKey, privateName, propertyKey } from "./patterns.ts";
import { instanceOf } from "./prototypes.ts";

type Evaluate<Type extends Expression["type"]> = (
  tracer: Tracer,
  node: Extract<Expression, { type: Type }>,
  environment: Environment,
) => Value;

const makeFunction: Evaluate<"FunctionExpression"> & Evaluate<"ArrowFunctionExpression"> = (_, node, environment) =>
  new FunctionValue(node.id?.name ?? "(anonymous)", node, environment);

const table: { [Type in Expression["type"]]?: Evaluate<Type> } = {
  Literal: (_, node) => {
    if (node.regex)
      return failAt(
        node,
        "unsupported-syntax",
        "Regular expressions do not work in a traced function.",
        "Read the text before, and close over what it says.",
      );
    if (typeof node.value === "bigint")
      return failAt(node, "unsupported-syntax", "BigInt does not work in a traced function.", "Write a number.");
    return node.value as Value;
  },
  Identifier: (tracer, node, environment) => readVariable(tracer, node.name, environment, node),
  ThisExpression: (_, node, environment) => {
    const slot = environment.find("this")?.slot;
    return slot === absent ? failAt(node, "uninitialised", "this is read before super(…) is called.", "Call super(…) first.") : slot;
  },
  MetaProperty: (_, node, environment) => {
    if (node.meta.name === "new") return orUndefined(environment.find("new.target")?.slot);
    return failAt(
      node,
      "unsupported-syntax",
      "import.meta does not work in a traced function.",
      "Read it outside, and close over the value.",
    );
  },
  TaggedTemplateExpression: taggedTemplate,
  ClassExpression: (tracer, node, environment) => defineClass(tracer, node, environment),
  ParenthesizedExpression: (tracer, node, environment) => tracer.evaluate(node.expression, environment),
  ArrayExpression: (tracer, node, environment) => joined(tracer, partsOf(tracer, node.elements, environment), undefined, node),
  ObjectExpression: makeObject,
  FunctionExpression: makeFunction,
  ArrowFunctionExpression: makeFunction,
  TemplateLiteral: (tracer, node, environment) => {
    const parts = node.expressions.map((expression) => joinText(tracer, [tracer.evaluate(expression, environment)], expression));
    return joinText(
      tracer,
      node.quasis.flatMap(({ value }, i) => [value.cooked ?? "", parts[i] ?? ""]),
      node,
    );
  },
  SequenceExpression: (tracer, node, environment) => node.expressions.map((expression) => tracer.evaluate(expression, environment)).at(-1),

  UnaryExpression: (tracer, node, environment) => {
    if (node.operator === "delete") return deleteMember(tracer, node, environment);
    const { operator, argument } = node;
    if (operator === "!") return unary(tracer, operator, tracer.evaluate(argument, environment), node);
    if (operator !== "typeof") return unary(tracer, operator, operand(tracer, argument, environment), node);
    if (argument.type === "Identifier" && !environment.find(argument.name)) return "undefined";
    return typeOf(tracer, tracer.evaluate(argument, environment), node);
  },
  BinaryExpression: (tracer, node, environment) => {
    const { left, right, operator } = node;
    if (left.type === "PrivateIdentifier") {
      return isMember(tracer, tracer.evaluate(right, environment), privateName(environment, left), right);
    }
    if (operator === "in") {
      const key = tracer.evaluate(left, environment);
      return isMember(tracer, tracer.evaluate(right, environment), toKey(tracer, key, left), right);
    }
    if (operator === "instanceof") {
      return instanceOf(tracer, tracer.evaluate(left, environment), tracer.evaluate(right, environment), node);
    }
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
    return valueOf(branch(tracer, condition, side(node.consequent), side(node.alternate), node));
  },
  AssignmentExpression: (tracer, node, environment) => evaluateAssignment(tracer, node, environment),
  UpdateExpression: (tracer, node, environment) => {
    if (isCounter(node)) return undefined;
    const { read, write } = reference(tracer, node.argument, environment);
    const before = toNumber(tracer, read(), node);
    const after = binary(tracer, node.operator === "++" ? "+" : "-", before, 1, node);
    write(after);
    return node.prefix ? after : before;
  },

  MemberExpression: (tracer, node, environment) => orUndefined(memberLink(tracer, node, environment)),
  CallExpression: (tracer, node, environment) => orUndefined(callLink(tracer, node, environment)),
  ChainExpression: (tracer, node, environment) =>
    valueOf(withTarget(tracer, "chain", [], node, (target) => ({ target, value: tracer.evaluate(node.expression, environment) }))),
  NewExpression: (tracer, node, environment) => {
    const callee = operand(tracer, node.callee, environment);
    return tracer.call(callee, listOf(tracer, node.arguments, environment), undefined, node, callee ?? null);
  },
};

const refusals: { [Type in Expression["type"]]?: readonly [what: string, advice: string] } = {
  AwaitExpression: ["await", "Await it before, and hand the value over."],
  YieldExpression: ["yield", "Collect the values in an array."],
  ImportExpression: ["import", "Import it outside the function."],
};

export function evaluate(tracer: Tracer, node: Expression, environment: Environment): Value {
  const rule = table[node.type] as Evaluate<any> | undefined;
  if (rule) return rule(tracer, node as never, environment);
  const [what, advice] = refusals[node.type] ?? [node.type, "Write it with plain expressions."];
  return failAt(node, "unsupported-syntax", `${what} does not work in a traced function.`, advice);
}

function readVariable(tracer: Tracer, name: string, environment: Environment, site: Node): Value {
  const binding = environment.find(name);
  if (!binding) return failAt(site, "unresolved-names", `${name} is not defined.`, "Declare it, or name it in scope.");
  if (binding.slot === absent)
    return failAt(site, "uninitialised", `${name} is read before its declaration has run.`, "Move the declaration up.");
  return narrow(tracer, binding.slot);
}

/** What must have a value, as an operand of arithmetic: a name from outside that is undefined there is a mistake. */
function operand(tracer: Tracer, node: Expression, environment: Environment): Value {
  const value = tracer.evaluate(node, environment);
  if (value === undefined && node.type === "Identifier" && node.name !== "undefined" && environment.find(node.name)?.born === 0) {
    failAt(
      node,
      "undefined-name",
      `${node.name} is undefined outside the function: not initialised yet?`,
      "Call epsilane after it has got its value; values are read when the function is handed over.",
    );
  }
  return value;
}

type Listed = readonly (Expression | SpreadElement | null)[];

/** Elements of an array literal, with its holes, or arguments of a call: arrays that are spread whose elements are in the graph, and what is between. */
function partsOf(tracer: Tracer, nodes: Listed, environment: Environment): (Value[] | ArrayValue)[] {
  let list: Value[] = [];
  const parts: (Value[] | ArrayValue)[] = [list];
  for (const node of nodes) {
    if (node === null) list.length++;
    else if (node.type !== "SpreadElement") list.push(tracer.evaluate(node, environment));
    else {
      const spread = narrow(tracer, tracer.evaluate(node.argument, environment));
      const copy = spread instanceof ArrayValue && spread.memory ? copyOf(tracer, spread, spread.type, node) : undefined;
      if (copy?.memory) {
        list = [];
        parts.push(copy, list);
      } else for (const element of elementsOf(tracer, spread, node)) list.push(element);
    }
  }
  return parts;
}

const together = (parts: readonly (Value[] | ArrayValue)[]): Value[] =>
  parts.flatMap((part) => (part instanceof ArrayValue ? Array.from(part.elements) : part));

const listOf = (tracer: Tracer, nodes: Listed, environment: Environment): Value[] => together(partsOf(tracer, nodes, environment));

function makeObject(tracer: Tracer, node: ObjectExpression, environment: Environment): Value {
  const object = tracer.object();
  const { entries } = object;
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const spread = narrow(tracer, tracer.evaluate(property.argument, environment));
      if (spread === undefined || spread === null || typeof spread === "boolean") continue;
      forMembers(tracer, spread, property, (key, member) => tracer.journal.write(object, key, member));
      continue;
    }
    const key = String(propertyKey(tracer, property, environment));
    if (key === "__proto__" && !property.computed && !property.shorthand && !property.method) {
      const prototype = narrow(tracer, tracer.evaluate(property.value, environment));
      object.prototype = ownerOf(prototype);
    } else if (property.kind === "init" && !property.method) entries.set(key, tracer.evaluate(property.value, environment));
    else {
      const method = new FunctionValue(key, property.value as FunctionExpression, environment, { home: object });
      entries.set(key, accessorOr(property.kind, method, entries.get(key)));
    }
  }
  return object;
}

/** `&&`, `||`, `??`: the right side is evaluated where the left one does not decide. */
function logical(tracer: Tracer, operator: "&&" | "||" | "??", left: Value, right: () => Value, site: Node): Value {
  const goesOn =
    operator === "??"
      ? isNullish(tracer, left, site)
      : operator === "&&"
        ? toBoolean(tracer, left, site)
        : tracer.not(toBoolean(tracer, left, site));
  return valueOf(
    branch(
      tracer,
      goesOn,
      () => ({ value: right() }),
      () => ({ value: narrow(tracer, left) }),
      site,
    ),
  );
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
    const before = left.type === "Identifier" ? tracer.evaluate(left, environment) : read();
    return logical(tracer, operator.slice(0, -1) as "&&", before, () => write(tracer.evaluate(right, environment)), node);
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
  if (node.type !== "MemberExpression")
    return failAt(node, "unsupported-syntax", "This can't be assigned.", "Assign a variable or a member.");
  if (node.object.type === "Super") return superReference(tracer, node, environment);
  const object = tracer.evaluate(node.object, environment);
  const key = memberKey(tracer, node, environment);
  const write = (value: Value) => (setMember(tracer, object, key, value, node), value);
  return { read: () => tracer.getMember(object, key, node), write };
}

/** `super.key`: looked for in the prototype of the object that the method is a member of, and read or written as of `this`. */
function superReference(tracer: Tracer, node: MemberExpression, environment: Environment): { read(): Value; write(value: Value): Value } {
  const home = environment.find("super")?.slot;
  const self = orUndefined(environment.find("this")?.slot);
  const key = knownKey(memberKey(tracer, node, environment), node);
  return {
    read() {
      if (!(home instanceof ObjectValue))
        return failAt(node, "unsupported-syntax", "super is that of a class around the function.", callMethod);
      return home.prototype ? objectMember(tracer, home.prototype, key, self, node) : undefined;
    },
    write: (value) => {
      const setter = home instanceof ObjectValue ? home.prototype?.find(String(key)) : undefined;
      if (setter instanceof Accessor) tracer.call(setter.set, [value], self, node);
      else setMember(tracer, self, key, value, node);
      return value;
    },
  };
}

function deleteMember(tracer: Tracer, { argument: given }: UnaryExpression, environment: Environment): boolean {
  const argument = given.type === "ChainExpression" ? given.expression : given;
  if (argument.type === "MemberExpression" && argument.object.type !== "Super") {
    const object = narrow(tracer, tracer.evaluate(argument.object, environment));
    const key = knownKey(memberKey(tracer, argument, environment), argument);
    const isElement = object instanceof ArrayValue && typeof key === "number" && !object.type;
    const owner = isElement ? object : ownerOf(object);
    const isSure = !isElement || !tracer.dependsOnData();
    if (owner && !(owner instanceof HostObject) && !(owner instanceof ObjectValue && owner.source) && isSure) {
      tracer.journal.write(owner, isElement ? key : String(key), absent);
      return true;
    }
  }
  return failAt(
    argument,
    "unsupported-syntax",
    "This can't be deleted in a traced function.",
    "Make an object without the member: const { member, ...others } = object;",
  );
}

const orUndefined = (slot: Slot | undefined): Value => (slot === absent ? undefined : slot);

/** A link of a chain; `absent` where `?.` ends the chain. `mayEnd`: before a `?.`. */
function link(tracer: Tracer, node: Expression, environment: Environment, mayEnd: boolean): Slot {
  if (node.type === "MemberExpression") return memberLink(tracer, node, environment);
  if (node.type === "CallExpression") return callLink(tracer, node, environment);
  return mayEnd ? tracer.evaluate(node, environment) : operand(tracer, node, environment);
}

const isNothing = (value: Value) => value === undefined || value === null || (value instanceof Argument && value.missing);
const isNullish = (tracer: Tracer, value: Value, site: Node) =>
  tracer.combine("or", strictlyEqual(tracer, value, undefined, site), strictlyEqual(tracer, value, null, site));
const something = (value: Value): Value =>
  !(value instanceof Either)
    ? value
    : isNothing(value.yes)
      ? something(value.no)
      : isNothing(value.no)
        ? something(value.yes)
        : new Either(value.mask, something(value.yes), something(value.no));

/** What a chain goes on with; `absent` where it has ended, or ends here by `?.`. Where that depends on the data, those points leave it. */
function goOn(tracer: Tracer, value: Slot, optional: boolean, site: Node): Slot {
  if (value === absent || !optional) return value;
  const given = narrow(tracer, value);
  if (isNothing(given)) return absent;
  if (!(given instanceof Either) && !isChosen(given) && !viewOf(given)) return given;
  const end = () => ({ signal: { target: findTarget(tracer, ["chain"]), value: undefined } });
  valueOf(branch(tracer, isNullish(tracer, given, site), end, () => ({}), site));
  return something(given);
}

function memberLink(tracer: Tracer, node: MemberExpression, environment: Environment): Slot {
  if (node.object.type === "Super") return superReference(tracer, node, environment).read();
  const object = goOn(tracer, link(tracer, node.object, environment, node.optional), node.optional, node);
  if (object === absent) return absent;
  return tracer.getMember(object as Value, memberKey(tracer, node, environment), node);
}

/** The array of texts is the same one whenever the template is evaluated. */
const templates = new WeakMap<Tracer, Map<Node, ArrayValue>>();

function taggedTemplate(tracer: Tracer, { tag, quasi }: TaggedTemplateExpression, environment: Environment): Value {
  const [fn, receiver] = calleeOf(tracer, tag, environment, false);
  const known = templates.get(tracer) ?? new Map<Node, ArrayValue>();
  templates.set(tracer, known);
  const texts =
    known.get(quasi) ??
    new ArrayValue(
      0,
      quasi.quasis.map(({ value }) => value.cooked ?? undefined),
    );
  known.set(quasi, texts);
  texts.members.hide(
    "raw",
    new ArrayValue(
      0,
      quasi.quasis.map(({ value }) => value.raw),
    ),
  );
  return tracer.call(fn as Value, [texts, ...listOf(tracer, quasi.expressions, environment)], receiver as Value, quasi);
}

/** What is called, and on what; `absent` where `?.` ends the chain. */
function calleeOf(tracer: Tracer, callee: Expression, environment: Environment, optional: boolean): readonly [fn: Slot, receiver: Slot] {
  if (callee.type !== "MemberExpression") return [link(tracer, callee, environment, optional), undefined];
  // What `super.method(…)` is called on is `this`.
  if (callee.object.type === "Super") return [link(tracer, callee, environment, optional), environment.find("this")?.slot];
  const receiver = goOn(tracer, link(tracer, callee.object, environment, callee.optional), callee.optional, callee);
  if (receiver === absent) return [absent, absent];
  return [tracer.getMember(receiver as Value, memberKey(tracer, callee, environment), callee), receiver];
}

function callLink(tracer: Tracer, node: CallExpression, environment: Environment): Slot {
  const { callee } = node;
  if (callee.type === "Super") return superCall(tracer, listOf(tracer, node.arguments, environment), environment, node);
  const [called, receiver] = calleeOf(tracer, callee, environment, node.optional);
  const fn = goOn(tracer, called, node.optional, node);
  if (fn === absent) return absent;
  if (fn instanceof NativeFunction && fn.name.startsWith("Math.")) {
    for (const argument of node.arguments) if (argument.type === "Identifier") operand(tracer, argument, environment);
  }
  const parts = partsOf(tracer, node.arguments, environment);
  if (parts.length > 1 && fn instanceof NativeFunction && fn.onParts) return fn.onParts(tracer, parts, node);
  const args = together(parts);
  const { recursion } = tracer;
  if (recursion?.calls.has(node) && fn === recursion.fn && receiver === recursion.receiver) recursion.again(args);
  return tracer.call(fn as Value, args, receiver as Value, node);
}
