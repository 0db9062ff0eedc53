import { describe, expect, test } from "vitest";
import { errorOf, expectSame, traceOf } from "../support/trace.ts";

type Fn = (...args: any[]) => unknown;

describe("arrays whose length is changed where they are one of several", () => {
  test.each<[string, Fn]>([
    [
      "push, after a loop on data that replaces it",
      (x, y) => {
        let v = [x, 2, y];
        for (let a = x; a < 3 && a > -20; a += 1) v = [v[1]!, v[2]!, a];
        v.push(5);
        return [...v, v.length];
      },
    ],
    [
      "push, pop, shift, unshift and splice, where it is replaced on some points",
      (x, y) => {
        let v = [x, 2, y];
        if (x > y) v = v.map((t) => t + 1);
        v.push(5, x);
        const last = v.pop();
        const first = v.shift();
        v.unshift(7, 8);
        const [out] = v.splice(1, 1);
        return [...v, last, first, out, v.length, v.at(-1), v[4] === undefined ? 1 : 0];
      },
    ],
    [
      "elements behind the end, and a length that is set",
      (x, y) => {
        let v = [x, 2, y];
        if (x > y) v = [y, x, 1];
        v[3] = x * y;
        const sum = v.reduce((s, t) => s + t, 0);
        v.length = 2;
        return [sum, ...v];
      },
    ],
    [
      "under conditions that say how many there are",
      (x, y) => {
        const v = [x];
        if (x > y) v.push(y, 3);
        let s = 0;
        if (x > y) for (const t of v) s = s * 2 + t;
        else s = v.length;
        if (x > y) v.pop();
        else v.push(4);
        return [s, ...v, v.length];
      },
    ],
    [
      "of an array that others know",
      (x, y) => {
        const u = [x, 2];
        const v = x > y ? u : [y, 1];
        v.push(5);
        return [...v, v.length, u[0], u[2] === undefined ? 1 : 0, x > y ? u.length : 0];
      },
    ],
    [
      "of one of three, again and again",
      (x, y) => {
        let v = [x];
        if (x > 0) v = [y];
        if (y > 0) v = [x + y];
        v.push(1);
        if (x > 1) v = v.map((t) => t * 2);
        v.push(2);
        v.pop();
        v.push(y);
        return v;
      },
    ],
    [
      "in what is left early",
      (x, y) => {
        const grow = (v: number[]) => {
          if (x > 0) return v;
          v.push(y);
          if (y > 0) return v;
          v.push(x);
          return v;
        };
        const v = grow([1]);
        return x > 0 ? v.length : y > 0 ? v[1]! + v.length : v[2]! + v.length;
      },
    ],
    [
      "rows",
      (x, y) => {
        let rows = [[x], [2]];
        if (x > y) rows = [[y], [3]];
        for (const row of rows) row.push(x * y);
        rows.push([1, 2]);
        return rows;
      },
    ],
    [
      "a member of an object that is called length",
      (x, y) => {
        const o = { length: 1 };
        if (x > y) o.length = 2;
        return o.length * x;
      },
    ],
    [
      "changed back",
      (x, y) => {
        const v = [x, y];
        if (x > y) v.push(1);
        if (x > y) v.length = 2;
        return v;
      },
    ],
    [
      "a loop on data over one of several",
      (x, y) => {
        let v = [x, y];
        if (x > y) v = [y, 1];
        v.push(2);
        let s = 0;
        for (let t = x; t > 0.5 && t < 100; t *= 0.5) {
          s += v[2]! * t;
          v = [v[2]!, v[0]!, t];
        }
        return [s, ...v];
      },
    ],
  ])("%s", (_, f) => expectSame(f, [1, 2]));

  test.each<[string, Fn]>([
    [
      "its length",
      (x, y) => {
        const v = [x];
        if (x > y) v.push(1);
        return v.length;
      },
    ],
    [
      "its elements",
      (x, y) => {
        const v = [x];
        if (x > y) v.push(1);
        return v;
      },
    ],
    [
      "a longer one",
      (x, y) => {
        const v = [x];
        if (x > y) v.push(1);
        v.push(2);
        return v[0];
      },
    ],
  ])("refused where it is used while it depends on the data: %s", (_, f) => {
    const { code, message } = errorOf(f, [1, 2]);
    expect(code).toBe("shape-on-data");
    expect(message).toMatch(/An array has (2 or 1|1 or 2) elements after this/);
  });

  test("not refused where it is not used", () => {
    expect(
      traceOf(
        (x: number) => {
          const v = [x];
          if (x > 0) v.push(1);
          return v[0]! + (v[1] ?? 7);
        },
        [1],
      ).leafCount,
    ).toBe(1);
  });
});
