import type { Class, Expression, FunctionExpression, MethodDefinition, PropertyDefinition, StaticBlock } from "acorn";
import { varNamesOf } from "../source/hoist.ts";
import { failAt } from "../source/source.ts";
import { Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import { FunctionValue, NativeFunction, ownerOf, type Take } from "../values/functions.ts";
import { type MemberSource, ObjectValue } from "../values/objects.ts";
import { Accessor, absent, type Key, makePrivateName, type Slot, type Value } from "../values/values.ts";
import { prototypeOf } from "./calls.ts";
import { privateName, propertyKey } from "./patterns.ts";
import { declareAll, executeBlock } from "./statements.ts";

type Member = MethodDefinition | PropertyDefinition;

/**
 * What one evaluation of a class makes.
 * @param outside what a class from outside extends, its static members and what its prototype has, as they are there: they are not
 * evaluated then
 */
export function defineClass(
  tracer: Tracer,
  node: Class,
  outer: Environment,
  outside?: { readonly members: MemberSource; readonly prototype: MemberSource; readonly parent: Value; readonly take: Take },
): FunctionValue {
  const born = outside ? 0 : tracer.journal.now();
  const environment = new Environment(tracer.journal, outer);
  if (node.id) environment.declare(node.id.name, absent);
  declarePrivateNames(node, environment, tracer.journal.now());
  const parent = node.superClass
    ? parentOf(node.superClass, outside ? outside.parent : tracer.evaluate(node.superClass, environment))
    : undefined;
  const prototype = new ObjectValue(
    born,
    new Map(),
    outside?.prototype,
    parent === undefined ? undefined : prototypeOf(tracer, parent, node),
  );

  const onInstances: [key: string, method: Value][] = [];
  const fields: { readonly key: string; readonly node: PropertyDefinition }[] = [];
  const initialise = (instance: Value) => {
    const owner = ownerOf(instance);
    if (!owner) return;
    for (const [key, method] of onInstances) owner.hide(key, method);
    for (const field of fields) define(owner, field.key, field.node, initial(tracer, field.node, environment, instance, prototype));
  };

  const adopt = (owner: ObjectValue, take: Take) => {
    for (const [key, method] of onInstances) owner.hide(key, method);
    for (const field of fields) adoptField(owner, field.key, field.node, take);
  };

  const written = node.body.body.find((element) => element.type === "MethodDefinition" && element.kind === "constructor");
  const constructorNode = written ? (written as MethodDefinition).value : emptyFunction(node);
  const name = node.id?.name ?? "(anonymous)";
  const definition = { isDerived: parent !== undefined, hasConstructor: written !== undefined, initialise, adopt };
  const fn = new FunctionValue(name, constructorNode, environment, { born, source: outside?.members, home: prototype, definition });
  if (parent !== undefined) fn.extend(parent);
  fn.members.hide("prototype", prototype);
  prototype.hide("constructor", fn);
  if (node.id) environment.initialise(node.id.name, fn);

  const statics: { readonly key?: string; readonly node: PropertyDefinition | StaticBlock }[] = [];
  for (const element of node.body.body) {
    if (element === written) continue;
    if (element.type === "StaticBlock") {
      statics.push({ node: element });
      continue;
    }
    const key = memberName(tracer, element, environment);
    if (element.type === "PropertyDefinition") (element.static ? statics : fields).push({ key, node: element });
    else {
      const home = element.static ? fn.members : prototype;
      const isPrivate = element.key.type === "PrivateIdentifier" && !element.static;
      const before = isPrivate ? onInstances.find(([other]) => other === key)?.[1] : home.entries.get(key);
      const member = methodOf(element, environment, home, before);
      if (isPrivate) onInstances.push([key, member]);
      else home.hide(key, member);
    }
  }
  for (const { key, node: element } of statics) {
    if (outside) {
      if (element.type !== "StaticBlock") adoptField(fn.members, key!, element, outside.take);
    } else if (element.type === "StaticBlock") runStatic(tracer, element, environment, fn);
    else define(fn.members, key!, element, initial(tracer, element, environment, fn, fn.members));
  }
  return fn;
}

function parentOf(node: Expression, parent: Value): FunctionValue | NativeFunction {
  if (parent instanceof FunctionValue || (parent instanceof NativeFunction && parent.construct)) return parent;
  return failAt(node, "not-a-constructor", "This can't be extended in a traced function.", "Keep an instance in a member.");
}

/** Each class has private names of its own: `#x` is a variable of the class that holds the member's real name. */
function declarePrivateNames(node: Class, environment: Environment, identity: number): void {
  for (const element of node.body.body) {
    if (element.type === "StaticBlock" || element.key.type !== "PrivateIdentifier") continue;
    environment.declare(`#${element.key.name}`, makePrivateName(element.key.name, identity));
  }
}

const memberName = (tracer: Tracer, { key, computed }: Member, environment: Environment): string =>
  key.type === "PrivateIdentifier" ? privateName(environment, key) : String(propertyKey(tracer, { key, computed }, environment));

/** A method, or a getter or setter beside the one of the same name that came before. */
function methodOf({ kind, value, key }: MethodDefinition, environment: Environment, home: ObjectValue, before: Slot | undefined): Value {
  const name = "name" in key ? String(key.name) : "(anonymous)";
  return accessorOr(kind, new FunctionValue(name, value, environment, { home }), before);
}

/** What a method, getter or setter adds to an object that has `before` by the same name. */
export function accessorOr(kind: string, fn: FunctionValue, before: Slot | undefined): Value {
  const { get, set } = before instanceof Accessor ? before : { get: undefined, set: undefined };
  return kind === "get" ? new Accessor(fn, set) : kind === "set" ? new Accessor(get, fn) : fn;
}

/** The variables of a field's value, or of a static block. */
function inside(tracer: Tracer, environment: Environment, self: Value, home: ObjectValue): Environment {
  const inner = new Environment(tracer.journal, environment);
  inner.declare("this", self);
  inner.declare("super", home);
  inner.declare("new.target", undefined);
  return inner;
}

const initial = (tracer: Tracer, { value }: PropertyDefinition, environment: Environment, self: Value, home: ObjectValue): Value =>
  value ? tracer.evaluate(value, inside(tracer, environment, self, home)) : undefined;

/** Fields are the object's own, whatever its prototypes have; private ones are not listed. */
function define(object: ObjectValue, key: string, { key: written }: PropertyDefinition, value: Value): void {
  if (written.type === "PrivateIdentifier") object.hide(key, value);
  else object.write(key as Key, value);
}

function adoptField(object: ObjectValue, key: string, { key: written }: PropertyDefinition, take: Take): void {
  const slot = written.type === "PrivateIdentifier" ? take(`#${written.name}`) : absent;
  if (slot !== absent) object.hide(key, slot);
}

function runStatic(tracer: Tracer, { body }: StaticBlock, environment: Environment, fn: FunctionValue): void {
  const inner = inside(tracer, environment, fn, fn.members);
  for (const name of varNamesOf({ body: { type: "BlockStatement", body } } as never)) inner.declare(name, undefined);
  declareAll(body, inner);
  executeBlock(tracer, body, inner);
}

/** The constructor of a class that does not write one. */
function emptyFunction({ start, end, sourceFile }: Class & { sourceFile?: unknown }): FunctionExpression {
  const place = { start, end, sourceFile };
  const body = { ...place, type: "BlockStatement", body: [] };
  return { ...place, type: "FunctionExpression", params: [], body, generator: false, expression: false, async: false } as never;
}
