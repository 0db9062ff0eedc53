import { EpsilaneError } from "../../errors.ts";
import type { OperationName } from "../../graph/operations.ts";
import { applyToSymbols, onSymbols, Symbolic } from "./traced.ts";

type Unary = (a: number) => number;
type Binary = (a: number, b: number) => number;
type Comparison = (a: number, b: number) => boolean;

const named = <F extends Function>(name: string, fn: F): F => onSymbols(Object.defineProperty(fn, "name", { value: name }));
const unary = (op: OperationName): Unary => named(op, ((a) => applyToSymbols(op, [a]) as number) satisfies Unary);
const binary = (op: OperationName): Binary => named(op, ((a, b) => applyToSymbols(op, [a, b]) as number) satisfies Binary);
const comparison = (op: OperationName): Comparison => named(op, ((a, b) => applyToSymbols(op, [a, b]) as boolean) satisfies Comparison);
/** `first` and any number of others, by one operation of any arity. */
const extreme = (op: "min" | "max") =>
  named(op, (first: number, ...others: number[]): number => applyToSymbols(op, [first, ...others]) as number);

/**
 * A function that is called once, with symbols in place of numbers, in place of being read from its source. It survives
 * every build step, and closes over anything. Its body uses the functions below in place of operators and `Math`.
 *
 * `gradient(traced((x, y) => sqrt(add(mul(x, x), mul(y, y)))))`
 *
 * @throws EpsilaneError `not-a-function`
 */
export function traced<A extends number[], R>(fn: (...args: A) => R): (...args: A) => R;
export function traced<A extends readonly any[], R>(fn: (...args: A) => R): (...args: A) => R;
export function traced(fn: (...args: never[]) => unknown): (...args: never[]) => unknown {
  if (typeof fn !== "function")
    throw new EpsilaneError("not-a-function", `traced needs a function, not ${fn === null ? "null" : typeof fn}.`);
  const wrapper = (...args: never[]) => fn(...args);
  Object.defineProperties(wrapper, { name: { value: fn.name }, length: { value: fn.length } });
  return onSymbols(wrapper);
}

/** `a + b` */
export const add: Binary = /* @__PURE__ */ binary("add");
/** `a - b` */
export const sub: Binary = /* @__PURE__ */ binary("sub");
/** `a * b` */
export const mul: Binary = /* @__PURE__ */ binary("mul");
/** `a / b` */
export const div: Binary = /* @__PURE__ */ binary("div");
/** `a % b` */
export const rem: Binary = /* @__PURE__ */ binary("rem");
/** `a ** b` */
export const pow: Binary = /* @__PURE__ */ binary("pow");
/** `-a` */
export const neg: Unary = /* @__PURE__ */ unary("neg");

/** |a|, with slope 0 at 0. */
export const abs: Unary = /* @__PURE__ */ unary("abs");
/** −1, 0 or 1, −0 of −0; its slope is 0. */
export const sign: Unary = /* @__PURE__ */ unary("sign");
/** The greatest whole number up to a; its slope is 0. */
export const floor: Unary = /* @__PURE__ */ unary("floor");
/** The least whole number from a up; its slope is 0. */
export const ceil: Unary = /* @__PURE__ */ unary("ceil");
/** a without its fraction; its slope is 0. */
export const trunc: Unary = /* @__PURE__ */ unary("trunc");
/** The nearest whole number, halves up; its slope is 0. */
export const round: Unary = /* @__PURE__ */ unary("round");
/** Rounded to single precision; its slope is 1. */
export const fround: Unary = /* @__PURE__ */ unary("fround");
/** √a; its slope at 0 is Infinity. */
export const sqrt: Unary = /* @__PURE__ */ unary("sqrt");
/** The cube root; its slope at 0 is Infinity. */
export const cbrt: Unary = /* @__PURE__ */ unary("cbrt");
/** e to the power a. */
export const exp: Unary = /* @__PURE__ */ unary("exp");
/** e to the power a, minus 1, accurate near 0. */
export const expm1: Unary = /* @__PURE__ */ unary("expm1");
/** `2 ** a` */
export const exp2: Unary = /* @__PURE__ */ unary("exp2");
/** The natural logarithm; its slope at 0 is Infinity. */
export const log: Unary = /* @__PURE__ */ unary("log");
/** The natural logarithm of 1 + a, accurate near 0. */
export const log1p: Unary = /* @__PURE__ */ unary("log1p");
/** The logarithm to base 2. */
export const log2: Unary = /* @__PURE__ */ unary("log2");
/** The logarithm to base 10. */
export const log10: Unary = /* @__PURE__ */ unary("log10");
/** The sine of a, in radians. */
export const sin: Unary = /* @__PURE__ */ unary("sin");
/** The cosine of a, in radians. */
export const cos: Unary = /* @__PURE__ */ unary("cos");
/** The tangent of a, in radians. */
export const tan: Unary = /* @__PURE__ */ unary("tan");
/** The angle, in radians, whose sine is a: from −π/2 to π/2. */
export const asin: Unary = /* @__PURE__ */ unary("asin");
/** The angle, in radians, whose cosine is a: from 0 to π. */
export const acos: Unary = /* @__PURE__ */ unary("acos");
/** The angle, in radians, whose tangent is a: from −π/2 to π/2. */
export const atan: Unary = /* @__PURE__ */ unary("atan");
/** The hyperbolic sine. */
export const sinh: Unary = /* @__PURE__ */ unary("sinh");
/** The hyperbolic cosine. */
export const cosh: Unary = /* @__PURE__ */ unary("cosh");
/** The hyperbolic tangent. */
export const tanh: Unary = /* @__PURE__ */ unary("tanh");
/** The inverse hyperbolic sine. */
export const asinh: Unary = /* @__PURE__ */ unary("asinh");
/** The inverse hyperbolic cosine, NaN below 1. */
export const acosh: Unary = /* @__PURE__ */ unary("acosh");
/** The inverse hyperbolic tangent, NaN outside of −1 to 1. */
export const atanh: Unary = /* @__PURE__ */ unary("atanh");
/** The angle of the point (x, y), `atan2(y, x)`: from −π to π, in radians; its slopes at the origin are NaN. */
export const atan2: Binary = /* @__PURE__ */ binary("atan2");
/** The least of the arguments; those that tie share the slope equally. */
export const min: (first: number, ...others: number[]) => number = /* @__PURE__ */ extreme("min");
/** The greatest of the arguments; those that tie share the slope equally. */
export const max: (first: number, ...others: number[]) => number = /* @__PURE__ */ extreme("max");
/** The length of a vector, √(a² + b² + …), which neither over- nor underflows; its slopes at the origin are 0. */
export const hypot: (first: number, ...others: number[]) => number = /* @__PURE__ */ named("hypot", (first: number, ...others: number[]) =>
  others.length === 0 ? abs(first) : (applyToSymbols("hypot", [first, ...others]) as number),
);

