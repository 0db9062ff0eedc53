// @ts-nocheck The functions are plain JavaScript.
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/index.ts";
import { expectSame } from "../support/trace.ts";

const points = [[1.5], [0.3], [0], [1], [4.5], [-0.5], [Number.NaN]];
const inside = points.slice(0, 4);
const run = (texts: string[], at = points) =>
  test.each(texts)("%s", (text) => expectSame(new Function(`return ${text}`)(), [1], { points: at }));

describe("a row that is chosen by data is that row, for whoever else knows it", () => {
  run(
    [
      "(x) => { const m = [[1,2],[3,4]]; const row = m[Math.floor(x)]; m[1][0] = 9; return row[0]; }",
      "(x) => { const m = [[1,2],[3,4]]; const row = m[Math.floor(x)]; m[1] = [7,7]; return row[0]; }",
      "(x) => { const m = [{a:1},{a:2}]; const row = m[Math.floor(x)]; m[1].a = 9; return row.a; }",
      "(x) => { const m = [{a:1},{a:2}]; const o = m[Math.floor(x)]; m[1].b = 3; return o.b ?? 7; }",
      "(x) => { const m = [[1,2],[3,4]]; const r = m[Math.floor(x)]; const k = [r, r]; k[0][1] = 8; return m[1][1] + k[1][1]; }",
      "(x) => { const m = [[1,2],[3,4]]; const row = m[Math.floor(x)]; row.sort((a, b) => b - a); return m[1][0]; }",
      "(x) => { const m = [[1,2],[3,4]]; m[Math.floor(x)].reverse(); m[Math.floor(x)].fill(x, 1); return m.flat(); }",
      "(x) => { const m = [[1,2],[3,4]]; m[Math.floor(x)][Math.floor(2 * x) % 2] += x; return m.flat(); }",
      "(x) => { const m = [[[1,2],[3,4]],[[5,6],[7,8]]]; const k = Math.floor(x); m[k][1 - k][k] *= x; return m.flat(2); }",
      "(x) => { const m = [[1,2],[3,4]]; const row = m[Math.floor(x)]; if (x > 0.2) row[0] = x; else m[0][1] = 7; return m.flat(); }",
      "(x) => { const m = [{p:[1,2]},{p:[3,4]}]; const o = m[Math.floor(x)]; o.p[0] += x; o.p = [o.p[0], 7]; return [m[0].p, m[1].p]; }",
      "(x) => { const m = [new Float32Array([1,2]), new Float32Array([3,4])]; const r = m[Math.floor(x)]; r[0] = 0.1; r.set([7], 1); return [...m[0], ...m[1]]; }",
      "(x) => { const m = [[1,2],[3,4]]; const [a, b] = m[Math.floor(x)]; const c = m[Math.floor(x)].map((e) => e * x); m[1][0] = 50; c[0] = 7; return [a, b, c, m[1][0]]; }",
      "(x) => { const m = [[1,2],[3,4]]; const t = m[Math.floor(x)]; m[Math.floor(x)] = m[0]; m[0] = t; t[0] = x; return m[0][0] * 10 + m[1][0]; }",
      `(x) => {
        class P {
          constructor(a) { this.a = a; }
          get twice() { return this.a * 2; }
          set twice(v) { this.a = v / 2; }
          add(t) { this.a += t; return this; }
        }
        const ps = [new P(1), new P(x)];
        const p = ps[x >= 1 ? 1 : 0];
        p.add(3).twice = p.twice + 2;
        return [ps[0].a, ps[1].a, p.a, p === ps[1] ? 1 : 0];
      }`,
    ],
    inside,
  );
});

describe("a row that is chosen by data in a loop that stays a loop", () => {
  run(
    [
      "(x) => { const rows = [[1,2],[3,4]]; const r = rows[Math.floor(x)]; for (let i = 0; i < 40; i++) r[i % 2] += x; return rows.flat(); }",
      "(x) => { const rows = [{n:0},{n:5}]; const hit = rows[Math.floor(x)]; let i = 0; while (hit.n < 20) { hit.n += x + 1; i++; } return [rows[0].n, rows[1].n, i]; }",
      "(x) => { var g = [[1,2],[3,4],[5,6]], s = 0, k, i = 0; while (s < 30 && i < 50) { k = g[(Math.floor(x) + i) % 3]; s += k[0] * x; i++; } k[1] = 9; return [s, g.flat()]; }",
      "(x) => { var g = [[1,2],[3,4],[5,6]], s = 0, k = g[0], i = 0; while (s < 30 && i < 50) { if (i % 2) k = g[(Math.floor(x) + i) % 3]; s += k[0] * x; i++; } k[1] = 9; return [s, g.flat()]; }",
      `(x) => {
        const pts = Array.from({ length: 60 }, (_, i) => [i / 10, i * i]);
        let best = pts[0], bd = Infinity;
        for (let i = 0; i < pts.length; i++) {
          const d = Math.abs(pts[i][0] - x);
          if (d < bd) { bd = d; best = pts[i]; }
        }
        best[1] += x;
        return [best[1] * x, pts[15][1], pts.indexOf(best)];
      }`,
    ],
    inside,
  );
});

