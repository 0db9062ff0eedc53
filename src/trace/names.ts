import type { AnyNode, BlockStatement, Function as FunctionNode, Identifier, Program } from "acorn";
import { childrenOf, declarationsOf, isFunctionNode, namesOf, usesArguments, varNamesOf } from "./hoist.ts";

/** Names by where they are first used. */
export type FreeNames = ReadonlyMap<string, Identifier>;

type Known = { readonly names: ReadonlySet<string>; readonly outer?: Known };
const knows = (known: Known | undefined, name: string): boolean => !!known && (known.names.has(name) || knows(known.outer, name));

/** The names that a function uses and does not declare. Names only asked for by `typeof` may be missing. */
export function freeNames(fn: FunctionNode): FreeNames {
  const free = new Map<string, Identifier>();
  visitFunction(fn, undefined, (identifier) => {
    if (!free.has(identifier.name)) free.set(identifier.name, identifier);
  });
  return free;
}

type Report = (identifier: Identifier) => void;

function visitFunction(fn: FunctionNode, outer: Known | undefined, report: Report) {
  const names = new Set<string>([...fn.params.flatMap((param) => [...namesOf(param)]), ...varNamesOf(fn)]);
  if (fn.type === "FunctionExpression" && fn.id) names.add(fn.id.name);
  if (fn.type !== "ArrowFunctionExpression" && usesArguments(fn)) names.add("arguments");
  const known = { names, outer };
  for (const child of [...fn.params, fn.body]) visit(child, known, report);
}

function visit(node: AnyNode, known: Known | undefined, report: Report): void {
  if (isFunctionNode(node)) return visitFunction(node, known, report);
  switch (node.type) {
    case "Identifier":
      if (!knows(known, node.name)) report(node);
      return;
    case "UnaryExpression":
      if (node.operator === "typeof" && node.argument.type === "Identifier") return;
      break;
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
