import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as acorn from "acorn";
import { expect, test } from "vitest";
import { slimAcorn } from "../../scripts/slim-acorn.mjs";

const require = createRequire(import.meta.url);
const folder = require.resolve("acorn").replace(/acorn\.js$/, "");
const slimmed = slimAcorn.transform.handler(readFileSync(`${folder}acorn.mjs`, "utf8"));
const slim: typeof acorn = await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(slimmed).toString("base64")}`);

const options = { ecmaVersion: "latest" } as const;
const inWords = (node: unknown) => JSON.stringify(node, (_, value) => (typeof value === "bigint" ? `${value}n` : value));

test("slim acorn reads a large program as acorn does", () => {
  const program = readFileSync(`${folder}acorn.js`, "utf8");
  expect(inWords(slim.parse(program, options))).toBe(inWords(acorn.parse(program, options)));
});

test.each([
  "(async function* f({ a: [b = 1, ...c], ...d } = {}, e) { for await (const { x, y: { z } } of e) yield* x?.y?.[z]?.(b ?? c); }\n)",
  "(class A extends (0, B) { static #p = 1; static { this.q = 2; } get [k]() { return this.#p; } static async *m() {} #n() { return #p in this; } })",
  "({ f(x) { return super.f(x) ** -1; }, get a() { return 1; }, set a(v) {}, async *g() {}, 'q': 1, 2: 2, [x]: 3, x, __proto__: null })",
  "((x, y = ([z]) => z) => ({ x, ...y }))",
  "(async (x) => { await x; using y = x; let await_; l: for (;;) { continue l; } })",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: source text
  "(function () { 'use strict'; return [0x1f, 0b11, 0o17, 1_000.5e-3, 10n, .5, /[/\\]]+/giu, `a${b + `${1}`}c`, tag`\\unicode`]; })",
  "(function () { let = yield + 010; async = let; if (x) function g() {} with (x) y; return new.target, import('x'), a\n++b; })",
  "(function ({ __proto__: a, __proto__: b }) { ({ a, b: [a.x] = [], ...b.y } = a); [a, b] = [b, a]; a ||= b; a **= b; })",
  "(𝒳 => ünï + \\u0061 + '\\u{1F600}\\\n\u2028')",
  "(function () { switch (a) { case 1: default: break; } try { throw a; } catch { } finally { } do x--; while (x) <!-- comment\n debugger; })",
])("slim acorn reads %s as acorn does", (text) => {
  expect(inWords(slim.parse(text, options))).toBe(inWords(acorn.parse(text, options)));
});

test.each([
  "(f(x) { return x; }\n)",
  "(get x() { return 1; })",
  "(async f(x) {})",
  "(* f() {})",
  "({ static f(x) {} })",
  "({ #f(x) {} })",
  "(class { function f() {} })",
  "(export default 1)",
  "import x from 'x';",
  "export const x = 1;",
  "((x) => { return x",
])("slim acorn refuses %s where acorn does", (text) => {
  const position = (parser: typeof acorn) => {
    try {
      parser.parse(text, options);
    } catch (error) {
      return (error as { pos?: number }).pos;
    }
    return "parsed";
  };
  expect(position(acorn)).toBeTypeOf("number");
  expect(position(slim)).toBe(position(acorn));
});
