import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { EpsilaneError } from "../../src/errors.ts";
import { run, sectionsOf } from "./blocks.ts";

const sections = sectionsOf("errors.md", 3);

/** A section has an example that ends in its error, the way out if there is one, and may have more such pairs. */
const pairs = sections.flatMap(({ title, blocks }) =>
  blocks.flatMap((wrong, i) => (i % 2 === 0 ? [{ title, wrong, right: blocks[i + 1] }] : [])),
);

const codeOf = (program: string): string => {
  try {
    run(program);
  } catch (error) {
    if (error instanceof EpsilaneError) return error.code;
    throw error;
  }
  return "no error";
};

describe.each(pairs)("$title", ({ title, wrong, right }) => {
  test("the example ends in it", () => expect(codeOf(wrong)).toBe(title));
  if (right !== undefined) test("the way out does not", () => expect(codeOf(right)).toBe("no error"));
});

/** Where a code stands among the arguments of what throws an error. */
const thrower: Record<string, number> = { failAt: 1, fail: 0, refuse: 2, EpsilaneError: 0 };

/** Every code that occurs in the sources. */
function codesIn(file: string): string[] {
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || (ts.isPropertyAssignment(node) && node.name.getText() === "code")) {
      const called = ts.isPropertyAssignment(node) ? "" : node.expression.getText().split(".").at(-1)!;
      const code = ts.isPropertyAssignment(node) ? node.initializer : node.arguments?.[thrower[called] ?? -1];
      const add = (part: ts.Expression | undefined): void => {
        if (part && ts.isStringLiteral(part)) codes.push(part.text);
        else if (part && ts.isConditionalExpression(part)) [part.whenTrue, part.whenFalse].forEach(add);
      };
      add(code);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword && ts.isStringLiteral(node.arguments[0]!)) {
      codes.push(node.arguments[0].text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true));
  return codes.filter((code) => /^[a-z]+(-[a-z]+)*$/.test(code));
}

test("every code of the sources is listed, and no other", () => {
  const root = new URL("../../src/", import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const codes = new Set(files.flatMap((file) => codesIn(fileURLToPath(new URL(file, root)))));
  expect(codes.size).toBeGreaterThan(40);
  expect(sections.map(({ title }) => title).sort()).toEqual([...codes].sort());
});
