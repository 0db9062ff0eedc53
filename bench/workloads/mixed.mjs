import { step } from "../forward-step.mjs";
import { add, cos, dual, exp, log, mul, power, shift, sin } from "../object-dual.mjs";

const mixed = (x, y, z) => Math.exp(Math.sin(x) * y) + Math.log(1 + z * z) * Math.cos(x * y) + (1 + y * y) ** 1.5;

function byHand([xs, ys, zs], [value, dx, dy, dz]) {
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i];
    const y = ys[i];
    const z = zs[i];
    const sinX = Math.sin(x);
    const e = Math.exp(sinX * y);
    const q = 1 + z * z;
    const logQ = Math.log(q);
    const product = x * y;
    const cosProduct = Math.cos(product);
    const bent = logQ * Math.sin(product);
    const w = 1 + y * y;
    const rootW = Math.sqrt(w);
    value[i] = e + logQ * cosProduct + w * rootW;
    dx[i] = (e * Math.cos(x) - bent) * y;
    dy[i] = e * sinX - bent * x + 3 * y * rootW;
    dz[i] = ((2 * z) / q) * cosProduct;
  }
}

const dualMixed = (x, y, z) =>
  add(add(exp(mul(sin(x), y)), mul(log(shift(mul(z, z), 1)), cos(mul(x, y)))), power(shift(mul(y, y), 1), 1.5));

function objectDuals([xs, ys, zs], [value, dx, dy, dz]) {
  for (let i = 0; i < xs.length; i++) {
    const first = dualMixed(dual(xs[i], 1), dual(ys[i], 0), dual(zs[i], 0));
    const second = dualMixed(dual(xs[i], 0), dual(ys[i], 1), dual(zs[i], 0));
    const third = dualMixed(dual(xs[i], 0), dual(ys[i], 0), dual(zs[i], 1));
    value[i] = first.val;
    dx[i] = first.der;
    dy[i] = second.der;
    dz[i] = third.der;
  }
}

function forwardDifference([xs, ys, zs], [value, dx, dy, dz]) {
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i];
    const y = ys[i];
    const z = zs[i];
    const hx = step(x);
    const hy = step(y);
    const hz = step(z);
    const at = mixed(x, y, z);
    value[i] = at;
    dx[i] = (mixed(x + hx, y, z) - at) / hx;
    dy[i] = (mixed(x, y + hy, z) - at) / hy;
    dz[i] = (mixed(x, y, z + hz) - at) / hz;
  }
}

export default {
  name: "mixed",
  title: "`exp(sin(x)*y) + log(1+z*z)*cos(x*y) + pow(1+y*y, 1.5)`",
  method: "gradient",
  fn: mixed,
  ranges: Array(3).fill([-2, 2]),
  args: (columns) => columns,
  callOne: (f, [x, y, z]) => f(x, y, z),
  outputs: 4,
  rivals: { byHand, objectDuals, forwardDifference },
  bars: { byHand: 3.5 },
};
