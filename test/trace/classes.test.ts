// @ts-nocheck The functions are plain JavaScript, in every style that people write.
import { describe, test } from "vitest";
import { expectSame } from "../support/trace.ts";

/** [what it shows, the function's text, a sample of its arguments]: from text, so that no build step changes it. */
type Case = [string, string, unknown[]];
const run = (cases: Case[]) => test.each(cases)("%s", (_, text, sample) => expectSame(new Function(`return ${text}`)(), sample));

describe("classes", () => {
  run([
    [
      "methods, getters, static members",
      `function (x, y) {
        class Vec2 {
          static zero = new Vec2(0, 0);
          static of(x, y) { return new Vec2(x, y); }
          static get unit() { return new this(1, 0); }
          constructor(x, y) { this.x = x; this.y = y; }
          get length() { return Math.hypot(this.x, this.y); }
          set length(l) { const k = l / this.length; this.x *= k; this.y *= k; }
          add(other) { return new Vec2(this.x + other.x, this.y + other.y); }
          scale(k) { this.x *= k; this.y *= k; return this; }
        }
        const v = Vec2.of(x, y).add(Vec2.unit).scale(2);
        v.length = 3;
        return [v.x, v.y, v.length, Vec2.zero.x];
      }`,
      [1, 1],
    ],
    ["an instance is the result", "(x) => new (class P { constructor(a) { this.a = a; this.b = 2; } f() {} })(x)", [1]],
    [
      "fields and private members",
      `(x) => {
        class Counter {
          #n = 0;
          step = 2;
          static #made = 0;
          static total() { return Counter.#made; }
          constructor(n) { this.#n += n; Counter.#made++; }
          #double() { return this.#n * 2; }
          get #half() { return this.#n / 2; }
          set #half(v) { this.#n = v * 2; }
          next() { this.#n += this.step; this.#half = this.#half + 1; return this.#double() + this.#half; }
          has(o) { return #n in o; }
        }
        const c = new Counter(x);
        return [c.next(), c.next(), Counter.total(), c.has(c) ? 1 : 0, c.has({}) ? 1 : 0, Object.keys(c).length];
      }`,
      [1],
    ],
    [
      "inheritance",
      `(x) => {
        class Shape {
          name = "shape";
          constructor(size) { this.size = size; }
          area() { return 0; }
          describe() { return this.area() * 10 + this.size; }
          static make(size) { return new this(size); }
          get twice() { return this.size * 2; }
        }
        class Square extends Shape {
          extra = this.size + 1;
          area() { return super.area() + this.size ** 2; }
          get twice() { return super.twice + 1; }
        }
        class Box extends Square {
          constructor(a, b) { super(a); this.b = b; }
          area() { return super.area() * this.b; }
        }
        const b = new Box(x, 3);
        return [b.describe(), b.twice, b.extra, Square.make(x).describe(), b.name,
          b instanceof Shape, b instanceof Box, Square.make(1) instanceof Box, b.constructor === Box, {} instanceof Shape];
      }`,
      [1],
    ],
    [
      "private members of the same name in a class and its parent",
      `(x) => {
        class A { #v = x; get a() { return this.#v; } }
        class B extends A { #v = 2 * x; get b() { return this.#v; } }
        const o = new B();
        return [o.a, o.b];
      }`,
      [1],
    ],
    [
      "instances on data",
      `(x, y) => {
        class P { constructor(v) { this.v = v; } get() { return this.v; } }
        class Q extends P { get() { return this.v * 2; } }
        const o = x > y ? new P(x) : new Q(y);
        if (x > 0) o.v += 1;
        return [o.get(), o instanceof Q ? 1 : 0];
      }`,
      [1, 1],
    ],
    [
      "a constructor that returns early, or another object",
      `(x) => {
        class A { constructor(v) { this.v = 0; if (v > 0) { this.v = v; return; } this.v = -v; } }
        class B { constructor() { return { b: x }; } }
        return [new A(x).v, new B().b];
      }`,
      [1],
    ],
    [
      "class expressions, computed and symbol-free names",
      "(x) => { const k = 'a' + 1; const C = class { [k]() { return x; } static s = 3; }; return new C().a1() * C.s; }",
      [1],
    ],
    [
      "static blocks, fields with arrows",
      "(x) => { class C { static k; static { C.k = 2; } f = (t) => t * this.v; v = x; } return new C().f(C.k); }",
      [1],
    ],
    [
      "new.target",
      "(x) => { class A { constructor() { this.own = new.target === A ? 1 : 2; } } class B extends A {} return [new A().own, new B().own * x]; }",
      [1],
    ],
    [
      "an error class",
      "(x) => { class E extends Error { constructor(m, k) { super(m); this.k = k; } } const e = new E('m', x); return [e.message, e.k, e instanceof E, e instanceof Error]; }",
      [1],
    ],
    [
      "rest arguments to the parent, through two classes",
      "(...v) => { class A { constructor(...a) { this.s = a.reduce((p, q) => p + q, 0); } } class B extends A {} class C extends B {} return new C(...v).s; }",
      [1, 1],
    ],
    [
      "methods taken from instances, call, apply, bind",
      "(x) => { class A { constructor() { this.v = x; } f(t = 1) { return this.v * t; } } const a = new A(); const { f } = a; return [f.call(a, 2), f.apply(a, [3]), f.bind(a, 4)(), f.bind(a)(5)]; }",
      [1],
    ],
    [
      "a class within a method, closures over this",
      "(x) => { class A { constructor() { this.v = x; } f() { const self = this; class B { g() { return self.v; } } return [1, 2].map((t) => t * this.v * new B().g()); } } return new A().f(); }",
      [1],
    ],
  ]);
});

