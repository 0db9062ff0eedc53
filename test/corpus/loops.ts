// @ts-nocheck The functions are plain JavaScript.
// Loops whose turns depend on the data, and long ones. Entries as in recipes.ts.
import { between } from "./range.ts";

export default [
  [
    "kepler's equation until it converges",
    (M, e) => {
      let E = M + e * Math.sin(M);
      while (true) {
        const step = (E - e * Math.sin(E) - M) / (1 - e * Math.cos(E));
        E -= step;
        if (Math.abs(step) < 1e-12) return E;
      }
    },
    [between(0.1, 3), between(0.05, 0.7)],
  ],
  [
    "incomplete gamma by Lentz's continued fraction, until it converges",
    (a, x) => {
      var FPMIN = 1e-300,
        EPS = 1e-16;
      var b = x + 1 - a,
        c = 1 / FPMIN,
        d = 1 / b,
        h = d,
        i,
        an,
        del;
      for (i = 1; i <= 500; i++) {
        an = -i * (i - a);
        b += 2;
        d = an * d + b;
        if (Math.abs(d) < FPMIN) d = FPMIN;
        c = b + an / c;
        if (Math.abs(c) < FPMIN) c = FPMIN;
        d = 1 / d;
        del = d * c;
        h *= del;
        if (Math.abs(del - 1) < EPS) break;
      }
      return Math.exp(-x + a * Math.log(x)) * h;
    },
    [between(0.5, 3), between(4, 9)],
  ],
  [
    "log gamma with a recurrence up to where its series is good",
    (x) => {
      let [y, p] = [x, 1];
      while (y < 12) p *= y++;
      const i = 1 / (y * y);
      const series = (1 / 12 - i * (1 / 360 - i * (1 / 1260 - i / 1680))) / y;
      return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - Math.log(p);
    },
    [between(0.2, 15)],
    [[1], [11.5], [200]],
    [[2], [12]],
  ],
  [
    "arithmetic-geometric mean",
    function agm(a, b) {
      while (Math.abs(a - b) > 1e-12 * a) {
        var t = (a + b) / 2;
        b = Math.sqrt(a * b);
        a = t;
      }
      return a;
    },
    [between(1, 4), between(0.2, 0.9)],
    [[1, 1e-3]],
    [[2, 2]],
  ],
  [
    "steps of a pendulum, many",
    (theta, length) => {
      const state = { angle: theta, speed: 0 };
      const dt = 0.001;
      for (let i = 0; i < 3000; i++) {
        state.speed -= (9.81 / length) * Math.sin(state.angle) * dt;
        state.angle += state.speed * dt;
      }
      return [state.angle, state.speed];
    },
    [between(0.1, 1.5), between(0.5, 2)],
  ],
  [
    "runge and kutta with arrays, many steps",
    (a, b) => {
      const rhs = ([x, v]) => [v, -a * x - b * v];
      let s = [1, 0];
      const h = 0.002;
      const shifted = (k, f) => s.map((value, i) => value + f * k[i]);
      for (let i = 0; i < 1500; i++) {
        const k1 = rhs(s);
        const k2 = rhs(shifted(k1, h / 2));
        const k3 = rhs(shifted(k2, h / 2));
        const k4 = rhs(shifted(k3, h));
        s = s.map((value, j) => value + (h / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]));
      }
      return s;
    },
    [between(1, 4), between(0.1, 0.5)],
  ],
  [
    "angle brought into one turn",
    (x) => {
      while (x > Math.PI) x -= 2 * Math.PI;
      while (x < -Math.PI) x += 2 * Math.PI;
      return Math.sin(x) + x;
    },
    [between(-40, 40)],
    [[0], [100]],
  ],
  [
    "brent's method, as in Numerical Recipes",
    (u) => {
      const f = (x) => x * x * x - u * x - 1;
      let a = 0,
        b = 3,
        c = 3,
        d,
        e,
        fa = f(a),
        fb = f(b),
        fc = fb,
        p,
        q,
        r,
        s;
      d = e = b - a;
      for (let iter = 1; iter <= 100; iter++) {
        if ((fb > 0 && fc > 0) || (fb < 0 && fc < 0)) {
          c = a;
          fc = fa;
          e = d = b - a;
        }
        if (Math.abs(fc) < Math.abs(fb)) {
          a = b;
          b = c;
          c = a;
          fa = fb;
          fb = fc;
          fc = fa;
        }
        const tol1 = 2 * Number.EPSILON * Math.abs(b) + 0.5e-14;
        const xm = 0.5 * (c - b);
        if (Math.abs(xm) <= tol1 || fb === 0) return b;
        if (Math.abs(e) >= tol1 && Math.abs(fa) > Math.abs(fb)) {
          s = fb / fa;
          if (a === c) {
            p = 2 * xm * s;
            q = 1 - s;
          } else {
            q = fa / fc;
            r = fb / fc;
            p = s * (2 * xm * q * (q - r) - (b - a) * (r - 1));
            q = (q - 1) * (r - 1) * (s - 1);
          }
          if (p > 0) q = -q;
          p = Math.abs(p);
          const min1 = 3 * xm * q - Math.abs(tol1 * q);
          const min2 = Math.abs(e * q);
          if (2 * p < (min1 < min2 ? min1 : min2)) {
            e = d;
            d = p / q;
          } else {
            d = xm;
            e = d;
          }
        } else {
          d = xm;
          e = d;
        }
        a = b;
        fa = fb;
        if (Math.abs(d) > tol1) b += d;
        else b += xm >= 0 ? Math.abs(tol1) : -Math.abs(tol1);
        fb = f(b);
      }
      throw new Error("Maximum number of iterations exceeded in brent");
    },
    [between(0.5, 4)],
  ],
  [
    "mandelbrot with smooth colouring and complex numbers",
    (cx, cy) => {
      class Complex {
        constructor(re, im) {
          this.re = re;
          this.im = im;
        }
        times(o) {
          return new Complex(this.re * o.re - this.im * o.im, this.re * o.im + this.im * o.re);
        }
        plus(o) {
          return new Complex(this.re + o.re, this.im + o.im);
        }
        get norm() {
          return this.re ** 2 + this.im ** 2;
        }
      }
      const c = new Complex(cx, cy);
      let z = new Complex(0, 0);
      for (let n = 0; n < 500; n++) {
        if (z.norm > 1e4) return n + 1 - Math.log2(Math.log(z.norm) / 2);
        z = z.times(z).plus(c);
      }
      return 0;
    },
    [between(0.5, 1), between(0.5, 1)],
    [
      [0, 0],
      [-1, 0.1],
    ],
  ],
  [
    "runge and kutta with a step that adapts",
    (mu, x0) => {
      let [t, h] = [0, 0.05];
      let y = [x0, 0];
      const f = ([x, v]) => [v, mu * (1 - x * x) * v - x];
      const along = (y, k, h) => y.map((value, i) => value + h * k[i]);
      while (t < 1) {
        h = Math.min(h, 1 - t);
        const k1 = f(y);
        const k2 = f(along(y, k1, h / 2));
        const k3 = f(along(along(y, k1, -h), k2, 2 * h));
        const next = y.map((value, i) => value + (h * (k1[i] + 4 * k2[i] + k3[i])) / 6);
        const error = Math.max(...next.map((value, i) => Math.abs(value - y[i] - h * k2[i])));
        if (error <= 1) {
          t += h;
          y = next;
        }
        if (error > 1e-2) h /= 2;
      }
      return y;
    },
    [between(0.5, 1.5), between(1, 1.2)],
  ],
  [
    "jacobi's iteration between two arrays",
    (a, b) => {
      let x = [0, 0, 0];
      let y = [0, 0, 0];
      let change = 1;
      while (change > 1e-15) {
        y[0] = (a - x[1]) / 4;
        y[1] = (b - x[0] - x[2]) / 4;
        y[2] = (a * b - x[1]) / 4;
        change = x.reduce((sum, value, i) => sum + (value - y[i]) ** 2, 0);
        [x, y] = [y, x];
      }
      return x;
    },
    [between(1, 2), between(-1, 1)],
  ],
  [
    "ray marching until it is close, or far",
    (u, v) => {
      const distance = (p) => Math.min(Math.hypot(p[0] - 0.1, p[1], p[2] - 5) - 1, p[1] + 1);
      const length = Math.hypot(u, v, 1);
      const direction = [u, v, 1].map((d) => d / length);
      let t = 0;
      for (let i = 0; i < 256; i++) {
        const d = distance(direction.map((d) => d * t));
        if (d < 1e-13) return t;
        t += d;
        if (t > 100) break;
      }
      return -1;
    },
    [between(0, 0.1), between(-0.1, 0.1)],
    [
      [3, 2],
      [0.1, -0.7],
    ],
  ],
  [
    "newton in two dimensions",
    (a, b) => {
      const v = { x: 1, y: 1 };
      let done = false;
      for (let n = 0; !done && n < 60; n++) {
        const [f, g] = [v.x * v.x + v.y * v.y - a, Math.exp(v.x) + v.y - b];
        const [[p, q], [r, s]] = [
          [2 * v.x, 2 * v.y],
          [Math.exp(v.x), 1],
        ];
        const det = p * s - q * r;
        const step = { x: (f * s - q * g) / det, y: (p * g - f * r) / det };
        v.x -= step.x;
        v.y -= step.y;
        done = Math.hypot(step.x, step.y) < 1e-14;
      }
      return v;
    },
    [between(4, 5), between(2.5, 3)],
  ],
  [
    "false position, weighted on the side that stays (Illinois)",
    (a) => {
      let [lo, hi, side] = [0, 4, 0];
      const f = (x) => x ** 3 - a;
      let [flo, fhi] = [f(lo), f(hi)];
      let c = 0;
      for (let n = 0; n < 200; n++) {
        c = (flo * hi - fhi * lo) / (flo - fhi);
        const fc = f(c);
        if (Math.abs(hi - lo) < 1e-15 * Math.abs(hi + lo) || Math.abs(fc) < 1e-15) break;
        if (fc * fhi > 0) {
          hi = c;
          fhi = fc;
          if (side === -1) flo /= 2;
          side = -1;
        } else if (flo * fc > 0) {
          lo = c;
          flo = fc;
          if (side === 1) fhi /= 2;
          side = 1;
        } else break;
      }
      return c;
    },
    [between(1, 20)],
  ],
  [
    "a ring of what came last",
    (x) => {
      const last = [0, 0, 0, 0];
      let [y, n] = [x, 0];
      while (y < 100) {
        last[n % 4] += y;
        y *= 1.7;
        n++;
      }
      return last[0] + last[1] * 2 + last[2] * 3 + last[3] * 4;
    },
    [between(1.1, 1.3)],
    [[200], [30]],
  ],
];
