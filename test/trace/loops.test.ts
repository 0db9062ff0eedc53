import { describe, expect, test } from "vitest";
import { evaluate, gradient } from "../../src/index.ts";
import { errorOf, expectSame, traceOf } from "../support/trace.ts";

type Fn = (...args: any[]) => unknown;

/** [what it shows, function, points]. */
const loops: readonly [string, Fn, readonly (readonly number[])[]][] = [
  [
    "while",
    (a) => {
      let x = a;
      while (Math.abs(x * x - a) > 1e-12 * a) x = (x + a / x) / 2;
      return x;
    },
    [[2], [1], [1e-9], [1e9], [0]],
  ],
  [
    "do, several variables, destructuring",
    (x) => {
      let [sum, term, k] = [0, 1, 0];
      do {
        sum += term;
        term *= x / ++k;
      } while (Math.abs(term) > 1e-16);
      return [sum, k];
    },
    [[1], [-2], [0], [10]],
  ],
  [
    "for with a counter and a condition on data",
    (a) => {
      let [lo, hi] = [0, a];
      for (let i = 0; i < 200 && hi - lo > 1e-13; i++) {
        const middle = (lo + hi) / 2;
        if (middle * middle > a) hi = middle;
        else lo = middle;
      }
      return (lo + hi) / 2;
    },
    [[2], [81], [-3]],
  ],
  [
    "break",
    (m, e) => {
      let E = m;
      for (let i = 0; i < 50; i++) {
        const d = (E - e * Math.sin(E) - m) / (1 - e * Math.cos(E));
        E -= d;
        if (Math.abs(d) < 1e-14) break;
      }
      return E;
    },
    [
      [1, 0.3],
      [3, 0.9],
      [0, 0],
    ],
  ],
  [
    "return out of a loop that nothing else ends",
    (x) => {
      for (let s = x, n = 0; ; n++) {
        s *= 1.5;
        if (s > 100) return s - n;
        if (s < -100) return { valueOf: null, s: n }.s;
      }
    },
    [[1], [-1], [99], [1000]],
  ],
  [
    "continue, and a second way out",
    (x) => {
      let [s, n] = [0, 0];
      while (n < 1000) {
        n++;
        if (n % 3 === 0) continue;
        s += x / n;
        if (s > 2) {
          s = -s;
          break;
        }
      }
      return s * n;
    },
    [[1], [0.1], [5], [0]],
  ],
  [
    "labels: out of two loops at once",
    (x) => {
      let count = 0;
      outer: for (let i = 0; ; i++) {
        for (let j = 0; j < 3; j++) {
          count += x;
          if (count > 40) break outer;
          if (count > 10 * i + 15) continue outer;
        }
      }
      return count;
    },
    [[1], [7], [50]],
  ],
  [
    "a loop in a loop, both on data",
    (x) => {
      let [s, n] = [0, 0];
      for (let y = x; y > 0.5; y -= 1) {
        let r = y;
        while (Math.abs(r * r - y) > 1e-9) {
          r = (r + y / r) / 2;
          n++;
        }
        s += r;
      }
      return [s, n];
    },
    [[3.25], [0], [1], [7]],
  ],
  [
    "elements written in place, and objects",
    (x) => {
      const state = { position: [x, 0], speed: 1 };
      let steps = 0;
      while (state.position[0]! < 10) {
        state.position[0]! += state.speed;
        state.position[1] = state.position[0]! * state.speed;
        state.speed *= 1.125;
        steps++;
      }
      return [state.position[0], state.position[1], state.speed, steps];
    },
    [[0], [11], [-5]],
  ],
  [
    "new arrays and objects at every turn",
    (x, y) => {
      let p = [x, y];
      let q = { u: x, v: [1, 2] };
      while (p[0]! < 50) {
        p = [p[0]! + p[1]! * p[1]! + 1, p[1]! / 2];
        q = { u: q.u + p[1]!, v: q.v.map((v) => v * 1.5) };
      }
      return [p, q.u, q.v];
    },
    [
      [0, 1],
      [60, 1],
      [-9, 3],
    ],
  ],
  [
    "a variable that has no value at first",
    (x) => {
      let last;
      let s = x;
      while (s < 100) {
        last = s;
        s *= 2;
      }
      return last === undefined ? -1 : last;
    },
    [[1], [200], [99]],
  ],
  [
    "var, in the style of ES5",
    (x) => {
      var d,
        i,
        s = 0; // biome-ignore lint: as it is written
      for (i = 0; i < 400; i++) {
        d = x / (i + 1);
        if (d < 1e-2) break;
        s += d * d;
      }
      return s + i;
    },
    [[1.5], [0], [1000]],
  ],
  [
    "a condition with an effect",
    (x) => {
      let [n, s] = [x, 0];
      while (n-- > 0) s += n;
      return [s, n];
    },
    [[3], [0], [-2], [7.5]],
  ],
  [
    "helpers, and a return from within one",
    (x) => {
      const collatz = (n: number) => {
        let steps = 0;
        while (n !== 1) {
          if (steps > 200) return -1;
          n = n % 2 === 0 ? n / 2 : 3 * n + 1;
          steps++;
        }
        return steps;
      };
      return collatz(x) + collatz(x + 1) / 1000;
    },
    [[6], [27], [1], [97]],
  ],
  [
    "under a condition, and after an early return",
    (x) => {
      if (x < 0) return x;
      let s = x;
      if (x > 1) {
        while (s > 1e-3) s /= 2;
      } else s += 5;
      return s;
    },
    [[-1], [0.5], [3], [1000]],
  ],
  [
    "flags",
    (x) => {
      let [s, found, turns] = [x, false, 0];
      while (!found) {
        s = s * 0.75 + 1;
        found = Math.abs(s - 4) < 1e-3;
        turns++;
      }
      return found ? turns : s;
    },
    [[1], [4], [-100]],
  ],
  [
    "escape time",
    (cx, cy) => {
      let [x, y, n] = [0, 0, 0];
      while (x * x + y * y < 4 && n < 60) {
        [x, y] = [x * x - y * y + cx, 2 * x * y + cy];
        n++;
      }
      return n;
    },
    [
      [0.3, 0.6],
      [0, 0],
      [2, 2],
      [-1.75, 0.01],
    ],
  ],
  [
    "variables without a value at first, and on some ways",
    (x) => {
      let [best, worst, both] = [undefined, undefined, undefined] as (number | undefined)[];
      let s = x;
      while (s < 30) {
        if (s % 2 < 1) best = s;
        else if (s % 3 < 1) worst = best;
        if (best !== undefined && worst !== undefined) both = best + worst;
        s += 1.25;
      }
      return [best === undefined ? -1 : best, worst ?? -2, both === undefined ? 1 : 0, s];
    },
    [[0], [28], [29.5], [40], [-3.5], [27]],
  ],
  [
    "objects that stay where a turn is left",
    (x) => {
      let p = { at: x, speed: [1, 2] };
      for (let i = 0; i < 200; i++) {
        if (p.at > 50) break;
        if (p.at < -20) return -i;
        p = { at: p.at * 1.25 + p.speed[0]! - 2, speed: [p.speed[1]!, p.speed[0]! + 0.125] };
      }
      return p.at + p.speed[1]!;
    },
    [[1], [4], [51], [-30], [8]],
  ],
  [
    "what only points that leave have written",
    (x) => {
      const table = Array.from({ length: 40 }, (_, i) => Math.sin(i));
      let [at, steps] = [-1, 0];
      for (let i = 0; i < table.length; i++) {
        if (table[i]! > x) {
          at = i;
          break;
        }
      }
      const state = { found: -1, s: 0, pair: [1, 2] };
      for (let i = 0; i < 300; i++) {
        state.s += x;
        if (state.s > 10) {
          state.found = i;
          state.pair[1] = state.s;
          break;
        }
      }
      outer: for (let i = 1; i < 40; i++) {
        for (let j = 1; j < 40; j++) {
          if (x * i * j > 20) {
            steps = 100 * i + j;
            break outer;
          }
        }
      }
      const inFunction = () => {
        let s = 1;
        for (let i = 0; i < 100; i++) {
          s += x;
          if (s > 30) {
            steps *= 2;
            return s;
          }
        }
        return 0;
      };
      return [at, state.found, state.s, state.pair[1]!, inFunction(), steps];
    },
    [[0.3], [0.9], [-0.5], [11], [0.02]],
  ],
  [
    "arrays assigned on some points alone",
    (x) => {
      let best = [0, 0];
      let [s, most] = [x, -1];
      while (s < 8) {
        const found = [s, Math.sin(s)];
        if (found[1]! > most) {
          best = found;
          most = found[1]!;
        }
        s += 0.75;
      }
      return [best[0], best[1], most];
    },
    [[0], [3], [7.5], [9]],
  ],
  [
    "arrays that are exchanged, or one of three",
    (x) => {
      let [a, b] = [
        [x, 1],
        [2, 3],
      ];
      const c = [7, 11];
      let last = a;
      let n = 0;
      while (a[0]! < 40) {
        b[1]! += a[0]! * 0.5 + n++;
        b[0]! += 1.5;
        [a, b] = [b, a];
        if (a[1]! > 9) last = c;
        else if (a[1]! > 3) last = b;
      }
      last[0]! += 1;
      return [a[0], a[1], b[1], c[0], last[1], n];
    },
    [[0], [3], [39], [50]],
  ],
  [
    "an array that others know of is exchanged for new ones, on no point or in some turns",
    (x, y) => {
      let v = [x, y];
      let o = { p: x };
      const [w, q] = [v, o];
      for (let n = 0; n < x; n++) {
        v = [v[1]! + 1, v[0]!];
        if (n > y) o = { p: o.p + 1 };
      }
      w[0] = 5;
      q.p -= 7;
      return [v[0]!, v[1]!, o.p];
    },
    [
      [-1, 2],
      [3, 4],
      [3, 0.5],
      [0.5, -1],
    ],
  ],
  [
    "an element is written to that was found before the array was exchanged",
    (x, y) => {
      let v = [x, y];
      const moved = () => {
        while (v[0]! < 2 * y) v = v.map((t) => t + 1);
        return y;
      };
      v[0]! -= moved();
      return [v[0]!, v[1]!];
    },
    [
      [1, 0.25],
      [1, 2],
    ],
  ],
  [
    "turns that compute nothing: a constant, or an exchange, on the points that make one",
    (x, y) => {
      let [a, b] = [x, y];
      for (let i = 0; i < 1 && a < 0; i++) a = 0;
      for (let i = 0; i < 3 && b < x; i++) [a, b] = [b, a];
      return [a * y, b];
    },
    [
      [0.5, 0.75],
      [-1, 2],
      [0.25, -1.5],
      [-3.5, -4],
      [2, 0.5],
    ],
  ],
];

