import { describe, expect, test } from "vitest";
import { gradient, jacobian } from "../../src/index.ts";
import { describeFamilies, type Families, type Fn } from "../support/loop-families.ts";
import { expectSame, traceOf } from "../support/trace.ts";

const root = (n: number) => Math.ceil(Math.sqrt(n)) + 3;

const families: Families = {
  "a trajectory of arrays": {
    make: (n) => (x0: number, v0: number) => {
      let [x, v] = [x0, v0];
      const trajectory = [];
      for (let i = 0; i < n; i++) {
        v -= x / n;
        x += v / n;
        trajectory.push([i / n, x, v]);
      }
      let sum = 0;
      for (const [t, x, v] of trajectory) sum += t! * x! + v!;
      return sum / trajectory.length;
    },
    at: [1, 0.25],
  },
  "a path of objects, by its last": {
    make: (n) => (y0: number, k: number) => {
      const path = [{ t: 0, y: y0 }];
      for (let i = 0; i < n; i++) {
        const { t, y } = path[path.length - 1]!;
        path.push({ t: t + 1 / n, y: y - (k / n) * y * y });
      }
      return path[n]!.y + path[n >> 1]!.t * path.at(-2)!.y;
    },
    at: [2, 0.7],
  },
  "states by the next index": {
    make: (n) => (s: number, r: number, b: number) => {
      const step = ([x, y, z]: number[]) => [x! + (s * (y! - x!)) / n, y! + (x! * (r - z!) - y!) / n, z! + (x! * y! - b * z!) / n];
      const states = [[1, 1, 1]];
      for (let i = 0; i < n; i++) states[i + 1] = step(states[i]!);
      const [x, y, z] = states[states.length - 1]!;
      return x! + y! * z! + states[n >> 1]![1]!;
    },
    at: [10, 20, 2.5],
  },
  "an array without elements, objects of a class": {
    make: (n) => (a: number, b: number) => {
      class Vector {
        readonly x: number;
        readonly y: number;
        constructor(x: number, y: number) {
          this.x = x;
          this.y = y;
        }
        plus(other: Vector, k: number) {
          return new Vector(this.x + k * other.x, this.y + k * other.y);
        }
      }
      const path = new Array<Vector>(n + 1);
      path[0] = new Vector(1, a);
      for (let i = 0; i < n; i++) path[i + 1] = path[i]!.plus(new Vector(path[i]!.y, -b * path[i]!.x), 1 / n);
      return path[n]!.x + path[2]!.y;
    },
    at: [0.3, 2],
  },
  "a state that goes on and is kept": {
    make: (n) => (a: number, b: number) => {
      let y = [1, a];
      const ys = [y];
      for (let i = 0; i < n; i++) {
        y = y.map((v, j) => v + (j ? -b * y[0]! : y[1]!) / n);
        ys.push(y);
      }
      return ys[n]![0]! + ys[3]![1]! + y[1]!;
    },
    at: [0.3, 2],
  },
  "copies of what is written in place": {
    make: (n) => (a: number, b: number) => {
      const y = { x: 1, v: a };
      const ys = [];
      for (let i = 0; i < n; i++) {
        ys.push({ ...y, at: [i, y.x] });
        y.x += y.v / n;
        y.v -= (b * y.x) / n;
      }
      return ys[n - 1]!.x + ys[2]!.v + ys[n >> 1]!.at[1]!;
    },
    at: [0.3, 2],
  },
  "rows written by their elements": {
    make: (n) => (a: number, b: number) => {
      const u = Array.from({ length: n + 1 }, () => [0, 0]);
      u[0]![0] = a;
      u[0]![1] = b;
      for (let i = 0; i < n; i++) {
        u[i + 1]![0] = u[i]![0]! + u[i]![1]! / n;
        u[i + 1]![1]! += u[i]![1]! - u[i]![0]! / n;
      }
      return u[n]![0]! + u[n >> 1]![1]!;
    },
    at: [1, 0.5],
  },
  "a row that is filled where it stands": {
    make: (n) => (a: number, b: number) => {
      const m = root(n);
      const d: number[][] = [];
      for (let i = 0; i <= m; i++) {
        d[i] = [];
        for (let j = 0; j <= 12; j++) {
          if (i === 0 || j === 0) d[i]![j] = (i + j) * a;
          else d[i]![j] = Math.min(d[i - 1]![j]! + a, d[i]![j - 1]! + a, d[i - 1]![j - 1]! + b * ((i * 7 + j * 5) % 11));
        }
      }
      return d[m]![12]! + d[m >> 1]![5]!;
    },
    isSquare: true,
    at: [0.9, 0.125],
  },
  "rows that are filled, then pushed": {
    make: (n) => (a: number, b: number) => {
      const m = root(n);
      const first = [];
      for (let j = 0; j <= 20; j++) first.push(j * a);
      const d = [first];
      for (let i = 1; i <= m; i++) {
        const row = [i * a];
        for (let j = 1; j <= 20; j++)
          row.push(Math.min(d[i - 1]![j]! + a, row[j - 1]! + a, d[i - 1]![j - 1]! + b * ((i * 7 + j * 5) % 11)));
        d.push(row);
      }
      return d[m]![20]!;
    },
    isSquare: true,
    at: [0.9, 0.125],
  },
  "a table made before, the longest common subsequence": {
    make: (n) => (a: number, b: number) => {
      const m = root(n);
      const l = new Array(m + 1).fill(0).map(() => new Array(31).fill(0));
      for (let i = 1; i <= m; i++) {
        for (let j = 1; j <= 30; j++) {
          if ((i * j) % 3 === 0) l[i]![j] = l[i - 1]![j - 1] + a;
          else l[i]![j] = Math.max(l[i - 1]![j], l[i]![j - 1] * b);
        }
      }
      return l[m]![30]!;
    },
    isSquare: true,
    at: [1.5, 0.99],
  },
  "a grid of typed arrays": {
    make: (n) => (c: number, left: number) => {
      const m = root(n);
      const u = Array.from({ length: m + 1 }, () => new Float64Array(24));
      for (let j = 0; j < 24; j++) u[0]![j] = left * j * j;
      for (let t = 0; t < m; t++) {
        const [now, next] = [u[t]!, u[t + 1]!];
        for (let j = 1; j < 23; j++) next[j] = now[j]! + c * (now[j + 1]! - 2 * now[j]! + now[j - 1]!);
      }
      return u[m]![11]! + u[m >> 1]![20]!;
    },
    isSquare: true,
    at: [0.2, 1.5],
  },
  "few long rows that take turns": {
    make: (n) => (a: number, b: number) => {
      const m = root(n);
      const d = [new Array(31).fill(0), new Array(31).fill(0)];
      for (let j = 0; j <= 30; j++) d[0]![j] = j * a;
      for (let i = 1; i <= m; i++) {
        d[i & 1]![0] = i * a;
        for (let j = 1; j <= 30; j++)
          d[i & 1]![j] = Math.min(d[(i - 1) & 1]![j] + a, d[i & 1]![j - 1] + a, d[(i - 1) & 1]![j - 1] + b * ((i * 7 + j * 5) % 11));
      }
      return d[m & 1]![30];
    },
    isSquare: true,
    at: [0.9, 0.125],
  },
  "bodies that move one another": {
    make: (n) => (g: number, v: number) => {
      const m = root(n) + 8;
      const bodies = Array.from({ length: m }, (_, i) => ({ x: (i * i) % 17, u: v * (i % 3), m: 1 + (i % 2) }));
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < m; j++) {
          if (i === j) continue;
          const d = bodies[j]!.x - bodies[i]!.x;
          bodies[i]!.u += (g * bodies[j]!.m * d) / (1 + d * d);
        }
      }
      for (const body of bodies) body.x += body.u / 8;
      return bodies[1]!.x + bodies[m - 1]!.x * bodies[2]!.u;
    },
    isSquare: true,
    at: [0.3, 0.25],
  },
  "a row on some points alone": {
    make: (n) => (a: number, b: number) => {
      let s = a;
      const rows = [];
      for (let i = 0; i < n; i++) {
        s = s * 0.875 + b;
        const row = [s, 0];
        if (s > 4) row[1] = s * b;
        rows.push(s > 3.9 ? row : [1, s]);
      }
      let sum = 0;
      for (const [p, q] of rows) sum += p! * (1 + q!);
      return sum / n;
    },
    at: [1, 0.52],
  },
  "a trajectory that points leave": {
    make: (n) => (a: number, b: number) => {
      let x = a;
      const path = [{ t: 0, x }];
      for (let i = 0; i < n + 20; i++) {
        x += b / n;
        path.push({ t: i, x });
        if (x > 1.3) break;
      }
      const [before, last] = [path[path.length - 2]!, path[path.length - 1]!];
      let sum = 0;
      for (const { x } of path) sum += x;
      return (last.x * path.length + before.t * before.x + sum) / n;
    },
    at: [1, 0.52],
  },
  "a loop on data that pushes": {
    make: (n) => (a: number, b: number) => {
      let x = a;
      const path = [];
      while (x < 1.3) {
        path.push(x);
        x += b / n;
      }
      return path[path.length - 1]! + path[0]! * path.length;
    },
    at: [1, 0.52],
  },
  "elements that some turns add": {
    make: (n) => (a: number, b: number) => {
      let x = a;
      const path = [[a, b]];
      for (let i = 0; i < n; i++) {
        x = x * 0.875 + b / (1 + i);
        if (i % 3 === 1) path.push([i, x]);
      }
      const last = path.at(-1)!;
      return last[0]! * last[1]! + path.length + path[1]![1]!;
    },
    at: [1, 0.52],
  },
  "a ring buffer": {
    make: (n) => (a: number, b: number) => {
      const ring = new Array(20).fill(0);
      let [head, x, sum] = [0, a, 0];
      for (let i = 0; i < n; i++) {
        x = 0.75 * x + b;
        sum += x - ring[i % 20] - ring[(head + 15) % 20] * 0.25;
        ring[i % 20] = x;
        ring[head] *= 0.5;
        head = (head + 1) % 20;
      }
      return sum / n;
    },
    at: [1, 2],
  },
  "a ring buffer of a power of two": {
    make: (n) => (a: number, b: number) => {
      const ring = new Float64Array(16);
      let [x, sum] = [a, 0];
      for (let i = 0; i < n; i++) {
        x = 0.5 * x + b * ring[(i - 7) & 15]! * 0.25 + 1;
        ring[i & 15] = x;
        sum += x;
      }
      return sum / n;
    },
    at: [1, 0.5],
  },
};

