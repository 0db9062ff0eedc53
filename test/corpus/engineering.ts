// @ts-nocheck The functions are plain JavaScript.
// Signals, circuits, structures, fluids, chemistry, biology, as engineers' scripts and calculators write them.
import { between, many } from "./range.ts";

/** Antoine's coefficients, for pressures in kPa and temperatures in °C. */
const antoine = { water: [16.3872, 3885.7, 230.17], ethanol: [16.8958, 3795.17, 230.918] };
const vapour = (substance, t) => {
  const [a, b, c] = antoine[substance];
  return Math.exp(a - b / (t + c));
};

/** Biquad coefficients by the audio cookbook. */
function biquad(type, frequency, q, gain) {
  const w = 2 * Math.PI * frequency,
    cos = Math.cos(w),
    alpha = Math.sin(w) / (2 * q),
    A = gain === undefined ? 1 : Math.pow(10, gain / 40);
  let b, a;
  switch (type) {
    case "lowpass":
      b = [(1 - cos) / 2, 1 - cos, (1 - cos) / 2];
      a = [1 + alpha, -2 * cos, 1 - alpha];
      break;
    case "peaking":
      b = [1 + alpha * A, -2 * cos, 1 - alpha * A];
      a = [1 + alpha / A, -2 * cos, 1 - alpha / A];
  }
  return { b: b.map((v) => v / a[0]), a: a.map((v) => v / a[0]) };
}
/** How much a filter lets through at a frequency. */
const response = ({ b, a }, frequency) => {
  const at = (c) =>
    c.reduce(([re, im], v, n) => [re + v * Math.cos(2 * Math.PI * frequency * n), im - v * Math.sin(2 * Math.PI * frequency * n)], [0, 0]);
  return Math.hypot(...at(b)) / Math.hypot(...at(a));
};

/** The state that a filter keeps between samples. */
class OnePole {
  z = 0;
  constructor(cutoff) {
    this.b = Math.exp(-2 * Math.PI * cutoff);
  }
  next(x) {
    return (this.z = x * (1 - this.b) + this.z * this.b);
  }
}

/** A radix-2 transform in place. */
function fft(re, im) {
  var n = re.length;
  for (var i = 0, j = 0; i < n; i++) {
    if (j > i) {
      var t = re[i];
      re[i] = re[j];
      re[j] = t;
      t = im[i];
      im[i] = im[j];
      im[j] = t;
    }
    var m = n >> 1;
    while (m >= 1 && j & m) {
      j ^= m;
      m >>= 1;
    }
    j |= m;
  }
  for (var size = 2; size <= n; size <<= 1) {
    for (var start = 0; start < n; start += size) {
      for (var k = 0; k < size / 2; k++) {
        var angle = (-2 * Math.PI * k) / size,
          c = Math.cos(angle),
          s = Math.sin(angle),
          p = start + k,
          q = p + size / 2,
          x = re[q] * c - im[q] * s,
          y = re[q] * s + im[q] * c;
        re[q] = re[p] - x;
        im[q] = im[p] - y;
        re[p] += x;
        im[p] += y;
      }
    }
  }
}

const Complex = {
  of: (re, im = 0) => ({ re, im }),
  add: (a, b) => ({ re: a.re + b.re, im: a.im + b.im }),
  mul: (a, b) => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }),
  inv: ({ re, im }) => ({ re: re / (re * re + im * im), im: -im / (re * re + im * im) }),
  parallel(...all) {
    return Complex.inv(all.map(Complex.inv).reduce(Complex.add));
  },
};

