// @ts-nocheck The functions are plain JavaScript.
// Robotics, control, geometry.
import { between, many } from "./range.ts";

const identity = () => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
function multiply(a, b) {
  const out = new Float64Array(16);
  for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) for (let k = 0; k < 4; k++) out[4 * i + j] += a[4 * i + k] * b[4 * k + j];
  return out;
}
const dh = [
  { a: 0, alpha: Math.PI / 2, d: 0.3 },
  { a: 0.5, alpha: 0, d: 0 },
  { a: 0.4, alpha: 0, d: 0 },
];

class Quaternion {
  constructor(w, x, y, z) {
    this.w = w;
    this.x = x;
    this.y = y;
    this.z = z;
  }
  static fromAxisAngle([x, y, z], angle) {
    const s = Math.sin(angle / 2);
    return new Quaternion(Math.cos(angle / 2), x * s, y * s, z * s);
  }
  times(o) {
    return new Quaternion(
      this.w * o.w - this.x * o.x - this.y * o.y - this.z * o.z,
      this.w * o.x + this.x * o.w + this.y * o.z - this.z * o.y,
      this.w * o.y - this.x * o.z + this.y * o.w + this.z * o.x,
      this.w * o.z + this.x * o.y - this.y * o.x + this.z * o.w,
    );
  }
  get conjugate() {
    return new Quaternion(this.w, -this.x, -this.y, -this.z);
  }
  rotate([x, y, z]) {
    const r = this.times(new Quaternion(0, x, y, z)).times(this.conjugate);
    return [r.x, r.y, r.z];
  }
}