describeFamilies(families);

describe("rows as the result", () => {
  const path = (y0: number, k: number) => {
    const out = [{ t: 0, y: [y0, k] }];
    for (let i = 0; i < 500; i++) out.push({ t: (i + 1) / 100, y: [out[i]!.y[0]! * (1 - k / 100), i * k] });
    return out;
  };
  test("values and slopes", () => {
    const { value, jacobian: rows } = jacobian(path)(1.5, 0.25);
    expect(value).toEqual(path(1.5, 0.25));
    for (const i of [0, 1, 300, 500]) {
      // y0 (1 − k/100)^i
      expect(rows[i]!.t).toEqual([0, 0]);
      expect(rows[i]!.y[0]![0]).toBeCloseTo(0.9975 ** i, 12);
      expect(rows[i]!.y[0]![1]).toBeCloseTo(i === 0 ? 0 : -0.015 * i * 0.9975 ** (i - 1), 12);
      expect(rows[i]!.y[1]).toEqual([0, Math.max(i - 1, 0) || (i === 0 ? 1 : 0)]);
    }
  });
  test("a table", () => {
    const table = (a: number) => {
      const rows: number[][] = [];
      for (let i = 0; i < 40; i++) {
        const row = [];
        for (let j = 0; j < 40; j++) row.push(a * i + j);
        rows.push(row);
      }
      return rows;
    };
    expect(jacobian(table)(1.5).value).toEqual(table(1.5));
    expect(jacobian(table)(1.5).jacobian[7]![5]).toEqual([7]);
  });
});

