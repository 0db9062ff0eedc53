import { describe, expect, test } from "vitest";
import { EpsilaneError, evaluate, gradient, jacobian, jvp } from "../../src/index.ts";
import { errorOf, expectSame, isClose, traceOf } from "../support/trace.ts";

type Fn = (...args: any[]) => unknown;

const times = Array.from({ length: 5000 }, (_, i) => i / 512);
const observations = times.map((t, i) => 2 * Math.exp(-0.3 * t) + 0.01 * Math.sin(i * 12.9898));
const samples = times.map((t, i) => ({ t, y: observations[i]! }));
const pairs = samples.map(({ t, y }) => [t, y] as const);
const typed = Float64Array.from(observations);
const scope = { times, observations, samples, pairs, typed };

/** Of a model's parameters; each goes through `n` elements. */
const idioms: { readonly [name: string]: (a: number, k: number, n: number) => unknown } = {
  "map, reduce": (a, k, n) =>
    observations
      .slice(0, n)
      .map((y, i) => y - a * Math.exp(-k * times[i]!))
      .reduce((sum, r) => sum + r * r, 0),
  "filter, map, reduce": (a, k, n) =>
    samples
      .filter(({ t }) => t < n / 512)
      .map(({ t, y }) => y - a * Math.exp(-k * t))
      .reduce((sum, r) => sum + r * r, 0),
  "of pairs, forEach": (a, k, n) => {
    let sum = 0;
    pairs
      .slice(-n)
      .map(([t, y]) => y - a * Math.exp(-k * t))
      .forEach((r, i) => {
        sum += (r * r) / (1 + i);
      });
    return sum;
  },
  "Array.from with a length": (a, k, n) => Array.from({ length: n }, (_, i) => a * Math.exp((-k * i) / n)).reduce((sum, m) => sum + m, 0),
  "new Array, fill, map": (a, k, n) =>
    new Array(n)
      .fill(0)
      .map((_, i) => a * Math.exp((-k * i) / n))
      .reduce((sum, m) => sum + m, 0),
  "keys in a spread": (a, k, n) => [...Array(n).keys()].map((i) => a * Math.exp((-k * i) / n)).reduce((sum, m) => sum + m, 0),
  "a typed array": (a, k, n) =>
    typed
      .slice(0, n)
      .map((y, i) => y - a * Math.exp(-k * times[i]!))
      .reduce((sum, r) => sum + r * r, 0),
  "typed arrays from others": (a, k, n) => {
    const model = new Float64Array(times.slice(0, n).map((t) => a * Math.exp(-k * t)));
    const rounded = Float32Array.from(model, (m) => m * 2);
    return Int32Array.from(model.map((m) => m * 100)).reduce((sum, m) => sum + m, 0) * 1e-3 + rounded[n >> 1]! + model[3]!;
  },
  "chains, for…of": (a, k, n) => {
    let sum = 0;
    for (const r of times
      .slice(0, n)
      .map((t) => Math.exp(-k * t))
      .map((e) => a * e)
      .map((m, i) => observations[i]! - m))
      sum += r * r;
    return sum;
  },
  "filter by index": (a, k, n) =>
    times
      .slice(0, n)
      .map((t) => a * Math.exp(-k * t))
      .filter((_, i) => i % 3 === 0)
      .reduce((sum, m) => sum * 0.5 + m, 0),
  "slices, differences": (a, k, n) => {
    const model = times.slice(0, n).map((t) => a * Math.exp(-k * t));
    const steps = model.slice(1).map((m, i) => m - model[i]!);
    return steps.slice(3, -3).reduce((sum, d) => sum + d * d, 0);
  },
  "elements by the array that map hands over": (a, k, n) =>
    times
      .slice(0, n)
      .map((t) => a * Math.exp(-k * t))
      .map((m, i, all) => (i > 0 ? m - all[i - 1]! : all[all.length - 1]!))
      .reduce((sum, d) => sum + d * d, 0),
  "concat, spread": (a, k, n) => {
    const model = times.slice(0, n).map((t) => a * Math.exp(-k * t));
    const all = [k, ...model, ...times.slice(0, 9), a].concat(
      model.map((m) => m * m),
      [a, k],
    );
    return all.reduce((sum, m) => sum * 0.75 + m, 0) + all.length;
  },
  "copies that are written to": (a, k, n) => {
    const model = times.slice(0, n).map((t) => a * Math.exp(-k * t));
    const [one, two, three] = [[...model], model.slice(), Array.from(model)];
    one[3] = a;
    two.fill(k);
    three.reverse();
    return [model, one, two, three].map((each) => each.reduce((sum, m, i) => sum * 0.5 + m * i, 0)).reduce((sum, m) => sum + m, model[3]!);
  },
  "reverse, reduceRight": (a, k, n) => {
    const model = times.slice(0, n).map((t) => a * Math.exp(-k * t));
    const known = model;
    model.reverse();
    return known.reduceRight((sum, m) => sum * 0.999 + m, 0) + known.toReversed()[0]!;
  },
  "softmax and entropy": (a, k, n) => {
    const weights = observations.slice(0, n).map((y) => Math.exp(a * y * k));
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w) => w / total).reduce((sum, p) => sum - p * Math.log(p), 0);
  },
  "helpers over vectors": (a, k, n) => {
    const sum = (v: readonly number[]) => v.reduce((all, each) => all + each, 0);
    const dot = (u: readonly number[], v: readonly number[]) => sum(u.map((x, i) => x * v[i]!));
    const model = times.slice(0, n).map((t) => a * Math.exp(-k * t) + 0.1);
    const seen = observations.slice(0, n);
    return dot(model, seen) / Math.sqrt(dot(model, model) * dot(seen, seen));
  },
  "Math.max of all": (a, k, n) => Math.max(...times.slice(0, n).map((t) => a * t * Math.exp(-k * t))),
  "Math.min of all": (a, k, n) => Math.min(...times.slice(0, n).map((t) => -a * t * Math.exp(-k * t)), 7, k),
  "Math.hypot of all": (a, k, n) => Math.hypot(...observations.slice(0, n).map((y, i) => y - a * Math.exp(-k * times[i]!))),
  "arguments of a function": (a, k, n) => {
    const mean = (...all: number[]) => all.reduce((sum, each) => sum + each, 0) / all.length;
    return mean(...times.slice(0, n).map((t) => a * Math.exp(-k * t)));
  },
  "some, every": (a, k, n) => {
    const model = times.slice(0, n).map((t) => a * Math.exp(-k * t));
    return (model.some((m) => m < 1.999) ? a : 0) + (model.every((m) => m > 0) ? k : 2 * k) + (model.some((m) => m < -1) ? a : 0);
  },
  "find, findIndex, findLast": (a, k, n) => {
    const model = times.slice(0, n).map((t) => a * Math.exp(-k * t));
    const isLow = (m: number) => m < 1.5;
    return model.find(isLow)! + model.findIndex(isLow) * k + (model.findLast((m) => m > 1.5) ?? 0) + (model.find((m) => m < 0) ?? a);
  },
  "find of rows": (a, k, n) => a * (pairs.slice(0, n).find(([t]) => t > k)?.[1] ?? 0) + samples.slice(0, n).findLast(({ t }) => t < k)!.y,
};