describe("loops whose turns depend on the data", () => {
  test.each(loops)("%s", (_, fn, points) => {
    expectSame(fn, points[0]!, { points });
    const size = traceOf(fn, points[0]!).graph.nodes.length;
    expect(size).toBeLessThan(700);
  });

  test("derivatives are those of what was computed", () => {
    const root = gradient((a: number) => {
      let x = a;
      while (Math.abs(x * x - a) > 1e-13 * a) x = (x + a / x) / 2;
      return x;
    });
    const xs = Float64Array.from({ length: 101 }, (_, point) => 0.25 + point / 7);
    const {
      value,
      gradient: [slope],
    } = root.batch([xs]);
    for (const [point, x] of xs.entries()) {
      expect(value[point]).toBeCloseTo(Math.sqrt(x), 12);
      expect(slope[point]).toBeCloseTo(0.5 / Math.sqrt(x), 11);
    }
  });

  test("a turn that is not taken is not heard of", () => {
    // The turn divides by zero where it is not made.
    const f = gradient((x: number) => {
      let s = x;
      while (s > 1) s = Math.sqrt(s - 1) / (s - 1);
      return s;
    });
    expect(f(1)).toEqual({ value: 1, gradient: [1] });
    expect(f(0.5)).toEqual({ value: 0.5, gradient: [1] });
    expect(f(5)).toEqual({ value: 0.5, gradient: [-0.0625] });
  });

  test.each(["compiled", "interpreted"] as const)("what is computed before for turns that are not made is not heard of, %s", (engine) => {
    const f = gradient(
      (x: number, n: number) => {
        const s = Math.sqrt(x);
        let sum = 0;
        while (sum < n) sum += s + 1;
        return sum;
      },
      { engine },
    );
    const { gradient: slopes } = f.batch([Float64Array.of(0, 0, 1, 4), Float64Array.of(-1, 1, 3, 0)]);
    expect([...slopes[0]]).toEqual([0, Number.POSITIVE_INFINITY, 1, 0]);
  });
});

