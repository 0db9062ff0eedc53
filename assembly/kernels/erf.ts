/**
 * The error functions by two tables of polynomials: erf up to 6, and e^(y²) erfc y for y in [0, 31) with
 *
 *     erfc y = e^(−y²) · erfcx y,   erfc(−y) = 2 − erfc y,   erfcx(−y) = 2 e^(y²) − erfcx y,   Φ(x) = erfc(−x/√2)/2,
 *
 * where exponent, erfcx and their product are sums of two doubles; above 31 erfcx is its asymptotic series. The slope of
 * erfcx, 2x erfcx x − 2/√π, cancels at positive x and is there the slope of the polynomial. Largest errors seen: erf
 * 0.91, erfc 0.76, erfcx 1.0, normalCdf 0.73, erfcxSlope 1.7 ulp, higher derivatives of erfcx 3 to 5. Coefficients: scripts/fit-special.py.
 */
import { abs, add, at, both, div, first, mul, productTail, signBit, sub, sumTail, where } from "./ops";
import { entry0, entry1, growth, halfExponent, powerOf2, scale, steps, unrounded } from "./exp";
import { reduced } from "./gaussian";
import { ROW, centre, head, octaveRow, rest, row0, row1, rowOffset, slope, unpack, wideRest } from "./rows";
import { ERF, ERFCX, INVERSE_SQRT_PI, NARROW, SQRT_HALF, TWO_OVER_SQRT_PI, WIDE } from "./special-tables";

const ERF_ROWS: usize = memory.data(45 * ROW, 64);
const ERFCX_ROWS: usize = memory.data(40 * ROW, 64);
unpack(ERF_ROWS, ERF, 45, NARROW);
unpack(ERFCX_ROWS, ERFCX, 40, WIDE);

const ONE: usize = memory.data<f64>([1, 1], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const TWO: usize = memory.data<f64>([2, 2], 16);
const ZERO: usize = memory.data<f64>([0, 0], 16);

// ---- erf

const ERF_BEFORE: usize = memory.data<u64>([8159, 8159], 16); // row 0 for all below 2^-3
const ERF_LAST: usize = memory.data<u64>([44, 44], 16);
/** From here on erf rounds to 1. */
const ERF_HIGHEST: usize = memory.data<f64>([5.96875, 5.96875], 16);

/** No branch: |x| is clamped. */
// @ts-ignore: decorator
@inline function erfCore(x: v128): v128 {
  const y = f64x2.pmin(abs(x), v128.load(ERF_HIGHEST)); // in this order pmin keeps a NaN
  const offset = rowOffset(octaveRow(y, ERF_BEFORE, ERF_LAST)), i = row0(ERF_ROWS, offset), j = row1(ERF_ROWS, offset), r = sub(y, centre(i, j));
  return v128.or(add(head(i, j), add(r, rest(i, j, r))), signBit(x));
}

/** The error function. */
export function erf(x: v128): v128 {
  return erfCore(x);
}

export function erfBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, erfCore(v128.load(a + i)));
}

// ---- erfc and the normal distribution

const ERFCX_BEFORE: usize = memory.data<u64>([8184, 8184], 16); // of 1 + y
const ERFCX_LAST: usize = memory.data<u64>([39, 39], 16);
/** Below, every intermediate is a normal number. */
const ORDINARY: usize = memory.data<f64>([26, 26], 16);
const ORDINARY_NORMAL: usize = memory.data<f64>([36.5, 36.5], 16);
/** Beyond, the tail is 0. */
const HIGHEST: usize = memory.data<f64>([28, 28], 16);
const HIGHEST_NORMAL: usize = memory.data<f64>([39, 39], 16);

// @ts-ignore: decorator
@inline function ordinary(x: v128, normal: bool): v128 { return f64x2.lt(abs(x), v128.load(normal ? ORDINARY_NORMAL : ORDINARY)); }

// @ts-ignore: decorator
@inline function erfcxRow(y: v128): v128 { return rowOffset(octaveRow(add(y, v128.load(ONE)), ERFCX_BEFORE, ERFCX_LAST)); }

