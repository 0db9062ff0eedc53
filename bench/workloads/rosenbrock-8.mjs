import { step } from "../forward-step.mjs";
import { add, dual, mul, neg, scale, shift, sub } from "../object-dual.mjs";

function rosenbrock(x) {
  let sum = 0;
  for (let i = 0; i < 7; i++) sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;
  return sum;
}

/** Slopes w_{k−1} − 2 (w_k x_k + u_k) with t_k = x_{k+1} − x_k², u_k = 1 − x_k, w_k = 200 t_k; value Σ ½ w_k t_k + u_k². */
function byHand([c0, c1, c2, c3, c4, c5, c6, c7], [value, g0, g1, g2, g3, g4, g5, g6, g7]) {
  for (let i = 0; i < c0.length; i++) {
    const x0 = c0[i];
    const x1 = c1[i];
    const t0 = x1 - x0 * x0;
    const u0 = 1 - x0;
    const w0 = 200 * t0;
    let a = w0 * t0;
    let b = u0 * u0;
    g0[i] = -2 * (w0 * x0 + u0);

    const x2 = c2[i];
    const t1 = x2 - x1 * x1;
    const u1 = 1 - x1;
    const w1 = 200 * t1;
    a += w1 * t1;
    b += u1 * u1;
    g1[i] = w0 - 2 * (w1 * x1 + u1);

    const x3 = c3[i];
    const t2 = x3 - x2 * x2;
    const u2 = 1 - x2;
    const w2 = 200 * t2;
    a += w2 * t2;
    b += u2 * u2;
    g2[i] = w1 - 2 * (w2 * x2 + u2);

    const x4 = c4[i];
    const t3 = x4 - x3 * x3;
    const u3 = 1 - x3;
    const w3 = 200 * t3;
    a += w3 * t3;
    b += u3 * u3;
    g3[i] = w2 - 2 * (w3 * x3 + u3);

    const x5 = c5[i];
    const t4 = x5 - x4 * x4;
    const u4 = 1 - x4;
    const w4 = 200 * t4;
    a += w4 * t4;
    b += u4 * u4;
    g4[i] = w3 - 2 * (w4 * x4 + u4);

    const x6 = c6[i];
    const t5 = x6 - x5 * x5;
    const u5 = 1 - x5;
    const w5 = 200 * t5;
    a += w5 * t5;
    b += u5 * u5;
    g5[i] = w4 - 2 * (w5 * x5 + u5);

    const x7 = c7[i];
    const t6 = x7 - x6 * x6;
    const u6 = 1 - x6;
    const w6 = 200 * t6;
    a += w6 * t6;
    b += u6 * u6;
    g6[i] = w5 - 2 * (w6 * x6 + u6);

    g7[i] = w6;
    value[i] = 0.5 * a + b;
  }
}

function dualTerm(x, next) {
  const t = sub(next, mul(x, x));
  const u = shift(neg(x), 1);
  return add(scale(100, mul(t, t)), mul(u, u));
}

function dualRosenbrock(x) {
  let sum = dualTerm(x[0], x[1]);
  for (let i = 1; i < 7; i++) sum = add(sum, dualTerm(x[i], x[i + 1]));
  return sum;
}

function objectDuals(columns, [value, ...slopes]) {
  const x = columns.map(() => dual(0.5, 0.5));
  for (let i = 0; i < columns[0].length; i++) {
    for (let k = 0; k < 8; k++) {
      x[k].val = columns[k][i];
      x[k].der = 0;
    }
    for (let k = 0; k < 8; k++) {
      x[k].der = 1;
      const result = dualRosenbrock(x);
      x[k].der = 0;
      value[i] = result.val;
      slopes[k][i] = result.der;
    }
  }
}

function forwardDifference(columns, [value, ...slopes]) {
  const x = columns.map(() => 0.5);
  for (let i = 0; i < columns[0].length; i++) {
    for (let k = 0; k < 8; k++) x[k] = columns[k][i];
    const at = rosenbrock(x);
    value[i] = at;
    for (let k = 0; k < 8; k++) {
      const here = x[k];
      const h = step(here);
      x[k] = here + h;
      slopes[k][i] = (rosenbrock(x) - at) / h;
      x[k] = here;
    }
  }
}

export default {
  name: "rosenbrock-8",
  title: "Rosenbrock in 8 variables",
  method: "gradient",
  fn: rosenbrock,
  options: { shape: [[0, 0, 0, 0, 0, 0, 0, 0]] },
  ranges: Array(8).fill([-2, 2]),
  args: (columns) => [columns],
  callOne: (f, x) => f(x),
  outputs: 9,
  rivals: { byHand, objectDuals, forwardDifference },
  bars: { byHand: 1.8, objectDuals: 80 },
};