export default [
  [
    "vapour pressure of a mixture",
    (x, t) => x * vapour("ethanol", t) + (1 - x) * vapour("water", t),
    [between(0.05, 0.95), between(20, 90)],
  ],
  [
    "boiling point by newton on data",
    (x, pressure) => {
      let t = 80,
        step;
      do {
        const h = 1e-3;
        const f = (u) => x * vapour("ethanol", u) + (1 - x) * vapour("water", u) - pressure;
        step = f(t) / ((f(t + h) - f(t - h)) / (2 * h));
        t -= step;
      } while (Math.abs(step) > 1e-13 * t);
      return t;
    },
    [between(0.1, 0.9), between(80, 120)],
  ],
  ["lowpass response", (f0, q, f) => response(biquad("lowpass", f0, q), f), [between(0.05, 0.2), between(0.5, 3), between(0.01, 0.4)]],
  [
    "peaking response in decibels",
    (f0, gain, f) => 20 * Math.log10(response(biquad("peaking", f0, 1.2, gain), f)),
    [between(0.05, 0.2), between(-12, 12), between(0.01, 0.4)],
  ],
  [
    "one pole over samples",
    (cutoff, samples) => {
      const filter = new OnePole(cutoff);
      return samples.map((s) => filter.next(s)).at(-1);
    },
    [between(0.01, 0.3), many(6, -1, 1)],
  ],
  [
    "power spectrum",
    (signal) => {
      const re = signal.map((s, i) => s * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / signal.length)));
      const im = new Array(signal.length).fill(0);
      fft(re, im);
      return re.slice(0, 5).map((r, i) => r * r + im[i] * im[i]);
    },
    [many(8, -1, 1)],
  ],
  [
    "impedance of a ladder",
    (w, R, L, C) => {
      const [r, l, c] = [Complex.of(R), Complex.of(0, w * L), Complex.inv(Complex.of(0, w * C))];
      let z = r;
      for (let stage = 0; stage < 3; stage++) z = Complex.add(l, Complex.parallel(c, z));
      return [Math.hypot(z.re, z.im), (Math.atan2(z.im, z.re) * 180) / Math.PI];
    },
    [between(0.5, 2), between(0.5, 2), between(0.2, 1), between(0.2, 1)],
  ],
  [
    "friction of a pipe by colebrook",
    function colebrook(Re, rough) {
      if (Re < 2300) return 64 / Re;
      let x = 8;
      for (let i = 0; i < 12; i++) x = -2 * Math.log10(rough / 3.7 + (2.51 * x) / Re);
      return 1 / (x * x);
    },
    [between(3000, 1e5), between(1e-4, 0.02)],
    [[1000, 0.01]],
  ],
  [
    "deflection of a beam by macaulay",
    (x, load, at) => {
      const macaulay = (t, n) => (t > 0) * t ** n;
      const [length, stiffness] = [4, 1000];
      const left = (load * (length - at)) / length;
      const c = (load * (length - at) ** 3 - left * length ** 3) / (6 * length);
      return ((left * x ** 3) / 6 - (load * macaulay(x - at, 3)) / 6 + c * x) / stiffness;
    },
    [between(0.2, 3.8), between(1, 10), between(0.5, 3.5)],
    [[4, 5, 2]],
  ],
  [
    "buckling of a column",
    (length, radius, E, limit) => {
      const slenderness = length / (radius / 2);
      const critical = Math.sqrt((2 * Math.PI ** 2 * E) / limit);
      return slenderness > critical ? (Math.PI ** 2 * E) / slenderness ** 2 : limit * (1 - slenderness ** 2 / (2 * critical ** 2));
    },
    [between(1, 5), between(0.02, 0.1), between(180, 220), between(0.2, 0.4)],
  ],
  [
    "redlich kwong compressibility",
    (Tr, Pr) => {
      const A = (0.42748 * Pr) / Tr ** 2.5,
        B = (0.08664 * Pr) / Tr;
      let z = 1;
      for (let i = 0; i < 25; i++) {
        const f = z * z * z - z * z + (A - B - B * B) * z - A * B;
        const slope = 3 * z * z - 2 * z + A - B - B * B;
        z -= f / slope;
      }
      return z;
    },
    [between(1.3, 2), between(0.1, 2)],
  ],
  [
    "ph of a weak acid",
    (pKa, c) => {
      const Ka = 10 ** -pKa;
      const h = (-Ka + Math.sqrt(Ka * Ka + 4 * Ka * c)) / 2;
      return -Math.log10(h);
    },
    [between(3, 6), between(0.01, 1)],
  ],
  [
    "michaelis menten with an inhibitor",
    ({ vmax, km, ki }, s, i) => (vmax * s) / (km * (1 + i / ki) + s),
    [{ vmax: between(1, 5), km: between(0.1, 2), ki: between(0.5, 2) }, between(0.1, 4), between(0, 2)],
    [[{ vmax: 1, km: 1, ki: 1 }, 0, 0]],
  ],
  [
    "doses of a drug with one compartment",
    (dose, ka, ke, t) => {
      let c = 0;
      for (const given of [0, 8, 16]) {
        if (t < given) continue;
        const since = t - given;
        c += ((dose * ka) / (ka - ke)) * (Math.exp(-ke * since) - Math.exp(-ka * since));
      }
      return c;
    },
    [between(50, 100), between(0.8, 1.5), between(0.05, 0.2), between(1, 24)],
  ],
  [
    "epidemic by euler's steps",
    (beta, gamma) => {
      let [s, i, r] = [0.99, 0.01, 0];
      for (let day = 0; day < 40; ++day) {
        const [infected, recovered] = [beta * s * i, gamma * i];
        s -= infected;
        i += infected - recovered;
        r += recovered;
      }
      return { s, i, r };
    },
    [between(0.2, 0.5), between(0.05, 0.2)],
  ],
  [
    "predator and prey until it is late",
    (a, b) => {
      let x = 1,
        y = 0.5,
        t = 0;
      while (t < 5) {
        const dx = x * (a - b * y);
        const dy = y * (0.3 * x - 0.8);
        x += 0.02 * dx;
        y += 0.02 * dy;
        t += 0.02;
      }
      return [x, y];
    },
    [between(0.5, 1), between(0.3, 0.8)],
  ],
];
