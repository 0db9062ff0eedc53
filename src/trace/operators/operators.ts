import type { BinaryOperator, Node, UnaryOperator } from "acorn";
import type { OperationName } from "../../graph/operations.ts";
import { failAt } from "../source/source.ts";
import { viewOf } from "../state/row-views.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { isFunctionValue, ownerOf } from "../values/functions.ts";
import { isBoolean, isNumeric, merge, narrow, onEither } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import {
  absent,
  Either,
  isSymbol,
  makeSymbol,
  type Numeric,
  TracedBoolean,
  TracedNumber,
  TracedText,
  type Truth,
  type Value,
} from "../values/values.ts";
import { isChosen, isThere, onRows } from "./tables.ts";

/** The value as a number, as JavaScript's operators take it. */
export function toNumber(tracer: Tracer, given: Value, site: Node): Numeric {
  const value = narrow(tracer, given);
  if (isNumeric(value)) return value;
  if (value instanceof Argument) return tracer.arguments.number(value, site);
  if (value instanceof TracedBoolean) return merge(tracer, value.mask, 1, 0) as Numeric;
  if (value instanceof Either) return onEither(tracer, value, (side) => toNumber(tracer, side, site)) as Numeric;
  if (value instanceof TracedText) return value.read?.() ?? value.refuse();
  if (value instanceof ObjectValue && hasPrimitive(value)) return toNumber(tracer, primitiveOf(tracer, value, "number", site), site);
  const isOther = isText(value) && isSymbol(value);
  if (isOther || (typeof value === "object" && value !== null)) {
    return failAt(
      site,
      "not-a-number",
      `This is ${isOther ? "a symbol" : isFunctionValue(value) ? "a function" : "an array or object"}, used as a number.`,
      "Take the element or member that is meant.",
    );
  }
  return Number(value);
}

const primitives = [makeSymbol("toPrimitive"), "valueOf", "toString"] as const;
const hasPrimitive = (object: ObjectValue) => primitives.some((name) => object.find(name) !== absent);

/** An object as a number or text, by methods of its own. */
function primitiveOf(tracer: Tracer, object: ObjectValue, hint: "number" | "string" | "default", site: Node): Value {
  const [exact, ...names] = primitives;
  if (hint === "string") names.reverse();
  for (const name of [exact, ...names]) {
    const method = object.find(name);
    const value = isFunctionValue(method as Value) ? tracer.call(method as Value, name === exact ? [hint] : [], object, site) : object;
    if (ownerOf(value) === undefined) return value;
  }
  return failAt(site, "not-a-number", "This object's methods give no number or text.", "Take the member that is meant.");
}

/** Whether the value counts as true in a condition. */
export function toBoolean(tracer: Tracer, given: Value, site: Node): Truth {
  const value = narrow(tracer, given);
  if (isBoolean(value)) return value;
  if (value instanceof Either) return onEither(tracer, value, (side) => toBoolean(tracer, side, site)) as Truth;
  if (value instanceof Argument) {
    if (value.missing) return false;
    if (tracer.arguments.guess(value) !== "number") return true;
    return toBoolean(tracer, tracer.arguments.number(value, site), site);
  }
  if (value instanceof TracedText) return value.read?.() === undefined ? value.refuse() : true;
  if (isChosen(value)) return isThere(value);
  const view = viewOf(value);
  if (view) return view.rows.isThere(view);
  // Neither zero nor NaN.
  if (value instanceof TracedNumber) return tracer.combine("or", tracer.compare("lt", value, 0), tracer.compare("gt", value, 0));
  return Boolean(value);
}

export const longestText = 1e6;

export const refuseLength = (site: Node): never =>
  failAt(site, "too-many-steps", "This text grows beyond a million characters.", "Return the numbers, and make the text of the result.");

/** The value as text, where it does not depend on the data. */
export function toText(tracer: Tracer, value: Value, site: Node): string {
  const text = joinText(tracer, [value], site);
  return typeof text === "string" ? text : text.refuse();
}

