import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Session } from "node:inspector";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundlePackage } from "../support/bundle.ts";
import { evaluateTrace } from "../support/evaluate.ts";
import { errorOf, isClose, traceOf } from "../support/trace.ts";
// @ts-expect-error Plain JavaScript.
import { situations } from "./fixtures/closures/module.mjs";
// @ts-expect-error Plain JavaScript.
import * as other from "./fixtures/closures/other.mjs";
// @ts-expect-error Plain JavaScript.
import cubed, { K, scaled } from "./fixtures/closures/other.mjs";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/closures/${name}`, import.meta.url));

const directory = mkdtempSync(join(tmpdir(), "epsilane-"));
let bundle = "";
beforeAll(async () => {
  bundle = await bundlePackage(join(directory, "epsilane.mjs"));
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Results {
  readonly values: readonly { readonly name: string; readonly got: unknown; readonly want: number }[];
  readonly refusals: Readonly<Record<string, unknown>>;
  readonly early: readonly string[];
  readonly snapshot: unknown;
  readonly scoped: number;
  readonly before: unknown;
  readonly after: unknown;
  readonly ran: number;
}

/** Runs the fixture as a program of its own. */
function run(flags: readonly string[], ...args: readonly string[]): { readonly results: Results; readonly stderr: string } {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, fixture("run.mjs"), bundle, ...args], { encoding: "utf8" });
  return { results: JSON.parse(stdout), stderr };
}

const [major] = process.versions.node.split(".").map(Number) as [number];
const permission = major >= 24 ? "--permission" : "--experimental-permission";

describe("closures are read in Node", () => {
  test.each([
    ["main thread", [], []],
    ["worker thread", [], ["worker"]],
    ["an inspector that listens", ["--inspect=127.0.0.1:0"], []],
    ["source maps", ["--enable-source-maps"], []],
  ])("%s", (_, flags, args) => {
    const { results, stderr } = run(flags, ...args);
    for (const { name, got, want } of results.values) expect({ name, got: isClose(got, want) ? want : got }).toEqual({ name, got: want });
    expect(results.values.length).toBeGreaterThan(30);
    expect(results.refusals).toEqual({
      missing: "unresolved-names: nowhere and other are used, but their values can't be read from outside the function.",
      getter: "native-function: what is called here is native: it has no JavaScript source that could be traced.",
      computedGlobal: "unresolved-names: computedGlobal is a global that does not work in a traced function.",
      proxy: "unsupported-value: a Proxy can't be used in a traced function.",
      errorAmongMembers: "unresolved-names: amount is used here, but its value can't be read from outside the function.",
      uninitialised: "undefined-name: amount is undefined outside the function: not initialised yet?",
      native: "unresolved-names: encodeURI is a global that does not work in a traced function.",
      classCalled: "class: Sandbox is a class: it can't be called.",
    });
    expect(new Set(results.early)).toEqual(new Set(["undefined-name: tomorrow is undefined outside the function: not initialised yet?"]));
    expect(results).toMatchObject({ snapshot: { value: 11, gradient: [[2]] }, scoped: 100, ran: 0 });
    expect(results.after).toEqual(results.before);
    expect(stderr.split("\n").filter((line) => !/^(Debugger listening|For help|.*ExperimentalWarning|\(Use )|^$/.test(line))).toEqual([]);
  });
});

describe("where Node is locked down", () => {
  const small = (flags: readonly string[], ...args: readonly string[]) =>
    spawnSync(process.execPath, [...flags, fixture("small.mjs"), bundle, ...args], { encoding: "utf8" }).stdout;

  test.each([
    ["no code from strings", ["--disallow-code-generation-from-strings"]],
    ["no __proto__", ["--disable-proto=throw"]],
  ])("%s: closures are read", (_, flags) => expect(small(flags)).toBe("12\n"));

  const refusal = `helper and rate are used, but their values can't be read from outside the function.

  1 | (x) => helper(x) * rate
    |        ^^^^^^ (anonymous):1:8

