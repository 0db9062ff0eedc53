// @ts-nocheck The programs are plain JavaScript.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync as transformWithBabel } from "@babel/core";
import presetEnv from "@babel/preset-env";
import { transformSync } from "esbuild";
import { createInstrumenter } from "istanbul-lib-instrument";
import { rolldown } from "rolldown";
import { minify } from "terser";
import ts from "typescript";
import { build as buildWithVite, createServer } from "vite";
import { describe, expect, test } from "vitest";
import * as epsilane from "../../src/index.ts";
import { evaluateTrace } from "../support/evaluate.ts";
import { expectSame, traceOf } from "../support/trace.ts";
import * as curves from "./fixtures/bundles/curves.mjs";

/** Functions in the styles that people write, through the tools that they come through. */
const file = fileURLToPath(new URL("fixtures/styles.mjs", import.meta.url));
const source = readFileSync(file, "utf8");

const esbuild = (options) => transformSync(source, { format: "cjs", ...options }).code;
const typescript = (target) =>
  ts.transpileModule(source, { compilerOptions: { target, module: ts.ModuleKind.CommonJS, downlevelIteration: true } }).outputText;

async function bundleWithRolldown() {
  const bundle = await rolldown({ input: file, external: ["epsilane"], logLevel: "silent" });
  const { output } = await bundle.generate({ format: "cjs", minify: true });
  return output[0].code;
}

async function bundleWithVite(minifier) {
  const built = await buildWithVite({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: minifier,
      rollupOptions: { external: ["epsilane"] },
      lib: { entry: file, formats: ["cjs"], fileName: "styles" },
    },
  });
  return built[0].output[0].code;
}

const babel = (targets) =>
  transformWithBabel(source, {
    configFile: false,
    presets: [[presetEnv, { targets, modules: "commonjs" }]],
  }).code;

const terser = async (code) =>
  (await minify(code, { toplevel: true, ecma: 2020, compress: { passes: 3, unsafe_math: false }, mangle: { toplevel: true } })).code;

const istanbul = (code) => createInstrumenter({ coverageVariable: "coverage of styles" }).instrumentSync(code, file);

/** As the server of Vite, and vitest, have modules. */
async function transformWithVite() {
  const server = await createServer({
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true, ws: false },
    appType: "custom",
  });
  try {
    return (await server.transformRequest(file, { ssr: true })).code;
  } finally {
    await server.close();
  }
}
async function runModuleOfVite(code) {
  const exports = {};
  const name = (key, get) => Object.defineProperty(exports, key, { enumerable: true, get });
  const AsyncFunction = (async () => {}).constructor;
  const run = new AsyncFunction("__vite_ssr_import__", "__vite_ssr_exports__", "__vite_ssr_exportName__", `"use strict";${code}`);
  await run((id) => imported(id), exports, name);
  return exports;
}

const imported = (id) => (id.includes("curves") ? curves : epsilane);
/** As Node has modules that are required. */
const required = (id) => Object.defineProperty({ ...imported(id) }, "__esModule", { value: true });
function runScript(code) {
  const module = { exports: {} };
  new Function("exports", "module", "require", code)(module.exports, module, required);
  return module.exports;
}

const builds = {
  "as it stands": () => esbuild({}),
  "esbuild, minified": () => esbuild({ minify: true }),
  "esbuild, minified, names kept": () => esbuild({ minify: true, keepNames: true }),
  "esbuild, for ES2016": () => esbuild({ minify: true, target: "es2016" }),
  rolldown: bundleWithRolldown,
  Vite: () => bundleWithVite("esbuild"),
  terser: () => terser(esbuild({})),
  "Vite, with terser": () => bundleWithVite("terser"),
  "rolldown, then terser": async () => terser(await bundleWithRolldown()),
  "Babel's preset-env for old browsers": () => babel("ie 11"),
  "Babel's preset-env for Node": () => babel("node 20"),
  "Babel's preset-env, then terser": () => terser(babel("ie 11")),
  "TypeScript, ES2017": () => typescript(ts.ScriptTarget.ES2017),
  "TypeScript, ES5": () => typescript(ts.ScriptTarget.ES5),
  "TypeScript, ES5, then terser": () => terser(typescript(ts.ScriptTarget.ES5)),
  "Istanbul's counters": () => istanbul(esbuild({})),
  "Istanbul's counters in ES5": () => istanbul(typescript(ts.ScriptTarget.ES5)),
  "Istanbul's counters, minified": () => terser(istanbul(esbuild({}))),
};

const modules = Object.entries(builds).map(([name, build]) => [name, async () => runScript(await build())]);
modules.push(["Vite's server", async () => runModuleOfVite(await transformWithVite())]);

for (const [name, load] of modules) {
  describe(name, async () => {
    const { cases } = await load();
    test("has every function", () => expect(cases.length).toBeGreaterThan(30));
    test.each(cases)("%s", (_, fn, sample) => expectSame(fn, sample));
  });
}

describe("programs that are run as they are", () => {
  const check = fileURLToPath(new URL("fixtures/check.ts", import.meta.url));
  const run = (options, args = ["--import", "tsx", check]) => {
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      ...options,
    });
    expect(stderr).toBe("");
    return stdout;
  };
  test("tsx", () => expect(run({})).toMatch(/^\d\d functions agree\n$/));
  test("with coverage by V8", () => {
    const directory = mkdtempSync(join(tmpdir(), "epsilane-"));
    try {
      const env = { ...process.env, NODE_V8_COVERAGE: directory };
      expect(run({ env })).toMatch(/^\d\d functions agree\n$/);
      expect(readdirSync(directory).length).toBeGreaterThan(0);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

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