/** The values as text, one behind the other. */
export function joinText(tracer: Tracer, values: readonly Value[], site: Node): string | TracedText {
  let text = "";
  for (const given of values) {
    const whole = narrow(tracer, given);
    const isMade = whole instanceof ObjectValue && hasPrimitive(whole);
    const value = isMade ? narrow(tracer, primitiveOf(tracer, whole, "string", site)) : whole;
    if (typeof value === "object" && value !== null) {
      const isAll = values.every((other) => other === given || other === "");
      return isAll ? textOf(tracer, value, site) : new TracedText(site);
    }
    text += value;
    if (text.length > longestText) refuseLength(site);
  }
  return text;
}

function textOf(tracer: Tracer, value: Value, site: Node): TracedText {
  if (value instanceof TracedText) return value;
  const isNumber = () => value instanceof TracedNumber || (value instanceof Argument && tracer.arguments.guess(value) === "number");
  // The text of −0 is "0".
  return new TracedText(site, () => (isNumber() ? tracer.apply("add", toNumber(tracer, value, site), 0) : undefined));
}

const isText = (value: Value): value is string => typeof value === "string";

/** Operators on numbers that depend on the data. */
const numericOperations: { [operator in BinaryOperator]?: OperationName } = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "rem",
  "**": "pow",
  "&": "bitAnd",
  "|": "bitOr",
  "^": "bitXor",
  "<<": "shiftLeft",
  ">>": "shiftRight",
  ">>>": "shiftRightUnsigned",
};
const comparisons: { [operator in BinaryOperator]?: OperationName } = { "<": "lt", ">": "gt", "<=": "le", ">=": "ge" };
const exact: { [operator in BinaryOperator]?: (a: number, b: number) => number } = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "|": (a, b) => a | b,
  "&": (a, b) => a & b,
  "^": (a, b) => a ^ b,
  "<<": (a, b) => a << b,
  ">>": (a, b) => a >> b,
  ">>>": (a, b) => a >>> b,
};
const compareConcrete = {
  "<": (a: number | string, b: number | string) => a < b,
  ">": (a: number | string, b: number | string) => a > b,
  "<=": (a: number | string, b: number | string) => a <= b,
  ">=": (a: number | string, b: number | string) => a >= b,
} as const;

/** `a operator b` on two values. */
export function binary(tracer: Tracer, operator: BinaryOperator, left: Value, right: Value, site: Node): Value {
  const [a, b] = [left, right].map((side) => {
    const value = narrow(tracer, side);
    const isObject = operator === "+" && value instanceof ObjectValue && hasPrimitive(value);
    return isObject ? primitiveOf(tracer, value, "default", site) : value;
  });
  // What these do depends on what the operands are.
  if (operator === "==" || operator === "!=" || ((operator === "+" || comparisons[operator]) && (isPartlyText(a) || isPartlyText(b)))) {
    if (a instanceof Either) return onEither(tracer, a, (side) => binary(tracer, operator, side, b, site));
    if (b instanceof Either) return onEither(tracer, b, (side) => binary(tracer, operator, a, side, site));
  }
  if (operator === "===" || operator === "!==") return negateIf(tracer, operator === "!==", strictlyEqual(tracer, a, b, site));
  if (operator === "==" || operator === "!=") return negateIf(tracer, operator === "!=", looselyEqual(tracer, a, b, site));
  if (operator === "+" && [a, b].some((side) => isText(side) || side instanceof TracedText)) return joinText(tracer, [a, b], site);
  if (comparisons[operator]) {
    if (isText(a) && isText(b)) return compareConcrete[operator as keyof typeof compareConcrete](a, b);
    for (const [side, other] of [
      [a, b],
      [b, a],
    ])
      if (side instanceof TracedText && (isText(other) || other instanceof TracedText)) side.refuse();
    return compareNumbers(tracer, operator, toNumber(tracer, a, site), toNumber(tracer, b, site));
  }
  return arithmetic(tracer, operator, toNumber(tracer, a, site), toNumber(tracer, b, site));
}