describe("constructors with prototypes", () => {
  run([
    [
      "functions of prototypes",
      `(x, y) => {
        function Vec(x, y) { this.x = x; this.y = y; }
        Vec.prototype.len = function () { return Math.hypot(this.x, this.y); };
        Vec.prototype.scale = function (k) { this.x *= k; this.y *= k; return this; };
        Vec.ZERO = new Vec(0, 0);
        var v = new Vec(x, y);
        return [v.scale(2).len(), v instanceof Vec ? 1 : 0, Vec.ZERO.len(), v.hasOwnProperty("x") ? 1 : 0, v.hasOwnProperty("len") ? 1 : 0];
      }`,
      [1, 1],
    ],
    [
      "a prototype that is replaced, inheritance by Object.create",
      `(x) => {
        function Base(v) { if (!(this instanceof Base)) return new Base(v); this.v = v; }
        Base.prototype = { constructor: Base, get twice() { return this.v * 2; }, f: function () { return this.v + 1; } };
        function Derived(v) { Base.call(this, v); this.w = 3; }
        Derived.prototype = Object.create(Base.prototype, { constructor: { value: Derived } });
        Derived.prototype.f = function () { return Base.prototype.f.call(this) * this.w; };
        var d = new Derived(x);
        return [d.f(), d.twice, Base(x).f(), d instanceof Base, d instanceof Derived, Object.getPrototypeOf(d) === Derived.prototype];
      }`,
      [1],
    ],
    [
      "defineProperty",
      "(x) => { const o = {}; Object.defineProperty(o, 'a', { get: function () { return x * 2; }, enumerable: false }); Object.defineProperty(o, 'b', { value: 3 }); return [o.a * o.b, Object.keys(o).length]; }",
      [1],
    ],
    [
      "getters and setters in literals",
      "(x) => { const o = { v: x, get a() { return this.v * 2; }, set a(t) { this.v = t; } }; o.a = o.a + 1; o.a += 1; return { o, ...o }; }",
      [1],
    ],
    [
      "super in a literal",
      "(x) => { const base = { f() { return x; } }; const o = Object.setPrototypeOf({ f() { return super.f() * 2; } }, base); return o.f(); }",
      [1],
    ],
    [
      "members of functions",
      "(x) => { function f(t) { f.count++; return t * f.k; } f.k = 3; f.count = 0; f(x); return [f(x), f.count]; }",
      [1],
    ],
    [
      "methods that change this on data",
      "(x) => { const o = { n: 0, add(v) { if (v > 0) this.n += v; return this; } }; return o.add(x).add(1).n; }",
      [1],
    ],
  ]);
});

