// @ts-nocheck Names are found where the tests say.
import { describe, expect, test } from "vitest";
import { evaluateTrace } from "../support/evaluate.ts";
import { errorOf, expectSame, traceOf } from "../support/trace.ts";

/** From text, so that it closes over nothing and no build step renames anything. */
const fn = (text: string) => new Function(`return ${text}`)();
const valueAt = (text: string, leaves: number[], scope?: any) => evaluateTrace(traceOf(fn(text), leaves, scope), leaves);

describe("how source arrives", () => {
  test.each([
    ["an arrow", "(x) => x * 2"],
    ["an arrow without brackets", "x => x * 2"],
    ["a function", "function f(x) { return x * 2; }"],
    ["a comment before the arguments", "function /* a */ f /* b */ (x) { return x * 2; } // c"],
    ["a method", "({ f(x) { return x * 2; } }).f"],
    ["a method with a computed name", "({ ['a b'](x) { return x * 2; } })['a b']"],
    ["a method with a reserved name", "({ delete(x) { return x * 2; } }).delete"],
    ["a getter", "Object.getOwnPropertyDescriptor({ get f() { return 2; } }, 'f').get"],
    ["a method of a class", "new (class { f(x) { return x * 2; } })().f"],
    ["a static method of a class", "(class { static f(x) { return x * 2; } }).f"],
    ["the Function constructor's text", "new Function('x', 'return x * 2 // end')"],
    ["names with $ and _", "($, _ = 2) => $ * _"],
    ["a function with a directive", "function f(x) { 'use strict'; return x * 2; }"],
    ["a function with comments everywhere", "function/* a */(x /* b */) /* c */ { return x * 2; /* } */ }"],
    ["an arrow of a field", "new (class { f = (x) => x * 2; })().f"],
    [
      "a method with a private member and super",
      "new (class extends Array { #k = 1; f(x) { return this ? this.#k + super.length : x * 2; } })().f",
    ],
    ["a method with a name of the language", "({ get(x) { return x * 2; } }).get"],
    ["a method called class", "({ class(x) { return x * 2; } })['class']"],
    ["a method whose name is a number", "({ 3(x) { return x * 2; } })[3]"],
    ["a static getter", "Object.getOwnPropertyDescriptor(class { static get f() { return 2; } }, 'f').get"],
    ["sloppy code", "function f(x) { var o = { if: 010 }; return x * 2 + o.if - 8; }"],
    ["minified", "x=>{let t=x;return (t*=2)<1,void 0===x||t}"],
  ])("%s", (_, text) => expect(evaluateTrace(traceOf(fn(text)), [3])).toBe(text.includes("get f") ? 2 : 6));
});

describe("scope", () => {
  test("numbers, arrays, objects, text", () => {
    const scope = { rate: 2, table: [[1, 2], new Float64Array([3, 4])], config: { k: { m: 5 } }, mode: "fast" };
    expect(valueAt("(x) => (mode === 'fast' ? rate : 0) * x + table[1][1] + table[0].length + config.k.m", [3], scope)).toBe(17);
  });
  test("helpers see the other names, and one another", () => {
    const scope = {
      k: 2,
      even: fn("function even(n) { return n === 0 ? k : odd(n - 1); }"),
      odd: fn("(n) => (n === 0 ? -k : even(n - 1))"),
    };
    expect(valueAt("(x) => x * even(4) + odd(4)", [3], scope)).toBe(4);
  });
  test("Math and its functions are known by their value", () => {
    const { cos: c } = Math;
    expect(valueAt("(x) => c(x) + m.sin(x)", [1], { c, m: Math })).toBe(Math.cos(1) + Math.sin(1));
    expect(valueAt("(x) => Math.sin(x)", [1], { Math: { sin: fn("(t) => t + 5") } })).toBe(6);
  });
  test("values are those of the time of reading, and each trace writes to its own copies", () => {
    const scope = { a: [1, 2], o: { n: 0 } };
    const text = "(x) => { a[0] += x; o.n += 1; return a[0] + a[1] + o.n; }";
    expect([valueAt(text, [3], scope), valueAt(text, [3], scope)]).toEqual([7, 7]);
    expect(scope).toEqual({ a: [1, 2], o: { n: 0 } });
  });
  test("what contains itself, and what is there twice", () => {
    const o: any = { k: 3, list: [] };
    o.self = o;
    o.list.push(o.list);
    expect(valueAt("(x) => { o.k = x; return o.self.self.k + o.list[0][0].length; }", [4], { o })).toBe(5);
  });
  test("a function whose text renames its members", () => {
    const [t, n] = [2, (v: number) => v * 10];
    const scope = new Function("t", "n", "return () => ({ rate: t, helper: n })")(t, n);
    expect(evaluateTrace(traceOf(new Function("t", "n", "return (x) => n(x) * t")(t, n), [3], scope), [3])).toBe(60);
    expect(valueAt("(x) => rate * x", [3], () => ({ rate: 4 }))).toBe(12);
  });
  test("wins over globals, loses to the function's own names", () => {
    expect(valueAt("(x) => NaN + (({ k }) => k)({ k: x }) + k", [3], { NaN: 1, k: 10 })).toBe(14);
  });
  test("names that only typeof asks for may be missing", () => {
    expect(valueAt("(x) => (typeof process === 'undefined' ? x : 0)", [3])).toBe(3);
  });
  test("names in every kind of nesting are told apart", () => {
    const text =
      "function f({ a: b, ...c }, [d] = [1]) { for (let i of [1]) { const g = i; } try { } catch (e) { e; } label: { break label; } class K { m() { return this.z; } } var h = ({ p: q1 }) => q1, { p: r } = {}; return b.free1 + i + g + q2 + free2.bound + r; }";
    expect(errorOf(fn(text)).message).toContain("i, g, q2 and free2 are used");
  });
});

