import type { BlockStatement, Expression, Function as FunctionNode } from "acorn";
import { type Use, useOf } from "./names.ts";

/**
 * The variable, or member of one, that a getter stands for. Build steps make getters of a module's exports: `get: () => rate`
 * (esbuild), `get: function () { return m.rate; }` (TypeScript, Babel), with `try` around it (Vite). Others are not looked into.
 */
export function variableOfGetter({ body }: FunctionNode): Use | undefined {
  const returned = body.type === "BlockStatement" ? returnedBy(body) : body;
  return returned ? useOf(returned) : undefined;
}

function returnedBy({ body }: BlockStatement): Expression | undefined {
  const [statement] = body;
  if (body.length !== 1 || !statement) return undefined;
  if (statement.type === "TryStatement") return returnedBy(statement.block);
  return statement.type === "ReturnStatement" ? (statement.argument ?? undefined) : undefined;
}
