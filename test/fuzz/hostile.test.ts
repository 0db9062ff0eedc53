import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EpsilaneError, gradient } from "../../src/index.ts";
import { seeded } from "../support/programs.ts";

/** Sources that are no functions of numbers: broken ones, and ones that mean harm. */

const ordinary = [
  "(x) => x * 2 + Math.sin(x)",
  "function f(x, y = 2) { if (x > y) return Math.log(x); return x ** y; }",
  "({ a, b: [c] }) => a * c",
  "function (x) { let s = 0; for (let i = 0; i < 5; i++) { s += x ** i; } return s; }",
  "(x) => { outer: for (const i of [1, 2]) { for (;;) { continue outer; } } return x; }",
  "(x) => { switch (Math.floor(x)) { case 0: return x; default: return -x; } }",
  "(x) => { try { if (x < 0) throw new Error(`neg`); return x; } catch ({ message }) { return message.length; } finally { x = 1; } }",
  "(x) => { class A { #p = x; get q() { return this.#p; } static s = 1; } return new A().q * A.s; }",
  "(x) => { const o = { get a() { return x; }, ['b']: 2, ...{ c: 3 } }; return o.a + o?.b + (o.d ?? 1); }",
  "(x) => { function* g() { yield x; yield* [1, 2]; } let s = 0; for (const v of g()) s += v; return s; }",
  "(x) => globalThis.ran() + x",
  "async (x) => { await x; }",
];
const pieces = [
  ..."( ) { } [ ] => ... ` ${ ' \" / \\ # @ ?. ??= ** = ; , : async await yield super this new class extends function return throw".split(
    " ",
  ),
  ..."__proto__ constructor prototype eval arguments import export 0x 1e999 /* */ // <!-- using enum delete typeof in of let const 1n get".split(
    " ",
  ),
  ...[
    "while (true)",
    "for (;;)",
    "with (x)",
    "\u2028",
    "\0",
    "\u{1F600}",
    "9".repeat(400),
    "try {",
    "label:",
    "(() => { globalThis.ran(); })()",
  ],
  "[].constructor.constructor('globalThis.ran()')()",
];

/** The text with some of its parts left out, moved, doubled, or others among them. */
function broken(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const parts = pick(ordinary).match(/\w+|\s+|[^\w\s]/gu)!;
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) {
    const [i, j] = [Math.floor(random() * parts.length), Math.floor(random() * parts.length)];
    pick([
      () => parts.splice(i, 1 + Math.floor(random() * 3)),
      () => parts.splice(i, 0, parts[j] ?? ""),
      () => parts.splice(i, 0, pick(pieces)),
      () => parts.splice(i, 1, pick(pieces)),
      () => parts.splice(i, 0, pick(ordinary)),
    ])();
  }
  return parts.join("");
}