describe("host functions", () => {
  test("of Math", () => {
    expectSame(Math.sin, [1]);
    expectSame(Math.atan2, [1, 1]);
    expectSame(Math.max, [1, 1]);
    expectSame(Math.hypot, [1, 1]);
  });
});

describe("trees of arguments", () => {
  const shapes = (text: string, sample?: unknown[], kind?: any) => traceOf(fn(text), sample, undefined, kind).arguments;
  test("what the function shows", () => {
    expect(shapes("(x, y) => x")).toEqual(["number", "number"]);
    expect(shapes("([a, b], { c, d: [e] }) => a * c")).toEqual([["number", "number"], { c: "number", d: ["number"] }]);
    expect(shapes("(p) => p.a.b * p.c")).toEqual([{ a: { b: "number" }, c: "number" }]);
    expect(shapes("(x, y = 2) => x * y")).toEqual(["number"]);
  });
  test("what the data adds", () => {
    expect(shapes("(p, v, x) => p.a * v[1] + x", [{ z: 1, a: 2, s: "text", t: [3] }, [1, 2, 3], 1])).toEqual([
      { z: "number", a: "number", t: ["number"] },
      ["number", "number", "number"],
      "number",
    ]);
    expect(shapes("(x, y = 2) => x * y", [1, 1])).toEqual(["number", "number"]);
    expect(shapes("(...v) => v[0]", [1, 2, 3])).toEqual(["number", "number", "number"]);
    expect(shapes("(x, y) => 1", [1, { a: 1 }])).toEqual(["number", { a: "number" }]);
  });
  test("columns are numbers, lists of columns are arrays", () => {
    const xs = new Float64Array(3);
    expect(shapes("(x, y, v) => v[0]", [xs, [1, 2, 3], [xs, xs, 5]], "columns")).toEqual([
      "number",
      "number",
      ["number", "number", "number"],
    ]);
    expect(shapes("(x, y) => 1", [xs, { a: xs, b: [xs, 1] }], "columns")).toEqual(["number", { a: "number", b: ["number", "number"] }]);
    expect(() => shapes("(v) => v[0]", [xs], "columns")).toThrow("used as an array, but the data has a column");
  });
  test("leaves are numbered depth first, whatever is used first", () => {
    const { graph, result, leafCount } = traceOf(fn("(a, { q, p: [r, s] }) => s"), [1, { q: 1, p: [1, 1] }]);
    expect([graph.nodes, result, leafCount]).toEqual([[{ op: "input", args: [], value: 3 }], { kind: "leaf", slot: 0 }, 4]);
  });
  test("__proto__ is a name like any other", () => {
    const sample = JSON.parse('{ "__proto__": 2, "b": 3 }');
    expect(shapes("(p) => p['__proto__'] * p.b", [sample])).toEqual([JSON.parse('{ "__proto__": "number", "b": "number" }')]);
  });
});
