import { build } from "vite";
import { describe, expect, test } from "vitest";
import * as all from "../../src/index.ts";
import { text } from "../../src/wasm/generated/special.ts";

const { clamp, copysign, derivative, gradient, heaviside, jvp, lerp, logSumExp, mix, mul, polygamma, traced } = all;
const { erf, gamma, normalCdf, sinc } = all;
const functions: Pick<typeof all, (typeof unary)[number]> = all;
/** A stretch of the embedded module without characters that a bundler may write otherwise. */
const moduleText = text().match(/\w{24,}/)![0];
const engines = ["compiled", "interpreted"] as const;
const unary = [
  "erf",
  "erfc",
  "erfcx",
  "normalPdf",
  "normalCdf",
  "logistic",
  "softplus",
  "gamma",
  "logGamma",
  "digamma",
  "trigamma",
  "sinc",
] as const;
const points = [0.3, 1.7, 4.4, 12.5];

/** Richardson's extrapolation of central differences. */
function slopeOf(f: (x: number) => number, x: number): number {
  const h = 2 ** -9;
  const difference = (step: number) => (f(x + step) - f(x - step)) / (2 * step);
  return (4 * difference(h / 2) - difference(h)) / 3;
}

describe.each(engines)("%s", (engine) => {
  test.each(unary)("the derivative of %s, twice", (name) => {
    const fn = functions[name];
    const first = derivative(fn, { engine });
    const second = derivative(
      traced((x: number) => mul(fn(x), 1)),
      { engine },
    );
    const { value, derivative: slopes } = first.batch([points]);
    points.forEach((x, i) => {
      expect(value[i]).toBe(fn(x));
      expect(first(x)).toEqual({ value: fn(x), derivative: slopes[i] });
      expect(second(x).derivative).toBe(slopes[i]);
      const expected = slopeOf(fn, x);
      expect(Math.abs(slopes[i]! - expected), `${name}′(${x}) = ${slopes[i]}, not ${expected}`).toBeLessThan(
        1e-8 * (1 + Math.abs(expected)),
      );
    });
  });

  test("inside a function that is read from its source", () => {
    const f = gradient((x: number, y: number) => normalCdf(x) * sinc(y) + erf(0.5) * gamma(x + 2), {
      scope: { normalCdf, sinc, erf, gamma },
      engine,
    });
    const value = (x: number, y: number) => normalCdf(x) * sinc(y) + erf(0.5) * gamma(x + 2);
    const { value: column, gradient: slopes } = f.batch([
      [0.3, 1],
      [1.2, -2],
    ]);
    [
      [0.3, 1.2],
      [1, -2],
    ].forEach(([x, y], i) => {
      expect(column[i]).toBe(value(x!, y!));
      expect(slopes[0][i]).toBeCloseTo(
        slopeOf((t) => value(t, y!), x!),
        8,
      );
      expect(slopes[1][i]).toBeCloseTo(
        slopeOf((t) => value(x!, t), y!),
        8,
      );
    });
  });

  test("jvp", () => {
    const { tangent } = jvp(sinc, { engine }).batch([[[0, 2]], [[1, 1]]]);
    expect(tangent[0]! + 0).toBe(0);
    expect(tangent[1]).toBeCloseTo(-0.4353977749799916, 15);
  });

  test("the slope of gamma where gamma has lost its digits", () => {
    // by mpmath
    const slopes = [
      [-171.5, 9.94303968276336e-310],
      [-172.000001, -4.684825835471793e-300],
      [-177.25, 2.9e-322],
      [-177.0009765625, 2.993421e-317],
      [-180.00000001, -4.9776904587e-314],
    ];
    const { derivative: found } = derivative(gamma, { engine }).batch([slopes.map(([x]) => x!)]);
    slopes.forEach(([x, expected], i) => {
      expect(Math.abs(found[i]! - expected!), `at ${x}: ${found[i]}`).toBeLessThanOrEqual(
        Math.abs(expected!) * 2 ** -51 + Number.MIN_VALUE,
      );
    });
  });

  test("polygamma on and on", () => {
    const f = derivative((x: number) => polygamma(3, x), { scope: { polygamma }, engine });
    expect(f.batch([[0.5, 2]])).toEqual({
      value: Float64Array.of(polygamma(3, 0.5), polygamma(3, 2)),
      derivative: Float64Array.of(polygamma(4, 0.5), polygamma(4, 2)),
    });
  });

  test("logSumExp has the slopes of softmax, equal at ties", () => {
    const f = gradient((x: number, y: number, z: number) => logSumExp(x, y, z), { scope: { logSumExp }, engine });
    const { value, gradient: slopes } = f.batch([[1, 0, 700], 1, [1, -40, Number.NEGATIVE_INFINITY]]);
    const rows = [
      [1, 1, 1],
      [0, 1, -40],
      [700, 1, Number.NEGATIVE_INFINITY],
    ];
    rows.forEach((row, i) => {
      expect(value[i]).toBe(logSumExp(...row));
      const largest = Math.max(...row);
      const total = row.reduce((sum, x) => sum + Math.exp(x - largest), 0);
      row.forEach((x, k) => expect(slopes[k]![i]).toBeCloseTo(Math.exp(x - largest) / total, 15));
    });
  });

  test("logSumExp of any number of terms is rounded once, its slopes are good to 3 ulp", () => {
    // by mpmath, with 300 bits; some are sums of terms of one size and sign, where a rounded logarithm would show
    const rows: [number[], number, number[]][] = [
      [[0.73741, 1.450722], 1.8495105798875664, [0.3288674227198483, 0.6711325772801517]],
      [[0.397597, 0.471225], 1.1282356628500414, [0.4816013109831968, 0.5183986890168032]],
      [[1.439391, 2.53395], 2.822646935891766, [0.2507607614801873, 0.7492392385198128]],
      [[0.014503, 0.232811], 0.8227496860692064, [0.44563872623872997, 0.55436127376127]],
      [[2.66014, 0.893847, 2.405403], 3.3259601312014713, [0.5138519288472899, 0.08785099562265489, 0.39829707553005517]],
      [[0.056603, 0.234535, 0.123286], 1.2394647175476776, [0.3064006506619331, 0.36607036222269124, 0.32752898711537565]],
      [
        [0.262565, 0.443647, -2.921315, -1.699621, -1.323106],
        1.2124062570682779,
        [0.38680242073144455, 0.46358790504159125, 0.016023141513968206, 0.054365405426550044, 0.0792211272864459],
      ],
      [
        [0.458173, 0.382863, 0.079802, 0.398573, 0.069384],
        1.900954224681335,
        [0.23626972484612377, 0.21912975748753669, 0.16183916837779863, 0.2225994692018859, 0.160161880086655],
      ],
      [[0.001, -7.25], 0.0017092130184055928, [0.999291038413704, 0.0007089615862960095]],
      [[1e-20, -45.5], 2.736205283100295e-20, [1.0, 1.7362052831002947e-20]],
      [[0.25, 0.25, 0.25], 1.3486122886681098, [0.3333333333333333, 0.3333333333333333, 0.3333333333333333]],
      [[-17.29005531548557, -54.75618315231878], -17.29005531548557, [1.0, 5.3538650753716036e-17]],
      [
        [0.9, -3.3, 0.9, -50.1],
        1.6006170002699232,
        [0.49627900502785727, 0.007441989944285477, 0.49627900502785727, 3.5213348574595167e-23],
      ],
      [[700.5, 1.5, 699.25], 700.7519290813453, [0.7772998611746912, 2.0832708629456194e-304, 0.22270013882530884]],
      [[-700.25, -701.5], -699.9980709186547, [0.7772998611746912, 0.22270013882530884]],
    ];
    for (const [xs, exact, weights] of rows) {
      const f = gradient(
        traced((terms: number[]) => logSumExp(...terms)),
        { shape: [xs], engine },
      );
      const {
        value,
        gradient: [slopes],
      } = f(xs);
      expect(value, `at ${xs}`).toBe(exact);
      xs.forEach((_, i) => {
        expect(Math.abs(slopes[i]! / weights[i]! - 1), `slope ${i} at ${xs}`).toBeLessThan(3 * Number.EPSILON);
      });
    }
  });

  test("a small slope of logSumExp keeps its digits", () => {
    const f = gradient((x: number, y: number) => logSumExp(x, y), { scope: { logSumExp }, engine });
    // e^(y − x)/(1 + e^(y − x)) by mpmath
    expect(Math.abs(f(-17.29005531548557, -54.75618315231878).gradient[1] / 5.3538650753716036e-17 - 1)).toBeLessThan(5e-16);
    expect(f.batch([[Number.POSITIVE_INFINITY, 3], Number.NEGATIVE_INFINITY]).value).toEqual(Float64Array.of(Number.POSITIVE_INFINITY, 3));
  });

  test("clamp, heaviside, lerp, mix and copysign", () => {
    const of = (f: (x: number) => number) => derivative(f, { scope: { clamp, heaviside, lerp, mix, copysign }, engine });
    const columns = [[-2, -1, 0, 0.5, 1, 3]];
    const slopes = (f: (x: number) => number) => Array.from(of(f).batch(columns as [number[]]).derivative, (slope) => slope + 0);
    expect(slopes((x) => clamp(x, -1, 1))).toEqual([0, 0.5, 1, 1, 0.5, 0]);
    expect(slopes((x) => heaviside(x))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(slopes((x) => lerp(2, 5, x))).toEqual([3, 3, 3, 3, 3, 3]);
    expect(slopes((x) => mix(x, 5, 0.25))).toEqual([0.75, 0.75, 0.75, 0.75, 0.75, 0.75]);
    expect(slopes((x) => copysign(x, -3))).toEqual([1, 1, 0, -1, -1, -1]);
    expect(slopes((x) => copysign(3, x))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Array.from(of((x) => copysign(3, x)).batch([[-0, Number.NaN, 5, -5]]).value)).toEqual([-3, 3, 3, -3]);
  });
});

test("at poles without a value there is no slope, either", () => {
  const { digamma, trigamma } = all;
  expect(Array.from(derivative(digamma).batch([[-1, -50, 0]]).derivative)).toEqual([Number.NaN, Number.NaN, Number.POSITIVE_INFINITY]);
  expect(derivative(trigamma)(-1)).toEqual({ value: Number.POSITIVE_INFINITY, derivative: Number.NaN });
  const second = derivative((x: number) => polygamma(2, x), { scope: { polygamma } });
  expect(second(-3)).toEqual({ value: Number.NaN, derivative: Number.NaN });
  expect(second(-2.5).derivative).toBe(polygamma(3, -2.5));
});

test("clamp, heaviside, lerp, mix and copysign by themselves, and with too few arguments", () => {
  expect(gradient(clamp)(0.5, 0, 1)).toEqual({ value: 0.5, gradient: [1, 0, 0] });
  expect(gradient(heaviside)(2)).toEqual({ value: 1, gradient: [0] });
  expect(gradient(lerp)(1, 3, 0.5)).toEqual({ value: 2, gradient: [0.5, 0.5, 2] });
  expect(gradient(mix)(1, 3, 0.5)).toEqual({ value: 2, gradient: [0.5, 0.5, 2] });
  expect(gradient(copysign)(2, -3)).toEqual({ value: -2, gradient: [-1, 0] });
  const tooFew = { name: "EpsilaneError", code: "not-a-number", message: "clamp was called with undefined, which is no number." };
  expect(() => (clamp as (...xs: number[]) => number)(5)).toThrow(expect.objectContaining(tooFew));
});

test("on plain numbers", () => {
  expect([heaviside(-3), heaviside(-0), heaviside(2), heaviside(Number.NaN)]).toEqual([0, 0.5, 1, Number.NaN]);
  expect([clamp(5, 0, 1), lerp(1, 3, 0.5), mix(0.1, 0.7, 1)]).toEqual([1, 2, 0.7]);
  expect([copysign(2, -0), copysign(-2, Number.NaN), copysign(-0, 1)]).toEqual([-2, 2, 0]);
  expect([logSumExp(), logSumExp(7), logSumExp(0, -40)]).toEqual([Number.NEGATIVE_INFINITY, 7, 4.248354255291589e-18]);
  expect([
    logSumExp(1000, 1000),
    logSumExp(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY),
    logSumExp(Number.POSITIVE_INFINITY, 1),
    logSumExp(Number.NEGATIVE_INFINITY, 5, Number.NEGATIVE_INFINITY),
    logSumExp(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
    logSumExp(1, Number.NaN, 2),
    logSumExp(Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE),
    logSumExp(0, -745),
  ]).toEqual([
    1000 + Math.LN2,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    5,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    Number.MAX_VALUE,
    Number.MIN_VALUE,
  ]);
});

test.each([1.5, -1, 1001])("an order of %d is refused", (order) => {
  expect(() => polygamma(order, 1)).toThrow(/whole number from 0 to 1000/);
});

test("a bundle that uses no special function does not carry their module", async () => {
  const bundle = async (names: string) => {
    const index = new URL("../../src/index.ts", import.meta.url).pathname;
    const source = `import { ${names} } from ${JSON.stringify(index)}; globalThis.used = [${names}];`;
    const result = await build({
      configFile: false,
      logLevel: "error",
      plugins: [
        { name: "entry", resolveId: (id) => (id === "virtual:entry" ? id : null), load: (id) => (id === "virtual:entry" ? source : null) },
      ],
      build: { write: false, minify: false, modulePreload: { polyfill: false }, rollupOptions: { input: "virtual:entry" } },
    });
    return (result as { output: { code: string }[] }).output.map(({ code }) => code).join("");
  };
  expect(await bundle("gradient, clamp, copysign")).not.toContain(moduleText);
  expect(await bundle("gradient, erf")).toContain(moduleText);
});
