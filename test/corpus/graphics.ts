// @ts-nocheck The functions are plain JavaScript.
// Graphics, colour, easing, signed distances, as creative coders and library authors write it.
import { between, many } from "./range.ts";

const clamp = (x, lo, hi) => Math.min(Math.max(x, lo), hi);
const mix = (a, b, t) => a * (1 - t) + b * t;
const toLinear = (u) => (u <= 0.04045 ? u / 12.92 : ((u + 0.055) / 1.055) ** 2.4);

const vec3 = {
  create: () => [0, 0, 0],
  sub(out, a, b) {
    out[0] = a[0] - b[0];
    out[1] = a[1] - b[1];
    out[2] = a[2] - b[2];
    return out;
  },
  normalize(out, a) {
    let len = a[0] * a[0] + a[1] * a[1] + a[2] * a[2];
    if (len > 0) len = 1 / Math.sqrt(len);
    out[0] = a[0] * len;
    out[1] = a[1] * len;
    out[2] = a[2] * len;
    return out;
  },
  cross(out, a, b) {
    const ax = a[0],
      ay = a[1],
      az = a[2],
      bx = b[0],
      by = b[1],
      bz = b[2];
    out[0] = ay * bz - az * by;
    out[1] = az * bx - ax * bz;
    out[2] = ax * by - ay * bx;
    return out;
  },
  dot: (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2],
};
// Scratch that the module reuses between calls.
const scratch = [vec3.create(), vec3.create(), new Float64Array(3)];

