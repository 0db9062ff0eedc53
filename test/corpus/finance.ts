// @ts-nocheck The functions are plain JavaScript.
// Finance, as quants and dashboards write it.
import { between, many } from "./range.ts";

/** Abramowitz and Stegun's approximation of the normal distribution. */
function cnd(x) {
  var a1 = 0.31938153,
    a2 = -0.356563782,
    a3 = 1.781477937,
    a4 = -1.821255978,
    a5 = 1.330274429;
  var L = Math.abs(x),
    K = 1.0 / (1.0 + 0.2316419 * L);
  var w =
    1.0 -
    (1.0 / Math.sqrt(2 * Math.PI)) *
      Math.exp((-L * L) / 2) *
      (a1 * K + a2 * K * K + a3 * Math.pow(K, 3) + a4 * Math.pow(K, 4) + a5 * Math.pow(K, 5));
  if (x < 0.0) w = 1.0 - w;
  return w;
}

function BlackScholes(PutCallFlag, S, X, T, r, v) {
  var d1 = (Math.log(S / X) + (r + (v * v) / 2.0) * T) / (v * Math.sqrt(T));
  var d2 = d1 - v * Math.sqrt(T);
  if (PutCallFlag == "c") return S * cnd(d1) - X * Math.exp(-r * T) * cnd(d2);
  else return X * Math.exp(-r * T) * cnd(-d2) - S * cnd(-d1);
}

class YieldCurve {
  constructor({ b0, b1, b2, tau }) {
    Object.assign(this, { b0, b1, b2, tau });
  }
  rate(t) {
    const x = t / this.tau;
    const slope = -Math.expm1(-x) / x;
    return this.b0 + this.b1 * slope + this.b2 * (slope - Math.exp(-x));
  }
  discount(t) {
    return Math.exp(-this.rate(t) * t);
  }
  static flat(rate) {
    return new this({ b0: rate, b1: 0, b2: 0, tau: 1 });
  }
}

const brackets = [
  { upTo: 11000, rate: 0.1 },
  { upTo: 44725, rate: 0.12 },
  { upTo: 95375, rate: 0.22 },
  { upTo: Infinity, rate: 0.32 },
];

const npv = (rate, flows) => flows.reduce((sum, flow, i) => sum + flow / (1 + rate) ** i, 0);

