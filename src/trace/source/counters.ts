import type { Node, UpdateExpression } from "acorn";

/** What Istanbul counts in a module: statements, functions, branches. */
const counted = new Set(["s", "f", "b", "bT"]);

/**
 * Whether an expression is one of the counters that Istanbul puts into functions to see what runs: `cov_1a2b().s[3]++`,
 * `cov_1a2b().b[0][1]++`. They change nothing that the function computes.
 * @param isRenamed whether the name may be any, as minifiers give it
 */
export function isCounter(node: Node, isRenamed = false): boolean {
  const { type, operator, argument } = node as UpdateExpression;
  if (type !== "UpdateExpression" || operator !== "++") return false;
  let member = argument;
  let last: string | undefined;
  while (member.type === "MemberExpression") {
    const { object, property } = member;
    last = property.type === "Identifier" ? property.name : undefined;
    member = object as typeof member;
  }
  const variable = member.type === "CallExpression" ? member.callee : member;
  return variable.type === "Identifier" && (isRenamed || /^(__)?cov_/.test(variable.name)) && last !== undefined && counted.has(last);
}
