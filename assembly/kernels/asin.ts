/**
 * asin and acos by a table of Taylor series: with c near |x| from 321 entries, spaced as the distance t = 1 − |x| from
 * the singularity asks (32 an octave from 2^-10 to 1),
 *
 *     asin |x| = asin c + r + b r + a2 r² + … + a7 r^7,   r = |x| − c, exactly,   |r| ≤ t/64,
 *     acos |x| = π/2 − that, asin c and π/2 as sums of two; the first of both are multiples of 2^-50, so their difference is exact.
 *
 * Nearer to ±1, with z = t/2 and s = √z: acos |x| = 2 asin s = 2 (s + s z p(z)), the root with its tail. Largest errors
 * seen: asin 0.83, acos 0.65 ulp. Tables and coefficients: scripts/fit.py.
 *
 * The loops find where the rows of the table stand two vectors ahead, so that no arithmetic waits for them.
 */
import { abs, add, at, first, high, mul, mulAdd, roughInverse, second, signBit, sub, sumTail, where } from "./ops";
import { ASIN_POLY, ASIN_TABLE } from "./tables";

const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
const PI: usize = memory.data<f64>([3.141592653589793, 3.141592653589793], 16);
const PI_TAIL: usize = memory.data<f64>([1.2246467991473532e-16, 1.2246467991473532e-16], 16);
const HALF_PI: usize = memory.data<f64>([1.5707963267948966, 1.5707963267948966], 16);
const HALF_PI_TAIL: usize = memory.data<f64>([6.123233995736766e-17, 6.123233995736766e-17], 16);
/** 2^-10: where the table begins. */
const LEAST_T: usize = memory.data<f64>([0.0009765625, 0.0009765625], 16);
/** Half an entry less the bits of 2^-10. */
const TO_ENTRY: usize = memory.data<u64>([0xc0b0400000000000, 0xc0b0400000000000], 16);
/** Entries in use, and bytes from a column of ASIN_TABLE to the next. */
export const ASIN_ROWS: usize = 321;
export const ASIN_COLUMN: usize = ASIN_ROWS * 16;

/** From t = 1 − |x|: the entry from bit 4 on. */
// @ts-ignore: decorator
@inline function entry(y: v128, one: v128 = v128.load(ONE), toEntry: v128 = v128.load(TO_ENTRY)): v128 {
  return i64x2.shr_u(i64x2.add(sub(one, y), toEntry), 43);
}

// @ts-ignore: decorator
@inline function lane0(entry: v128): i32 { return i32x4.extract_lane(entry, 0); }
// @ts-ignore: decorator
@inline function lane1(entry: v128): i32 { return i32x4.extract_lane(entry, 2); }

/** Whether both are entries: near ±1, outside, and for NaN upper bits are set. Quicker by integers, which are needed anyway. */
// @ts-ignore: decorator
@inline function bothIn(p: i32, q: i32): bool { return <u32>(p | q) < 0x2000; }

/** From the lanes of `entry` as integers. */
// @ts-ignore: decorator
@inline function core(x: v128, p: i32, q: i32, cosine: bool): v128 {
  const i = <usize>(p & 0x1ff0), j = <usize>(q & 0x1ff0), y = abs(x);
  const a0 = v128.load(i, ASIN_TABLE), a1 = v128.load(j, ASIN_TABLE);
  const b0 = v128.load(i, ASIN_TABLE + ASIN_COLUMN), b1 = v128.load(j, ASIN_TABLE + ASIN_COLUMN);
  const c0 = v128.load(i, ASIN_TABLE + 2 * ASIN_COLUMN), c1 = v128.load(j, ASIN_TABLE + 2 * ASIN_COLUMN);
  const d0 = v128.load(i, ASIN_TABLE + 3 * ASIN_COLUMN), d1 = v128.load(j, ASIN_TABLE + 3 * ASIN_COLUMN);
  const e0 = v128.load(i, ASIN_TABLE + 4 * ASIN_COLUMN), e1 = v128.load(j, ASIN_TABLE + 4 * ASIN_COLUMN);
  const r = sub(y, first(a0, a1)), r2 = mul(r, r), base = second(a0, a1), sign = v128.xor(x, y);
  const p2 = mulAdd(r, second(c0, c1), first(c0, c1)), p4 = mulAdd(r, second(d0, d1), first(d0, d1)), p6 = mulAdd(r, second(e0, e1), first(e0, e1));
  const low = mulAdd(r, second(b0, b1), first(b0, b1));
  const rest = add(r, add(mulAdd(r2, p2, low), mul(mul(r2, r2), mulAdd(r2, p6, p4))));
  if (!cosine) return v128.or(add(base, rest), sign);
  return add(sub(v128.load(HALF_PI), v128.xor(base, sign)), sub(v128.load(HALF_PI_TAIL), v128.xor(rest, sign)));
}