describe("try", () => {
  run([
    ["code that does not throw", "(x) => { let y; try { y = Math.log(x); } catch (e) { y = 0; } finally { y += 1; } return y; }", [1]],
    [
      "a throw that is caught",
      "(x) => { try { x *= 2; throw new TypeError('m'); } catch (e) { return [x, e.message, e instanceof TypeError, e instanceof RangeError, e.name]; } }",
      [1],
    ],
    [
      "a throw in a function that is called",
      "(x) => { const f = (t) => { for (const i of [1, 2]) { if (i === 2) throw { k: t * i }; } }; try { f(x); } catch ({ k }) { return k; } return 0; }",
      [1],
    ],
    [
      "through a switch, loops and labels",
      "(x) => { let n = 0; a: for (let i = 0; i < 3; i++) { try { switch (i) { case 1: throw 1; default: n += x; } } catch { n += 10; continue a; } finally { n += 100; } } return n; }",
      [1],
    ],
    [
      "a throw in a catch, and an outer catch",
      "(x) => { try { try { throw 1; } catch (e) { throw e + 1; } finally { x += 1; } } catch (e) { return e * x; } }",
      [1],
    ],
    ["finally decides", "(x) => { const f = () => { try { return 1; } finally { return x; } }; return f(); }", [1]],
    ["a return before a finally", "(x) => { let n = 0; const f = () => { try { return x; } finally { n = 1; } }; return f() + n; }", [1]],
    ["TypeErrors of the language", "(x) => { let o; try { return o.a.b; } catch (e) { return e instanceof TypeError ? x : 0; } }", [1]],
    [
      "points that left before",
      "(x) => { const f = (t) => { if (t > 0) return t; try { throw 2; } catch (e) { return e * t; } }; return f(x); }",
      [1],
    ],
    [
      "on one side of a branch",
      "(x) => { let y = 0; if (x > 0) { try { y = x; throw 1; } catch (e) { y += e; } } else { y = -1; } return y; }",
      [1],
    ],
    [
      "writes before the throw stay",
      "(x) => { const a = [0, 0]; let k = 0; const g = () => { a[0] = x; k = 1; throw 0; }; try { g(); } catch {} return [a[0], k]; }",
      [1],
    ],
  ]);
});

describe("typed arrays", () => {
  run([
    [
      "double precision",
      "(x) => { const a = new Float64Array(3); a[0] = x; a[5] = 1; a[1] += a[0] * 2; return [a[0], a[1], a[2], a.length]; }",
      [1],
    ],
    [
      "single precision rounds",
      "(x) => { const a = new Float32Array(2); a[0] = x; a.fill(x * 0.1, 1); return [a[0], a[1], new Float32Array([x * 3])[0], Float32Array.of(x / 7)[0]]; }",
      [1],
    ],
    [
      "whole numbers",
      "(x) => [Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array, Uint8ClampedArray].map((T) => new T([x * 100.75 + 0.5])[0])",
      [1],
    ],
    [
      "methods",
      "(x) => { const a = Float64Array.from([3, x, 1], (v) => v * 2); const b = a.map((v) => v + 1).slice(1); a.set(b, 1); a.set([7]); return [...a, ...b, a.indexOf(7), Array.isArray(a), a instanceof Float64Array, a instanceof Array]; }",
      [1],
    ],
    [
      "subclasses of a table of types",
      "(x) => { const T = typeof Float32Array !== 'undefined' ? Float32Array : Array; const out = new T(3); out[0] = x; return Array.from(out); }",
      [1],
    ],
  ]);
});

