import { describe, expect, it } from "vitest";
import { add, derivative, dual, evaluate, gradient, jacobian, jvp, mul, sqrt, traced } from "../../src/index.ts";

const columns = (...lists: number[][]) => lists.map((list) => Float64Array.from(list));
const column = (...numbers: number[]) => Float64Array.from(numbers);

describe("gradient", () => {
  const distance = gradient((x: number, y: number) => Math.sqrt(x * x + y * y));

  it("is exactly [0.6, 0.8] for the distance at (3, 4)", () => {
    expect(distance(3, 4)).toEqual({ value: 5, gradient: [0.6, 0.8] });
    expect(distance.batch(columns([3, 6], [4, 8]) as [Float64Array, Float64Array])).toEqual({
      value: column(5, 10),
      gradient: [column(0.6, 0.6), column(0.8, 0.8)],
    });
  });

  it("has a column for a shared number too, with the bits of one that varies", () => {
    const xs = Float64Array.from({ length: 1001 }, (_, point) => Math.sin(point) * 9);
    const shared = distance.batch([xs, 2.5]);
    expect(shared).toEqual(distance.batch([xs, new Float64Array(1001).fill(2.5)]));
    expect(shared.gradient[1][7]).toBe(distance(xs[7], 2.5).gradient[1]);
  });

  it("follows the tree of the arguments", () => {
    const f = gradient((a: number, { b, c: [d, e] }: { b: number; c: [number, number] }) => a * b + d * d * e);
    expect(f(2, { b: 3, c: [5, 7] })).toEqual({ value: 181, gradient: [3, { b: 2, c: [70, 25] }] });
    const {
      gradient: [, tree],
    } = f.batch([2, { b: column(3, 4), c: [5, column(7, 8)] }]);
    expect(tree).toEqual({ b: column(2, 2), c: [column(70, 80), column(25, 25)] });
  });

  it("takes lengths from the first call, and traces each once", () => {
    const squares = gradient((v: number[]) => v.reduce((sum, x) => sum + x * x, 0));
    expect(squares([1, 2, 3])).toEqual({ value: 14, gradient: [[2, 4, 6]] });
    expect(squares([1, 2])).toEqual({ value: 5, gradient: [[2, 4]] });
    expect(squares(Float64Array.of(1, 2) as never)).toEqual({ value: 5, gradient: [[2, 4]] });
    expect(squares.batch([[column(1, 2), 3]])).toEqual({ value: column(10, 13), gradient: [[column(2, 4), column(6, 6)]] });
  });

  it("knows its tree from shape, of which arguments behind may be absent", () => {
    const f = gradient((v: number[], t: number) => v[0] * v[1] * t, { shape: [[0, 0]] });
    expect(f([2, 3], 5)).toEqual({ value: 30, gradient: [[15, 10], 6] });
    expect(() => f([2, 3, 4], 5)).toThrow(expect.objectContaining({ code: "wrong-tree" }));
  });

  it("refuses a shape that the function contradicts", () => {
    const refused = (shape: unknown[], words: string) => {
      const call = () => gradient((v: number, p: { a: number }) => v * v + p.a, { shape });
      expect(call).toThrow(expect.objectContaining({ name: "EpsilaneError", code: "wrong-tree" }));
      expect(call).toThrow(words);
    };
    refused([[0, 0], { a: 0 }], "args[0] is used as a number, but shape has an array there");
    refused([{ v: 0 }, { a: 0 }], "args[0] is used as a number, but shape has an object there");
    refused(["v", { a: 0 }], "args[0] is used as a number, but shape has a string there");
    refused([0, { a: [0] }], "args[1].a is used as a number");
    refused([0, {}], "args[1].a is used here");
  });

  it("is for the arguments that wrt chooses, in its order", () => {
    const f = (x: number, k: { a: number; list: [number, number] }) => x * k.a * k.list[0] * k.list[1];
    expect(gradient(f, { wrt: [1, 0] })(2, { a: 3, list: [5, 7] }).gradient).toEqual([{ a: 70, list: [42, 30] }, 105]);
    expect(gradient(f, { wrt: [[1, "list", 1], 0, [1, "a"]] })(2, { a: 3, list: [5, 7] }).gradient).toEqual([30, 105, 70]);
    expect(gradient(f, { wrt: [0, 0] })(2, { a: 3, list: [5, 7] }).gradient).toEqual([105, 105]);
    expect(gradient(f, { wrt: [] })(2, { a: 3, list: [5, 7] })).toEqual({ value: 210, gradient: [] });
    const { gradient: both } = gradient(f, { wrt: [0, 0] }).batch([column(2), { a: 3, list: [5, 7] }]);
    expect(both[0]).not.toBe(both[1]);
  });

  it("is a column of zeros for constants, and for arguments that are not used", () => {
    const f = gradient((_x: number, _y: number) => 7);
    expect(f(1, 2)).toEqual({ value: 7, gradient: [0, 0] });
    expect(f.batch([column(1, 2), 3])).toEqual({ value: column(7, 7), gradient: [column(0, 0), column(0, 0)] });
  });

  it("gives every leaf a column of its own", () => {
    const {
      value,
      gradient: [dx, dy],
    } = gradient((x: number, y: number) => x + y).batch([column(1), column(2)]);
    expect(new Set([value.buffer, dx.buffer, dy.buffer]).size).toBe(3);
    const xs = column(1, 2);
    const same = evaluate((x: number) => [x, x]).batch([xs]).value;
    expect(same).toEqual([xs, xs]);
    expect(new Set([xs.buffer, ...same.map(({ buffer }) => buffer)]).size).toBe(3);
  });
});