/** erfc x or, if `normal`, Φ(−x). */
// @ts-ignore: decorator
@inline function tailCore(x: v128, normal: bool, inTwo: bool): v128 {
  const y = abs(x), square = mul(y, y), squareTail = productTail(y, y, square);
  const E = f64x2.neg(normal ? mul(v128.load(HALF), square) : square), ETail = f64x2.neg(normal ? mul(v128.load(HALF), squareTail) : squareTail);
  // e^E = s (1 + p)
  const n = steps(E), k = unrounded(n), e0 = entry0(n), e1 = entry1(n), half = halfExponent(n), power = powerOf2(n, e0, e1);
  const whole = inTwo ? i64x2.sub(power, half) : power, s = normal ? mul(v128.load(HALF), whole) : whole;
  const p = growth(reduced(E, ETail, k), first(e0, e1));
  // erfcx w = q + qTail
  const w = normal ? mul(y, at(SQRT_HALF, 0)) : y;
  const offset = erfcxRow(w), i = row0(ERFCX_ROWS, offset), j = row1(ERFCX_ROWS, offset), from = sub(w, centre(i, j));
  const r = normal ? add(from, add(productTail(y, at(SQRT_HALF, 0), w), mul(y, at(SQRT_HALF, 1)))) : from;
  const q0 = head(i, j), q1 = wideRest(i, j, r), q = add(q0, q1), qTail = sumTail(q0, q1, q);
  // their product, or what it leaves of the whole
  const product = mul(s, q), tail = add(add(productTail(s, q, product), mul(s, qTail)), mul(product, p)), all = v128.load(normal ? ONE : TWO);
  const inFull = inTwo ? mul(product, scale(half)) : product, tailInFull = inTwo ? mul(tail, scale(half)) : tail;
  const left = sub(all, inFull), leftTail = sub(sub(all, left), inFull), z = add(product, tail);
  return where(f64x2.lt(x, v128.load(ZERO)), add(left, sub(leftTail, tailInFull)), inTwo ? mul(z, scale(half)) : z);
}

// @ts-ignore: decorator
@inline function tailRareCore(x: v128, normal: bool): v128 {
  // where the power of two is applied in two steps but nothing leaves the range, no bit changes
  return tailCore(v128.or(f64x2.pmin(abs(x), v128.load(normal ? HIGHEST_NORMAL : HIGHEST)), signBit(x)), normal, true);
}

function erfcRare(x: v128): v128 { return tailRareCore(x, false); }
function normalCdfRare(x: v128): v128 { return tailRareCore(x, true); }

/** 1 − erf x, with all its digits where erf x is near 1. */
export function erfc(x: v128): v128 {
  return both(ordinary(x, false)) ? tailCore(x, false, false) : erfcRare(x);
}

/** The standard normal distribution function Φ. */
export function normalCdf(x: v128): v128 {
  const turned = f64x2.neg(x);
  return both(ordinary(turned, true)) ? tailCore(turned, true, false) : normalCdfRare(turned);
}

export function erfcBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, erfc(v128.load(a + i)));
}

export function normalCdfBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, normalCdf(v128.load(a + i)));
}

// ---- erfcx and its slope

/** From here on the asymptotic series. */
const GREAT: usize = memory.data<f64>([31, 31], 16);
const LOWEST: usize = memory.data<f64>([-28, -28], 16);
const ORDINARY_BELOW: usize = memory.data<f64>([-26, -26], 16);
/** erfcx x = (1 − v/2 + 3v²/4 − …)/(x √π), v = 1/x²; its slope −(1 − 3v/2 + 15v²/4 − …)/(x² √π). */
const SERIES: usize = memory.data<f64>([
  -0.5, -0.5, 0.75, 0.75, -1.875, -1.875, 6.5625, 6.5625, -29.53125, -29.53125, 162.421875, 162.421875,
], 16);
const SLOPE_SERIES: usize = memory.data<f64>([
  -1.5, -1.5, 3.75, 3.75, -13.125, -13.125, 59.0625, 59.0625, -324.84375, -324.84375, 2111.484375, 2111.484375,
], 16);

/** A series without its leading 1. */
// @ts-ignore: decorator
@inline function series(list: usize, v: v128): v128 {
  const high = add(at(list, 3), mul(v, add(at(list, 4), mul(v, at(list, 5)))));
  return mul(v, add(at(list, 0), mul(v, add(at(list, 1), mul(v, add(at(list, 2), mul(v, high)))))));
}

/** 1/√π's relative tail. */
// @ts-ignore: decorator
@inline function constantTail(): v128 { return div(at(INVERSE_SQRT_PI, 1), at(INVERSE_SQRT_PI, 0)); }

/** For x ≥ 31. */
// @ts-ignore: decorator
@inline function asymptotic(x: v128): v128 {
  const v = div(v128.load(ONE), mul(x, x)), w = div(at(INVERSE_SQRT_PI, 0), x);
  return add(w, mul(w, add(series(SERIES, v), constantTail())));
}

// @ts-ignore: decorator
@inline function asymptoticSlope(x: v128): v128 {
  const v = div(v128.load(ONE), mul(x, x)), w = f64x2.neg(div(div(at(INVERSE_SQRT_PI, 0), x), x));
  return add(w, mul(w, add(series(SLOPE_SERIES, v), constantTail())));
}

