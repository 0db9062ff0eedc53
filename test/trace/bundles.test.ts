import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type BuildOptions, build as buildWithEsbuild } from "esbuild";
import { rolldown } from "rolldown";
import { minify } from "terser";
import ts from "typescript";
import { build as buildWithVite } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundlePackage } from "../support/bundle.ts";
import { evaluateTrace } from "../support/evaluate.ts";
import { traceOf } from "../support/trace.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/bundles/${name}`, import.meta.url));
const app = fixture("app.mjs");
const directory = mkdtempSync(join(tmpdir(), "epsilane-"));
const target = (name: string) => join(directory, name);

let epsilane = "";
beforeAll(async () => {
  epsilane = await bundlePackage(target("epsilane.mjs"));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a built application where nothing can be read but source and `scope`. */
function resultsOf(file: string): Record<"want" | "got" | "block", number> & Record<"slopes" | "numerical", number[]> {
  const program = `process.getBuiltinModule = undefined;
    import(${JSON.stringify(pathToFileURL(file))}).then((app) => console.log(JSON.stringify((app.results ?? app.default.results)())));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
  if (stderr !== "") throw new Error(stderr.slice(-1500));
  return JSON.parse(stdout);
}

function expectRight(file: string) {
  const { want, got, block, slopes, numerical } = resultsOf(file);
  expect(got).toBeCloseTo(want, 11);
  expect(block).toBe(got);
  for (const [i, slope] of slopes.entries()) expect(slope).toBeCloseTo(numerical[i]!, 6);
}

describe("scope as a function, in minified bundles", () => {
  const esbuild = async (outfile: string, options: BuildOptions) => {
    await buildWithEsbuild({ entryPoints: [app], bundle: true, minify: true, alias: { epsilane }, outfile, ...options });
    return outfile;
  };
  test("esbuild, ES module", async () => expectRight(await esbuild(target("esbuild.mjs"), { format: "esm" })));
  test("esbuild, CommonJS", async () => expectRight(await esbuild(target("esbuild.cjs"), { format: "cjs" })));
  test("esbuild, names kept", async () => expectRight(await esbuild(target("names.mjs"), { format: "esm", keepNames: true })));

  test("esbuild, then terser", async () => {
    const bundled = await esbuild(target("plain.mjs"), { format: "esm", minify: false });
    const { code } = await minify(readFileSync(bundled, "utf8"), { module: true, ecma: 2020, compress: { passes: 3 } });
    writeFileSync(target("terser.mjs"), code!);
    expectRight(target("terser.mjs"));
  });
  test("rolldown", async () => {
    const bundle = await rolldown({ input: app, resolve: { alias: { epsilane } }, logLevel: "silent" });
    await bundle.write({ file: target("rolldown.mjs"), format: "esm", minify: true });
    expectRight(target("rolldown.mjs"));
  });

  test.each(["esbuild", "terser"] as const)("Vite, with %s", async (minifier) => {
    await buildWithVite({
      configFile: false,
      logLevel: "error",
      root: directory,
      resolve: { alias: { epsilane } },
      build: {
        lib: { entry: app, formats: ["es"], fileName: () => `vite-${minifier}.mjs` },
        minify: minifier,
        outDir: directory,
        emptyOutDir: false,
      },
    });
    expectRight(target(`vite-${minifier}.mjs`));
  });
});

test("names that change places", () => {
  const program = new Function("b", "a", "return { f: (x) => x * a - b, scope: () => ({ a: b, b: a }) }")(2, 10);
  expect(evaluateTrace(traceOf(program.f, [3], program.scope), [3])).toBe(28);
});

describe("scope as a function, in modules compiled to CommonJS", () => {
  test.each([
    ["ES5", ts.ScriptTarget.ES5],
    ["ES2017", ts.ScriptTarget.ES2017],
  ])("TypeScript, %s", async (name, scriptTarget) => {
    await bundlePackage(target("epsilane.cjs"), { format: "cjs" });
    const compile = (file: string) => {
      const { outputText } = ts.transpileModule(readFileSync(fixture(`${file}.mjs`), "utf8"), {
        compilerOptions: { target: scriptTarget, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
      });
      const text = outputText
        .replace('require("epsilane")', 'require("./epsilane.cjs")')
        .replaceAll('require("./curves.mjs")', `require("./curves-${name}.cjs")`);
      writeFileSync(target(`${file}-${name}.cjs`), text);
    };
    compile("curves");
    compile("app");
    expectRight(target(`app-${name}.cjs`));
  });
});
