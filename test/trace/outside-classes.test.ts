// @ts-nocheck The programs are plain JavaScript.
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { evaluateTrace } from "../support/evaluate.ts";
import { errorOf, expectSame, traceOf } from "../support/trace.ts";

/** A program whose last expression is a function, as it stands and compiled to ES5, with what it closes over outside the function. */
const program = (text: string) => new Function(text)();
const compile = (text: string, target: ts.ScriptTarget) =>
  ts.transpileModule(text, { compilerOptions: { target, module: ts.ModuleKind.None } }).outputText;

const vec = `
  class Vec3 {
    static count = 0;
    static of(x, y, z) { return new Vec3(x, y, z); }
    constructor(x, y, z) { this.x = x; this.y = y; this.z = z; }
    get length() { return Math.sqrt(this.dot(this)); }
    set length(l) { this.scale(l / this.length); }
    dot(o) { return this.x * o.x + this.y * o.y + this.z * o.z; }
    scale(k) { this.x *= k; this.y *= k; this.z *= k; return this; }
    add(o) { return new this.constructor(this.x + o.x, this.y + o.y, this.z + o.z); }
  }
  class Unit extends Vec3 {
    constructor(x, y, z) { super(x, y, z); super.length = 1; }
    get length() { return super.length; }
    set length(l) { throw new Error("no"); }
    dot(o) { return super.dot(o) + 0; }
    twice() { return this.add(this); }
  }
  const up = new Unit(0, 2, 0);
  Vec3.count = 7;
`;

const programs: [string, string, unknown[]][] = [
  [
    "a getter of an instance, and nothing else of it",
    `class Circle { constructor(r) { this.r = r; this.k = 3; } get twice() { return 2 * this.r; } get thrice() { return this.twice + this.r * this.k; } }
     const circle = new Circle(2);
     return (x) => x * circle.thrice;`,
    [1],
  ],
  ["a getter of an object", "const o = { step: 3, get half() { return this.step / 2; } }; return (x) => x * o.half;", [1]],
  [
    "a getter of an object that it has from another",
    "const o = { step: 3, get half() { return this.step / 2; } }, p = Object.create(o); p.step = 8; return (x) => x * p.half;",
    [1],
  ],
  [
    "getters of functions and classes",
    `function F() {} F.k = 4; Object.defineProperty(F, "twice", { get() { return this.k * 2; } });
     class S { static n = 5; static get next() { return this.n + 1; } }
     return (x) => x * F.twice + S.next;`,
    [1],
  ],
  [
    "setters without getters",
    `const box = { v: 1, set twice(x) { this.v = 2 * x; } };
     function P() {}
     Object.defineProperty(P.prototype, "next", { set(v) { this.v = v + 1; } });
     return (x) => { box.twice = x; const p = new P(); p.next = x; return [box.v, p.v, box.twice === undefined ? 1 : 2, Object.keys(p).length]; };`,
    [1],
  ],
  [
    "a prototype that is an object with a getter",
    `function Mean() { this.n = this.sum = 0; }
     Mean.prototype = { add(x) { this.n++; this.sum += x; return this; }, get value() { return this.sum / this.n; } };
     const two = new Mean().add(1).add(2);
     return (x) => new Mean().add(x).add(2).value * two.value;`,
    [1],
  ],
  [
    "instances with private members, made by data",
    `class Circle { #r; constructor(r) { this.#r = r; } area() { return 3 * this.#r ** 2; } set radius(r) { this.#r = r; } }
     class Ring extends Circle { constructor(r, inner) { super(r); this.inner = inner; } area() { return super.area() - new Circle(this.inner).area(); } }
     return (x) => {
       const shape = x > 1 ? new Circle(x) : new Ring(3, x);
       if (x > 2) shape.radius = x * x;
       return shape instanceof Ring ? shape.area() - 1 : shape.area();
     };`,
    [1],
  ],
  ["a class", `${vec} return (x, y) => { const v = Vec3.of(x, y, 2); v.length = 3; return [v.dot(up), v.length, Vec3.count]; };`, [1, 1]],
  ["a subclass", `${vec} return (x) => { const v = new Unit(x, 1, 2).twice(); return [v, v instanceof Unit, v instanceof Vec3]; };`, [1]],
  [
    "an instance, its methods and getters",
    `${vec} return (x) => [up.dot({ x, y: x, z: 1 }), up.length, up.twice().y, up instanceof Vec3];`,
    [1],
  ],
  [
    "a constructor with a prototype",
    `function Matrix(a) { this.a = a; }
     Matrix.prototype.det = function () { return this.a[0] * this.a[3] - this.a[1] * this.a[2]; };
     Matrix.identity = function () { return new Matrix([1, 0, 0, 1]); };
     Object.defineProperty(Matrix.prototype, "trace", { get: function () { return this.a[0] + this.a[3]; } });
     var unit = Matrix.identity();
     return function (x, y) { var m = new Matrix([x, y, 3, 4]); return [m.det(), m.trace, unit.det(), m instanceof Matrix, Object.keys(m).length]; };`,
    [1, 1],
  ],
  [
    "private members",
    `class Noise { #k = 3; static #made = 0; get #half() { return this.#k / 2; } at(x) { return x * this.#k + this.#half; } }
     return (x) => new Noise().at(x);`,
    [1],
  ],
  [
    "private members of instances",
    `class Node { #k; #next = null; static made = 0; static #scale = 2;
       constructor(k, next) { this.#k = k; this.#next = next; if (next) next.#next = this; }
       #twice() { return this.#k * Node.#scale; } get half() { return this.#k / 2; }
       at(x) { return x * this.#twice() + this.half + this.#next.#k; } }
     class Leaf extends Node { #k = NaN; #zero = -0; list = [1, 2]; #table = { a: [4] };
       own(x) { return [this.#k, 1 / this.#zero, this.#table.a[0] * x, this.at(x)]; } }
     const leaf = new Leaf(3, new Node(5, null));
     return (x) => leaf.own(x);`,
    [1],
  ],
  [
    "arrays, maps and typed arrays that are more",
    `class Vec extends Array { dot(o) { return this.reduce((s, v, i) => s + v * o[i], 0); } }
     class Rates extends Map { of(k) { return this.get(k) ?? this.fallback; } fallback = 7; }
     class Column extends Float64Array { mean() { return this.reduce((s, v) => s + v, 0) / this.length; } }
     const v = Vec.of(1, 2, 3), m = new Rates([["a", 2]]), c = new Column([1, 2, 6]); v.scale = 2;
     const all = { *[Symbol.iterator]() { yield 1; yield 2; } };
     return (x) => [v.map((t) => t * x).dot(v) * v.scale, x > 0 ? m.of("a") * x : m.of("b"), c.mean(), Math.max(...all)];`,
    [1],
  ],
  [
    "views of one memory",
    `const scratch = new Float64Array(6), first = scratch.subarray(0, 3), last = scratch.subarray(2);
     const apart = new Float64Array(scratch.buffer, 8, 2);
     return (x) => { first[2] = x; last[1] = 2 * x; apart.fill(5, 1); return [last[0], scratch[3], first[2], scratch.length + last.length]; };`,
    [1],
  ],
  [
    "helpers that are generators",
    `function* count(n) { for (let i = 0; i < n; i++) yield i; }
     const holes = [, 2, , 3];
     return (x) => { let s = 0; for (const i of count(4)) s += i * x; holes.forEach((h) => { s += h; }); return s; };`,
    [1],
  ],
];
/** What ES5 has no form for. */
const modern = ["private members", "private members of instances", "arrays, maps and typed arrays that are more"];

