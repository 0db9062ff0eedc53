import { describe, expect, it } from "vitest";
import { EpsilaneError, gradient, type Strided, strided } from "../../src/index.ts";
import { typedArrays } from "../support/typed-arrays.ts";

const f = (x: number, y: number) => x * y + Math.exp(x);
const engines = ["compiled", "interpreted"] as const;
const ramp = (points: number, start: number) => Float64Array.from({ length: points }, (_, point) => start + point / 64);

describe.each(engines)("a %s batch", (engine) => {
  const product = gradient(f, { engine });

  it.each([0, 1, 2, 3, 5, 1001, 4097])("of %i points has the bits of one point at a time", (points) => {
    const [xs, ys] = [ramp(points, -3), ramp(points, 1.25)];
    const {
      value,
      gradient: [dx, dy],
    } = product.batch([xs, ys]);
    expect([value.length, dx.length, dy.length]).toEqual([points, points, points]);
    expect(dy).toEqual(xs);
    for (let point = 0; point < points; point += point < 5 ? 1 : 97) {
      expect({ value: value[point], gradient: [dx[point], dy[point]] }).toEqual(product(xs[point], ys[point]));
    }
    if (points > 0) expect(value[points - 1]).toBeCloseTo(f(xs[points - 1], ys[points - 1]), 12);
  });

  it("reads every kind of column", () => {
    const numbers = [1, 2, 3, 4, 5];
    const wanted = product.batch([numbers, 2]);
    for (const kind of typedArrays) {
      const data = kind.from(numbers);
      expect(product.batch([data, 2])).toEqual(wanted);
      const doubled = kind.from(numbers.flatMap((x) => [99, x]));
      expect(product.batch([strided(doubled, { offset: 1, stride: 2 }), 2])).toEqual(wanted);
    }
    const shared = new Float64Array(new SharedArrayBuffer(40));
    shared.set(numbers);
    expect(product.batch([shared, 2])).toEqual(wanted);
  });

  it("writes into out, rounded to single precision and interleaved where asked", () => {
    const xs = ramp(1001, 0);
    const wanted = product.batch([xs, 3]);
    const pairs = new Float32Array(2002);
    const lanes: [Strided, Strided] = [strided(pairs, { stride: 2 }), strided(pairs, { offset: 1, stride: 2 })];
    const out = { value: new Float64Array(1001), gradient: lanes };
    expect(product.batch([xs, 3], { out })).toBe(out);
    expect(out.value).toEqual(wanted.value);
    expect(pairs).toEqual(Float32Array.from({ length: 2002 }, (_, index) => wanted.gradient[index % 2][index >> 1]));
  });

  it("computes only the parts that out has room for", () => {
    const xs = ramp(10, 0);
    const wanted = product.batch([xs, 3]);
    const slope = product.batch([xs, 3], { out: { gradient: [new Float64Array(10), new Float64Array(10)] } });
    expect(slope).toEqual({ gradient: wanted.gradient });
    expect(product.batch([xs, 3], { out: { value: new Float64Array(10) } })).toEqual({ value: wanted.value });
    expect(product.batch([xs, 3], { out: {} })).toEqual({});
  });

  it("tells of its progress, and may be called from there", () => {
    const xs = ramp(10_000, -4);
    const wanted = product.batch([xs, 3]);
    const [done, inner] = [[] as number[], [] as unknown[]];
    const result = product.batch([xs, 3], {
      onProgress(count, total) {
        expect(total).toBe(10_000);
        done.push(count);
        inner.push(product.batch([ramp(5000, 7), 11]).value[0], product(1, 2).gradient);
        gradient((x: number) => Math.log(x), { engine }).batch([ramp(3000, 5)]);
      },
    });
    expect(result).toEqual(wanted);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.length).toBeGreaterThan(1);
    expect(done.at(-1)).toBe(10_000);
    const { value } = product.batch([[7], 11]);
    expect(inner.slice(0, 2)).toEqual([value[0], product(1, 2).gradient]);
  });

  it("serves more columns than a chunk has room for", () => {
    const sum = gradient((v: number[]) => v.reduce((total, x) => total + x * x, 0), { engine });
    const args = Array.from({ length: 400 }, (_, k) => ramp(700, k));
    const {
      value,
      gradient: [row],
    } = sum.batch([args]);
    expect(row[399][699]).toBe(2 * args[399][699]);
    expect(value[3]).toBeCloseTo(
      args.reduce((total, column) => total + column[3] ** 2, 0),
      3,
    );
  });
});

