import fc from "fast-check";
import { signs } from "./notation.ts";
import { type Arbitrary, type Context, of, operator, type Part, place, places } from "./parts.ts";

/** Operations whose values are the bits of JavaScript's own, and others. */
const exactOnes = ["abs", "floor", "sign", "neg", "round"];
const others = ["sin", "cos", "exp", "tanh", "atan", "sqrt", "cbrt", "log1p"];
const onBits = ["bitAnd", "bitOr", "bitXor", "shiftLeft", "shiftRight", "shiftRightUnsigned"];

const leaf = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("x", "y", ...places).map(
      (name): Part =>
        () =>
          name,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("0", "1", "2", "3", "0.5", "-2").map(
      (value): Part =>
        (to) =>
          to.constant(value),
    ),
  },
);

/** An index of an array of so many elements, a power of two; NaN is 0. */
const indexOf = (to: Context, number: Part, length: number) => to.plain(to.apply("bitAnd", number(to), to.constant(String(length - 1))));
/** An index of any array, or of none. */
const anyIndex = (to: Context, number: Part) => to.plain(to.apply("floor", number(to)));

/** Numbers. `exact`: only of operations whose bits are JavaScript's own. */
export function numberOf(exact: boolean, number: Arbitrary, condition: Arbitrary): Arbitrary {
  const unary = fc.constantFrom(...exactOnes, ...(exact ? [] : [...others, ...others]));
  const arithmetic = ["add", "sub", "mul", "add", "sub", "mul", "div", "max", "min"];
  const binary = fc.constantFrom(...arithmetic, "rem", ...(exact ? [] : ["atan2", "hypot"]));
  const test = (to: Context, sign: string, bound: Part) => `(t) => ${to.compare(sign, "t", bound(to))}`;
  const sign = fc.constantFrom(...signs);
  return fc.oneof(
    { depthIdentifier: "number", maxDepth: 2, withCrossShrink: true },
    { weight: 10, arbitrary: leaf },
    of([binary, number, number], (to, name, a, b) => to.apply(name, a(to), b(to))),
    of([binary, number, number], (to, name, a, b) => to.apply(name, a(to), b(to))),
    of([unary, number], (to, name, a) => to.apply(name, a(to))),
    of([condition, number, number], (to, holds, a, b) => `(${holds(to)} ? ${a(to)} : ${b(to)})`),
    of([condition, number, number], (to, holds, a, b) => `(${holds(to)} && ${to.truthy(a(to))} || ${b(to)})`),
    of([condition, number], (to, holds, a) => to.apply("mul", to.count(holds(to)), a(to))),
    of([place, operator, number], (to, where, how, a) => to.assign(where, how, a(to))),
    of([number, number], (to, a, b) => `${to.helper}(${a(to)}, ${b(to)})`),
    of([number], (to, a) => `point.at(${a(to)})`),
    of([number, number], (to, a, b) => `new Heavy(${a(to)}, y).move(${b(to)})`),
    of([number], (to, a) => `point.move(${a(to)})`),
    of([number], (to, a) => `v.reduce((s, t) => ${to.apply("add", to.apply("mul", "s", to.constant("0.5")), "t")}, ${a(to)})`),
    of([place, number], (to, where, a) => `((t) => ${to.apply("sub", to.apply("mul", "t", where), "t")})(${a(to)})`),
    of([place], (to, where) => `(({ p, q: { r = p } }) => ${to.apply("sub", "p", "r")})({ p: ${where}, q: {} })`),
    fc.constant<Part>((to) => to.apply("max", "...v")),
    of([number], (to, a) => `last(...v, ${a(to)}, ...f)`),
    of([number, number], (to, a, b) => `[${a(to)}, ${b(to)}].at(-1)`),
    of([fc.constantFrom(...onBits), number, number], (to, name, a, b) => to.apply(name, a(to), b(to))),
    of([number], (to, a) => to.apply("bitNot", a(to))),
    of([number], (to, a) => `table[${indexOf(to, a, 4)}]`),
    of([number], (to, a) => `[b, o.p][${indexOf(to, a, 2)}]`),
    of([number, number], (to, a, b) => to.apply("mul", to.element("table", anyIndex(to, a)), b(to))),
    of([number, number], (to, a, b) => to.apply("mul", to.element("v", anyIndex(to, a)), b(to))),
    of([number, number], (to, a, b) => `rows[${indexOf(to, a, 2)}][${indexOf(to, b, 2)}]`),
    of([sign, number, number], (to, how, bound, a) => `(v.find(${test(to, how, bound)}) ?? ${a(to)})`),
    of([sign, number], (to, how, bound) => to.constant(`v.findIndex(${test(to, how, bound)})`)),
    of([number], (to, a) => `(o.s ?? o?.q?.r ?? ${a(to)})`),
    ...(exact
      ? []
      : [of([fc.constantFrom("2", "3", "-1", "0.5"), place], (to, power, where) => to.apply("pow", where, to.constant(power)))]),
  );
}

/** Conditions on the data. */
export function conditionOf(number: Arbitrary, condition: Arbitrary): Arbitrary {
  const sign = fc.constantFrom(...signs);
  return fc.oneof(
    { depthIdentifier: "condition", maxDepth: 2, withCrossShrink: true },
    { weight: 8, arbitrary: of([sign, number, number], (to, how, a, b) => to.compare(how, a(to), b(to))) },
    { weight: 2, arbitrary: of([fc.constantFrom("&&", "||"), condition, condition], (to, join, a, b) => `(${a(to)} ${join} ${b(to)})`) },
    { weight: 2, arbitrary: of([condition], (to, a) => `!(${a(to)})`) },
    of([fc.constantFrom("some", "every"), sign, number], (to, method, how, a) => `v.${method}((t) => ${to.compare(how, "t", a(to))})`),
  );
}
