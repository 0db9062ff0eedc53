// @ts-nocheck The functions are plain JavaScript, in every style that people write.
import { describe, test } from "vitest";
import { expectSame } from "../support/trace.ts";

/** [what it shows, function, a sample of its arguments] */
type Case = [string, (...args: any[]) => unknown, unknown[]];
const run = (cases: Case[]) => test.each(cases)("%s", (_, fn, sample) => expectSame(fn, sample));

describe("arithmetic", () => {
  run([
    ["operators in their order", (x, y) => x + y - (x * y) / (x - y) + (x % y), [1, 1]],
    ["powers", (x, y) => x ** 2 + x ** 3 + x ** y + Math.pow(y, 0.5) + x ** -1 + x ** 0, [1, 1]],
    ["unary operators", (x) => -x + +x - -(-x), [1]],
    [
      "compound assignment",
      (x, y) => {
        let s = x;
        s += y;
        s *= x;
        s -= 1;
        s /= y;
        s **= 2;
        s %= 7;
        return s;
      },
      [1, 1],
    ],
    [
      "increments",
      (x) => {
        let i = x;
        const a = i++;
        const b = ++i;
        const c = i--;
        const d = --i;
        return [a, b, c, d, i];
      },
      [1],
    ],
    [
      "assignment as an expression",
      (x) => {
        let a, b;
        a = b = x * 2;
        return (a = a + 1) * b;
      },
      [1],
    ],
    [
      "comma",
      (x) => {
        let t = x;
        return ((t *= 2), t + 1);
      },
      [1],
    ],
    ["signed zeros and no folding of them", (x) => [0 - x, x + 0, -x, x * 0, x - 0, x * -1], [1]],
    ["void, typeof", (x) => (typeof x === "number" && void 0 === undefined ? x : 0), [1]],
    ["bit operations on whole constants", (x) => x * ((7 | 8) ^ (1 << 3)) + (~5 & 3) + (-1 >>> 28) + (-9 >> 1), [1]],
    ["hexadecimal, exponents, separators", (x) => x * 0xff + 1e3 + 1_000, [1]],
  ]);
});

describe("Math", () => {
  run([
    [
      "functions of one number",
      (x) => [Math.abs(x), Math.floor(x), Math.ceil(x), Math.trunc(x), Math.round(x), Math.sign(x), Math.sqrt(x), Math.cbrt(x)],
      [1],
    ],
    [
      "transcendental functions",
      (x) => [Math.exp(x), Math.expm1(x), Math.log(x), Math.log1p(x), Math.sin(x), Math.cos(x), Math.tan(x), Math.atan(x), Math.tanh(x)],
      [1],
    ],
    [
      "hyperbolic functions, inverses and logarithms",
      (x) => [
        Math.sinh(x),
        Math.cosh(x),
        Math.asinh(x),
        Math.acosh(x),
        Math.atanh(x),
        Math.asin(x),
        Math.acos(x),
        Math.log2(x),
        Math.log10(x),
      ],
      [1],
    ],
    ["single precision", (x) => Math.fround(x), [1]],
    ["bit operations", (x, y) => [x | 0, ~x, x & y, x ^ 5, x << 2, y >> 1, x >>> 1, Math.imul(x, y), Math.clz32(x)], [1, 1]],
    ["functions of two numbers", (x, y) => [Math.atan2(x, y), Math.pow(x, y), Math.hypot(x, y)], [1, 1]],
    [
      "min and max of any number",
      (x, y) => [Math.min(x), Math.max(x, y), Math.min(x, 3, y), Math.max(), Math.min(), Math.max(1, 2)],
      [1, 1],
    ],
    ["hypot of any number", (x) => [Math.hypot(), Math.hypot(x), Math.hypot(x, 0)], [1]],
    ["constants", (x) => x * Math.PI + Math.E + Math.LN2 + Math.SQRT1_2 + Number.EPSILON + Number.MAX_SAFE_INTEGER, [1]],
    [
      "renamed functions",
      (x) => {
        const { cos, sin: s } = Math;
        const m = Math;
        return cos(x) + s(x) + m.exp(x);
      },
      [1],
    ],
    [
      "shadowed functions",
      (x) => {
        const Math = { sin: (t: number) => t * 2 };
        return Math.sin(x);
      },
      [1],
    ],
    ["apply and call", (x, y) => Math.max.apply(null, [x, y]) + Math.min.call(Math, x, y), [1, 1]],
    [
      "isNaN, isFinite",
      (x) => [
        isNaN(x) ? 1 : 2,
        Number.isFinite(x) ? 1 : 2,
        Number.isNaN(x * 0) ? 1 : 2,
        Number.isInteger(x) ? 1 : 0,
        Number.isNaN("a") ? 1 : 2,
      ],
      [1],
    ],
    ["Number, Boolean", (x) => Number(x > 1) + (Boolean(x) ? 1 : 0) + Number("12"), [1]],
  ]);
});

