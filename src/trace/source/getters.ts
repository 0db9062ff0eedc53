import type { BlockStatement, Expression, Function as FunctionNode, Node } from "acorn";
import { isCounter } from "./counters.ts";
import { type Use, useOf } from "./names.ts";

/**
 * The variable, or member of one, that a getter stands for. Build steps make getters of a module's exports: `get: () => rate`
 * (esbuild), `get: () => from[key]` (esbuild's copies of modules, and rolldown's, which bind it), `get: function () { return m.rate; }` (TypeScript, Babel), with
 * `try` around it (Vite). Others are not looked into.
 * @param textOf the value of a variable or parameter that is text
 */
export function variableOfGetter(
  { body, params }: FunctionNode,
  textOf: (name: string, params: readonly Node[]) => string | undefined,
): Use | undefined {
  const returned = counted(body.type === "BlockStatement" ? returnedBy(body) : body);
  if (returned?.type !== "MemberExpression" || !returned.computed || returned.property.type !== "Identifier") {
    return returned ? useOf(returned) : undefined;
  }
  const [use, key] = [useOf(returned.object), textOf(returned.property.name, params)];
  return use && key !== undefined ? { ...use, keys: [...use.keys, key] } : undefined;
}

/** What stands behind the counters of a coverage tool. */
function counted(node: Expression | undefined): Expression | undefined {
  if (node?.type !== "SequenceExpression") return node;
  return node.expressions.slice(0, -1).every((part) => isCounter(part, true)) ? node.expressions.at(-1) : undefined;
}

function returnedBy({ body }: BlockStatement): Expression | undefined {
  const [statement, ...others] = body.filter((part) => part.type !== "ExpressionStatement" || !isCounter(part.expression, true));
  if (others.length > 0 || !statement) return undefined;
  if (statement.type === "TryStatement") return returnedBy(statement.block);
  return statement.type === "ReturnStatement" ? (statement.argument ?? undefined) : undefined;
}
