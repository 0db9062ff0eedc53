/**
 * Dual numbers
 * ============
 *
 * A dual number is a + a′ε, where ε is not zero and ε² is. a is the value (the primal), a′ the tangent. Every law of
 * arithmetic holds as it does for a polynomial in ε cut off after the first power:
 *
 *   (3 + ε) · (4 + 2ε) = 12 + 6ε + 4ε + 2ε² = 12 + 10ε
 *
 * Put in x + ε and out comes f(x) + f′(x)ε: for f(x) = x² at 5,
 *
 *   (5 + ε)² = 25 + 10ε + ε² = 25 + 10ε        f(5) = 25, f′(5) = 10
 *
 * exactly, with nothing made small and nothing subtracted. More generally f(a + a′ε) = f(a) + f′(a)a′ε, since the
 * Taylor series of f ends there. So for the distance √(x² + y²) at (3, 4), along x alone,
 *
 *   (3 + ε)² = 9 + 6ε      4² = 16      √(25 + 6ε) = 5 + 6ε/(2·5) = 5 + 0.6ε
 *
 * Below is one function a law. `op_der` gives the tangent of the result z = op(a, b) from the operands a and b, from z
 * and from the tangents da and db, on two f64 lanes. It says nothing about z itself: the operation does that.
 *
 * The build reads these functions back as straight-line programs (src/derive/rule.ts), so a rule has no branches and
 * no loops, and it is linear in the tangents: they are added, negated, scaled by what is not a tangent, and masked;
 * never multiplied together. A slope that is always 0 is the constant ZERO, which is structurally zero.
 *
 * Where textbooks lose digits, or leave the range on the way to a result within it, a law is written in another way
 * and says so. Three habits recur:
 *
 *   x + 0       turns −0 into +0, so that 1/(x + 0) is +∞ at both; unlike |x| it has the slope 1 everywhere.
 *   domain(x)   is x, but NaN below zero, where the operation itself is NaN.
 *   masks       come last, after every product, so that a lane which is masked never hears of ∞ or NaN.
 */
import { abs, add, and, andNot, constant, div, equal, less, mul, neg, select, sub, unequal } from "./dual-arithmetic";
import { cos, cosh, exp, hypot, log, pow, powLog, powSlope, sin, sinh } from "./elementary";

const ZERO = f64x2.splat(0);
const HALF = f64x2.splat(0.5);
const ONE = f64x2.splat(1);
/** 2^511: its square is in range, and 2^-511 squared too. */
const HUGE: f64 = 6.703903964971299e153;
/** 2^600, and 2^-600: what HUGE and all above times 2^-600 has a square in range. */
const UP: f64 = 4.149515568880993e180;
const DOWN: f64 = 2.409919865102884e-181;

/** −0 becomes +0. */
// @ts-ignore: decorator
@inline function plusZero(x: v128): v128 { return add(x, ZERO); }
/** x where x > 0, +0 where x is a zero, NaN below. */
// @ts-ignore: decorator
@inline function domain(x: v128): v128 { return add(x, and(constant(NaN), less(x, ZERO))); }

// ---- arithmetic

// (a + a′ε) + (b + b′ε) = (a + b) + (a′ + b′)ε
export function add_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return add(da, db);
}

// (a + a′ε) − (b + b′ε) = (a − b) + (a′ − b′)ε
export function sub_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return sub(da, db);
}

// (a + a′ε)(b + b′ε) = ab + (a′b + ab′)ε
export function mul_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return add(mul(da, b), mul(a, db));
}

// (a + a′ε) / (b + b′ε) = z + (a′ − z b′)/b ε    not (a′b − ab′)/b²: the square leaves the range first
export function div_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return div(sub(da, mul(z, db)), b);
}

// −(a + a′ε) = −a − a′ε
export function neg_der(a: v128, z: v128, da: v128): v128 {
  return neg(da);
}

// a % b = a − q b with a whole number q, so (a + a′ε) % (b + b′ε) = z + (a′ − q b′)ε    NaN where z is
// q is (a − z)/b, which rounding may move off the whole number; the floor also tells second derivatives that q is constant
export function rem_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  const q = f64x2.floor(add(div(sub(a, z), b), HALF));
  const one = add(ONE, and(constant(NaN), unequal(z, z)));
  return sub(mul(one, da), mul(q, db));
}

// ---- roots and powers

// √(a + a′ε) = z + a′/(2z) ε    +∞ at ±0
export function sqrt_der(a: v128, z: v128, da: v128): v128 {
  return div(mul(HALF, da), plusZero(z));
}

// ∛(a + a′ε) = z + z/(3a) a′ε    not 1/(3z²), which doubles the error of z. +∞ at ±0 and 0 at ±∞: there alone z/2 = z
export function cbrt_der(a: v128, z: v128, da: v128): v128 {
  const flat = equal(mul(HALF, z), z);
  return mul(mul(constant(1 / 3), div(select(flat, ONE, z), plusZero(a))), da);
}