describe("jacobian", () => {
  it("is [output][argument], in the trees of both", () => {
    const f = jacobian((x: number, y: [number, number]) => ({
      u: x * y[0],
      w: [y[1] * y[1], x] as [number, number],
      unit: "m",
      no: [null, x] as [null, number],
    }));
    expect(f(2, [3, 5])).toEqual({
      value: { u: 6, w: [25, 2], unit: "m", no: [null, 2] },
      jacobian: {
        u: [3, [2, 0]],
        w: [
          [0, [0, 10]],
          [1, [0, 0]],
        ],
        no: [undefined, [1, [0, 0]]],
      },
    });
    const { value, jacobian: rows } = f.batch([column(2, 3), [3, 5]]);
    expect(value).toEqual({ u: column(6, 9), w: [column(25, 25), column(2, 3)], unit: "m", no: [null, column(2, 3)] });
    expect(rows.u).toEqual([column(3, 3), [column(2, 3), column(0, 0)]]);
    expect(Object.keys(rows)).toEqual(["u", "w", "no"]);
  });

  it("of one number has the tree of the gradient", () => {
    expect(jacobian((x: number, y: number) => x * y)(2, 3)).toEqual({ value: 6, jacobian: [3, 2] });
  });
});

describe("derivative", () => {
  it("is that of a curve, in its tree", () => {
    const spiral = derivative((t: number) => ({ at: [t * t, t * t * t], k: 4 }));
    expect(spiral(2)).toEqual({ value: { at: [4, 8], k: 4 }, derivative: { at: [4, 12], k: 0 } });
    expect(spiral.batch([column(2, 1)])).toEqual({
      value: { at: [column(4, 1), column(8, 1)], k: column(4, 4) },
      derivative: { at: [column(4, 2), column(12, 3)], k: column(0, 0) },
    });
  });

  it("of x² at 5 gives 25 + 10ε", () => {
    expect(derivative((x) => x ** 2)(5)).toEqual({ value: 25, derivative: 10 });
  });

  it("needs one number", () => {
    for (const f of [(x: number, y: number) => x + y, () => 1, ([x]: [number]) => x]) {
      expect(() => derivative(f as never)).toThrow(expect.objectContaining({ code: "not-one-number" }));
    }
  });
});

describe("evaluate", () => {
  it("gives what is no number as it is, and numbers as columns", () => {
    const f = evaluate((x: number) => ({ unit: "m", none: null, yes: true, list: [x, 3] }));
    expect(f(2)).toEqual({ value: { unit: "m", none: null, yes: true, list: [2, 3] } });
    expect(f.batch([column(1, 2)])).toEqual({ value: { unit: "m", none: null, yes: true, list: [column(1, 2), column(3, 3)] } });
  });
});

describe("jvp", () => {
  const f = jvp((x: number, [y, z]: [number, number]) => [x * y, z]);

  it("pushes tangents, of one point and of columns", () => {
    expect(f([2, [3, 5]], [1, [10, 7]])).toEqual({ value: [6, 5], tangent: [23, 7] });
    expect(
      f.batch([
        [column(2, 4), [3, 5]],
        [1, [column(10, 20), 0]],
      ]),
    ).toEqual({
      value: [column(6, 12), column(5, 5)],
      tangent: [column(23, 83), column(0, 0)],
    });
    expect(
      f.batch([
        [2, [3, 5]],
        [column(1, 2), [0, 0]],
      ]).tangent,
    ).toEqual([column(3, 6), column(0, 0)]);
  });

  it("takes the number 0 as a tangent that is not there, which makes no NaN", () => {
    const root = jvp((x: number, y: number) => Math.sqrt(x) + y);
    expect(root([0, 1], [0, 1])).toEqual({ value: 1, tangent: 1 });
    expect(
      root.batch([
        [column(0), 1],
        [0, 1],
      ]).tangent,
    ).toEqual(column(1));
    expect(
      root.batch([
        [column(0), 1],
        [column(0), 1],
      ]).tangent[0],
    ).toBeNaN();
  });

  it("names args and tangents in errors", () => {
    expect(() => f([2, [3, 5]], [1, [10]] as never)).toThrow("tangents[1] must be an array of 2");
    expect(() =>
      f.batch([
        [column(1), [2, 3]],
        [1, [column(1, 2), 0]],
      ]),
    ).toThrow("args[0] has 1 points, but tangents[1][0] has 2");
    expect(() => f.batch([column(1)] as never)).toThrow(expect.objectContaining({ code: "argument-count" }));
  });
});

