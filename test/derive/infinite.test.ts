import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { derivative, dual, gradient, jvp } from "../../src/index.ts";
import { execute } from "../support/execute.ts";
import { traceOf } from "../support/trace.ts";

describe.each(["compiled", "interpreted"] as const)("slopes where a denominator overflows, %s", (engine) => {
  const functions: ((x: number) => number)[] = [
    (x) => 1 / (Math.exp(-x) + 1),
    (x) => x / Math.exp(-x),
    (x) => x / Math.cosh(x),
    (x) => 1 / Math.exp(x * x),
    (x) => Math.tanh(x) / Math.cosh(x),
    (x) => 1 / (1 + Math.exp(-x) * Math.exp(-2 * x)),
    (x) => {
      const far = x * 1e300;
      return 1 / (far * far * far);
    },
  ];
  test.each(functions.map((f) => [f] as const))("%s", (f) => {
    expect(Math.abs(derivative(f, { engine }).batch([[-800]]).derivative[0]!)).toBe(0);
    expect(Math.abs(dual(f)({ val: -800, der: 1 }).der)).toBe(0);
    expect(Math.abs(jvp(f, { engine }).batch([[[-800]], [1]]).tangent[0]!)).toBe(0);
  });

  test("along the numerator alone", () => {
    const f = gradient((x: number, y: number) => x / Math.exp(y), { engine, wrt: [0] });
    expect(f(2, 800).gradient).toEqual([0]);
    expect(jvp((x: number, y: number) => x / Math.exp(y), { engine })([2, 800], [1, 0]).tangent).toBe(0);
  });

  test("but at a pole nothing is made up", () => {
    const functions = [(x: number) => 1 / (1 / x + Math.exp(x)), (x: number) => 1 / (1 + 1 / x)];
    for (const f of functions) expect(derivative(f, { engine })(0).derivative).toBe(Number.NaN); // 1, in truth
  });

  test("and where the value is NaN, so is the slope", () => {
    const { derivative: slopes } = derivative((x: number) => Math.exp(x) / Math.exp(x), { engine }).batch([[800, 1]]);
    expect(Array.from(slopes)).toEqual([Number.NaN, 0]);
  });
});

describe.each(["compiled", "interpreted"] as const)("slopes where e^u underflows in a denominator, %s", (engine) => {
  const { POSITIVE_INFINITY: up, NEGATIVE_INFINITY: down } = Number;
  const functions: [f: (x: number) => number, x: number, slope: number][] = [
    [(x) => 1 / Math.exp(-x), 800, up],
    [(x) => -3 / Math.exp(x), -800, up],
    [(x) => x / (-2 * Math.exp(-x * x)), 40, down],
    [(x) => (Math.exp(x) - 1 / Math.exp(x)) / 2, -800, up],
  ];
  test.each(functions)("%s at %d", (f, x, slope) => {
    const first = derivative(f, { engine });
    expect(first.batch([[x, 1]]).derivative[0]).toBe(slope);
    expect(jvp(f, { engine }).batch([[[x, 1]], [1]]).tangent[0]).toBe(slope);
    expect(dual(f)({ val: x, der: 1 }).der).toBe(slope);
  });

  test("and where it does not, the slope is the true one", () => {
    const f = (x: number) => (1 + x * x) / Math.exp(-3 * x);
    const slope = (x: number) => Math.exp(3 * x) * (3 + 2 * x + 3 * x * x);
    for (const x of [-2, 0.5, 7]) {
      expect(derivative(f, { engine })(x).derivative / slope(x)).toBeCloseTo(1, 13);
      expect(jvp(f, { engine })([x], [1]).tangent / slope(x)).toBeCloseTo(1, 13);
    }
  });
});

