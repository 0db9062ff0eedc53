// Functions with long loops, as they are written: [name, function, point]. Tables of constants stand around them.
const waves = Array.from({ length: 5000 }, (_, i) => Math.sin(i * 0.7) + 0.3 * Math.cos(i * 2.1));
const coefficients = Array.from({ length: 5000 }, (_, i) => Math.cos(i * 1.3) / (1 + i));
const times = Array.from({ length: 5000 }, (_, i) => i / 500);
const observations = times.map((t, i) => 2 * Math.exp(-0.3 * t) + 0.01 * Math.sin(i * 12.9898));
const samples = times.map((t, i) => ({ t, y: observations[i] }));
const pairs = times.map((t, i) => [t, observations[i]]);
const typed = Float64Array.from(observations);
const column = typed;
const normals = Array.from({ length: 2520 }, (_, i) => Math.sin(i * 78.233) * 1.4);
const matrix = [
  [4, 1, 0.5],
  [1, 3, 0.25],
  [0.5, 0.25, 2],
];

function lorenz([x, y, z], [s, r, b]) {
  return [s * (y - x), x * (r - z) - y, x * y - b * z];
}
const axpy = (y, h, k) => y.map((v, i) => v + h * k[i]);
const f = (x, a, b) => Math.exp(-a * x) * Math.sin(b * x);