/** Whether there is text on some points, or an object that may be made text. */
const isPartlyText = (value: Value): boolean =>
  value instanceof Either
    ? isPartlyText(value.yes) || isPartlyText(value.no)
    : isText(value) || value instanceof TracedText || value instanceof ObjectValue;

function compareNumbers(tracer: Tracer, operator: BinaryOperator, a: Numeric, b: Numeric): Truth {
  if (typeof a === "number" && typeof b === "number") return compareConcrete[operator as keyof typeof compareConcrete](a, b);
  return tracer.compare(comparisons[operator]!, a, b);
}

function arithmetic(tracer: Tracer, operator: BinaryOperator, a: Numeric, b: Numeric): Value {
  const compute = exact[operator];
  if (compute && typeof a === "number" && typeof b === "number") return compute(a, b);
  return tracer.apply(numericOperations[operator]!, a, b);
}

const negateIf = (tracer: Tracer, negate: boolean, truth: Truth): Truth => (negate ? tracer.not(truth) : truth);

/** `a === b`. */
export function strictlyEqual(tracer: Tracer, a: Value, b: Value, site: Node): Truth {
  if (a instanceof Either) return onEither(tracer, a, (side) => strictlyEqual(tracer, narrow(tracer, side), b, site)) as Truth;
  if (isChosen(a)) {
    if (b === undefined) return tracer.not(isThere(a));
    if (b === null) return false;
    const same = onRows(a, (row) => strictlyEqual(tracer, row, b, site));
    return same === undefined ? false : (toBoolean(tracer, same, site) as Truth);
  }
  const view = viewOf(a);
  if (view && !(b instanceof Either)) return b === undefined ? tracer.not(view.rows.isThere(view)) : view.rows.is(view, b);
  if (b instanceof Either || isChosen(b) || viewOf(b)) return strictlyEqual(tracer, b, a, site);
  if (a instanceof TracedText) return isText(b) || b instanceof TracedText ? a.refuse() : false;
  if (b instanceof TracedText) return strictlyEqual(tracer, b, a, site);
  if (a instanceof Argument) return equalsArgument(tracer, a, b, site);
  if (b instanceof Argument) return equalsArgument(tracer, b, a, site);
  if (a instanceof TracedNumber && b === undefined) return tracer.isMissing(a);
  if (b instanceof TracedNumber && a === undefined) return tracer.isMissing(b);
  if (isNumeric(a) && isNumeric(b)) return typeof a === "number" && typeof b === "number" ? a === b : tracer.compare("eq", a, b);
  if (isBoolean(a) && isBoolean(b)) {
    if (typeof a === "boolean" && typeof b === "boolean") return a === b;
    return tracer.boolean(tracer.graph.apply("not", tracer.graph.apply("xor", tracer.maskOf(a), tracer.maskOf(b))));
  }
  return a === b;
}

/** Whether both are the same for `includes` and keys of a `Map`: as `===`, and NaN is itself; with `zeros`, 0 is not −0. */
export function isSame(tracer: Tracer, left: Value, right: Value, site: Node, zeros = false): Truth {
  const [a, b] = [left, right].map((side) => {
    const value = narrow(tracer, side);
    return value instanceof Argument ? tracer.arguments.settle(value, site) : value;
  });
  const equal = strictlyEqual(tracer, a, b, site);
  if (!isNumeric(a) || !isNumeric(b)) return equal;
  if (typeof a === "number" && typeof b === "number") return Object.is(a, b) || (!zeros && a === b);
  const [differs, signs] = [(x: Numeric) => tracer.compare("ne", x, x), (x: Numeric) => tracer.apply("div", 1, x)];
  const alike = zeros ? tracer.combine("and", equal, tracer.compare("eq", signs(a), signs(b))) : equal;
  return tracer.combine("or", alike, tracer.combine("and", differs(a), differs(b)));
}

