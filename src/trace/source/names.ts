import type { AnyNode, BlockStatement, Class, Function as FunctionNode, Identifier, Program } from "acorn";
import { isCounter } from "./counters.ts";
import { childrenOf, declarationsOf, isFunctionNode, namesOf, usesArguments, varNamesOf } from "./hoist.ts";
import { failAt } from "./source.ts";

/** How a function uses a name that it does not declare. */
export interface NameUse {
  /** Where it is first used. */
  readonly at: Identifier;
  /** Only `typeof` asks for it: it may be missing. */
  readonly optional: boolean;
  /** `typeof` asks whether it is there. */
  readonly isAsked: boolean;
  /** The members that are used, where nothing else of its value is: `m` in `m.rate + (0, m.inner.f)(x)`. */
  readonly members?: ReadonlySet<string>;
  /** Every way through members that the text shows: `[["rate"], ["inner", "f"]]`. */
  readonly paths: readonly (readonly string[])[];
}
/** What the global object is called. */
export const globalNames = new Set(["globalThis", "window", "self", "global"]);

export type FreeNames = ReadonlyMap<string, NameUse>;

type Known = { readonly names: ReadonlySet<string>; readonly outer?: Known };
const knows = (known: Known | undefined, name: string): boolean => !!known && (known.names.has(name) || knows(known.outer, name));

/** The names that a function uses and does not declare, and its own: the program may have given it members. */
export function freeNames(node: FunctionNode | Class): FreeNames {
  const uses = new Map<string, Use[]>();
  const report = (use: Use) => {
    const { name } = use.identifier;
    if (!uses.get(name)?.push(use)) uses.set(name, [use]);
  };
  if (node.type !== "ClassExpression") visit(node as AnyNode, undefined, report);
  else for (const part of partsOf(node as Class)) visit(part, { names: new Set(node.id ? [node.id.name] : []) }, report);
  return new Map([...uses].map(([name, list]) => [name, summary(list)]));
}

/** What is read of the text of a class from outside: what it extends, and its static fields, are there already. */
const partsOf = ({ body }: Class): AnyNode[] =>
  body.body.filter((element) => element.type === "MethodDefinition" || (element.type === "PropertyDefinition" && !element.static));

/** One use: the name, with the members that are read of it one after the other. */
export interface Use {
  readonly identifier: Identifier;
  readonly keys: readonly string[];
  /** A method gets what it is read from as `this`. */
  readonly called?: boolean;
  readonly optional?: boolean;
}
type Report = (use: Use) => void;

function summary(uses: readonly Use[]): NameUse {
  const read = uses.filter(({ optional }) => !optional);
  const at = (read[0] ?? uses[0])!.identifier;
  // Functions of the global object do not ask for it.
  const isWhole = read.some(({ keys, called }) => keys.length < (called && !globalNames.has(at.name) ? 2 : 1));
  return {
    at,
    optional: read.length === 0,
    isAsked: read.length < uses.length,
    ...(isWhole ? {} : { members: new Set(read.map(({ keys }) => keys[0]!)) }),
    paths: read.map(({ keys }) => keys),
  };
}

/** `name`, `name.member`, `name["default"].member`. */
export function useOf(node: AnyNode): Use | undefined {
  if (node.type === "Identifier") return { identifier: node, keys: [] };
  if (node.type !== "MemberExpression") return undefined;
  const { object, property, computed } = node;
  const use = useOf(object);
  if (use && !computed && property.type === "Identifier") return { ...use, keys: [...use.keys, property.name] };
  return use && property.type === "Literal" && typeof property.value === "string"
    ? { ...use, keys: [...use.keys, property.value] }
    : undefined;
}

function visitFunction(fn: FunctionNode, outer: Known | undefined, report: Report) {
  const names = new Set<string>([...fn.params.flatMap((param) => [...namesOf(param)]), ...varNamesOf(fn)]);
  if (outer && fn.type === "FunctionExpression" && fn.id) names.add(fn.id.name);
  if (fn.type !== "ArrowFunctionExpression" && usesArguments(fn)) names.add("arguments");
  const known = { names, outer };
  for (const child of [...fn.params, fn.body]) visit(child, known, report);
}

function visit(node: AnyNode, known: Known | undefined, report: Report): void {
  if (isFunctionNode(node)) return visitFunction(node, known, report);
  const reportFree = (use: Use) => {
    if (!knows(known, use.identifier.name)) report(use);
  };
  if (isCounter(node)) return;
  const use = useOf(node);
  if (use) return reportFree(use);
  switch (node.type) {
    case "UnaryExpression":
      if (node.operator === "typeof" && node.argument.type === "Identifier") {
        return reportFree({ identifier: node.argument, keys: [], optional: true });
      }
      break;
    case "CallExpression": {
      const method = useOf(node.callee);
      if (method) reportFree({ ...method, called: method.keys.length > 0 });
      else visit(node.callee, known, report);
      for (const argument of node.arguments) visit(argument, known, report);
      return;
    }
    case "MemberExpression":
      visit(node.object, known, report);
      if (node.computed) visit(node.property, known, report);
      return;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      if (node.computed) visit(node.key, known, report);
      if (node.value) visit(node.value, known, report);
      return;
    case "WithStatement":
      return failAt(node, "unsupported-syntax", "with does not work in a traced function.", "Name the object before each of its members.");
    case "LabeledStatement":
      return visit(node.body, known, report);
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
      return;
    case "BlockStatement":
    case "ForStatement":
    case "ForOfStatement":
    case "ForInStatement":
    case "SwitchStatement":
    case "CatchClause":
    case "ClassExpression":
    case "ClassDeclaration": {
      const inner = { names: new Set(declaredBy(node)), outer: known };
      for (const child of childrenOf(node)) visit(child, inner, report);
      return;
    }
  }
  for (const child of childrenOf(node)) visit(child, known, report);
}

function declaredBy(node: AnyNode): string[] {
  switch (node.type) {
    case "BlockStatement":
      return blockNames(node);
    case "SwitchStatement":
      return blockNames({ body: node.cases.flatMap(({ consequent }) => consequent) });
    case "ForStatement":
      return node.init ? blockNames({ body: [node.init] }) : [];
    case "ForOfStatement":
    case "ForInStatement":
      return blockNames({ body: [node.left] });
    case "CatchClause":
      return node.param ? [...namesOf(node.param)] : [];
    case "ClassExpression":
    case "ClassDeclaration":
      return node.id ? [node.id.name] : [];
    default:
      return [];
  }
}

const blockNames = ({ body }: Pick<BlockStatement | Program, never> & { readonly body: readonly AnyNode[] }): string[] => {
  const { lexical, functions } = declarationsOf(body);
  return [...lexical.map(({ name }) => name), ...functions.map(({ id }) => id.name)];
};
