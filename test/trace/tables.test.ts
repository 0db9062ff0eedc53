// @ts-nocheck The functions are plain JavaScript.
import { describe, expect, test } from "vitest";
import { derivative, evaluate, gradient, jvp } from "../../src/index.ts";
import { expectSame, traceOf } from "../support/trace.ts";

type Case = [string, (...args: any[]) => unknown, unknown[]];
const run = (cases: Case[]) => test.each(cases)("%s", (_, fn, sample) => expectSame(fn, sample));

const table = [3, 1, 4, 1, 5, 9, 2, 6];
const single = new Float32Array([0.1, 0.2, 0.3]);
const long = Array.from({ length: 300 }, (_, i) => Math.sin(i));
const holes = [1, undefined, 3, , 5, null];
const flags = [true, false, true];
const rows = Array.from({ length: 100 }, (_, i) => [i, -i, 1 / i]);
const grid = [
  [1, 2, 3],
  [4, 5, 6],
];
const deep = [[[1, 2]], [[3, 4]]];
class Gradient {
  #scale = 2;
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
  dot2(x, y) {
    return this.x * x + this.y * y;
  }
  get length() {
    return Math.hypot(this.x, this.y);
  }
}
const gradients = Array.from({ length: 100 }, (_, i) => new Gradient(Math.cos(i), Math.sin(i)));
const points = [
  { at: { x: 1, y: 2 }, tags: "a" },
  { at: { x: 3, y: 4 }, tags: "a" },
];
const wrap = (i, n) => ((Math.floor(i) % n) + n) % n;

describe("reading by an index that depends on the data", () => {
  run([
    ["any number as an index", (x) => 1 * table[x], [1]],
    ["whole parts", (x, y) => [table[Math.floor(x)] + y, table[x | 0] - y, +table[Math.round(x)], +table[~~y]], [1, 1]],
    ["arithmetic on indices", (x) => table[(x + 1) & 7] * table[(x >> 1) & 3] - table[(x | 0) % 8], [1]],
    ["nested", (x, y) => table[(x + table[y & 7]) & 7] + 0, [1, 1]],
    ["typed arrays", (x) => single[x & 3] * 1, [1]],
    ["long tables", (x) => long[Math.abs(x | 0)] * 1, [1]],
    ["holes, undefined and null", (x) => holes[x] * 2, [1]],
    ["an index that is a condition as a number", (x) => table[+(x > 0)] + table[x > 1 ? 2 : 3], [1]],
    ["at", (x) => table.at(x) * 1 + long.at(x / 2) * 1, [1]],
    ["an array made inside", (x, y) => [10, 20, 30][x] * y, [1, 1]],
    ["an empty array", (x) => +[][x], [1]],
    [
      "many elements that depend on the data",
      (x, y) => {
        const knots = Array.from({ length: 150 }, (_, i) => Math.fround(i * 0.01) * y);
        const i = Math.floor(x * 10);
        return [knots[i] + (x * 10 - i) * (knots[i + 1] - knots[i]), knots[x] * 1];
      },
      [1, 1],
    ],
    [
      "many elements, written to",
      (x, y) => {
        const bins = new Float64Array(100);
        for (const at of [x, y, x + 1]) bins[at] += at * y;
        if (x > y) bins[y & 63] = x;
        return [bins[0], bins[1], bins[2], bins[x] * 1, bins.reduce((a, b) => a + b)];
      },
      [1, 1],
    ],
    [
      "a table as it is at that moment",
      (x) => {
        const t = [1, 2, 3];
        const before = t[x & 1];
        t[1] = 7;
        return [before, t[x & 1], t.length, 1 in t];
      },
      [1],
    ],
    [
      "a table that a branch changed",
      (x, y) => {
        const t = [1, 2, 3];
        if (y > 0) t[1] = 7;
        return t[x & 1];
      },
      [1, 1],
    ],
    ["a copy made by map", (x) => table.map((v) => v * 2)[x & 7], [1]],
  ]);
});

