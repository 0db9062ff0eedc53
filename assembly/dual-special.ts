/**
 * The laws of dual numbers (./dual) for the special functions, one function a law.
 *
 * Where a derivative has a name of its own it is a kernel (normalPdf′, erfcx⁽ⁿ⁾, sinc⁽ⁿ⁾): the textbook formula cancels, or
 * multiplies what has underflowed. Kernels with an order as their first operand have no slope along it.
 */
import { add, constant, mul, neg, sub } from "./dual-arithmetic";
import { digamma, erfcxDerivative, erfcxSlope, gammaSlope, gauss, logistic, normalPdf, normalPdfSlope, polygamma, sincDerivative, trigamma } from "./special-functions";

const ZERO = f64x2.splat(0);
const ONE = f64x2.splat(1);
const TWO_OVER_SQRT_PI: f64 = 1.1283791670955126;

/** 0 where y is, though the other factor of `product` be infinite. */
// @ts-ignore: decorator
@inline function whereNot0(product: v128, y: v128): v128 { return v128.and(product, f64x2.ne(y, ZERO)); }

/** 0, and NaN where z is: at the poles, outside the domain, the kernel of the slope has a limit. */
// @ts-ignore: decorator
@inline function outside(z: v128): v128 { return v128.and(constant(NaN), f64x2.ne(z, z)); }

// ---- the error functions and the normal distribution

// erf(a + a′ε) = z + 2/√π e^(−a²) a′ε
export function erf_der(a: v128, z: v128, da: v128): v128 {
  return mul(mul(constant(TWO_OVER_SQRT_PI), gauss(a)), da);
}

// erfc(a + a′ε) = z − 2/√π e^(−a²) a′ε
export function erfc_der(a: v128, z: v128, da: v128): v128 {
  return mul(mul(constant(-TWO_OVER_SQRT_PI), gauss(a)), da);
}

// erfcx(a + a′ε) = z + (2a z − 2/√π) a′ε    a kernel: the difference has no digits left at large a
export function erfcx_der(a: v128, z: v128, da: v128): v128 {
  return mul(erfcxSlope(a), da);
}

// z = erfcx′(a):    z′ = erfcx″(a)    a kernel: 2 erfcx a + 2a z cancels, and more so from order to order
export function erfcxSlope_der(a: v128, z: v128, da: v128): v128 {
  return mul(erfcxDerivative(constant(2), a), da);
}

// z = erfcx⁽ᵃ⁾(b):    z′ = erfcx⁽ᵃ⁺¹⁾(b)
export function erfcxDerivative_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return mul(erfcxDerivative(add(a, ONE), b), db);
}

// e^(−(a + a′ε)²) = z − 2a z a′ε
export function gauss_der(a: v128, z: v128, da: v128): v128 {
  return mul(whereNot0(mul(neg(add(a, a)), z), z), da);
}

// φ(a + a′ε) = z − a z a′ε    a kernel, which multiplies before z underflows
export function normalPdf_der(a: v128, z: v128, da: v128): v128 {
  return mul(normalPdfSlope(a), da);
}

// z = φ′(a) = −a φ(a):    z′ = (a² − 1) φ(a)
export function normalPdfSlope_der(a: v128, z: v128, da: v128): v128 {
  const density = normalPdf(a);
  return mul(whereNot0(mul(sub(mul(a, a), ONE), density), density), da);
}

// Φ(a + a′ε) = z + φ(a) a′ε
export function normalCdf_der(a: v128, z: v128, da: v128): v128 {
  return mul(normalPdf(a), da);
}

// ---- the logistic function

// logistic(a + a′ε) = z + z logistic(−a) a′ε    not z (1 − z), which has no digits left at large a
export function logistic_der(a: v128, z: v128, da: v128): v128 {
  return mul(mul(z, logistic(neg(a))), da);
}

// log(1 + e^(a + a′ε)) = z + logistic(a) a′ε
export function softplus_der(a: v128, z: v128, da: v128): v128 {
  return mul(logistic(a), da);
}

// what exp and log1p lack is of no account in slopes
export function expTail_der(a: v128, z: v128, da: v128): v128 {
  return ZERO;
}
export function log1pTail_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return ZERO;
}

// ---- the gamma function

// Γ(a + a′ε) = z + z ψ(a) a′ε    a kernel, as z may have underflowed
export function gamma_der(a: v128, z: v128, da: v128): v128 {
  return mul(gammaSlope(a, z), da);
}

// z = b ψ(a):    z′ = b ψ′(a) a′ + ψ(a) b′
export function gammaSlope_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return add(mul(mul(b, trigamma(a)), da), mul(digamma(a), db));
}

// log|Γ(a + a′ε)| = z + ψ(a) a′ε
export function logGamma_der(a: v128, z: v128, da: v128): v128 {
  return mul(digamma(a), da);
}

// ψ(a + a′ε) = z + ψ′(a) a′ε
export function digamma_der(a: v128, z: v128, da: v128): v128 {
  return mul(add(trigamma(a), outside(z)), da);
}

// ψ′(a + a′ε) = z + ψ″(a) a′ε
export function trigamma_der(a: v128, z: v128, da: v128): v128 {
  return mul(polygamma(constant(2), a), da);
}

// z = ψ⁽ᵃ⁾(b):    z′ = ψ⁽ᵃ⁺¹⁾(b)
export function polygamma_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return mul(add(polygamma(add(a, ONE), b), outside(z)), db);
}

// ---- sinc

// sinc(a + a′ε) = z + sinc′(a) a′ε
export function sinc_der(a: v128, z: v128, da: v128): v128 {
  return mul(sincDerivative(ONE, a), da);
}

// z = sinc⁽ᵃ⁾(b):    z′ = sinc⁽ᵃ⁺¹⁾(b)
export function sincDerivative_der(a: v128, b: v128, z: v128, da: v128, db: v128): v128 {
  return mul(sincDerivative(add(a, ONE), b), db);
}
