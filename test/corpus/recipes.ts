// @ts-nocheck The functions are plain JavaScript.
// Numerical recipes: series, quadrature, interpolation, linear algebra, equations. Each entry: a name, the function, its arguments as
// ranges, points at the edges, and points where there is no one slope: at kinks, and where an early exit or a case of its own ends
// what was computed.
import { between, many } from "./range.ts";

/** Lanczos' approximation of the logarithm of the gamma function. */
function gammln(xx) {
  var cof = [76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5];
  var x, y, tmp, ser, j;
  y = x = xx;
  tmp = x + 5.5;
  tmp -= (x + 0.5) * Math.log(tmp);
  ser = 1.000000000190015;
  for (j = 0; j <= 5; j++) ser += cof[j] / ++y;
  return -tmp + Math.log((2.5066282746310005 * ser) / x);
}

/** The incomplete beta function's continued fraction, for a fixed number of terms. */
function betacf(a, b, x) {
  var FPMIN = 1e-300;
  var qab = a + b,
    qap = a + 1,
    qam = a - 1,
    c = 1,
    d = 1 - (qab * x) / qap;
  if (Math.abs(d) < FPMIN) d = FPMIN;
  d = 1 / d;
  var h = d;
  for (var m = 1; m <= 30; m++) {
    var m2 = 2 * m;
    var aa = (m * (b - m) * x) / ((qam + m2) * (a + m2));
    d = 1 + aa * d;
    if (Math.abs(d) < FPMIN) d = FPMIN;
    c = 1 + aa / c;
    if (Math.abs(c) < FPMIN) c = FPMIN;
    d = 1 / d;
    h *= d * c;
    aa = (-(a + m) * (qab + m) * x) / ((a + m2) * (qap + m2));
    d = 1 + aa * d;
    if (Math.abs(d) < FPMIN) d = FPMIN;
    c = 1 + aa / c;
    if (Math.abs(c) < FPMIN) c = FPMIN;
    d = 1 / d;
    var del = d * c;
    h *= del;
    if (Math.abs(del - 1) < 3e-16) break;
  }
  return h;
}

function betai(a, b, x) {
  var bt;
  if (x === 0 || x === 1) bt = 0;
  else bt = Math.exp(gammln(a + b) - gammln(a) - gammln(b) + a * Math.log(x) + b * Math.log(1 - x));
  if (x < (a + 1) / (a + b + 2)) return (bt * betacf(a, b, x)) / a;
  return 1 - (bt * betacf(b, a, 1 - x)) / b;
}

const simpson = (f, a, b, n = 20) => {
  const h = (b - a) / n;
  let sum = f(a) + f(b);
  for (let i = 1; i < n; i++) sum += f(a + i * h) * (i & 1 ? 4 : 2);
  return (sum * h) / 3;
};

/** Gauss–Legendre with five points. */
const gauss5 = (() => {
  const [x1, x2] = [0.5384693101056831, 0.906179845938664];
  const [w0, w1, w2] = [0.5688888888888889, 0.47862867049936647, 0.23692688505618908];
  return (f, a, b) => {
    const [half, mid] = [(b - a) / 2, (a + b) / 2];
    return half * (w0 * f(mid) + w1 * (f(mid - half * x1) + f(mid + half * x1)) + w2 * (f(mid - half * x2) + f(mid + half * x2)));
  };
})();

/** Solves a linear system by elimination with scaled rows; the pivots are those of the diagonal. */
function solve(matrix, right) {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i]]);
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const f = a[i][k] / a[k][k];
      for (let j = k; j <= n; j++) a[i][j] -= f * a[k][j];
    }
  }
  const x = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let s = a[i][n];
    for (let j = i + 1; j < n; j++) s -= a[i][j] * x[j];
    x[i] = s / a[i][i];
  }
  return x;
}

/** Elimination that swaps rows on data. */
function determinant(m) {
  var n = m.length,
    det = 1,
    a = m.map(function (r) {
      return r.slice();
    });
  for (var c = 0; c < n; c++) {
    for (var r = c + 1; r < n; r++) {
      if (Math.abs(a[r][c]) > Math.abs(a[c][c])) {
        for (var k = 0; k < n; k++) {
          var t = a[c][k];
          a[c][k] = a[r][k];
          a[r][k] = t;
        }
        det = -det;
      }
    }
    det *= a[c][c];
    for (r = c + 1; r < n; r++) {
      var f = a[r][c] / a[c][c];
      for (k = c; k < n; k++) a[r][k] -= f * a[c][k];
    }
  }
  return det;
}