/** For −28 ≤ x < 31. */
// @ts-ignore: decorator
@inline function erfcxCore(x: v128, isPositive: bool, inTwo: bool): v128 {
  const y = abs(x), offset = erfcxRow(y), i = row0(ERFCX_ROWS, offset), j = row1(ERFCX_ROWS, offset), r = sub(y, centre(i, j));
  const q0 = head(i, j), q1 = wideRest(i, j, r), q = add(q0, q1);
  if (isPositive) return q;
  const square = mul(y, y), squareTail = productTail(y, y, square), n = steps(square), k = unrounded(n), e0 = entry0(n), e1 = entry1(n);
  const half = halfExponent(n), power = powerOf2(n, e0, e1), s = mul(v128.load(TWO), inTwo ? i64x2.sub(power, half) : power);
  const growing = mul(s, growth(reduced(square, squareTail, k), first(e0, e1)));
  const inFull = inTwo ? mul(s, scale(half)) : s, growingInFull = inTwo ? mul(growing, scale(half)) : growing;
  const left = sub(inFull, q), leftTail = sub(sub(inFull, left), q);
  const small = where(f64x2.lt(x, v128.load(ZERO)), add(left, add(growingInFull, sub(leftTail, sumTail(q0, q1, q)))), q);
  return inTwo ? where(f64x2.lt(x, v128.load(ORDINARY_BELOW)), mul(add(s, growing), scale(half)), small) : small; // below, erfcx y is nothing
}

function erfcxRare(x: v128): v128 {
  return where(f64x2.ge(x, v128.load(GREAT)), asymptotic(x), erfcxCore(f64x2.pmin(f64x2.pmax(x, v128.load(LOWEST)), v128.load(GREAT)), false, true));
}

// @ts-ignore: decorator
@inline function inside(x: v128): v128 { return v128.and(f64x2.ge(x, v128.load(ORDINARY_BELOW)), f64x2.lt(x, v128.load(GREAT))); }

/** e^(x²) erfc x. */
export function erfcx(x: v128): v128 {
  if (!both(inside(x))) return erfcxRare(x);
  return both(f64x2.ge(x, v128.load(ZERO))) ? erfcxCore(x, true, false) : erfcxCore(x, false, false);
}

/** Its slope, 2x erfcx x − 2/√π. */
export function erfcxSlope(x: v128): v128 {
  const y = abs(x), offset = erfcxRow(y), i = row0(ERFCX_ROWS, offset), j = row1(ERFCX_ROWS, offset), positive = slope(i, j, sub(y, centre(i, j)));
  if (both(v128.and(f64x2.lt(x, v128.load(GREAT)), f64x2.ge(x, v128.load(ZERO))))) return positive;
  const negative = sub(mul(add(x, x), erfcx(x)), at(TWO_OVER_SQRT_PI, 0));
  return where(f64x2.ge(x, v128.load(GREAT)), asymptoticSlope(x), where(f64x2.lt(x, v128.load(ZERO)), negative, positive));
}

export function erfcxBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, erfcx(v128.load(a + i)));
}

export function erfcxSlopeBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, erfcxSlope(v128.load(a + i)));
}

// ---- higher derivatives: y_(n+1) = 2x y_n + 2n y_(n−1), where both terms have one sign below 0 and cancel above

/** From here on the recurrence is followed downwards. */
const DOWNWARDS: f64 = 0.5;

/**
 * Derivative n ≥ 2, upwards from erfcx x and its slope, or as the slope times ratios r_k = y_k/y_(k−1) = 2k/(r_(k+1) − 2x),
 * all negative, from far above: there r is nearly the root x − √(x² + 2k), and what that lacks is damped.
 */
function derivative(n: f64, x: f64, value: f64, slope: f64): f64 {
  if (n == 1) return slope;
  if (!(n > 1 && n < 1e6 && Math.floor(n) == n)) return NaN;
  if (x >= DOWNWARDS) {
    let k = 4 * n + 12 + Math.ceil(200 / (x * x)), ratio = -2 * k / (x + Math.sqrt(x * x + 2 * k));
    while (--k > 1) {
      ratio = 2 * k / (ratio - 2 * x);
      if (k <= n) slope *= ratio;
    }
    return slope;
  }
  for (let k: f64 = 1; k < n; k++) {
    const next = 2 * (x * slope + k * value);
    value = slope;
    slope = next;
  }
  return slope;
}

/** The derivative of erfcx of a whole order from 1 up. */
export function erfcxDerivative(order: v128, x: v128): v128 {
  const value = erfcx(x), slope = erfcxSlope(x);
  const z0 = derivative(f64x2.extract_lane(order, 0), f64x2.extract_lane(x, 0), f64x2.extract_lane(value, 0), f64x2.extract_lane(slope, 0));
  const z1 = derivative(f64x2.extract_lane(order, 1), f64x2.extract_lane(x, 1), f64x2.extract_lane(value, 1), f64x2.extract_lane(slope, 1));
  return f64x2.replace_lane(f64x2.splat(z0), 1, z1);
}

export function erfcxDerivativeBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, erfcxDerivative(v128.load(a + i), v128.load(b + i)));
}
