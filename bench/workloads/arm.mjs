import { step } from "../forward-step.mjs";
import { add, cos, dual, mul, neg, scale, shift, sin, sub } from "../object-dual.mjs";
import { byHand } from "./arm-by-hand.mjs";

/** Forward kinematics of a six-joint arm (a Puma 560's Denavit–Hartenberg table): joint angles to the position of its tool. */
function arm(q) {
  // Length and offset along the link in metres, cosine and sine of its twist.
  const links = [
    [0, 0, 0, 1],
    [0.4318, 0, 1, 0],
    [0.0203, 0.15005, 0, -1],
    [0, 0.4318, 0, 1],
    [0, 0, 0, -1],
  ];
  let x = 0.05 * Math.cos(q[5]);
  let y = 0.05 * Math.sin(q[5]);
  let z = 0.1;
  for (let j = 4; j >= 0; j--) {
    const [length, offset, cosTwist, sinTwist] = links[j];
    const sin = Math.sin(q[j]);
    const cos = Math.cos(q[j]);
    const u = x + length;
    const v = y * cosTwist - z * sinTwist;
    z = y * sinTwist + z * cosTwist + offset;
    x = cos * u - sin * v;
    y = sin * u + cos * v;
  }
  return [x, y, z];
}

/** arm with its links folded in, as the rivals below run it: the position goes into `out`. */
function straightArm(q0, q1, q2, q3, q4, q5, out) {
  let x = 0.05 * Math.cos(q5);
  let y = 0.05 * Math.sin(q5);
  let z = 0.1;
  let u = 0;
  let v = 0;

  const s4 = Math.sin(q4);
  const c4 = Math.cos(q4);
  u = x;
  v = z;
  z = -y;
  x = c4 * u - s4 * v;
  y = s4 * u + c4 * v;

  const s3 = Math.sin(q3);
  const c3 = Math.cos(q3);
  u = x;
  v = -z;
  z = y + 0.4318;
  x = c3 * u - s3 * v;
  y = s3 * u + c3 * v;

  const s2 = Math.sin(q2);
  const c2 = Math.cos(q2);
  u = x + 0.0203;
  v = z;
  z = 0.15005 - y;
  x = c2 * u - s2 * v;
  y = s2 * u + c2 * v;

  const s1 = Math.sin(q1);
  const c1 = Math.cos(q1);
  u = x + 0.4318;
  v = y;
  x = c1 * u - s1 * v;
  y = s1 * u + c1 * v;

  const s0 = Math.sin(q0);
  const c0 = Math.cos(q0);
  u = x;
  v = -z;
  z = y;
  x = c0 * u - s0 * v;
  y = s0 * u + c0 * v;

  out[0] = x;
  out[1] = y;
  out[2] = z;
}

function forwardDifference([q0, q1, q2, q3, q4, q5], [px, py, pz, ...slopes]) {
  const q = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
  const at = [0.5, 0.5, 0.5];
  const moved = [0.5, 0.5, 0.5];
  for (let i = 0; i < q0.length; i++) {
    q[0] = q0[i];
    q[1] = q1[i];
    q[2] = q2[i];
    q[3] = q3[i];
    q[4] = q4[i];
    q[5] = q5[i];
    straightArm(q[0], q[1], q[2], q[3], q[4], q[5], at);
    px[i] = at[0];
    py[i] = at[1];
    pz[i] = at[2];
    for (let k = 0; k < 6; k++) {
      const here = q[k];
      const h = step(here);
      q[k] = here + h;
      straightArm(q[0], q[1], q[2], q[3], q[4], q[5], moved);
      q[k] = here;
      slopes[k][i] = (moved[0] - at[0]) / h;
      slopes[6 + k][i] = (moved[1] - at[1]) / h;
      slopes[12 + k][i] = (moved[2] - at[2]) / h;
    }
  }
}

function dualArm(q0, q1, q2, q3, q4, q5) {
  let x = scale(0.05, cos(q5));
  let y = scale(0.05, sin(q5));
  let z = dual(0.1, 0);
  let u = x;
  let v = y;

  const s4 = sin(q4);
  const c4 = cos(q4);
  u = x;
  v = z;
  z = neg(y);
  x = sub(mul(c4, u), mul(s4, v));
  y = add(mul(s4, u), mul(c4, v));

  const s3 = sin(q3);
  const c3 = cos(q3);
  u = x;
  v = neg(z);
  z = shift(y, 0.4318);
  x = sub(mul(c3, u), mul(s3, v));
  y = add(mul(s3, u), mul(c3, v));

  const s2 = sin(q2);
  const c2 = cos(q2);
  u = shift(x, 0.0203);
  v = z;
  z = shift(neg(y), 0.15005);
  x = sub(mul(c2, u), mul(s2, v));
  y = add(mul(s2, u), mul(c2, v));

  const s1 = sin(q1);
  const c1 = cos(q1);
  u = shift(x, 0.4318);
  v = y;
  x = sub(mul(c1, u), mul(s1, v));
  y = add(mul(s1, u), mul(c1, v));

  const s0 = sin(q0);
  const c0 = cos(q0);
  u = x;
  v = neg(z);
  z = y;
  x = sub(mul(c0, u), mul(s0, v));
  y = add(mul(s0, u), mul(c0, v));

  return [x, y, z];
}

function objectDuals(columns, [px, py, pz, ...slopes]) {
  const [q0, q1, q2, q3, q4, q5] = columns.map(() => dual(0.5, 0.5));
  const q = [q0, q1, q2, q3, q4, q5];
  for (let i = 0; i < columns[0].length; i++) {
    for (let k = 0; k < 6; k++) {
      q[k].val = columns[k][i];
      q[k].der = 0;
    }
    for (let k = 0; k < 6; k++) {
      q[k].der = 1;
      const [x, y, z] = dualArm(q0, q1, q2, q3, q4, q5);
      q[k].der = 0;
      px[i] = x.val;
      py[i] = y.val;
      pz[i] = z.val;
      slopes[k][i] = x.der;
      slopes[6 + k][i] = y.der;
      slopes[12 + k][i] = z.der;
    }
  }
}

export default {
  name: "arm",
  title: "six-joint arm, position and 3×6 Jacobian",
  method: "jacobian",
  fn: arm,
  options: { shape: [[0, 0, 0, 0, 0, 0]] },
  ranges: Array(6).fill([-3, 3]),
  args: (columns) => [columns],
  callOne: (f, q) => f(q),
  outputs: 21,
  rivals: { byHand, objectDuals, forwardDifference },
  bars: { byHand: 5 },
};
