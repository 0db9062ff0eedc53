import type { Node } from "acorn";
import { sumTail } from "../../graph/lengths.ts";
import { elementAt } from "../operators/tables.ts";
import { Binding } from "../state/environment.ts";
import { memoryOf } from "../state/memory.ts";
import type { Tracer } from "../state/tracer.ts";
import type { ArrayValue } from "../values/arrays.ts";
import { merge } from "../values/merge.ts";
import type { Numeric, Truth, Value } from "../values/values.ts";
import { upTo, walk } from "./collect.ts";

/** `Math.max`, `Math.min` and `Math.hypot` of so many operands that these are gone through by loops. */

/** More operands than these. */
const many = 64;
/** Sums of sizes beyond 2^500 or below 2^-500 are scaled, so that all squares that count are normal. */
const [great, up] = [2 ** 500, 2 ** 600];

/** One of two numbers. */
const where = (tracer: Tracer, condition: Truth, yes: Numeric, no: Numeric) => merge(tracer, tracer.maskOf(condition), yes, no) as Numeric;

/** What `turn` makes of some values with each element. */
function fold<Values extends Value[]>(
  tracer: Tracer,
  array: ArrayValue,
  site: Node,
  initial: Values,
  turn: (element: Numeric, values: Values) => Values,
): Values {
  const states = initial.map((value) => new Binding(tracer.journal.now(), value));
  const values = () => states.map(({ slot }) => slot) as Values;
  const step = (element: Value) =>
    turn(element as Numeric, values()).forEach((value, k) => {
      tracer.journal.write(states[k]!, "", value);
    });
  walk(tracer, upTo(array.length), site, (i) => void step(elementAt(tracer, array, i, site)), true);
  return values();
}

/** The greatest element, after which the tied ones are averaged: that changes nothing but the slope, which they share equally. */
function greatest(tracer: Tracer, array: ArrayValue, site: Node, of: (element: Numeric) => Numeric): Numeric {
  const apply = tracer.apply.bind(tracer);
  const [top] = fold<[Numeric]>(tracer, array, site, [Number.NEGATIVE_INFINITY], (element, [top]) => [apply("max", top, of(element))]);
  const isFinite = tracer.maskOf(tracer.compare("lt", apply("abs", top), Number.POSITIVE_INFINITY));
  const [mean] = fold<[Numeric, Numeric]>(tracer, array, site, [0, 0], (element, [mean, count]) => {
    const [value, next] = [of(element), apply("add", count, 1)];
    const share = apply("div", value, next);
    const both = merge(
      tracer,
      isFinite,
      // The difference of the tied is 0 of a sign that changes no zero.
      apply("sub", mean, apply("div", apply("sub", mean, value), next)),
      apply("add", apply("mul", mean, apply("div", count, next)), share),
    ) as Numeric;
    const loses = tracer.compare("lt", value, top);
    return [where(tracer, loses, mean, where(tracer, tracer.compare("eq", count, 0), value, both)), where(tracer, loses, count, next)];
  });
  return of(mean);
}

/** The root of the squares, whose sum carries its tail. At the origin, and where it is infinite, it is flat. */
function lengthOf(tracer: Tracer, array: ArrayValue, site: Node): Numeric {
  const apply = tracer.apply.bind(tracer);
  const { POSITIVE_INFINITY: infinity } = Number;
  const [size, isInfinite] = fold<[Numeric, Truth]>(tracer, array, site, [0, false], (element, [size, any]) => {
    const own = apply("abs", element);
    return [apply("add", size, own), tracer.combine("or", any, tracer.compare("eq", own, infinity))];
  });
  const scaleBy = (whereSmall: number) =>
    where(tracer, tracer.compare("lt", size, 1 / great), whereSmall, where(tracer, tracer.compare("gt", size, great), 1 / whereSmall, 1));
  const scale = scaleBy(up);
  const [sum, rest] = fold<[Numeric, Numeric]>(tracer, array, site, [0, 0], (element, [sum, rest]) => {
    const scaled = apply("mul", element, scale);
    const square = apply("mul", scaled, scaled);
    const next = apply("add", sum, square);
    const [a, b, c] = [sum, square, next].map((value) => tracer.nodeOf(value)) as [number, number, number];
    return [next, apply("add", rest, tracer.number(sumTail(tracer.graph, a, b, c)))];
  });
  const total = apply("add", sum, rest);
  const length = apply("mul", apply("sqrt", total), scaleBy(1 / up));
  const isFlat = tracer.combine("or", isInfinite, tracer.compare("eq", length, infinity));
  return where(tracer, isFlat, infinity, where(tracer, tracer.compare("eq", total, 0), 0, length));
}

type Fold = "max" | "min" | "hypot";

const folds: Readonly<Record<Fold, (tracer: Tracer, array: ArrayValue, site: Node) => Numeric>> = {
  max: (tracer, array, site) => greatest(tracer, array, site, (element) => element),
  min: (tracer, array, site) => greatest(tracer, array, site, (element) => tracer.apply("neg", element)),
  hypot: lengthOf,
};

/** What a function gives for many operands; `undefined` where they are few, or can't be in the graph. */
export function foldMany(tracer: Tracer, name: Fold, operands: ArrayValue, site: Node): Numeric | undefined {
  if (operands.length <= many) return undefined;
  return memoryOf(tracer, operands) && folds[name](tracer, operands, site);
}