describe("branches on data", () => {
  run([
    ["?:", (x, y) => (x > y ? x : y * 2), [1, 1]],
    ["nested ?:", (x) => (x < -1 ? 1 / x : x <= 1 ? x : x === 3 ? 7 : Math.sqrt(x)), [1]],
    [
      "if and else",
      (x) => {
        let y;
        if (x > 1) y = x * x;
        else y = -x;
        return y;
      },
      [1],
    ],
    [
      "if without else",
      (x) => {
        let y = x;
        if (!(x > 1)) {
          y = 2;
          y *= x;
        }
        return y;
      },
      [1],
    ],
    [
      "else if",
      (x) => {
        let s = 0;
        if (x < 0) s = 1;
        else if (x < 1) s = 2;
        else if (x < 3) {
          s = 3;
        } else s = 4;
        return s;
      },
      [1],
    ],
    [
      "early return",
      (x) => {
        if (x < 0) return -x;
        if (x > 2) return x * 10;
        return x;
      },
      [1],
    ],
    [
      "early return from nested ifs",
      (x, y) => {
        if (x > 0) {
          if (y > 0) return 1;
          if (y === 0) {
            return x;
          }
          x = x + 1;
        } else {
          if (y < 0) return 4;
          y = y * 2;
        }
        return x + y;
      },
      [1, 1],
    ],
    [
      "return in both branches",
      (x) => {
        if (x > 0) {
          return 1 / x;
        } else {
          return x * x;
        }
      },
      [1],
    ],
    [
      "return of all but one path",
      (x, y) => {
        if (x > 0) {
          if (y > 0) return 1;
          else return 2;
        }
        return 3;
      },
      [1, 1],
    ],
    [
      "&& and || for their effect",
      (x, y) => {
        let t = x;
        x > 1 && (t = y);
        y > 1 || (t += 1);
        return t;
      },
      [1, 1],
    ],
    ["&& and || for their value", (x, y) => [x || y, x && y, (x > 0 && y) || 2], [1, 1]],
    ["&& || ! of comparisons", (x, y) => (x > 0 && !(y > 0) ? 1 : x < -1 || y !== y ? 2 : 3), [1, 1]],
    ["??", (x) => (x ?? 2) + (undefined ?? 1) + (null ?? 1), [1]],
    ["booleans in arithmetic", (x, y) => (x < y) * 6 + +(x === y) - (x >= 1), [1, 1]],
    ["equality of booleans", (x, y) => (x > 0 === y > 0 ? 1 : 2) + (x > 0 == true ? 10 : 20) + (x > 0 !== false ? 100 : 0), [1, 1]],
    ["loose equality", (x) => (x == 1 ? 1 : 2) + (x == null ? 10 : 20) + (x != "1" ? 100 : 0), [1]],
    ["truth of a number", (x) => (x ? 1 : 2) + (!x ? 10 : 20), [1]],
    [
      "condition used twice",
      (x) => {
        let a = 1;
        if (x > 0) a = x;
        let b = 0;
        if (x > 0) b = 1 / a;
        return a + b;
      },
      [1],
    ],
    [
      "condition of a variable",
      (x) => {
        const big = x > 1;
        let s = x;
        if (big) s *= 2;
        if (!big) s -= 1;
        return s;
      },
      [1],
    ],
    [
      "logical assignment",
      (x) => {
        let a = x;
        a ||= 2;
        a &&= a + 1;
        let b;
        b ??= x;
        return a + b;
      },
      [1],
    ],
    [
      "array changed in one branch",
      (x, y) => {
        const a = [x, y, 0];
        if (x > y) {
          a[2] = a[0];
          a[0] = 1;
        }
        return a;
      },
      [1, 1],
    ],
    [
      "array grown equally in both branches",
      (x) => {
        const a: number[] = [];
        if (x > 0) a.push(x, 1);
        else {
          a.push(2);
          a.push(-x);
        }
        return a;
      },
      [1],
    ],
    [
      "object changed in one branch",
      (x) => {
        const o = { a: 1, b: { c: x } };
        if (x > 0) o.b.c = 2;
        else {
          o.a = x;
        }
        return o;
      },
      [1],
    ],
    [
      "object replaced in one branch",
      (x) => {
        let p = { a: x, b: 1 };
        if (x > 1) p = { a: 2, b: x };
        p.a += 1;
        return p;
      },
      [1],
    ],
    [
      "writing through a value that is one of two",
      (x) => {
        const a = [1, 2],
          b = [3, 4];
        const c = x > 0 ? a : b;
        c[0] = x;
        return [a, b, c];
      },
      [1],
    ],
    [
      "swap by destructuring",
      (x, y) => {
        if (x > y) [x, y] = [y, x];
        return [x, y];
      },
      [1, 1],
    ],
    [
      "function chosen by data",
      (x) => {
        const f = x > 0 ? Math.sqrt : (t: number) => -t;
        return f(x);
      },
      [1],
    ],
    [
      "flags that are undefined on one side",
      (x) => {
        let found;
        if (x > 1) found = x;
        return found === undefined ? -1 : found;
      },
      [1],
    ],
    [
      "text chosen by data, compared",
      (x) => {
        const kind = x > 0 ? "up" : "down";
        return kind === "up" ? x : -x;
      },
      [1],
    ],
    [
      "effects of a helper that returns early",
      (x) => {
        const log = [0, 0];
        const f = (t: number) => {
          log[0] += 1;
          if (t > 1) return 1;
          log[1] = t;
          if (t < 0) return 2;
          log[0] *= 10;
          return 3;
        };
        return [f(x), f(x * 2), log];
      },
      [1],
    ],
    [
      "arrays made before an early return",
      (x) => {
        const f = (t: number) => {
          const a = [t];
          if (t > 0) {
            a[0] = 5;
            return a;
          }
          a[0] = 7;
          return a;
        };
        return f(x);
      },
      [1],
    ],
    [
      "arrays made in branches and returned",
      (x) => {
        const f = (t: number) => {
          if (t > 0) {
            const a = [];
            a.push(t);
            a.push(1);
            return a;
          }
          return [0, t];
        };
        const [p, q] = f(x);
        return p * 2 + q;
      },
      [1],
    ],
    [
      "switch with fall-through and default",
      (x) => {
        let s = 0;
        switch (x) {
          case 0:
            s += 1;
          case 1:
            s += 10;
            break;
          default:
            s += 100;
          case 3:
            s += 1000;
        }
        return s;
      },
      [1],
    ],
    [
      "switch that returns",
      (x) => {
        switch (Math.floor(x)) {
          case 0:
            return x;
          case 1: {
            const t = x * 2;
            return t;
          }
          case 3:
            if (x > 2) break;
            return 9;
          default:
            return -1;
        }
        return 5;
      },
      [1],
    ],
    [
      "switch (true)",
      (x) => {
        switch (true) {
          case x < 0:
            return 1;
          case x < 1:
            return 2;
          default:
            return 3;
        }
      },
      [1],
    ],
    [
      "switch (true) with tests that change something, and one that does not come to its end",
      (x, y) => {
        let count = 0;
        const asks = (holds: boolean) => {
          count += 1;
          return holds;
        };
        switch (true) {
          case asks(x < 0):
            count += 10;
          case asks(x < 1):
            count += 100;
            if (y > 0) break;
          default:
            count += 1000;
          case y > 1 && asks(x === 5):
            count += y;
        }
        return count;
      },
      [1, 2],
    ],
  ]);
});