test("conditions on data around the loop, and after it", () => {
  const fn = (a: number, b: number) => {
    if (a < 0) return b;
    const rows = [[a, b]];
    for (let i = 0; i < 300; i++) {
      const [x, y] = rows[i]!;
      rows.push(x! > y! ? [x! * 0.5, y!] : [x!, y! * 0.5]);
    }
    const last = rows[300]!;
    if (a > 2) last[0]! += b;
    return last[0]! + (a > 1 ? rows[10]![1]! : rows[20]![0]!);
  };
  expectSame(fn, [1, 2]);
});

describe("rows that others know", () => {
  const same = (fn: Fn, at: readonly number[]) => expectSame(fn, at, { points: [at, at.map((x) => -2 * x)] });
  test("one that is pushed again and again", () => {
    same(
      (a: number, b: number) => {
        const y = [1, a];
        const ys = [];
        for (let i = 0; i < 150; i++) {
          y[0]! += b;
          ys.push(y);
        }
        return ys[0]![0]! + ys[149]![1]!;
      },
      [0.5, 0.25],
    );
  });
  test("one that is changed after the loop, there or here", () => {
    same(
      (a: number, b: number) => {
        const first = [1, a];
        const ys = [first];
        for (let i = 0; i < 150; i++) ys.push([ys[i]![0]! * 0.75 + b, ys[i]![1]!]);
        first[0] = 7;
        ys[0]![1] = 9;
        return ys[0]![0]! + first[1]! * ys[140]![0]!;
      },
      [0.5, 0.25],
    );
  });
  test("one that is changed in the turns that read it", () => {
    same(
      (a: number, b: number) => {
        const first = [1, a];
        const ys = [first];
        for (let i = 0; i < 150; i++) {
          ys.push([ys[i]![0]! * 0.75 + b, first[1]!]);
          if (i % 2 === 0) ys[0]![1]! += b;
        }
        return ys[0]![1]! + ys[149]![1]!;
      },
      [0.5, 0.25],
    );
  });
  test("rows that change places", () => {
    same(
      (a: number, b: number) => {
        const rows = Array.from({ length: 12 }, (_, i) => [a * i, b + i]);
        for (let i = 0; i < 120; i++) {
          const j = (i * 5) % 11;
          [rows[j], rows[j + 1]] = [rows[j + 1]!, rows[j]!];
          rows[j]![0]! += b;
        }
        return rows[3]![0]! + rows[11]![1]!;
      },
      [0.5, 0.25],
    );
  });
  test("the same one in all places", () => {
    same(
      (a: number, b: number) => {
        const rows = new Array(200).fill([a, b]);
        for (let i = 0; i < 200; i++) rows[i][0] += b;
        return rows[3][0] + rows[11][1];
      },
      [0.5, 0.25],
    );
  });
  test("one that a variable keeps from turn to turn", () => {
    same(
      (a: number, b: number) => {
        const rows = Array.from({ length: 200 }, (_, i) => [a * i, b]);
        let best = rows[0]!;
        for (let i = 1; i < 200; i++) {
          if ((i * 37) % 50 > 30) best = rows[i]!;
          rows[i]![1]! += best[1]! * 0.5;
        }
        best[0] = 5;
        return best[1]! + rows[181]![0]! + rows[199]![1]! + (best === rows[199] ? a : b);
      },
      [0.5, 0.25],
    );
  });
  test("one in a variable that has held another before they were columns", () => {
    same(
      (a: number, b: number) => {
        const rows = [{ p: a, q: 2 }];
        let last = rows[0]!;
        for (let i = 1; i < 60; i++) {
          rows.push({ p: rows[i - 1]!.q * b, q: 0.25 });
          if (a > 1) continue;
          if (i * 0.01 < rows[i - 1]!.q) rows[i] = { p: i * 0.01, q: rows[i - 1]!.p };
          last = rows[i - 1]!;
        }
        return last.p + 2 * last.q;
      },
      [0.5, 0.25],
    );
  });
  test("one that is put into two arrays", () => {
    same(
      (a: number, b: number) => {
        const [one, two] = [[[a, b]], [[a, b]]];
        for (let i = 1; i < 150; i++) {
          const row = [one[i - 1]![0]! * 0.5 + b, i];
          one.push(row);
          two.push(row);
        }
        two[100]![0] = 3;
        return one[100]![0]! + two[149]![0]!;
      },
      [0.5, 0.25],
    );
  });
});