describe("classes around the function", () => {
  test.each(programs)("%s", (_, text, sample) => expectSame(program(text), sample));
  test.each(programs.filter(([name]) => !modern.includes(name)))("compiled to ES5: %s", (_, text, sample) => {
    // A top-level return is no module, but what TypeScript makes of it is the program.
    expectSame(program(compile(text, ts.ScriptTarget.ES5)), sample);
  });
  test.each(programs)("compiled to ES2017: %s", (_, text, sample) => {
    expectSame(program(compile(text, ts.ScriptTarget.ES2017)), sample);
  });

  test("a private member of an instance can't be read without the inspector", () => {
    const { getBuiltinModule } = process;
    process.getBuiltinModule = undefined;
    try {
      const [a, fn] = program(
        "class A { #k = 1; get() { return this.#k; } } const a = new A(); return [a, new Function('return (x) => x * a.get()')()];",
      );
      expect(errorOf(fn, [1], { a }).code).toBe("private-member");
    } finally {
      process.getBuiltinModule = getBuiltinModule;
    }
  });
  test("arrays of two types on one memory are refused", () => {
    const fn = program("const b = new Float64Array(2), u = new Uint32Array(b.buffer); return (x) => { b[0] = x; return u[1]; };");
    expect(errorOf(fn, [1]).code).toBe("unsupported-value");
  });
  test("an instance that is changed is a copy", () => {
    const text = `${vec} return (x) => { up.scale(x); return up.y; };`;
    for (const target of [ts.ScriptTarget.ES5, ts.ScriptTarget.ES2022]) {
      const compiled = compile(text, target);
      const fn = program(compiled);
      const trace = traceOf(fn, [1]);
      expect([3, 5].map((x) => evaluateTrace(trace, [x]))).toEqual([3, 5].map((x) => program(compiled)(x)));
      expect(fn(2)).toBe(program(compiled)(2));
    }
  });
  test("maps and sets are copies, too", () => {
    const text =
      "const m = new Map([['a', 2], ['b', 3]]); const s = new Set([1, 2]); return (x) => x * m.get('b') + m.size + (s.has(2) ? 1 : 0);";
    expectSame(program(text), [1]);
  });
  test("in scope", () => {
    const { Vec3, up } = program(`${vec} return { Vec3, up };`);
    const fn = new Function("return (x) => new Vec3(x, 1, 1).dot(up)")();
    expect(errorOf(fn, [1]).code).toBe("unresolved-names");
    expect(evaluateTrace(traceOf(fn, [1], { Vec3, up }), [3])).toBe(1);
  });
  test("no code of theirs runs", () => {
    const calls = [];
    const fn = new Function(
      "calls",
      "class A { static x = calls.push(1); constructor() { this.k = calls.length; } get a() { return 2; } } const o = new A(); return (x) => x * o.a * o.k;",
    )(calls);
    const before = calls.length;
    expectSame(fn, [1]);
    expect(calls.length).toBe(before);
  });
});
