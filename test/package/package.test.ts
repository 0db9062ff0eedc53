import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "acorn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleSize } from "../../scripts/size.mjs";
import { installPacked, root } from "./pack.ts";

describe("the packed package", () => {
  let project: string;
  let installed: string;

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "epsilane-package-"));
    installed = installPacked(project);
    writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("holds the bundle, its types, the licences and nothing else", () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map((file) => file.name).sort()).toEqual(
      ["LICENSE", "README.md", "THIRD-PARTY-LICENSES.md", "index.d.ts", "index.js", "package.json"].sort(),
    );
  });

  it("needs no other package", () => {
    const { dependencies, peerDependencies, optionalDependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect({ dependencies, peerDependencies, optionalDependencies }).toEqual({});
    const code = readFileSync(join(installed, "dist/index.js"), "utf8");
    const { body } = parse(code, { ecmaVersion: "latest", sourceType: "module" });
    expect(body.filter((statement) => statement.type === "ImportDeclaration")).toEqual([]);
  });

  it("works where it is installed, and imports without compiling anything", () => {
    writeFileSync(
      join(project, "use.mjs"),
      `const compiled = [];
       WebAssembly.Module = new Proxy(WebAssembly.Module, { construct: (target, args) => (compiled.push(1), new target(...args)) });
       const { gradient } = await import("epsilane");
       const atImport = compiled.length;
       // Names outside ASCII and outside 16 bits: the build takes acorn's own tables of them out.
       const distance = gradient((σ, 𝑥) => Math.sqrt(σ * σ + 𝑥 * 𝑥));
       console.log(JSON.stringify({ atImport, result: distance(3, 4), compiled: compiled.length > 0 }));`,
    );
    const output = JSON.parse(execFileSync(process.execPath, ["use.mjs"], { cwd: project, encoding: "utf8" }));
    expect(output).toEqual({ atImport: 0, result: { value: 5, gradient: [0.6, 0.8] }, compiled: true });
  });

  it.each(["bundler", "nodenext"])("has types under moduleResolution %s, without Node's or the DOM's", (resolution) => {
    writeFileSync(
      join(project, "use.ts"),
      `import { gradient } from "epsilane";
       const distance = gradient((x, y) => Math.sqrt(x * x + y * y));
       const slopes: Float64Array[] = distance.batch([new Float64Array(3), 2]).gradient;
       // @ts-expect-error a string is no column
       distance.batch([new Float64Array(3), "2"]);
       export { slopes };`,
    );
    const compilerOptions = {
      strict: true,
      noEmit: true,
      types: [],
      lib: ["es2022"],
      module: resolution === "bundler" ? "esnext" : "nodenext",
      moduleResolution: resolution,
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(spawnSync(process.execPath, [tsc, "--project", project], { cwd: project, encoding: "utf8" }).stdout).toBe("");
  });
});

describe("in an application's bundle", () => {
  // The goal is 80 kB: scripts/size.mjs.
  it("gradient takes at most 129 kB gzipped", async () => {
    const { gzipped } = await bundleSize('import { gradient } from "epsilane"; globalThis.gradient = gradient;');
    expect(gzipped).toBeLessThanOrEqual(129_000);
  });

  it("an unused import takes nothing", async () => {
    const { minified } = await bundleSize('import "epsilane"; import { gradient } from "epsilane";');
    expect(minified).toBeLessThan(100);
  });
});