describe("what is not there is undefined", () => {
  run([
    ["with ??", (x) => table[x] ?? -1, [1]],
    ["with ||", (x) => table[x] || -1, [1]],
    [
      "compared",
      (x) => [table[x] === undefined ? 1 : 2, table[x] == null ? 1 : 2, undefined !== table[x] ? 1 : 2, table[x] === null ? 1 : 2],
      [1],
    ],
    ["typeof", (x) => (typeof table[x] === "undefined" ? 1 : typeof table[x] === "number" ? 2 : 3), [1]],
    ["as an argument with a default", (x) => ((v = 9) => v)(table[x]), [1]],
    ["through a branch", (x, y) => (y > 0 ? table[x] : y) ?? -1, [1, 1]],
    ["in an array with holes", (x) => [+(holes[x] ?? -1), holes[x] === undefined ? 1 : 2], [1]],
    ["in a table with NaN", (x) => [[NaN, 1][x] ?? -1], [1]],
    [
      "by an if",
      (x) => {
        const v = table[x];
        if (v === undefined) return 0;
        return v;
      },
      [1],
    ],
  ]);
});

describe("rows and objects", () => {
  const within = (fn) => (x) => fn(Math.abs(x) > 0 ? Math.abs(x | 0) % 2 : 0);
  run([
    ["arrays of rows", within((i) => rows[i][0] * rows[i][1] + rows[i].length), [1]],
    ["two indices", (x, y) => grid[x & 1][wrap(y, 3) || 0] * 2, [1, 1]],
    [
      "rows destructured",
      within((i) => {
        const [a, b] = grid[i];
        return a * b;
      }),
      [1],
    ],
    ["rows iterated", within((i) => grid[i].reduce((s, v) => s + v, 0) + Math.max(...grid[i])), [1]],
    ["three levels", within((i) => deep[i][0][i]), [1]],
    ["objects", within((i) => points[i].at.x * points[i]["at"].y), [1]],
    [
      "objects destructured and spread",
      within((i) => {
        const {
          at: { x },
          ...others
        } = { ...points[i] };
        return [x, others.tags];
      }),
      [1],
    ],
    ["instances and their methods", (x, y) => gradients[wrap(x, 100) || 0].dot2(x, y) + gradients[x & 63].length, [1, 1]],
    ["booleans", (x) => [flags[x] ? 1 : 2, flags[x & 1] ? 3 : 4], [1]],
    ["texts", within((i) => (["a", "b"][i] === "b" ? 1 : 2)), [1]],
    ["functions", (x, y) => [(v) => v * 2, (v) => v + 1][x & 1](y), [1, 1]],
    ["the same function everywhere", (x, y) => [Math.floor, Math.floor][x & 1](y), [1, 1]],
    ["rows of different lengths", within((i) => [[1], [2, 3]][i][0]), [1]],
    ["objects of different members", within((i) => [{ a: 1 }, { a: 2, b: 3 }][i].a), [1]],
    [
      "accessors of their own",
      within(
        (i) =>
          [
            {
              get a() {
                return 1;
              },
            },
            {
              get a() {
                return 2;
              },
            },
          ][i].a,
      ),
      [1],
    ],
    ["one as a result", within((i) => [grid[i], points[i].at]), [1]],
  ]);
});

describe("elements that depend on the data", () => {
  run([
    ["some among constants", (x, y) => [1, y, 3, y * y, 5][x] * 1, [1, 1]],
    ["an argument", (v, i) => v[i] * 2, [[1, 2, 3], 1]],
    [
      "rows of an argument",
      (m, i) => m[i & 1][(i >> 1) & 1] * 2,
      [
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ],
    ],
    ["objects of an argument", (v, i) => v[i & 1].a * 2, [[{ a: 1 }, { a: 2 }], 1]],
    [
      "few in a long array",
      (x, y) => {
        const t = [...long];
        t[17] = y;
        return t[Math.abs(x | 0)] * 1;
      },
      [1, 1],
    ],
    ["with ??", (v, i) => v[i] ?? -1, [[1, 2, 3], 1]],
  ]);
});

