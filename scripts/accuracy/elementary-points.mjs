/** Where the functions of `Math` are measured: generators of points, each of which gets an equal share. */
import { any, below, between, eitherSign, near, neighbour, pairs, pick, positive, sign, sizes, subnormal } from "./generators.mjs";

const smallest = 2 ** -1022;
/** Beside the cuts of the tables with eight entries an octave. */
const octaves = () => sign() * near((8 + below(8)) * 2 ** (below(10) - 8))();
/** Beside the cuts of the tables of powers of two, in units of `unit`. */
const steps = (unit, count) => () => near((below(2 * count) - count + 0.5) * unit)();
/** Beside the cuts of the table of logarithms. */
const logEntries = () => near(((176 + below(176)) / 256) * 2 ** (below(7) - 3))();

/** Beside multiples of π/64 and π/2, small and large. */
const multiples = () => sign() * (1 + below(2 ** (1 + below(40)))) * (Math.PI / pick([2, 64]));
const nearMultiples = () => neighbour(multiples(), below(9) - 4);
const hugeAngles = [6381956970095103 * 2 ** 797, 105984216080.93282, 900722666.6357939, 1e22, Number.MAX_VALUE];
const angles = [
  between(-7, 7),
  between(-6400, 6400),
  eitherSign(sizes(12, 1024)),
  multiples,
  nearMultiples,
  any,
  near(6400, -6400, 6e6, ...hugeAngles),
];

const logarithm = [positive, between(0, 2), sizes(-3, 3), logEntries, near(1), subnormal, near(smallest, 1, 0.6875, 1.375)];
const inside = [between(-1, 1), any, near(1, -1), near(0.5, -0.5), eitherSign(sizes(-40, 0)), () => 1 - sizes(-53, 0)(), octaves];

/** Two numbers of a size, or of sizes far apart. */
const ofSize = () => {
  const x = sizes(-1000, 960)();
  return [sign() * x, sign() * near(x * 2 ** pick([0, 0, 1, -1, 4, -5, 26, -27, 52, -53]))()];
};

/** a^b over the whole range of results. */
function powers() {
  const a = pick([positive, near(1), between(0, 10)])();
  const exponent = pick([between(-746, 710), near(690, -690, 709.5, -708.5, -744), between(-5, 5)])();
  const b = exponent / Math.log(a);
  return Number.isFinite(b) ? [a, b] : [1.5, exponent];
}
/** Where V8's pow was 424 ulp off, and around it. */
const power424 = () => [neighbour(0.9999998984786042, below(99) - 49), neighbour(-5522804375.574868, below(99) - 49)];
const wholePowers = () => {
  const [a, b] = powers();
  return Math.abs(b) < 2 ** 53 ? [-a, Math.round(b)] : [a, b];
};
/** Exponents near 0 and 1, where slopes are near 1/a and 1. */
const nearlyLinear = () => [positive(), pick([any, near(1)])()];

const exponential = (lowest, highest, unit) => [
  ...[between(lowest, highest), between(-1, 1), steps(unit, 300), steps(unit, 30000), any],
  near(0, lowest, highest, highest - 20, -highest + 20, highest - 1, -highest + 1),
];
const ln2Step = Math.LN2 / 256;

/** By function: where it is measured. */
export const elementary = {
  exp: { domain: "all", points: exponential(-745.2, 709.79, ln2Step) },
  expm1: { domain: "all", points: [...exponential(-745.2, 709.79, ln2Step), between(-60, 60), between(-2, 2)] },
  exp2: { domain: "all", points: exponential(-1075, 1024, 1 / 256) },
  log: { domain: "x > 0", points: logarithm },
  log1p: {
    domain: "x > −1",
    points: [
      any,
      between(-1, 2),
      () => -1 + sizes(-53, -1)(),
      eitherSign(sizes(-60, -1)),
      () => logEntries() - 1,
      near(1e300, -0.3125, 0.375, 1, 2 ** 52, 2 ** 53),
    ],
  },
  log2: { domain: "x > 0", points: logarithm },
  log10: { domain: "x > 0", points: [...logarithm, () => near(10 ** (below(600) - 300))()] },
  sqrt: { domain: "x > 0", points: [positive, subnormal, between(0, 10)] },
  cbrt: {
    domain: "all",
    points: [
      any,
      between(-10, 10),
      () => near((1 + below(1000)) ** 3)(),
      () => near(2 ** (below(2090) - 1070))(),
      eitherSign(subnormal),
      sizes(0, 3),
    ],
  },
  sin: { domain: "all", points: angles },
  cos: { domain: "all", points: angles },
  tan: { domain: "all", points: angles },
  asin: { domain: "|x| ≤ 1", points: inside },
  acos: { domain: "|x| ≤ 1", points: inside },
  atan: { domain: "all", points: [any, between(-3, 3), between(-20, 20), octaves, eitherSign(sizes(-20, 20))] },
  sinh: { domain: "all", points: [...exponential(-710.4, 710.4, ln2Step), between(-3, 3), eitherSign(sizes(-20, 4))] },
  cosh: { domain: "all", points: [...exponential(-710.4, 710.4, ln2Step), between(-3, 3), eitherSign(sizes(-20, 4))] },
  tanh: { domain: "all", points: [any, between(-3, 3), between(-22, 22), octaves, eitherSign(sizes(-30, 5))] },
  asinh: {
    domain: "all",
    points: [
      any,
      between(-3, 3),
      eitherSign(sizes(-30, 10)),
      octaves,
      near(2 ** -28, 2 ** 500, 1),
      () => near(Math.sinh(Math.log(logEntries())))(),
    ],
  },
  acosh: {
    domain: "x ≥ 1",
    points: [sizes(0, 1024), between(1, 3), () => 1 + sizes(-52, 3)(), near(2 ** 500), () => near(Math.cosh(Math.log(logEntries())))()],
  },
  atanh: { domain: "|x| < 1", points: [...inside, () => near(Math.tanh(Math.log(logEntries()) / 2))(), near(2 ** -28)] },
  hypot: {
    domain: "all",
    points: [ofSize, ofSize, pairs(between(-10, 10), between(-10, 10)), pairs(any, any), pairs(subnormal, subnormal)],
  },
  atan2: {
    domain: "all",
    points: [
      ofSize,
      pairs(between(-10, 10), between(-10, 10)),
      pairs(any, any),
      pairs(eitherSign(sizes(-30, 30)), eitherSign(sizes(-30, 30))),
    ],
  },
  pow: {
    domain: "x > 0, or y whole",
    points: [powers, powers, wholePowers, nearlyLinear, power424, pairs(between(0, 10), between(-5, 5))],
  },
};
