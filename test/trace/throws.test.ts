import { describe, expect, test } from "vitest";
import { failureAt } from "../support/evaluate.ts";
import { expectSame, traceOf } from "../support/trace.ts";

type Case = readonly [name: string, text: string, sample: readonly unknown[]];
const fn = (text: string) => new Function(`return ${text}`)() as (...args: any[]) => unknown;
/** Each throws, and gives, what the function itself does, at ordinary and special numbers. */
const run = (cases: readonly Case[]) => test.each(cases)("%s", (_, text, sample) => expectSame(fn(text), sample));

describe("a throw that nothing catches", () => {
  run([
    ["in a branch", "(x) => { if (x < 0) throw new RangeError('negative'); return Math.sqrt(x); }", [1]],
    ["in the last branch", "(x) => { if (x > 0) return x; throw 1; }", [1]],
    ["on both sides of some", "(x, y) => { if (x > 0) { if (y > 0) throw 1; else throw 2; } return x + y; }", [1, 1]],
    ["behind a return", "(x) => { if (x === 0) return 0; if (1 / x > 1e6) throw x; return 1 / x; }", [1]],
    ["in an arrow, behind ?:", "(x) => { const no = (m) => { throw new Error(m); }; return x < 0 ? no('negative') : x; }", [1]],
    [
      "behind && and ||",
      "(x, y) => { const no = () => { throw 1; }; const r = (x > 0 && no()) || y < 0 || no(); return r ? 1 : 0; }",
      [1, 1],
    ],
    [
      "behind ?? and a default",
      "(x) => { const no = () => { throw 1; }; const f = (t = no()) => t; return f(x > 0 ? x : undefined) + ((x < 1 ? 1 : null) ?? no()); }",
      [1],
    ],
    [
      "in an argument of a call",
      "(x) => { const check = (t) => { if (!(t > 0)) throw t; return t; }; return Math.log(check(x)) + check(x * 2); }",
      [1],
    ],
    [
      "in a condition",
      "(x) => { const ok = (t) => { if (t < -1) throw t; return t > 0; }; if (ok(x)) return x; return ok(x + 2) ? 1 : 2; }",
      [1],
    ],
    [
      "in a switch",
      "(x) => { switch (Math.sign(x)) { case 0: return 0; case 1: break; default: throw new Error(`at ${x}`); } return x; }",
      [1],
    ],
    [
      "that falls through",
      "(x) => { let y = 0; switch (x) { case 0: y = 1; case 1: y += 1; break; case 3: throw y; default: y = x; } return y; }",
      [1],
    ],
    [
      "in a loop",
      "(x) => { let s = x; for (let i = 0; i < 5; i++) { s = s * 2 - 1; if (s > 6) throw i; if (s < -8) break; if (s === 1) continue; } return s; }",
      [1],
    ],
    [
      "in for…of and labels",
      "(x) => { let n = 0; a: for (const i of [1, 2, 3]) { for (const j of [1, 2]) { if (x * i > 4) throw j; if (x > j) continue a; n += i * j; } } return n; }",
      [1],
    ],
    [
      "in a callback",
      "(v) => v.map((x, i) => { if (x < 0) throw i; return Math.sqrt(x); }).reduce((a, b) => { if (a + b > 3) throw a; return a + b; })",
      [[1, 1]],
    ],
    [
      "in some and find",
      "(x, y) => { const t = [x, y].find((v) => { if (v < -1) throw v; return v > 0; }); return t === undefined ? 0 : t; }",
      [1, 1],
    ],
    [
      "in a constructor and a method",
      "(x) => { class P { constructor(t) { if (!(t >= 0)) throw new TypeError('t ' + t); this.t = t; } root() { if (this.t > 1) throw new RangeError(String(this.t)); return Math.sqrt(this.t); } } return new P(x).root(); }",
      [1],
    ],
    [
      "in a getter, on either object",
      "(x) => { const a = { get v() { if (x > 1) throw 1; return x; } }, b = { get v() { if (x < -1) throw 2; return -x; } }; return (x > 0 ? a : b).v; }",
      [1],
    ],
    [
      "in a method of either class",
      "(x) => { class A { f(t) { if (t > 1) throw 1; return t; } } class B { f(t) { if (t < -1) throw 1; return t * t; } } const o = x > 0 ? new A() : new B(); return o.f(x); }",
      [1],
    ],
    [
      "in a recursion",
      "(x) => { const f = (t, n) => { if (t > 4) throw n; return n === 0 ? t : f(t * 2, n - 1); }; return f(x, 3); }",
      [1],
    ],
    [
      "thrown while another is made",
      "(x) => { const make = (t) => { if (t > 0) throw 1; return new Error('m'); }; if (x > -1) throw make(x); return x; }",
      [1],
    ],
    [
      "messages of numbers made before",
      "(x, y) => { const assert = (ok, m) => { if (!ok) throw new Error(m); }; assert(x > 0, `x is ${x}, not ${(x * y).toFixed(2)} or ` + y); return Math.log(x) * y; }",
      [1, 1],
    ],
    [
      "messages by methods of text and arrays",
      "(v) => { const text = 'of ' + v.join(', ') + String(v[0]); if (v[0] > v[1]) throw new Error(text); return v[1] - v[0]; }",
      [[1, 1]],
    ],
    [
      "messages of a class of errors",
      "(x) => { class E extends RangeError { constructor(t) { super(`bad ${t}`); this.name = 'E'; this.t = t; } } if (!(x > 0)) throw new E(x); return x; }",
      [1],
    ],
    [
      "writes before it",
      "(x) => { const a = [0]; const f = (t) => { a[0] += t; if (t < 0) throw t; return a[0]; }; return f(x) + f(x + 1); }",
      [1],
    ],
  ]);

  test("is told by the place that the point meets first", () => {
    const trace = traceOf(fn("(x) => { if (x > 2) throw 1; if (x > 1) throw 2; if (x < 0) throw 3; if (x < 1) throw 4; return x; }"));
    expect([3, 1.5, -1, 0.5, 1].map((x) => failureAt(trace, [x])?.thrown)).toEqual([
      "throw 1;",
      "throw 2;",
      "throw 3;",
      "throw 4;",
      undefined,
    ]);
  });
});