export default [
  [
    "bounce easing",
    function bounceOut(t) {
      var b1 = 4 / 11,
        b2 = 6 / 11,
        b3 = 8 / 11,
        b4 = 3 / 4,
        b5 = 9 / 11,
        b6 = 10 / 11,
        b7 = 15 / 16,
        b0 = 1 / b1 / b1;
      return (t = +t) < b1
        ? b0 * t * t
        : t < b3
          ? b0 * (t -= b2) * t + b4
          : t < b6
            ? b0 * (t -= b5) * t + b7
            : b0 * (t -= 21 / 22) * t + 63 / 64;
    },
    [between(0, 1)],
    [[0], [1]],
  ],
  [
    "back easing with a member",
    (function custom(s) {
      function backIn(t) {
        return (t = +t) * t * ((s + 1) * t - s);
      }
      backIn.overshoot = s;
      return backIn;
    })(1.70158),
    [between(-0.5, 1.5)],
  ],
  [
    "elastic easing",
    (t) => (t === 0 || t === 1 ? t : 2 ** (-10 * t) * Math.sin((t * 10 - 0.75) * ((2 * Math.PI) / 3)) + 1),
    [between(0.01, 0.99)],
  ],
  [
    "smoothstep",
    (a, b, x) => {
      const t = clamp((x - a) / (b - a), 0, 1);
      return t * t * (3 - 2 * t);
    },
    [between(-1, 0), between(1, 2), between(-2, 3)],
    [
      [0, 1, -1],
      [0, 1, 2],
    ],
  ],
  [
    "srgb to lab",
    ({ r, g, b }) => {
      const [lr, lg, lb] = [r, g, b].map(toLinear);
      const xyz = [
        0.4124 * lr + 0.3576 * lg + 0.1805 * lb,
        0.2126 * lr + 0.7152 * lg + 0.0722 * lb,
        0.0193 * lr + 0.1192 * lg + 0.9505 * lb,
      ];
      const f = (t) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
      const [x, y, z] = xyz.map((v, i) => f(v / [0.95047, 1, 1.08883][i]));
      return { mode: "lab", l: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) };
    },
    [{ r: between(0, 1), g: between(0, 1), b: between(0, 1) }],
  ],
  [
    "rgb to hue",
    (r, g, b) => {
      const M = Math.max(r, g, b),
        m = Math.min(r, g, b),
        d = M - m;
      if (d === 0) return { h: undefined, s: 0, v: M }.v;
      const hue = M === r ? (g - b) / d + (g < b) * 6 : M === g ? (b - r) / d + 2 : (r - g) / d + 4;
      return hue * 60;
    },
    [between(0, 1), between(0, 1), between(0, 1)],
    [[0.5, 0.5, 0.5]],
  ],
  [
    "bezier by de casteljau",
    (points, t) => {
      let p = points;
      while (p.length > 1) p = p.slice(1).map(([x, y], i) => [mix(p[i][0], x, t), mix(p[i][1], y, t)]);
      return p[0];
    },
    [[many(2, -1, 1), many(2, -1, 1), many(2, -1, 1), many(2, -1, 1)], between(0, 1)],
    [
      [
        [
          [0, 0],
          [1, 1],
          [2, 0],
          [3, 3],
        ],
        0,
      ],
    ],
  ],
  [
    "signed distance of a box with a smooth union",
    (p) => {
      const q = { x: Math.abs(p.x) - 0.6, y: Math.abs(p.y) - 0.4 };
      const box = Math.hypot(Math.max(q.x, 0), Math.max(q.y, 0)) + Math.min(Math.max(q.x, q.y), 0);
      const ball = Math.hypot(p.x - 0.8, p.y) - 0.5;
      const k = 0.3,
        hh = clamp(0.5 + (0.5 * (ball - box)) / k, 0, 1);
      return mix(ball, box, hh) - k * hh * (1 - hh);
    },
    [{ x: between(-2, 2), y: between(-2, 2) }],
  ],
  [
    "normal of a triangle, scratch arrays",
    (a, b, c) => {
      const [u, v, n] = scratch;
      vec3.sub(u, b, a);
      vec3.sub(v, c, a);
      vec3.normalize(n, vec3.cross(n, u, v));
      return [...n];
    },
    [many(3, -1, 1), many(3, 1, 2), [between(-2, -1), between(1, 2), between(-1, 1)]],
  ],
  [
    "reflection and specular light",
    (l, n) => {
      const d = vec3.dot(l, n);
      const r = n.map((v, i) => 2 * d * v - l[i]);
      return Math.pow(Math.max(r[2], 0), 16) + Math.max(0, d) * 0.5;
    },
    [many(3, 0.2, 0.8), many(3, 0.3, 0.7)],
  ],
  [
    "perspective projection",
    (m, p) => {
      var w = m[3] * p.x + m[7] * p.y + m[11] * p.z + m[15];
      w = w || 1;
      return [(m[0] * p.x + m[4] * p.y + m[8] * p.z + m[12]) / w, (m[1] * p.x + m[5] * p.y + m[9] * p.z + m[13]) / w];
    },
    [many(16, 0.5, 1.5), { x: between(0, 1), y: between(0, 1), z: between(1, 2) }],
  ],
  [
    "ray and sphere",
    (o, d) => {
      const b = vec3.dot(o, d),
        cc = vec3.dot(o, o) - 1,
        disc = b * b - vec3.dot(d, d) * cc;
      if (disc < 0) return -1;
      return (-b - Math.sqrt(disc)) / vec3.dot(d, d);
    },
    [
      [between(-0.3, 0.3), between(-0.3, 0.3), between(-4, -3)],
      [between(-0.05, 0.05), between(-0.05, 0.05), between(0.9, 1.1)],
    ],
    [
      [
        [5, 0, -3],
        [0, 0, 1],
      ],
    ],
  ],
  [
    "catmull rom",
    (p, t) => {
      const [a, b, c, d] = p;
      return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * (b - c) + d - a) * t ** 3);
    },
    [many(4, -2, 2), between(0, 1)],
  ],
  ["aces tone map", (v) => Math.min(1, Math.max(0, (v * (2.51 * v + 0.03)) / (v * (2.43 * v + 0.59) + 0.14))), [between(0, 4)], [[0]]],
  [
    "escape after fixed turns",
    (cx, cy) => {
      let x = 0,
        y = 0;
      for (let i = 0; i < 12; i++) {
        if (x * x + y * y > 4) break;
        [x, y] = [x * x - y * y + cx, 2 * x * y + cy];
      }
      return x * x + y * y;
    },
    [between(-1.5, 0.5), between(-1, 1)],
  ],
];
