// @ts-nocheck The functions are plain JavaScript.
// Statistics and machine learning.
import { between, many } from "./range.ts";

const sum = (v) => v.reduce((a, b) => a + b, 0);
function mean(x) {
  if (x.length === 0) throw new Error("mean requires at least one data point");
  return sum(x) / x.length;
}
function sumNthPowerDeviations(x, n) {
  const m = mean(x);
  let s = 0;
  let i;
  if (n === 2) {
    for (i = 0; i < x.length; i++) {
      const t = x[i] - m;
      s += t * t;
    }
  } else {
    for (i = 0; i < x.length; i++) s += Math.pow(x[i] - m, n);
  }
  return s;
}
const variance = (x) => sumNthPowerDeviations(x, 2) / (x.length - 1);

class Layer {
  static activations = {
    relu: (x) => Math.max(0, x),
    tanh: Math.tanh,
    gelu: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  };
  constructor(weights, bias, activation = "tanh") {
    this.weights = weights;
    this.bias = bias;
    this.f = Layer.activations[activation];
  }
  forward(x) {
    return this.weights.map((row, i) => this.f(row.reduce((s, w, j) => s + w * x[j], this.bias[i])));
  }
}

export default [
  [
    "variance and skewness",
    (x) => ({ variance: variance(x), skewness: sumNthPowerDeviations(x, 3) / x.length / Math.pow(variance(x), 1.5) }),
    [many(6, -2, 2)],
  ],
  [
    "logistic regression",
    (w, b) => {
      const data = [
        [1, 2, 1],
        [2, -1, 0],
        [-1, 1, 1],
        [0.5, 0.5, 0],
      ];
      let loss = 0;
      for (const [x1, x2, y] of data) {
        const z = w[0] * x1 + w[1] * x2 + b;
        loss += Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));
      }
      return loss / data.length;
    },
    [many(2, -2, 2), between(-1, 1)],
    [[[0, 0], 0]],
  ],
  [
    "softmax cross entropy",
    (logits) => {
      const m = Math.max(...logits);
      const lse = m + Math.log(logits.map((l) => Math.exp(l - m)).reduce((a, b) => a + b));
      return lse - logits[1];
    },
    [many(4, -3, 3)],
  ],
  [
    "a network of two layers",
    (w1, w2, x) => new Layer([w2], [0.1], "gelu").forward(new Layer(w1, [0.1, -0.2]).forward(x))[0],
    [[many(2, -1, 1), many(2, -1, 1)], many(2, -1, 1), many(2, -1, 1)],
  ],
  [
    "huber loss",
    (r, delta = 1) => {
      const a = Math.abs(r);
      return a <= delta ? 0.5 * r * r : delta * (a - 0.5 * delta);
    },
    [between(-3, 3), between(0.5, 1.5)],
    [[0, 1]],
  ],
  [
    "median of five",
    (v) => {
      const s = v.slice().sort(function (a, b) {
        return a - b;
      });
      return s.length % 2 ? s[(s.length - 1) / 2] : (s[s.length / 2 - 1] + s[s.length / 2]) / 2;
    },
    [many(5, -2, 2)],
  ],
  [
    "trimmed mean",
    (v) => {
      const s = [...v].sort((a, b) => a - b).slice(1, -1);
      return s.reduce((a, b) => a + b) / s.length;
    },
    [many(6, -2, 2)],
  ],
  [
    "mixture of gaussians",
    (x, { weights, means, deviations }) => {
      const total = sum(weights);
      return Math.log(
        weights.reduce(
          (p, w, k) =>
            p + ((w / total) * Math.exp(-(((x - means[k]) / deviations[k]) ** 2) / 2)) / (deviations[k] * Math.sqrt(2 * Math.PI)),
          0,
        ),
      );
    },
    [between(-3, 3), { weights: many(2, 0.5, 1), means: many(2, -1, 1), deviations: many(2, 0.5, 1.5) }],
  ],
  [
    "least squares line",
    (ys) => {
      const n = ys.length;
      let sx = 0,
        sy = 0,
        sxx = 0,
        sxy = 0;
      for (let i = 0; i < n; i++) {
        sx += i;
        sy += ys[i];
        sxx += i * i;
        sxy += i * ys[i];
      }
      const m = (n * sxy - sx * sy) / (n * sxx - sx * sx);
      return { m, b: sy / n - (m * sx) / n };
    },
    [many(5, -2, 2)],
  ],
  [
    "correlation",
    (x, y) => {
      const [mx, my] = [x, y].map(mean);
      let [a, b, c] = [0, 0, 0];
      x.forEach((v, i) => {
        a += (v - mx) * (y[i] - my);
        b += (v - mx) ** 2;
        c += (y[i] - my) ** 2;
      });
      return a / Math.sqrt(b * c);
    },
    [many(5, -2, 2), many(5, -2, 2)],
  ],
  [
    "error function of abramowitz",
    function erf(x) {
      const t = 1 / (1 + 0.5 * Math.abs(x));
      const tau =
        t *
        Math.exp(
          -x * x +
            ((((((((t * 0.17087277 + -0.82215223) * t + 1.48851587) * t + -1.13520398) * t + 0.27886807) * t + -0.18628806) * t +
              0.09678418) *
              t +
              0.37409196) *
              t +
              1.00002368) *
              t -
            1.26551223,
        );
      if (x >= 0) return 1 - tau;
      return tau - 1;
    },
    [between(-3, 3)],
  ],
  [
    "student t density",
    (t, nu) => {
      const lg = (z) => {
        const g = [57.1562356658629235, -59.5979603554754912, 14.1360979747417471, -0.491913816097620199, 0.339946499848118887e-4];
        let s = 0.999999999999997092,
          y = z;
        for (const c of g) s += c / ++y;
        const q = z + 5.2421875;
        return (z + 0.5) * Math.log(q) - q + Math.log((2.5066282746310005 * s) / z);
      };
      return (Math.exp(lg((nu + 1) / 2) - lg(nu / 2)) / Math.sqrt(nu * Math.PI)) * (1 + (t * t) / nu) ** (-(nu + 1) / 2);
    },
    [between(-3, 3), between(1, 10)],
  ],
  [
    "kernel density with a memo",
    (x, h) => {
      const memo = new Map();
      const at = (k) => {
        if (!memo.has(k)) memo.set(k, Math.exp(-0.5 * ((x - k) / h) ** 2));
        return memo.get(k);
      };
      return [0, 1, 1, 3].reduce((s, k) => s + at(k), 0) / (4 * h);
    },
    [between(-1, 4), between(0.3, 1)],
  ],
  [
    "exponential smoothing",
    ({ alpha, beta }, series) => {
      let [level, trend] = [series[0], series[1] - series[0]];
      let error = 0;
      for (const y of series.slice(1)) {
        const forecast = level + trend;
        error += (y - forecast) ** 2;
        const before = level;
        level = alpha * y + (1 - alpha) * forecast;
        trend = beta * (level - before) + (1 - beta) * trend;
      }
      return error;
    },
    [{ alpha: between(0.1, 0.9), beta: between(0.1, 0.9) }, many(6, 0, 10)],
  ],
  [
    "hidden markov likelihood",
    (a, b) => {
      const observed = [0, 1, 1, 0, 1];
      const move = [
          [1 - a, a],
          [b, 1 - b],
        ],
        emit = [
          [0.8, 0.2],
          [0.3, 0.7],
        ];
      let alpha = [0.5 * emit[0][0], 0.5 * emit[1][0]];
      for (let t = 1; t < observed.length; t++)
        alpha = alpha.map((_, j) => emit[j][observed[t]] * alpha.reduce((s, p, i) => s + p * move[i][j], 0));
      return Math.log(alpha[0] + alpha[1]);
    },
    [between(0.1, 0.9), between(0.1, 0.9)],
  ],
  [
    "elo after games",
    (ra, rb) => {
      for (const won of [1, 0, 1]) {
        const expected = 1 / (1 + 10 ** ((rb - ra) / 400));
        ra += 32 * (won - expected);
        rb -= 32 * (won - expected);
      }
      return ra - rb;
    },
    [between(1200, 1800), between(1200, 1800)],
  ],
  [
    "beta density with checked parameters",
    (x, a, b) => {
      if (!(a > 0 && b > 0)) throw new TypeError("parameters must be positive, not " + a + " and " + b);
      if (x < 0 || x > 1) return 0;
      return a * b * x ** (a - 1) * (1 - x) ** (b - 1);
    },
    [between(0.1, 0.9), between(0.5, 3), between(0.5, 3)],
  ],
];
