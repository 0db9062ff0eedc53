// @ts-nocheck The functions are plain JavaScript.
import { describe, expect, test } from "vitest";
import type { EpsilaneError } from "../../src/errors.ts";
import { gradient } from "../../src/index.ts";
import { errorOf, traceOf } from "../support/trace.ts";

/** From text, so that no build step moves the code that messages show. */
const fn = (text: string) => new Function(`return ${text}`)();
const said = (text: string, sample?: readonly unknown[], scope?: any) => {
  const { code, message } = errorOf(fn(text), sample, scope);
  return `${code}\n${message}`;
};

/** What an operator says. */
function refusal(operate: () => unknown): string {
  try {
    operate();
  } catch (error) {
    return `${(error as EpsilaneError).code}\n${(error as EpsilaneError).message}`;
  }
  return expect.fail("no error");
}

describe("a refusal shows the place and the way out", () => {
  test("a result that is no number", () => {
    expect(refusal(() => gradient(fn("(x) => {\n  const y = [x];\n  return [y, 2];\n}")))).toMatchInlineSnapshot(`
      "not-scalar
      gradient needs a function whose result is one number, but this is an array.

        3 |   return [y, 2];
          |          ^^^^^^ (anonymous):3:10

      For lists and objects use jacobian."
    `);
    expect(refusal(() => gradient(fn("(x) => (x > 0, 'up')")))).toMatchInlineSnapshot(`
      "not-scalar
      gradient needs a function whose result is one number, but this is the string "up".

        1 | (x) => (x > 0, 'up')
          |         ^^^^^^^^^^^ (anonymous):1:9

      Return a number."
    `);
  });
  test("a class, with, and what is the host's", () => {
    expect(refusal(() => gradient(fn("class Curve {\n  constructor(x) {}\n}")))).toMatchInlineSnapshot(`
      "class
      Curve is a class.

        1 | class Curve {
          | ^^^^^^^^^^^^^ Curve:1:1

      Hand over a function that makes an instance and calls it: (x) => new Curve(x)…"
    `);
    expect(said("(x) => { with (Math) return sin(x); }")).toMatchInlineSnapshot(`
      "unsupported-syntax
      with does not work in a traced function.

        1 | (x) => { with (Math) return sin(x); }
          |          ^^^^^^^^^^^^^^^^^^^^^^^^^^ (anonymous):1:10

      Name the object before each of its members."
    `);
    expect(said("(x) => { Math.PI = 3; return x; }")).toMatchInlineSnapshot(`
      "unsupported-assignment
      The host's own objects can't be changed in a traced function.

        1 | (x) => { Math.PI = 3; return x; }
          |          ^^^^^^^ (anonymous):1:10

      Make an object of your own."
    `);
  });
  test("random numbers", () => {
    expect(said("(x) => x * Math.random()")).toMatchInlineSnapshot(`
      "unsupported-function
      Math.random gives another number at every call, so it has no derivative.

        1 | (x) => x * Math.random()
          |            ^^^^^^^^^^^^^ (anonymous):1:12

      Make the random numbers before, and hand them over as an argument."
    `);
  });
  test("a loop on data", () => {
    expect(said("function list(a) {\n  const x = [];\n  while (a > 1) x.unshift(a /= 2);\n  return x;\n}")).toMatchInlineSnapshot(`
      "loop-on-data
      How often this loop runs depends on the data, and what it changes is no number, boolean, or array or object of a fixed form.

        3 |   while (a > 1) x.unshift(a /= 2);
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ list:3:3

      Keep what it changes in variables of the loop, or give it a fixed number of turns."
    `);
  });
  test("numbers that are sorted as text", () => {
    expect(said("(x) => [x, 3, 20].sort()[1]")).toMatchInlineSnapshot(`
      "text-on-data
      sort() compares elements as text.

        1 | (x) => [x, 3, 20].sort()[1]
          |        ^^^^^^^^^^^^^^^^^ (anonymous):1:8

      Compare them as numbers: sort((a, b) => a - b)."
    `);
  });
  test("a native function that is left in", () => {
    expect(said("(x) => { JSON.stringify(x); return x; }")).toMatchInlineSnapshot(`
      "unsupported-member
      JSON.stringify does not work in a traced function.

        1 | (x) => { JSON.stringify(x); return x; }
          |          ^^^^^^^^^^^^^^ (anonymous):1:10

      Leave it out, or use it outside and close over what it gives."
    `);
  });
  test("all names that are missing, helpers' too", () => {
    const helper = fn("function helper(t) { return t * inner(t, depth); }");
    expect(said("function price(x) { return rate * helper(x) + other; }", undefined, { helper })).toMatchInlineSnapshot(`
      "unresolved-names
      rate, other, inner and depth are used, but their values can't be read from outside the function: inner (in helper) and depth (in helper) by helpers.

        1 | function price(x) { return rate * helper(x) + other; }
          |                            ^^^^ price:1:28

      Check the spelling, or name them in scope: gradient(price, { scope: { rate, other, inner, depth } })"
    `);
  });
  test("one name", () => {
    expect(said("(x) => x * rate")).toMatchInlineSnapshot(`
      "unresolved-names
      rate is used here, but there is no such variable around the function.

        1 | (x) => x * rate
          |            ^^^^ (anonymous):1:12

      Check the spelling, or name it in scope: gradient(f, { scope: { rate } })"
    `);
  });
  test("a global of the host", () => {
    expect(said("(x) => x + performance.now()")).toMatchInlineSnapshot(`
      "unresolved-names
      performance is a global that does not work in a traced function.

        1 | (x) => x + performance.now()
          |            ^^^^^^^^^^^ (anonymous):1:12

      Use it outside, and close over what it gives."
    `);
    expect(said("(x) => x * fetch('/rate')")).toMatchInlineSnapshot(`
      "unsupported-function
      fetch does not work in a traced function.

        1 | (x) => x * fetch('/rate')
          |            ^^^^^^^^^^^^^^ (anonymous):1:12

      Use it outside, and close over what it gives."
    `);
  });
  test("nothing is returned", () => {
    expect(said("function f(x, out) {\n  out[0] = x * x;\n}", [1, [0]])).toMatchInlineSnapshot(`
      "result
      The function returns nothing.

        1 | function f(x, out) {
          | ^^^^^^^^^^^^^^^^^^^ f:1:1

      Return what it computes, and what it writes into an argument, too."
    `);
  });
  test("a method that is handed over without its object", () => {
    expect(said("function area(r) {\n  return this.pi * r * r;\n}")).toMatchInlineSnapshot(`
      "undefined-member
      There is no "pi" here: this is undefined.

        2 |   return this.pi * r * r;
          |          ^^^^^^^ area:2:10

      Hand over a function that calls the method: (x) => object.method(x). This of an arrow can't be read from outside: let it use a variable."
    `);
  });
  test("a recursion without end", () => {
    expect(said("function f(x) {\n  const g = (n) => n * g(n - 1);\n  return g(5) * x;\n}").split("\n")[1]).toBe(
      "Calls are nested too deeply here: does this recursion end?",
    );
  });
  test("a name that is undefined outside", () => {
    expect(said("(x) => x * rate", undefined, { rate: undefined })).toMatchInlineSnapshot(`
      "undefined-name
      rate is undefined outside the function: not initialised yet?

        1 | (x) => x * rate
          |            ^^^^ (anonymous):1:12

      Call epsilane after it has got its value; values are read when the function is handed over."
    `);
  });
  test("a throw that the arguments do not decide", () => {
    expect(
      said("(x, v) => { if (v.length !== 3) throw new TypeError(`3 numbers, not ${v.length}`); return x; }", [1, [1, 2]]),
    ).toMatchInlineSnapshot(`
      "thrown
      The function throws: 3 numbers, not 2

        1 | (x, v) => { if (v.length !== 3) throw new TypeError(\`3 numbers, not \${v.length}\`); return x; }
          |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (anonymous):1:33

      It throws for these arguments whatever the numbers in them: check their tree and lengths."
    `);
  });
  test("a shape that is not visible", () => {
    expect(said("(v) => v.reduce((a, b) => a + b)")).toMatchInlineSnapshot(`
      "needs-shape
      The length of args[0] is not visible in the function: give an example, as in gradient(f, { shape: [[0, 0, 0]] })."
    `);
  });
  test("long lines are cut", () => {
    expect(said(`(x) => ${"x + ".repeat(100)}Math.gamma(x) + ${"x + ".repeat(100)}x`)).toMatchInlineSnapshot(`
      "not-a-function
      Math.gamma is no function.

        1 | + x + x + x + x + x + x + x + Math.gamma(x) + x + x + x + x + x + x + x + x + x + x + x + x + x + x 
          |                               ^^^^^^^^^^^^^ (anonymous):1:408

      Check its name, and where it gets its value."
    `);
  });
});

