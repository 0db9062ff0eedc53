// @ts-nocheck The functions are plain JavaScript.
import { describe, expect, test } from "vitest";
import { derivative, evaluate, gradient } from "../../src/index.ts";
import { errorOf, expectSame } from "../support/trace.ts";

/** What functions of published packages do beside arithmetic. */

describe("arguments that are not given", () => {
  const checked = (x, s) => {
    if (s === void 0) s = 2;
    return x * s;
  };
  const falsy = (x, scale) => x / (scale || 4);
  function counted(x, s) {
    return arguments.length > 1 && arguments[1] !== undefined ? x * s : x + arguments.length;
  }
  test.each([checked, falsy, counted])("%s", (fn) => {
    expectSame(fn, [1]);
    expectSame(fn, [1, 1]);
    expect(evaluate(fn)(3)).toEqual({ value: fn(3) });
    expect(evaluate(fn)(3, 5)).toEqual({ value: fn(3, 5) });
    expect(evaluate(fn, { shape: [1] }).batch([[3, 4]]).value).toEqual(Float64Array.of(fn(3), fn(4)));
  });
  test("are an error where they are used", () => {
    expect(errorOf((x, y) => x * y, [1]).code).toBe("argument-count");
    expect(() => gradient((x, y) => x * y)(1)).toThrow(/Too few arguments: args\[1\]/);
    expect(gradient((v, y) => v[0] * y, { shape: [[0]] })([2], 3).gradient).toEqual([[3], 2]);
  });
});

describe("members that are not there", () => {
  test("of numbers", () => {
    expectSame((x) => (x * 2).valueOf() + (x.length > 1 ? 1 : 2), [1], { points: [] });
    const each = (...args) => (args[0].length > 1 ? args[0] : args).map((x) => x * 2);
    expect(evaluate(each, { shape: [1, 1] })(3, 4).value).toEqual([6, 8]);
    expect(evaluate(each, { shape: [[1, 1]] })([3, 4]).value).toEqual([6, 8]);
  });
  test("of arrays", () => {
    const first = (v) => (v.x ?? v[0]) * 2;
    expect(evaluate(first, { shape: [[1, 1]] })([3, 4]).value).toBe(6);
    expect(evaluate(first, { shape: [{ x: 1 }] })({ x: 5 }).value).toBe(10);
  });
  test("without shape, data of another tree is an error", () => {
    expect(errorOf((v) => v.length, [1]).code).toBe("wrong-tree");
    expect(() => gradient(({ x }) => x * x)([1])).toThrow(expect.objectContaining({ code: "wrong-tree" }));
  });
});

test("private members of a class outside, which can't be read, are no undefined", () => {
  class Outside {
    static #rate = 2;
    static of = (x) => x * Outside.#rate;
  }
  expect(Outside.of(3)).toBe(6);
  expect(errorOf((x) => Outside.of(x), [1]).code).toBe("private-member");
});

test("objects that know their number", () => {
  class Metres {
    constructor(value) {
      this.value = value;
    }
    valueOf() {
      return this.value;
    }
  }
  expectSame((x) => +new Metres(x) * 2 + new Metres(3), [1]);
});

describe("nothing, on some points", () => {
  const { NaN: none } = Number;
  test.each([
    ["no result", (x) => (x > 0 ? x : undefined), none],
    [
      "a function that ends",
      (x) => {
        if (x > 0) return x;
      },
      none,
    ],
    ["null for an array", (x) => (x > 0 ? [x, [2, x]] : null), [none, [none, none]]],
    [
      "a member",
      (x) => {
        const r = { l: x };
        if (x > 0) r.h = x;
        return r;
      },
      { l: -1, h: none },
    ],
    ["other members", (x) => (x > 0 ? { mode: "a", k: x, r: 1 } : { mode: "a", r: x }), { mode: "a", k: none, r: -1 }],
  ])("%s", (_, fn, without) => {
    expect(evaluate(fn)(2).value).toEqual(fn(2));
    expect(evaluate(fn)(-1).value).toEqual(without);
  });
});

describe("recursion that a range of the argument ends", () => {
  const odd = (x) => {
    if (x < 0) return -odd(-x);
    return x > 3 ? 3 : Math.log1p(x);
  };
  const upper = (x) => (x > 0.5 ? 1 - upper(1 - x) : x * x);
  const gamma = (z) => (z < 0.5 ? Math.PI / (Math.sin(Math.PI * z) * gamma(1 - z)) : z * z);
  const reciprocal = (x) => (x > 1 ? 1 / reciprocal(1 / x) : x);
  const rising = (n) => (n > 0 && n < 5.5 ? rising(n + 1) / n : n);
  const far = (x) => (Math.abs(x) >= 2 ? far(x / Math.abs(x)) * 2 : x ** 2);
  test.each([odd, upper, gamma, reciprocal, rising])("%s", (fn) => expectSame(fn, [1]));
  test("with a slope", () => expect(derivative(odd)(-2).derivative).toBe(derivative(odd)(2).derivative));
  test("but not where it may not end", () => {
    expect(errorOf(far, [1]).code).toBe("recursion-on-data");
    const endless = (x) => (x < 0 ? 1 + endless(x - 1) : x);
    expect(errorOf(endless, [1]).code).toBe("recursion-on-data");
    const notANumber = (x) => (x <= 1 ? x : 2 * notANumber(1 / x));
    expect(errorOf(notANumber, [1]).code).toBe("recursion-on-data");
  });
});

describe("what the language has", () => {
  const { toString, hasOwnProperty: has } = Object.prototype;
  const { slice } = Array.prototype;
  test("methods taken from prototypes", () => {
    expectSame((v) => (toString.call(v) === "[object Array]" && has.call({ a: 1 }, "a") ? slice.call(v, 1)[0] : 0), [[1, 1]]);
  });
  test("types that numbers are not", () => {
    expectSame((x) => (x instanceof Date || x instanceof RegExp ? 0 : x * 2), [1]);
    expect(errorOf((x) => x * Date.now(), [1]).code).toBe("unsupported-member");
    expect(errorOf((x) => x * new Date().getTime(), [1]).code).toBe("unsupported-function");
  });
  test("parseInt of known text", () => {
    expectSame((x) => x * (parseInt("ff", 16) + Number.parseInt("12px")), [1]);
    expect(errorOf((x) => parseInt(x), [1]).code).toBe("text-on-data");
  });
});

describe("what surrounds a function", () => {
  test("a helper's names that are nowhere matter where they are reached", () => {
    const helper = (x, wrong) => (wrong ? nowhere : x * 2);
    expectSame((x) => helper(x), [1]);
    expect(errorOf((x) => helper(x, true), [1]).message).toContain("nowhere is not defined");
  });
  test("variables that functions share, however they are reached", () => {
    let last;
    const stream = { point: start };
    function start(x) {
      last = x;
      stream.point = next;
    }
    function next(x) {
      last += x;
    }
    expect(
      evaluate((x) => {
        for (const k of [1, 2, 3]) stream.point(k * x);
        return last;
      })(2).value,
    ).toBe(12);
  });
  test("a module behind the proxy of a test runner", () => {
    let ran = 0;
    const target = Object.defineProperty({ default: { rate: 3, deep: (x) => x * 2 }, own: 5 }, "__esModule", { value: true });
    const module = new Proxy(target, { get: () => ++ran, has: () => ++ran, getOwnPropertyDescriptor: () => void ++ran });
    expect(evaluate((x) => (0, module.default).rate * x + module.deep(x) + module.own)(2).value).toBe(15);
    expect(ran).toBe(0);
  });
});