describe("loops", () => {
  run([
    [
      "through a choice of arrays that the loop writes to",
      (x, y) => {
        const [u, v, w] = [
          [x, 1, y],
          [y, 2, x],
          [0, 0, 0],
        ];
        const list = x > 0 ? u : y > 0 ? v : w;
        let s = 0;
        for (const t of list) {
          s = s * 3 + t;
          list[2]! += t;
          u[1]! -= 1;
        }
        return [s, ...u, ...v, ...w];
      },
      [1, 2],
    ],
    [
      "through entries of a choice of arrays, left early",
      (x, y) => {
        let v = [x, 1, y];
        if (y > 0) v = [y, x, 3];
        let s = 0;
        for (const [i, t] of v.entries()) {
          if (t > 2) break;
          s += i * t;
          if (i < 2) v[i + 1] = t + 1;
        }
        return [s, ...v];
      },
      [1, 2],
    ],
    [
      "through a choice of an array that grows and a generator",
      (x, y) => {
        let s = 0;
        const a = [x, y];
        function* give() {
          s += 1;
          yield y;
          s *= 2;
          yield x;
          yield 5;
        }
        for (const t of y > 0 ? a : give()) {
          s += t * x;
          if (a.length < 3) a.push(s);
        }
        return [s, ...a];
      },
      [1, 2],
    ],
    [
      "iterators of which one of two has been asked",
      (x, y) => {
        const [u, v] = [[x, 1, y][Symbol.iterator](), [y, 2, x][Symbol.iterator]()];
        u.next();
        v.next();
        const w = x > 0 ? u : v;
        let s = 0;
        for (const t of w) s = s * 2 + t;
        return s;
      },
      [1, 2],
    ],
    [
      "spread and destructured choices that run code",
      (x, y) => {
        let s = 0;
        const make = (n: number) => ({
          *[Symbol.iterator]() {
            s += n;
            yield x;
            s *= n;
            yield y;
          },
        });
        const list = x > 0 ? make(2) : make(3);
        const [p, q] = list;
        const all = [...(y > 0 ? list : [s, 1])];
        return [p, q, ...all, s];
      },
      [1, 2],
    ],
    [
      "for",
      (x) => {
        let s = 0;
        for (let i = 0, n = 5; i < n; i++) s += x * i;
        return s;
      },
      [1],
    ],
    [
      "var and comma in for",
      (x) => {
        var s = 0;
        for (var i = 0, j = 10; i < j; i += 2, j--) s = s * x + i;
        return s + i;
      },
      [1],
    ],
    [
      "while, do",
      (x) => {
        let n = 3,
          s = x;
        while (n--) s = s * x;
        do {
          s += 1;
        } while (++n < 2);
        return s;
      },
      [1],
    ],
    [
      "for of, with index",
      (x, y) => {
        let s = 0;
        for (const [i, v] of [x, y, 3].entries()) s += i * v;
        return s;
      },
      [1, 1],
    ],
    [
      "for in",
      (x) => {
        const o: Record<string, number> = { a: x, b: 2 };
        let s = 0;
        for (const k in o) s = s * 10 + o[k]!;
        return s;
      },
      [1],
    ],
    [
      "break and continue",
      (x) => {
        let s = 0;
        for (let i = 0; i < 9; i++) {
          if (i % 2) continue;
          if (i > 5) break;
          s += i * x;
        }
        return s;
      },
      [1],
    ],
    [
      "labels",
      (x) => {
        let s = 0;
        outer: for (let i = 0; i < 4; i++) {
          for (let j = 0; j < 4; j++) {
            if (j > i) continue outer;
            if (i === 3) break outer;
            s += x * i + j;
          }
        }
        return s;
      },
      [1],
    ],
    [
      "labelled block",
      (x) => {
        let s = 1;
        done: {
          if (x > 1) break done;
          s = 2;
          if (x < 0) break done;
          s = 3;
        }
        return s * x;
      },
      [1],
    ],
    [
      "break on data",
      (a, b) => {
        let p = 1;
        for (const x of [a, b, 3]) {
          p = p * x;
          if (p === 0) break;
          p += 1;
        }
        return p;
      },
      [1, 1],
    ],
    [
      "continue on data",
      (a, b) => {
        let s = 0;
        for (const x of [a, b, 0.5]) {
          if (x > 1) continue;
          s += x;
          if (x < 0) continue;
          s *= 2;
        }
        return s;
      },
      [1, 1],
    ],
    [
      "return on data in a loop",
      (a, b) => {
        for (const [i, x] of [a, b, 2].entries()) {
          if (x > 1) return i + x;
        }
        return -1;
      },
      [1, 1],
    ],
    [
      "break, continue and return on data, nested",
      (a, b) => {
        let s = 0;
        outer: for (let i = 0; i < 3; i++) {
          for (let j = 0; j < 3; j++) {
            if (a > i + j) continue outer;
            if (b < j) break;
            if (a + b === i * j) return s + 100;
            s += a * i + j;
            if (s > 3) break outer;
          }
          s += 0.5;
        }
        return s;
      },
      [1, 1],
    ],
    [
      "break in one branch, return in the other",
      (x, y) => {
        let s = x;
        for (let i = 0; i < 3; i++) {
          s += 1;
          if (s > 2) {
            if (y > 0) break;
            else return -s;
          }
          s *= y;
        }
        return s;
      },
      [1, 1],
    ],
    [
      "return in one branch, then break",
      (x, y) => {
        let s = x;
        for (let i = 0; i < 3; i++) {
          if (x > y) {
            if (y > 1) return 7;
            s += 1;
            break;
          } else if (y > i) {
            s += y;
            continue;
          }
          s *= 2;
        }
        return s;
      },
      [1, 1],
    ],
    [
      "Newton's method, left early",
      (a) => {
        let x = a;
        for (let i = 0; i < 8; i++) {
          const d = (x * x - a) / (2 * x);
          x -= d;
          if (Math.abs(d) < 1e-12) break;
        }
        return x;
      },
      [1],
    ],
    [
      "variables of each turn in closures",
      (x) => {
        const fs: (() => number)[] = [];
        for (let i = 0; i < 3; i++) fs.push(() => i * x);
        return fs.map((f) => f());
      },
      [1],
    ],
    [
      "shared chain",
      (x) => {
        let y = x;
        for (let i = 0; i < 60; i++) y = (y + y) / 2;
        return y;
      },
      [1],
    ],
  ]);
});

