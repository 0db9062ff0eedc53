import { EpsilaneError } from "../errors.ts";
import { parseFunction } from "./source.ts";

/** Names and values for what a function uses from outside, or a function that gives them. */
export type Scope = Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);

/** A variable around a function. Functions that find it in the same `home` share it. */
export interface Variable {
  readonly property: PropertyDescriptor;
  readonly home: object;
}

/** Finds variables that a function uses and does not declare. */
export type Resolver = (fn: Function, names: readonly string[]) => ReadonlyMap<string, Variable>;

/**
 * The `scope` option. Where it is a function, its text tells what its members are called in the code around it:
 * a minifier turns `() => ({ rate })` into `() => ({ rate: t })`, and the traced function then uses `t`.
 */
export function scopeResolver(scope: Scope | undefined): Resolver {
  const values = scope === undefined ? new Map<string, unknown>() : namesOfScope(scope);
  return (_, names) => new Map(names.filter((name) => values.has(name)).map((name) => [name, { property: { value: values.get(name) }, home: values }]));
}

function namesOfScope(scope: Scope): Map<string, unknown> {
  const members = typeof scope === "function" ? scope() : scope;
  if (typeof members !== "object" || members === null) {
    throw new EpsilaneError("scope", "scope must be an object, or a function that gives one: () => ({ rate, helper }).");
  }
  const values = new Map<string, unknown>();
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(members))) {
    if ("value" in descriptor) values.set(key, descriptor.value);
  }
  if (typeof scope === "function") for (const [name, key] of renamed(scope)) if (values.has(key)) values.set(name, values.get(key));
  return values;
}

/** What the text of `() => ({ key: name })` calls its members. */
function renamed(scope: Function): [name: string, key: string][] {
  const { body } = parseFunction(scope).node;
  const returned = body.type === "BlockStatement" ? body.body.at(-1) : undefined;
  const expression = returned?.type === "ReturnStatement" ? returned.argument : body;
  if (expression?.type !== "ObjectExpression") return [];
  return expression.properties.flatMap((property): [string, string][] => {
    if (property.type !== "Property" || property.computed || property.value.type !== "Identifier") return [];
    const key =
      property.key.type === "Identifier" ? property.key.name : property.key.type === "Literal" ? String(property.key.value) : undefined;
    return key === undefined ? [] : [[property.value.name, key]];
  });
}