// √((a + a′ε)² + (b + b′ε)²) = z + (a a′ + b b′)/z ε    0 at the origin, and where z is infinite; there alone z/2 = z
export function hypot_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  const flat = equal(mul(HALF, z), z);
  return andNot(add(mul(div(a, z), da), mul(div(b, z), db)), flat);
}

// (a + a′ε)^(b + b′ε) = a^b + (b a^(b−1) a′ + a^b log a b′)ε    both slopes are kernels, from the logarithm of pow itself
export function pow_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return add(mul(powSlope(a, b), da), mul(powLog(a, b), db));
}

// z = b a^(b−1):    ∂z/∂a = b · (b − 1) a^(b−2), the same kernel again, and 0 where b = 0;    ∂z/∂b = a^(b−1) (1 + b log a)
export function powSlope_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  const curvature = and(mul(b, powSlope(a, sub(b, ONE))), unequal(b, ZERO));
  return add(mul(curvature, da), mul(powMixed(a, b), db));
}

// z = a^b log a:    ∂z/∂a = a^(b−1) (1 + b log a),    ∂z/∂b = z log a, and 0 where z = 0, though log a be infinite
export function powLog_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  const curvature = and(mul(z, log(a)), unequal(z, ZERO));
  return add(mul(powMixed(a, b), da), mul(curvature, db));
}

/** ∂²(a^b)/∂a∂b = a^(b−1) (1 + b log a), and 0 where the power is 0, though log a be infinite. */
// @ts-ignore: decorator
@inline function powMixed(a: v128, b: v128): v128 {
  const power = pow(a, sub(b, ONE));
  return and(mul(power, add(ONE, mul(b, log(a)))), unequal(power, ZERO));
}

// ---- exponentials and logarithms

// exp(a + a′ε) = z + z a′ε
export function exp_der(a: v128, z: v128, da: v128): v128 {
  return mul(z, da);
}

// expm1(a + a′ε) = z + exp(a) a′ε    not z + 1, which has no digits left at large negative a
export function expm1_der(a: v128, z: v128, da: v128): v128 {
  return mul(exp(a), da);
}

// exp2(a + a′ε) = z + z log 2 a′ε
export function exp2_der(a: v128, z: v128, da: v128): v128 {
  return mul(mul(constant(0.6931471805599453), z), da);
}

// log(a + a′ε) = z + a′/a ε    +∞ at ±0
export function log_der(a: v128, z: v128, da: v128): v128 {
  return div(da, domain(a));
}

// log1p(a + a′ε) = z + a′/(1 + a) ε    +∞ at −1
export function log1p_der(a: v128, z: v128, da: v128): v128 {
  return div(da, domain(add(ONE, a)));
}

// log2(a + a′ε) = z + a′/(a log 2) ε    +∞ at ±0
export function log2_der(a: v128, z: v128, da: v128): v128 {
  return div(mul(constant(1.4426950408889634), da), domain(a));
}

// log10(a + a′ε) = z + a′/(a log 10) ε    +∞ at ±0
export function log10_der(a: v128, z: v128, da: v128): v128 {
  return div(mul(constant(0.4342944819032518), da), domain(a));
}

// sinh(a + a′ε) = z + cosh a a′ε
export function sinh_der(a: v128, z: v128, da: v128): v128 {
  return mul(cosh(a), da);
}

// cosh(a + a′ε) = z + sinh a a′ε
export function cosh_der(a: v128, z: v128, da: v128): v128 {
  return mul(sinh(a), da);
}

// tanh(a + a′ε) = z + sech²a a′ε    with e = exp(−2|a|): sech²a = 4e/(1 + e)² = 4e/(1 + e(2 + e)), which doubles no rounding;
// 1 − z² has no digits left at large |a|. |a| is written with slope −1 or 1 at 0, not as abs with slope 0: sech² is even and
// smooth, and so its derivatives of any order come out right
export function tanh_der(a: v128, z: v128, da: v128): v128 {
  const twice = add(a, a);
  const e = exp(select(less(a, ZERO), twice, neg(twice)));
  return mul(div(mul(constant(4), e), add(ONE, mul(e, add(constant(2), e)))), da);
}

// asinh(a + a′ε) = z + a′/√(1 + a²) ε
export function asinh_der(a: v128, z: v128, da: v128): v128 {
  return div(da, hypot(a, ONE));
}

// acosh(a + a′ε) = z + a′/√((a − 1)(a + 1)) ε = z + s/√((a − 1)s (a + 1)s) a′ε    with s a power of two that keeps the product
// in range. +∞ at 1, NaN below
export function acosh_der(a: v128, z: v128, da: v128): v128 {
  const s = select(less(constant(HUGE), a), constant(DOWN), ONE);
  const root = f64x2.sqrt(mul(mul(domain(sub(a, ONE)), s), mul(add(a, ONE), s)));
  return mul(div(s, root), da);
}

