import { describe, expect, test } from "vitest";
import {
  clamp,
  copysign,
  digamma,
  erf,
  erfc,
  erfcx,
  exp2,
  gamma,
  gradient,
  heaviside,
  lerp,
  logGamma,
  logistic,
  logSumExp,
  mix,
  normalCdf,
  normalPdf,
  polygamma,
  sinc,
  softplus,
  traced,
  trigamma,
} from "../../src/index.ts";

const { EPSILON, MAX_VALUE, MIN_VALUE, POSITIVE_INFINITY: inf, NaN: nan } = Number;

const few = [0, -0, 1, -1, inf, -inf, nan, MIN_VALUE, MAX_VALUE];
// biome-ignore format: a table
const more = [...few, -MIN_VALUE, -MAX_VALUE, 1e-310, -1e-310, 1e-20, -1e-20, 2.5, -2.5, -3, 27, -27, 40, -40, 172, -171.5, 1e8, -1e8, 1e300];

/** Every function that is not in `Math`: its arguments, ordinary ones, and what it is in JavaScript where that says it. */
const functions: {
  [name: string]: { at: number[]; beside: number[][]; fn: (...args: number[]) => number; plain?: (...args: number[]) => number };
} = {
  polygamma: { at: more, beside: [[0.7], [31.5]], fn: (x) => polygamma(3, x!) },
  heaviside: { at: more, beside: [[0.7], [-3]], fn: (x) => heaviside(x!), plain: (x) => (x! > 0 ? 1 : x! < 0 ? 0 : x! === 0 ? 0.5 : nan) },
  copysign: {
    at: more,
    beside: [
      [0.7, -2],
      [-3, 5],
    ],
    fn: (x, sign) => copysign(x!, sign!),
    plain: (x, sign) => (sign! < 0 || Object.is(sign, -0) ? -Math.abs(x!) : Math.abs(x!)),
  },
  logSumExp: {
    at: more,
    beside: [
      [0.7, -2],
      [-3, 5],
    ],
    fn: (x, y) => logSumExp(x!, y!),
  },
  clamp: {
    at: few,
    beside: [
      [0.7, -1, 2],
      [-3, -1, 2],
    ],
    fn: (x, low, high) => clamp(x!, low!, high!),
    plain: (x, low, high) => Math.min(Math.max(x!, low!), high!),
  },
  lerp: {
    at: few,
    beside: [
      [0.7, 2, 0.25],
      [-3, 5, 1.5],
    ],
    fn: (a, b, t) => lerp(a!, b!, t!),
    plain: (a, b, t) => a! + t! * (b! - a!),
  },
  mix: {
    at: few,
    beside: [
      [0.7, 2, 0.25],
      [-3, 5, 1.5],
    ],
    fn: (a, b, t) => mix(a!, b!, t!),
    plain: (a, b, t) => a! * (1 - t!) + b! * t!,
  },
};
const unary = { exp2, erf, erfc, erfcx, normalPdf, normalCdf, logistic, softplus, gamma, logGamma, digamma, trigamma, sinc };
for (const [name, fn] of Object.entries(unary))
  functions[name] = { at: more, beside: [[0.7], [3 + EPSILON * 64], [9.5]], fn: (x) => fn(x!) };

const tuples = (at: readonly number[], arity: number): number[][] =>
  arity === 0 ? [[]] : tuples(at, arity - 1).flatMap((head) => at.map((last) => [...head, last]));

describe.each(["compiled", "interpreted"] as const)("special values beside ordinary neighbours, %s", (engine) => {
  test.each(Object.entries(functions))("%s", (_name, { at: special, beside, fn, plain }) => {
    const arity = beside[0]!.length;
    const args = ["a", "b", "c"].slice(0, arity);
    const f = gradient(
      traced((point: { [arg: string]: number }) => fn(...args.map((arg) => point[arg]!))),
      {
        shape: [Object.fromEntries(args.map((arg) => [arg, 0]))],
        engine,
      },
    );
    /** Values and slopes at points in a row. */
    const at = (points: readonly number[][]) => {
      const {
        value,
        gradient: [slopes],
      } = f.batch([Object.fromEntries(args.map((arg, i) => [arg, points.map((point) => point[i]!)]))]);
      return points.map((_, i) => [value[i], ...args.map((arg) => slopes[arg]![i])]);
    };
    const points = tuples(special, arity);
    const alone = at(points.flatMap((point) => [point, point]));
    for (const neighbour of beside) {
      const [itself] = at([neighbour, neighbour]);
      const rows = at(points.flatMap((point) => [point, neighbour, neighbour, point]));
      points.forEach((point, i) => {
        const [first, a, b, last] = rows.slice(4 * i, 4 * i + 4);
        expect([first, last], `at ${point} beside ${neighbour}`).toEqual([alone[2 * i], alone[2 * i]]);
        expect([a, b], `${neighbour} beside ${point}`).toEqual([itself, itself]);
      });
    }
    if (plain) expect(points.map((_, i) => alone[2 * i]![0])).toEqual(points.map((point) => plain(...point)));
  });
});
