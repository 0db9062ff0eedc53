// @ts-nocheck The functions are plain JavaScript.
// Special functions and iterations that end by themselves, as they stand in utilities and answers.
import { between, many } from "./range.ts";

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
/** With reflection, as it stands on many pages. */
function gamma(z) {
  if (z < 0.5) return Math.PI / (Math.sin(Math.PI * z) * gamma(1 - z));
  z -= 1;
  let x = lanczos[0];
  for (let i = 1; i < lanczos.length; i++) x += lanczos[i] / (z + i);
  const t = z + lanczos.length - 1.5;
  return Math.sqrt(2 * Math.PI) * Math.pow(t, z + 0.5) * Math.exp(-t) * x;
}

/** Odd by calling itself. */
const asinh = (x) => (x < 0 ? -asinh(-x) : Math.log(x + Math.sqrt(x * x + 1)));

const digamma = (x) => {
  let result = 0;
  for (; x < 7; ++x) result -= 1 / x;
  x -= 1 / 2;
  const xx = 1 / x,
    xx2 = xx * xx,
    xx4 = xx2 * xx2;
  return result + Math.log(x) + (1 / 24) * xx2 - (7 / 960) * xx4 + (31 / 8064) * xx4 * xx2 - (127 / 30720) * xx4 * xx4;
};

/** Lambert's function by Halley's method. */
function lambertW(x) {
  let w = x < 1 ? x : Math.log(x);
  for (;;) {
    const e = Math.exp(w),
      f = w * e - x,
      step = f / (e * (w + 1) - ((w + 2) * f) / (2 * w + 2));
    w -= step;
    if (Math.abs(step) <= 1e-15 * (1 + Math.abs(w))) return w;
  }
}

/** The incomplete gamma function, by its series or its continued fraction. */
const gammaP = (a, x) => {
  const front = Math.exp(-x + a * Math.log(x)) / gamma(a);
  if (x < a + 1) {
    let term = 1 / a,
      sum = term;
    for (let n = a + 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= x / n;
      sum += term;
    }
    return sum * front;
  }
  let b = x + 1 - a,
    c = 1e300,
    d = 1 / b,
    h = d;
  for (let i = 1; i < 200; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const del = d * c;
    h *= del;
    if (Math.abs(del - 1) < 1e-16) break;
  }
  return 1 - front * h;
};

/** Carlson's integral, by duplication. */
function carlsonRF(x, y, z) {
  var mu, dx, dy, dz;
  do {
    var lambda = Math.sqrt(x * y) + Math.sqrt(y * z) + Math.sqrt(z * x);
    x = (x + lambda) / 4;
    y = (y + lambda) / 4;
    z = (z + lambda) / 4;
    mu = (x + y + z) / 3;
    dx = 1 - x / mu;
    dy = 1 - y / mu;
    dz = 1 - z / mu;
  } while (Math.max(Math.abs(dx), Math.abs(dy), Math.abs(dz)) > 1e-3);
  var e2 = dx * dy - dz * dz,
    e3 = dx * dy * dz;
  return (1 - e2 / 10 + e3 / 14 + (e2 * e2) / 24 - (3 * e2 * e3) / 44) / Math.sqrt(mu);
}

