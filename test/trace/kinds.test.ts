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

describe("members that data does not have", () => {
  const lightness = (c) => (c.mode === "lch" ? c.l : c[0] * 2);
  test("tell arrays from objects", () => {
    expect(evaluate(lightness)([3]).value).toBe(6);
    expect(evaluate((v) => (v.x ?? v[0]) * 2)([3]).value).toBe(6);
    expect(evaluate((v) => (Number.isInteger(v) || v.size !== undefined ? 1 : v[0] * 2))([3]).value).toBe(6);
  });
  test("are an error where they are used", () => {
    for (const data of [3, [3]]) expect(() => evaluate((p) => p.x * 2)(data)).toThrow(expect.objectContaining({ code: "wrong-tree" }));
  });
  test("what is written to where it may be what is read", () => {
    const swapped = (out, v) => {
      if (out === v) return v;
      [out[0], out[1]] = [v[1], v[0]];
      return out;
    };
    expect(jacobian(swapped)([0, 0], [3, 4]).value).toEqual([4, 3]);
  });
});

describe("one of several kinds", () => {
  const pick = (x) => (x < 0 ? [x, 1] : x > 1 ? [x, 2] : [x * x, 3]);
  const listOr = (x) => (x > 0 ? [x, 1] : x);
  test.each([
    (x) => [Array.isArray(pick(x)), Array.isArray(listOr(x)) ? 1 : 2],
    (x) => [[pick(x)].flat()[1], [7].concat(pick(x))[2], [pick(x), pick(-x)].flatMap((v) => v)[2]],
    (x) => {
      let found;
      if (x > 0) found = x;
      return [Number.isFinite(found) ? 1 : 2, Number.isNaN(found) ? 1 : 2, Number.isInteger(x > 0 ? 3 : "3") ? 1 : 2];
    },
    (x) => {
      const text = x > 0 ? "3" : 2;
      return [text == 3 ? 1 : 2, text === 3 ? 1 : 2, text > 2.5 ? 1 : 2, text - 1, (text + 1).length === 2 ? 1 : 2];
    },
    (x) => {
      const word = x > 0 ? "up" : "down";
      return [word < "eee" ? 1 : 2, word + "" === "up" ? 1 : 2];
    },
    (x) => {
      const flag = x > 0 ? true : 2;
      return [flag == 1 ? 1 : 2, flag === true ? 1 : 2, flag + 1];
    },
    (x) => {
      const three = x > 0 ? { valueOf: () => 3 } : 2;
      return [three == 3 ? 1 : 2, 3 == three ? 1 : 2, three > 2.5 ? 1 : 2, three + x];
    },
    (x) => parseFloat(x > 0 ? "3px" : x) * x,
    (x) => [ArrayBuffer.isView(x > 0 ? [x] : new Float64Array(1)) ? 1 : 2, ArrayBuffer.isView(x), ArrayBuffer.isView([x])],
  ])("%s", (fn) => expectSame(fn, [1], { points }));
});

test("holes of an array that is returned are undefined", () => {
  const fn = (x) => ({ powers: Object.assign(new Array(3), { 1: x, 2: x * x }) });
  expect(jacobian(fn)(3)).toEqual({ value: { powers: [undefined, 3, 9] }, jacobian: { powers: [undefined, [1], [6]] } });
});

test("what is written to the console is not written", () => {
  expectSame((x) => (x > 0 ? x : (console.assert(true, "negative", x), -x)), [1], { points });
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