describe("long loops", () => {
  const steps = (n: number) => (y0: number, k: number) => {
    let y = y0;
    for (let i = 0; i < n; i++) y -= (k * y * y) / n;
    return y;
  };

  test("stay loops, whatever the number of turns", () => {
    const [short, long] = [2_000, 100_000].map((n) => traceOf(steps(n), [2, 0.7], { n }).graph.nodes.length);
    expect(long).toBe(short);
    expectSame(steps(20_000), [2, 0.7], { points: [[2, 0.7]], scope: { n: 20_000 } });
  });

  test("with loops in their turns", () => {
    const annuity = (rate: number, pay: number) => {
      let balance = 0;
      for (let year = 0; year < 40; year++) {
        for (let month = 0; month < 12; month++) balance = (balance + pay) * (1 + rate / 12);
        balance *= 0.999;
      }
      return balance;
    };
    expect(traceOf(annuity, [0.05, 100]).graph.nodes.length).toBeLessThan(60);
    expectSame(annuity, [0.05, 100], { points: [[0.05, 100]] });
  });

  test("have derivatives", () => {
    const { value, gradient: slopes } = gradient(steps(10_000))(2, 0.7);
    expect(value).toBe(evaluate(steps(10_000))(2, 0.7).value);
    // y = y0 / (1 + k·y0), up to the step
    expect(value).toBeCloseTo(2 / 2.4, 4);
    expect(slopes[0]).toBeCloseTo(1 / 2.4 ** 2, 4);
    expect(slopes[1]).toBeCloseTo(-4 / 2.4 ** 2, 4);
  });

  const diffuse = (turns: number, exchange: number) => (d: number, left: number) => {
    let a = [left, 0, 0, 0, 0, 0];
    let b = [left, 0, 0, 0, 0, 0];
    let c = [left, 0, 0, 0, 0, 0];
    for (let t = 0; t < turns; t++) {
      for (let i = 1; i < 5; i++) b[i] = a[i]! + d * (a[i - 1]! - 2 * a[i]! + a[i + 1]!);
      if (exchange === 0) [a, b] = [b, a];
      else if (exchange === 1) [a, b, c] = [b, c, a];
      else {
        const spare = a;
        a = b;
        b = spare;
      }
    }
    return a[1]! + a[2]! * a[3]!;
  };
  test.each([0, 1, 2])("arrays that are exchanged, %s", (exchange) => {
    for (const turns of [600, 601, 602]) {
      const scope = { turns, exchange };
      expectSame(diffuse(turns, exchange), [0.2, 1.5], { points: [[0.2, 1.5]], scope });
      expect(traceOf(diffuse(turns, exchange), [0.2, 1.5], scope).graph.nodes.length).toBeLessThan(1500);
    }
    const result = gradient(diffuse(60_001, exchange))(0.2, 1.5);
    // 1.5 − 1.5·k/5 at rest
    expect(result.value).toBeCloseTo(1.2 + 0.9 * 0.6, 12);
    expect(result.gradient[0]).toBeCloseTo(0, 12);
    expect(result.gradient[1]).toBeCloseTo(0.8 + 2 * 0.6 * 0.4 * 1.5, 12);
  });

  test("one that a turn has put into two variables is refused: who writes to either later changes both", () => {
    const shared = (x: number) => {
      let [v, u] = [
        [x, 1],
        [0, 1],
      ];
      for (let n = 0; n < x; n++) {
        v = [v[1]! + 1, v[0]!];
        u = v;
      }
      u[0] = 5;
      return v[0]! + u[1]!;
    };
    expect(errorOf(shared, [3]).code).toBe("loop-on-data");
  });

  test("one that is exchanged, and left on data, is unrolled", () => {
    const f = (x: number) => {
      let [a, b] = [
        [x, 1],
        [0, 2],
      ];
      for (let t = 0; t < 40; t++) {
        b[0] = a[0]! * 0.75 + 1;
        [a, b] = [b, a];
        if (a[0]! > 3) break;
      }
      return a[0]! + a[1]!;
    };
    expectSame(f, [1], { points: [[1], [3], [5], [-100]] });
  });

  test("a table's row that is chosen in a turn can't be written to: unrolled", () => {
    const f = (x: number) => {
      const bodies = [1, 2, 3, 4, 5].map((m) => ({ at: m * x, speed: 0 }));
      for (let t = 0; t < 12; t++) {
        for (const a of bodies) for (const b of bodies) if (a !== b) a.speed += Math.sin(b.at - a.at) / (1 + a.at * b.at);
        for (const a of bodies) a.at += a.speed * 0.01;
      }
      return bodies[2]!.at;
    };
    expectSame(f, [1], { points: [[0.3], [2]] });
  });

  test("turns that grow in number are foreseen", () => {
    const f = (x: number) => {
      let sum = 0;
      for (let i = 0; i < 300; i++) for (let j = 0; j <= i; j++) sum += Math.sin(i * x) / (1 + j + x);
      return sum;
    };
    expect(traceOf(f, [0.3]).graph.nodes.length).toBeLessThan(2500);
    expectSame(f, [0.3], { points: [[0.3], [1]] });
  });

  test("a loop after a loop is derived without making the turns of the first again", () => {
    const f = gradient((a: number, b: number) => {
      let s = 1;
      for (let i = 0; i < 5000; i++) s += 1e-4 * a * s;
      let [x, y, z] = [s, s * a, s + b];
      for (let i = 0; i < 5000; i++) [x, y, z] = [x + 1e-4 * b * x, y + 1e-4 * b * y, z + 1e-4 * b];
      return x + y + z + s;
    });
    f.batch([[1.5], [0.75]]);
    expect((f.report!.segments as (string | number)[]).filter((segment) => segment === "loop")).toHaveLength(2);
    // s = p(a), x = p(a)·p(b), y = a·x, z = p(a) + 1.5·b with p(t) = (1 + t/10⁴)^5000
    const [p, slope] = [(t: number) => (1 + t / 1e4) ** 5000, (t: number) => 0.5 * (1 + t / 1e4) ** 4999];
    const {
      value,
      gradient: [da, db],
    } = f(1.5, 0.75);
    expect(value).toBeCloseTo(p(1.5) * p(0.75) * 2.5 + 2 * p(1.5) + 1.5 * 0.75, 9);
    expect(da).toBeCloseTo(slope(1.5) * p(0.75) * 2.5 + p(1.5) * p(0.75) + 2 * slope(1.5), 9);
    expect(db).toBeCloseTo(p(1.5) * slope(0.75) * 2.5 + 1.5, 9);
  });

  test("a loop that does not end is refused", () => {
    expect(
      errorOf(
        (x: number) => {
          let s = x;
          for (let i = 0; i >= 0; i++) s += 1 / (i + s);
          return s;
        },
        [1],
      ).code,
    ).toBe("too-many-steps");
  });
});

