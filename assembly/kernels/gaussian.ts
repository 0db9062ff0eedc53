/**
 * e^(−x²), the normal density and its slope: the square is a sum of two doubles, its tail is added to the reduced
 * argument of exp.ts, and constants that are no doubles have tails too. Largest errors seen: gauss 0.7, normalPdf 0.7,
 * normalPdfSlope 1.4 ulp. Coefficients: those of exp.ts; constants: scripts/fit-special.py.
 */
import { abs, add, at, both, first, mul, productTail, signBit, sub } from "./ops";
import { EXP_STEP } from "./tables";
import { entry0, entry1, growth, halfExponent, powerOf2, scale, steps, unrounded } from "./exp";
import { INVERSE_SQRT_2PI } from "./special-tables";

const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
/** Below, every intermediate of e^(−x²), of e^(−x²/2), is a normal number. */
const ORDINARY: usize = memory.data<f64>([26, 26], 16);
const ORDINARY_NORMAL: usize = memory.data<f64>([36.5, 36.5], 16);
/** Beyond, all is 0. */
const HIGHEST: usize = memory.data<f64>([28, 28], 16);
const HIGHEST_NORMAL: usize = memory.data<f64>([39, 39], 16);

/** Which of the three is computed. */
const GAUSS: i32 = 0;
const DENSITY: i32 = 1;
const SLOPE: i32 = 2;

/** E less k ln 2/256, with E's tail. */
// @ts-ignore: decorator
@inline export function reduced(E: v128, tail: v128, k: v128): v128 {
  return add(sub(sub(E, mul(k, at(EXP_STEP, 1))), mul(k, at(EXP_STEP, 2))), tail);
}

// @ts-ignore: decorator
@inline function ordinary(x: v128, kind: i32): v128 { return f64x2.lt(abs(x), v128.load(kind == GAUSS ? ORDINARY : ORDINARY_NORMAL)); }

// @ts-ignore: decorator
@inline function core(x: v128, kind: i32, inTwo: bool): v128 {
  const square = mul(x, x), squareTail = productTail(x, x, square);
  const E = f64x2.neg(kind == GAUSS ? square : mul(v128.load(HALF), square));
  const tail = f64x2.neg(kind == GAUSS ? squareTail : mul(v128.load(HALF), squareTail));
  const n = steps(E), k = unrounded(n), e0 = entry0(n), e1 = entry1(n), half = halfExponent(n);
  const power = powerOf2(n, e0, e1), s = inTwo ? i64x2.sub(power, half) : power;
  const p = growth(reduced(E, tail, k), first(e0, e1));
  let z: v128;
  if (kind == GAUSS) {
    z = add(s, mul(s, p));
  } else {
    const c = at(INVERSE_SQRT_2PI, 0), product = mul(s, c);
    z = add(product, add(add(productTail(s, c, product), mul(s, at(INVERSE_SQRT_2PI, 1))), mul(product, p)));
  }
  if (kind == SLOPE) z = mul(z, f64x2.neg(x));
  return inTwo ? mul(z, scale(half)) : z;
}

// @ts-ignore: decorator
@inline function rareCore(x: v128, kind: i32): v128 {
  // in this order pmin keeps a NaN; where the power of two is applied in two steps but nothing leaves the range, no bit changes
  return core(v128.or(f64x2.pmin(abs(x), v128.load(kind == GAUSS ? HIGHEST : HIGHEST_NORMAL)), signBit(x)), kind, true);
}

function gaussRare(x: v128): v128 { return rareCore(x, GAUSS); }
function normalPdfRare(x: v128): v128 { return rareCore(x, DENSITY); }
function normalPdfSlopeRare(x: v128): v128 { return rareCore(x, SLOPE); }

/** e^(−x²). */
export function gauss(x: v128): v128 {
  return both(ordinary(x, GAUSS)) ? core(x, GAUSS, false) : gaussRare(x);
}

/** The density of the standard normal distribution. */
export function normalPdf(x: v128): v128 {
  return both(ordinary(x, DENSITY)) ? core(x, DENSITY, false) : normalPdfRare(x);
}

/** Its slope, −x times the density. */
export function normalPdfSlope(x: v128): v128 {
  return both(ordinary(x, SLOPE)) ? core(x, SLOPE, false) : normalPdfSlopeRare(x);
}

export function gaussBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, gauss(v128.load(a + i)));
}

export function normalPdfBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, normalPdf(v128.load(a + i)));
}

export function normalPdfSlopeBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, normalPdfSlope(v128.load(a + i)));
}
