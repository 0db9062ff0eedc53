import type { ObjectExpression } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import { type FreeNames, type NameUse, useOf } from "../source/names.ts";
import { parseFunction } from "../source/source.ts";

/** Names and values for what a function uses from outside, or a function that gives them. */
export type Scope = Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);

/** A variable around a function. Functions that find it in the same `home` share it. */
export interface Variable {
  readonly property: PropertyDescriptor;
  readonly home: object;
}

/** Finds variables that a function uses and does not declare. */
export type Resolver = (fn: Function, wanted: FreeNames) => ReadonlyMap<string, Variable>;

/** The `scope` option. Where it is a function, its text tells what its members are called in the code around it. */
export interface ReadScope {
  /** A minifier turns `() => ({ rate })` into `() => ({ rate: t })`, and the traced function then uses `t`. */
  readonly names: Resolver;
  /** A compiler turns it into `() => ({ rate: m.rate })`, and the traced function then uses `m.rate`: `m` is known in part. */
  readonly modules: Resolver;
}

export function readScope(scope: Scope | undefined): ReadScope {
  const members = scope === undefined ? new Map<string, unknown>() : membersOf(scope);
  const names = new Map(members);
  const modules = new Map<string, ModuleMember[]>();
  for (const { key, identifier, keys } of typeof scope === "function" ? writtenIn(scope) : []) {
    if (!members.has(key)) continue;
    const value = members.get(key);
    if (keys.length === 0) names.set(identifier.name, value);
    else modules.set(identifier.name, [...(modules.get(identifier.name) ?? []), { keys, value }]);
  }
  const variable = (value: unknown): Variable => ({ property: { value }, home: names });
  const named = (name: string) => (names.has(name) ? variable(names.get(name)) : undefined);
  const module = (name: string, use: NameUse) => {
    const known = modules.get(name) ?? [];
    const isKnown = (path: readonly string[]) => known.some(({ keys }) => keys.every((key, i) => key === path[i]));
    return use.members && known.length > 0 && use.paths.every(isKnown) ? variable(assemble(known)) : undefined;
  };
  const resolver =
    (find: (name: string, use: NameUse) => Variable | undefined): Resolver =>
    (_, wanted) =>
      new Map([...wanted].map(([name, use]) => [name, find(name, use)] as const).filter(isFound));
  return { names: resolver(named), modules: resolver(module) };
}

const isFound = (entry: readonly [string, Variable | undefined]): entry is readonly [string, Variable] => entry[1] !== undefined;

interface ModuleMember {
  readonly keys: readonly string[];
  readonly value: unknown;
}

/** The object that has just these members. */
const assemble = (members: readonly ModuleMember[]): unknown => {
  const whole = members.find(({ keys }) => keys.length === 0);
  if (whole) return whole.value;
  const names = new Set(members.map(({ keys }) => keys[0]!));
  const rest = (name: string) => members.filter(({ keys }) => keys[0] === name).map(({ keys, value }) => ({ keys: keys.slice(1), value }));
  return Object.fromEntries([...names].map((name) => [name, assemble(rest(name))]));
};

function membersOf(scope: Scope): Map<string, unknown> {
  const members = typeof scope === "function" ? scope() : scope;
  if (typeof members !== "object" || members === null) {
    throw new EpsilaneError("scope", "scope must be an object, or a function that gives one: () => ({ rate, helper }).");
  }
  const values = new Map<string, unknown>();
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(members))) {
    if ("value" in descriptor) values.set(key, descriptor.value);
  }
  return values;
}

/** What the text of `() => ({ key: name, other: module.member })` calls its members. */
function writtenIn(scope: Function) {
  return (returnedObject(scope)?.properties ?? []).flatMap((property) => {
    if (property.type !== "Property" || property.computed) return [];
    const use = useOf(property.value);
    const key = property.key.type === "Identifier" ? property.key.name : property.key.type === "Literal" ? String(property.key.value) : "";
    return use ? [{ key, ...use }] : [];
  });
}

function returnedObject(scope: Function): ObjectExpression | undefined {
  const { body } = parseFunction(scope).node;
  const last = body.type === "BlockStatement" ? body.body.at(-1) : undefined;
  let returned = body.type === "BlockStatement" ? (last?.type === "ReturnStatement" ? last.argument : undefined) : body;
  // A minifier puts statements before the return into it.
  if (returned?.type === "SequenceExpression") returned = returned.expressions.at(-1);
  return returned?.type === "ObjectExpression" ? returned : undefined;
}
