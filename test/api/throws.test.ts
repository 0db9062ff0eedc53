import { describe, expect, it } from "vitest";
import { derivative, dual, EpsilaneError, evaluate, gradient, jacobian, jvp } from "../../src/index.ts";
import { engines } from "../support/execute.ts";

const log = (x: number) => {
  if (x <= 0) throw new RangeError(`log of ${x}`);
  return Math.log(x);
};
/** Ones, with other numbers at some points. */
const ones = (points: number, others: Readonly<Record<number, number>> = {}) =>
  Float64Array.from({ length: points }, (_, point) => others[point] ?? 1);

function errorOf(run: () => unknown): EpsilaneError {
  try {
    run();
  } catch (error) {
    if (error instanceof EpsilaneError) return error;
    throw error;
  }
  return expect.fail("no error");
}
const expectThrown = (run: () => unknown, index: number, cause: unknown) =>
  expect(errorOf(run)).toMatchObject({ name: "EpsilaneError", code: "thrown", index, cause });

describe.each(engines)("a throw on data, %s", (engine) => {
  const operators = {
    evaluate: { call: evaluate(log, { engine }), batch: evaluate(log, { engine }).batch },
    gradient: { call: gradient(log, { engine }), batch: gradient(log, { engine }).batch },
    jacobian: { call: jacobian(log, { engine }), batch: jacobian(log, { engine }).batch },
    derivative: { call: derivative(log, { engine }), batch: derivative(log, { engine }).batch },
    jvp: {
      call: (x: number) => jvp(log, { engine })([x], [1]),
      batch: ([xs]: [Float64Array]) => jvp(log, { engine }).batch([[xs], [1]]),
    },
    "jvp with columns of tangents": {
      call: (x: number) => jvp(log, { engine })([x], [2]),
      batch: ([xs]: [Float64Array]) => jvp(log, { engine }).batch([[xs], [xs]]),
    },
    dual: {
      call: (x: number) => dual(log, { engine })({ val: x, der: 1 }),
      batch: ([xs]: [Float64Array]) => dual(log, { engine }).batch([{ val: xs, der: xs }]),
    },
  };

  describe.each(Object.entries(operators))("%s", (_, { call, batch }) => {
    it("ends one point with what the function throws", () => {
      expectThrown(() => call(-2), 0, new RangeError("log of -2"));
      expect(call(1)).toBeDefined();
    });

    it.each([1, 2, 3, 4, 5, 7, 127, 128, 129, 4095, 4096, 4097, 9001])("of %i points ends with the first that throws", (points) => {
      expect(() => batch([ones(points)])).not.toThrow();
      for (const first of new Set([0, points >> 1, points - 1])) {
        for (const second of [first, points - 1]) {
          const xs = ones(points, { [second]: -9, [first]: -3 });
          expectThrown(() => batch([xs]), first, new RangeError("log of -3"));
        }
      }
      expect(() => batch([ones(points)])).not.toThrow();
    });

    it("of no points does nothing", () => expect(() => batch([ones(0)])).not.toThrow());
  });

  it("says where, and what to do", () => {
    expect(errorOf(() => evaluate(log, { engine }).batch([ones(3, { 2: -1 })])).message).toMatch(
      /^The function throws at point 2: log of -1\n\n {2}2 \| .*throw new RangeError\(`log of \$\{x\}`\);\n {4}\| +\^+ log:2:\d+\n\n.*invalid: "nan"/,
    );
    expect(errorOf(() => evaluate(log, { engine })(-1)).message).toMatch(/^The function throws: log of -1\n/);
  });

  it("gives NaN at such points alone where asked", () => {
    const xs = [0.5, -1, 2, 0, 4];
    const wanted = [Math.log(0.5), Number.NaN, Math.log(2), Number.NaN, Math.log(4)];
    const slopes = [2, Number.NaN, 0.5, Number.NaN, 0.25];
    const same = (column: Float64Array, numbers: number[]) =>
      column.forEach((got, point) =>
        Number.isNaN(numbers[point]!) ? expect(got).toBeNaN() : expect(got).toBeCloseTo(numbers[point]!, 14),
      );
    const options = { engine, invalid: "nan" } as const;

    const { value, gradient: slope } = gradient(log, options).batch([xs]);
    same(value, wanted);
    same(slope[0], slopes);
    same(evaluate(log, options).batch([xs]).value, wanted);
    same(derivative(log, options).batch([xs]).derivative, slopes);
    same(jacobian(log, options).batch([xs]).jacobian[0], slopes);
    same(jvp(log, options).batch([[xs], [1]]).tangent, slopes);
    same(jvp(log, options).batch([[xs], [[1, 1, 1, 1, 1]]]).tangent, slopes);
    const { val, der } = dual(log, options).batch([{ val: xs, der: 1 }]);
    same(val, wanted);
    same(der, slopes);
    expect(gradient(log, options)(-1)).toEqual({ value: Number.NaN, gradient: [Number.NaN] });
    expect(dual(log, options)({ val: -1, der: 0 })).toEqual({ val: Number.NaN, der: Number.NaN });
  });

  it("gives NaN for constants and inputs, too, and leaves text", () => {
    const f = jacobian(
      (x: number) => {
        if (x < 0) throw new Error("negative");
        return { x, two: 2, kind: "number" };
      },
      { engine, invalid: "nan" },
    );
    expect(f.batch([[1, -1]])).toEqual({
      value: { x: Float64Array.of(1, Number.NaN), two: Float64Array.of(2, Number.NaN), kind: "number" },
      jacobian: { x: [Float64Array.of(1, Number.NaN)], two: [Float64Array.of(0, Number.NaN)] },
    });
  });

  it("ends a call whose result has no numbers", () => {
    const f = evaluate(
      (x: number) => {
        if (x < 0) throw "negative";
        return "fine";
      },
      { engine },
    );
    expect(f.batch([[1, 2]])).toEqual({ value: "fine" });
    expectThrown(() => f.batch([[1, 2, -3]]), 2, "negative");
  });

  it("depends on numbers shared by all points", () => {
    const scaled = gradient(
      (x: number, k: number) => {
        if (k < 0) throw new RangeError(`scale ${k}`);
        if (x > 10) throw new TypeError(`x ${x} at scale ${k}`);
        return k * x;
      },
      { engine },
    );
    expectThrown(() => scaled.batch([ones(5000), -2]), 0, new RangeError("scale -2"));
    expectThrown(() => scaled.batch([ones(5000, { 4500: 11 }), 2]), 4500, new TypeError("x 11 at scale 2"));
    expectThrown(() => scaled.batch([ones(3, { 1: 11 }), -2]), 0, new RangeError("scale -2"));
    expectThrown(() => scaled.batch([1, Float64Array.of(1, 2, -1)]), 2, new RangeError("scale -1"));
    expect(scaled.batch([ones(0), -2]).value).toEqual(ones(0));
    expect(scaled.batch([ones(2), 3]).value).toEqual(Float64Array.of(3, 3));
  });

  it("tells of several throws the one that the point meets first", () => {
    const f = (x: number, y: number) => {
      if (x > 1) throw new RangeError("x");
      const check = (v: number) => {
        if (v > 1) throw new TypeError("y");
        return v;
      };
      return x * check(y);
    };
    const batch = evaluate(f, { engine }).batch;
    expectThrown(
      () =>
        batch([
          [1, 2, 2],
          [1, 2, 1],
        ]),
      1,
      new RangeError("x"),
    );
    const error = errorOf(() =>
      batch([
        [1, 1, 2],
        [1, 2, 2],
      ]),
    );
    expect(error).toMatchObject({ index: 1, cause: new TypeError("y") });
    expect(error.message).toContain('throw new TypeError("y")');
  });

  it("hands the function its own tree", () => {
    const seen: unknown[] = [];
    const f = (p: { at: [number, number]; weight: number }, k: number) => {
      if (p.weight < 0) throw { p, k };
      return p.at[0] * p.at[1] * p.weight * k;
    };
    const run = gradient(f, { engine }).batch;
    seen.push(errorOf(() => run([{ at: [[1, 2], 3], weight: [1, -5] }, 7])).cause);
    expect(seen).toEqual([{ p: { at: [2, 3], weight: -5 }, k: 7 }]);
    expect(errorOf(() => jvp(f, { engine })([{ at: [1, 2], weight: -1 }, 3], [{ at: [1, 0], weight: 0 }, 0])).cause).toEqual({
      p: { at: [1, 2], weight: -1 },
      k: 3,
    });
  });

  it("says so where the function has changed its mind", () => {
    let strict = true;
    const f = evaluate(
      (x: number) => {
        if (strict && x < 0) throw new Error("negative");
        return x;
      },
      { engine },
    );
    strict = false;
    const { cause } = errorOf(() => f(-1));
    expect(cause).toBeInstanceOf(Error);
    expect((cause as Error).message).toContain('throw new Error("negative")');
    strict = true;
    expectThrown(() => f(-1), 0, new Error("negative"));
  });

  it("goes on with onProgress up to the chunk that throws, and leaves epsilane usable", () => {
    const f = gradient(log, { engine });
    const done: number[] = [];
    const onProgress = (points: number) => {
      done.push(points);
      expect(f.batch([ones(10)]).value).toEqual(ones(10, {}).fill(0));
    };
    expectThrown(() => f.batch([ones(9000, { 8999: -1 })], { onProgress }), 8999, new RangeError("log of -1"));
    expect(done).toEqual([4096, 8192]);
    expect(f.batch([ones(9000)]).value).toEqual(ones(9000).fill(0));
  });

  it("lets the function that is called for the cause use epsilane itself", () => {
    const inner = gradient(log, { engine });
    const note = (x: number) => `slope ${inner(2).gradient[0]} at ${x}`;
    const f = (x: number) => {
      if (x < 0) throw new Error(note(x));
      return x;
    };
    const scope = { note: () => "" };
    expectThrown(() => evaluate(f, { engine, scope }).batch([ones(5000, { 4999: -1 })]), 4999, new Error("slope 0.5 at -1"));
  });

  it("counts with parts of the result left out, and leaves out alone where arguments are wrong", () => {
    const f = gradient(log, { engine });
    const out = { value: ones(3) };
    expect(() => f.batch([ones(4, { 0: -1 })], { out })).toThrow(expect.objectContaining({ code: "bad-out" }));
    expect(out.value).toEqual(ones(3));
    expectThrown(() => f.batch([ones(3, { 1: -1 })], { out }), 1, new RangeError("log of -1"));
    expectThrown(() => f.batch([ones(3, { 1: -1 })], { out: { gradient: [ones(3)] } }), 1, new RangeError("log of -1"));
    expect(f.batch([ones(3)], { out }).value).toEqual(ones(3).fill(0));
  });
});

describe("functions that throw nowhere", () => {
  it("are computed as before: no column, no instruction more", () => {
    const plain = gradient((x: number, y: number) => x * Math.exp(y));
    const asked = gradient((x: number, y: number) => x * Math.exp(y), { invalid: "nan" });
    for (const f of [plain, asked]) f.batch([[1], [2]]);
    const { segments, bytes, scratchColumns } = plain.report!;
    expect(asked.report).toMatchObject({ segments, bytes, scratchColumns });
  });
});