describe("plans", () => {
  it("are kept by shape and sharedness, and not without bound", () => {
    const sum = gradient((v: number[]) => v[0] * v[0]);
    const report = (args: (Float64Array | number)[]) => {
      sum.batch([args]);
      return sum.report;
    };
    const first = report([ramp(3, 0), 1]);
    expect(report([ramp(9, 5), 2])).toBe(first);
    expect(report([ramp(9, 5), ramp(9, 1)])).not.toBe(first);
    for (let length = 3; length < 80; length++) report([ramp(3, 0), ...new Array(length - 1).fill(1)]);
    expect(report([ramp(3, 0), 1])).not.toBe(first);
  });

  it("are reported", () => {
    const product = gradient(f);
    expect(product.report).toBeUndefined();
    product(1, 2);
    expect(product.report).toMatchObject({ engine: "compiled", order: expect.any(String), operations: expect.any(Number) });
  });
});

describe("errors of a batch", () => {
  const product = gradient(f) as unknown as { (...args: unknown[]): unknown; batch(args: unknown, options?: unknown): unknown };
  const xs = ramp(3, 0);
  const detached = new Float64Array(3);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  const untouched = 7;
  const fresh = (length = 3) => new Float64Array(length).fill(untouched);

  it.each([
    ["mismatched lengths", [xs, ramp(4, 0)], "length-mismatch", "args[0] has 3 points, but args[1] has 4"],
    ["a tree where a number is", [{ a: xs }, 1], "not-a-column", "args[0]"],
    ["a list of lists", [[[1], [2], [3]], xs], "not-a-number", "args[0]"],
    ["64-bit integers", [new BigInt64Array(3), xs], "not-a-column", "BigInt64Array"],
    ["a string", [xs, "x"], "not-a-column", "args[1] must be a column"],
    ["strings in a list", [["1", "2", "3"], xs], "not-a-number", 'args[0] is a column, but its entry 0 is the string "1"'],
    ["null", [null, xs], "not-a-column", "null"],
    ["a detached buffer", [detached, xs], "detached-buffer", "args[0]"],
    ["too few arguments", [xs], "argument-count", "Too few arguments"],
    ["too many arguments", [xs, xs, xs], "argument-count", "Too many arguments"],
    ["no column", [1, 2], "no-column", "For one point call f(…) itself"],
    ["no tuple", xs, "wrong-tree", "batch takes the tuple of the arguments"],
  ])("leave out untouched: %s", (_, args, code, words) => {
    const out = { value: fresh(), gradient: [fresh(), fresh()] };
    expect(() => product.batch(args, { out })).toThrow(expect.objectContaining({ name: "EpsilaneError", code }));
    expect(() => product.batch(args, { out })).toThrow(words);
    expect(out).toEqual({ value: fresh(), gradient: [fresh(), fresh()] });
  });

  it.each([
    ["too short", () => ({ value: fresh(), gradient: [fresh(), fresh(2)] }), "bad-out", "out.gradient[1] has room for 2 points"],
    ["of another tree", () => ({ value: fresh(), gradient: { x: fresh() } }), "bad-out", "out.gradient must be an array of 2"],
    ["with a leaf left out", () => ({ value: fresh(), gradient: [fresh(), undefined] }), "bad-out", "out.gradient[1]"],
    ["of integers", () => ({ value: new Int32Array(3).fill(untouched), gradient: [fresh(), fresh()] }), "bad-out", "Int32Array"],
    ["with an unknown part", () => ({ value: fresh(), grad: [fresh(), fresh()] }), "bad-out", "grad"],
    ["over an argument", () => ({ value: fresh(), gradient: [xs, fresh()] }), "overlap", "out.gradient[0] and args[0]"],
  ])("leave out untouched: out %s", (_, make, code, words) => {
    const [out, before] = [make(), make()];
    const kept = ramp(3, 0);
    expect(() => product.batch([xs, ramp(3, 1)], { out })).toThrow(expect.objectContaining({ name: "EpsilaneError", code }));
    expect(() => product.batch([xs, ramp(3, 1)], { out })).toThrow(words);
    expect(out).toEqual(before);
    expect(xs).toEqual(kept);
  });

  it("name options that mean nothing", () => {
    expect(() => product.batch([xs, xs], { onprogress() {} })).toThrow("batch has no option onprogress. Its options are out, onProgress.");
    expect(() => product.batch([xs, xs], { onProgress: 3 })).toThrow(expect.objectContaining({ code: "bad-option" }));
    expect(() => product.batch([xs, xs], [])).toThrow(expect.objectContaining({ code: "bad-option" }));
    expect(() => gradient(f, { wrth: [0] } as never)).toThrow(
      "gradient has no option wrth. Its options are wrt, shape, scope, engine, invalid, maxIterations.",
    );
    expect(() => gradient(f, { engine: "fast" as never })).toThrow('must be "compiled" or "interpreted"');
    expect(() => gradient(f, { invalid: "NaN" as never })).toThrow('must be "throw" or "nan"');
    expect(() => gradient(f, { wrt: ["x"] as never })).toThrow(expect.objectContaining({ code: "bad-option" }));
    expect(() => gradient(f, { wrt: [0, 1.5, -1] })).toThrow('such as [0, [1, "focal"]], but has the number 1.5 in it.');
    expect(() => gradient(f, { wrt: 1 as never })).toThrow("but is the number 1.");
    expect(() => gradient(f, { scope: [2] as never })).toThrow("an object of names or a function that returns one, but is an array");
    expect(() => gradient(f, { engine: [] as never })).toThrow('must be "compiled" or "interpreted", but is an array');
    expect(() => gradient(f, { wrt: [2] })).toThrow(expect.objectContaining({ code: "no-such-argument" }));
  });

  it("have an index where they belong to a point, and else none", () => {
    const logarithm = gradient((x: number) => {
      if (x <= 0) throw new RangeError("no logarithm");
      return Math.log(x);
    });
    const thrownBy = (call: () => unknown) => {
      try {
        return call();
      } catch (error) {
        return error as object;
      }
    };
    expect(thrownBy(() => logarithm.batch([[1, 0]]))).toHaveProperty("index", 1);
    expect("index" in (thrownBy(() => logarithm("1" as never)) as object)).toBe(false);
  });

  it("tell one point from many", () => {
    expect(() => product(xs, 1)).toThrow("args[0] must be a number, but is a Float64Array. A call takes one point; batch takes columns.");
    expect(() => product(1)).toThrow(expect.objectContaining({ code: "argument-count" }));
    expect(() => product(1, 2, 3)).toThrow(expect.objectContaining({ code: "argument-count" }));
    expect(() => product(1, "2")).toThrow(expect.objectContaining({ code: "not-a-number" }));
    expect(product(1, 2)).toEqual({ value: 2 + Math.E, gradient: [2 + Math.E, 1] });
  });

  it("name the operator that fits", () => {
    expect(() => gradient(((x: number) => [x, x]) as never)).toThrow("use jacobian");
    expect(() => gradient(3 as never)).toThrow(EpsilaneError);
  });
});
