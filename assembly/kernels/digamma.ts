/**
 * ψ = Γ′/Γ and ψ′: tables with eight rows an octave from ½ to 8, asymptotic series above, one step of their recurrences
 * below. Below 0 by reflection at the nearest pole, with b the exact distance to it:
 *
 *     ψ(x) = ψ(1 − x) ∓ π cot πb,   π cot πb = 1/b + ψ(1 − b) − ψ(1 + b)
 *     ψ′(x) = 1/b² + ψ′(1 − b) + ψ′(1 + b) − ψ′(1 − x)
 *
 * from the same tables, in sums of two doubles. Largest errors seen: docs/accuracy.md. Coefficients: scripts/fit-special.py.
 */
import { log } from "../elementary";
import { abs, add, any, anySumTail, both, div, mul, productTail, signBit, sub, sumTail, where } from "./ops";
import { ROW, centre, head, octaveRow, poly8, rest, row0, row1, rowOffset, unpack } from "./rows";
import { longLog, tailOut } from "./stirling";
import { DIGAMMA, DIGAMMA_REST, NARROW, TRIGAMMA, TRIGAMMA_REST } from "./special-tables";

const DIGAMMA_ROWS: usize = memory.data(32 * ROW, 64);
const TRIGAMMA_ROWS: usize = memory.data(32 * ROW, 64);
unpack(DIGAMMA_ROWS, DIGAMMA, 32, NARROW);
unpack(TRIGAMMA_ROWS, TRIGAMMA, 32, NARROW);

const ZERO: usize = memory.data<f64>([0, 0], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
const EIGHT: usize = memory.data<f64>([8, 8], 16);
const BEFORE: usize = memory.data<u64>([8176, 8176], 16); // ½
const LAST: usize = memory.data<u64>([31, 31], 16);

// @ts-ignore: decorator
@inline function inTable(x: v128): v128 { return v128.and(f64x2.ge(x, v128.load(HALF)), f64x2.lt(x, v128.load(EIGHT))); }

/** f(c + r) − a0; ψ has rows with a1 less 1, as it is nearly r beside its zero. */
// @ts-ignore: decorator
@inline function restOf(table: usize, i: usize, j: usize, r: v128): v128 {
  const z = rest(i, j, r);
  return table == DIGAMMA_ROWS ? add(r, z) : z;
}

// @ts-ignore: decorator
@inline function fromTable(table: usize, x: v128): v128 {
  const offset = rowOffset(octaveRow(x, BEFORE, LAST)), i = row0(table, offset), j = row1(table, offset);
  return add(head(i, j), restOf(table, i, j, sub(x, centre(i, j))));
}

let restOut: v128 = i64x2.splat(0);

/** The table's function at a + b, a whole and |b| ≤ ½ or the other way round; the value less the result is in restOut. */
function tableSum(table: usize, a: v128, b: v128): v128 {
  const offset = rowOffset(octaveRow(add(a, b), BEFORE, LAST)), i = row0(table, offset), j = row1(table, offset);
  restOut = restOf(table, i, j, add(sub(a, centre(i, j)), b));
  return head(i, j);
}

// ---- ψ

/** ψ(x) − log x for x ≥ 8, given 1/x. */
// @ts-ignore: decorator
@inline function belowLog(t: v128): v128 { return f64x2.neg(mul(t, add(v128.load(HALF), mul(t, poly8(DIGAMMA_REST, mul(t, t)))))); }

/** 1/x, its tail in restOut. */
// @ts-ignore: decorator
@inline function reciprocal(x: v128): v128 {
  const z = div(v128.load(ONE), x), whole = mul(z, x);
  restOut = mul(z, sub(sub(v128.load(ONE), whole), productTail(z, x, whole)));
  return z;
}

/** From here down to 0 ψ is −1/x, which may overflow. */
const TINY: usize = memory.data<f64>([1e-20, 1e-20], 16);

/** For 0 < x; what no lane needs is left out. */
function digammaPositive(x: v128): v128 {
  const one = v128.load(ONE), small = f64x2.lt(x, v128.load(HALF)), large = f64x2.ge(x, v128.load(EIGHT));
  let z = fromTable(DIGAMMA_ROWS, x);
  if (any(small)) { // ψ(1 + x) − 1/x
    const y = f64x2.pmin(x, v128.load(HALF)), near = tableSum(DIGAMMA_ROWS, one, y), nearRest = restOut, inverse = reciprocal(y), s = sub(near, inverse);
    const whole = sub(s, sub(sub(restOut, nearRest), sumTail(f64x2.neg(inverse), near, s)));
    z = where(small, where(f64x2.lt(x, v128.load(TINY)), f64x2.neg(inverse), whole), z);
  }
  if (any(large)) z = where(large, add(log(x), belowLog(div(one, x))), z);
  return z;
}

/** For x < 0. */
function digammaNegative(x: v128): v128 {
  const one = v128.load(ONE), size = f64x2.neg(x), r = sub(x, f64x2.nearest(x)), b = abs(r), side = signBit(r);
  const y = add(one, size), yTail = anySumTail(one, size, y), large = f64x2.ge(y, v128.load(EIGHT));
  let z = tableSum(DIGAMMA_ROWS, one, size), zRest = restOut;
  if (any(large)) {
    const t = div(one, y);
    z = where(large, longLog(y), z);
    zRest = where(large, add(add(tailOut, belowLog(t)), mul(yTail, t)), zRest);
  }
  const inverse = reciprocal(b), inverseTail = restOut;
  const left = tableSum(DIGAMMA_ROWS, one, f64x2.neg(b)), leftRest = restOut, right = tableSum(DIGAMMA_ROWS, one, b), difference = sub(left, right);
  const differenceRest = add(anySumTail(left, f64x2.neg(right), difference), sub(leftRest, restOut));
  // z − ±(inverse + difference)
  const a = v128.xor(inverse, side), c = v128.xor(difference, side), s = sub(z, a), sum = sub(s, c);
  const tails = add(anySumTail(z, f64x2.neg(a), s), anySumTail(s, f64x2.neg(c), sum));
  return add(sum, add(tails, sub(zRest, v128.xor(add(inverseTail, differenceRest), side))));
}

function digammaRare(x: v128): v128 {
  const zero = v128.load(ZERO), rising = f64x2.le(x, zero);
  const positive = digammaPositive(x);
  if (!any(rising)) return positive;
  const negative = v128.or(digammaNegative(x), v128.and(f64x2.eq(x, f64x2.floor(x)), f64x2.lt(x, zero))); // NaN at poles
  return where(rising, where(f64x2.lt(abs(x), v128.load(TINY)), div(f64x2.splat(-1), x), negative), positive);
}

/** ψ = Γ′/Γ: NaN at negative whole numbers and −Infinity, ∓Infinity at ±0. */
export function digamma(x: v128): v128 {
  return both(inTable(x)) ? fromTable(DIGAMMA_ROWS, x) : digammaRare(x);
}

export function digammaBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, digamma(v128.load(a + i)));
}