/** Slopes by mpmath at 3,000 bits, rounded: out of range, and within it. */
const byMpmath: [f: (x: number) => number, slopes: [x: number, slope: number][]][] = [
  [
    (x) => 1 / (2 * -Math.exp(x)),
    [
      [-800, Number.POSITIVE_INFINITY],
      [1.5, 0.11156508007421491],
      [800, 0],
    ],
  ],
  [
    (x) => 1 / (Math.exp(x) / -3),
    [
      [-800, Number.POSITIVE_INFINITY],
      [1.5, 0.6693904804452895],
      [800, 0],
    ],
  ],
  [
    (x) => 1 / (Math.exp(x) * Math.exp(2 * x)),
    [
      [-800, Number.NEGATIVE_INFINITY],
      [-1.5, -270.05139390156546],
      [400, 0],
    ],
  ],
  [
    (x) => Math.exp(x) / Math.exp(3 * x),
    [
      [-700, Number.NEGATIVE_INFINITY],
      [-1.5, -40.171073846375336],
      [0.5, -0.7357588823428847],
    ],
  ],
  [
    (x) => 1 / Math.sqrt(2 * Math.PI * Math.exp(x)),
    [
      [-1600, Number.NEGATIVE_INFINITY],
      [1.5, -0.09422349486793201],
      [1600, 0],
    ],
  ],
  [
    (x) => Math.sqrt(Math.exp(-x * x)),
    [
      [-60, 0],
      [0.75, -0.5661297014917555],
      [60, 0],
    ],
  ],
  [
    (x) => 1 / Math.cbrt(-Math.exp(x)),
    [
      [-2400, Number.POSITIVE_INFINITY],
      [1.5, 0.20217688657087782],
      [2400, 0],
    ],
  ],
  [
    (x) => Math.exp(x) ** -3,
    [
      [-800, Number.NEGATIVE_INFINITY],
      [1.5, -0.033326989614726917],
      [800, 0],
    ],
  ],
  [
    (x) => Math.exp(x) ** 2.5,
    [
      [-800, 0],
      [1.5, 106.30270500015696],
      [800, Number.POSITIVE_INFINITY],
    ],
  ],
  [
    (x) => 1 / Math.pow(2, x),
    [
      [-1200, Number.NEGATIVE_INFINITY],
      [1.5, -0.2450645358671368],
      [1200, 0],
    ],
  ],
  [
    (x) => -1 / (3 * 0.5 ** x),
    [
      [-1200, 0],
      [1.5, -0.6535054289790314],
      [1200, Number.NEGATIVE_INFINITY],
    ],
  ],
  [
    (x) => 1 / (1 + 10 ** x),
    [
      [-400, 0],
      [0.5, -0.42029438941294933],
      [400, 0],
    ],
  ],
  [
    (x) => 1 / (3 - 2 * Math.exp(x)),
    [
      [-800, 0],
      [1.5, 0.25205018494137676],
      [800, 0],
    ],
  ],
  [
    (x) => 1 / Math.sqrt(1 + Math.exp(x)),
    [
      [-800, 0],
      [1.5, -0.17459834795004703],
      [1600, 0],
    ],
  ],
  [
    (x) => (1 + Math.exp(x)) ** -1.5,
    [
      [-800, 0],
      [1.5, -0.09555358524153537],
      [800, 0],
    ],
  ],
  [
    (x) => 1 / (1 + 2 / Math.exp(x)),
    [
      [-1600, 0],
      [1.5, 0.21335131831621917],
      [800, 0],
    ],
  ],
  [
    (x) => 1 / (1 / Math.exp(x)),
    [
      [-800, 0],
      [1.5, 4.4816890703380645],
      [800, Number.POSITIVE_INFINITY],
    ],
  ],
  [(x) => (x > 0 ? 1 / (1 + Math.exp(x)) : 1 / (1 + x)), [[800, 0]]],
  [(x) => 1 / (x > 0 ? Math.exp(x) : 1), [[800, 0]]],
  [
    (x) => Math.exp(-Math.exp(x)),
    [
      [-800, 0],
      [1.5, -0.05070711360998072],
      [7, 0],
      [800, 0],
    ],
  ],
  [
    (x) => Math.exp(x - Math.exp(x)),
    [
      [-800, 0],
      [1.5, -0.1765464032442604],
      [800, 0],
    ],
  ],
  [
    (x) => Math.tanh(Math.exp(x)),
    [
      [-800, 0],
      [0.5, 0.22678136707258645],
      [800, 0],
    ],
  ],
  [
    (x) => Math.atan(-Math.exp(x)),
    [
      [-800, 0],
      [0.5, -0.44340944198503696],
      [1600, 0],
    ],
  ],
  [
    (x) => 1 / x ** 5,
    [
      [0.5, -320.0],
      [1e200, 0],
    ],
  ],
];

describe.each(["compiled", "interpreted"] as const)("slopes of constants, signs, sums, products, roots and powers of e^u, %s", (engine) => {
  test.each(byMpmath)("%s", (f, slopes) => {
    const xs = slopes.map(([x]) => x);
    const found = [
      derivative(f, { engine }).batch([xs]).derivative,
      jvp(f, { engine }).batch([[xs], [1]]).tangent,
      xs.map((x) => dual(f)({ val: x, der: 1 }).der),
    ];
    slopes.forEach(([x, slope], point) => {
      for (const column of found) {
        if (slope === 0 || !Number.isFinite(slope)) expect(column[point]! + 0, `at ${x}`).toBe(slope);
        else expect(column[point]! / slope, `at ${x}`).toBeCloseTo(1, 13);
      }
    });
  });

  test("and their slopes in turn", () => {
    const second = (f: (x: number) => number, x: number) => {
      const { graph, result } = traceOf(f, [x]);
      const slopeOf = (node: NodeId) => accumulateJacobian(graph, [node], [graph.input(0)]).rows[0]!;
      return execute({ graph, outputs: slopeOf(slopeOf((result as { slot: NodeId }).slot)[0]!), engine }, [Float64Array.of(x)], 1)[0]![0]!;
    };
    expect(second((x) => 1 / (2 * -Math.exp(x)), -800)).toBe(Number.NEGATIVE_INFINITY);
    expect(second((x) => 1 / Math.sqrt(Math.exp(x)), -1600)).toBe(Number.POSITIVE_INFINITY);
    expect(second((x) => Math.exp(-Math.exp(x)), 800) + 0).toBe(0);
    expect(second((x) => Math.exp(x) ** -3, 800)).toBe(0);
  });

  test("along each variable", () => {
    const f = gradient((x: number, y: number) => x / (Math.exp(x) * Math.exp(y)), { engine });
    expect(f(1, -800).gradient).toEqual([Number.NaN, Number.NEGATIVE_INFINITY]); // ∞ − ∞: 0, in truth
    expect(f(1, 800).gradient.map(Math.abs)).toEqual([0, 0]);
  });
});

test("a number divided by itself has no slope, whatever is made of it; where it is NaN, its slope is", () => {
  const elastic = (x: number, c: number) => {
    const a = c;
    return x * Math.asin(c / a) + Math.acos(c / a);
  };
  for (const engine of ["compiled", "interpreted"] as const) {
    const { value, gradient: slopes } = gradient(elastic, { engine }).batch([
      [3, 3],
      [2, 0],
    ]);
    expect(value).toEqual(Float64Array.of((3 * Math.PI) / 2, Number.NaN));
    expect(slopes).toEqual([Float64Array.of(Math.PI / 2, Number.NaN), Float64Array.of(0, Number.NaN)]);
  }
});