/** The slope along each argument, by differences extrapolated from two steps. */
function numericalGradient(fn: (...at: number[]) => number, at: readonly number[]): number[] {
  return at.map((x, index) => {
    const slope = (h: number) => (fn(...at.with(index, x + h)) - fn(...at.with(index, x - h))) / (2 * h);
    return (4 * slope(x * 5e-5) - slope(x * 1e-4)) / 3;
  });
}

/** Steps in values have no slope that differences show. */
const withSteps = new Set(["typed arrays from others", "find, findIndex, findLast", "find of rows"]);

describe.each(Object.keys(idioms))("%s", (name) => {
  const idiom = idioms[name]!;
  const at = [1.9, 0.35] as const;
  const of = (n: number) => ({ fn: (a: number, k: number) => idiom(a, k, n), scope: { ...scope, idiom, n } });

  test("values are those of the function", () => {
    for (const n of [20, 60, 5000]) expectSame(of(n).fn, at, { points: [at, [2.5, 0.3]], scope: of(n).scope });
  });
  test("it stays a loop", () => {
    const [some, more] = [1500, 5000].map((n) => traceOf(of(n).fn, at, of(n).scope).graph.nodes.length);
    expect(more).toBeLessThanOrEqual(some!);
    expect(more).toBeLessThan(200);
  });
  test("both engines give the same bits, and the slopes of differences", () => {
    const { fn, scope } = of(700);
    const columns = at.map((x) => Float64Array.from({ length: 3 }, (_, point) => x * (1 + point / 128)));
    const [batch, other] = (["compiled", "interpreted"] as const).map(
      (engine) => gradient(fn as never, { scope, engine }).batch(columns as never) as any,
    );
    expect(other).toEqual(batch);
    if (withSteps.has(name)) return;
    for (let point = 0; point < 3; point++) {
      const here = columns.map((column) => column[point]!);
      for (const [index, slope] of numericalGradient(fn as never, here).entries()) {
        const difference = Math.abs(batch.gradient[index][point] - slope);
        expect(difference, `${batch.gradient[index][point]}, ${slope}`).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
      }
    }
  });
});

