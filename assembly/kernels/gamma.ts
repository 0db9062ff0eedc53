/**
 * The gamma function and its logarithm.
 *
 *     Γ(x) = e^E,   E = log Γ(x) as a sum of two doubles (./stirling),   x ≥ 1
 *
 * below 1 by Γ(1 + x)/x, below 0 by reflection. log Γ has a table up to 7.5, below ½ one step of its recurrence. Largest
 * errors seen: docs/accuracy.md. Coefficients: scripts/fit-special.py.
 */
import { log } from "../elementary";
import { abs, add, any, anySumTail, at, both, div, first, mul, mulAdd, productTail, signBit, sub, sumTail, where } from "./ops";
import { digamma } from "./digamma";
import { entry0, entry1, growth, halfExponent, powerOf2, scale, steps, unrounded } from "./exp";
import { reduced } from "./gaussian";
import { ROW, centre, head, octaveRow, poly8, rest, row0, row1, rowOffset, unpack } from "./rows";
import { longLog, stirling, tailOut } from "./stirling";
import { COS_PI, LOG_GAMMA, NARROW, PI_SQUARED_HALF, SIN_PI } from "./special-tables";

const LOG_GAMMA_ROWS: usize = memory.data(32 * ROW, 64);
unpack(LOG_GAMMA_ROWS, LOG_GAMMA, 32, NARROW);

