/** Where the special functions are measured, and where an ulp is one of what cancels. */
import { any, below, between, eitherSign, near, pairs, pick, positive, sign, sizes } from "./generators.mjs";

const nearWhole = (low, high) => () => low + below(high - low) + sign() * sizes(-50, -2)();
const gamma = [
  ...[between(0.01, 12), between(0, 3), positive, between(-30, 0), nearWhole(-30, 5), between(1, 171.6)],
  ...[near(0.5, 1, 2, 7.5, 8), near(1.4616321449683622), sizes(-6, 8), between(-170, 0), eitherSign(sizes(-1074, 7))],
];
const orders = [2, 3, 4, 5, 6, 7, 10, 15, 20, 31, 60, 100];

/** A number, and one at a distance from it. */
const apart = (points, distances) => () => {
  const x = points();
  return [x, x + distances()];
};

const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));
/** ψ and, at even orders, its derivatives have zeros below 0, where the sum over one side of the poles meets that over the other. */
const digammaTerms = (x) => (x < 0 ? Math.log(1 - x) + 1 : 0);
const polygammaTerms = (n, x) => (x < 0 && n % 2 === 0 ? factorial(n) * 2 ** (n + 1) : 0);

/**
 * By function: where it is measured; and the size of the terms that cancel to an irrational zero, of the value and of the
 * slope.
 */
export const special = {
  erf: { domain: "all", points: [between(-6, 6), between(-1, 1), any, eitherSign(sizes(-12, 3))] },
  erfc: { domain: "all", points: [between(-6, 27.3), between(-1, 1), any, eitherSign(sizes(-12, 4)), between(25, 27.3)] },
  erfcx: { domain: "all", points: [between(-26.7, 40), between(-2, 3), any, sizes(-8, 10), positive, near(31), between(-26.7, -25.5)] },
  normalPdf: { domain: "all", points: [between(-38.7, 38.7), between(-2, 2), any, between(36, 38.7)] },
  normalCdf: { domain: "all", points: [between(-38.7, 9), between(-2, 2), any, eitherSign(sizes(-12, 4)), between(-38.7, -36)] },
  logistic: { domain: "all", points: [between(-746, 40), between(-5, 5), any, eitherSign(sizes(-12, 4)), between(-750, -685)] },
  softplus: { domain: "all", points: [between(-746, 800), between(-5, 5), any, eitherSign(sizes(-12, 6)), between(-750, -685)] },
  logSumExp: {
    domain: "of two, all",
    points: [
      pairs(between(-40, 40), between(-40, 40)),
      pairs(between(-3, 3), between(-3, 3)),
      pairs(between(-700, 700), between(-700, 700)),
      pairs(any, any),
      apart(eitherSign(sizes(-30, 10)), eitherSign(sizes(-40, 6))),
    ],
    // below 0 the greater argument meets the logarithm
    terms: (x, y) => Math.max(Math.abs(Math.max(x, y)), Math.log1p(Math.exp(-Math.abs(x - y)))),
  },
  sinc: {
    domain: "all",
    points: [between(-10, 10), between(-6400, 6400), any, eitherSign(sizes(-30, 20)), eitherSign(sizes(10, 1020)), near(2, Math.PI)],
    slopeTerms: (x) => (Math.abs(x) > 2 ? 1 / Math.abs(x) : 0),
  },
  gamma: {
    domain: "all but poles",
    points: gamma,
    slopeTerms: (x, value) => Math.abs(value) * digammaTerms(x),
  },
  logGamma: {
    domain: "all but poles",
    points: gamma,
    terms: (x) => (x < 0 ? Math.abs(x) * Math.log(1 - x) + 1 : 0),
    slopeTerms: digammaTerms,
  },
  digamma: { domain: "all but poles", points: gamma, terms: digammaTerms },
  trigamma: { domain: "all but poles", points: gamma, slopeTerms: (x) => polygammaTerms(2, x) },
  polygamma: {
    domain: `orders 2 to ${orders.at(-1)}, all but poles`,
    points: gamma.map((points) => pairs(() => pick(orders), points)),
    terms: (n, x) => polygammaTerms(n, x),
    slopeTerms: (n, x) => polygammaTerms(n + 1, x),
    along: [1],
  },
};
