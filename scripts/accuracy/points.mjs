/** Where accuracy is measured: for every function generators of points, each of which gets an equal share. */

/** Uniform in [0, 1), 53 bits (mulberry32, twice). */
function createRandom(seed) {
  let state = seed;
  const word = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}

const random = createRandom(4);
const sign = () => (random() < 0.5 ? -1 : 1);
const below = (count) => Math.floor(random() * count);
const pick = (list) => list[below(list.length)];

const between = (low, high) => () => low + (high - low) * random();
/** Uniform in the logarithm, from 2^low to 2^high; all bits of the significand alike. */
const sizes = (low, high) => () => {
  const e = low + (high - low) * random();
  const whole = Math.floor(e);
  const size = (1 + random()) * 2 ** Math.max(whole, -1074);
  return whole < -1022 ? random() * 2 ** (whole + 1) : size;
};
const eitherSign = (points) => () => sign() * points();

const view = new DataView(new ArrayBuffer(8));
/** The double `steps` beyond x. */
function neighbour(x, steps) {
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps));
  return view.getFloat64(0);
}
/** Beside the points: a few doubles away, or at a relative distance of 2^-53…2^-3. */
const near =
  (...points) =>
  () => {
    const x = pick(points);
    if (x === 0) return sign() * sizes(-1074, -3)();
    return random() < 0.5 ? neighbour(x, below(9) - 4) : x * (1 + sign() * sizes(-53, -3)());
  };

const any = eitherSign(sizes(-1074, 1024));
const positive = sizes(-1074, 1024);
const subnormal = sizes(-1074, -1022);
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

const pairs = (a, b) => () => [a(), b()];
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

/** A point is a number, or a pair for functions of two. `domain` is for the reader. */
export const functions = {
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

const isInside = {
  "x > 0": (x) => x > 0,
  "x ≥ 1": (x) => x >= 1,
  "x > −1": (x) => x > -1,
  "|x| ≤ 1": (x) => Math.abs(x) <= 1,
  "|x| < 1": (x) => Math.abs(x) < 1,
  "x > 0, or y whole": () => true,
  all: () => true,
};

/** `count` points of a function in columns, as they come from its generators in turn. */
export function pointsOf({ domain, points }, count) {
  const arity = Array.isArray(points[0]()) ? 2 : 1;
  const columns = Array.from({ length: arity }, () => new Float64Array(count));
  for (let i = 0, turn = 0; i < count; turn++) {
    const point = [points[turn % points.length]()].flat();
    if (!point.every((x) => Number.isFinite(x) && x !== 0) || !isInside[domain](...point)) continue;
    columns.forEach((column, index) => {
      column[i] = point[index];
    });
    i++;
  }
  return columns;
}
