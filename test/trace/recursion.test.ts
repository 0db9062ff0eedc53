// @ts-nocheck The functions are plain JavaScript.
import { describe, expect, test } from "vitest";
import { evaluate, gradient } from "../../src/index.ts";
import { expectSame } from "../support/trace.ts";

const points = [[1.5], [0.3], [4.5], [0.05], [0], [37.25], [-2]];

describe("a function that ends in a call of itself", () => {
  test.each([
    ["in an arrow", "(x) => { const f = (v) => (v < 1 ? v : f(v / 2)); return f(x); }"],
    ["the traced function itself", "function f(x) { return x < 1 ? x : f(x / 2); }"],
    ["with defaults and a counter", "function f(x, n = 0) { if (x < 1) return x + n; return f(x / 2, n + 1); }"],
    [
      "arguments that change places",
      "(x) => { const gcd = (a, b) => (b ? gcd(b, a % b) : a); return gcd(48, 18) * x + gcd(Math.floor(x), 6); }",
    ],
    [
      "an accumulator",
      "(x) => { const fact = (n, acc = 1) => (n <= 1 ? acc : fact(n - 1, acc * n)); return fact(10) * x + fact(Math.floor(x) % 9); }",
    ],
    [
      "two places",
      "(c) => { const f = (t) => t * t - c; const go = (lo, hi) => { const m = (lo + hi) / 2; if (hi - lo < 1e-9) return m; return f(m) > 0 ? go(lo, m) : go(m, hi); }; return go(0, 50); }",
    ],
    [
      "a method",
      "(x) => { class S { constructor(k) { this.k = k; } down(v, d) { if (v < this.k || d > 40) return v; return this.down(v * 0.7, d + 1); } } return new S(0.2).down(x, 0); }",
    ],
    [
      "an object",
      "(x) => { const go = (p, n) => (p.x < 0.1 || n > 99 ? p : go({ x: p.x / 3, y: p.y + p.x }, n + 1)); return go({ x, y: 0 }, 0).y; }",
    ],
    [
      "in a loop of its own",
      "(x) => { const f = (v, k) => { for (let i = 0; i < 3; i++) { if (v > 4 - i) return f(v - 1, k + i); } return v * k; }; return f(x, 1); }",
    ],
    [
      "behind &&, a comma and an assignment",
      "(x) => { let n = 0; const f = (v) => { n++; return v > 3 ? ((v -= 1), f(v)) : v > 2 && f(v - 1.5); }; return (f(x) || 7) + n; }",
    ],
    ["of a depth that is known", "(x) => { const f = (i, s) => (i === 3 ? s : f(i + 1, s + x / (i + 1))); return f(0, 0); }"],
    ["deeper than calls can be nested", "(x) => { const f = (i, s) => (i === 3000 ? s : f(i + 1, s + x / (i + 1))); return f(0, 0); }"],
    [
      "each call with variables of its own",
      "(x) => { const fs = []; const f = (i) => { const k = i * x; fs.push(() => k); return i < 3 ? f(i + 1) : fs.map((g) => g()); }; return f(0); }",
    ],
    ["an argument that is another's call", "(x) => { const f = (v, d) => (d === 0 ? v : f(f(v / 2, d - 1), d - 1)); return f(x, 3); }"],
    [
      "a local function of the same name is another",
      "(x) => { const f = (v) => { const f = (t) => t * 3; return v < 1 ? v : f(v / 2); }; return f(x); }",
    ],
    [
      "another receiver",
      "(x) => { const o = { k: 2, f(v) { return v < 1 ? v * this.k : p.f(v / 2); } }; const p = { k: 3, f(v) { return v * this.k; } }; return o.f(x); }",
    ],
    [
      "in try, where it is not the last thing",
      "(x) => { const f = (v, n) => { try { return n === 0 ? v : f(v / 2, n - 1); } finally { x += 1; } }; return f(x, 3) + x; }",
    ],
  ])("%s", (_, text) => expectSame(new Function(`return ${text}`)(), [1], { points }));

  test("has the derivative of the calls that were made", () => {
    const root = gradient(function root(a, x = a) {
      const y = (x + a / x) / 2;
      return Math.abs(y - x) < 1e-13 * y ? y : root(a, y);
    });
    for (const a of [0.01, 1, 2, 1e6]) {
      const {
        value,
        gradient: [slope],
      } = root(a);
      expect(value).toBeCloseTo(Math.sqrt(a), 12);
      expect(slope * 2 * Math.sqrt(a)).toBeCloseTo(1, 12);
    }
  });
  test("that does not end, ends in an error that says so", () => {
    const f = evaluate(function f(x) {
      return x < 0 ? x : f(x + 1);
    });
    expect(f(-1).value).toBe(-1);
    expect(() => f(1)).toThrowError(expect.objectContaining({ code: "max-iterations" }));
  });
});
