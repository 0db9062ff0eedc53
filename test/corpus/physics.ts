// @ts-nocheck The functions are plain JavaScript.
// Physics, chemistry, astronomy, as scientists write it.
import { between, many } from "./range.ts";

const G = 6.6743e-11,
  c = 299792458,
  kB = 1.380649e-23,
  h = 6.62607015e-34,
  R = 8.314462618;
const elements = { earth: { a: 1.00000011, e: 0.01671022, period: 365.256 }, mars: { a: 1.52366231, e: 0.09341233, period: 686.98 } };

function Body(mass, position) {
  this.mass = mass;
  this.position = position;
}
Body.prototype.distanceTo = function (other) {
  var dx = this.position.x - other.position.x,
    dy = this.position.y - other.position.y;
  return Math.sqrt(dx * dx + dy * dy);
};
Body.prototype.potential = function (others) {
  var self = this;
  return others.reduce(function (sum, o) {
    return sum - (self.mass * o.mass) / self.distanceTo(o);
  }, 0);
};

/** The anomaly after Newton's method with a fixed number of steps. */
const eccentric = (M, e) => {
  let E = e < 0.8 ? M : Math.PI;
  for (let i = 0; i < 8; i++) E = E - (E - e * Math.sin(E) - M) / (1 - e * Math.cos(E));
  return E;
};

export default [
  ["free fall with drag", (t, k = 0.3) => (9.81 / k) * (t - (1 - Math.exp(-k * t)) / k), [between(0, 10), between(0.1, 1)], [[0, 0.5]]],
  [
    "planck's law",
    (lambda, T) => {
      const l = lambda * 1e-6;
      return ((2 * h * c ** 2) / l ** 5 / Math.expm1((h * c) / (l * kB * T))) * 1e-13;
    },
    [between(0.3, 3), between(3000, 7000)],
  ],
  ["lorentz factor", (v) => 1 / Math.sqrt(1 - (v * v) / (c * c)), [between(0, 2.9e8)], [[0]]],
  [
    "van der waals",
    function (V, T) {
      var a = 0.1364,
        b = 3.857e-5;
      return (R * T) / (V - b) - a / (V * V);
    },
    [between(1e-3, 5e-2), between(250, 500)],
  ],
  [
    "lennard jones with a cutoff",
    (r, eps, sigma) => {
      if (r >= 2.5 * sigma) return 0;
      const s6 = Math.pow(sigma / r, 6);
      return 4 * eps * (s6 * s6 - s6);
    },
    [between(0.9, 4), between(0.5, 2), between(0.9, 1.1)],
    [[3, 1, 1]],
  ],
  ["morse potential", (r) => 4.7 * (1 - Math.exp(-1.9 * (r - 0.74))) ** 2, [between(0.4, 3)], [[0.74]]],
  ["kepler's equation, fixed steps", eccentric, [between(0, 6), between(0.05, 0.75)], [[0, 0.5]]],
  [
    "position on an orbit",
    (day) => {
      const { a, e, period } = elements.mars;
      const E = eccentric(((2 * Math.PI) / period) * day, e);
      return { x: a * (Math.cos(E) - e), y: a * Math.sqrt(1 - e * e) * Math.sin(E) };
    },
    [between(0, 600)],
  ],
  [
    "potential of bodies",
    (x, y) => new Body(2, { x, y }).potential([new Body(1, { x: 0, y: 0 }), new Body(3, { x: 4, y: 0 })]),
    [between(-3, 3), between(1, 3)],
  ],
  [
    "double pendulum",
    ([t1, t2, w1, w2]) => {
      const { sin, cos } = Math,
        g = 9.81;
      const d = 3 - cos(2 * t1 - 2 * t2);
      const a1 = (-3 * g * sin(t1) - g * sin(t1 - 2 * t2) - 2 * sin(t1 - t2) * (w2 ** 2 + w1 ** 2 * cos(t1 - t2))) / d;
      const a2 = (2 * sin(t1 - t2) * (2 * w1 ** 2 + 2 * g * cos(t1) + w2 ** 2 * cos(t1 - t2))) / d;
      return [w1, w2, a1, a2];
    },
    [many(4, -2, 2)],
    [[[0, 0, 0, 0]]],
  ],
  [
    "leapfrog of an oscillator",
    (x, v, k) => {
      const dt = 0.05;
      let a = -k * x;
      for (let i = 0; i < 40; ++i) {
        v += (a * dt) / 2;
        x += v * dt;
        a = -k * x;
        v += (a * dt) / 2;
      }
      return (v * v + k * x * x) / 2;
    },
    [between(-1, 1), between(-1, 1), between(0.5, 4)],
  ],
  [
    "snell and fresnel",
    (theta, n) => {
      const s = Math.sin(theta) / n;
      if (Math.abs(s) >= 1) return 1;
      const ct = Math.sqrt(1 - s * s),
        ci = Math.cos(theta);
      const rs = (ci - n * ct) / (ci + n * ct),
        rp = (n * ci - ct) / (n * ci + ct);
      return (rs * rs + rp * rp) / 2;
    },
    [between(0, 1.5), between(0.7, 2)],
  ],
  [
    "colebrook by iteration",
    function colebrook(Re, rel) {
      var f = 0.02;
      for (var i = 0; i < 12; i++) {
        var s = -2 * Math.log10(rel / 3.7 + 2.51 / (Re * Math.sqrt(f)));
        f = 1 / (s * s);
      }
      return f;
    },
    [between(5e3, 1e6), between(1e-5, 1e-2)],
  ],
  [
    "saturation pressure by ranges",
    (T) => {
      const [a, b] = T >= 0 ? [17.62, 243.12] : [22.46, 272.62];
      return 6.112 * Math.exp((a * T) / (b + T));
    },
    [between(-40, 40)],
    [],
    [[0]],
  ],
  [
    "standard atmosphere",
    (alt) => {
      switch (true) {
        case alt < 11000:
          return 101325 * (1 - 2.25577e-5 * alt) ** 5.25588;
        case alt < 20000:
          return 22632 * Math.exp(-1.57689e-4 * (alt - 11000));
        default:
          return Number.NaN;
      }
    },
    [between(0, 19000)],
    [[25000]],
    [[11000]],
  ],
  [
    "ising mean field, fixed point",
    (T, J = 1) => Array.from({ length: 20 }).reduce((m) => Math.tanh((J * m) / T), 0.9),
    [between(0.4, 2), between(0.8, 1.2)],
  ],
  [
    "great circle",
    (p, q) => {
      const rad = (d) => (d * Math.PI) / 180;
      const [la, lo, lb, lp] = [p.lat, p.lon, q.lat, q.lon].map(rad);
      const s = Math.sin((lb - la) / 2) ** 2 + Math.cos(la) * Math.cos(lb) * Math.sin((lp - lo) / 2) ** 2;
      return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(s)));
    },
    [
      { lat: between(-60, 60), lon: between(-90, 0) },
      { lat: between(-60, 60), lon: between(10, 80) },
    ],
  ],
  [
    "damped resonance",
    (w, gamma) => {
      const re = 1 - w * w,
        im = gamma * w;
      return { amplitude: 1 / Math.hypot(re, im), phase: Math.atan2(im, re) };
    },
    [between(0.1, 3), between(0.05, 1)],
    [[1, 0.5]],
  ],
];
