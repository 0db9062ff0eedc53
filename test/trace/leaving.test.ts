// @ts-nocheck The functions are plain JavaScript.
import { describe, expect, test } from "vitest";
import { evaluate, jacobian } from "../../src/index.ts";
import { expectSame, traceOf } from "../support/trace.ts";

const points = [[0.2], [1.5], [2], [3.2], [4.7], [-1], [Number.NaN]];

/** [what it shows, function] */
const loops: [string, (x: number) => unknown][] = [
  [
    "a variable, by break",
    (x) => {
      let found = x;
      for (let i = 0; i < x; i++) {
        if (i * x > 2) {
          found = 10 * x + i;
          break;
        }
      }
      return found;
    },
  ],
  [
    "a variable that had no value",
    (x) => {
      let found;
      let i = 0;
      while (i < x) {
        i++;
        if (i > x / 2) {
          found = i * x;
          break;
        }
      }
      return found ?? -x;
    },
  ],
  [
    "one of two variables in each of two places",
    (x) => {
      let [p, q] = [1, 2];
      for (let i = 0; i < x; i++) {
        if (i > 2) {
          p = 10 * x;
          if (x > 4) {
            q = 7 * x;
            break;
          }
          q = 5;
          break;
        }
        if (i * x > 3) {
          q = x;
          break;
        }
      }
      return [p, q];
    },
  ],
  [
    "elements, members and whole arrays",
    (x) => {
      const v = [0, 0];
      const o = { a: 1 };
      let w = [1, 2];
      for (let i = 0; i < x; i++) {
        if (i > 1) {
          v[1] = x;
          o.a = i * x;
          w = [i, x * x];
          break;
        }
      }
      return [...v, o.a, ...w];
    },
  ],
  [
    "a flag",
    (x) => {
      let isFound = false;
      for (let i = 0; i < x; i++) {
        if (i > 1) {
          isFound = true;
          break;
        }
      }
      return isFound ? x * x : x;
    },
  ],
  [
    "out of an inner loop by labels",
    (x) => {
      let [p, q, r] = [x, 1, 0];
      outer: for (let i = 0; i < x; i++) {
        for (let j = 0; j < x; j++) {
          if (i + j > 5) {
            p = 10 * x + j;
            break outer;
          }
          if (j > 3) {
            r = r + j * x;
            continue outer;
          }
          if (j > i) {
            q = q + x * j;
            break;
          }
        }
      }
      return [p, q, r];
    },
  ],
  [
    "what is outside the function that returns",
    (x) => {
      let p = x;
      const find = () => {
        for (let i = 0; i < x; i++) {
          if (i > 1) {
            p = 10 * x;
            return i;
          }
        }
        return 7;
      };
      return find() + p;
    },
  ],
  [
    "by throw",
    (x) => {
      let p = x;
      try {
        for (let i = 0; i < x; i++) {
          if (i > 1) {
            p = 10 * x;
            throw new RangeError("far");
          }
        }
        p = 3;
      } catch {
        p += 2;
      }
      return p;
    },
  ],
];

describe("what turns change only where they leave a loop on data", () => {
  test.each(loops)("%s", (_, fn) => {
    expectSame(fn, [1], { points });
    for (const engine of ["compiled", "interpreted"]) {
      const f = evaluate(fn, { engine, shape: [1] });
      expect(f(3.2).value).toEqual(fn(3.2));
      expect(f(0.2).value).toEqual(fn(0.2));
    }
  });
  test("has its derivative", () => {
    expect(jacobian(loops[0][1])(3.2)).toEqual({ value: 33, jacobian: [10] });
    expect(jacobian(loops[3][1])(3.2).jacobian).toEqual([[0], [1], [2], [0], [6.4]]);
  });
});

describe("after an early end, it is known what its condition was not", () => {
  const choice = (x) => (x > 2 ? { x: 3 * x } : x);
  test.each([
    (x) => {
      const v = choice(x);
      if (x > 2) return v.x;
      return Math.abs(v);
    },
    (x) => {
      const v = choice(x);
      if (v instanceof Object) return v.x;
      return Math.sqrt(v * v) + 1;
    },
    (x) => {
      const v = choice(x);
      if (typeof v === "number") return Math.exp(v);
      return v.x;
    },
    (x) => {
      const v = choice(x);
      if (!(x > 2)) throw new RangeError("small");
      return v.x;
    },
    (x) => {
      let s = 0;
      for (const t of [x, x + 1, x - 1]) {
        const v = choice(t);
        if (typeof v === "object") continue;
        s += Math.sin(v);
      }
      return s;
    },
  ])("%s", (fn) => expectSame(fn, [1], { points }));
  test("and that ends where the points come together again", () => {
    const fn = (x) => {
      const inner = () => {
        if (x > 2) return 1;
        return 2;
      };
      return inner() * (x > 2 ? x : -x);
    };
    expectSame(fn, [1], { points });
    const turns = (x) => {
      let s = 0;
      for (let i = 0; i < 3; i++) {
        if (x > i) continue;
        s += i;
      }
      return s + (x > 0 ? x : 1);
    };
    expectSame(turns, [1], { points });
  });
  test("a condition that is asked again is no choice any more", () => {
    const again = traceOf((x) => {
      if (x < 0) return 0;
      return x < 0 ? Math.log(x) : Math.sqrt(x);
    });
    expect(again.graph.nodes.some(({ op }) => op === "log")).toBe(false);
  });
});

test("a number is no instance of Object, whatever it depends on", () => {
  expectSame((x) => (x instanceof Object ? 5 : 3 * x), [1], { points });
  expectSame((x) => (2 * x instanceof Object ? 5 : 3 * x), [1], { points });
  expectSame((v) => (v instanceof Object ? 5 * v[0] : 3), [[1]], { points });
});

describe("an argument beside an object", () => {
  test.each([
    (x) => {
      const v = x > 2 ? { a: 1 } : x;
      return x > 2 ? 5 : v;
    },
    (x) => {
      const v = isNaN(x) ? { a: 1 } : x;
      return typeof v === "object" ? -1 : v;
    },
  ])("%s", (fn) => {
    expectSame(fn, [1], { points });
    expect(evaluate(fn)(1.5).value).toBe(1.5);
  });
});

describe("what a turn makes keeps what the turn writes to it after some points have left", () => {
  test.each([
    (x) => {
      let v = [x, 2];
      for (let i = 0; i < 3 && 0 < x; i++) {
        v = [0, x];
        if (x < -1) break;
        v[1] += v[0] + i;
      }
      return v[1];
    },
    (x) => {
      let v = [x, 2];
      for (let i = 0; i < 1 && 0 < x; i++) {
        v = [0, x];
        if (x > 4) return 3;
        v[1] += 7 * x;
      }
      return v[1];
    },
    (x) => {
      let v = { p: x };
      for (let i = 0; i < 3 && i < x; i++) {
        const w = { p: 2 * x };
        if (x > 3) {
          v = w;
          break;
        }
        w.p += i + 1;
        v = w;
      }
      return v.p;
    },
    (x) => {
      let v = { p: x };
      let s = 0;
      outer: for (let i = 0; i < 3 && i < x; i++) {
        for (let j = 0; j < 2 && j < x; j++) {
          v = { p: 2 * x };
          if (x > 3) continue outer;
          v.p += i + 1;
          s += v.p;
        }
      }
      return v.p + s;
    },
  ])("%s", (fn) => expectSame(fn, [1], { points }));
});
