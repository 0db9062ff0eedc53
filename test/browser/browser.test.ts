import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPacked, root } from "../package/pack.ts";
import { type Site, serve } from "./server.ts";

const here = join(root, "test/browser");

/** What cases.mjs gives: a line of hexadecimal words for each column, or the text of an error. */
type Results = Record<string, string[] | string>;

function findChromium(): string | undefined {
  const directories = (process.env.PATH ?? "").split(delimiter);
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find((path) => existsSync(path));
}

/** Node's own results, from dist in a process of its own, so that nothing transforms the functions' source. */
function resultsInNode(): Results {
  const script = `
    import * as epsilane from ${JSON.stringify(join(root, "dist/index.js"))};
    import { results } from ${JSON.stringify(join(here, "cases.mjs"))};
    console.log(JSON.stringify(results(epsilane)));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8", maxBuffer: 2 ** 26 }));
}

/** A line for every case that differs: where first, and both sets of bits there. */
function differences(actual: Results, expected: Results): string[] {
  return Object.keys(expected).flatMap((name) => {
    const [mine, theirs] = [actual[name], expected[name]].map((columns) => (Array.isArray(columns) ? columns : [String(columns)]));
    const column = theirs.findIndex((line, k) => line !== mine[k]);
    if (column < 0 && mine.length === theirs.length) return [];
    const [a, b] = [mine, theirs].map((columns) => (columns[column] ?? "").split(" "));
    const point = b.findIndex((word, i) => word !== a[i]);
    return [`${name}: column ${column}, point ${point}: ${a[point]} in place of ${b[point]}`];
  });
}

const executable = findChromium();
if (executable === undefined && process.env.CI) throw new Error("the browser test needs Chromium on PATH");

describe.skipIf(executable === undefined)("in Chromium", () => {
  let expected: Results;
  let work: string;
  let browser: Browser;
  let site: Site;

  async function open(path: string): Promise<unknown> {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(site.origin + path);
    const finished = await page.evaluate(() => (globalThis as { finished?: unknown }).finished);
    await page.close();
    if (finished === undefined) throw new Error(`${path} did not finish: ${problems.join("; ")}`);
    return finished;
  }

  beforeAll(async () => {
    expected = resultsInNode();
    work = mkdtempSync(join(tmpdir(), "epsilane-browser-"));
    installPacked(work);
    cpSync(join(here, "app"), work, { recursive: true });
    cpSync(join(here, "cases.mjs"), join(work, "cases.mjs"));
    await build({ root: work, base: "/app/", configFile: false, logLevel: "error" });
    site = await serve(
      { "/dist/": join(root, "dist"), "/app/": join(work, "dist"), "/cases.mjs": join(here, "cases.mjs"), "/": join(here, "pages") },
      { "no-wasm": { "content-security-policy": "script-src 'self'" } },
    );
    browser = await chromium.launch({
      executablePath: executable,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    if (work) rmSync(work, { recursive: true, force: true });
  });

  it("every case has a result in Node", () => {
    for (const [name, columns] of Object.entries(expected)) expect(columns, name).toBeInstanceOf(Array);
  });

  it.each([
    ["an ES module page without a bundler", "/module.html"],
    ["a page built with Vite from the packed package", "/app/index.html"],
  ])("%s gives Node's bits", async (_, path) => {
    expect(differences((await open(path)) as Results, expected)).toEqual([]);
  });

  it("says so where the page's policy forbids WebAssembly", async () => {
    const error = await open("/no-wasm.html");
    expect(error).toMatchObject({ name: "EpsilaneError", message: expect.stringContaining("wasm-unsafe-eval") });
  });
});