describe("a loop that does not end for some points", () => {
  const halve = (x: number) => {
    let s = x;
    while (s > 1) s = x < 100 ? s / 2 : s;
    return s;
  };
  const xs = [3, 5, 200, 7, 300];

  test("is that of the loop's own test where points may leave earlier", () => {
    const grow = (a: number) => {
      let x = a;
      for (let i = 0; i < 12_000; i++) {
        x += 1;
        if (x < 0) break;
      }
      return x;
    };
    expect(gradient(grow).batch([[1, -12_001, 0.5]]).value).toEqual(Float64Array.of(12_001, -12_000, 12_000.5));
  });
  test("ends the call with the first point's index", () => {
    const f = gradient(halve, { maxIterations: 50 });
    expect(() => f.batch([xs])).toThrow(expect.objectContaining({ code: "max-iterations", index: 2 }));
    expect(() => f(200)).toThrow(/more turns than maxIterations allows/);
    expect(f(3).value).toBe(0.75);
  });
  test("or NaN", () => {
    const {
      value,
      gradient: [slope],
    } = gradient(halve, { invalid: "nan" }).batch([xs]);
    expect([...value]).toEqual([0.75, 0.625, Number.NaN, 0.875, Number.NaN]);
    expect([...slope]).toEqual([0.25, 0.125, Number.NaN, 0.125, Number.NaN]);
  });
  test("as many turns as are allowed, and one more", () => {
    const count = (n: number) => {
      let i = 0;
      while (i < n) i++;
      return i;
    };
    expect(gradient(count, { maxIterations: 20 })(20).value).toBe(20);
    expect(() => gradient(count, { maxIterations: 20 })(21)).toThrow(expect.objectContaining({ code: "max-iterations", index: 0 }));
    expect(() => gradient(count)(10_001)).toThrow(expect.objectContaining({ code: "max-iterations" }));
  });
  test("within another loop", () => {
    const f = gradient(
      (x: number) => {
        let total = 0;
        for (let y = x; y > 0; y--) {
          let s = y;
          while (s > 0.5) s = y === 3 ? s + 1 : s / 2;
          total += s;
        }
        return total;
      },
      { maxIterations: 100 },
    );
    expect(f(2.5).value).toBe(0.3125 + 0.375 + 0.5);
    expect(() => f.batch([[2.5, 4, 3]])).toThrow(expect.objectContaining({ code: "max-iterations", index: 1 }));
  });
  test("a throw in a loop", () => {
    const f = gradient((x: number) => {
      let s = x;
      while (s > 1) {
        s -= 1;
        if (s > 2.25 && s < 2.75) throw new RangeError(`bad ${s}`);
      }
      return s;
    });
    expect(f(4.125).value).toBe(0.125 + 1 - (1 - 0) + 0);
    expect(() => f.batch([[4.125, 5.5, 6.5]])).toThrow(
      expect.objectContaining({ code: "thrown", index: 1, cause: new RangeError("bad 2.5") }),
    );
  });
  test("a throw in a loop that is caught around it, and in it", () => {
    expectSame(
      (x: number) => {
        let s = x;
        let caught = 0;
        while (s > 1) {
          try {
            if (s > 3 && s < 4) throw new Error("in");
            s -= 1;
          } catch {
            caught++;
            s -= 1.5;
          }
        }
        try {
          while (s < 10) {
            s += 1;
            if (s > 5.4 && s < 5.6) throw new Error("around");
          }
        } catch (error) {
          return [-s, caught];
        }
        return [s, caught];
      },
      [1],
      { points: [[7.25], [3.5], [0.5], [0], [12.5]] },
    );
  });
});