export default [
  [
    "black scholes call",
    (S, X, T, r, v) => BlackScholes("c", S, X, T, r, v),
    [between(60, 140), between(80, 120), between(0.2, 2), between(0.01, 0.08), between(0.1, 0.5)],
  ],
  ["black scholes put", (S, X) => BlackScholes("p", S, X, 1, 0.05, 0.2), [between(60, 140), between(80, 120)]],
  ["net present value", (rate, flows) => npv(rate, flows), [between(0.01, 0.2), many(6, -100, 200)], [[0, [1, 2, 3, 4, 5, 6]]]],
  [
    "internal rate of return, fixed steps",
    (flows) => {
      let r = 0.1;
      for (let i = 0; i < 20; i++) {
        let f = 0,
          d = 0;
        flows.forEach((v, t) => {
          f += v / (1 + r) ** t;
          if (t) d -= (t * v) / (1 + r) ** (t + 1);
        });
        r -= f / d;
      }
      return r;
    },
    [[between(-120, -100), between(40, 50), between(40, 50), between(40, 50)]],
  ],
  [
    "mortgage payment",
    (principal, annual, years = 30) => {
      const i = annual / 12;
      return i === 0 ? principal / (years * 12) : (principal * i) / (1 - Math.pow(1 + i, -years * 12));
    },
    [between(1e5, 5e5), between(0.01, 0.08), between(10, 30)],
    [],
    [[1e5, 0, 30]],
  ],
  [
    "progressive tax",
    function tax(income) {
      let owed = 0,
        below = 0;
      for (const { upTo, rate } of brackets) {
        if (income > below) owed += (Math.min(income, upTo) - below) * rate;
        below = upTo;
      }
      return owed;
    },
    [between(1000, 200000)],
    [[5000]],
  ],
  [
    "nelson siegel",
    (p, t) => new YieldCurve(p).rate(t),
    [{ b0: between(0.02, 0.05), b1: between(-0.03, 0.01), b2: between(-0.02, 0.03), tau: between(0.5, 3) }, between(0.25, 20)],
  ],
  [
    "bond price on a curve",
    (p, coupon) => {
      const curve = new YieldCurve(p);
      let price = curve.discount(5) * 100;
      for (let t = 1; t <= 5; t++) price += coupon * curve.discount(t);
      return price - YieldCurve.flat(0.03).discount(5);
    },
    [{ b0: between(0.02, 0.05), b1: between(-0.03, 0.01), b2: between(-0.02, 0.03), tau: between(0.5, 3) }, between(1, 6)],
  ],
  [
    "binomial tree, american put",
    (S, v) => {
      const n = 12,
        dt = 1 / n,
        u = Math.exp(v * Math.sqrt(dt)),
        d = 1 / u,
        q = (Math.exp(0.05 * dt) - d) / (u - d),
        K = 100;
      const values = [];
      for (let i = 0; i <= n; i++) values[i] = Math.max(0, K - S * u ** (n - 2 * i));
      for (let k = n - 1; k >= 0; k--)
        for (let i = 0; i <= k; i++)
          values[i] = Math.max(K - S * u ** (k - 2 * i), Math.exp(-0.05 * dt) * (q * values[i] + (1 - q) * values[i + 1]));
      return values[0];
    },
    [between(85, 115), between(0.15, 0.4)],
  ],
  [
    "monte carlo by given normals",
    (S, v, z) =>
      z
        .map((n) => S * Math.exp(0.03 - v ** 2 / 2 + v * n))
        .map((p) => Math.max(p - 100, 0))
        .reduce((a, b) => a + b) / z.length,
    [between(80, 120), between(0.1, 0.4), many(8, -2, 2)],
  ],
  [
    "garch likelihood",
    ({ omega, alpha, beta }, returns) => {
      let variance = omega / (1 - alpha - beta),
        ll = 0;
      for (const r of returns) {
        ll -= 0.5 * (Math.log(2 * Math.PI * variance) + (r * r) / variance);
        variance = omega + alpha * r * r + beta * variance;
      }
      return ll;
    },
    [{ omega: between(0.05, 0.2), alpha: between(0.05, 0.15), beta: between(0.6, 0.8) }, many(8, -2, 2)],
  ],
  [
    "sabr volatility",
    (F, K, { alpha, beta, rho, nu }) => {
      const fk = (F * K) ** ((1 - beta) / 2),
        l = Math.log(F / K),
        z = (nu / alpha) * fk * l;
      const x = Math.log((Math.sqrt(1 - 2 * rho * z + z * z) + z - rho) / (1 - rho));
      const ratio = Math.abs(z) < 1e-8 ? 1 : z / x;
      return (alpha / (fk * (1 + ((1 - beta) ** 2 / 24) * l ** 2))) * ratio * (1 + ((2 - 3 * rho ** 2) / 24) * nu ** 2);
    },
    [
      between(0.03, 0.05),
      between(0.02, 0.06),
      { alpha: between(0.1, 0.3), beta: between(0.3, 0.8), rho: between(-0.5, 0.2), nu: between(0.2, 0.6) },
    ],
  ],
  [
    "portfolio of three",
    (w) => {
      const cov = [
        [0.04, 0.006, 0.01],
        [0.006, 0.09, 0.02],
        [0.01, 0.02, 0.16],
      ];
      const mu = [0.05, 0.08, 0.12];
      const total = w[0] + w[1] + w[2];
      const x = w.map((v) => v / total);
      const variance = x
        .map((a, i) => x.map((b, j) => a * b * cov[i][j]))
        .flat()
        .reduce((p, q) => p + q);
      return x.reduce((s, a, i) => s + a * mu[i], 0) / Math.sqrt(variance);
    },
    [many(3, 0.1, 1)],
  ],
  [
    "forward rate from two discount factors, by a checked class",
    (d1, d2, t) => {
      class Curve {
        constructor(factors) {
          if (factors.some((d) => d <= 0)) throw new RangeError("discount factors must be positive");
          this.factors = factors;
        }
        forward(span) {
          const [near, far] = this.factors;
          if (far > near) throw new RangeError(`negative rate: ${Math.log(near / far) / span}`);
          return Math.log(near / far) / span;
        }
      }
      return new Curve([d1, d2]).forward(t);
    },
    [between(0.9, 1), between(0.7, 0.89), between(0.5, 2)],
  ],
];
