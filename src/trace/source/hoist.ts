import type { AnyNode, FunctionDeclaration, Function as FunctionNode, Node, Pattern, Statement } from "acorn";

import { sourceOf } from "./source.ts";

/** What a list of statements declares. */
export interface Declarations {
  /** Names of `let`, `const` and `class`; `constant` ones can't be assigned. */
  readonly lexical: readonly { readonly name: string; readonly constant: boolean }[];
  readonly functions: readonly FunctionDeclaration[];
}

/** The names that a pattern binds. */
export function* namesOf(pattern: Pattern): Generator<string> {
  if (pattern.type === "Identifier") yield pattern.name;
  else if (pattern.type === "AssignmentPattern") yield* namesOf(pattern.left);
  else if (pattern.type === "RestElement") yield* namesOf(pattern.argument);
  else if (pattern.type === "ArrayPattern") {
    for (const element of pattern.elements) if (element) yield* namesOf(element);
  } else if (pattern.type === "ObjectPattern") {
    for (const property of pattern.properties) yield* namesOf(property.type === "RestElement" ? property.argument : property.value);
  }
}

/** The nodes inside a node, whatever its type. */
export function childrenOf(node: Node): AnyNode[] {
  const children: AnyNode[] = [];
  const add = (child: unknown) => {
    if (typeof (child as AnyNode | null | undefined)?.type === "string") children.push(child as AnyNode);
  };
  for (const key in node) {
    const value = node[key as keyof Node] as unknown;
    if (Array.isArray(value)) value.forEach(add);
    else add(value);
  }
  return children;
}

export const isFunctionNode = (node: Node): node is FunctionNode =>
  node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";

export function remember<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, Result>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as Result;
  };
}

/** What a block declares for itself. */
export const declarationsOf = remember((statements: readonly (Statement | AnyNode)[]): Declarations => {
  const lexical: { name: string; constant: boolean }[] = [];
  const functions: FunctionDeclaration[] = [];
  for (const statement of statements) {
    if (statement.type === "FunctionDeclaration" && statement.id) functions.push(statement);
    else if (statement.type === "ClassDeclaration" && statement.id) lexical.push({ name: statement.id.name, constant: false });
    else if (statement.type === "VariableDeclaration" && statement.kind !== "var") {
      const constant = statement.kind !== "let";
      for (const { id } of statement.declarations) for (const name of namesOf(id)) lexical.push({ name, constant });
    }
  }
  return { lexical, functions };
});

const isSloppy = ({ body, ...fn }: FunctionNode): boolean =>
  !!sourceOf(fn)?.isSloppy &&
  !(body.type === "BlockStatement" && body.body.some((first) => "directive" in first && first.directive === "use strict"));

/** Functions that are declared in blocks, where a variable of the function around is of that name, too. */
const inBlocks = new WeakSet<Node>();
export const isInBlock = (node: FunctionDeclaration): boolean => inBlocks.has(node);

/** The names that `var` declares anywhere in a function, and, where that is not in strict mode, functions in its blocks. */
export const varNamesOf = remember((fn: FunctionNode): readonly string[] => {
  const names = new Set<string>();
  const hasBlocks = isSloppy(fn);
  const visit = (node: AnyNode) => {
    if (isFunctionNode(node)) return;
    if (hasBlocks && node !== fn.body && (node.type === "BlockStatement" || node.type === "SwitchCase")) {
      for (const inner of declarationsOf(node.type === "SwitchCase" ? node.consequent : node.body).functions) {
        names.add(inner.id.name);
        inBlocks.add(inner);
      }
    }
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const { id } of node.declarations) for (const name of namesOf(id)) names.add(name);
    }
    childrenOf(node).forEach(visit);
  };
  visit(fn.body);
  return [...names];
});

/** What a function returns last: the place for messages about its result. */
export function returnedBy({ body, ...fn }: FunctionNode): Node {
  if (body.type !== "BlockStatement") return body;
  const last = body.body.findLast((statement) => statement.type === "ReturnStatement");
  return last?.argument ?? { ...fn, type: fn.type, end: body.start };
}

/** Tells whether a part of a function has a node of some kind in it, not counting functions inside. */
const contains = (is: (node: AnyNode) => boolean) =>
  remember((part: Node): boolean => {
    const visit = (node: AnyNode): boolean => {
      if (is(node)) return true;
      for (const child of childrenOf(node)) if (!isFunctionNode(child) && visit(child)) return true;
      return false;
    };
    return visit(part as AnyNode);
  });
export const hasContinue = contains(({ type }) => type === "ContinueStatement");
export const hasFinally = contains((node) => node.type === "TryStatement" && !!node.finalizer);
export const yields = contains(({ type }) => type === "YieldExpression");

/** Whether the elements of `arguments` are the parameters themselves, and that makes a difference. */
export const mapsArguments = remember((fn: FunctionNode): boolean => {
  if (fn.type === "ArrowFunctionExpression" || !isSloppy(fn) || !usesArguments(fn)) return false;
  const names = new Set(["arguments", ...fn.params.flatMap((param) => [...namesOf(param)])]);
  const isOne = (target: AnyNode): boolean =>
    target.type === "MemberExpression" ? isOne(target.object) : target.type === "Identifier" && names.has(target.name);
  const visit = (node: AnyNode): boolean =>
    (node.type === "AssignmentExpression" && isOne(node.left)) ||
    (node.type === "UpdateExpression" && isOne(node.argument)) ||
    childrenOf(node).some(visit);
  return fn.params.every(({ type }) => type === "Identifier") && visit(fn.body as AnyNode);
});

/** Whether a function reads `arguments`, in itself or in an arrow inside. */
export const usesArguments = remember((fn: FunctionNode): boolean => {
  const visit = (node: AnyNode): boolean => {
    if (isFunctionNode(node) && node.type !== "ArrowFunctionExpression") return false;
    if (node.type === "Identifier" && node.name === "arguments") return true;
    return childrenOf(node).some(visit);
  };
  return [...fn.params, fn.body].some(visit);
});
