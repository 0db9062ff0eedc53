import { type AnyNode, type Expression, type Node, parse } from "acorn";
import { childrenOf } from "../../src/trace/hoist.ts";

/** Puts counters into a script as Istanbul does: one at every function, statement and branch. */
export function instrument(script: string): string {
  const insertions: { readonly at: number; readonly text: string }[] = [];
  let count = 0;
  const before = (node: Node, text: string) => insertions.push({ at: node.start, text });
  const after = (node: Node, text: string) => insertions.push({ at: node.end, text });
  const counter = (path: string) => `cov_1a2b3c().${path}[${count++}]++`;
  const countBranch = (node: Expression, i: number) => {
    before(node, `(cov_1a2b3c().b[${count}][${i}]++,(`);
    after(node, "))");
  };

  const visit = (node: AnyNode): void => {
    if (node.type === "ConditionalExpression") [node.consequent, node.alternate].forEach(countBranch);
    if (node.type === "LogicalExpression") [node.left, node.right].forEach(countBranch);
    if (node.type === "IfStatement") {
      for (const side of [node.consequent, node.alternate]) {
        if (side && side.type !== "BlockStatement") {
          before(side, `{${counter("s")};`);
          after(side, "}");
        }
      }
    }
    const list = node.type === "BlockStatement" || node.type === "Program" ? node.body : node.type === "SwitchCase" ? node.consequent : [];
    for (const statement of list) {
      if (!/^(Function|Class)Declaration$|^EmptyStatement$/.test(statement.type) && !("directive" in statement))
        before(statement, `${counter("s")};`);
    }
    const isFunction = node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";
    if (isFunction && node.body.type === "BlockStatement") insertions.push({ at: node.body.start + 1, text: `${counter("f")};` });
    for (const child of childrenOf(node)) visit(child);
  };
  visit(parse(script, { ecmaVersion: "latest" }));

  let result = "";
  let position = 0;
  for (const { at, text } of insertions.map((insertion, i) => ({ ...insertion, i })).sort((a, b) => a.at - b.at || a.i - b.i)) {
    result += script.slice(position, at) + text;
    position = at;
  }
  const anything = "new Proxy({}, { get: () => new Proxy({}, { get: (_, key) => (key === Symbol.toPrimitive ? () => 0 : {}) }) })";
  return `${result + script.slice(position)}\nfunction cov_1a2b3c() { return ${anything}; }`;
}