describe("whether there is a row", () => {
  run([
    "(x) => { const m = [[1,2],[3,4]]; const row = m[Math.floor(x)]; if (!row) return -1; return row[0]; }",
    "(x) => { const m = [{a:1},{a:2}]; const row = m[Math.floor(x)]; if (row === undefined) return -1; return row.a; }",
    "(x) => { const m = [[1,2],[3]]; const row = m[Math.floor(x)]; return row ? row[0] : 9; }",
    "(x) => { const m = [[1,2],[3,4]]; return typeof m[Math.floor(x)] === 'object' ? 1 : 2; }",
    "(x) => { const m = [[1,2],[3,4]]; const row = m[Math.floor(x)]; return [row === m[1] ? 1 : 0, m.indexOf(row), m.includes(row) ? 1 : 0]; }",
    "(x) => { const m = [[1,2],[3,5]]; return [(m[Math.floor(x)] ?? [7, 7])[1] * x, (m[Math.floor(x)] || [7, 7])[1]]; }",
    "(x) => { const m = [[1,2],[3,5]]; return m[Math.floor(x)]?.map((e) => e * x)[0] ?? 4; }",
    "(x) => { const m = [Math.abs, (t) => t * t, Math.floor]; const f = m[Math.floor(x)]; return f ? f(x) : 9; }",
    "(x) => { const m = [Math.abs, (t) => t * t, Math.floor]; return m[Math.floor(x)]?.(x) ?? 8; }",
  ]);
});

describe("a chain may end by ?. where the data say so", () => {
  run([
    "(x) => { const o = x > 1 ? { a: { b: x } } : null; return o?.a.b ?? 3; }",
    "(x) => { const o = x > 1 ? { a: x > 2 ? { b: x } : undefined } : null; return o?.a?.b ?? 3; }",
    "(x) => { const o = x > 1 ? { a: { f(t) { return t * x; } } } : null; let n = 0; const v = o?.a.f((n = 5)); return (v ?? 1) + n; }",
    "(x) => { const o = x > 1 ? { k: 3, f(t) { return this.k * x; } } : x > 0 ? {} : undefined; return o?.f?.(2) ?? x; }",
    "(x) => { const hit = [[0, 1], [1, 2]].find(([k]) => k > x); return hit?.[1] ?? -1; }",
  ]);
});

describe("what is nothing on some points ends them as JavaScript does", () => {
  run([
    "(x) => { const o = x > 1 ? { f(t) { return t * x; } } : undefined; return o.f(2); }",
    "(x) => { const v = x > 1 ? [x, 2] : null; const [a, b] = v; return a * b; }",
    "(x) => { const v = x > 1 ? [x, 2] : null; if (!(x > 1)) return 0; return v[0]; }",
    "(x) => { const v = x > 1 ? { a: x } : null; v.a = 3; return v.a * x; }",
    "(x) => { const m = [[1,2],[3]]; return m[Math.floor(x)][0] * x; }",
    "(x) => { const m = [Math.abs, (t) => t * t]; return m[Math.floor(x)](x); }",
    "(x) => { const o = x > 1 ? { a: x } : null; try { return o.a; } catch (e) { return e instanceof TypeError ? -1 : -2; } }",
    "(x) => { let best = null, bd = 3; for (const p of [[0,1],[2,3]]) { const d = Math.abs(p[0] - x); if (d < bd) { bd = d; best = p; } } return best[1] * x; }",
  ]);
  test("the cause is what the function throws there", () => {
    const f = evaluate((x) => (x > 1 ? { a: x } : null).a);
    expect(f(2)).toEqual({ value: 2 });
    expect(() => f(0)).toThrowError(expect.objectContaining({ code: "thrown", cause: expect.any(TypeError) }));
    expect(evaluate((x) => (x > 1 ? { a: x } : null).a, { invalid: "nan" }).batch([[0, 3]]).value).toEqual(Float64Array.of(Number.NaN, 3));
  });
});

describe("members and arguments that the data do not have", () => {
  const given = (text: string, ...args: unknown[]) => {
    const fn = new Function(`return ${text}`)();
    expect(evaluate(fn)(...args).value).toBe(fn(...args));
  };
  test.each([
    ["(p) => p.x * (p.a?.b ?? 3)", { x: 2 }],
    ["(p) => p.x * (p.a?.[1] ?? 3) + (p.f?.(3) ?? 1)", { x: 2 }],
    ["(x, o) => x * (o?.scale ?? 4)", 2],
    ["(x, o) => { o = o || {}; return x * (o.scale || 4); }", 2],
    ["(x, o) => { o = o || {}; return x * (o.scale || 4); }", 2, { scale: 3 }],
    ["(x, o) => { const { k = 2 } = o ?? {}; return x * k; }", 2],
  ])("%s", given);
});

test("a variable around the function that is filled when it is first asked for", () => {
  let lazy;
  let other;
  const table = () => {
    if (!lazy) lazy = [1, 2, 3];
    other ??= lazy.length;
    return lazy;
  };
  expect(evaluate((x) => table()[1] * x + table()[2] + other)(2).value).toBe(10);
});