describe("Math.max, min and hypot of many", () => {
  const ties = (op: "max" | "min", others: number) => {
    const fn = (a: number, b: number) =>
      Math[op](others, ...times.map((_, i) => (i === 7 || i === 300 ? a : i === 99 ? b : others)), others);
    return gradient(fn, { scope: { times, op, others } });
  };
  test("the tied share the slope equally, constants among them", () => {
    expect(ties("max", -9)(3, 3).gradient.map((slope) => slope * 3)).toEqual([expect.closeTo(2, 14), expect.closeTo(1, 14)]);
    expect(ties("max", -9)(3, 4).gradient).toEqual([0, 1]);
    expect(ties("max", 5)(3, 4)).toEqual({ value: 5, gradient: [0, 0] });
    const one = gradient((a) => Math.max(...times.map((_, i) => (i < 4998 ? a * 0 - 1 : i === 4999 ? a : 2))), { scope: { times } });
    expect(one(2).gradient[0]).toBeCloseTo(1 / 2, 14);
    expect(ties("min", 9)(Number.POSITIVE_INFINITY, 3).gradient).toEqual([0, 1]);
    expect(ties("max", 9)(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY).gradient.map((slope) => slope * 3)).toEqual([2, 1]);
  });
  test("signs of zeros and NaN are those of JavaScript", () => {
    for (const op of ["max", "min"] as const) {
      for (const others of [-3, 3, 0, -0]) {
        for (const a of [0, -0, Number.NaN, 4]) {
          for (const b of [0, -0]) expect(ties(op, others)(a, b).value).toBe(Math[op](a, b, others));
        }
      }
    }
  });
  test("hypot neither over- nor underflows, and is flat at the origin", () => {
    const f = gradient((a, b) => Math.hypot(...times.map((_, i) => (i === 7 ? a : i === 4000 ? b : 0))), { scope: { times } });
    for (const scale of [1, 1e200, 1e-200, 1e-308]) {
      const { value, gradient: slopes } = f(3 * scale, 4 * scale);
      expect(Math.abs(value / (5 * scale) - 1)).toBeLessThan(4e-16);
      expect(slopes).toEqual([expect.closeTo(0.6, 14), expect.closeTo(0.8, 14)]);
    }
    expect(f(0, 0)).toEqual({ value: 0, gradient: [0, 0] });
    expect(f(Number.NEGATIVE_INFINITY, Number.NaN)).toEqual({ value: Number.POSITIVE_INFINITY, gradient: [0, 0] });
    expect(f(1.5e308, 1.5e308)).toEqual({ value: Number.POSITIVE_INFINITY, gradient: [0, 0] });
    expect(f(Number.NaN, 1).value).toBeNaN();
    // √(Σ i²) a = a √(n (n + 1) (2n + 1) / 6)
    const length = evaluate((a) => Math.hypot(...times.map((_, i) => a * i)), { scope: { times } })(1).value;
    expect(length).toBe(Math.sqrt((4999 * 5000 * 9999) / 6));
  });
});

test("tangents along a direction", () => {
  const f = (a: number, k: number) => times.map((t) => a * t * Math.exp(-k * t)).reduce((sum, m) => sum + m * m, 0);
  const [a, k] = [1.5, 0.25];
  const sum = (g: (t: number) => number) => times.reduce((all, t) => all + g(t) * Math.exp(-2 * k * t), 0);
  const { tangent } = jvp(f, { scope: { times } })([a, k], [1, -2]);
  expect(tangent / (sum((t) => 2 * a * t * t) + 2 * sum((t) => 2 * a * a * t ** 3))).toBeCloseTo(1, 12);
});

test("a long array as result", () => {
  const f = (a: number, k: number) => times.map((t) => a * Math.exp(-k * t));
  const { value, jacobian: rows } = jacobian(f, { scope: { times } })(2, 0.5);
  expect(isClose(value, f(2, 0.5))).toBe(true);
  for (const i of [0, 77, 4999]) {
    const t = times[i]!;
    expect(rows[i]).toEqual([expect.closeTo(Math.exp(-0.5 * t), 13), expect.closeTo(-2 * t * Math.exp(-0.5 * t), 13)]);
  }
});