class Controller {
  #integral = 0;
  #last = 0;
  constructor(gains, limit) {
    this.gains = gains;
    this.limit = limit;
  }
  update(error, dt) {
    const { p, i, d } = this.gains;
    this.#integral = Math.max(-this.limit, Math.min(this.limit, this.#integral + error * dt));
    const slope = (error - this.#last) / dt;
    this.#last = error;
    return p * error + i * this.#integral + d * slope;
  }
}

export default [
  [
    "two link arm",
    (q1, q2, l1 = 1, l2 = 0.7) => [l1 * Math.cos(q1) + l2 * Math.cos(q1 + q2), l1 * Math.sin(q1) + l2 * Math.sin(q1 + q2)],
    [between(-3, 3), between(-3, 3), between(0.5, 1), between(0.5, 1)],
  ],
  [
    "inverse kinematics of two links",
    (x, y) => {
      const c2 = (x * x + y * y - 1 - 0.49) / (2 * 0.7);
      const q2 = Math.acos(Math.max(-1, Math.min(1, c2)));
      return { q1: Math.atan2(y, x) - Math.atan2(0.7 * Math.sin(q2), 1 + 0.7 * Math.cos(q2)), q2 };
    },
    [between(0.4, 1), between(0.2, 0.9)],
  ],
  [
    "denavit hartenberg",
    (q) => {
      const end = dh.reduce((pose, { a, alpha, d }, i) => {
        const [c, s, ca, sa] = [Math.cos(q[i]), Math.sin(q[i]), Math.cos(alpha), Math.sin(alpha)];
        return multiply(pose, [c, -s * ca, s * sa, a * c, s, c * ca, -c * sa, a * s, 0, sa, ca, d, 0, 0, 0, 1]);
      }, identity());
      return [end[3], end[7], end[11]];
    },
    [many(3, -2, 2)],
  ],
  ["rotation by a quaternion", (angle, v) => Quaternion.fromAxisAngle([0.6, 0, 0.8], angle).rotate(v), [between(-3, 3), many(3, -1, 1)]],
  [
    "euler angles of a quaternion",
    ([w, x, y, z]) => {
      const n = Math.hypot(w, x, y, z);
      [w, x, y, z] = [w, x, y, z].map((v) => v / n);
      const sinp = 2 * (w * y - z * x);
      return {
        roll: Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)),
        pitch: Math.abs(sinp) >= 1 ? (Math.sign(sinp) * Math.PI) / 2 : Math.asin(sinp),
        yaw: Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)),
      };
    },
    [[between(0.6, 1), between(-0.3, 0.3), between(-0.3, 0.3), between(-0.3, 0.3)]],
  ],
  [
    "rodrigues' formula",
    (r) => {
      const t = Math.hypot(...r);
      if (t < 1e-9) return [1, 1, 1];
      const [x, y, z] = r.map((v) => v / t),
        c = Math.cos(t),
        s = Math.sin(t);
      return [c + x * x * (1 - c), c + y * y * (1 - c) + s * z, c + z * z * (1 - c) - s * x * y];
    },
    [many(3, -1, 1)],
  ],
  [
    "a loop with a controller",
    (p, i, d) => {
      const pid = new Controller({ p, i, d }, 2);
      let [position, speed, cost] = [0, 0, 0];
      for (let k = 0; k < 15; k++) {
        const force = pid.update(1 - position, 0.1);
        speed += (force - speed) * 0.1;
        position += speed * 0.1;
        cost += (1 - position) ** 2;
      }
      return cost;
    },
    [between(1, 5), between(0, 1), between(0, 0.5)],
  ],
  [
    "kalman filter",
    (q, r) => {
      let [x, P] = [0, 1];
      let ll = 0;
      for (const z of [0.39, 0.5, 0.48, 0.29, 0.25, 0.32, 0.34]) {
        P += q;
        const S = P + r,
          K = P / S,
          innovation = z - x;
        ll -= (Math.log(2 * Math.PI * S) + innovation ** 2 / S) / 2;
        x += K * innovation;
        P *= 1 - K;
      }
      return ll;
    },
    [between(0.001, 0.1), between(0.01, 0.5)],
  ],
  [
    "camera reprojection",
    ({ f, k1, k2, c }, p) => {
      const x = p[0] / p[2],
        y = p[1] / p[2],
        r2 = x * x + y * y,
        distortion = 1 + r2 * (k1 + r2 * k2);
      return [f * distortion * x + c[0], f * distortion * y + c[1]];
    },
    [
      { f: between(400, 600), k1: between(-0.2, 0.2), k2: between(-0.1, 0.1), c: many(2, 200, 300) },
      [between(-1, 1), between(-1, 1), between(2, 4)],
    ],
  ],
  [
    "minimum jerk with limits",
    function (t, T) {
      if (t <= 0) return 0;
      if (t >= T) return 1;
      var s = t / T;
      return s * s * s * (10 + s * (-15 + 6 * s));
    },
    [between(-1, 4), between(2, 3)],
    [
      [-1, 2],
      [5, 2],
    ],
  ],
  [
    "distance to a segment",
    (p, a, b) => {
      const ab = { x: b.x - a.x, y: b.y - a.y };
      const t = Math.max(0, Math.min(1, ((p.x - a.x) * ab.x + (p.y - a.y) * ab.y) / (ab.x ** 2 + ab.y ** 2)));
      return Math.hypot(p.x - a.x - t * ab.x, p.y - a.y - t * ab.y);
    },
    [
      { x: between(-2, 2), y: between(1, 2) },
      { x: between(-1, 0), y: between(-1, 0) },
      { x: between(1, 2), y: between(-1, 0.5) },
    ],
  ],
  [
    "potential field",
    (x, y) => {
      let u = 0.5 * ((x - 4) ** 2 + (y - 4) ** 2);
      for (const [ox, oy, radius] of [
        [2, 2, 1],
        [3, 1, 0.5],
      ]) {
        const d = Math.hypot(x - ox, y - oy) - radius;
        if (d > 1) continue;
        u += d <= 0 ? 10 : 0.5 * (1 / d - 1) ** 2;
      }
      return u;
    },
    [between(0, 4), between(0, 4)],
  ],
  [
    "ackermann steps",
    ([x, y, heading], steer) => {
      for (const u of steer) {
        heading += (Math.tan(u) / 2.5) * 0.5;
        x += 0.5 * Math.cos(heading);
        y += 0.5 * Math.sin(heading);
      }
      return [x, y, Math.atan2(Math.sin(heading), Math.cos(heading))];
    },
    [many(3, -1, 1), many(4, -0.4, 0.4)],
  ],
  [
    "area of a polygon",
    (points) => {
      var area = 0;
      for (var i = 0, j = points.length - 1; i < points.length; j = i++) area += (points[j].x + points[i].x) * (points[j].y - points[i].y);
      return area / 2;
    },
    [Array.from({ length: 4 }, () => ({ x: between(-1, 1), y: between(-1, 1) }))],
  ],
  [
    "two-link inverse kinematics, reachable or not",
    (x, y) => {
      const [l1, l2] = [1, 0.8];
      const c2 = (x * x + y * y - l1 * l1 - l2 * l2) / (2 * l1 * l2);
      if (c2 < -1 || c2 > 1) {
        throw new Error(`(${x}, ${y}) is out of reach`);
      }
      const t2 = Math.acos(c2);
      return { shoulder: Math.atan2(y, x) - Math.atan2(l2 * Math.sin(t2), l1 + l2 * c2), elbow: t2 };
    },
    [between(0.4, 1.1), between(0.4, 1.1)],
  ],
];