class Polynomial {
  #coefficients;
  constructor(...coefficients) {
    this.#coefficients = coefficients;
  }
  get degree() {
    return this.#coefficients.length - 1;
  }
  at(x) {
    return this.#coefficients.reduceRight((sum, c) => sum * x + c, 0);
  }
  derivative() {
    return new Polynomial(...this.#coefficients.slice(1).map((c, i) => c * (i + 1)));
  }
}

const spd = [
  [between(4, 6), between(-1, 1), between(-1, 1)],
  [between(-1, 1), between(4, 6), between(-1, 1)],
  [between(-1, 1), between(-1, 1), between(4, 6)],
];

export default [
  ["lanczos gamma", gammln, [between(0.5, 20)], [[1], [2], [0.01], [150]]],
  ["incomplete beta", betai, [between(0.6, 5), between(0.6, 5), between(0.05, 0.95)], [[2.5, 3.5, 0.5]], [[2, 3, 0.5]]],
  ["simpson's rule of a closure", (k, b) => simpson((x) => Math.exp(-k * x) * Math.cos(x), 0, b), [between(0.1, 2), between(0.5, 3)]],
  ["gauss legendre of a closure", (k) => gauss5((x) => 1 / (1 + k * x * x), 0, 1), [between(0.1, 4)], [[0]]],
  ["linear system", (m, b) => solve(m, b), [spd, many(3, -2, 2)]],
  ["determinant with pivots", determinant, [[many(3, -2, 2), many(3, -2, 2), many(3, -2, 2)]]],
  [
    "newton for a polynomial, fixed steps",
    (a) => {
      const p = new Polynomial(-a, -1, 0, 1);
      let x = 2;
      for (let i = 0; i < 8 && p.degree > 0; i++) x -= p.at(x) / p.derivative().at(x);
      return x;
    },
    [between(1, 6)],
  ],
  [
    "bisection, fixed steps",
    function bisect(c) {
      let [lo, hi] = [0, 4];
      for (let i = 0; i < 50; i++) {
        const mid = (lo + hi) / 2;
        if (mid * mid * mid - mid < c) lo = mid;
        else hi = mid;
      }
      // One step of Newton's method carries the slope.
      const x = (lo + hi) / 2;
      return x - (x ** 3 - x - c) / (3 * x ** 2 - 1);
    },
    [between(1, 20)],
  ],
  [
    "neville's interpolation",
    function (xs, ys, x) {
      var p = ys.slice(),
        n = xs.length;
      for (var k = 1; k < n; k++)
        for (var i = 0; i < n - k; i++) p[i] = ((x - xs[i + k]) * p[i] + (xs[i] - x) * p[i + 1]) / (xs[i] - xs[i + k]);
      return p[0];
    },
    [[between(0, 0.5), between(1, 1.5), between(2, 2.5), between(3, 3.5)], many(4, -2, 2), between(0.2, 3)],
  ],
  [
    "natural cubic spline",
    function spline(ys, t) {
      const n = ys.length;
      const [c, d] = [new Float64Array(n), new Float64Array(n)];
      for (let i = 1; i < n - 1; i++) {
        const m = 1 / (4 - c[i - 1]);
        c[i] = m;
        d[i] = (3 * (ys[i + 1] - 2 * ys[i] + ys[i - 1]) - d[i - 1]) * m;
      }
      for (let i = n - 2; i > 0; i--) d[i] -= c[i] * d[i + 1];
      // The piece is found by comparing, and merged.
      for (let i = 0; i < n - 1; i++) {
        if (t < i + 1 || i === n - 2) {
          const u = t - i;
          return ys[i] + u * (ys[i + 1] - ys[i] - (2 * d[i] + d[i + 1]) / 3 + u * (d[i] + (u * (d[i + 1] - d[i])) / 3));
        }
      }
    },
    [many(5, -1, 1), between(0, 4)],
    [
      [[1, 2, 0, 1, 3], 2],
      [[1, 2, 0, 1, 3], 0],
    ],
  ],
  [
    "chebyshev by clenshaw",
    function (c, x) {
      for (var b1 = 0, b2 = 0, i = c.length; --i; ) [b1, b2] = [2 * x * b1 - b2 + c[i], b1];
      return x * b1 - b2 + c[0];
    },
    [many(6, -1, 1), between(-1, 1)],
    [
      [[1, 2, 3, 4, 5, 6], 1],
      [[1, 2, 3, 4, 5, 6], -1],
    ],
  ],
  [
    "runge kutta of fourth order",
    (y0, k) => {
      const f = (t, y) => k * y * (1 - y) + 0.1 * Math.sin(t);
      let [t, y] = [0, y0];
      for (const h = 0.1; t < 0.95; t += h) {
        const k1 = f(t, y),
          k2 = f(t + h / 2, y + (h / 2) * k1),
          k3 = f(t + h / 2, y + (h / 2) * k2),
          k4 = f(t + h, y + h * k3);
        y += (h / 6) * (k1 + 2 * (k2 + k3) + k4);
      }
      return y;
    },
    [between(0.1, 0.9), between(0.5, 3)],
  ],
  [
    "arithmetic geometric mean",
    (a, b) => {
      for (let i = 0; i < 6; i++) [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
      return a;
    },
    [between(0.5, 5), between(0.5, 5)],
    [
      [1, 1],
      [1, 1e-6],
    ],
  ],
  [
    "bessel j0 by its series",
    (x) => {
      let [term, sum] = [1, 1];
      const q = (-x * x) / 4;
      for (let k = 1; k < 30; k++) sum += term *= q / (k * k);
      return sum;
    },
    [between(-6, 6)],
    [[0]],
  ],
  [
    "continued fraction of the tangent",
    function (x) {
      var f = 0;
      for (var k = 15; k > 0; k -= 2) f = (x * x) / (k - f);
      return x === 0 ? 0 : f / x;
    },
    [between(-1.2, 1.2)],
  ],
  [
    "compensated sum",
    (v) => {
      let sum = 0,
        c = 0;
      v.forEach((x) => {
        const t = sum + x;
        c += Math.abs(sum) >= Math.abs(x) ? sum - t + x : x - t + sum;
        sum = t;
      });
      return sum + c;
    },
    [many(6, -10, 10)],
  ],
  [
    "complex roots of a quadratic",
    ({ a, b, c }) => {
      const d = b * b - 4 * a * c;
      const r = Math.sqrt(Math.abs(d)) / (2 * a);
      return d >= 0 ? { re: [-b / (2 * a) - r, -b / (2 * a) + r], im: [0, 0] } : { re: [-b / (2 * a), -b / (2 * a)], im: [-r, r] };
    },
    [{ a: between(1, 3), b: between(-4, 4), c: between(-3, 3) }],
  ],
  [
    "a checked logarithm",
    (x) => {
      if (x <= 0) throw new RangeError(`log of ${x}`);
      return Math.log(x);
    },
    [between(0.5, 2)],
  ],
  [
    "root, or a guess where there is none",
    (a, b) => {
      const root = (v) => {
        if (v < 0) throw new RangeError("negative");
        return Math.sqrt(v);
      };
      let roots = 0;
      for (const v of [a, b, a - b]) {
        try {
          roots += root(v);
        } catch {
          roots -= v * v;
        }
      }
      return roots;
    },
    [between(-2, 2), between(-2, 2)],
  ],
  [
    "solve by elimination, singular or not",
    (a, b, c, d) => {
      function solve([[p, q], [r, s]], [u, v]) {
        const det = p * s - q * r;
        if (Math.abs(det) < 1e-12) throw new Error(`singular: det = ${det.toFixed(3)}`);
        return [(u * s - q * v) / det, (p * v - r * u) / det];
      }
      return solve(
        [
          [a, b],
          [c, d],
        ],
        [1, 2],
      );
    },
    [between(1, 2), between(-0.5, 0.5), between(-0.5, 0.5), between(1, 2)],
  ],
];