describe("writing by an index that depends on the data", () => {
  const inside = (i, n) => wrap(i, n) || 0;
  run([
    [
      "an element",
      (x, y) => {
        const a = [1, 2, 3];
        a[inside(x, 3)] = y;
        return a;
      },
      [1, 1],
    ],
    [
      "counting",
      (x, y) => {
        const bins = [0, 0, 0, 0];
        bins[inside(x, 4)] += y;
        bins[inside(y, 4)]++;
        return bins;
      },
      [1, 1],
    ],
    [
      "a typed array, outside of it too",
      (x, y) => {
        const a = new Float32Array(3);
        a[x] = y;
        return [a[0], a[1], a[2]];
      },
      [1, 1],
    ],
    [
      "in a branch",
      (x, y) => {
        const a = [1, 2];
        if (y > 0) a[x & 1] = y;
        return a;
      },
      [1, 1],
    ],
    [
      "by a pattern",
      (x, y) => {
        const a = [1, 2];
        [a[x & 1], a[y & 1]] = [x, y];
        return a;
      },
      [1, 1],
    ],
    [
      "a read after a write",
      (x, y) => {
        const a = [1, 2, 3, 4];
        a[x & 3] = y;
        return a[y & 3] * 1;
      },
      [1, 1],
    ],
    [
      "a row as a whole",
      (x, y) => {
        const a = [
          [1, 2],
          [3, 4],
        ];
        a[x & 1] = [y, y];
        return a[0][1] + a[1][0];
      },
      [1, 1],
    ],
  ]);
});

describe("derivatives", () => {
  const noise = (x) => {
    const i = Math.floor(x);
    const t = x - i;
    const [a, b] = [table[i & 7], table[(i + 1) & 7]];
    return a + t * t * (3 - 2 * t) * (b - a);
  };
  const slope = (x) => {
    const i = Math.floor(x);
    const t = x - i;
    return 6 * t * (1 - t) * (table[(i + 1) & 7] - table[i & 7]);
  };

  test.each(["compiled", "interpreted"])("go through the fractional part, one point and in a batch (%s)", (engine) => {
    const xs = Float64Array.from({ length: 1001 }, (_, i) => i / 17 - 20);
    const f = derivative(noise, { engine });
    const { value, derivative: slopes } = f.batch([xs]);
    xs.forEach((x, i) => {
      expect(value[i]).toBe(noise(x));
      expect(slopes[i]).toBeCloseTo(slope(x), 12);
      if (i % 50 === 0) expect(f(x)).toEqual({ value: value[i], derivative: slopes[i] });
    });
    expect(jvp(noise, { engine })([2.25], [3]).tangent).toBeCloseTo(3 * slope(2.25), 12);
  });

  test("no lane hears from an index that it does not take", () => {
    const f = gradient((x) => (x >= 0 && x < 7 ? table[Math.floor(x)] * x ** 2 + Math.sqrt(table[Math.floor(x)] - 1) * x : x));
    expect(f(-3).gradient).toEqual([1]);
    expect(f(1e9).gradient).toEqual([1]);
    expect(f(2.5).gradient[0]).toBeCloseTo(4 * 2 * 2.5 + Math.sqrt(3), 12);
    expect(f.batch([Float64Array.of(-3, 2.5, 100, 8)]).gradient[0].map((g) => Math.round(g * 100))).toEqual(
      Float64Array.of(100, 2173, 100, 100),
    );
  });

  test("an index shared by all points, and one given alone", () => {
    for (const engine of ["compiled", "interpreted"]) {
      const f = gradient((i, x) => table[i] * x * rows[i][2], { engine });
      const {
        value,
        gradient: [di, dx],
      } = f.batch([5, Float64Array.of(1, 2, 3)]);
      expect([...value]).toEqual([9 * 1 * 0.2, 9 * 2 * 0.2, 9 * 3 * 0.2]);
      expect([...di, ...dx]).toEqual([0, 0, 0, 9 * 0.2, 9 * 0.2, 9 * 0.2]);
      expect([...evaluate((i) => table[i] + 0, { engine }).batch([Float64Array.of(0, 1, 8, -1, 2.5)]).value]).toEqual([
        3,
        1,
        NaN,
        NaN,
        NaN,
      ]);
    }
  });
});

test("tables are what they were when the function was handed over, and one for equal contents", () => {
  const t = [1, 2];
  const f = evaluate((x) => t[x & 1] + [1, 2][x & 1]);
  t[0] = 100;
  expect(f(0).value).toBe(2);
  expect(traceOf((x) => [table[x & 7], table[(x + 1) & 7], [...table][x]], [1]).graph.tables.length).toBe(1);
});

test("many functions with tables", () => {
  const fs = Array.from({ length: 300 }, (_, k) => {
    const own = [k, k + 1];
    return evaluate((x) => own[x & 1] + table[x]);
  });
  fs.forEach((f, k) => expect([f(1).value, f(0).value]).toEqual([k + 2, k + 3]));
  fs.forEach((f, k) => expect([...f.batch([Float64Array.of(0, 1)]).value]).toEqual([k + 3, k + 2]));
});

