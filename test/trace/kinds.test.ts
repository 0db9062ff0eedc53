// @ts-nocheck The functions are plain JavaScript.
import { describe, expect, test } from "vitest";
import { evaluate, jacobian } from "../../src/index.ts";
import { errorOf, expectSame } from "../support/trace.ts";

/** How functions of published packages ask what they were given. */

const points = [[3], [-1.5], [0]];
const { toString } = Object.prototype;
const tagOf = (value) => toString.call(value).slice(8, -1);
const isNumber = (value) => tagOf(value) === "Number";

describe("Object.prototype.toString", () => {
  test.each([
    (x) => (isNumber(x) ? 2 * x : 0),
    (x) => (isNumber(2 * x) ? 2 * x : 0),
    (x) => [tagOf([x]), tagOf({ x }), tagOf("x"), tagOf(() => x), tagOf(undefined), tagOf(null), tagOf(x > 1), tagOf(true)],
    (x) => [tagOf(new Float64Array([x])), tagOf(new Map()), tagOf(new RangeError("far")), {}.toString.call([x])],
    (x) => tagOf([x][x > 0 ? 0 : 1]).length * x,
    (x) => tagOf(x > 0 ? [x] : x).length * x,
  ])("%s", (fn) => expectSame(fn, [1], { points }));
  test("of arguments", () => {
    expectSame((v) => (tagOf(v) === "Array" ? v[0] : v), [[1]], { points });
    expectSame((p) => (tagOf(p) === "Object" ? p.x : p), [{ x: 1 }], { points });
  });
});

describe("what every value has", () => {
  test.each([
    (x) => [
      (2 * x).constructor === Number,
      "a".constructor === String,
      (x > 1).constructor === Boolean,
      (() => 1).constructor === Function,
    ],
    (x) => [[x].constructor === Array, { x }.constructor === Object, new Float32Array(1).constructor === Float32Array],
    (x) => [new Map().constructor === Map, new RangeError("far").constructor === RangeError],
    (x) => (x.hasOwnProperty("x") ? x.x : 2 * x),
    (x) => [{ x }.propertyIsEnumerable("x"), { x }.propertyIsEnumerable("y"), [x].hasOwnProperty(0), "ab".hasOwnProperty("0")],
    (x) => ({ x }).valueOf().x + [x].valueOf()[0] + (2 * x).valueOf() + ({ x }.toString() === "[object Object]" ? x : 0),
    (x) => (true.toString() === "true" && true.size === undefined ? x : 0),
  ])("%s", (fn) => expectSame(fn, [1], { points }));
  test("members of arguments that data does not have are not taken from Object.prototype", () => {
    const isPoint = (p) => p.hasOwnProperty("x") && p.hasOwnProperty("y");
    const norm = (p) => (isPoint(p) ? Math.hypot(p.x, p.y) : Math.abs(p));
    expect(jacobian(norm)({ x: 3, y: 4 })).toEqual({ value: 5, jacobian: [{ x: 0.6, y: 0.8 }] });
    expect(jacobian(norm)(-3)).toEqual({ value: 3, jacobian: [-1] });
    const first = (v) => (v.constructor === Array ? v[0] : v.constructor === Object ? v.x : v);
    for (const data of [[2], { x: 2 }, 2]) expect(evaluate(first)(data).value).toBe(2);
  });
  test("Function is not reached by it", () => {
    expect(errorOf((x) => x.constructor.constructor("return 1")(), [1]).code).toBe("unsupported-function");
  });
});

describe("without data it is not decided what an argument is", () => {
  const lengthOf = (v) => {
    if (!v) throw new TypeError("a number or an array");
    if (!Array.isArray(v)) return Math.abs(v.size);
    return v[0] * v[1];
  };
  const checked = (v) => {
    if (tagOf(v) !== "Array") throw new TypeError("no array");
    return v[0] * v[1];
  };
  const listed = (v) => {
    if (!(v instanceof Object) || typeof v.forEach !== "function") throw new TypeError("no list");
    return v[0] * v[1];
  };
  test.each([lengthOf, checked, listed])("%s", (fn) => {
    const f = jacobian(fn);
    expect(f([3, 4]).value).toBe(fn([3, 4]));
    expect(f.batch([[Float64Array.of(3, 6), 4]]).value).toEqual(Float64Array.of(fn([3, 4]), fn([6, 4])));
  });
  test("with data, it is an error", () => {
    expect(() => jacobian(checked)(3)).toThrow(expect.objectContaining({ code: "thrown" }));
    expect(errorOf(checked, [1]).code).toBe("thrown");
  });
});

describe("errors that are returned", () => {
  const missing = new RangeError("no number");
  const toNumber = (x) => (Number.isNaN(x) ? missing : x);
  const root = (x) => {
    const number = toNumber(x);
    if (number instanceof Error) return number;
    return number < 0 ? new TypeError("negative") : Math.sqrt(number);
  };
  test("are NaN where there are numbers on other points", () => {
    expect(jacobian(root)(4)).toEqual({ value: 2, jacobian: [0.25] });
    expect(jacobian(root).batch([[9, -9, Number.NaN]])).toEqual({
      value: Float64Array.of(3, Number.NaN, Number.NaN),
      jacobian: [Float64Array.of(1 / 6, 0, 0)],
    });
  });
  test("are what they are an instance of", () => {
    expectSame((x) => [missing instanceof Error, missing instanceof RangeError, missing instanceof TypeError, missing.name, x], [1]);
    expectSame((x) => [toNumber(x) instanceof Error ? 1 : 0, x], [1], { points });
  });
});

describe("prototypes of classes to which a program adds later", () => {
  class Shade {
    constructor(k) {
      this.k = k;
    }
    get double() {
      return 2 * this.k;
    }
    name() {
      return 1;
    }
    replaced() {
      return 2;
    }
  }
  Shade.prototype.squared = function () {
    return this.k * this.double;
  };
  Shade.prototype.step = 3;
  Shade.prototype.replaced = function () {
    return this.k * 5;
  };
  Object.defineProperty(Shade.prototype, "half", {
    get() {
      return this.k / 2;
    },
  });
  class Dark extends Shade {}
  Dark.prototype.all = function () {
    return this.squared() + this.half;
  };
  const kept = new Dark(7);
  test.each([
    (x) => new Shade(x).squared() + new Shade(x).half * Shade.prototype.step + new Shade(x).name(),
    (x) => new Shade(x).replaced(),
    (x) => new Dark(x).all() + kept.all() * x + kept.replaced(),
  ])("%s", (fn) => expectSame(fn, [1], { points }));
});