const ZERO: usize = memory.data<f64>([0, 0], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
const QUARTER: usize = memory.data<f64>([0.25, 0.25], 16);
const INFINITY: usize = memory.data<f64>([Infinity, Infinity], 16);
const PI: usize = memory.data<f64>([3.141592653589793, 3.141592653589793], 16);
const PI_TAIL: usize = memory.data<f64>([1.2246467991473532e-16, 1.2246467991473532e-16], 16);

// ---- Γ

/** Between these, and with every intermediate a normal number. */
const GAMMA_LOWEST: usize = memory.data<f64>([1e-290, 1e-290], 16);
const GAMMA_HIGHEST: usize = memory.data<f64>([168, 168], 16);
/** Γ overflows above the one, and Γ and Γ′ are 0 below the other but at poles. */
const OVERFLOWS: usize = memory.data<f64>([172, 172], 16);
const UNDERFLOWS: usize = memory.data<f64>([-192, -192], 16);

// @ts-ignore: decorator
@inline function gammaOrdinary(x: v128): v128 {
  return v128.and(f64x2.gt(x, v128.load(GAMMA_LOWEST)), f64x2.lt(x, v128.load(GAMMA_HIGHEST)));
}

/** e^(E + tail), or that times (numerator + its tail)/(denominator + its tail), the power of two in one or two steps. */
// @ts-ignore: decorator
@inline function power(E: v128, tail: v128, numerator: v128, numeratorTail: v128, denominator: v128, denominatorTail: v128, plain: bool, inTwo: bool): v128 {
  const n = steps(E), k = unrounded(n), e0 = entry0(n), e1 = entry1(n), half = halfExponent(n), whole = powerOf2(n, e0, e1);
  const s = inTwo ? i64x2.sub(whole, half) : whole, p = growth(reduced(E, tail, k), first(e0, e1));
  const rest = mul(s, p), z = add(s, rest);
  if (plain) return z;
  const a = mul(z, numerator), q = div(a, denominator);
  const aTail = add(productTail(z, numerator, a), add(mul(sumTail(s, rest, z), numerator), mul(z, numeratorTail)));
  const excess = sub(add(productTail(q, denominator, a), mul(q, denominatorTail)), aTail), quotient = sub(q, div(excess, denominator));
  return inTwo ? mul(quotient, scale(half)) : quotient;
}

// @ts-ignore: decorator
@inline function gammaCore(x: v128): v128 {
  const one = v128.load(ONE), below = f64x2.lt(x, one), y = add(x, v128.and(one, below)), yTail = v128.and(sumTail(one, x, y), below);
  const E = stirling(y, yTail), tail = tailOut;
  const none = v128.load(ZERO);
  return both(f64x2.ge(x, one)) ? power(E, tail, one, none, one, none, true, false) : power(E, tail, one, none, where(below, x, one), none, false, false);
}

/** The tail of sinPi's result. */
let sineTail: v128 = i64x2.splat(0);

/**
 * sin πx for |x| < 2^52 from the exact distance to the nearest integer, its tail in sineTail: up to ¼ πr + r³ S(r²), above the
 * cosine of the rest to ½, 1 − π²/2 r² + r⁴ C(r²).
 */
function sinPi(x: v128): v128 {
  const n = f64x2.nearest(x), distance = sub(x, n), size = abs(distance), near = f64x2.le(size, v128.load(QUARTER));
  const r = where(near, size, sub(v128.load(HALF), size)), r2 = mul(r, r), one = v128.load(ONE);
  const line = mul(r, v128.load(PI)), lineRest = add(add(productTail(r, v128.load(PI), line), mul(r, v128.load(PI_TAIL))), mul(mul(r, r2), poly8(SIN_PI, r2)));
  const c = at(PI_SQUARED_HALF, 0), bend = mul(c, r2), top = sub(one, bend);
  const bendTail = add(productTail(c, r2, bend), add(mul(c, productTail(r, r, r2)), mul(at(PI_SQUARED_HALF, 1), r2)));
  const topRest = add(sub(sumTail(one, f64x2.neg(bend), top), bendTail), mul(mul(r2, r2), poly8(COS_PI, r2)));
  const a = where(near, line, top), b = where(near, lineRest, topRest), z = add(a, b), turn = v128.xor(signBit(odd(n)), signBit(distance));
  sineTail = v128.xor(sumTail(a, b, z), turn);
  return v128.xor(z, turn);
}

/** Γ(x) times a factor, which may lead back into the range where Γ(x) is 0 or subnormal. */
function gammaTimes(x: v128, factor: v128): v128 {
  const one = v128.load(ONE), zero = v128.load(ZERO), infinity = v128.load(INFINITY);
  const clamped = f64x2.pmin(f64x2.pmax(x, v128.load(UNDERFLOWS)), v128.load(OVERFLOWS));
  // 1 − x below zero, 1 + x up to 1
  const negative = f64x2.lt(x, zero), below = f64x2.lt(x, one), size = where(negative, f64x2.neg(clamped), clamped);
  const y = add(size, v128.and(one, below)), head = where(f64x2.gt(size, one), size, one), other = where(f64x2.gt(size, one), one, size);
  const E = stirling(y, v128.and(sumTail(head, other, y), below)), tail = tailOut;
  const sine = sinPi(clamped), pi = v128.load(PI), numerator = mul(factor, pi);
  const numeratorTail = add(productTail(factor, pi, numerator), mul(factor, v128.load(PI_TAIL)));
  // positive: e^E/x or e^E;  negative: π e^(−E)/sin πx
  const positive = where(below, f64x2.pmax(clamped, v128.load(GAMMA_LOWEST)), one);
  let z = power(
    where(negative, f64x2.neg(E), E), where(negative, f64x2.neg(tail), tail), where(negative, numerator, factor), v128.and(negative, numeratorTail),
    where(negative, sine, positive), v128.and(negative, sineTail), false, true,
  );
  z = where(f64x2.lt(abs(x), v128.load(GAMMA_LOWEST)), div(factor, x), z);
  z = where(f64x2.ge(x, v128.load(OVERFLOWS)), infinity, z);
  const whole = f64x2.eq(x, f64x2.floor(x)), pole = v128.and(negative, whole);
  // far below: 0 with the sign of the interval
  z = where(v128.andnot(f64x2.lt(x, v128.load(UNDERFLOWS)), pole), v128.xor(signBit(odd(f64x2.floor(x))), signBit(factor)), z);
  z = v128.or(z, pole);
  return z;
}

/** A mask of odd whole numbers. */
// @ts-ignore: decorator
@inline function odd(n: v128): v128 {
  const half = mul(n, v128.load(HALF));
  return f64x2.ne(half, f64x2.floor(half));
}

/** The gamma function: NaN at negative whole numbers and −Infinity, ±Infinity at ±0. */
export function gamma(x: v128): v128 {
  return both(gammaOrdinary(x)) ? gammaCore(x) : gammaTimes(x, v128.load(ONE));
}

/** Below, Γ(x) may be subnormal and Γ′(x) not. */
const FEW_DIGITS: usize = memory.data<f64>([-168, -168], 16);

/** Γ′(x) = Γ(x) ψ(x), given z = Γ(x). */
export function gammaSlope(x: v128, z: v128): v128 {
  const psi = digamma(x), product = mul(z, psi), far = f64x2.lt(x, v128.load(FEW_DIGITS));
  return any(far) ? where(far, gammaTimes(x, psi), product) : product;
}

export function gammaBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, gamma(v128.load(a + i)));
}

export function gammaSlopeBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, gammaSlope(v128.load(a + i), v128.load(b + i)));
}

// ---- log |Γ|

