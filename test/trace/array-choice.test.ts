import { describe, expect, test } from "vitest";
import { expectSame, traceOf } from "../support/trace.ts";

type Fn = (...args: any[]) => unknown;

const turnOf = (k: number, change: string) => `if (x * ${k + 1} > y) { ${change} } y = y * 0.5 + x;`;
/** A function with `change` under `turns` conditions, which can't be a loop. */
const repeated = (turns: number, start: string, change: string, result: string): Fn =>
  new Function(`return (x, y) => { ${start} ${Array.from({ length: turns }, (_, k) => turnOf(k, change)).join(" ")} return ${result}; }`)();

describe("what is replaced on some points only, again and again, grows by as much every time", () => {
  const point = "class Point { constructor(a, b) { this.a = a; this.b = b; } plus(t) { return new Point(this.a + t, this.b * t); } }";
  test.each([
    ["mapped", "let v = [x, 2, y];", "v = v.map((t, i) => t - i * x).reverse();", "v"],
    ["a slice", "let v = [x, 2, y];", "v = v.slice(1).concat(v[0] * y);", "v"],
    ["spread", "let v = [x, 2, y];", "v = [...v.slice(1), v[0] * y];", "v"],
    ["typed", "let v = Float64Array.of(x, 2, y);", "v = v.map((t) => t * x);", "[...v]"],
    ["rows", "let v = [[x, 2], [y, 1]];", "v = v.map((row, i) => row.map((t) => t * x + i));", "v"],
    ["by another function", "let v = [x, 2, y]; const scale = (w, k) => w.map((t) => t * k);", "v = scale(v, y);", "v"],
    ["an element's array", "const o = { v: [x, 2, y] };", "o.v = o.v.map((t) => t * y);", "o"],
    ["records", "let v = [{ p: x, q: 1 }, { p: y, q: 2 }];", "v = v.map((o) => ({ ...o, p: o.p * o.q }));", "v"],
    ["an object", "let o = { p: x, q: 1 };", "o = { ...o, p: o.p * y + o.q };", "o"],
    ["an instance", `${point} let p = new Point(x, y);`, "p = p.plus(y);", "[p.a, p.b]"],
  ])("%s", (_, start, change, result) => {
    expectSame(repeated(6, start, change, result), [1, 2]);
    const [ten, twenty, thirty] = [10, 20, 30].map((turns) => traceOf(repeated(turns, start, change, result), [1, 2]).graph.nodes.length);
    expect(thirty! - twenty!).toBe(twenty! - ten!);
    expect(thirty).toBeLessThan(1000);
  });

  test("in a helper that turns of a loop call", () => {
    const f = (x: number, y: number) => {
      let a = x;
      let v = [x, 2, y];
      const o = { p: 1, q: { r: x } };
      const helper = (s: number, t = s) => {
        v = v.map((t, i) => t - i * a).reverse();
        return s - t;
      };
      for (let i = 6; i--; ) {
        a += i;
        o.q.r = ((x < 0 && 0) || o.q.r) < 0 ? 0 : helper(0, x);
      }
      a = helper(0, x);
      return [a, y, ...v];
    };
    expectSame(f, [1, 2]);
  });
});