describe("codes", () => {
  test.each([
    ["loop-on-data", "(x) => { let s = []; while (true) { s = [s]; if (x++ > 10) return x; } }"],
    ["recursion-on-data", "(n) => { const f = (k) => (k <= 1 ? 1 : k * f(k - 1)); return f(n); }"],
    ["index-on-data", "(x) => ({ 1: 2 })[x]"],
    ["index-on-data", "(x) => [1, 2, 3][x > 0]"],
    ["index-on-data", "(x) => 'abc'[x]"],
    ["table-on-data", "(x) => Array.from({ length: 65 }, (_, i) => [x * i])[x][0]"],
    ["table-on-data", "(x) => { const a = Array.from({ length: 65 }, () => [0]); a[x][0] = 1; return a[0][0]; }"],
    ["shape-on-data", "(x) => { const rows = [[1, 2], [3, 4]]; rows[x].push(x); return rows[0].length; }"],
    ["shape-on-data", "(x) => { const rows = [[1, 2], [3, 4]]; const row = rows[x]; rows[0].pop(); return row.length; }"],
    ["shape-on-data", "(x) => { const rows = [{ a: 1 }, { a: 2 }]; const row = rows[x]; rows[0].b = 2; return Object.keys(row).length; }"],
    ["unsupported-assignment", "(x) => { const o = [{ a: 1 }, { a: 2 }][x]; Object.defineProperty(o, 'a', { value: x }); return o.a; }"],
    ["unsupported-assignment", "(x) => { const a = [new Float64Array(2), new Float64Array(2)][x].subarray(1); a[0] = x; return a[0]; }"],
    ["index-on-data", "(x) => { const rows = [[1], [2]]; return new Map([[rows[0], x]]).get(rows[Math.floor(x)]); }"],
    ["shape-on-data", "(x) => { const a = []; if (x > 0) a.push(x); return a; }"],
    ["shape-on-data", "(x) => { const a = [1, , 3]; if (x > 0) a[1] = x; return a.reduce((s, v) => s + v, 0); }"],
    ["shape-on-data", "(x) => { const a = [1, , 3]; if (x > 0) a[1] = x; let s = 0; for (const k in a) s += x; return s; }"],
    ["shape-on-data", "(x) => [x, 1].filter((t) => t > 0)"],
    ["text-on-data", "(x) => `${x}`"],
    ["result-on-data", "(x) => x > 0"],
    ["result-on-data", "(x) => { if (x > 0) return 'a'; return x; }"],
    ["result-on-data", "(x) => (x > 0 ? [1, 2] : [1])"],
    ["unsupported-member", "(x) => (x + 1).toLocaleString()"],
    ["not-a-function", "(x) => (x + 1).clamp(0, 1)"],
    ["text-on-data", "(x) => (x + 1).toFixed(2)"],
    ["text-on-data", "(x) => `${x}`.length"],
    ["text-on-data", "(x) => (`${x}` === '1' ? 1 : 2)"],
    ["text-on-data", "(x) => (`${x}` || 1)", [1]],
    ["text-on-data", "(x) => { switch ('a' + x) { case 'a1': return 1; default: return 2; } }"],
    ["text-on-data", "(x) => { const o = {}; o['a' + x] = 1; return 2; }"],
    ["text-on-data", "(x) => new Map([['a' + x, 1]]).size"],
    ["text-on-data", "(x) => [`${x}`, 'a'].sort()[0]"],
    ["text-on-data", "(x) => [x, 2].sort()[0]"],
    ["text-on-data", "(x) => ['a'].includes(String(x)) ? 1 : 2"],
    ["text-on-data", "(x) => +[x, 1].join('.')"],
    ["text-on-data", "(x) => [...`${x}`].length"],
    ["text-on-data", "(x) => Object.keys(`${x}`).length"],
    ["text-on-data", "(x) => 'length' in { ...`${x}` } ? 1 : 0"],
    ["text-on-data", "(x) => { try { if (x > 0) throw new Error(`at ${x}`); } catch ({ message }) { return message.length; } return x; }"],
    ["unsupported-function", "(x) => [x].toLocaleString()"],
    ["not-a-constructor", "(x) => { class A extends Number {} return new A(); }"],
    ["unsupported-syntax", "(x) => { const o = [1]; if (x > 0) delete o[0]; return o[0]; }"],
    ["not-a-constructor", "(x) => { const A = () => 1; return new A(); }"],
    ["not-a-constructor", "(x) => x instanceof 3"],
    ["class", "(x) => { class A {} return A(); }"],
    [
      "uninitialised",
      "(x) => { class A { constructor() { this.a = x; } } class B extends A { constructor() { this.b = 1; super(); } } return new B().b; }",
    ],
    ["unsupported-assignment", "(x) => { const o = { get a() { return x; } }; o.a = 1; return o.a; }"],
    ["unsupported-assignment", "(x) => { Array.prototype.a = x; return [].a; }"],
    ["unsupported-assignment", "(x) => { Math.a = x; return Math.a; }"],
    ["thrown", "(x) => { if (x > 0) throw 1; throw 2; }"],
    ["text-on-data", "(x) => { try { if (x > 0) throw new Error(`${x}`); } catch (e) { return e.message.slice(1); } return 'a'; }"],
    ["text-on-data", "(x) => { try { if (x > 0) throw `${x}`; } catch (e) { return e.length; } return x; }"],
    ["undefined-member", "(x) => { try { if (x > 0) return undefined.a; } catch (e) { return 1; } return x; }"],
    ["index-on-data", "(x) => { const m = new Map(); m.set(x, 1); return m.get(x); }"],
    ["shape-on-data", "(x) => { const m = new Map(); if (x > 0) m.set(1, x); return m.has(1) ? 1 : 2; }"],
    ["result", "(x) => new Map([[1, x]])"],
    ["result", "(x) => ({ x, kind: Symbol.iterator })"],
    ["unsupported-syntax", "(x) => x * 2n"],
    ["unsupported-syntax", "(x) => /a/.test(x)"],
    ["undefined-member", "(x) => { let o; return o.a + x; }"],
    ["not-a-function", "(x) => x(1)"],
    ["not-a-number", "(x) => x * [1]"],
    ["not-iterable", "(x) => [...{ a: x }]"],
    ["uninitialised", "(x) => { const y = z + x; const z = 1; return y; }"],
    ["constant-assignment", "(x) => { const y = x; y = 2; return y; }"],
    ["wrong-tree", "(v) => v.x + v", [{ x: 1 }]],
    ["wrong-tree", "(v) => v[0]", [1]],
    ["wrong-tree", "(p) => p.a * p.b", [{ a: 1 }]],
    ["empty-reduce", "(v) => v.reduce((a, b) => a + b)", [[]]],
    ["needs-shape", "(...v) => v[0]"],
    ["needs-shape", "({ a = 1 }) => a"],
    ["async-function", "async (x) => x"],
    ["generator", "function* (x) { yield x; }"],
    ["class", "class A { constructor(x) {} }"],
    ["native-function", "((x) => x).bind(null)"],
    ["native-function", "encodeURI"],
    ["native-function", "new Proxy((x) => x, {})"],
    ["not-a-function", "3"],
    ["scope", "(x) => x * k", undefined, undefined, () => 3],
  ])("%s: %s", (code, text, sample, other, scope) => {
    expect(errorOf(fn(text), sample, scope).code).toBe(other ?? code);
  });
});