const BEFORE: usize = memory.data<u64>([8176, 8176], 16); // ½
const LAST: usize = memory.data<u64>([31, 31], 16);
/** LOG_GAMMA's rows divide octaves of 16y/15. */
const STRETCH: usize = memory.data<f64>([1.0666666666666667, 1.0666666666666667], 16);
const STIRLING_FROM: usize = memory.data<f64>([7.5, 7.5], 16);
/** From here on x (log x − 1). */
const GREAT: usize = memory.data<f64>([1e20, 1e20], 16);

// @ts-ignore: decorator
@inline function logGammaTable(x: v128): v128 {
  const offset = rowOffset(octaveRow(mul(x, v128.load(STRETCH)), BEFORE, LAST)), i = row0(LOG_GAMMA_ROWS, offset), j = row1(LOG_GAMMA_ROWS, offset);
  return add(head(i, j), rest(i, j, sub(x, centre(i, j))));
}

let restOut: v128 = i64x2.splat(0);

/** The table's log Γ(a + b); what the result lacks is in restOut. */
function logGammaSum(a: v128, b: v128): v128 {
  const offset = rowOffset(octaveRow(mul(add(a, b), v128.load(STRETCH)), BEFORE, LAST)), i = row0(LOG_GAMMA_ROWS, offset), j = row1(LOG_GAMMA_ROWS, offset);
  restOut = rest(i, j, add(sub(a, centre(i, j)), b));
  return head(i, j);
}

// @ts-ignore: decorator
@inline function inLogGammaTable(x: v128): v128 { return v128.and(f64x2.ge(x, v128.load(HALF)), f64x2.lt(x, v128.load(STIRLING_FROM))); }

/** For 0 < x; what no lane needs is left out. */
function logGammaPositive(x: v128): v128 {
  const one = v128.load(ONE), small = f64x2.lt(x, v128.load(HALF)), large = f64x2.ge(x, v128.load(STIRLING_FROM));
  let z = logGammaTable(x);
  if (any(small)) { // log Γ(1 + x) − log x
    const near = logGammaSum(one, f64x2.pmin(x, v128.load(HALF)));
    z = where(small, sub(add(near, restOut), log(x)), z);
  }
  if (any(large)) {
    const y = f64x2.pmax(one, f64x2.pmin(x, v128.load(GREAT))), great = f64x2.ge(x, v128.load(GREAT));
    z = where(large, stirling(y, v128.load(ZERO)), z);
    if (any(great)) z = where(great, mul(x, sub(log(x), one)), z);
  }
  return z;
}

/** For x < 0 that are no poles: log (π/|sin πx|) − log Γ(1 − x). */
function logGammaNegative(x: v128): v128 {
  const one = v128.load(ONE), pi = v128.load(PI), size = f64x2.neg(x), y = add(one, size), large = f64x2.ge(y, v128.load(STIRLING_FROM));
  let h = logGammaSum(one, size), hRest = restOut;
  if (any(large)) {
    h = where(large, stirling(y, anySumTail(one, size, y)), h);
    hRest = where(large, tailOut, hRest);
  }
  const sine = sinPi(f64x2.pmax(x, v128.load(LAST_BROKEN))), s = abs(sine), q = div(pi, s), whole = mul(q, s);
  const excess = sub(sub(add(sub(pi, whole), v128.load(PI_TAIL)), productTail(q, s, whole)), mul(q, v128.xor(sineTail, signBit(sine))));
  const L = longLog(q), z = sub(L, h);
  return add(z, add(anySumTail(L, f64x2.neg(h), z), sub(add(tailOut, div(excess, pi)), hRest)));
}

/** Below, all numbers are whole. */
const LAST_BROKEN: usize = memory.data<f64>([-4503599627370496.0, -4503599627370496.0], 16);

function logGammaRare(x: v128): v128 {
  const zero = v128.load(ZERO), size = abs(x), falling = f64x2.le(x, zero);
  if (!any(falling)) return logGammaPositive(x);
  const pole = v128.and(falling, f64x2.eq(x, f64x2.floor(x))), small = f64x2.lt(size, f64x2.splat(1e-20));
  const negative = where(small, f64x2.neg(log(size)), logGammaNegative(x));
  return where(pole, v128.load(INFINITY), where(falling, negative, logGammaPositive(size)));
}

/** log |Γ(x)|: Infinity at the poles and at both infinities. */
export function logGamma(x: v128): v128 {
  return both(inLogGammaTable(x)) ? logGammaTable(x) : logGammaRare(x);
}

export function logGammaBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, logGamma(v128.load(a + i)));
}