// ---- ψ′

/** Squares of all doubles of interest are normal numbers times this one's square; 1/x² of the smaller overflows. */
const UP: usize = memory.data<f64>([2.037035976334486e90, 2.037035976334486e90], 16); // 2^300
const UP_SQUARE: usize = memory.data<f64>([4.149515568880993e180, 4.149515568880993e180], 16);
const SMALLEST: usize = memory.data<f64>([1e-160, 1e-160], 16);

/** 1/x² for 0 ≤ x ≤ ½, its tail in restOut. */
function inverseSquare(x: v128): v128 {
  const y = mul(f64x2.pmax(x, v128.load(SMALLEST)), v128.load(UP)), square = mul(y, y), squareTail = productTail(y, y, square), q = div(v128.load(ONE), square);
  const whole = mul(q, square), excess = add(sub(whole, v128.load(ONE)), add(productTail(q, square, whole), mul(q, squareTail)));
  restOut = f64x2.neg(mul(mul(q, excess), v128.load(UP_SQUARE)));
  return mul(q, v128.load(UP_SQUARE));
}

/** For x ≥ 0; what no lane needs is left out. */
function trigammaPositive(x: v128): v128 {
  const one = v128.load(ONE), small = f64x2.lt(x, v128.load(HALF)), large = f64x2.ge(x, v128.load(EIGHT));
  let z = fromTable(TRIGAMMA_ROWS, x);
  if (any(small)) { // ψ′(1 + x) + 1/x²
    const y = f64x2.pmin(x, v128.load(HALF)), square = inverseSquare(y), squareTail = restOut, near = tableSum(TRIGAMMA_ROWS, one, y);
    z = where(small, add(square, add(near, add(restOut, squareTail))), z);
  }
  if (any(large)) {
    const t = div(one, x), t2 = mul(t, t);
    z = where(large, add(t, mul(t2, add(v128.load(HALF), mul(t, poly8(TRIGAMMA_REST, t2))))), z);
  }
  return z;
}

/** For x ≤ 0. */
function trigammaNegative(x: v128): v128 {
  const one = v128.load(ONE), b = abs(sub(x, f64x2.nearest(x))), square = inverseSquare(b), squareTail = restOut;
  const left = tableSum(TRIGAMMA_ROWS, one, f64x2.neg(b)), leftRest = restOut, right = tableSum(TRIGAMMA_ROWS, one, b), rightRest = restOut;
  const less = trigammaPositive(sub(one, x)), both = add(left, right), bothRest = add(anySumTail(left, right, both), add(leftRest, rightRest));
  const rising = sub(both, less), s = add(square, rising), tails = add(anySumTail(both, f64x2.neg(less), rising), sumTail(square, rising, s));
  return add(s, v128.and(add(add(squareTail, bothRest), tails), f64x2.lt(s, f64x2.splat(Infinity))));
}

function trigammaRare(x: v128): v128 {
  const rising = f64x2.le(x, v128.load(ZERO)), positive = trigammaPositive(abs(x));
  return any(rising) ? where(rising, trigammaNegative(x), positive) : positive;
}

/** ψ′: Infinity at the poles, NaN at −Infinity. */
export function trigamma(x: v128): v128 {
  return both(inTable(x)) ? fromTable(TRIGAMMA_ROWS, x) : trigammaRare(x);
}

export function trigammaBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, trigamma(v128.load(a + i)));
}
