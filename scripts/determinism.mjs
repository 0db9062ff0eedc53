/**
 * Runs the built package on V8, JavaScriptCore and SpiderMonkey and compares all bits: `npm run determinism`. The reference is
 * this Node; Bun and Deno are fetched by npx, Firefox is what stands on PATH (Debian's firefox-esr). On a difference the
 * function, the point and both numbers are named. What is computed: determinism/cases.mjs.
 *
 *     node scripts/determinism.mjs [--only bun,firefox]
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { only: { type: "string" } } });
const root = resolve(fileURLToPath(import.meta.url), "../..");
const print = join(root, "scripts/determinism/print.mjs");
const TIME_LIMIT = 300_000;

// ---- engines that run a script

function run(command, ...args) {
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], timeout: TIME_LIMIT });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  return new Promise((fulfil, reject) => {
    child.on("error", reject);
    child.on("close", (status) => (status === 0 ? fulfil(text) : reject(new Error(`${command} ended with ${status}`))));
  });
}

const printed =
  (...command) =>
  async (name) =>
    JSON.parse(await run(...command, print, ...(name ? [name] : [])));

// ---- Firefox, which opens a page that posts its results back

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };
const SERVED = ["/dist/", "/bench/", "/examples/", "/scripts/determinism/"];
/** Nothing is fetched, asked or sent but the page. */
const PREFERENCES = {
  "app.update.auto": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.aboutwelcome.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "extensions.update.enabled": false,
  "services.settings.server": "data:,",
  "dom.max_script_run_time": 0,
};

/** Serves the checkout on a free local port until a page has posted its results. */
function serveUntilResult() {
  let receive;
  const result = new Promise((fulfil) => {
    receive = fulfil;
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.method === "POST") {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      response.end();
      receive(JSON.parse(Buffer.concat(chunks).toString()));
      return;
    }
    try {
      if (!SERVED.some((prefix) => pathname.startsWith(prefix))) throw new Error("no such place");
      const body = await readFile(join(root, pathname));
      response.setHeader("content-type", TYPES[extname(pathname)] ?? "application/octet-stream").end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((fulfil) => server.listen(0, "127.0.0.1", () => fulfil({ server, result })));
}

const firefox = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((directory) => ["firefox-esr", "firefox"].map((name) => join(directory, name)))
  .find((path) => existsSync(path));

async function inFirefox(name) {
  if (firefox === undefined) throw new Error("no Firefox on PATH (apt-get install firefox-esr)");
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  const lines = Object.entries(PREFERENCES).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, "user.js"), lines.join(""));
  const { server, result } = await serveUntilResult();
  const page = `http://127.0.0.1:${server.address().port}/scripts/determinism/page.html${name ? `?case=${encodeURIComponent(name)}` : ""}`;
  const child = spawn(firefox, ["--headless", "--no-remote", "--profile", profile, page], { stdio: "ignore" });
  const ended = new Promise((fulfil) => child.on("close", fulfil));
  const late = new Promise((_, reject) => setTimeout(reject, TIME_LIMIT, new Error("Firefox posted nothing")).unref());
  try {
    return await Promise.race([result, late, ended.then(() => Promise.reject(new Error("Firefox ended without a result")))]);
  } finally {
    child.kill();
    await ended;
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const engines = {
  bun: { title: "JavaScriptCore (Bun)", results: printed("npx", "--yes", "--package", "bun@1", "bun") },
  deno: { title: "V8 (Deno)", results: printed("npx", "--yes", "--package", "deno@2", "deno", "run", "--allow-read", "--no-lock") },
  firefox: { title: "SpiderMonkey (Firefox)", results: inFirefox },
};

// ---- comparison

const inNode = printed(process.execPath);

/** Where a case first differs. */
async function firstDifference(name, { results }) {
  const [expected, actual] = [await inNode(name), await results(name)];
  for (const [column, numbers] of expected.outputs.entries()) {
    const point = numbers.findIndex((text, i) => text !== actual.outputs[column]?.[i]);
    if (point < 0) continue;
    const at = expected.inputs.map((input) => input[point]).join(", ");
    return `column ${column} at (${at}): ${actual.outputs[column]?.[point]}, in Node ${numbers[point]}`;
  }
  return "in the bits alone";
}

const expected = await inNode();
const names = Object.keys(expected);
console.log(`${names.length} cases on V8 ${process.versions.v8.split("-")[0]} (Node ${process.versions.node})`);
for (const [name, text] of Object.entries(expected).filter(([, text]) => text.includes("Error"))) {
  console.log(`${name}: ${text}`);
  process.exitCode = 1;
}
for (const key of options.only?.split(",") ?? Object.keys(engines)) {
  const engine = engines[key];
  const actual = await engine.results();
  if (actual.error) throw new Error(`${engine.title}: ${actual.error}`);
  const different = names.filter((name) => actual[name] !== expected[name]);
  console.log(`${engine.title}: ${different.length === 0 ? "the same bits" : `${different.length} differ`}`);
  for (const name of different.slice(0, 10)) console.log(`  ${name}: ${await firstDifference(name, engine)}`);
  if (different.length > 0) process.exitCode = 1;
}
