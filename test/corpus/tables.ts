// @ts-nocheck The functions are plain JavaScript.
// Tables: noise, interpolation and splines over constants, as libraries and recipes write them.
import { between, many } from "./range.ts";

const small = [3, 1, 4, 1, 5, 9, 2, 6];

/** A permutation of 0 … 255 by a linear congruence, twice. */
const perm = new Uint8Array(512);
for (let i = 0; i < 256; i++) perm[i] = perm[i + 256] = (i * 167 + 41) & 255;
const shuffled = Array.from({ length: 512 }, (_, i) => perm[perm[i]]);

const fade = (t) => t * t * t * (t * (t * 6 - 15) + 10);
const lerp = (a, b, t) => (1 - t) * a + t * b;

class Grad {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }
  dot2(x, y) {
    return this.x * x + this.y * y;
  }
  dot3(x, y, z) {
    return this.x * x + this.y * y + this.z * z;
  }
}
const grad3 = [
  [1, 1, 0],
  [-1, 1, 0],
  [1, -1, 0],
  [-1, -1, 0],
  [1, 0, 1],
  [-1, 0, 1],
  [1, 0, -1],
  [-1, 0, -1],
  [0, 1, 1],
  [0, -1, 1],
  [0, 1, -1],
  [0, -1, -1],
].map(([x, y, z]) => new Grad(x, y, z));
const gradP = shuffled.map((v) => grad3[v % 12]);
const gradRows = grad3.map(({ x, y, z }) => Float32Array.of(x, y, z));

const knots = [0, 0.4, 1, 1.5, 2.3, 3, 3.2, 4.5, 6];
const heights = [1, 0.2, -0.5, 0.4, 1.7, 1.1, 0.9, -1, 0.5];
/** Second derivatives of the natural spline through them. */
const bends = (() => {
  const n = knots.length;
  const u = new Array(n).fill(0);
  const m = new Array(n).fill(0);
  for (let i = 1; i < n - 1; i++) {
    const sig = (knots[i] - knots[i - 1]) / (knots[i + 1] - knots[i - 1]);
    const p = sig * m[i - 1] + 2;
    m[i] = (sig - 1) / p;
    const d = (heights[i + 1] - heights[i]) / (knots[i + 1] - knots[i]) - (heights[i] - heights[i - 1]) / (knots[i] - knots[i - 1]);
    u[i] = ((6 * d) / (knots[i + 1] - knots[i - 1]) - sig * u[i - 1]) / p;
  }
  for (let k = n - 2; k >= 0; k--) m[k] = m[k] * m[k + 1] + u[k];
  return m;
})();

const terrain = Array.from({ length: 6 }, (_, j) => Array.from({ length: 8 }, (_, i) => Math.sin(i * 1.3) + Math.cos(j * 0.7 + i)));
const terrainFlat = Float32Array.from(terrain.flat());

const viridis = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];
const stops = [
  { at: 0, color: { r: 0.1, g: 0.2, b: 0.9 }, ease: 1 },
  { at: 0.3, color: { r: 0.9, g: 0.8, b: 0.1 }, ease: 2 },
  { at: 0.7, color: { r: 0.2, g: 0.7, b: 0.2 }, ease: 1.5 },
  { at: 1, color: { r: 1, g: 1, b: 1 }, ease: 1 },
];

/** Base altitude (m), temperature (K), pressure (Pa), lapse (K/m) of the standard atmosphere. */
const atmosphere = [
  { h: 0, T: 288.15, p: 101325, L: -0.0065 },
  { h: 11000, T: 216.65, p: 22632.06, L: 0 },
  { h: 20000, T: 216.65, p: 5474.889, L: 0.001 },
  { h: 32000, T: 228.65, p: 868.0187, L: 0.0028 },
];

const yields = { terms: [0.25, 1, 2, 5, 10, 30], rates: [0.01, 0.013, 0.016, 0.022, 0.028, 0.031] };
const observations = Float64Array.from({ length: 400 }, (_, i) => Math.sin(i * 0.05) + 0.1 * Math.cos(i * 1.7));