describe("places outside of rows", () => {
  test("are undefined where they are read", () => {
    const fn = (a: number, b: number) => {
      const rows = Array.from({ length: 30 }, (_, i) => Array.from({ length: 20 }, (_, j) => a * i + b * j));
      let sum = 0;
      for (let i = 0; i < 30; i++)
        for (let j = 0; j < 20; j++) sum += (rows[i]![j - 1] ?? a) * (rows[i]![j + 1] ?? 1) + (rows[i + 1] ? 1 : b);
      return sum;
    };
    expectSame(fn, [0.5, 0.25], { points: [[0.5, 0.25]] });
    expect(traceOf(fn, [0.5, 0.25]).graph.nodes.length).toBeLessThan(3000);
  });
  test("make rows longer where they are written", () => {
    const fn = (a: number) => {
      const rows = Array.from({ length: 12 }, () => new Array(12).fill(a));
      for (let i = 0; i < 12; i++) for (let j = 0; j < 12; j++) rows[i]![i + j] = rows[i]![j] + i;
      return rows[5]!.length + rows[11]![20]!;
    };
    expectSame(fn, [0.5], { points: [[0.5]] });
  });
});

test("more arguments than a few", () => {
  const weights = Array.from({ length: 30 }, (_, i) => 0.25 + i / 64);
  const fn = (...p: number[]) => {
    const y = [1, 1];
    for (let i = 2; i < 2000; i++) y[i] = 0.5 * y[i - 1]! + 0.25 * y[i - 2]! * p[i % 30]! * 0.5 + p[(i * 7) % 30]! / 8;
    return y[1999]!;
  };
  expect(traceOf(fn, weights).graph.nodes.length).toBeLessThan(300);
  const f = gradient(fn, { shape: weights });
  const { value, gradient: slopes } = f(...weights);
  expect(value).toBeCloseTo(fn(...weights), 12);
  for (const index of [0, 13, 29]) {
    const slope = (fn(...weights.with(index, weights[index]! + 1e-5)) - fn(...weights.with(index, weights[index]! - 1e-5))) / 2e-5;
    expect(slopes[index]).toBeCloseTo(slope, 8);
  }
});
