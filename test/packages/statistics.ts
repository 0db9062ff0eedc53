// @ts-nocheck Some packages have no types.
// Statistics, special functions, distances between samples, finance.
import bessel from "bessel";
import { blackScholes, getW, stdNormCDF } from "black-scholes";
import * as financial from "financial";
import * as greeks from "greeks";
import jstat from "jstat";
import { distance, similarity } from "ml-distance";
import * as simple from "simple-statistics";
import { between, many } from "../corpus/range.ts";

const { jStat } = jstat;
const sample = many(5, 1, 4);
const points = many(5, 0, 1).map((_, i) => [between(i, i + 0.8), between(0, 3)]);
const density = many(4, 0.1, 1);
const option = [between(80, 120), between(90, 110), between(0.3, 1), between(0.15, 0.4), between(0.01, 0.05)];
const located = [between(-2, 2), between(-1, 1), between(0.5, 2)];
const positive = [between(0.2, 0.8), between(0.5, 1), between(0.5, 2)];

export default {
  "simple-statistics": [
    ["errorFunction", simple.errorFunction, [between(-3, 3)]],
    ["inverseErrorFunction", simple.inverseErrorFunction, [between(-0.95, 0.95)]],
    ["probit", simple.probit, [between(0.1, 0.9)]],
    ["gammaln", simple.gammaln, [between(0.5, 20)]],
    ["cumulativeStdLogisticProbability", simple.cumulativeStdLogisticProbability, [between(-5, 5)], [[0], [800], [-700]]],
    ["rootMeanSquare", simple.rootMeanSquare, [sample]],
    ["standardDeviation", simple.standardDeviation, [sample]],
    ["sampleSkewness", simple.sampleSkewness, [sample]],
    ["sampleKurtosis", simple.sampleKurtosis, [sample]],
    ["sampleCorrelation", simple.sampleCorrelation, [sample, sample]],
    ["linearRegression", simple.linearRegression, [points]],
    ["linearRegressionLine({ m: 2, b: 1 })", simple.linearRegressionLine({ m: 2, b: 1 }), [between(0, 1)]],
    ["extent", simple.extent, [sample]],
    ["tTestTwoSample", simple.tTestTwoSample, [sample, sample, between(0, 1)]],
    ["kernelDensityEstimation([1, 2, 4], 'gaussian', 0.7)", simple.kde([1, 2, 4], "gaussian", 0.7), [between(0, 4)]],
  ],
  jstat: [
    ["gammaln", jStat.gammaln, [between(0.5, 20)]],
    ["gammafn", jStat.gammafn, [between(0.1, 0.9)]],
    ["erf", jStat.erf, [between(-2, 2)]],
    ["erfcinv", jStat.erfcinv, [between(0.1, 1.9)], [[1]]],
    ["betaln", jStat.betaln, many(2, 0.5, 5)],
    ["ibeta", jStat.ibeta, [between(0.1, 0.9), between(1, 3), between(1, 3)], [[0, 1, 2]]],
    ["lowRegGamma", jStat.lowRegGamma, [between(0.6, 0.8), between(0.5, 1)]],
    ["normal.pdf", jStat.normal.pdf, located],
    ["normal.cdf", jStat.normal.cdf, located],
    ["normal.inv", jStat.normal.inv, [between(0.1, 0.9), between(-1, 1), between(0.5, 2)]],
    ["weibull.pdf", jStat.weibull.pdf, positive],
    ["gamma.pdf", jStat.gamma.pdf, positive],
    [
      "kumaraswamy.cdf",
      jStat.kumaraswamy.cdf,
      positive,
      [
        [2, 1, 1],
        [-1, 1, 1],
      ],
    ],
    ["lognormal.cdf", jStat.lognormal.cdf, positive],
    ["invgamma.pdf", jStat.invgamma.pdf, positive],
    ["stdev", jStat.stdev, [sample]],
    ["corrcoeff", jStat.corrcoeff, [sample, sample]],
    ["det", jStat.det, [[many(3, 1, 2), many(3, -1, 2), many(3, -1, 1)]]],
    ["romberg of a closure", (k) => jStat.romberg((x) => Math.exp(-k * x), 0, 1, 4), [between(0.2, 0.8)]],
  ],
  bessel: [
    ["besselj of order 0", (x) => bessel.besselj(x, 0), [between(0.5, 12)]],
    ["besselk of order 1", (x) => bessel.besselk(x, 1), [between(0.5, 5)]],
  ],
  "ml-distance": [
    ["jensenShannon", distance.jensenShannon, [density, density]],
    ["bhattacharyya", distance.bhattacharyya, [density, density]],
    ["minkowski", distance.minkowski, [density, density, between(1.5, 3)]],
    ["pearson", distance.pearson, [density, density]],
    ["soergel", distance.soergel, [density, density]],
    ["cosine", similarity.cosine, [density, density]],
    ["tanimoto", similarity.tanimoto, [density, density]],
  ],
  "black-scholes": [
    ["blackScholes", blackScholes, option],
    ["getW", getW, option],
    ["stdNormCDF", stdNormCDF, [between(-4, 4)], [[9], [-9]]],
  ],
  greeks: [
    ["getDelta", greeks.getDelta, option],
    ["getVega", greeks.getVega, option],
    ["getGamma", greeks.getGamma, option],
  ],
  financial: [
    ["fv", financial.fv, [between(0.01, 0.1), between(5, 10), between(-100, -50), between(-200, -100)]],
    ["pmt", financial.pmt, [between(0.01, 0.1), between(5, 10), between(100, 200)], [], [[0, 10, 150]]],
    ["nper", financial.nper, [between(0.01, 0.1), between(-100, -50), between(100, 200)]],
    ["ppmt", financial.ppmt, [between(0.01, 0.1), between(2, 4), between(5, 9), between(100, 200)]],
    ["npv", financial.npv, [between(0.01, 0.1), many(4, -10, 100)]],
    ["mirr", financial.mirr, [[between(-100, -90), ...many(4, 10, 60)], between(0.01, 0.1), between(0.01, 0.1)]],
    ["irr", financial.irr, [[between(-100, -90), ...many(4, 10, 60)]]],
    ["rate", financial.rate, [between(9, 11), between(-0.1, 0), between(-100, -80), between(900, 1000)]],
  ],
};