export default [
  [
    "Euler, one equation",
    (y0, k) => {
      let y = y0;
      for (let i = 0; i < 10000; i++) y -= 1e-4 * k * y * y;
      return y;
    },
    [2, 0.7],
  ],
  [
    "Euler, a pendulum until an end time",
    (theta, g) => {
      let a = theta;
      let w = 0;
      const dt = 0.001;
      for (let t = 0; t < 10; t += dt) {
        w -= dt * g * Math.sin(a);
        a += dt * w;
      }
      return a;
    },
    [0.5, 9.81],
  ],
  [
    "RK4, two equations as scalars",
    (x0, mu) => {
      let [x, v] = [x0, 0];
      const h = 0.002;
      const ax = (x, v) => mu * (1 - x * x) * v - x;
      for (let i = 0; i < 10000; i++) {
        const k1x = v,
          k1v = ax(x, v);
        const k2x = v + (h / 2) * k1v,
          k2v = ax(x + (h / 2) * k1x, v + (h / 2) * k1v);
        const k3x = v + (h / 2) * k2v,
          k3v = ax(x + (h / 2) * k2x, v + (h / 2) * k2v);
        const k4x = v + h * k3v,
          k4v = ax(x + h * k3x, v + h * k3v);
        x += (h / 6) * (k1x + 2 * k2x + 2 * k3x + k4x);
        v += (h / 6) * (k1v + 2 * k2v + 2 * k3v + k4v);
      }
      return x + v;
    },
    [0.5, 1.2],
  ],
  [
    "RK4, three equations as new arrays",
    (s, r, b) => {
      let y = [1, 1, 1];
      const h = 0.0005;
      for (let i = 0; i < 10000; i++) {
        const k1 = lorenz(y, [s, r, b]);
        const k2 = lorenz(axpy(y, h / 2, k1), [s, r, b]);
        const k3 = lorenz(axpy(y, h / 2, k2), [s, r, b]);
        const k4 = lorenz(axpy(y, h, k3), [s, r, b]);
        y = y.map((v, j) => v + (h / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]));
      }
      return y[0];
    },
    [10, 20, 2.5],
  ],
  [
    "RK4, six equations written in place",
    (vx, vy, m) => {
      const y = [1, 0, 0, vx, vy, 0.1];
      const [k1, k2, k3, k4, t] = [0, 1, 2, 3, 4].map(() => new Float64Array(6));
      const force = (y, k) => {
        const r = Math.hypot(y[0], y[1], y[2]);
        for (let i = 0; i < 3; i++) {
          k[i] = y[3 + i];
          k[3 + i] = (-m * y[i]) / (r * r * r);
        }
      };
      const h = 0.001;
      for (let n = 0; n < 10000; n++) {
        force(y, k1);
        for (let i = 0; i < 6; i++) t[i] = y[i] + (h / 2) * k1[i];
        force(t, k2);
        for (let i = 0; i < 6; i++) t[i] = y[i] + (h / 2) * k2[i];
        force(t, k3);
        for (let i = 0; i < 6; i++) t[i] = y[i] + h * k3[i];
        force(t, k4);
        for (let i = 0; i < 6; i++) y[i] += (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
      }
      return y[0] * y[0] + y[1] * y[1];
    },
    [0.1, 1.05, 1.1],
  ],
  [
    "Euler, objects made anew",
    (x0, v0, c) => {
      const step = (s, dt) => ({ x: s.x + dt * s.v, v: s.v - dt * (s.x + c * s.v) });
      let s = { x: x0, v: v0 };
      for (let i = 0; i < 10000; i++) s = step(s, 0.001);
      return s.x;
    },
    [1, 0.2, 0.1],
  ],
  [
    "Euler, a class with a method",
    (x0, v0, k) => {
      class Body {
        constructor(x, v) {
          this.x = x;
          this.v = v;
        }
        step(dt) {
          this.v -= dt * k * this.x;
          this.x += dt * this.v;
        }
      }
      const body = new Body(x0, v0);
      for (let i = 0; i < 10000; i++) body.step(0.001);
      return body.x;
    },
    [1, 0.2, 2],
  ],
  [
    "double buffer, [a, b] = [b, a]",
    (d, left) => {
      const n = 20;
      let a = new Array(n).fill(0);
      let b = new Array(n).fill(0);
      a[0] = b[0] = left;
      for (let t = 0; t < 10000; t++) {
        for (let i = 1; i < n - 1; i++) b[i] = a[i] + d * (a[i - 1] - 2 * a[i] + a[i + 1]);
        [a, b] = [b, a];
      }
      return a[5];
    },
    [0.2, 1.5],
  ],
  [
    "double buffer, by a third variable",
    (d, left) => {
      const n = 10;
      let cur = new Float64Array(n);
      let next = new Float64Array(n);
      cur[0] = left;
      next[0] = left;
      let tmp;
      for (let t = 0; t < 10000; t++) {
        for (let i = 1; i < n - 1; i++) next[i] = cur[i] + d * (cur[i - 1] - 2 * cur[i] + cur[i + 1]);
        tmp = next;
        next = cur;
        cur = tmp;
      }
      return cur[3];
    },
    [0.2, 1.5],
  ],
  [
    "double buffer, const tmp",
    (d, left) => {
      const n = 10;
      let cur = new Float64Array(n);
      let next = new Float64Array(n);
      cur[0] = left;
      next[0] = left;
      for (let t = 0; t < 10001; t++) {
        for (let i = 1; i < n - 1; i++) next[i] = cur[i] + d * (cur[i - 1] - 2 * cur[i] + cur[i + 1]);
        const tmp = cur;
        cur = next;
        next = tmp;
      }
      return cur[3];
    },
    [0.2, 1.5],
  ],
  [
    "heat, copied row",
    (d, left) => {
      const n = 30;
      let u = Array.from({ length: n }, (_, i) => (i === 0 ? left : 0));
      for (let t = 0; t < 10000; t++) {
        const next = u.slice();
        for (let i = 1; i < n - 1; i++) next[i] = u[i] + d * (u[i + 1] - 2 * u[i] + u[i - 1]);
        u = next;
      }
      return u[10];
    },
    [0.2, 1.5],
  ],
  [
    "heat, 50 cells in place",
    (d, left) => {
      const u = new Float64Array(50);
      const next = new Float64Array(50);
      u[0] = left;
      for (let t = 0; t < 10000; t++) {
        for (let i = 1; i < 49; i++) next[i] = u[i] + d * (u[i + 1] - 2 * u[i] + u[i - 1]);
        for (let i = 1; i < 49; i++) u[i] = next[i];
      }
      return u[10];
    },
    [0.2, 1.5],
  ],
  [
    "Crank-Nicolson, Thomas' algorithm",
    (r, left) => {
      const n = 20;
      const u = new Array(n).fill(0);
      u[0] = left;
      const c = new Array(n).fill(0);
      const d = new Array(n).fill(0);
      for (let t = 0; t < 10000; t++) {
        c[0] = 0;
        d[0] = u[0];
        for (let i = 1; i < n - 1; i++) {
          const rhs = r * u[i - 1] + (2 - 2 * r) * u[i] + r * u[i + 1];
          const m = 2 + 2 * r + r * c[i - 1];
          c[i] = -r / m;
          d[i] = (rhs + r * d[i - 1]) / m;
        }
        for (let i = n - 2; i > 0; i--) u[i] = d[i] - c[i] * u[i + 1];
      }
      return u[7];
    },
    [0.4, 1.5],
  ],
  [
    "wave equation on rows of rows",
    (c, amplitude) => {
      const n = 20;
      const rows = [0, 1, 2].map(() => new Array(n).fill(0));
      for (let i = 0; i < n; i++) rows[0][i] = rows[1][i] = amplitude * Math.sin((Math.PI * i) / (n - 1));
      for (let t = 1; t < 5000; t++) {
        const [prev, cur, next] = [rows[(t + 2) % 3], rows[t % 3], rows[(t + 1) % 3]];
        for (let i = 1; i < n - 1; i++) next[i] = 2 * cur[i] - prev[i] + c * c * (cur[i + 1] - 2 * cur[i] + cur[i - 1]);
      }
      return rows[5000 % 3][7];
    },
    [0.01, 1.5],
  ],
  [
    "Horner, 5,000 coefficients",
    (x) => {
      let p = 0;
      for (let i = coefficients.length - 1; i >= 0; i--) p = p * x + coefficients[i];
      return p;
    },
    [0.9],
  ],
  ["Horner, reduceRight", (x) => coefficients.reduceRight((p, c) => p * x + c, 0), [0.9]],
  [
    "Clenshaw",
    (x) => {
      let [b1, b2] = [0, 0];
      for (let i = coefficients.length - 1; i > 0; i--) [b1, b2] = [2 * x * b1 - b2 + coefficients[i], b1];
      return x * b1 - b2 + coefficients[0];
    },
    [0.3],
  ],
  [
    "least squares, for",
    (a, k) => {
      let sum = 0;
      for (let i = 0; i < times.length; i++) {
        const r = observations[i] - a * Math.exp(-k * times[i]);
        sum += r * r;
      }
      return sum;
    },
    [1.9, 0.35],
  ],
  [
    "least squares, for…of over objects",
    (a, k) => {
      let sum = 0;
      for (const { t, y } of samples) sum += (y - a * Math.exp(-k * t)) ** 2;
      return sum / samples.length;
    },
    [1.9, 0.35],
  ],
  [
    "least squares, for…of over pairs",
    (a, k) => {
      let sum = 0;
      for (const [t, y] of pairs) sum += (y - a * Math.exp(-k * t)) ** 2;
      return sum / pairs.length;
    },
    [1.9, 0.35],
  ],
  [
    "least squares, entries()",
    (a, k) => {
      let sum = 0;
      for (const [i, y] of observations.entries()) sum += (y - a * Math.exp(-k * times[i])) ** 2;
      return sum;
    },
    [1.9, 0.35],
  ],
  [
    "least squares, forEach",
    (a, k) => {
      let sum = 0;
      observations.forEach((y, i) => {
        const r = y - a * Math.exp(-k * times[i]);
        sum += r * r;
      });
      return sum;
    },
    [1.9, 0.35],
  ],
  ["least squares, reduce", (a, k) => observations.reduce((sum, y, i) => sum + (y - a * Math.exp(-k * times[i])) ** 2, 0), [1.9, 0.35]],
  [
    "least squares, map and reduce",
    (a, k) => observations.map((y, i) => y - a * Math.exp(-k * times[i])).reduce((sum, r) => sum + r * r, 0),
    [1.9, 0.35],
  ],
  [
    "least squares, residuals in an array, then summed",
    (a, k) => {
      const residuals = [];
      for (let i = 0; i < times.length; i++) residuals.push(observations[i] - a * Math.exp(-k * times[i]));
      let sum = 0;
      for (const r of residuals) sum += r * r;
      return sum;
    },
    [1.9, 0.35],
  ],
  [
    "least squares, filter and reduce",
    (a, k) =>
      samples
        .filter(({ t }) => t < 8)
        .map(({ t, y }) => y - a * Math.exp(-k * t))
        .reduce((sum, r) => sum + r * r, 0),
    [1.9, 0.35],
  ],
  [
    "least squares, typed arrays, residuals by map",
    (a, k) => typed.map((y, i) => y - a * Math.exp(-k * times[i])).reduce((sum, r) => sum + r * r, 0),
    [1.9, 0.35],
  ],
  [
    "root of the mean square, helpers over vectors",
    (a, k) => {
      const sum = (v) => v.reduce((all, x) => all + x, 0);
      const mean = (v) => sum(v) / v.length;
      const residuals = times.map((t) => a * Math.exp(-k * t)).map((m, i) => observations[i] - m);
      const middle = mean(residuals);
      return Math.sqrt(mean(residuals.map((r) => (r - middle) ** 2)));
    },
    [1.9, 0.35],
  ],
  [
    "Array.from with a length, reduceRight",
    (a, k) => Array.from({ length: 5000 }, (_, i) => a * Math.exp((-k * i) / 500)).reduceRight((sum, m) => sum * 0.999 + m, 0),
    [1.9, 0.35],
  ],
  [
    "new Array, fill, map, forEach",
    (a, k) => {
      let sum = 0;
      new Array(5000)
        .fill(0)
        .map((_, i) => a * Math.exp((-k * i) / 500))
        .forEach((m) => {
          sum += m * m;
        });
      return sum;
    },
    [1.9, 0.35],
  ],
  [
    "differences of neighbours by slice, spread and concat",
    (a, k) => {
      const model = times.map((t) => a * Math.exp(-k * t));
      const steps = model.slice(1).map((m, i) => m - model[i]);
      return [...steps, a].concat(model.filter((_, i) => i % 2 === 0)).reduce((sum, d) => sum + d * d, 0);
    },
    [1.9, 0.35],
  ],
  [
    "softmax and its entropy",
    (a) => {
      const weights = observations.map((y) => Math.exp(a * y));
      const total = weights.reduce((sum, w) => sum + w, 0);
      return weights.map((w) => w / total).reduce((sum, p) => sum - p * Math.log(p), 0);
    },
    [1.5],
  ],
  [
    "Math.max(...) of 5,000 residuals",
    (a, k) => Math.max(0, ...times.map((t, i) => Math.abs(observations[i] - a * Math.exp(-k * t)))),
    [1.9, 0.35],
  ],
  ["Math.hypot(...) of 5,000 residuals", (a, k) => Math.hypot(...times.map((t, i) => observations[i] - a * Math.exp(-k * t))), [1.9, 0.35]],
  [
    "some, findIndex, findLast over 5,000",
    (a, k) => {
      const model = times.map((t) => a * Math.exp(-k * t));
      const first = model.findIndex((m) => m < 1);
      return (model.some((m) => m < 0.5) ? a : k) * first + model.findLast((m) => m > 0.7);
    },
    [1.9, 0.35],
  ],
  [
    "least squares of 20 parameters, map and reduce",
    (...p) =>
      observations.map((y, i) => y - p.reduce((sum, c, j) => sum + c * Math.cos(j * times[i]), 0)).reduce((sum, r) => sum + r * r, 0),
    Array.from({ length: 20 }, (_, j) => 1 / (1 + j)),
  ],
  [
    "log likelihood with a condition, typed array",
    (mu, sigma) => {
      let ll = 0;
      for (const y of typed) {
        const z = (y - mu) / sigma;
        ll += z > 3 ? Math.log(1e-3) : -0.5 * z * z - Math.log(sigma);
      }
      return ll;
    },
    [0.7, 0.6],
  ],
  [
    "mean and variance in two passes",
    (scale) => {
      let mean = 0;
      for (const y of observations) mean += y * scale;
      mean /= observations.length;
      let variance = 0;
      for (const y of observations) variance += (y * scale - mean) ** 2;
      return variance / (observations.length - 1);
    },
    [1.5],
  ],
  [
    "GARCH(1,1)",
    (w, alpha, beta) => {
      let h = w / (1 - alpha - beta);
      let ll = 0;
      for (let t = 0; t < waves.length; t++) {
        ll += Math.log(h) + (waves[t] * waves[t]) / h;
        h = w + alpha * waves[t] ** 2 + beta * h;
      }
      return ll;
    },
    [0.1, 0.05, 0.8],
  ],
  [
    "exponential smoothing, previous element",
    (alpha) => {
      let s = waves[0];
      let sse = 0;
      for (let i = 1; i < waves.length; i++) {
        const e = waves[i] - s;
        sse += e * e + 0.01 * (waves[i] - waves[i - 1]) ** 2;
        s += alpha * e;
      }
      return sse;
    },
    [0.3],
  ],
  [
    "logistic map, 1,000,000 turns",
    (r, x0) => {
      let x = x0;
      for (let i = 0; i < 1000000; i++) x = r * x * (1 - x);
      return x;
    },
    [2.5, 0.2],
  ],
  [
    "2,000,000 turns",
    (r, x0) => {
      let x = x0;
      for (let i = 0; i < 2e6; i++) x = r * x * (1 - x);
      return x;
    },
    [2.5, 0.2],
  ],
  [
    "recurrence over an array being pushed to",
    (a, b) => {
      const seq = [a, b];
      for (let i = 2; i < 3000; i++) seq.push(0.5 * seq[i - 1] + 0.49 * seq[i - 2]);
      return seq[seq.length - 1] + seq[10];
    },
    [1, 2],
  ],
  [
    "recurrence over an array with a length",
    (a, b) => {
      const f = new Array(3000).fill(0);
      f[0] = a;
      f[1] = b;
      for (let i = 2; i < f.length; i++) f[i] = 0.5 * f[i - 1] + 0.49 * f[i - 2];
      return f[f.length - 1];
    },
    [1, 2],
  ],
  [
    "recurrence over a typed array, summed after",
    (a, b) => {
      const f = new Float64Array(5000);
      f[0] = a;
      for (let i = 1; i < f.length; i++) f[i] = b * f[i - 1] + Math.sin(f[i - 1]) * 0.01;
      let sum = 0;
      for (let i = 0; i < f.length; i++) sum += f[i] * waves[i];
      return sum;
    },
    [1, 0.98],
  ],
  [
    "cumulative sums, reduced",
    (a) => {
      const total = [];
      let sum = 0;
      for (const w of waves) {
        sum += a * w;
        total.push(sum);
      }
      return total.reduce((m, v) => m + v * v, 0) / total.length;
    },
    [0.5],
  ],
  [
    "power iteration, matrix in the function's arguments",
    (a, b) => {
      const A = [
        [4 + a, b, 0.5],
        [b, 3, 0.25],
        [0.5, 0.25, 2],
      ];
      let v = [1, 1, 1];
      let lambda = 0;
      for (let k = 0; k < 1000; k++) {
        const w = A.map((row) => row.reduce((s, c, j) => s + c * v[j], 0));
        lambda = Math.hypot(...w);
        v = w.map((c) => c / lambda);
      }
      return lambda;
    },
    [0.1, 1],
  ],
  [
    "power iteration, loops in loops",
    (a) => {
      const n = 3;
      const v = [1, 1, 1];
      let lambda = 0;
      for (let k = 0; k < 1000; k++) {
        const w = new Array(n).fill(0);
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) w[i] += (matrix[i][j] + (i === j ? a : 0)) * v[j];
        lambda = 0;
        for (let i = 0; i < n; i++) lambda += w[i] * w[i];
        lambda = Math.sqrt(lambda);
        for (let i = 0; i < n; i++) v[i] = w[i] / lambda;
      }
      return lambda;
    },
    [0.1],
  ],
  [
    "Euler, a path by the next index",
    (y0, k) => {
      const y = [y0];
      for (let i = 0; i < 10000; i++) y[i + 1] = y[i] - 1e-4 * k * y[i] * y[i];
      return y[10000];
    },
    [2, 0.7],
  ],
  [
    "Euler, trajectory of rows",
    (x0, v0) => {
      let [x, v] = [x0, v0];
      const trajectory = [];
      for (let i = 0; i < 3000; i++) {
        v -= 0.001 * x;
        x += 0.001 * v;
        trajectory.push([i * 0.001, x, v]);
      }
      let sum = 0;
      for (const [t, x, v] of trajectory) sum += t * x + v;
      return sum / trajectory.length;
    },
    [1, 0.2],
  ],
  [
    "Euler, path of objects by its last",
    (y0, k) => {
      const path = [{ t: 0, y: y0 }];
      for (let i = 0; i < 3000; i++) {
        const { t, y } = path[path.length - 1];
        path.push({ t: t + 0.001, y: y - 0.001 * k * y * y });
      }
      return path[3000].y + path[1500].t * path[20].y;
    },
    [2, 0.7],
  ],
  [
    "Euler, states[i + 1] = step(states[i])",
    (s, r, b) => {
      const step = (state) => axpy(state, 0.001, lorenz(state, [s, r, b]));
      const states = [[1, 1, 1]];
      for (let i = 0; i < 3000; i++) states[i + 1] = step(states[i]);
      const [x, y, z] = states[states.length - 1];
      return x + y * z + states[7][1];
    },
    [10, 20, 2.5],
  ],
  [
    "trajectory until it is on the ground",
    (v0, g) => {
      let [x, v] = [0, v0];
      const trajectory = [];
      for (let i = 0; i < 20000; i++) {
        trajectory.push({ t: i * 0.001, x });
        v -= 0.001 * g;
        x += 0.001 * v;
        if (x < 0) break;
      }
      let area = 0;
      for (const { x } of trajectory) area += 0.001 * x;
      return area;
    },
    [3.00071, 9.81],
  ],
  [
    "soft-DTW, 200 × 200",
    (gamma, w) => {
      const n = 200;
      const R = Array.from({ length: n + 1 }, () => new Array(n + 1).fill(1e9));
      R[0][0] = 0;
      for (let i = 1; i <= n; i++) {
        for (let j = 1; j <= n; j++) {
          const [a, b, c] = [-R[i - 1][j - 1] / gamma, -R[i - 1][j] / gamma, -R[i][j - 1] / gamma];
          const top = Math.max(a, b, c);
          const soft = Math.log(Math.exp(a - top) + Math.exp(b - top) + Math.exp(c - top)) + top;
          R[i][j] = (Math.sin(i * 0.3) * w - Math.cos(j * 0.2)) ** 2 - gamma * soft;
        }
      }
      return R[n][n];
    },
    [0.5, 1.1],
  ],
  [
    "edit distance, 200 × 200, rows filled in place",
    (gap, swap) => {
      const n = 200;
      const d = [];
      for (let i = 0; i <= n; i++) {
        d[i] = [];
        for (let j = 0; j <= n; j++) {
          if (i === 0) d[i][j] = j * gap;
          else if (j === 0) d[i][j] = i * gap;
          else d[i][j] = Math.min(d[i - 1][j] + gap, d[i][j - 1] + gap, d[i - 1][j - 1] + ((i * 7) % 11 === (j * 5) % 11 ? 0 : swap));
        }
      }
      return d[n][n];
    },
    [0.9, 1.3],
  ],
  [
    "heat on a grid of 200 × 200, u[n + 1][j]",
    (c, left) => {
      const n = 200;
      const u = new Array(n + 1).fill(0).map(() => new Array(n).fill(0));
      for (let j = 0; j < n; j++) u[0][j] = left * Math.sin((Math.PI * j) / (n - 1));
      for (let t = 0; t < n; t++) for (let j = 1; j < n - 1; j++) u[t + 1][j] = u[t][j] + c * (u[t][j + 1] - 2 * u[t][j] + u[t][j - 1]);
      return u[n][50] + u[n >> 1][20];
    },
    [0.2, 1.5],
  ],
  [
    "ring buffer, moving average and delay",
    (a, b) => {
      const n = 100;
      const ring = new Array(n).fill(0);
      let [x, sum] = [a, 0];
      for (let i = 0; i < 5000; i++) {
        x = 0.99 * x + 0.01 * b;
        sum += x - ring[i % n];
        ring[i % n] = x;
      }
      return sum / n;
    },
    [1, 2],
  ],
  [
    "Thomas' algorithm, 1,000 unknowns",
    (r, left) => {
      const n = 1000;
      const [c, d, x] = [new Array(n), new Array(n), new Float64Array(n)];
      c[0] = -r / (1 + 2 * r);
      d[0] = left / (1 + 2 * r);
      for (let i = 1; i < n; i++) {
        const m = 1 + 2 * r + r * c[i - 1];
        c[i] = -r / m;
        d[i] = (Math.sin(i) + r * d[i - 1]) / m;
      }
      x[n - 1] = d[n - 1];
      for (let i = n - 2; i >= 0; i--) x[i] = d[i] - c[i] * x[i + 1];
      return x[3] + x[700];
    },
    [0.4, 1.5],
  ],
  [
    "binomial tree in place, American, 1,000 steps",
    (S, K, r, sigma, T) => {
      const n = 1000;
      const dt = T / n;
      const u = Math.exp(sigma * Math.sqrt(dt));
      const d = 1 / u;
      const p = (Math.exp(r * dt) - d) / (u - d);
      const disc = Math.exp(-r * dt);
      const v = new Float64Array(n + 1);
      for (let i = 0; i <= n; i++) v[i] = Math.max(0, K - S * u ** (2 * i - n));
      for (let step = n - 1; step >= 0; step--) {
        for (let j = 0; j <= step; j++) v[j] = Math.max(disc * (p * v[j + 1] + (1 - p) * v[j]), K - S * u ** (2 * j - step));
      }
      return v[0];
    },
    [100, 105, 0.05, 0.2, 1],
  ],
  [
    "binomial tree, 50 steps",
    (S, K, r, sigma, T) => {
      const n = 50;
      const dt = T / n;
      const u = Math.exp(sigma * Math.sqrt(dt));
      const d = 1 / u;
      const p = (Math.exp(r * dt) - d) / (u - d);
      const disc = Math.exp(-r * dt);
      const v = [];
      for (let i = 0; i <= n; i++) v.push(Math.max(0, K - S * u ** (2 * i - n)));
      for (let step = n - 1; step >= 0; step--) {
        for (let i = 0; i <= step; i++) {
          const held = disc * (p * v[i + 1] + (1 - p) * v[i]);
          v[i] = Math.max(held, K - S * u ** (2 * i - step));
        }
      }
      return v[0];
    },
    [100, 105, 0.05, 0.2, 1],
  ],
  [
    "binomial tree, European, 1,000 steps",
    (S, K, r, sigma, T) => {
      const n = 1000;
      const dt = T / n;
      const u = Math.exp(sigma * Math.sqrt(dt));
      const d = 1 / u;
      const p = (Math.exp(r * dt) - d) / (u - d);
      let v = Array.from({ length: n + 1 }, (_, i) => Math.max(0, S * u ** (2 * i - n) - K));
      for (let step = n; step > 0; step--) {
        const next = [];
        for (let i = 0; i < step; i++) next.push(Math.exp(-r * dt) * (p * v[i + 1] + (1 - p) * v[i]));
        v = next;
      }
      return v[0];
    },
    [100, 105, 0.05, 0.2, 1],
  ],
  [
    "Monte Carlo, linear congruential generator",
    (mu, sigma) => {
      let seed = 12345;
      let sum = 0;
      for (let i = 0; i < 10000; i++) {
        seed = (seed * 1664525 + 1013904223) % 4294967296;
        sum += Math.exp(mu + sigma * (seed / 4294967296 - 0.5));
      }
      return sum / 10000;
    },
    [0.1, 0.3],
  ],
  [
    "Metropolis, mulberry32",
    (x0, width) => {
      let a = 7;
      const random = () => {
        a |= 0;
        a = (a + 0x6d2b79f5) | 0;
        let t = Math.imul(a ^ (a >>> 15), 1 | a);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
      };
      let x = x0;
      let sum = 0;
      for (let i = 0; i < 5000; i++) {
        const next = x + width * (random() - 0.5);
        if (random() < Math.exp((x * x - next * next) / 2)) x = next;
        sum += x * x;
      }
      return sum / 5000;
    },
    [0.1, 1],
  ],
  [
    "inner bound by the outer index",
    (x) => {
      let sum = 0;
      for (let i = 0; i < 300; i++) for (let j = 0; j <= i; j++) sum += Math.sin(i * x) / (1 + j + x);
      return sum;
    },
    [0.3],
  ],
  [
    "inner loop down from the outer index, pairs",
    (x) => {
      let sum = 0;
      for (let i = 1; i < 200; i++) {
        for (let j = i - 1; j >= 0; j--) sum += x / ((i - j) * (i - j) + x * x);
      }
      return sum;
    },
    [0.3],
  ],
  [
    "three loops in one another",
    (x) => {
      let sum = 0;
      for (let i = 0; i < 40; i++) for (let j = 0; j < 40; j++) for (let k = 0; k < 40; k++) sum += Math.exp(-x * (i + j * k));
      return sum;
    },
    [0.3],
  ],
  [
    "Gauss points in an inner loop",
    (a, b) => {
      const points = [-0.7745966692414834, 0, 0.7745966692414834];
      const weights = [5 / 9, 8 / 9, 5 / 9];
      let total = 0;
      for (let i = 0; i < 3000; i++) {
        const middle = (i + 0.5) / 3000;
        for (let k = 0; k < 3; k++) total += weights[k] * f(middle + points[k] / 6000, a, b);
      }
      return total / 6000;
    },
    [1.2, 3],
  ],
  [
    "trapezoids",
    (a, b) => {
      const n = 10000;
      let sum = (f(0, a, b) + f(1, a, b)) / 2;
      for (let i = 1; i < n; i++) sum += f(i / n, a, b);
      return sum / n;
    },
    [1.2, 3],
  ],
  [
    "Simpson, weights by i % 2",
    (a, b) => {
      const n = 10000;
      let sum = f(0, a, b) + f(1, a, b);
      for (let i = 1; i < n; i++) sum += (i % 2 === 0 ? 2 : 4) * f(i / n, a, b);
      return sum / (3 * n);
    },
    [1.2, 3],
  ],
  [
    "Simpson as a helper with a callback",
    (a, b) => {
      function simpson(g, lo, hi, n) {
        const h = (hi - lo) / n;
        let s = g(lo) + g(hi);
        for (let i = 1; i < n; i += 2) s += 4 * g(lo + i * h);
        for (let i = 2; i < n - 1; i += 2) s += 2 * g(lo + i * h);
        return (s * h) / 3;
      }
      return simpson((x) => Math.exp(-x * a), 0, b, 10000);
    },
    [1.2, 3],
  ],
  [
    "path over a table of normals",
    (S0, mu, sigma) => {
      let S = S0;
      let sum = 0;
      const dt = 1 / 252;
      for (let t = 0; t < normals.length; t++) {
        S *= Math.exp((mu - 0.5 * sigma * sigma) * dt + sigma * Math.sqrt(dt) * normals[t]);
        sum += S;
      }
      return sum / normals.length;
    },
    [100, 0.05, 0.2],
  ],
  [
    "paths over a table, Asian call, two loops",
    (S0, sigma) => {
      let payoff = 0;
      for (let path = 0; path < 100; path++) {
        let S = S0;
        let sum = 0;
        for (let t = 0; t < 25; t++) {
          S *= Math.exp(-0.5 * sigma * sigma * 0.04 + sigma * 0.2 * normals[path * 25 + t]);
          sum += S;
        }
        payoff += Math.max(0, sum / 25 - 100);
      }
      return payoff / 100;
    },
    [100, 0.2],
  ],
  [
    "path kept in an array, maximum after",
    (S0, sigma) => {
      const path = [S0];
      for (let t = 0; t < 1000; t++) path.push(path[t] * (1 + sigma * 0.06 * normals[t]));
      let top = 0;
      for (const s of path) top = Math.max(top, s);
      return top;
    },
    [100, 0.2],
  ],
  [
    "Math.max(...array)",
    (a) => {
      const values = [];
      for (let i = 0; i < 1000; i++) values.push(Math.sin(a * i) / (1 + i));
      return Math.max(...values);
    },
    [0.7],
  ],
  [
    "gradient descent",
    (rate, start) => {
      let x = start;
      let y = start;
      for (let i = 0; i < 5000; i++) {
        const gx = -2 * (1 - x) - 400 * x * (y - x * x);
        const gy = 200 * (y - x * x);
        x -= rate * gx;
        y -= rate * gy;
      }
      return x + y;
    },
    [0.0005, 0.5],
  ],
  [
    "stops when it is close, 5,000 turns at most",
    (a) => {
      let x = 1;
      for (let i = 0; i < 5000; i++) {
        const next = x - 0.01 * (x * x - a);
        if (Math.abs(next - x) < 1e-13) break;
        x = next;
      }
      return x;
    },
    [2],
  ],
  [
    "a network trained for 1,000 epochs",
    (rate, w0) => {
      const xs = [0.1, 0.4, 0.6, 0.9];
      const ys = [0.2, 0.5, 0.4, 0.1];
      let [w, b, v] = [w0, 0.1, 0.5];
      for (let epoch = 0; epoch < 1000; epoch++) {
        let [gw, gb, gv] = [0, 0, 0];
        for (let i = 0; i < xs.length; i++) {
          const h = Math.tanh(w * xs[i] + b);
          const e = v * h - ys[i];
          gv += e * h;
          gw += e * v * (1 - h * h) * xs[i];
          gb += e * v * (1 - h * h);
        }
        w -= rate * gw;
        b -= rate * gb;
        v -= rate * gv;
      }
      return w + b + v;
    },
    [0.05, 0.7],
  ],
  [
    "convolution with a kernel over a table",
    (width) => {
      let total = 0;
      for (let i = 5; i < 1000; i++) {
        let [sum, norm] = [0, 0];
        for (let k = -5; k <= 5; k++) {
          const w = Math.exp((-k * k) / (2 * width * width));
          sum += w * waves[i + k];
          norm += w;
        }
        total += (sum / norm) ** 2;
      }
      return total;
    },
    [1.5],
  ],
  [
    "two-dimensional table, rows of 50",
    (a, b) => {
      let sum = 0;
      for (let i = 0; i < 40; i++) for (let j = 0; j < 50; j++) sum += (column[i * 50 + j] - a * i - b * j) ** 2;
      return sum;
    },
    [0.01, 0.02],
  ],
  [
    "kernel density over 5,000 points",
    (x, h) => waves.reduce((sum, w) => sum + Math.exp(-0.5 * ((x - w) / h) ** 2), 0) / (waves.length * h * 2.5066282746310002),
    [0.2, 0.1],
  ],
  [
    "N bodies, 5 of them, 1,000 steps",
    (g, v) => {
      const bodies = [0, 1, 2, 3, 4].map((i) => ({
        x: 10 * Math.cos(i * 1.3 + i),
        y: 10 * Math.sin(i * 1.3 + i),
        u: v * Math.sin(i),
        w: v * Math.cos(i),
        m: 1 + i,
      }));
      for (let t = 0; t < 1000; t++) {
        for (const a of bodies) {
          for (const b of bodies) {
            if (a === b) continue;
            const [dx, dy] = [b.x - a.x, b.y - a.y];
            const r3 = (dx * dx + dy * dy + 1) ** 1.5;
            a.u += (0.01 * g * b.m * dx) / r3;
            a.w += (0.01 * g * b.m * dy) / r3;
          }
        }
        for (const a of bodies) {
          a.x += 0.01 * a.u;
          a.y += 0.01 * a.w;
        }
      }
      return bodies[0].x;
    },
    [0.3, 0.2],
  ],
  [
    "Kalman filter over 2,000 observations",
    (q, r) => {
      let [x, p] = [0, 1];
      let ll = 0;
      for (let t = 0; t < 2000; t++) {
        p += q;
        const s = p + r;
        const k = p / s;
        const e = waves[t] - x;
        ll -= 0.5 * (Math.log(s) + (e * e) / s);
        x += k * e;
        p *= 1 - k;
      }
      return ll;
    },
    [0.1, 0.5],
  ],
  [
    "annuity, compound, year by year and month by month",
    (rate, pay) => {
      let balance = 0;
      for (let year = 0; year < 40; year++) {
        for (let month = 0; month < 12; month++) balance = (balance + pay) * (1 + rate / 12);
        balance *= 0.999;
      }
      return balance;
    },
    [0.05, 100],
  ],
  [
    "while with a counter",
    (x) => {
      let i = 0;
      let s = 0;
      while (i < 20000) {
        s += x / (1 + i * i);
        i++;
      }
      return s;
    },
    [2],
  ],
  [
    "do…while with a counter",
    (x) => {
      let n = 30000;
      let s = 0;
      do {
        s = Math.cos(s + x);
      } while (--n > 0);
      return s;
    },
    [0.2],
  ],
];
