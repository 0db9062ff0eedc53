/**
 * Short names for what the kernels are written in: arithmetic on two f64 lanes.
 *
 * Constants lie in memory, twice each, and are loaded where they are used: v128.const cost up to 29 % on every engine
 * measured, as it is rebuilt at each use.
 *
 * Several kernels carry a number as an unevaluated sum of two doubles, `x` and `xTail`, or (suffix `Neg`) with the
 * tail's sign turned.
 */

const MAGNITUDE: usize = memory.data<u64>([0x7fffffffffffffff, 0x7fffffffffffffff], 16);
const SIGN: usize = memory.data<u64>([0x8000000000000000, 0x8000000000000000], 16);
const HIGH: usize = memory.data<u64>([0xfffffffff8000000, 0xfffffffff8000000], 16);

// @ts-ignore: decorator
@inline export function add(a: v128, b: v128): v128 { return f64x2.add(a, b); }
// @ts-ignore: decorator
@inline export function sub(a: v128, b: v128): v128 { return f64x2.sub(a, b); }
// @ts-ignore: decorator
@inline export function mul(a: v128, b: v128): v128 { return f64x2.mul(a, b); }
// @ts-ignore: decorator
@inline export function div(a: v128, b: v128): v128 { return f64x2.div(a, b); }

/** a·b + c, rounded twice. */
// @ts-ignore: decorator
@inline export function mulAdd(a: v128, b: v128, c: v128): v128 { return f64x2.add(f64x2.mul(a, b), c); }

/** What s = a + b lost, for |a| ≥ |b| (Dekker): a + b = s + sumTail(a, b, s) exactly. */
// @ts-ignore: decorator
@inline export function sumTail(a: v128, b: v128, s: v128): v128 { return add(sub(a, s), b); }

/** Constant number i of a list in memory. */
// @ts-ignore: decorator
@inline export function at(list: usize, i: usize): v128 { return v128.load(list + i * 16); }

/** The first numbers of two pairs. */
// @ts-ignore: decorator
@inline export function first(a: v128, b: v128): v128 { return v128.shuffle<f64>(a, b, 0, 2); }

/** The second numbers of two pairs. */
// @ts-ignore: decorator
@inline export function second(a: v128, b: v128): v128 { return v128.shuffle<f64>(a, b, 1, 3); }

/** The two numbers the other way round. */
// @ts-ignore: decorator
@inline export function swapped(x: v128): v128 { return v128.shuffle<f64>(x, x, 1, 0); }

// @ts-ignore: decorator
@inline export function abs(x: v128): v128 { return v128.and(x, v128.load(MAGNITUDE)); }

// @ts-ignore: decorator
@inline export function signBit(x: v128): v128 { return v128.and(x, v128.load(SIGN)); }

/** The top 26 bits of the significand: products of two such numbers are exact. */
// @ts-ignore: decorator
@inline export function high(x: v128): v128 { return v128.and(x, v128.load(HIGH)); }

/** y where the mask is set, else n. */
// @ts-ignore: decorator
@inline export function where(mask: v128, y: v128, n: v128): v128 { return v128.bitselect(y, n, mask); }

/** Whether both lanes of a mask are set; quicker on V8 than all_true and any_true. */
// @ts-ignore: decorator
@inline export function both(mask: v128): bool { return i64x2.bitmask(mask) == 3; }

/** Whether a mask is set in some lane. */
// @ts-ignore: decorator
@inline export function any(mask: v128): bool { return i64x2.bitmask(mask) != 0; }

/** The tail of a + b = s, whichever is greater (Knuth). */
// @ts-ignore: decorator
@inline export function anySumTail(a: v128, b: v128, s: v128): v128 {
  const back = sub(s, a);
  return add(sub(a, sub(s, back)), sub(b, back));
}

/** a·b − p exactly, for p near a·b and products that are not subnormal (Veltkamp's splitting by bits). */
// @ts-ignore: decorator
@inline export function productTail(a: v128, b: v128, p: v128): v128 {
  const aHigh = high(a), bHigh = high(b);
  return add(add(sub(mul(aHigh, bHigh), p), mul(aHigh, sub(b, bHigh))), mul(sub(a, aHigh), b));
}

/** Twice the bits of 1, less 7 % of a binade. */
const INVERSE: usize = memory.data<u64>([0x7fded916872b020c, 0x7fded916872b020c], 16);

/** 1/x within 7.2 % for normal x > 0, by its bits as a logarithm; 1e308 for 0. Good for the tail of a quotient or a root. */
// @ts-ignore: decorator
@inline export function roughInverse(x: v128): v128 { return i64x2.sub(v128.load(INVERSE), x); }

/** Bits >> 49 (exponent and top three bits of the fraction) of the last double below 2^-4. */
const BEFORE_OCTAVES: usize = memory.data<u64>([8151, 8151], 16);

/**
 * Byte offset of a y ≥ 0 into a table of pairs with eight entries an octave from 2^-4 up, after an entry 0 for all
 * below, up to a last entry for all above and for NaN (whose bits would else lead out of the table).
 */
// @ts-ignore: decorator
@inline export function octaveEntry(y: v128, last: v128): v128 {
  return i64x2.shl(i32x4.min_s(i16x8.sub_sat_u(i64x2.shr_u(y, 49), v128.load(BEFORE_OCTAVES)), last), 4);
}