function equalsArgument(tracer: Tracer, argument: Argument, other: Value, site: Node): Truth {
  if (other === undefined) return argument.missing;
  if (argument === other)
    return (
      tracer.arguments.guess(argument) !== "number" ||
      strictlyEqual(tracer, tracer.arguments.number(argument, site), tracer.arguments.number(argument, site), site)
    );
  if (argument.missing || other === null || isText(other) || isBoolean(other)) return false;
  for (const side of [argument, other]) if (side instanceof Argument) tracer.arguments.guess(side);
  return strictlyEqual(tracer, tracer.arguments.settle(argument, site), other, site);
}

function looselyEqual(tracer: Tracer, a: Value, b: Value, site: Node): Truth {
  if (a === undefined || a === null || b === undefined || b === null) {
    const other = a === undefined || a === null ? b : a;
    return tracer.combine("or", strictlyEqual(tracer, other, undefined, site), strictlyEqual(tracer, other, null, site));
  }
  if (a instanceof Argument && (isText(b) || isBoolean(b) || b instanceof TracedText))
    return looselyEqual(tracer, toNumber(tracer, a, site), b, site);
  if (b instanceof Argument && (isText(a) || isBoolean(a) || a instanceof TracedText)) return looselyEqual(tracer, b, a, site);
  for (const [object, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!(object instanceof ObjectValue) || !hasPrimitive(object) || !(isNumeric(other) || isBoolean(other) || isText(other))) continue;
    return looselyEqual(tracer, primitiveOf(tracer, object, "default", site), other, site);
  }
  if (a instanceof TracedText && (isNumeric(b) || isBoolean(b))) return looselyEqual(tracer, toNumber(tracer, a, site), b, site);
  if (b instanceof TracedText && (isNumeric(a) || isBoolean(a))) return looselyEqual(tracer, b, a, site);
  const mixed =
    (isBoolean(a) && !isBoolean(b)) || (isNumeric(a) && (isText(b) || isBoolean(b))) || (isText(a) && (isNumeric(b) || isBoolean(b)));
  return mixed ? strictlyEqual(tracer, toNumber(tracer, a, site), toNumber(tracer, b, site), site) : strictlyEqual(tracer, a, b, site);
}

/** The name that `typeof` gives. */
export function typeOf(tracer: Tracer, given: Value, site: Node): Value {
  const value = narrow(tracer, given);
  if (value instanceof Either) return onEither(tracer, value, (side) => typeOf(tracer, side, site));
  if (value instanceof TracedNumber) return merge(tracer, tracer.maskOf(tracer.isMissing(value)), "undefined", "number");
  const there = isChosen(value) ? isThere(value) : viewOf(value)?.rows.isThere(viewOf(value)!);
  if (there !== undefined) return merge(tracer, tracer.maskOf(there), "object", "undefined");
  if (value instanceof TracedText) return "string";
  if (value instanceof TracedBoolean) return "boolean";
  if (isText(value) && isSymbol(value)) return "symbol";
  if (isFunctionValue(value)) return "function";
  if (value instanceof Argument) return value.missing ? "undefined" : tracer.arguments.guess(value) === "number" ? "number" : "object";
  return typeof value;
}

/** Unary operators but `typeof` and `delete`. */
export function unary(tracer: Tracer, operator: UnaryOperator, value: Value, site: Node): Value {
  if (operator === "void") return undefined;
  if (operator === "!") return tracer.not(toBoolean(tracer, value, site));
  const number = toNumber(tracer, value, site);
  if (operator === "+") return number;
  if (operator === "-") return typeof number === "number" ? -number : tracer.apply("neg", number);
  if (typeof number === "number") return ~number;
  return arithmetic(tracer, "^", number, -1);
}
