import { describe, expect, test } from "vitest";
import { isOperation } from "../../src/graph/operations.ts";
import * as symbols from "../../src/trace/symbols/symbols.ts";
import { NeedsShape } from "../../src/trace/trace.ts";
import { evaluateTrace } from "../support/evaluate.ts";
import { errorOf, pointsFor, traceOf } from "../support/trace.ts";

const { abs, add, and, div, eq, exp, ge, gt, hypot, lt, max, mul, ne, neg, not, or, pow, rem, sqrt, sub, traced, where } = symbols;

describe("traced", () => {
  test("a function of symbols becomes the graph of the plain function", () => {
    const plain = traceOf((x: number, y: number) => Math.sqrt(x * x + y * y) - 2 / x ** 3 + (x % -y));
    const onSymbols = traceOf(
      traced((x: number, y: number) => add(sub(sqrt(add(mul(x, x), mul(y, y))), div(2, pow(x, 3))), rem(x, neg(y)))),
    );
    expect(onSymbols.graph.nodes.length).toBe(plain.graph.nodes.length);
    for (const point of pointsFor(2)) expect(evaluateTrace(onSymbols, point)).toBe(evaluateTrace(plain, point));
  });
  test("conditions", () => {
    const f = traced((x: number, y: number) =>
      where(or(and(gt(x, 0), lt(y, x)), not(ne(x, y))), x, where(ge(y, 2), 5, where(eq(x, -1), 7, 8))),
    );
    const trace = traceOf(f);
    for (const [x, y, want] of [
      [1, 0, 1],
      [1, 2, 5],
      [2, 2, 2],
      [-1, 0, 7],
      [-3, 0, 8],
      [Number.NaN, 0, 8],
    ] as const) {
      expect(evaluateTrace(trace, [x, y])).toBe(want);
      expect(f(x, y)).toBe(want);
    }
  });
  test("plain numbers give plain numbers", () => {
    expect([add(1, 2), rem(7, 4), max(1, 3, 2), hypot(3, 4), abs(-2), where(true, 1, 2), lt(1, 2), and(true, false), not(false)]).toEqual([
      3,
      3,
      3,
      5,
      2,
      1,
      true,
      false,
      true,
    ]);
    expect(Object.is(neg(0), -0)).toBe(true);
    const folded = traceOf(() => Math.exp(1.25));
    expect(exp(1.25)).toBe(evaluateTrace(folded, []));
  });
  test("every function of Math, and the operators on bits", () => {
    const names = ["asin", "acos", "sinh", "cosh", "asinh", "acosh", "atanh", "log2", "log10", "fround", "clz32"] as const;
    const trace = traceOf(traced((x: number) => names.map((name) => symbols[name](x))));
    const want = traceOf(new Function(`return (x) => [${names.map((name) => `Math.${name}(x)`)}]`)());
    for (const x of [-3, -0.5, 0, 0.3, 1, 2.5]) expect(evaluateTrace(trace, [x])).toEqual(evaluateTrace(want, [x]));
    const { bitAnd, bitOr, bitXor, bitNot, shiftLeft, shiftRight, shiftRightUnsigned, imul, exp2 } = symbols;
    const f = (x: number, y: number) => [
      ...[bitAnd(x, y), bitOr(x, y), bitXor(x, y), bitNot(x), shiftLeft(x, y)],
      ...[shiftRight(x, y), shiftRightUnsigned(x, y), imul(x, y), exp2(y)],
    ];
    const bits = traceOf(traced(f));
    const plain = (x: number, y: number) => [x & y, x | y, x ^ y, ~x, x << y, x >> y, x >>> y, Math.imul(x, y), 2 ** y];
    for (const [x, y] of [
      [5, 3],
      [-5, 31],
      [2 ** 33 + 7.5, 33],
      [Number.NaN, 1],
      [-1e300, 4],
    ] as const) {
      expect(evaluateTrace(bits, [x, y])).toEqual(plain(x, y));
      expect(f(x, y)).toEqual(plain(x, y));
    }
  });
  test("trees of arguments and results come from the data", () => {
    const f = traced((v: number[], p: { a: number }) => ({ s: v.reduce((a, b) => add(a, b)), t: [mul(p.a, 2), "text", 3] }));
    const trace = traceOf(f, [[1, 2, 3], { a: 1 }]);
    expect(evaluateTrace(trace, [1, 2, 3, 4])).toEqual({ s: 6, t: [8, "text", 3] });
    expect(() => traceOf(f)).toThrow(NeedsShape);
    expect(() => traceOf(traced(([a, b]: number[]) => add(a!, b!)))).toThrow(NeedsShape);
  });
  test("closes over anything", () => {
    const k = [2, 3];
    const helper = (t: number) => mul(t, k[1]!);
    expect(evaluateTrace(traceOf(traced((x: number) => helper(add(x, k[0]!)))), [1])).toBe(9);
  });
  test("inside a function that is read", () => {
    const g = traced((t: number) => mul(t, t));
    expect(evaluateTrace(traceOf(new Function("return (x) => g(x) + h(x, 1)")(), [1], { g, h: symbols.sub }), [3])).toBe(11);
  });
});

describe("misuse names what to use", () => {
  test.each([
    ["an operator", traced((x: number) => x * 2), "symbol-in-expression"],
    ["a comparison", traced((x: number) => (x > 0 ? x : 1)), "symbol-in-expression"],
    ["a host function", traced((x: number) => Math.sin(x)), "symbol-in-expression"],
    ["text", traced((x: number) => Number(`${x}`)), "symbol-in-expression"],
    ["a condition for a number", traced((x: number) => add(gt(x, 0) as never, 1)), "not-a-number"],
    ["a number for a condition", traced((x: number) => where(x as never, 1, 2)), "not-a-number"],
    ["undefined", traced((x: number) => add(x, undefined as never)), "not-a-number"],
    ["a condition as a result", traced((x: number) => gt(x, 0)), "result-on-data"],
  ])("%s", (_, fn, code) => expect(errorOf(fn).code).toBe(code));
  test.each([undefined, null, 3, "x"])("%s in place of a function", (fn) => {
    expect(() => traced(fn as never)).toThrow(expect.objectContaining({ name: "EpsilaneError", code: "not-a-function" }));
  });
  test("a symbol of an earlier call", () => {
    let kept = 0;
    traceOf(traced((x: number) => (kept = x)));
    expect(errorOf(traced((x: number) => add(x, kept))).code).toBe("stale-symbol");
  });
});

test("functions have the names of their operations", () => {
  const others = ["traced", "where", "bitNot"];
  expect(Object.keys(symbols).filter((name) => !others.includes(name) && !isOperation(name))).toEqual([]);
});