// atanh(a + a′ε) = z + a′/((1 − a)(1 + a)) ε    not 1 − a², which has no digits left near ±1. +∞ at ±1, NaN outside
export function atanh_der(a: v128, z: v128, da: v128): v128 {
  return div(da, domain(mul(sub(ONE, a), add(ONE, a))));
}

// ---- angles

// sin(a + a′ε) = z + cos a a′ε
export function sin_der(a: v128, z: v128, da: v128): v128 {
  return mul(cos(a), da);
}

// cos(a + a′ε) = z − sin a a′ε
export function cos_der(a: v128, z: v128, da: v128): v128 {
  return neg(mul(sin(a), da));
}

// tan(a + a′ε) = z + (1 + z²) a′ε
export function tan_der(a: v128, z: v128, da: v128): v128 {
  return mul(add(ONE, mul(z, z)), da);
}

// asin(a + a′ε) = z + a′/√((1 − a)(1 + a)) ε    not 1 − a², which has no digits left near ±1. +∞ at ±1, NaN outside
export function asin_der(a: v128, z: v128, da: v128): v128 {
  return div(da, f64x2.sqrt(mul(sub(ONE, a), add(ONE, a))));
}

// acos(a + a′ε) = z − a′/√((1 − a)(1 + a)) ε    −∞ at ±1, NaN outside
export function acos_der(a: v128, z: v128, da: v128): v128 {
  return neg(div(da, f64x2.sqrt(mul(sub(ONE, a), add(ONE, a)))));
}

// atan(a + a′ε) = z + a′/(1 + a²) ε = z + s·s/(s² + (as)²) a′ε    with s a power of two that keeps a² in range
export function atan_der(a: v128, z: v128, da: v128): v128 {
  const s = select(less(constant(HUGE), abs(a)), constant(1 / HUGE), ONE);
  const t = mul(a, s);
  return mul(mul(s, div(s, add(mul(s, s), mul(t, t)))), da);
}

// atan2(y + y′ε, x + x′ε) = z + (x y′ − y x′)/(x² + y²) ε    y is a, x is b; with both scaled by a power of two s that keeps the
// squares in range. NaN at the origin, 0 where the distance is infinite
export function atan2_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  const size = add(abs(mul(HALF, a)), abs(mul(HALF, b)));
  const s = select(less(size, constant(1 / HUGE)), constant(UP), select(less(constant(HUGE / 2), size), constant(DOWN), ONE));
  const y = mul(a, s), x = mul(b, s), square = add(mul(x, x), mul(y, y));
  const turn = sub(mul(div(x, square), da), mul(div(y, square), db));
  return andNot(mul(s, turn), equal(size, constant(Infinity)));
}

// ---- kinks and steps

// |a + a′ε| = |a| + sign(a) a′ε    0 at 0: the subgradient of least norm. The sign bit of a NaN is no one's business
export function abs_der(a: v128, z: v128, da: v128): v128 {
  const sign = and(constant(-0.0), less(a, ZERO));
  return and(v128.xor(da, sign), unequal(a, ZERO));
}

// min(a + a′ε, b + b′ε) = z + (a′ or b′)ε, the lesser one's, and half of both at a tie
export function min_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return share(andNot(da, less(b, a)), andNot(db, less(a, b)), a, b);
}

// max(a + a′ε, b + b′ε) = z + (a′ or b′)ε, the greater one's, and half of both at a tie
export function max_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return share(andNot(da, less(a, b)), andNot(db, less(b, a)), a, b);
}

/** The tangents that are not masked away; ½ each at a tie. Beside a NaN nothing is less, and both pass. */
// @ts-ignore: decorator
@inline function share(da: v128, db: v128, a: v128, b: v128): v128 {
  return mul(add(da, db), select(equal(a, b), HALF, ONE));
}

// (m ? a + a′ε : b + b′ε) = z + (m ? a′ : b′)ε
export function select_der(m: v128, a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return select(m, da, db);
}

// floor, ceil, trunc, round, sign are constant between their steps: f(a + a′ε) = z + 0ε
export function floor_der(a: v128, z: v128, da: v128): v128 {
  return ZERO;
}
export function ceil_der(a: v128, z: v128, da: v128): v128 {
  return ZERO;
}
export function trunc_der(a: v128, z: v128, da: v128): v128 {
  return ZERO;
}
export function round_der(a: v128, z: v128, da: v128): v128 {
  return ZERO;
}
export function sign_der(a: v128, z: v128, da: v128): v128 {
  return ZERO;
}

// and so are the operations on integers
export function bitAnd_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return ZERO;
}
export function bitOr_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return ZERO;
}
export function bitXor_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return ZERO;
}
export function shiftLeft_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return ZERO;
}
export function shiftRight_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return ZERO;
}
export function shiftRightUnsigned_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return ZERO;
}
export function imul_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return ZERO;
}
export function clz32_der(a: v128, z: v128, da: v128): v128 {
  return ZERO;
}

// fround only rounds, as every operation does: fround(a + a′ε) = z + a′ε
export function fround_der(a: v128, z: v128, da: v128): v128 {
  return da;
}