describe("functions", () => {
  run([
    [
      "helpers that change what they close over",
      (x) => {
        let s = x;
        const f = (y: number) => {
          s = s * y;
          return s;
        };
        f(2);
        f(x);
        return s;
      },
      [1],
    ],
    [
      "hoisted declarations",
      (x) => {
        return g(x) + h(2);
        function g(t: number) {
          return t * t;
        }
        function h(t: number): number {
          return t + x;
        }
      },
      [1],
    ],
    [
      "hoisted var",
      (x) => {
        var t = 1;
        {
          var t = t + x;
        }
        if (x > 1) {
          var u = x;
        }
        return t + (u === undefined ? 0 : u!);
      },
      [1],
    ],
    [
      "block scope",
      (x) => {
        let t = x;
        {
          let t = 5;
          t++;
        }
        return t;
      },
      [1],
    ],
    [
      "named function expression, recursion",
      (x) => {
        const p = function power(b: number, n: number): number {
          return n === 0 ? 1 : b * power(b, n - 1);
        };
        return p(x, 5);
      },
      [1],
    ],
    [
      "recursion with halving",
      (x) => {
        const p = (b: number, n: number): number => (n === 0 ? 1 : n % 2 ? b * p(b, n - 1) : p(b * b, n / 2));
        return p(x, 13);
      },
      [1],
    ],
    [
      "default and rest parameters of helpers",
      (x) => {
        const f = (a: number, b = a * 2, ...c: number[]) => a + b + c.length;
        return f(x) + f(x, 1) + f(x, undefined, 3, 4);
      },
      [1],
    ],
    [
      "arguments",
      (x) => {
        function f() {
          return arguments.length * (arguments[0] as number) + (arguments[5] === undefined ? 1 : 0);
        }
        return (f as any)(x, 2, 3);
      },
      [1],
    ],
    [
      "this in methods",
      (x) => {
        const o = {
          k: x,
          get2() {
            return this.k * 2;
          },
          arrow() {
            return [1, 2].map((t) => t * this.k);
          },
        };
        return [o.get2(), o.arrow()];
      },
      [1],
    ],
    [
      "functions returned",
      (x) => {
        const add = (a: number) => (b: number) => a + b;
        return add(x)(2);
      },
      [1],
    ],
    [
      "immediately called",
      (x) =>
        (function (t) {
          return t * 2;
        })(x) + ((t) => t)(1),
      [1],
    ],
    [
      "optional chaining",
      (x) => {
        const o: any = { a: { b: x } };
        return o.a?.b + (o.c?.b.d.e === undefined ? 1 : 0) + (o.f?.(x) ?? 2) + o?.["a"].b;
      },
      [1],
    ],
    [
      "text",
      (x) => {
        const mode = `a${1 + 1}`;
        return mode === "a2" && mode.length === 2 && "abc".includes("b") ? x : 0;
      },
      [1],
    ],
    [
      "functions with names of members",
      (x) => {
        const table: Record<string, (t: number) => number> = { sq: (t) => t * t, id: (t) => t };
        return table["sq"]!(x) + table.id!(x);
      },
      [1],
    ],
  ]);
});