/** `a & b` on 32-bit integers; its slope is 0. */
export const bitAnd: Binary = /* @__PURE__ */ binary("bitAnd");
/** `a | b` on 32-bit integers; its slope is 0. */
export const bitOr: Binary = /* @__PURE__ */ binary("bitOr");
/** `a ^ b` on 32-bit integers; its slope is 0. */
export const bitXor: Binary = /* @__PURE__ */ binary("bitXor");
/** `~a` on a 32-bit integer; its slope is 0. */
export const bitNot: Unary = /* @__PURE__ */ named("bitNot", (a: number) => bitXor(a, -1));
/** `a << b` on a 32-bit integer; its slope is 0. */
export const shiftLeft: Binary = /* @__PURE__ */ binary("shiftLeft");
/** `a >> b` on a 32-bit integer; its slope is 0. */
export const shiftRight: Binary = /* @__PURE__ */ binary("shiftRight");
/** `a >>> b` on a 32-bit integer; its slope is 0. */
export const shiftRightUnsigned: Binary = /* @__PURE__ */ binary("shiftRightUnsigned");
/** The product of 32-bit integers, as `Math.imul`; its slope is 0. */
export const imul: Binary = /* @__PURE__ */ binary("imul");
/** Leading zeros of a 32-bit integer, as `Math.clz32`; its slope is 0. */
export const clz32: Unary = /* @__PURE__ */ unary("clz32");

/** `a < b` */
export const lt: Comparison = /* @__PURE__ */ comparison("lt");
/** `a <= b` */
export const le: Comparison = /* @__PURE__ */ comparison("le");
/** `a > b` */
export const gt: Comparison = /* @__PURE__ */ comparison("gt");
/** `a >= b` */
export const ge: Comparison = /* @__PURE__ */ comparison("ge");
/** `a === b` */
export const eq: Comparison = /* @__PURE__ */ comparison("eq");
/** `a !== b` */
export const ne: Comparison = /* @__PURE__ */ comparison("ne");
/** `a && b` on conditions */
export const and: (a: boolean, b: boolean) => boolean = /* @__PURE__ */ named(
  "and",
  (a: boolean, b: boolean) => applyToSymbols("and", [a, b]) as boolean,
);
/** `a || b` on conditions */
export const or: (a: boolean, b: boolean) => boolean = /* @__PURE__ */ named(
  "or",
  (a: boolean, b: boolean) => applyToSymbols("or", [a, b]) as boolean,
);
/** `!a` on a condition */
export const not: (a: boolean) => boolean = /* @__PURE__ */ named("not", (a: boolean) => applyToSymbols("not", [a]) as boolean);
/** `condition ? a : b` on numbers. The derivative never hears from the side that is not taken. */
export const where: (condition: boolean, a: number, b: number) => number = /* @__PURE__ */ named(
  "where",
  (condition: boolean, a: number, b: number): number => {
    if (typeof condition === "boolean" && !((a as unknown) instanceof Symbolic) && !((b as unknown) instanceof Symbolic))
      return condition ? a : b;
    return applyToSymbols("select", [condition, a, b]) as number;
  },
);