describe("a throw on data that is caught", () => {
  run([
    [
      "or not",
      "(x) => { try { if (x < 0) throw new RangeError('n'); return Math.sqrt(x); } catch (e) { return e instanceof RangeError ? -x : 7; } }",
      [1],
    ],
    ["without a value", "(x) => { let y = 1; try { y = 2; if (x > 0) throw 0; y = 3; } catch { y *= 10; } return y; }", [1]],
    ["numbers", "(x) => { try { if (x > 0) throw x; if (x < -1) throw x * x; return 1; } catch (e) { return e + 0.5; } }", [1]],
    [
      "errors of several kinds",
      "(x) => { try { if (x > 1) throw new RangeError('a'); if (x < 0) throw new TypeError('b'); return x; } catch (e) { return e instanceof TypeError ? 1 : e.message === 'a' ? 2 : 3; } }",
      [1],
    ],
    [
      "members of what is thrown",
      "(x) => { try { if (x > 0) throw { k: x * 2, l: 1 }; } catch ({ k, l }) { return k + l; } return 0; }",
      [1],
    ],
    [
      "from a function",
      "(x, y) => { const root = (v) => { if (v < 0) throw 1; return Math.sqrt(v); }; let s = 0; for (const v of [x, y]) { try { s += root(v); } catch { s -= v; } } return s; }",
      [1, 1],
    ],
    [
      "and thrown on",
      "(x) => { try { try { if (x > 0) throw 1; return 5; } catch (e) { if (x > 1) throw e + 1; return 6; } } catch (e) { return 7 * e; } }",
      [1],
    ],
    ["and thrown out", "(x) => { try { if (x > 0) throw 1; } catch (e) { if (x > 1) throw 2; return 3; } return 4; }", [1]],
    [
      "with returns, breaks and continues",
      "(x) => { let n = 0; for (let i = 0; i < 4; i++) { try { if (x > i) throw i; if (x < -i) continue; if (i === 3) break; n += 1; } catch (e) { n += 10; if (e > 1) return n; } n += 100; } return n; }",
      [1],
    ],
    ["by all that are left", "(x) => { try { if (x > 0) return x; throw 2; } catch (e) { return e * x; } }", [1]],
    [
      "where the language itself throws, after others left",
      "(x) => { let o; try { if (x > 0) throw 1; } catch { return 1; } try { return o.a; } catch (e) { return e instanceof TypeError ? 2 : 3; } }",
      [1],
    ],
    [
      "writes stay",
      "(x) => { const a = [0, 0], o = {}; try { a[0] = x; if (x > 0) throw 0; a[1] = x; o.k = 1; } catch { a[1] = -1; o.k = 2; } return [...a, o.k]; }",
      [1],
    ],
    [
      "objects made in the block",
      "(x) => { let o; try { o = { v: x }; if (x > 0) throw o; o.v += 1; } catch (e) { e.v *= 3; } return o.v; }",
      [1],
    ],
    [
      "messages that are not read",
      "(x) => { try { if (x < 0) throw new Error(`no root of ${x}, ${x.toFixed(2)}`); return Math.sqrt(x); } catch (e) { return e instanceof Error ? -1 : -2; } }",
      [1],
    ],
    [
      "assertions",
      "(x) => { const assert = (ok, m) => { if (!ok) throw new Error(m); }; let n = 0; try { assert(x > 0, `x ${x}`); n = 1; assert(x > 1, 'one'); n = 2; } catch (e) { n = -n; } return n; }",
      [1],
    ],
  ]);
});

