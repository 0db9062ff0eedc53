// @ts-nocheck The programs are plain JavaScript.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { rolldown } from "rolldown";
import ts from "typescript";
import { build as buildWithVite } from "vite";
import { describe, expect, test } from "vitest";
import { evaluateTrace } from "../support/evaluate.ts";
import { instrument } from "../support/instrument.ts";
import { expectSame, traceOf } from "../support/trace.ts";

/** Functions in the styles that people write, through the tools that they come through. */
const file = fileURLToPath(new URL("fixtures/styles.mjs", import.meta.url));
const source = readFileSync(file, "utf8");

const esbuild = (options) => transformSync(source, { format: "cjs", ...options }).code;
const typescript = (target) =>
  ts.transpileModule(source, { compilerOptions: { target, module: ts.ModuleKind.CommonJS, downlevelIteration: true } }).outputText;

async function bundleWithRolldown() {
  const bundle = await rolldown({ input: file, logLevel: "silent" });
  const { output } = await bundle.generate({ format: "cjs", minify: true });
  return output[0].code;
}

async function bundleWithVite() {
  const built = await buildWithVite({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: "esbuild", lib: { entry: file, formats: ["cjs"], fileName: "styles" } },
  });
  return built[0].output[0].code;
}

const builds = {
  "as it stands": () => esbuild({}),
  "esbuild, minified": () => esbuild({ minify: true }),
  "esbuild, minified, names kept": () => esbuild({ minify: true, keepNames: true }),
  "esbuild, for ES2016": () => esbuild({ minify: true, target: "es2016" }),
  rolldown: bundleWithRolldown,
  Vite: bundleWithVite,
  "TypeScript, ES2017": () => typescript(ts.ScriptTarget.ES2017),
  "TypeScript, ES5": () => typescript(ts.ScriptTarget.ES5),
  "Istanbul's counters": () => instrument(esbuild({})),
  "Istanbul's counters in ES5": () => instrument(typescript(ts.ScriptTarget.ES5)),
};

for (const [name, build] of Object.entries(builds)) {
  describe(name, async () => {
    const module = { exports: {} };
    new Function("exports", "module", "require", await build())(module.exports, module, createRequire(import.meta.url));
    const { cases } = module.exports;
    test("has every function", () => expect(cases.length).toBeGreaterThan(20));
    test.each(cases)("%s", (_, fn, sample) => expectSame(fn, sample));
  });
}

describe("imports, as build steps write them", () => {
  const sinc = (t) => (t === 0 ? 1 : Math.sin(t) / t);
  const atOne = (text, scope) => evaluateTrace(traceOf(new Function(`return ${text}`)(), [1], scope), [1]);
  test.each([
    ["Vite's modules on the server", "(x) => __vi_import_0__.sinc(x)", { __vi_import_0__: { sinc } }],
    ["a call without a receiver", "(x) => (0, __vi_import_0__.sinc)(x)", { __vi_import_0__: { sinc } }],
    ["Babel's default import", '(x) => base["default"].sinc(x)', { base: { default: { sinc } } }],
    ["Babel's call of a default import", '(x) => (0, _sinc["default"])(x)', { _sinc: { default: sinc } }],
    ["TypeScript's call", "(x) => (0, math_1.sinc)(x)", { math_1: { sinc } }],
    ["enumerations of a module", "(x) => x * exports.Kind.Sine", { exports: { Kind: { Sine: Math.sin(1) } } }],
    ["native functions under other names", "(x) => s(x) * o", { s: Math.sin, o: 1 }],
  ])("%s", (_, text, scope) => expect(atOne(text, scope)).toBe(Math.sin(1)));
  test("a function of the same name is not Math's", () => {
    expect(atOne("(x) => asin(x)", { asin: (t) => (t > 0.5 ? 0.5 : t) })).toBe(0.5);
  });
});
