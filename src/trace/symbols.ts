import type { OperationName } from "../graph/operations.ts";
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
 */
export function traced<F extends (...args: never[]) => unknown>(fn: F): F {
  const wrapper = (...args: never[]) => fn(...args);
  Object.defineProperties(wrapper, { name: { value: fn.name }, length: { value: fn.length } });
  return onSymbols(wrapper as F);
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

export const abs: Unary = /* @__PURE__ */ unary("abs");
export const sign: Unary = /* @__PURE__ */ unary("sign");
export const floor: Unary = /* @__PURE__ */ unary("floor");
export const ceil: Unary = /* @__PURE__ */ unary("ceil");
export const trunc: Unary = /* @__PURE__ */ unary("trunc");
export const round: Unary = /* @__PURE__ */ unary("round");
/** Rounded to single precision. */
export const fround: Unary = /* @__PURE__ */ unary("fround");
export const sqrt: Unary = /* @__PURE__ */ unary("sqrt");
export const cbrt: Unary = /* @__PURE__ */ unary("cbrt");
export const exp: Unary = /* @__PURE__ */ unary("exp");
export const expm1: Unary = /* @__PURE__ */ unary("expm1");
/** `2 ** a` */
export const exp2: Unary = /* @__PURE__ */ unary("exp2");
export const log: Unary = /* @__PURE__ */ unary("log");
export const log1p: Unary = /* @__PURE__ */ unary("log1p");
export const log2: Unary = /* @__PURE__ */ unary("log2");
export const log10: Unary = /* @__PURE__ */ unary("log10");
export const sin: Unary = /* @__PURE__ */ unary("sin");
export const cos: Unary = /* @__PURE__ */ unary("cos");
export const tan: Unary = /* @__PURE__ */ unary("tan");
export const asin: Unary = /* @__PURE__ */ unary("asin");
export const acos: Unary = /* @__PURE__ */ unary("acos");
export const atan: Unary = /* @__PURE__ */ unary("atan");
export const sinh: Unary = /* @__PURE__ */ unary("sinh");
export const cosh: Unary = /* @__PURE__ */ unary("cosh");
export const tanh: Unary = /* @__PURE__ */ unary("tanh");
export const asinh: Unary = /* @__PURE__ */ unary("asinh");
export const acosh: Unary = /* @__PURE__ */ unary("acosh");
export const atanh: Unary = /* @__PURE__ */ unary("atanh");
/** The angle of (x, y): `atan2(y, x)`. */
export const atan2: Binary = /* @__PURE__ */ binary("atan2");
export const min: (first: number, ...others: number[]) => number = /* @__PURE__ */ extreme("min");
export const max: (first: number, ...others: number[]) => number = /* @__PURE__ */ extreme("max");
/** The length of a vector. */
export const hypot: (first: number, ...others: number[]) => number = /* @__PURE__ */ named("hypot", (first: number, ...others: number[]) =>
  others.length === 0 ? abs(first) : (applyToSymbols("hypot", [first, ...others]) as number),
);

/** `a & b` */
export const bitAnd: Binary = /* @__PURE__ */ binary("bitAnd");
/** `a | b` */
export const bitOr: Binary = /* @__PURE__ */ binary("bitOr");
/** `a ^ b` */
export const bitXor: Binary = /* @__PURE__ */ binary("bitXor");
/** `~a` */
export const bitNot: Unary = /* @__PURE__ */ named("bitNot", (a: number) => bitXor(a, -1));
/** `a << b` */
export const shiftLeft: Binary = /* @__PURE__ */ binary("shiftLeft");
/** `a >> b` */
export const shiftRight: Binary = /* @__PURE__ */ binary("shiftRight");
/** `a >>> b` */
export const shiftRightUnsigned: Binary = /* @__PURE__ */ binary("shiftRightUnsigned");
export const imul: Binary = /* @__PURE__ */ binary("imul");
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