describe("arrays", () => {
  run([
    [
      "sorting what is known",
      "(x) => { const a = [{ k: 3, v: x }, { k: 1, v: 2 }, { k: 2, v: 5 }]; a.sort((p, q) => p.k - q.k); return [a.map((o) => o.v), [3, 20, 1].sort(), ['b', 'a'].toSorted()]; }",
      [1],
    ],
    [
      "sorting data",
      "(x, y, z) => { if (x !== x || y !== y || z !== z) return [0, 0, 0]; const v = [x, y, z].sort((a, b) => a - b); return v; }",
      [1, 1, 1],
    ],
    [
      "sorting data downwards, objects",
      "(x, y) => { if (x !== x || y !== y) return 0; return [{ t: x, k: 1 }, { t: y, k: 2 }].sort((a, b) => (a.t < b.t ? 1 : a.t > b.t ? -1 : 0))[0].k; }",
      [1, 1],
    ],
    ["positions", "(x) => [[1, 2, 1].lastIndexOf(1), [1, 2, 1].indexOf(1, 1), [1, 2, 3].findLastIndex((v) => v < 3), [x].indexOf(x)]", [1]],
    [
      "copies",
      "(x) => [[1, x, 3].toReversed(), [1, x, 3].with(0, 5), [1, x, 3].with(-1, 6), [1, x, 3, 4].toSpliced(1, 2, 8), [1, x, 3, 4, 5].copyWithin(0, 3), [1, x, 3, 4].copyWithin(1, 0, 2)]",
      [1],
    ],
    [
      "methods on what is like an array",
      "function (x) { var a = Array.prototype.slice.call(arguments, 1); return [a.length, Array.prototype.map.call({ length: 2, 0: x, 1: 3 }, function (v) { return v * 2; }), [].concat.apply([], [[1], [x]]), Math.max.apply(null, arguments)]; }",
      [1, 1],
    ],
    ["holes and rest in patterns", "([, a, , b = 4, ...c]) => [a, b, ...c]", [[1, 1, 1, 1, 1]]],
    [
      "entries, keys, values",
      "(x) => { let s = 0; for (const [i, v] of [x, 2].entries()) s += i * v; for (const i of [x, 2].keys()) s += i; for (const v of [x, 2].values()) s += v; return s; }",
      [1],
    ],
  ]);
});

describe("objects and collections", () => {
  run([
    [
      "Map",
      "(x) => { const m = new Map([['a', x], [2, 3]]); m.set('b', m.get('a') * 2).set(2, 5); let s = 0; for (const [k, v] of m) s += v; m.forEach((v, k) => { s += v; }); m.delete('a'); return [s, m.size, m.has('a'), m.get('a') === undefined, [...m.keys()].length, m instanceof Map]; }",
      [1],
    ],
    [
      "Set",
      "(x) => { const s = new Set([1, 1, 2]); s.add(3).add(2); let n = 0; for (const v of s) n += v * x; return [n, s.size, s.has(3), [...s].length]; }",
      [1],
    ],
    [
      "Map by object, and values on data",
      "(x) => { const k = {}; const m = new Map(); m.set(k, 1); if (x > 0) m.set(k, x); return m.get(k); }",
      [1],
    ],
    [
      "a memo by a known argument",
      "(x) => { const memo = {}; const fib = (n) => (n in memo ? memo[n] : (memo[n] = n < 2 ? x : fib(n - 1) + fib(n - 2))); return fib(10); }",
      [1],
    ],
    [
      "Object functions",
      "(x) => { const o = Object.freeze({ a: x, b: 2 }); return [Object.hasOwn(o, 'a'), 'b' in o, Object.entries(o).length, Object.fromEntries(Object.entries(o).map(([k, v]) => [k, v * 2])), Object.assign({}, o, null, { c: 3 }), Object.is(2, o.b)]; }",
      [1],
    ],
    ["delete", "(x) => { const o = { a: x, b: 2 }; delete o.b; return [o, 'b' in o]; }", [1]],
    [
      "methods of known text and numbers",
      "(x) => { const name = ' Euler-Maruyama '.trim(); return name.slice(0, 5).toLowerCase() === 'euler' && name.charAt(5) === '-' && (2.5).toFixed(1) === '2.5' ? x * Number((1 / 3).toFixed(3)) : 0; }",
      [1],
    ],
    [
      "Number's predicates",
      "(x) => [Number.isInteger(x), Number.isSafeInteger(x), Number.isFinite(x), Number.isNaN(x)].map((b) => (b ? 1 : 0))",
      [1],
    ],
  ]);
});
