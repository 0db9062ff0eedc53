/**
 * JavaScript's operations on 32-bit integers, exact for every double. With 1.5·2^52 added, the low 32 bits of an integer
 * below 2^51 are its own, in two's complement; shifts are products with powers of two. Greater numbers are taken
 * modulo 2^32 first, infinities and NaN to 0.
 */
import { abs, add, both, mul, sub } from "./ops";

const TWO_TO_32: usize = memory.data<f64>([4294967296, 4294967296], 16);
const TWO_TO_MINUS_32: usize = memory.data<f64>([2.3283064365386963e-10, 2.3283064365386963e-10], 16);
/** 2^51 and 1.5·2^52. */
const GREAT: usize = memory.data<f64>([2251799813685248.0, 2251799813685248.0], 16);
const ROUNDER: usize = memory.data<f64>([6755399441055744.0, 6755399441055744.0], 16);
const COUNT: usize = memory.data<u64>([31, 31], 16);
/** The bits of 1: exponents are added to it. */
const ONE: usize = memory.data<f64>([1, 1], 16);
/** The bits of 2^52: or-ed to a small integer they make 2^52 + integer. */
const INTEGER: usize = memory.data<u64>([0x4330000000000000, 0x4330000000000000], 16);
/** 2^52 + 1054, and 32: leading zeros are 1054 less the exponent's field, but 32 at most. */
const LEADING: usize = memory.data<f64>([4503599627371550.0, 4503599627371550.0], 16);
const ALL_ZEROS: usize = memory.data<f64>([32, 32], 16);

// ---- to integers and back

// @ts-ignore: decorator
@inline function ordinary(a: v128, b: v128): bool { return both(f64x2.lt(add(abs(a), abs(b)), v128.load(GREAT))); }

/** An integer from 0 to 2^32 − 1: t − 2^32 ⌊t/2^32⌋, which no rounding touches. */
function wrapped(x: v128): v128 { return remainder(x, v128.load(TWO_TO_32), v128.load(TWO_TO_MINUS_32)); }

// @ts-ignore: decorator
@inline function remainder(x: v128, modulus: v128, inverse: v128): v128 {
  const t = f64x2.trunc(x), r = sub(t, mul(f64x2.floor(mul(t, inverse)), modulus));
  return v128.and(r, f64x2.eq(r, r));
}

/** ToInt32 of an ordinary number in the low 32 bits of each lane. */
// @ts-ignore: decorator
@inline function bits(x: v128): v128 { return add(f64x2.trunc(x), v128.load(ROUNDER)); }

/** The low 32 bits as a number. */
// @ts-ignore: decorator
@inline function signed(bits: v128): v128 { return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(bits, bits, 0, 2, 0, 2)); }
// @ts-ignore: decorator
@inline function unsigned(bits: v128): v128 { return f64x2.convert_low_i32x4_u(v128.shuffle<i32>(bits, bits, 0, 2, 0, 2)); }

/** A shift's count in the scale of exponents. */
// @ts-ignore: decorator
@inline function exponent(count: v128): v128 { return i64x2.shl(v128.and(bits(count), v128.load(COUNT)), 52); }
// @ts-ignore: decorator
@inline function inversePower(count: v128): v128 { return i64x2.sub(v128.load(ONE), exponent(count)); }

// ---- the operations

const AND: i32 = 0;
const OR: i32 = 1;
const XOR: i32 = 2;
const PRODUCT: i32 = 3;
const LEFT: i32 = 4;
const RIGHT: i32 = 5;
const RIGHT_UNSIGNED: i32 = 6;

/** On ordinary numbers. `op` is a literal at every call. */
// @ts-ignore: decorator
@inline function core(op: i32, a: v128, b: v128): v128 {
  const n = bits(a);
  if (op == AND) return signed(v128.and(n, bits(b)));
  if (op == OR) return signed(v128.or(n, bits(b)));
  if (op == XOR) return signed(v128.xor(n, bits(b)));
  if (op == PRODUCT) return signed(i32x4.mul(n, bits(b)));
  if (op == LEFT) return signed(i32x4.mul(n, add(i64x2.add(v128.load(ONE), exponent(b)), v128.load(ROUNDER))));
  if (op == RIGHT) return f64x2.floor(mul(signed(n), inversePower(b)));
  return f64x2.floor(mul(unsigned(n), inversePower(b)));
}

// @ts-ignore: decorator
@inline function lanes(op: i32, a: v128, b: v128): v128 {
  let x = a, y = b;
  if (!ordinary(x, y)) {
    x = wrapped(x);
    y = wrapped(y);
  }
  return core(op, x, y);
}

// @ts-ignore: decorator
@inline function block(op: i32, z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, lanes(op, v128.load(a + i), v128.load(b + i)));
}

/** a & b. */
export function bitAnd(a: v128, b: v128): v128 {
  return lanes(AND, a, b);
}
export function bitAndBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  block(AND, z, a, b, bytes);
}

/** a | b. */
export function bitOr(a: v128, b: v128): v128 {
  return lanes(OR, a, b);
}
export function bitOrBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  block(OR, z, a, b, bytes);
}

/** a ^ b. */
export function bitXor(a: v128, b: v128): v128 {
  return lanes(XOR, a, b);
}
export function bitXorBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  block(XOR, z, a, b, bytes);
}

/** a << b. */
export function shiftLeft(a: v128, b: v128): v128 {
  return lanes(LEFT, a, b);
}
export function shiftLeftBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  block(LEFT, z, a, b, bytes);
}

/** a >> b. */
export function shiftRight(a: v128, b: v128): v128 {
  return lanes(RIGHT, a, b);
}
export function shiftRightBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  block(RIGHT, z, a, b, bytes);
}

/** a >>> b. */
export function shiftRightUnsigned(a: v128, b: v128): v128 {
  return lanes(RIGHT_UNSIGNED, a, b);
}
export function shiftRightUnsignedBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  block(RIGHT_UNSIGNED, z, a, b, bytes);
}

/** The low 32 bits of the product of two integers, signed. */
export function imul(a: v128, b: v128): v128 {
  return lanes(PRODUCT, a, b);
}
export function imulBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  block(PRODUCT, z, a, b, bytes);
}

// @ts-ignore: decorator
@inline function leadingZeros(x: v128, integer: v128, leading: v128): v128 {
  return f64x2.pmin(v128.load(ALL_ZEROS), sub(leading, v128.or(i64x2.shr_u(x, 52), integer)));
}

/** The number of leading zero bits of 32. */
export function clz32(a: v128): v128 {
  return leadingZeros(wrapped(a), v128.load(INTEGER), v128.load(LEADING));
}
export function clz32Block(z: usize, a: usize, bytes: usize): void {
  const modulus = v128.load(TWO_TO_32), inverse = v128.load(TWO_TO_MINUS_32), integer = v128.load(INTEGER), leading = v128.load(LEADING);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(z + i, leadingZeros(remainder(v128.load(a + i), modulus, inverse), integer, leading)); // no branch: quicker here
  }
}