Name them in scope: gradient(f, { scope: { helper, rate } })
`;
  test("the permission model denies the inspector", () => expect(small([permission, "--allow-fs-read=*"])).toBe(refusal));
  test("no getBuiltinModule, as in Node 20.15 and browsers", () => expect(small([], "old")).toBe(refusal));
});

test("in a program given as text", () => {
  const program = `import(${JSON.stringify(bundle)}).then(({ evaluate }) => console.log(evaluate((x) => x * rate)(3).value)); const rate = 2;`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["6\n", ""]);
});

test("the package in a vm context", async () => {
  const code = readFileSync(await bundlePackage(join(directory, "epsilane.js"), { format: "iife", globalName: "epsilane" }), "utf8");
  const context = vm.createContext({ process, TextEncoder, TextDecoder, atob });
  vm.runInContext(code, context);
  const globals = () => vm.runInContext("Reflect.ownKeys(globalThis).length", context);
  const before = globals();
  const program = "const { cos } = Math, k = 2; const helper = (x) => x * k; epsilane.evaluate((x) => helper(x) + cos(0))(3).value";
  expect(vm.runInContext(program, context)).toBe(7);
  expect(globals()).toBe(before);
});

describe("modules as a test runner transforms them", () => {
  test.each(situations as [string, (...args: number[]) => number, number[]][])("%s", (_, fn, args) => {
    const got = evaluateTrace(traceOf(fn, args), args);
    const want = fn(...args);
    expect(isClose(got, want) ? want : got).toBe(want);
  });
  test("imports", () => {
    expect(
      evaluateTrace(
        traceOf((x: number) => cubed(x) + K + scaled(x) + other.tools.grow(x)),
        [2],
      ),
    ).toBe(9 + 0.25 + 13 + 16);
  });
});

describe("other sessions of the inspector", () => {
  test("are not disturbed, and hear of no object", () => {
    const session = new Session();
    session.connect();
    const heard: string[] = [];
    session.on("inspectorNotification", ({ method }) => heard.push(method));
    session.post("Runtime.enable");
    session.post("Debugger.enable");
    heard.length = 0;
    const k = 2;
    expect(
      evaluateTrace(
        traceOf((x: number) => x * k),
        [3],
      ),
    ).toBe(6);
    session.disconnect();
    expect(new Set(heard)).toEqual(new Set(["Debugger.scriptParsed"]));
  });
});

describe("variables that functions set", () => {
  const counter = () => {
    let n = 0;
    const next = () => ++n;
    return (x: number) => x * next() + n;
  };
  test("are shared by those of one scope, and by no others", () => {
    const [a, b] = [counter(), counter()];
    const both = (x: number) => a(x) * 100 + b(x);
    expect(evaluateTrace(traceOf(both), [3])).toBe(404);
    expect(both(3)).toBe(404);
  });
  test("of a scope given as an object", () => {
    const program = new Function("return { f: (x) => x * next() + n, next: () => ++n }")();
    expect(evaluateTrace(traceOf(program.f, [3], { n: 5, next: program.next }), [3])).toBe(24);
  });
});

test("names of the language that the program has given to something else", () => {
  const isFinite = (_: number) => false;
  const Number = (v: number) => v + 1;
  expect(
    evaluateTrace(
      traceOf((x: number) => (isFinite(x) ? 1 : Number(x))),
      [2],
    ),
  ).toBe(3);
});

test("this and super of what is around an arrow can't be read, and that is said", () => {
  class Base {
    k = 3;
    at = (x: number) => x * this.k;
    rise(x: number) {
      return x * this.k;
    }
  }
  class Curve extends Base {
    up = (x: number) => super.rise(x);
  }
  expect(errorOf(new Base().at)).toMatchObject({
    code: "undefined-member",
    message: expect.stringContaining("This of an arrow can't be read"),
  });
  expect(errorOf(new Curve().up)).toMatchObject({
    code: "unsupported-syntax",
    message: expect.stringContaining("super is that of a class"),
  });
});

describe("members that the program gave to the function itself", () => {
  const q = 5;
  const withMembers = (fn: Function, members: object): any => Object.assign(fn, members);
  const members = { k: 3, g: (t: number) => t * q, t: [1, 2] };
  test.each<[string, (x: number) => number, number]>([
    [
      "by its own name",
      withMembers(function f(x: number): number {
        return x * (f as any).k + (f as any).g(x) + (f as any).t[1];
      }, members),
      18,
    ],
    [
      "by an object around it",
      (() => {
        const o: any = { m: (x: number) => x * o.m.k };
        withMembers(o.m, members);
        return o.m;
      })(),
      6,
    ],
    [
      "by a variable",
      (() => {
        const v: any = withMembers((x: number) => v.g(x) + v.k, members);
        return v;
      })(),
      13,
    ],
    [
      "by call, on itself",
      withMembers(function f(x: number): number {
        return x > 5 ? x : (f as any).g.call(null, x);
      }, members),
      10,
    ],
  ])("%s", (_, fn, want) => {
    expect(fn(2)).toBe(want);
    expect(evaluateTrace(traceOf(fn), [2])).toBe(want);
  });
  test("and whose names are missing", () => {
    const fn = withMembers(new Function("return function f(x) { return f.g(x) + lost; }")(), { g: new Function("t", "return t * gone") });
    expect(errorOf(fn).message).toContain("{ scope: { lost, gone } }");
  });
});

test("scope wins over the closure, in helpers too", () => {
  const rate = 2;
  const helper = (x: number) => x * rate;
  expect(
    evaluateTrace(
      traceOf((x: number) => helper(x) + rate, [3], { rate: 10 }),
      [3],
    ),
  ).toBe(40);
});

test("what is said of what can't be read comes at once", () => {
  const helper = new Function("x", "return x * lost");
  // @ts-expect-error It is nowhere.
  expect(errorOf((x: number) => helper(x) * found).message).toMatch(/found.* and lost|lost and found/);
});