export default [
  [
    "value noise",
    (x) => {
      const i = Math.floor(x),
        t = x - i;
      const [a, b] = [small[i & 7], small[(i + 1) & 7]];
      return a + t * t * (3 - 2 * t) * (b - a);
    },
    [between(-20, 20)],
    [],
    [[1e9 + 0.25]],
  ],
  [
    "linear interpolation in a table",
    (x) => {
      const i = Math.min(Math.floor(x), small.length - 2);
      return small[i] + (x - i) * (small[i + 1] - small[i]);
    },
    [between(0, 9)],
  ],
  [
    "value noise in the plane, octaves",
    function fbm(x, y) {
      const noise = (px, py) => {
        const X = Math.floor(px),
          Y = Math.floor(py);
        const [u, v] = [fade(px - X), fade(py - Y)];
        const h = (i, j) => perm[(perm[i & 255] + j) & 255] / 255;
        return lerp(lerp(h(X, Y), h(X + 1, Y), u), lerp(h(X, Y + 1), h(X + 1, Y + 1), u), v);
      };
      let [sum, amplitude, frequency] = [0, 0.5, 1];
      for (let o = 0; o < 4; o++) {
        sum += amplitude * noise(x * frequency, y * frequency);
        amplitude *= 0.5;
        frequency *= 2.03;
      }
      return sum;
    },
    many(2, -0.5, 0.5),
    [],
    // Numerical slopes reach over cells there, and the fifth-degree fade is smooth to the second derivative only.
    [
      [2.4, 1.1],
      [-7.2, 30.3],
    ],
  ],
  [
    "perlin noise in the plane, gradient objects",
    function perlin2(x, y) {
      var X = Math.floor(x),
        Y = Math.floor(y);
      x = x - X;
      y = y - Y;
      X = X & 255;
      Y = Y & 255;
      var n00 = gradP[X + perm[Y]].dot2(x, y);
      var n01 = gradP[X + perm[Y + 1]].dot2(x, y - 1);
      var n10 = gradP[X + 1 + perm[Y]].dot2(x - 1, y);
      var n11 = gradP[X + 1 + perm[Y + 1]].dot2(x - 1, y - 1);
      var u = fade(x);
      return lerp(lerp(n00, n10, u), lerp(n01, n11, u), fade(y));
    },
    many(2, -12, 12),
  ],
  [
    "perlin noise in space, gradient objects",
    function perlin3(x, y, z) {
      var X = Math.floor(x),
        Y = Math.floor(y),
        Z = Math.floor(z);
      x = x - X;
      y = y - Y;
      z = z - Z;
      X = X & 255;
      Y = Y & 255;
      Z = Z & 255;
      var n000 = gradP[(X + perm[Y + perm[Z]]) % 512].dot3(x, y, z);
      var n001 = gradP[(X + perm[Y + perm[Z + 1]]) % 512].dot3(x, y, z - 1);
      var n010 = gradP[(X + perm[Y + 1 + perm[Z]]) % 512].dot3(x, y - 1, z);
      var n011 = gradP[(X + perm[Y + 1 + perm[Z + 1]]) % 512].dot3(x, y - 1, z - 1);
      var n100 = gradP[(X + 1 + perm[Y + perm[Z]]) % 512].dot3(x - 1, y, z);
      var n101 = gradP[(X + 1 + perm[Y + perm[Z + 1]]) % 512].dot3(x - 1, y, z - 1);
      var n110 = gradP[(X + 1 + perm[Y + 1 + perm[Z]]) % 512].dot3(x - 1, y - 1, z);
      var n111 = gradP[(X + 1 + perm[Y + 1 + perm[Z + 1]]) % 512].dot3(x - 1, y - 1, z - 1);
      var u = fade(x);
      var v = fade(y);
      var w = fade(z);
      return lerp(lerp(lerp(n000, n100, u), lerp(n001, n101, u), w), lerp(lerp(n010, n110, u), lerp(n011, n111, u), w), v);
    },
    many(3, -100, 100),
  ],
  [
    "improved perlin noise, gradients by bits",
    (x, y, z) => {
      const grad = (hash, x, y, z) => {
        const h = hash & 15;
        const u = h < 8 ? x : y;
        const v = h < 4 ? y : h === 12 || h === 14 ? x : z;
        return ((h & 1) === 0 ? u : -u) + ((h & 2) === 0 ? v : -v);
      };
      const mix = (t, a, b) => a + t * (b - a);
      const X = Math.floor(x) & 255,
        Y = Math.floor(y) & 255,
        Z = Math.floor(z) & 255;
      x -= Math.floor(x);
      y -= Math.floor(y);
      z -= Math.floor(z);
      const [u, v, w] = [x, y, z].map(fade);
      const p = shuffled;
      const A = p[X] + Y,
        AA = p[A] + Z,
        AB = p[A + 1] + Z,
        B = p[X + 1] + Y,
        BA = p[B] + Z,
        BB = p[B + 1] + Z;
      return mix(
        w,
        mix(v, mix(u, grad(p[AA], x, y, z), grad(p[BA], x - 1, y, z)), mix(u, grad(p[AB], x, y - 1, z), grad(p[BB], x - 1, y - 1, z))),
        mix(
          v,
          mix(u, grad(p[AA + 1], x, y, z - 1), grad(p[BA + 1], x - 1, y, z - 1)),
          mix(u, grad(p[AB + 1], x, y - 1, z - 1), grad(p[BB + 1], x - 1, y - 1, z - 1)),
        ),
      );
    },
    many(3, -30, 30),
  ],
  [
    "simplex noise in the plane",
    (xin, yin) => {
      const F2 = 0.5 * (Math.sqrt(3) - 1),
        G2 = (3 - Math.sqrt(3)) / 6;
      const s = (xin + yin) * F2;
      const i = Math.floor(xin + s),
        j = Math.floor(yin + s);
      const t = (i + j) * G2;
      const x0 = xin - (i - t),
        y0 = yin - (j - t);
      let i1, j1;
      if (x0 > y0) {
        i1 = 1;
        j1 = 0;
      } else {
        i1 = 0;
        j1 = 1;
      }
      const corner = (x, y, hash) => {
        let t = 0.5 - x * x - y * y;
        if (t < 0) return 0;
        t *= t;
        const g = gradRows[hash % 12];
        return t * t * (g[0] * x + g[1] * y);
      };
      const ii = i & 255,
        jj = j & 255;
      return (
        70 *
        (corner(x0, y0, perm[ii + perm[jj]]) +
          corner(x0 - i1 + G2, y0 - j1 + G2, perm[ii + i1 + perm[jj + j1]]) +
          corner(x0 - 1 + 2 * G2, y0 - 1 + 2 * G2, perm[ii + 1 + perm[jj + 1]]))
      );
    },
    many(2, -40, 40),
  ],
  [
    "cellular noise",
    (x, y) => {
      const X = Math.floor(x),
        Y = Math.floor(y);
      let nearest = Infinity;
      for (let j = -1; j <= 1; j++)
        for (let i = -1; i <= 1; i++) {
          const h = perm[((X + i) & 255) + perm[(Y + j) & 255]];
          const [px, py] = [X + i + perm[h] / 256, Y + j + perm[h + 1] / 256];
          nearest = Math.min(nearest, (x - px) ** 2 + (y - py) ** 2);
        }
      return nearest;
    },
    many(2, -20, 20),
  ],
  [
    "catmull rom on a table",
    (t) => {
      const n = small.length;
      const i = Math.max(1, Math.min(n - 3, Math.floor(t)));
      const u = t - i;
      const [a, b, c, d] = [small[i - 1], small[i], small[i + 1], small[i + 2]];
      return 0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u * u + (3 * (b - c) + d - a) * u ** 3);
    },
    [between(-1, 8)],
  ],
  [
    "closed b-spline",
    (t) => {
      const n = small.length;
      const i = ((Math.floor(t) % n) + n) % n;
      const u = t - Math.floor(t);
      const at = (k) => small[(i + k) % n];
      return (
        ((1 - u) ** 3 * at(0) + (3 * u ** 3 - 6 * u * u + 4) * at(1) + (-3 * u ** 3 + 3 * u * u + 3 * u + 1) * at(2) + u ** 3 * at(3)) / 6
      );
    },
    [between(-20, 20)],
  ],
  [
    "bilinear interpolation in rows",
    (x, y) => {
      const i = Math.min(Math.max(Math.floor(x), 0), terrain[0].length - 2);
      const j = Math.min(Math.max(Math.floor(y), 0), terrain.length - 2);
      const [u, v] = [x - i, y - j];
      const [row, next] = [terrain[j], terrain[j + 1]];
      return (1 - v) * ((1 - u) * row[i] + u * row[i + 1]) + v * ((1 - u) * next[i] + u * next[i + 1]);
    },
    [between(-1, 8), between(-1, 6)],
  ],
  [
    "bilinear interpolation in a flat table",
    (x, y) => {
      const w = 8;
      const i = Math.trunc(x),
        j = y | 0;
      const k = j * w + i;
      const a = terrainFlat[k],
        b = terrainFlat[k + 1],
        c = terrainFlat[k + w],
        d = terrainFlat[k + w + 1];
      return a + (b - a) * (x - i) + (c - a) * (y - j) + (a - b - c + d) * (x - i) * (y - j);
    },
    [between(0, 6.9), between(0, 4.9)],
  ],
  [
    "cubic spline with a search by halves",
    function splint(x) {
      var klo = 0,
        khi = knots.length - 1;
      for (var step = 0; step < 4; step++) {
        if (khi - klo > 1) {
          var k = (khi + klo) >> 1;
          if (knots[k] > x) khi = k;
          else klo = k;
        }
      }
      var h = knots[khi] - knots[klo];
      var a = (knots[khi] - x) / h;
      var b = (x - knots[klo]) / h;
      return a * heights[klo] + b * heights[khi] + (((a * a * a - a) * bends[klo] + (b * b * b - b) * bends[khi]) * (h * h)) / 6;
    },
    [between(0, 6)],
    [[-0.5], [6.5]],
  ],
  [
    "cubic spline by counting knots",
    (x) => {
      const i = Math.max(
        0,
        knots.filter((_, k) => k > 0 && k < 8).reduce((n, k) => n + (x >= k), 0),
      );
      const dx = x - knots[i];
      const h = knots[i + 1] - knots[i];
      const slope = (heights[i + 1] - heights[i]) / h - (h * (2 * bends[i] + bends[i + 1])) / 6;
      return heights[i] + dx * (slope + dx * (bends[i] / 2 + (dx * (bends[i + 1] - bends[i])) / (6 * h)));
    },
    [between(0, 6)],
  ],
  [
    "colour map of rows",
    (t) => {
      const k = Math.min(Math.max(t, 0), 1) * (viridis.length - 1);
      const i = Math.min(k | 0, viridis.length - 2);
      const [a, b] = [viridis[i], viridis[i + 1]];
      return a.map((v, c) => v + (b[c] - v) * (k - i));
    },
    [between(-0.1, 1.1)],
  ],
  [
    "gradient stops found by findIndex",
    (t) => {
      const i = stops.findIndex((s) => s.at > t) - 1;
      const { at, color, ease } = stops[i];
      const next = stops[i + 1];
      const u = ((t - at) / (next.at - at)) ** ease;
      return { r: lerp(color.r, next.color.r, u), g: lerp(color.g, next.color.g, u), b: lerp(color.b, next.color.b, u) };
    },
    [between(0, 1)],
  ],
  [
    "atmosphere by its layers",
    (h) => {
      const layer = atmosphere[(h >= 11000) + (h >= 20000) + (h >= 32000)];
      const { T, p, L } = layer;
      const dh = h - layer.h;
      return L === 0 ? p * Math.exp((-0.0341632 * dh) / T) : p * Math.pow(T / (T + L * dh), 0.0341632 / L);
    },
    [between(0, 40000)],
    [[5000], [15000], [25000]],
  ],
  [
    "discount factor of a yield curve",
    (t) => {
      const { terms, rates } = yields;
      let i = 0;
      for (let k = 1; k < terms.length - 1; k++) if (t > terms[k]) i = k;
      const w = (t - terms[i]) / (terms[i + 1] - terms[i]);
      return Math.exp(-t * (rates[i] * (1 - w) + rates[i + 1] * w));
    },
    [between(0.3, 29)],
  ],
  [
    "lookup by switch",
    (x, y) => {
      let w;
      switch (((x | 0) + 4) % 4) {
        case 0:
          w = 0.5;
          break;
        case 1:
          w = y;
          break;
        case 2:
          w = y * y;
          break;
        default:
          w = Math.sin(y);
      }
      return w * x;
    },
    [between(-4, 8), between(-2, 2)],
  ],
  [
    "functions in a table",
    (x, y) => [(v) => v * v, Math.sin, (v) => 1 / (1 + v * v)][Math.floor(Math.abs(x)) % 3](y) + x,
    [between(-9, 9), between(-2, 2)],
  ],
  [
    "signal with a delay between samples",
    (t) => {
      const s = Math.min(Math.max(t, 0), observations.length - 2);
      const i = Math.floor(s);
      return observations[i] * (i + 1 - s) + observations[i + 1] * (s - i);
    },
    [between(-5, 25)],
    [],
    [[398.5], [1000]],
  ],
  [
    "soft histogram",
    (v) => {
      const bins = [0, 0, 0, 0, 0, 0];
      for (const x of v) {
        const k = Math.min(Math.max(Math.floor(x), 0), 4);
        bins[k] += k + 1 - x;
        bins[k + 1] += x - k;
      }
      return bins.reduce((s, b, i) => s + (b * b) / (i + 1), 0);
    },
    [many(4, 0, 5)],
  ],
  [
    "interpolation among arguments",
    (ys, t) => {
      const i = Math.min(t | 0, ys.length - 2);
      return ys[i] + (t - i) * (ys[i + 1] - ys[i]);
    },
    [many(5, -2, 2), between(0, 4)],
  ],
  [
    "bezier of control points",
    (points, t) => {
      const s = Math.min(Math.floor(t), 1);
      const u = t - s;
      const [p, q, r] = [points[2 * s], points[2 * s + 1], points[2 * s + 2]];
      const at = (k) => p[k] * (1 - u) ** 2 + 2 * q[k] * u * (1 - u) + r[k] * u * u;
      return { x: at(0), y: at(1) };
    },
    [Array.from({ length: 5 }, () => many(2, -1, 1)), between(0, 2)],
  ],
];