/** The quantile of the normal distribution by Acklam's fractions. */
function quantile(p) {
  var a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239],
    b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572],
    c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783],
    d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416],
    q,
    r;
  if (p > 0.97575) return -quantile(1 - p);
  if (p < 0.02425)
    return (
      (q = Math.sqrt(-2 * Math.log(p))),
      (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) / ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1)
    );
  q = p - 0.5;
  r = q * q;
  return (
    ((((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q) /
    (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1)
  );
}

/** Brent's idea in short: bisection, or the secant where that stays between. */
const findRoot = (f, a, b) => {
  let [fa, fb] = [f(a), f(b)];
  for (let i = 0; i < 60; i++) {
    if (fb === 0 || Math.abs(b - a) < 1e-15 * Math.abs(b)) break;
    let next = b - (fb * (b - a)) / (fb - fa);
    const mid = (a + b) / 2;
    if (!((next - mid) * (next - b) < 0)) next = mid;
    const fn = f(next);
    if (fn * fb < 0) [a, fa] = [b, fb];
    else fa = fa / 2;
    [b, fb] = [next, fn];
  }
  return b;
};

export default [
  [
    "heron's root",
    (a) => {
      let x = a;
      while (Math.abs(x * x - a) > 1e-12) x = (x + a / x) / 2;
      return x;
    },
    [between(1, 9)],
  ],
  [
    "series to a tolerance",
    (x) => {
      let [sum, term, k] = [0, 1, 0];
      do {
        sum += term;
        term *= x / ++k;
      } while (Math.abs(term) > 1e-16);
      return sum;
    },
    [between(-1, 1)],
  ],
  ["lanczos gamma with reflection", gamma, [between(-1.9, 6)], [[0.5], [1], [20]]],
  ["asinh that calls itself", asinh, [between(-3, 3)], [[0]]],
  ["digamma by recurrence on data", digamma, [between(0.3, 9)], [[7]]],
  ["lambert's function by halley", lambertW, [between(-0.3, 20)], [[1]]],
  ["incomplete gamma, series or fraction", gammaP, [between(0.6, 5), between(0.2, 8)]],
  ["carlson's elliptic integral", carlsonRF, many(3, 0.2, 3)],
  ["normal quantile", quantile, [between(0.001, 0.999)], [[0.5]]],
  ["root of a closure", (k) => findRoot((x) => x * Math.exp(x) - k, 0, 4), [between(1, 20)]],
  [
    "zeta by borwein's sum",
    (s) => {
      const n = 20;
      const d = [];
      for (let k = 0, term = 1 / n, sum = 0; k <= n; k++) {
        sum += term;
        d.push(n * sum);
        term *= (4 * (n + k) * (n - k)) / ((2 * k + 1) * (2 * k + 2));
      }
      let sum = 0;
      for (let k = 0; k < n; k++) sum += ((k & 1 ? -1 : 1) * (d[k] - d[n])) / (k + 1) ** s;
      return -sum / (d[n] * (1 - 2 ** (1 - s)));
    },
    [between(1.2, 6)],
  ],
  [
    "spherical harmonics of degree two",
    (theta, phi) => {
      const [x, y, z] = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
      const k = Math.sqrt(15 / Math.PI) / 2;
      return [k * x * y, k * y * z, (Math.sqrt(5 / Math.PI) / 4) * (3 * z ** 2 - 1), k * x * z, (k / 2) * (x ** 2 - y ** 2)];
    },
    [between(0, 3.1), between(-3, 3)],
  ],
  [
    "legendre by recurrence",
    (x) => {
      const legendre = (n) => (n < 2 ? [1, x][n] : ((2 * n - 1) * x * legendre(n - 1) - (n - 1) * legendre(n - 2)) / n);
      return legendre(6);
    },
    [between(-1, 1)],
    [[1], [-1], [0]],
  ],
  [
    "adaptive series of the cosine integral",
    (x) => {
      let [sum, term, n] = [0.5772156649015329 + Math.log(x), 1, 0];
      while (Math.abs(term) > 1e-17) {
        n += 2;
        term *= (-x * x) / (n * (n - 1));
        sum += term / n;
      }
      return sum;
    },
    [between(0.2, 4)],
  ],
  [
    "collatz-like turns, smooth",
    (x, limit = 100) => {
      let turns = 0;
      outer: for (let i = 0; i < limit; i++) {
        switch (Math.floor(x) % 3) {
          case 0:
            x = x / 2 + 0.1;
            break;
          case 1:
            x = Math.sqrt(x) + 1;
            break;
          default:
            break outer;
        }
        turns++;
      }
      return x + 0 * turns;
    },
    [between(3, 40)],
  ],
];