describe("arrays and objects", () => {
  run([
    [
      "elements are found as they were tested, whatever the test does to the array",
      (x, y) => {
        const make = () => [x, 2, y];
        const [v, w, u] = [make(), make(), make()];
        const bounds = (list: number[], k: number) => (t: number, i: number) => {
          list[i] = -t;
          list[(i + 1) % 3]! += 1;
          return t < k;
        };
        const [first, last] = [v.find(bounds(v, y)) ?? 7, w.findLast?.(bounds(w, y)) ?? 8];
        const all = u.filter((t, i) => {
          u[i] = -t;
          u[2]! += 1;
          return i !== 1;
        });
        return [first, last, ...all, ...v, ...w, ...u];
      },
      [1, 2],
    ],
    [
      "map, reduce, forEach",
      (v) => {
        let m = 0;
        v.forEach((t: number, i: number) => {
          m += t * i;
        });
        return v.map((t: number) => t * 2).reduce((a: number, b: number) => a + b, 0) + m;
      },
      [[1, 2, 3]],
    ],
    [
      "reduce without a first value, reduceRight",
      (v) => v.reduce((a: number, b: number) => a * 2 + b) - v.reduceRight((a: number, b: number) => a * 3 + b),
      [[1, 2, 3]],
    ],
    [
      "every, some, find, findIndex on data",
      (v) => [
        v.every((t: number) => t > 0) ? 1 : 0,
        v.some((t: number) => t > 1) ? 1 : 0,
        v.findIndex((t: number) => t > 0.5),
        v.find((t: number) => t >= 0) ?? -9,
      ],
      [[1, 2]],
    ],
    ["indexOf, includes on data", (v) => [v.indexOf(1), v.includes(-1) ? 1 : 0, ["a", "b"].indexOf("b")], [[1, 2]]],
    [
      "filter by place, flat, flatMap",
      (v) => [...v.filter((_: number, i: number) => i !== 1), ...[[v[0]], [[1]]].flat(2), ...v.flatMap((t: number) => [t, -t])],
      [[1, 2, 3]],
    ],
    ["slice, concat, reverse, at", (v) => [v.slice(1).concat([9], v, 8).reverse(), v.at(-1), v.slice(-2, -1)], [[1, 2, 3]]],
    [
      "push, pop, shift, unshift, splice",
      (x) => {
        const a: number[] = [];
        a.push(x, 2, 3);
        a.pop();
        a.unshift(0);
        const s = a.shift();
        a.splice(1, 1, 5, 6);
        return [a, s, a.length];
      },
      [1],
    ],
    [
      "fill, Array.from, Array.of, new Array, join",
      (x) => [Array(2).fill(x), Array.from({ length: 3 }, (_, i) => i * x), Array.of(x, 1), new Array(2).length, [1, 2].join("-").length],
      [1],
    ],
    [
      "Float64Array",
      (x) => {
        const a = new Float64Array(3);
        a[1] = x;
        a[7] = 2;
        const b = Float64Array.from([x, 1]);
        let s = 0;
        for (let i = 0; i < a.length; i++) s += a[i]! * i;
        return s + b[0]! + (a[7] === undefined ? 1 : 0);
      },
      [1],
    ],
    [
      "spread and rest",
      (v) => {
        const [a, ...rest] = v;
        return Math.max(...rest, a) + [...v, ...v].length;
      },
      [[1, 2, 3]],
    ],
    [
      "destructuring with defaults",
      (x) => {
        const { a, b: { c = 2, d } = { d: 4 } as any, ...others } = { a: x, e: 1, f: 2 } as any;
        const [p = 3, , q] = [undefined, 1, x];
        return a + c + d + p + q + Object.keys(others).length;
      },
      [1],
    ],
    [
      "assignment patterns",
      (x) => {
        let a, b;
        const o = { t: 0 };
        [a, o.t] = [x, 2];
        ({ a: b = 5 } = {} as any);
        [a, b] = [b, a];
        return [a, b, o.t];
      },
      [1],
    ],
    [
      "nested arrays",
      (x) => {
        const m = [
          [1, x],
          [x, 2],
        ];
        m[0]![1] = m[1]![0]! * 2;
        return m.map((row) => row.reduce((a, b) => a + b));
      },
      [1],
    ],
    [
      "objects: spread, shorthand, computed keys",
      (x) => {
        const k = "b";
        const o: any = { x, [k]: 2, ...{ c: 3 } };
        o.d = o.b * x;
        o["e" + 1] = 5;
        return o;
      },
      [1],
    ],
    [
      "Object.keys, values, entries, assign, in",
      (x) => {
        const o = { a: x, b: 2 };
        return [
          Object.keys(o).length,
          Object.values(o)[0],
          Object.entries(o).map(([, v]) => v),
          "a" in o ? 1 : 0,
          Object.assign({ z: 1 }, o),
        ];
      },
      [1],
    ],
    [
      "Array.isArray, typeof",
      (x) => [Array.isArray([x]) ? 1 : 0, typeof [] === "object" ? 1 : 0, typeof Math.sin === "function" ? 1 : 0],
      [1],
    ],
    [
      "aliases",
      (x) => {
        const a = [x];
        const b = a;
        b[0] = 2;
        b.push(x);
        return [a, a.length];
      },
      [1],
    ],
    ["results with text, null and flags", (x) => ({ unit: "m", none: null, missing: undefined, flag: true, v: [x, "a"], k: 3 }), [1]],
  ]);
});