const nested = (before: string, inner: string, after: string) => (n: number) => `(x) => ${before.repeat(n)}${inner}${after.repeat(n)}`;
/** Of a size. */
const families: Record<string, (n: number) => string> = {
  brackets: nested("(", "x()", ")"),
  arrays: nested("[", "x()", "]"),
  objects: nested("({ a: ", "x()", "})"),
  functions: nested("(() => ", "x()", ")()"),
  texts: nested("`${", "x()", "}`"),
  signs: (n) => `(x) => ${"- ".repeat(n)}x()`,
  sums: (n) => `(x) => x${" + x".repeat(n)} + x()`,
  powers: (n) => `(x) => x${" ** x".repeat(n)} + x()`,
  choices: (n) => `(x) => ${"x > 0 ? x : ".repeat(n)}x()`,
  conditions: (n) => `(x) => { ${"if (x > 0) ".repeat(n)} x = 1; return x * x(); }`,
  blocks: (n) => `(x) => { ${"{".repeat(n)} return x(); ${"}".repeat(n)} }`,
  tries: (n) => `(x) => { ${"try { ".repeat(n)} throw x(); ${"} catch (e) { x += 1; }".repeat(n)} return x(); }`,
  classes: (n) => `(x) => new ${"(class extends ".repeat(n)} Object ${"{})".repeat(n)}().a * x()`,
  members: (n) => `(x) => x${".a".repeat(n)}()`,
  calls: (n) => `(x) => Math.sin${"(x)".repeat(n)}(x())`,
  patterns: (n) => `(x) => { const ${"[".repeat(n)}a${"]".repeat(n)} = x; return a(); }`,
  literals: (n) => `(x) => x * 1${"9".repeat(n)}n`,
  variables: (n) => `(x) => { ${Array.from({ length: n }, (_, i) => `let v${i} = x + ${i};`).join(" ")} return x(); }`,
  "loops in loops": (n) => `(x) => { ${"for (;;) ".repeat(Math.min(n, 50))} x += 1; }`,
  "loops without end": (n) => `(x) => { let i = ${n}; while (i > 0) i += ${n}; return [x, i].length; }`,
  "text without end": (n) => `(x) => { let s = "${"a".repeat(n)}"; for (;;) s += s; }`,
  "arrays without end": (n) => `(x) => { const a = Array(${n}).fill(x); for (const v of a) a.push(v); return a[0]; }`,
  "maps without end": (n) => `(x) => { const m = new Map(); for (let i = ${n}; ; i++) m.set(i, x); }`,
  "generators without end": (n) => `(x) => { function* g() { while (true) yield ${n}; } return [...g()].length * x; }`,
  "recursion without end": (n) => `(x) => { const f = (a) => ${n} + f(a + ${n}); return f(x); }`,
  "calls without end": (n) => `(x) => { const f = (a) => f(a + ${n}); return f(1) * x; }`,
  "objects without end": (n) => `(x) => { let o = null; for (let i = ${n}; ; i++) o = { o, i }; }`,
  "getters without end": (n) => `(x) => { const o = { get a${n}() { return this.a${n}; } }; return o.a${n} * x; }`,
  "long arrays": (n) => `(x) => Array(${n} * 1e7).fill(x).map((v) => v)`,
  "long text": (n) => `(x) => 'ab'.repeat(${n} * 1e6).length * x`,
  "members of all objects": (n) => `(x) => { ({}).__proto__.a${n} = x; return x; }`,
  "methods of all arrays": (n) => `(x) => { [].__proto__.a${n} = () => globalThis.ran(); return x; }`,
  "Math's functions": (n) => `(x) => { Math.a${n} = Math.sin = () => globalThis.ran(); return Math.sin(x); }`,
  "properties of all objects": (n) => `(x) => Object.defineProperty(Object.prototype, 'a${n}', { get() { globalThis.ran(); } }).a${n}`,
  "code from text": (n) => `(x) => (() => ${n}).constructor('globalThis.ran()')()`,
  "code by eval": (n) => `(x) => (0, eval)('globalThis.ran(${n})')`,
  "later code": (n) => `(x) => setTimeout(() => globalThis.ran(), ${n})`,
  "the process": (n) => `(x) => process.exit(${n})`,
  modules: (n) => `(x) => import('node:fs' + ${n})`,
  proxies: (n) => `(x) => new Proxy({}, { get() { globalThis.ran(${n}); return 1; } }).a * x`,
};
const sizes = [1, 30, 20_000];

const toString = Function.prototype.toString;
const texts = new Map<unknown, string>();
let runs = 0;
const ran = () => ++runs;
beforeAll(() => {
  // No engine gives a function of broken text. It stands in for whatever a host may give.
  Function.prototype.toString = function (this: unknown) {
    return texts.get(this) ?? toString.call(this);
  };
  Object.assign(globalThis, { ran });
});
afterAll(() => {
  Function.prototype.toString = toString;
  Reflect.deleteProperty(globalThis, "ran");
});

/** How reading and tracing end, with the processor's time that it takes: other work on the machine does not count. */
function outcomeOf(text: string): { readonly error?: unknown; readonly seconds: number } {
  const fn = () => ran();
  texts.set(fn, text);
  const start = process.cpuUsage();
  let error: unknown;
  try {
    gradient(fn as () => number);
  } catch (thrown) {
    error = thrown;
  }
  texts.delete(fn);
  return { error, seconds: process.cpuUsage(start).user / 1e6 };
}

/** Whether the source ends in an error, which must be a clear one, and come soon. */
function endsInError(text: string): boolean {
  const { error, seconds } = outcomeOf(text);
  const shown = JSON.stringify(text.slice(0, 200));
  expect(runs, shown).toBe(0);
  expect(seconds, shown).toBeLessThan(2.5);
  if (error === undefined) return false;
  if (!(error instanceof EpsilaneError)) expect.fail(`${shown} ends in ${error}`);
  expect(error.message.length, shown).toBeLessThan(2000);
  if (error.code !== "too-deep") expect(error.message, shown).toContain("^");
  return true;
}

describe("a thousand sources end in an error within a second or so, and none of their code runs", () => {
  test.each(Object.entries(families))("hostile: %s", (_, family) => {
    for (const size of sizes) expect(endsInError(family(size)), `of size ${size}`).toBe(true);
  });
  test("broken", () => {
    const random = seeded(7);
    let errors = sizes.length * Object.keys(families).length;
    while (errors < 1000) if (endsInError(broken(random))) errors++;
  });
});
