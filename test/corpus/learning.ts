// @ts-nocheck The functions are plain JavaScript.
// Learning from data: networks, kernels, losses, filters of trackers, as tutorials and small libraries write them.
import { between, many } from "./range.ts";

/** A TypeScript enum, compiled. */
var Activation;
(function (Activation) {
  Activation[(Activation["Relu"] = 0)] = "Relu";
  Activation[(Activation["Tanh"] = 1)] = "Tanh";
  Activation[(Activation["Gelu"] = 2)] = "Gelu";
})(Activation || (Activation = {}));
var activate = function (kind, x) {
  switch (kind) {
    case Activation.Relu:
      return x > 0 ? x : 0;
    case Activation.Tanh:
      return Math.tanh(x);
    case Activation.Gelu:
      return 0.5 * x * (1 + Math.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
    default:
      throw new Error("unknown activation " + kind);
  }
};

/** A layer of weights, as a constructor with a prototype. */
function Dense(weights, biases, activation) {
  if (!(this instanceof Dense)) return new Dense(weights, biases, activation);
  this.weights = weights;
  this.biases = biases;
  this.activation = activation;
}
Dense.prototype.forward = function (input) {
  var self = this;
  return this.weights.map(function (row, i) {
    for (var sum = self.biases[i], j = 0; j < row.length; j++) sum += row[j] * input[j];
    return activate(self.activation, sum);
  });
};
const network = [
  new Dense(
    [
      [0.3, -0.8],
      [1.1, 0.4],
      [-0.6, 0.9],
    ],
    [0.1, -0.2, 0.05],
    Activation.Tanh,
  ),
  Dense([[0.7, -1.2, 0.5]], [0.3], Activation.Gelu),
];

/** The scaled dot products of attention, one query. */
const attend = (query, keys, values) => {
  const scores = keys.map((key) => key.reduce((sum, k, i) => sum + k * query[i], 0) / Math.sqrt(query.length));
  const top = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - top));
  const total = weights.reduce((a, b) => a + b);
  return values[0].map((_, i) => values.reduce((sum, value, k) => sum + (weights[k] / total) * value[i], 0));
};

class Gaussian1d {
  static log2pi = Math.log(2 * Math.PI);
  constructor(mean, variance) {
    Object.assign(this, { mean, variance });
  }
  get precision() {
    return 1 / this.variance;
  }
  times(other) {
    const variance = 1 / (this.precision + other.precision);
    return new Gaussian1d(variance * (this.mean * this.precision + other.mean * other.precision), variance);
  }
  logPdf(x) {
    return -0.5 * (Gaussian1d.log2pi + Math.log(this.variance) + (x - this.mean) ** 2 * this.precision);
  }
}

export default [
  ["multilayer perceptron", (x) => network.reduce((input, layer) => layer.forward(input), x)[0], [many(2, -2, 2)]],
  [
    "perceptron with its weights",
    ({ weights, bias }, x) => {
      const [hidden] = [weights.map((w, i) => Math.tanh(w * x + bias[i]))];
      return hidden.reduce((a, b) => a + b, 0) / hidden.length;
    },
    [{ weights: many(3, -1, 1), bias: many(3, -0.5, 0.5) }, between(-1, 1)],
  ],
  ["gelu", (x) => activate(Activation.Gelu, x), [between(-3, 3)], [[0], [20], [-4]]],
  [
    "attention",
    attend,
    [many(2, -1, 1), [many(2, -1, 1), many(2, -1, 1), many(2, -1, 1)], [many(2, -1, 1), many(2, -1, 1), many(2, -1, 1)]],
  ],
  [
    "layer normalisation",
    (v, gain = 1, shift = 0, epsilon = 1e-5) => {
      const mean = v.reduce((s, x) => s + x, 0) / v.length;
      const variance = v.reduce((s, x) => s + (x - mean) ** 2, 0) / v.length;
      return v.map((x) => ((x - mean) / Math.sqrt(variance + epsilon)) * gain + shift);
    },
    [many(4, -2, 2), between(0.5, 2)],
  ],
  [
    "focal loss of a logit",
    function focal(z, target, gamma) {
      const p = z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
      const [q, weight] = target > 0.5 ? [p, 0.25] : [1 - p, 0.75];
      return -weight * (1 - q) ** gamma * Math.log(q);
    },
    [between(-4, 4), between(0, 1), between(1.5, 3)],
    [[0, 1, 2]],
  ],
  [
    "contrastive loss",
    (a, b, same, margin = 1) => {
      const d = Math.hypot(...a.map((x, i) => x - b[i]));
      return same > 0.5 ? d * d : Math.max(0, margin - d) ** 2;
    },
    [many(3, -0.5, 0.5), many(3, -0.5, 0.5), between(0, 1)],
  ],
  [
    "matern kernel's gram determinant",
    (x, length) => {
      const k = (a, b) => {
        const r = (Math.sqrt(5) * Math.abs(a - b)) / length;
        return (1 + r + (r * r) / 3) * Math.exp(-r);
      };
      const g = x.map((a, i) => x.map((b, j) => k(a, b) + (i === j ? 0.1 : 0)));
      return (
        g[0][0] * (g[1][1] * g[2][2] - g[1][2] * g[2][1]) -
        g[0][1] * (g[1][0] * g[2][2] - g[1][2] * g[2][0]) +
        g[0][2] * (g[1][0] * g[2][1] - g[1][1] * g[2][0])
      );
    },
    [[between(0, 0.8), between(1, 1.8), between(2, 2.8)], between(0.5, 2)],
  ],
  [
    "evidence of a product of gaussians",
    (mean, variance, x) =>
      [new Gaussian1d(0, 1), new Gaussian1d(0.5, 2)].reduce((all, g) => all.times(g), new Gaussian1d(mean, variance)).logPdf(x),
    [between(-1, 1), between(0.5, 2), between(-2, 2)],
  ],
  [
    "mixture of two by the log-sum-exp",
    // Minified, and formatted again.
    function (t, e) {
      for (var n = [-1, 1.5], r = -1 / 0, a = [], o = 0; o < 2; o++)
        (a[o] = Math.log(o ? 1 - e : e) - ((t -= 0), (t - n[o]) * (t - n[o])) / 2), (r = a[o] > r ? a[o] : r);
      return r + Math.log(Math.exp(a[0] - r) + Math.exp(a[1] - r));
    },
    [between(-3, 3), between(0.2, 0.8)],
  ],
  [
    "gru cell",
    (x, h, p) => {
      const sigmoid = (t) => 1 / (1 + Math.exp(-t));
      const z = sigmoid(p.wz * x + p.uz * h);
      const r = sigmoid(p.wr * x + p.ur * h);
      const candidate = Math.tanh(p.wh * x + p.uh * (r * h));
      return (1 - z) * h + z * candidate;
    },
    [
      between(-1, 1),
      between(-1, 1),
      { wz: between(-1, 1), uz: between(-1, 1), wr: between(-1, 1), ur: between(-1, 1), wh: between(-1, 1), uh: between(-1, 1) },
    ],
  ],
];
