/**
 * JavaScript's operations on 32-bit integers, exact for every double, without a branch: a double's integer part modulo
 * 2^32 is t − 2^32 ⌊t/2^32⌋, which no rounding touches, and with 2^52 added the integer is in the low bits. NaN and
 * infinities are 0. Shifts are products with powers of two.
 */
import { add, mul, sub } from "./ops";

const TWO_TO_32: usize = memory.data<f64>([4294967296, 4294967296], 16);
const TWO_TO_MINUS_32: usize = memory.data<f64>([2.3283064365386963e-10, 2.3283064365386963e-10], 16);
/** 2^52, whose low bits take an integer, and 2^52 + 2^31. */
const INTEGER: usize = memory.data<f64>([4503599627370496.0, 4503599627370496.0], 16);
const INTEGER_SIGNED: usize = memory.data<f64>([4503601774854144.0, 4503601774854144.0], 16);
const WORD: usize = memory.data<u64>([0xffffffff, 0xffffffff], 16);
const SIGN: usize = memory.data<u64>([0x80000000, 0x80000000], 16);
const COUNT: usize = memory.data<u64>([31, 31], 16);
/** The bits of 1: exponents are added to it. */
const ONE: usize = memory.data<f64>([1, 1], 16);
/** 2^52 + 1054, and 32: leading zeros are 1054 less the exponent's field, but 32 at most. */
const LEADING: usize = memory.data<f64>([4503599627371550.0, 4503599627371550.0], 16);
const ALL_ZEROS: usize = memory.data<f64>([32, 32], 16);

// ---- to integers and back

/** An integer modulo 2^32; NaN for infinities and NaN. */
// @ts-ignore: decorator
@inline function wrapped(t: v128): v128 { return sub(t, mul(f64x2.floor(mul(t, v128.load(TWO_TO_MINUS_32))), v128.load(TWO_TO_32))); }

/** ToUint32, as a double. */
// @ts-ignore: decorator
@inline function toUnsigned(x: v128): v128 {
  const r = wrapped(f64x2.trunc(x));
  return v128.and(r, f64x2.eq(r, r));
}

/** ToInt32 in the low 32 bits of each lane. */
// @ts-ignore: decorator
@inline function toBits(x: v128): v128 { return add(toUnsigned(x), v128.load(INTEGER)); }

/** The low 32 bits as a signed integer. */
// @ts-ignore: decorator
@inline function signed(bits: v128): v128 {
  const word = v128.xor(v128.and(bits, v128.load(WORD)), v128.load(SIGN));
  return sub(v128.or(word, v128.load(INTEGER)), v128.load(INTEGER_SIGNED));
}

/** 2 to the shift's count, or to its negative. */
// @ts-ignore: decorator
@inline function power(count: v128): v128 { return i64x2.add(v128.load(ONE), i64x2.shl(v128.and(toBits(count), v128.load(COUNT)), 52)); }
// @ts-ignore: decorator
@inline function inversePower(count: v128): v128 { return i64x2.sub(v128.load(ONE), i64x2.shl(v128.and(toBits(count), v128.load(COUNT)), 52)); }

// ---- lane forms

/** a & b. */
export function bitAnd(a: v128, b: v128): v128 {
  return signed(v128.and(toBits(a), toBits(b)));
}

/** a | b. */
export function bitOr(a: v128, b: v128): v128 {
  return signed(v128.or(toBits(a), toBits(b)));
}

/** a ^ b. */
export function bitXor(a: v128, b: v128): v128 {
  return signed(v128.xor(toBits(a), toBits(b)));
}

/** a << b: the product has 63 bits, of which at most 32 are not 0. */
export function shiftLeft(a: v128, b: v128): v128 {
  return signed(add(wrapped(mul(toUnsigned(a), power(b))), v128.load(INTEGER)));
}

/** a >> b. */
export function shiftRight(a: v128, b: v128): v128 {
  return f64x2.floor(mul(signed(toBits(a)), inversePower(b)));
}

/** a >>> b. */
export function shiftRightUnsigned(a: v128, b: v128): v128 {
  return f64x2.floor(mul(toUnsigned(a), inversePower(b)));
}

/** The low 32 bits of the product of two integers, signed. */
export function imul(a: v128, b: v128): v128 {
  return signed(i32x4.mul(toBits(a), toBits(b)));
}

/** The number of leading zero bits of 32. */
export function clz32(a: v128): v128 {
  const exponent = v128.or(i64x2.shr_u(toUnsigned(a), 52), v128.load(INTEGER));
  return f64x2.pmin(v128.load(ALL_ZEROS), sub(v128.load(LEADING), exponent));
}

// ---- blocks

export function bitAndBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, bitAnd(v128.load(a + i), v128.load(b + i)));
}

export function bitOrBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, bitOr(v128.load(a + i), v128.load(b + i)));
}

export function bitXorBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, bitXor(v128.load(a + i), v128.load(b + i)));
}

export function shiftLeftBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, shiftLeft(v128.load(a + i), v128.load(b + i)));
}

export function shiftRightBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, shiftRight(v128.load(a + i), v128.load(b + i)));
}

export function shiftRightUnsignedBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, shiftRightUnsigned(v128.load(a + i), v128.load(b + i)));
}

export function imulBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, imul(v128.load(a + i), v128.load(b + i)));
}

export function clz32Block(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, clz32(v128.load(a + i)));
}
