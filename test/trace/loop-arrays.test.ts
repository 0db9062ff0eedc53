import { describe, expect, test } from "vitest";
import { jacobian } from "../../src/index.ts";
import { describeFamilies, type Families, type Fn } from "../support/loop-families.ts";
import { errorOf, expectSame } from "../support/trace.ts";

const families: Families = {
  "a path by the next index": {
    make: (n) => (y0: number, k: number) => {
      const y = [y0];
      for (let i = 0; i < n; i++) y[i + 1] = y[i]! - (k / n) * y[i]! * y[i]!;
      return y[n]! + y[n >> 1]! * y.length;
    },
    at: [2, 0.7],
  },
  "an array without elements, filled from its ends": {
    make: (n) => (a: number, b: number) => {
      const y = new Array(n + 2);
      y[0] = a;
      y[n + 1] = b;
      for (let i = 1; i <= n; i++) y[i] = 0.5 * y[i - 1] + b / (1 + i);
      let sum = 0;
      for (const each of y) sum += each * each;
      return sum + y.reduce((s, each) => s + each, 0);
    },
    at: [1.5, 0.25],
  },
  "pushes, and the last element": {
    make: (n) => (a: number, b: number) => {
      const seq = [a, b];
      for (let i = 2; i < n; i++) seq.push(0.5 * seq[i - 1]! + 0.49 * seq[seq.length - 2]!);
      return seq[seq.length - 1]! + seq.at(-3)! * seq.length;
    },
    at: [1, 2],
  },
  "two pushes a turn": {
    make: (n) => (a: number, b: number) => {
      const out: number[] = [];
      let s = a;
      for (let i = 0; i < n; i++) {
        s = s * 0.75 + b;
        out.push(s, s * s);
      }
      return out[2 * n - 1]! + out[n]! + out.length;
    },
    at: [3, 0.5],
  },
  "prefix sums in a typed array": {
    make: (n) => (a: number, b: number) => {
      const total = new Float64Array(n);
      for (let i = 0; i < n; i++) total[i] = (i > 0 ? total[i - 1]! : b) + a / (1 + i);
      let sum = 0;
      for (let i = n - 1; i >= 0; i -= 2) sum += total[i]! * b;
      return sum;
    },
    at: [0.5, 1.25],
  },
  "Thomas' algorithm": {
    make: (n) => (r: number, left: number) => {
      const [c, d, x] = [new Array(n), new Array(n), new Float64Array(n)];
      c[0] = -r / (1 + 2 * r);
      d[0] = left / (1 + 2 * r);
      for (let i = 1; i < n; i++) {
        const m = 1 + 2 * r + r * c[i - 1];
        c[i] = -r / m;
        d[i] = (1 / (1 + i) + r * d[i - 1]) / m;
      }
      x[n - 1] = d[n - 1];
      for (let i = n - 2; i >= 0; i--) x[i] = d[i] - c[i] * x[i + 1]!;
      return x[1]! + x[n >> 1]!;
    },
    at: [0.4, 1.5],
  },
  "an American put on a binomial tree": {
    make: (n) => (S: number, K: number, u: number, p: number) => {
      const [m, d] = [Math.ceil(Math.sqrt(n)), 1 / u];
      const v = new Array(m + 1).fill(0);
      const s = new Float64Array(m + 1);
      s[0] = S;
      for (let i = 0; i < m; i++) s[0]! *= d;
      for (let i = 1; i <= m; i++) s[i] = s[i - 1]! * u * u;
      for (let i = 0; i <= m; i++) v[i] = Math.max(0, K - s[i]!);
      for (let step = m - 1; step >= 0; step--) {
        for (let j = 0; j <= step; j++) {
          s[j] = s[j]! * u;
          v[j] = Math.max(0.999 * (p * v[j + 1] + (1 - p) * v[j]), K - s[j]!);
        }
      }
      return v[0];
    },
    isSquare: true,
    at: [100, 105, 1.02, 0.51],
  },
  "rows of a dynamic program": {
    make: (n) => (a: number, b: number) => {
      const m = Math.ceil(Math.sqrt(n));
      let row = new Float64Array(m + 1);
      for (let j = 0; j <= m; j++) row[j] = j * a;
      for (let i = 1; i <= m; i++) {
        const next = new Float64Array(m + 1);
        next[0] = i * a;
        for (let j = 1; j <= m; j++) next[j] = Math.min(row[j]! + a, next[j - 1]! + a, row[j - 1]! + b / (1 + ((i * 7 + j * 5) % 11)));
        row = next;
      }
      return row[m]!;
    },
    isSquare: true,
    at: [0.9, 1.75],
  },
  "rows that are exchanged": {
    make: (n) => (d: number, left: number) => {
      const m = Math.ceil(Math.sqrt(n)) + 8;
      let [u, next] = [new Array(m).fill(0), new Array(m).fill(0)];
      u[0] = next[0] = left;
      for (let t = 0; t < m; t++) {
        for (let i = 1; i < m - 1; i++) next[i] = u[i] + d * (u[i - 1] - 2 * u[i] + u[i + 1]);
        [u, next] = [next, u];
      }
      return u[1] + u[4] * u[2];
    },
    isSquare: true,
    at: [0.2, 1.5],
  },
  "writes on some points alone": {
    make: (n) => (a: number, b: number) => {
      const y = new Float64Array(n);
      let s = a;
      for (let i = 0; i < n; i++) {
        s = s * 0.875 + b;
        if (s > 4) y[i] = s;
        else {
          y[i]! += 1;
          if (i > 5) y[i - 1]! *= a;
        }
      }
      let sum = 0;
      for (let i = 0; i < n; i++) sum += y[i]! / (1 + i);
      return sum;
    },
    at: [1, 0.52],
  },
  "a loop that points leave early": {
    make: (n) => (a: number, b: number) => {
      const y = new Float64Array(n + 1);
      y[0] = a;
      let last = 0;
      for (let i = 0; i < n; i++) {
        y[i + 1] = y[i]! * b + 0.25;
        last = i;
        if (y[i + 1]! > 9) break;
      }
      return y[last]! + y[last + 1]! + (y[n - 1] ?? 0);
    },
    at: [1, 1.002],
  },
  "functions, objects and closures that know of the array": {
    make: (n) => (a: number, b: number) => {
      const state = { path: [a], speed: b };
      const step = (s: typeof state, i: number) => {
        s.speed -= (0.5 * s.path[i]!) / n;
        s.path[i + 1] = s.path[i]! + s.speed / n;
      };
      for (let i = 0; i < n; i++) step(state, i);
      return state.path[n]! + state.path.length * state.speed;
    },
    at: [1, 0.5],
  },
  "what stands behind the end is undefined": {
    make: (n) => (a: number, b: number) => {
      const y = new Array(n).fill(a);
      let s = 0;
      for (let i = 0; i < n; i++) {
        y[i] = (y[i + 1] ?? b) + y[i] * 0.5;
        s += y[i - 1] === undefined ? 1 : y[i];
      }
      return s + y[n - 1];
    },
    at: [1.5, 0.75],
  },
};

