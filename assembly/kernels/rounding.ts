/** round, fround, sign and the remainder, exact, as JavaScript's Math.round, Math.fround, Math.sign and %. */
import { abs, add, both, div, high, mul, signBit, sub, where } from "./ops";

const ONE: usize = memory.data<f64>([1, 1], 16);
const HALF: usize = memory.data<f64>([0.5, 0.5], 16);
const ZERO: usize = memory.data<f64>([0, 0], 16);

// ---- round

/** The nearest integer, halves upwards; the sign of a zero is x's. x + ½ could round up, x − ⌊x⌋ is exact. */
// @ts-ignore: decorator
@inline function roundCore(x: v128): v128 {
  const below = f64x2.floor(x), up = f64x2.ge(sub(x, below), v128.load(HALF));
  return v128.or(add(below, v128.and(up, v128.load(ONE))), signBit(x));
}

export function round(x: v128): v128 {
  return roundCore(x);
}

export function roundBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, roundCore(v128.load(a + i)));
}

// ---- fround

/** The nearest float of 32 bits. */
export function fround(x: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(x));
}

export function froundBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, fround(v128.load(a + i)));
}

// ---- sign

// @ts-ignore: decorator
@inline function signCore(x: v128): v128 {
  return where(f64x2.gt(abs(x), v128.load(ZERO)), v128.or(signBit(x), v128.load(ONE)), x); // zeros and NaN are themselves
}

/** −1, −0, 0 or 1. */
export function sign(x: v128): v128 {
  return signCore(x);
}

export function signBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, signCore(v128.load(a + i)));
}

// ---- remainder

/** Quotients below 2^26 have 26 bits, so their products with either half of b are exact. */
const FEW_BITS: usize = memory.data<f64>([67108864, 67108864], 16);
/** Keeps those products inside the range. */
const GREAT: usize = memory.data<f64>([1e300, 1e300], 16);

// @ts-ignore: decorator
@inline function ordinaryRem(sizeA: v128, sizeB: v128, quotient: v128): v128 {
  return v128.and(f64x2.lt(quotient, v128.load(FEW_BITS)), f64x2.lt(f64x2.pmax(sizeA, sizeB), v128.load(GREAT)));
}

/**
 * |a| − q |b| with q = ⌊|a|/|b|⌋, whose rounding may make it one too large. Everything is a multiple of the smaller
 * last place of the two, so the sum with its tail loses nothing.
 */
// @ts-ignore: decorator
@inline function remCore(sizeA: v128, sizeB: v128, quotient: v128): v128 {
  const q = f64x2.floor(quotient), bHigh = high(sizeB), product = mul(q, bHigh);
  const head = sub(sizeA, product), back = sub(head, sizeA), tail = sub(sub(sizeA, sub(head, back)), add(product, back)); // two-sum
  const r = add(sub(head, mul(q, sub(sizeB, bHigh))), tail);
  return add(r, v128.and(f64x2.lt(r, v128.load(ZERO)), sizeB));
}

/** Any |a| and |b|, by long division of the significands, eleven bits a turn. */
function remOf(a: f64, b: f64): f64 {
  if (!(a < Infinity) || !(b > 0)) return NaN;
  if (a < b) return a;
  const exponentA = max<i32>(exponentField(a), 1), exponentB = max<i32>(exponentField(b), 1);
  const divisor = significandOf(b);
  let r = significandOf(a) % divisor;
  for (let left = exponentA - exponentB; left > 0; left -= 11) r = (r << min<i32>(left, 11)) % divisor;
  return <f64>r * (b / <f64>divisor); // the last place of b, exactly
}

function exponentField(x: f64): i32 {
  return <i32>(reinterpret<u64>(x) >> 52);
}

/** The significand as an integer. */
function significandOf(x: f64): u64 {
  const fraction = reinterpret<u64>(x) & 0xfffffffffffff;
  return exponentField(x) ? fraction | 0x10000000000000 : fraction;
}

function remRare(a: v128, b: v128): v128 {
  const sizeA = abs(a), sizeB = abs(b);
  const r0 = remOf(f64x2.extract_lane(sizeA, 0), f64x2.extract_lane(sizeB, 0));
  const r1 = remOf(f64x2.extract_lane(sizeA, 1), f64x2.extract_lane(sizeB, 1));
  return v128.or(f64x2.replace_lane(f64x2.splat(r0), 1, r1), signBit(a));
}

// @ts-ignore: decorator
@inline function remLanes(a: v128, b: v128): v128 {
  const sizeA = abs(a), sizeB = abs(b), quotient = div(sizeA, sizeB);
  return both(ordinaryRem(sizeA, sizeB, quotient)) ? v128.or(remCore(sizeA, sizeB, quotient), signBit(a)) : remRare(a, b);
}

/** a % b, with the sign of a. */
export function rem(a: v128, b: v128): v128 {
  return remLanes(a, b);
}

export function remBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, remLanes(v128.load(a + i), v128.load(b + i)));
}
