// Words for the laws of dual.ts and dual-special.ts: one lane operation each.

// @ts-ignore: decorator
@inline export function constant(value: f64): v128 { return f64x2.splat(value); }
// @ts-ignore: decorator
@inline export function add(a: v128, b: v128): v128 { return f64x2.add(a, b); }
// @ts-ignore: decorator
@inline export function sub(a: v128, b: v128): v128 { return f64x2.sub(a, b); }
// @ts-ignore: decorator
@inline export function mul(a: v128, b: v128): v128 { return f64x2.mul(a, b); }
// @ts-ignore: decorator
@inline export function div(a: v128, b: v128): v128 { return f64x2.div(a, b); }
// @ts-ignore: decorator
@inline export function neg(a: v128): v128 { return f64x2.neg(a); }
// @ts-ignore: decorator
@inline export function abs(a: v128): v128 { return f64x2.abs(a); }
// @ts-ignore: decorator
@inline export function and(a: v128, mask: v128): v128 { return v128.and(a, mask); }
// @ts-ignore: decorator
@inline export function andNot(a: v128, mask: v128): v128 { return v128.andnot(a, mask); }
// @ts-ignore: decorator
@inline export function select(mask: v128, a: v128, b: v128): v128 { return v128.bitselect(a, b, mask); }
// @ts-ignore: decorator
@inline export function less(a: v128, b: v128): v128 { return f64x2.lt(a, b); }
// @ts-ignore: decorator
@inline export function equal(a: v128, b: v128): v128 { return f64x2.eq(a, b); }
// @ts-ignore: decorator
@inline export function unequal(a: v128, b: v128): v128 { return f64x2.ne(a, b); }