test("a large table", () => {
  const large = Array.from({ length: 200_000 }, (_, i) => i / 3);
  const f = evaluate((x) => large[x] + large[x - 1]);
  expect(f(199_999).value).toBe(199_999 / 3 + 199_998 / 3);
  expect([...f.batch([Float64Array.of(1, 200_000)]).value]).toEqual([1 / 3, NaN]);
});

describe("long arrays in loops stay loops over memory", () => {
  const observed = Array.from({ length: 3000 }, (_, i) => 2 + Math.sin(i * 0.3));
  const times = Float64Array.from(observed, (_, i) => i / 100);
  const records = observed.map((y, i) => ({ t: times[i], y }));
  const pairs = observed.map((y, i) => [times[i], y]);
  const residual = (y, t, a, b) => (y - a * Math.exp(-b * t)) ** 2;

  test.each([
    [
      "for",
      (a, b) => {
        let sum = 0;
        for (let i = 0; i < observed.length; i++) sum += residual(observed[i], times[i], a, b);
        return sum;
      },
    ],
    [
      "for of",
      (a, b) => {
        let sum = 0;
        for (const y of observed) sum += residual(y, 1, a, b);
        return sum;
      },
    ],
    [
      "for of entries, with continue and break",
      (a, b) => {
        let sum = 0;
        for (const [i, y] of observed.entries()) {
          if (y > 2.5) continue;
          if (i > 2000) break;
          sum += residual(y, times[i], a, b);
        }
        return sum;
      },
    ],
    [
      "for of records",
      (a, b) => {
        let sum = 0;
        for (const { t, y } of records) sum += residual(y, t, a, b);
        return sum;
      },
    ],
    [
      "for of rows",
      (a, b) => {
        let sum = 0;
        for (const [t, y] of pairs) sum += residual(y, t, a, b);
        return sum;
      },
    ],
    [
      "forEach",
      (a, b) => {
        let sum = 0;
        observed.forEach((y, i) => {
          sum += residual(y, times[i], a, b);
        });
        return sum;
      },
    ],
    ["reduce", (a, b) => observed.reduce((sum, y, i) => sum + residual(y, times[i], a, b), 0)],
    ["reduceRight from the last", (a, b) => observed.reduceRight((sum, y, i) => sum * 0.5 + residual(y, times[i], a, b))],
  ])("%s", (_, fn) => {
    const [a, b, h] = [1.9, 0.05, 1e-5];
    for (const engine of ["compiled", "interpreted"]) {
      const f = gradient(fn, { engine });
      const { value, gradient: slopes } = f(a, b);
      expect(Math.abs(value / fn(a, b) - 1)).toBeLessThan(1e-13);
      const wanted = [(fn(a + h, b) - fn(a - h, b)) / (2 * h), (fn(a, b + h) - fn(a, b - h)) / (2 * h)];
      slopes.forEach((slope, i) => expect(Math.abs(slope / wanted[i] - 1)).toBeLessThan(1e-5));
      const batch = f.batch([Float64Array.of(a, 1), Float64Array.of(b, 0.1)]);
      expect([batch.value[0], batch.gradient[0][0], batch.gradient[1][0]]).toEqual([value, ...slopes]);
      expect(f.report.operations).toBeLessThan(200);
    }
  });

  test("a long loop over elements that depend on the data is unrolled", () => {
    const energy = (v) => {
      let sum = 0;
      for (let i = 0; i < v.length; i++) for (let j = 0; j < i; j++) sum += 1 / Math.hypot(v[i] - v[j], 0.1) + Math.sin(v[i] * v[j]);
      return sum;
    };
    const v = Array.from({ length: 24 }, (_, i) => Math.sin(i));
    const f = evaluate(energy, { shape: [v] });
    expect(f(v).value).toBeCloseTo(energy(v), 9);
    f.batch([v.map((x) => Float64Array.of(x))]);
    expect(f.report.segments).not.toContain("loop");
  });
});

test("a long loop that a table ends", () => {
  const sentinel = Float64Array.from({ length: 700 }, (_, i) => (i === 600 ? -1 : Math.cos(i) + 2));
  expectSame(
    (x) => {
      let sum = 0;
      for (let i = 0; sentinel[i] >= 0; i++) sum += sentinel[i] * x + Math.sqrt(sentinel[i] + x * x) - Math.sin(x);
      return sum;
    },
    [1],
  );
});