describe("in loops that stay loops", () => {
  run([
    [
      "a throw on data",
      "(x) => { let [s, n] = [x, 0]; while (n < 30 && s < 1e3) { s = s * 2 + 1; if (s < -20) throw new RangeError(`at ${s}`); n++; } return [s, n]; }",
      [1],
    ],
    [
      "a throw in a test, and in a helper",
      "(x) => { const check = (t) => { if (t > 50) throw t; return t; }; let s = x, n = 0; while (check(s) < 20 && n++ < 9) s += check(s + 3); return [s, n]; }",
      [1],
    ],
    [
      "a throw by all that are left",
      "(x) => { let s = Math.abs(x), n = 0; while (s > 0 && n++ < 20) { s -= 0.75; if (s < 0.5) return s; if (n > 5) throw n; } return -1; }",
      [1],
    ],
    [
      "a throw after many turns",
      "(x) => { let s = x; for (let i = 0; i < 200; i++) { s = s * 0.99 + 0.01 * i; if (s > 60) throw new Error('i ' + i); } return s; }",
      [1],
    ],
    [
      "a throw that is caught in the turn",
      "(x) => { let s = x, n = 0; while (n < 12 && s < 100) { n++; try { s = s * 2 + 1; if (s < -5) throw s; } catch (e) { s = -e; } } return [s, n]; }",
      [1],
    ],
    [
      "a throw that is caught outside",
      "(x) => { let s = x, n = 0; try { while (n < 12 && s < 100) { n++; s = s * 2 + 1; if (s < -5) throw s * 3; } s += 0.5; } catch (e) { return [e, n]; } return [s, n]; }",
      [1],
    ],
    [
      "a throw in a loop within",
      "(x, y) => { let s = x, n = 0; while (n < 5 && s < 9) { n++; let k = 0; while (k < 4 && k < y) { k++; if (s * k < -12) throw k; s += 0.5; } s += 1; } return [s, n]; }",
      [1, 1],
    ],
  ]);
});
