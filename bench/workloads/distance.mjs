import { step } from "../forward-step.mjs";
import { add, dual, mul, sqrt } from "../object-dual.mjs";

const distance = (x, y) => Math.sqrt(x * x + y * y);

function byHand([xs, ys], [value, dx, dy]) {
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i];
    const y = ys[i];
    const d = Math.sqrt(x * x + y * y);
    const reciprocal = 1 / d;
    value[i] = d;
    dx[i] = x * reciprocal;
    dy[i] = y * reciprocal;
  }
}

const dualDistance = (x, y) => sqrt(add(mul(x, x), mul(y, y)));

function objectDuals([xs, ys], [value, dx, dy]) {
  for (let i = 0; i < xs.length; i++) {
    const first = dualDistance(dual(xs[i], 1), dual(ys[i], 0));
    const second = dualDistance(dual(xs[i], 0), dual(ys[i], 1));
    value[i] = first.val;
    dx[i] = first.der;
    dy[i] = second.der;
  }
}

function forwardDifference([xs, ys], [value, dx, dy]) {
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i];
    const y = ys[i];
    const hx = step(x);
    const hy = step(y);
    const d = distance(x, y);
    value[i] = d;
    dx[i] = (distance(x + hx, y) - d) / hx;
    dy[i] = (distance(x, y + hy) - d) / hy;
  }
}

export default {
  name: "distance",
  title: "distance, `sqrt(x*x + y*y)`",
  method: "gradient",
  fn: distance,
  ranges: [
    [-5, 5],
    [-5, 5],
  ],
  args: (columns) => columns,
  callOne: (f, [x, y]) => f(x, y),
  outputs: 3,
  rivals: { byHand, objectDuals, forwardDifference },
  bars: { byHand: 1.05, objectDuals: 2 },
};