describe("a choice of arrays", () => {
  test.each<[string, Fn]>([
    [
      "a callback gets the array itself",
      (x, y) => {
        const [u, v] = [
          [x, 1],
          [y, 2],
        ];
        const list = x > y ? u : v;
        const seen = list.map((t: number, _: number, all: number[]) => (all === u ? t : -t) + (all === list ? 10 : 0));
        list.forEach((_: number, i: number, all: number[]) => {
          all[i]! *= 3;
        });
        const last = list.reduce((s: number[], _: number, __: number, all: number[]) => (s === all ? s : all), list);
        return [...seen, ...u, ...v, last === u ? 1 : 2];
      },
    ],
    [
      "a callback changes what is still to be gone through",
      (x, y) => {
        const [u, v] = [
          [x, 1, y],
          [y, 2, 3],
        ];
        const list = x > 0 ? u : v;
        const made = list.map((t, i) => {
          u[2]! += 1;
          list[i + 1 < 3 ? i + 1 : 0]! *= 2;
          return t;
        });
        return [...made, ...u, ...v];
      },
    ],
    [
      "a test changes what it is asked about",
      (x, y) => {
        const [u, v] = [
          [x, 1, y],
          [y, 2, 3],
        ];
        const list = x > 0 ? u : v;
        const kept = list.filter((t, i) => {
          list[i] = t * 2;
          list[2]! += t;
          return i > 0;
        });
        return [...kept, list.find((_, i) => ++list[i]! > y) ?? 9, ...u, ...v];
      },
    ],
    [
      "a callback puts another array in its place",
      (x, y) => {
        let v = [x, 1, y];
        if (y > 0) v = [y, x, 3];
        const made = v.map((t, i) => {
          if (t > i) v = v.map((s) => s + 1);
          return t * v[0]!;
        });
        return [...made, ...v];
      },
    ],
    [
      "what a method makes is nobody else's",
      (x, y) => {
        const [u, v] = [
          [x, 1],
          [y, 2],
        ];
        const list = x > y ? u : v;
        const made = [list.slice(), list.concat(), list.map((t) => t), list.filter(() => true), list.toReversed?.() ?? [...list].reverse()];
        for (const array of made) array[0]! += 5;
        return [...u, ...v, ...made.flat(), made[0] === list ? 1 : 0, made[1] === made[0] ? 1 : 0];
      },
    ],
    [
      "what changes the array gives it back",
      (x, y) => {
        const [u, v] = [
          [x, 1, 4],
          [y, 2, 3],
        ];
        const list = x > y ? u : v;
        const same = list.reverse();
        same[0] = 7;
        const filled = (y > 0 ? u : v).fill(x, 2);
        return [...u, ...v, same === list ? 1 : 0, filled === u ? 1 : 0, filled === list ? 1 : 0];
      },
    ],
    [
      "of different lengths",
      (x, y) => {
        const list = x > y ? [x, 1] : [y, 2, x];
        return [list.reduce((s, t) => s * 2 + t, 0), list.includes(2) ? 1 : 0, list.map((t) => t * 2).at(-1), list.indexOf(2)];
      },
    ],
    [
      "with holes",
      (x, y) => {
        const sparse: number[] = new Array(3);
        sparse[1] = x;
        const list = x > y ? sparse : [y, 2, x];
        let count = 0;
        list.forEach(() => count++);
        return [count, list.reduce((s, t) => s + t, 0)];
      },
    ],
    [
      "with members, or methods, of its own",
      (x, y) => {
        const u: any = [x, 1];
        u.scale = 3;
        u.map = () => [7, 8];
        const list = x > y ? u : [y, 2];
        return [...list.map((t: number) => t + 1), list.scale ?? 0, ...list.slice()];
      },
    ],
    [
      "of arrays and what is none",
      (x, y) => {
        const own = { map: (f: (t: number) => number) => [f(x), 5], length: 2 };
        const list: any = x > y ? own : [y, 2];
        return list.map((t: number) => t * 2);
      },
    ],
    [
      "of tables",
      (x, y) => {
        const [low, high] = [
          [1, 2, 3, 5],
          [8, 9, 10, 11],
        ];
        const table = x > 0 ? low : high;
        const i = Math.max(0, Math.min(3, Math.floor(y)));
        return [table[i]! * 1, table.at(i - 4)! * 1, table.slice(1)[0], table.indexOf(9)];
      },
    ],
    [
      "iterators",
      (x, y) => {
        const [u, v] = [
          [x, 1, 4],
          [y, 2, 3],
        ];
        const list = x > y ? u : v;
        const values = list.values();
        let s = values.next().value!;
        u[1] = 10;
        for (const t of values) s = s * 2 + t;
        for (const [i, t] of list.entries()) s += i * t;
        for (const i of list.keys()) s += i;
        return s;
      },
    ],
    [
      "-0 is not 0",
      (x, y) => {
        const a: any = x > 0 ? [x] : 0;
        const b: any = y > 0 ? (y > 1 ? [y] : -0) : a;
        return [typeof b === "number" ? 1 / b : 3, typeof a === "number" ? 1 / a : 4];
      },
    ],
  ])("%s", (_, f) => expectSame(f, [1, 2]));

  test("of long tables is gone through as a loop over memory", () => {
    const tables = [0, 1].map((k) => Array.from({ length: 1000 }, (_, i) => Math.sin(i + k)));
    const f = (x: number, y: number) => (x > y ? tables[0]! : tables[1]!).reduce((s, t) => s * 0.5 + t * x, 0);
    expectSame(f, [1, 2], { scope: { tables } });
    expect(traceOf(f, [1, 2], { tables }).graph.nodes.length).toBeLessThan(200);
  });
});