describe("dual", () => {
  const distance = dual((x: number, y: number) => Math.sqrt(x * x + y * y));

  it("is exactly { val: 5, der: 0.6 } for the distance", () => {
    expect(distance({ val: 3, der: 1 }, { val: 4, der: 0 })).toEqual({ val: 5, der: 0.6 });
  });

  it("takes and gives structures of columns", () => {
    const { val, der } = distance.batch([
      { val: column(3, 6), der: 1 },
      { val: column(4, 8), der: 0 },
    ]);
    expect([val, der]).toEqual([column(5, 10), column(0.6, 0.6)]);
    const f = dual((v: number[]) => ({ s: v[0] * v[1], unit: "m" }));
    expect(
      f([
        { val: 2, der: 1 },
        { val: 3, der: 10 },
      ]),
    ).toEqual({ s: { val: 6, der: 23 }, unit: "m" });
    expect(
      f.batch([
        [
          { val: 2, der: column(1, 2) },
          { val: 3, der: 10 },
        ],
      ]).s,
    ).toEqual({ val: column(6, 6), der: column(23, 26) });
  });

  it("gives a list, or what is no number at all, as the function does", () => {
    const f = dual((x: number) => [x * x, "m", [x]]);
    const square = [{ val: 9, der: 6 }, "m", [{ val: 3, der: 1 }]];
    expect(f({ val: 3, der: 1 })).toEqual(square);
    expect(f.batch([{ val: [3], der: 1 }])).toEqual([{ val: column(9), der: column(6) }, "m", [{ val: column(3), der: column(1) }]]);
    expect(dual((_x: number) => "m")({ val: 3, der: 1 })).toBe("m");
    expect(dual((_x: number) => null).batch([{ val: [3], der: 1 }])).toBeNull();
  });

  it("takes objects whose members are called val and der", () => {
    const f = dual((p: { val: number; der: number }) => p.val * p.der);
    expect(f({ val: { val: 2, der: 1 }, der: { val: 3, der: 0 } })).toEqual({ val: 6, der: 3 });
  });

  it("has no options for a batch, and names what is missing", () => {
    const args = [
      { val: column(3), der: 1 },
      { val: 4, der: 0 },
    ] as const;
    expect(() => (distance.batch as (...args: unknown[]) => unknown)(args, { out: {} })).toThrow(
      expect.objectContaining({ code: "unknown-option" }),
    );
    expect(() => distance({ val: 3 } as never, { val: 4, der: 0 })).toThrow("args[0] must be an object with val, der");
  });
});

describe("arguments", () => {
  it("that are optional have no derivative where they are not given", () => {
    const f = gradient((x: number, y = 2) => x * y);
    expect(f(3)).toEqual({ value: 6, gradient: [2] });
    expect(f(3, undefined as never)).toEqual({ value: 6, gradient: [2] });
    expect(f(3, 5)).toEqual({ value: 15, gradient: [5, 3] });
    expect(f.batch([column(1, 2)])).toEqual({ value: column(2, 4), gradient: [column(2, 2)] });
    const member = gradient((c: { a: number; k?: number }) => c.a * (c.k ?? 3));
    expect(member({ a: 2 })).toEqual({ value: 6, gradient: [{ a: 3 }] });
    expect(member({ a: 2, k: 5 })).toEqual({ value: 10, gradient: [{ a: 5, k: 2 }] });
    expect(member({ a: 2, k: undefined })).toEqual({ value: 6, gradient: [{ a: 3 }] });
  });

  it("that are a list of any length are counted", () => {
    const f = gradient((...v: number[]) => v.reduce((product, x) => product * x, 1));
    expect(f(2, 3).gradient).toEqual([3, 2]);
    expect(f(2, 3, 4).gradient).toEqual([12, 8, 6]);
  });

  it("may have members that the function does not use, and that are no numbers", () => {
    class Camera {
      focal = 3;
      pose = [1, 2];
      name = "left";
      zoom() {
        return this.focal;
      }
      get double() {
        return 2 * this.focal;
      }
    }
    const f = gradient((camera: { focal: number; double: number }) => camera.focal * camera.double);
    expect(f(new Camera())).toEqual({ value: 18, gradient: [{ focal: 6, pose: [0, 0], double: 3 }] });
  });

  it("may call the function again while they are read", () => {
    const f = gradient((p: { a: number; b: number }) => p.a * p.b);
    f({ a: 1, b: 1 });
    const inner = {
      a: 2,
      get b() {
        return f({ a: 10, b: 20 }).value;
      },
    };
    expect(f(inner)).toEqual({ value: 400, gradient: [{ a: 200, b: 2 }] });
  });

  it("of natives and of functions called with symbols are as good", () => {
    expect(gradient(Math.hypot)(3, 4)).toEqual({ value: 5, gradient: [0.6, 0.8] });
    expect(gradient(traced((x: number, y: number) => sqrt(add(mul(x, x), mul(y, y)))))(3, 4)).toEqual({ value: 5, gradient: [0.6, 0.8] });
  });

  it("are none at all for a constant", () => {
    expect(evaluate(() => 3)()).toEqual({ value: 3 });
    expect(() => evaluate(() => 3).batch([])).toThrow(expect.objectContaining({ code: "no-column" }));
  });
});