/** For lane forms and rare cases, where a call is no matter. */
function once(x: v128, entry: v128, cosine: bool): v128 {
  return core(x, lane0(entry), lane1(entry), cosine);
}

/** base + term + rest, base and term as a sum with its tail. */
// @ts-ignore: decorator
@inline function total(base: v128, baseTail: v128, term: v128, rest: v128): v128 {
  const head = add(base, term);
  return add(head, add(sumTail(base, term, head), add(baseTail, rest)));
}

/** The lanes that are in the table by it, the others by the root. */
function rare(x: v128, cosine: bool): v128 {
  const sign = signBit(x), one = v128.load(ONE), y = abs(x), t = sub(one, y), inTable = f64x2.ge(t, v128.load(LEAST_T));
  const z = mul(v128.load(HALF), t), root = f64x2.sqrt(z), rootHigh = high(root); // beyond ±1 the root is NaN
  const left = sub(sub(z, mul(rootHigh, rootHigh)), mul(sub(root, rootHigh), add(root, rootHigh))); // z − root²
  const p = mulAdd(z, mulAdd(z, at(ASIN_POLY, 2), at(ASIN_POLY, 1)), at(ASIN_POLY, 0));
  const term = add(root, root), rest = add(mul(term, mul(z, p)), mul(left, roughInverse(root)));
  const isBack = i64x2.shr_s(x, 63);
  const near = cosine
    ? total(v128.and(isBack, v128.load(PI)), v128.and(isBack, v128.load(PI_TAIL)), v128.xor(term, sign), v128.xor(rest, sign))
    : v128.xor(total(v128.load(HALF_PI), v128.load(HALF_PI_TAIL), f64x2.neg(term), f64x2.neg(rest)), sign);
  return where(inTable, once(x, entry(v128.and(y, inTable)), cosine), near);
}

function asinRare(x: v128): v128 { return rare(x, false); }
function acosRare(x: v128): v128 { return rare(x, true); }

/** The arc sine, from −π/2 to π/2. */
export function asin(x: v128): v128 {
  const k = entry(abs(x));
  return bothIn(lane0(k), lane1(k)) ? once(x, k, false) : asinRare(x);
}

/** The arc cosine, from 0 to π. */
export function acos(x: v128): v128 {
  const k = entry(abs(x));
  return bothIn(lane0(k), lane1(k)) ? once(x, k, true) : acosRare(x);
}

// @ts-ignore: decorator
@inline function overColumn(z: usize, a: usize, bytes: usize, cosine: bool): void {
  const last = bytes - 16, k0 = entry(abs(v128.load(a))), k1 = entry(abs(v128.load(a + min<usize>(16, last))));
  const one = v128.load(ONE), toEntry = v128.load(TO_ENTRY); // two locals gain 4 %, more none
  let p = lane0(k0), q = lane1(k0), nextP = lane0(k1), nextQ = lane1(k1);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i), ahead = entry(abs(v128.load(a + min<usize>(i + 32, last))), one, toEntry);
    if (bothIn(p, q)) v128.store(z + i, core(x, p, q, cosine));
    else v128.store(z + i, cosine ? acosRare(x) : asinRare(x));
    p = nextP;
    q = nextQ;
    nextP = lane0(ahead);
    nextQ = lane1(ahead);
  }
}

export function asinBlock(z: usize, a: usize, bytes: usize): void { overColumn(z, a, bytes, false); }
export function acosBlock(z: usize, a: usize, bytes: usize): void { overColumn(z, a, bytes, true); }