test("more parameters than states are given for in short arrays", () => {
  const f = (p: readonly number[]) =>
    observations.map((y, i) => y - p.reduce((sum, c, j) => sum + c * Math.cos(j * times[i]!), 0)).reduce((sum, r) => sum + r * r, 0);
  const p = Array.from({ length: 40 }, (_, j) => 1 / (1 + j));
  const { value, gradient: slopes } = gradient(f, { shape: [p], scope: { observations, times } })(p) as any;
  expect(isClose(value, f(p))).toBe(true);
  const residuals = observations.map((y, i) => y - p.reduce((sum, c, j) => sum + c * Math.cos(j * times[i]!), 0));
  for (const [j, slope] of slopes[0].entries()) {
    expect(slope).toBeCloseTo(-2 * residuals.reduce((sum, r, i) => sum + r * Math.cos(j * times[i]!), 0), 9);
  }
});

test("a callback that throws on data, and what is caught", () => {
  const f = (a: number) =>
    observations
      .map((y) => {
        if (a * y > 3.999) throw new RangeError("too much");
        return a * y;
      })
      .reduce((sum, y) => sum + y, 0);
  expectSame(f, [1], { points: [[1], [2], [1.9]], scope: { observations } });
  try {
    gradient(f, { scope: { observations } }).batch([[1, 1.5, 2, 3]]);
    expect.fail("no error");
  } catch (error) {
    expect(error).toBeInstanceOf(EpsilaneError);
    expect(error).toMatchObject({ code: "thrown", index: 2, cause: new RangeError("too much") });
  }
});

test("what JavaScript does besides", () => {
  const same = (fn: Fn, ...points: number[][]) => expectSame(fn, [1], { points: points.length > 0 ? points : [[1.5]], scope });
  // Holes are left out and stay.
  same((a) => {
    const holes = new Array(600);
    for (let i = 0; i < 600; i += 2) holes[i] = a * i;
    const made = holes.map((v, i) => v + i);
    return [made.length, 1 in made, made[10], made.reduce((sum, v) => sum + v, 0), holes.slice(3).length];
  });
  // The array that the callback gets is the one that is gone through, and may be written to.
  same((a) => {
    const v = times.slice(0, 900).map((t) => a * t);
    let isSame = true;
    const made = v.map((x, i, all) => {
      isSame = isSame && all === v;
      all[(i + 1) % 900] = x + 1;
      return x;
    });
    return [isSame, made[5], v[5], made[899], v[0], made === v];
  });
  // A class of the user's is made by its constructor.
  same((a) => {
    class Vector extends Array {
      get total() {
        return this.reduce((sum: number, x: number) => sum + x, 0);
      }
    }
    const made = Vector.from({ length: 700 }, (_, i) => a * i).map((x) => x + 1) as Vector;
    return [made.total, made instanceof Vector, made.slice(100).length];
  });
  // Callbacks that push elsewhere, count, and leave out elements by index.
  same((a) => {
    const [odd, even] = [[] as number[], [] as number[]];
    let calls = 0;
    times.slice(0, 800).forEach((t, i) => {
      (i % 2 ? odd : even).push(a * t);
      calls++;
    });
    return [odd.length, even.at(-1), calls];
  });
  // Only on the points of a branch.
  same(
    (a) => {
      let v = times.slice(0, 700).map((t) => a * t);
      const old = v;
      if (a > 1) v = v.map((x, i) => (i > 0 ? x - v[i - 1]! : x));
      else v[3] = 7;
      return [v.reduce((sum, x) => sum * 0.5 + x, 0), old[3], v === old ? 1 : 0];
    },
    [1.5],
    [0.5],
  );
});

test("short arrays are unrolled", () => {
  const { graph } = traceOf(
    (a: number, k: number) =>
      times
        .slice(0, 40)
        .map((t) => a * Math.exp(-k * t))
        .reduce((sum, m) => sum + m * m, 0),
    [1, 1],
    { times },
  );
  expect(graph.nodes.some(({ op }) => op === "loop")).toBe(false);
});

test("how many filter keeps must still be known", () => {
  expect(errorOf((a: number) => times.map((t) => a * t).filter((m) => m > 1).length, [1], { times }).code).toBe("shape-on-data");
});