describe("trees of arguments", () => {
  run([
    ["destructured arguments", (p, { a, b: [c, d] }) => p * a + c * d, [1, { a: 2, b: [3, 4] }]],
    ["members of members", (cam) => cam.pose.x * cam.focal + cam.pose.y, [{ pose: { x: 1, y: 2 }, focal: 3 }]],
    ["unused arguments and members", (a, _b, c) => a + c[1].x, [1, [7, { z: 2 }], [0, { y: 1, x: 2 }]]],
    [
      "array of arrays",
      (m) => m[0][0] * m[1][1] - m[0][1] * m[1][0],
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    [
      "writing to an argument",
      (v) => {
        v = v.slice();
        v[0] *= 2;
        return v;
      },
      [[1, 2]],
    ],
    ["length as a member", (p) => p.length * p.mass, [{ mass: 1, length: 2 }]],
    ["passed through", (p, v) => [p, v], [{ a: 1, b: [2] }, [3, 4]]],
    [
      "chosen by data",
      (a, b) => {
        const m = a[0] > b[0] ? a : b;
        return m[1] * 2;
      },
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["default parameter that is given", (x, y = 2) => x * y, [1, 1]],
    ["rest parameter", (...v) => v[0]! + v.length, [1, 2]],
    ["Object.values of an argument", (p) => Object.values(p as Record<string, number>).reduce((a, b) => a + b, 0), [{ a: 1, b: 2 }]],
  ]);
});
