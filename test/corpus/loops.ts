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
];
