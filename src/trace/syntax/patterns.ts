import type { Expression, MemberExpression, Node, ObjectPattern, Pattern, Property } from "acorn";
import { knownKey, toKey, toKeyOrIndex } from "../objects/keys.ts";
import { forMembers } from "../objects/member-names.ts";
import { setMember } from "../objects/members.ts";
import { elementsOf } from "../operators/elements.ts";
import { strictlyEqual } from "../operators/operators.ts";
import { failAt } from "../source/source.ts";
import { branch, valueOf } from "../state/branches.ts";
import type { Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument, NeedsShape } from "../values/arguments.ts";
import { narrow } from "../values/merge.ts";
import { absent, makePrivateName, type Value, type WrittenKey } from "../values/values.ts";

/** Whether names get their first value, or a new one. */
export type Binds = "initialise" | "assign";

/** Gives `value` to what a pattern names. */
export function bind(tracer: Tracer, pattern: Pattern, value: Value, environment: Environment, how: Binds): void {
  switch (pattern.type) {
    case "Identifier":
      return how === "initialise" ? environment.initialise(pattern.name, value) : assign(tracer, pattern.name, value, environment, pattern);
    case "MemberExpression": {
      if (pattern.object.type === "Super") {
        return failAt(pattern, "unsupported-syntax", "super can't be assigned to in a pattern.", "Assign this.member.");
      }
      const object = tracer.evaluate(pattern.object, environment);
      return setMember(tracer, object, memberKey(tracer, pattern, environment), value, pattern);
    }
    case "AssignmentPattern":
      return bind(tracer, pattern.left, withDefault(tracer, value, pattern.right, environment), environment, how);
    case "ArrayPattern": {
      const rest = pattern.elements.at(-1)?.type === "RestElement";
      const elements = elementsOf(tracer, value, pattern, rest ? undefined : pattern.elements.length);
      pattern.elements.forEach((element, i) => {
        if (element?.type === "RestElement") bind(tracer, element.argument, tracer.array(elements.slice(i)), environment, how);
        else if (element) bind(tracer, element, elements[i], environment, how);
      });
      return;
    }
    case "ObjectPattern":
      return bindMembers(tracer, pattern, value, environment, how);
    case "RestElement":
      return failAt(pattern, "unsupported-syntax", "This pattern does not work in a traced function.", "Assign the parts one by one.");
  }
}

function bindMembers(tracer: Tracer, pattern: ObjectPattern, value: Value, environment: Environment, how: Binds) {
  const taken = new Set<string>();
  const hasRest = pattern.properties.at(-1)?.type === "RestElement";
  for (const property of pattern.properties) {
    if (property.type === "RestElement") {
      const others = tracer.object();
      forMembers(tracer, value, property, (key, member) => {
        if (!taken.has(key)) tracer.journal.write(others, key, member);
      });
      bind(tracer, property.argument, others, environment, how);
    } else {
      const key = property.computed
        ? memberKey(tracer, { property: property.key, computed: true }, environment)
        : propertyKey(tracer, property, environment);
      if (hasRest) taken.add(String(knownKey(key, property.key)));
      bind(tracer, property.value, tracer.getMember(value, key, property), environment, how);
    }
  }
}

/** The value, or the default where the value is undefined. */
function withDefault(tracer: Tracer, given: Value, fallback: Expression, environment: Environment): Value {
  const value = narrow(tracer, given);
  if (value instanceof Argument && !value.missing && !value.kind && tracer.arguments.sample(value.path) === undefined) {
    throw new NeedsShape(value.path);
  }
  const isUndefined = strictlyEqual(tracer, value, undefined, fallback);
  return valueOf(
    branch(
      tracer,
      isUndefined,
      () => ({ value: tracer.evaluate(fallback, environment) }),
      () => ({ value: narrow(tracer, value) }),
      fallback,
    ),
  );
}

/** Gives a variable a new value. */
export function assign(tracer: Tracer, name: string, value: Value, environment: Environment, site: Node): void {
  const binding = environment.find(name);
  if (!binding) return failAt(site, "unresolved-names", `${name} is not declared.`, "Declare it with let.");
  if (binding.slot === absent)
    return failAt(site, "uninitialised", `${name} is assigned before its declaration.`, "Move the declaration up.");
  if (binding.constant)
    return failAt(site, "constant-assignment", `${name} is a constant: it can't be assigned again.`, "Declare it with let.");
  tracer.journal.write(binding, "", value);
}

/** The name under which an object has a private member: each class declares its own. */
export const privateName = (environment: Environment, { name }: { readonly name: string }): string =>
  (environment.find(`#${name}`)?.slot as string | undefined) ?? makePrivateName(name, "outside");

/** The key of `object.key`, `object.#key`, `object[key]`. */
export function memberKey(tracer: Tracer, node: Pick<MemberExpression, "property" | "computed">, environment: Environment): WrittenKey {
  const { property, computed } = node;
  if (property.type === "PrivateIdentifier") return privateName(environment, property);
  if (!computed && property.type === "Identifier") return property.name;
  return toKeyOrIndex(tracer, tracer.evaluate(property as Expression, environment), property);
}

/** The key of a property of an object literal or pattern. */
export function propertyKey(
  tracer: Tracer,
  { key, computed }: Pick<Property, "key" | "computed">,
  environment: Environment,
): string | number {
  if (!computed && key.type === "Identifier") return key.name;
  return toKey(tracer, tracer.evaluate(key, environment), key);
}