describeFamilies(families);

test("a whole path as result", () => {
  const path = (a: number, b: number) => {
    const out = [];
    let y = a;
    for (let i = 0; i < 600; i++) {
      y += 1e-2 * b * (1 - y);
      out.push(y);
    }
    return out;
  };
  const { value, jacobian: rows } = jacobian(path)(0.25, 0.5);
  expect(value).toEqual(path(0.25, 0.5));
  // 1 − (1 − a)(1 − b/100)^(i + 1)
  for (const i of [0, 100, 599]) {
    expect(rows[i]![0]).toBeCloseTo(0.995 ** (i + 1), 11);
    expect(rows[i]![1]).toBeCloseTo(0.75 * (i + 1) * 0.01 * 0.995 ** i, 11);
  }
});

describe("unrolled as before", () => {
  const same = (fn: Fn, at: readonly number[], scope?: Record<string, unknown>) => expectSame(fn, at, { points: [at], scope });
  test("where it depends on the data what is written where", () => {
    same(
      (a: number) => {
        const bins = new Array(12).fill(0);
        for (let i = 0; i < 300; i++) bins[i % 12] += Math.abs(a * i) / (1 + i);
        return bins[3] + bins[11];
      },
      [0.3],
    );
  });
  test("where an array grows by turns that not all points make", () => {
    same(
      (a: number) => {
        const out: number[] = [];
        for (let i = 0; i < 400; i++) if (i % 3 === 0) out.push(a * i);
        return out.length + out.at(-1)!;
      },
      [0.3],
    );
  });
  test("where a loop takes elements away", () => {
    same(
      (a: number) => {
        const stack = [a];
        for (let i = 0; i < 300; i++) {
          stack.push(i * a, i + a);
          stack.push(stack.pop()! * stack.pop()!);
        }
        return stack.length + stack.at(-1)!;
      },
      [0.3],
    );
  });
});

test("an index that no array has is not written to", () => {
  const f = (a: number) => {
    const y = new Float64Array(40);
    for (let i = -30; i < 900; i++) y[i] = a + i;
    return y[0]! + y[39]!;
  };
  expectSame(f, [0.5], { points: [[0.5]] });
});

test("a loop on data over a long array", () => {
  const f = (a: number, tolerance: number) => {
    const y = new Float64Array(200);
    let i = 0;
    let x = a;
    while (Math.abs(x) > tolerance && i < 150) {
      x *= 0.75;
      y[i] = x;
      i++;
    }
    return y[i - 1]! + y[3]! + i;
  };
  expectSame(f, [3, 1e-3], {
    points: [
      [3, 1e-3],
      [1, 0.5],
      [100, 1e-9],
    ],
  });
});

test("a plain array that a loop on data makes longer is refused", () => {
  const f = (a: number) => {
    const y = new Array(70).fill(0);
    for (let i = 0; i < a; i++) y[i] = a * i;
    return y[2];
  };
  expect(errorOf(f, [3]).code).toBe("loop-on-data");
});