describe("hostile sources end in an error within a second or so, and no code of theirs runs", () => {
  const timed = (make: () => unknown, sample?: readonly unknown[], scope?: any) => {
    const start = process.cpuUsage();
    const { code } = errorOf(make(), sample, scope);
    // Of the processor's time: other work on the machine does not count, nor what the compiler does beside.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2.5);
    return code;
  };
  test.each([
    ["(x) => { while (true) {} }", "too-many-steps"],
    ["(x) => { for (;;) x = x + 1; }", "too-many-steps"],
    ["(x) => { const a = []; for (;;) a.push(x); }", "too-many-steps"],
    ["(x) => { let s = 'a'; for (;;) s += s; }", "too-many-steps"],
    ["(x) => Array(4e9).fill(x)", "too-many-steps"],
    ["(x) => Array.from({ length: 1e12 })", "invalid-length"],
    ["(x) => { const a = []; a[4e9] = x; return a; }", "too-many-steps"],
    ["(x) => { const f = (n) => f(n + 1); return f(0); }", "too-many-steps"],
    ["(x) => { const f = (n) => f(n + 1) + 1; return f(0) * x; }", "too-deep"],
    ["(x) => { const f = (n, a) => f(n + 1, [a]); return f(0, x); }", "too-many-steps"],
    ["(x) => { const f = (n) => (n < 2 ? n : f(n - 1) + f(n - 2)); return f(x); }", "recursion-on-data", [1]],
    ["(x) => { const f = (n) => (n < 2 ? n : f(n - 1) + f(n - 2)); return f(60) * x; }", "too-many-steps", [1]],
    ["(x) => { const f = (v, list) => (v < 1 ? list.length : f(v / 2, [...list, v])); return f(x, []); }", "recursion-on-data"],
    ["(x) => { const a = [x]; a.push(a); return a; }", "result"],
    ["(x) => { const a = [x]; a.push(a); return a.flat(Infinity); }", "result", [1]],
    ["(x) => { const o = {}; o.__proto__ = { a: x }; return o.a; }", "unsupported-assignment"],
    ["(x) => x.constructor.constructor('return 1')()", "unsupported-function", [1]],
    ["(x) => (() => 1).constructor('return 1')()", "unsupported-function"],
    ["(x) => Math.max.constructor('return 1')()", "unsupported-function"],
    ["(x) => { const o = { get a() { return this.a; } }; return o.a * x; }", "too-deep"],
    ["(x) => { const o = { set a(v) { this.a = v; } }; o.a = x; return 1; }", "too-deep"],
    ["(x) => { class A { b = new A(); } return new A().b.c * x; }", "too-deep"],
    ["(x) => { function F() { return new F(); } return new F().a * x; }", "too-deep"],
    ["(x) => { const a = {}, b = Object.create(a); Object.setPrototypeOf(a, b); return a.c * x; }", "unsupported-assignment"],
    ["(x) => { class A {} class B extends A {} Object.setPrototypeOf(A, B); return x; }", "unsupported-assignment"],
    ["(x) => { const m = new Map(); for (let i = 0; ; i++) m.set(i, x); }", "too-many-steps"],
    ["(x) => Array(3e3).fill(x).sort((a, b) => a - b)[0]", "too-many-steps"],
    ["(x) => 'ab'.repeat(1e9).length * x", "too-many-steps"],
    ["(x) => { let s = 'a'; for (;;) s = s.concat(s); }", "too-many-steps"],
    ["(x) => 'a'.padEnd(1e9).length * x", "too-many-steps"],
    ["(x) => { for (;;) { try { throw x; } catch {} } }", "too-many-steps"],
    ["(x) => { const f = () => { try { f(); } finally { f(); } }; f(); return x; }", "too-deep"],
    ["(x) => Object.prototype.constructor('return 1')() * x", "not-a-function"],
    ["(x) => ({}).constructor.constructor('return 1')() * x", "unsupported-function"],
    ["(x) => Object.defineProperty(Object.prototype, 'a', { value: x }).a", "unsupported-assignment"],
    ["(x) => { Reflect.construct = () => x; return 1; }", "unsupported-assignment"],
    ["(x) => new Float64Array(1e12).length * x", "invalid-length"],
    ["(x) => eval('x')", "unresolved-names"],
    ["(x) => globalThis.x", "result"],
    ["(x) => globalThis.Function('return 1')()", "unsupported-function"],
  ])("%s", (text, code, sample) => expect(timed(() => fn(text), sample)).toBe(code));

  test("nesting", () => {
    expect(timed(() => fn(`(x) => ${"x + ".repeat(20_000)}x`))).toBe("too-deep");
  });
  test("getters, proxies and own toString of values around the function are never called", () => {
    let calls = 0;
    const count = () => ++calls;
    const text = fn("(x) => x * o.a");
    // Its getter is read as a function is.
    const computed = {
      get a() {
        return count();
      },
    };
    expect(traceOf(text, [1], { o: computed }).leafCount).toBe(1);
    expect(errorOf(text, [1], { o: Object.defineProperty([], 0, { get: count }) }).code).toBe("unsupported-value");
    const named = Object.defineProperty((x: number) => x * missing, "name", { get: count });
    (named as any).toString = count;
    expect(errorOf(named, [1]).code).toBe("unresolved-names");
    expect(
      errorOf((x: number) => x * t, [1], {
        get t() {
          return count();
        },
      }).code,
    ).toBe("unresolved-names");
    expect(calls).toBe(0);
  });
});
