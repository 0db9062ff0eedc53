/* The functions of `Math`, for exact.c. */

/* ---- values: MPFR's own functions */

UNARY(exp) UNARY(exp2) UNARY(expm1) UNARY(log) UNARY(log2) UNARY(log10) UNARY(log1p)
UNARY(sin) UNARY(cos) UNARY(tan) UNARY(asin) UNARY(acos) UNARY(atan)
UNARY(sinh) UNARY(cosh) UNARY(tanh) UNARY(asinh) UNARY(acosh) UNARY(atanh) UNARY(cbrt) UNARY(sqrt)
BINARY(atan2) BINARY(hypot) BINARY(pow)

/* ---- slopes, each by a formula that loses nothing at this precision */


SLOPE(exp) { (void)b; mpfr_exp(z, a, UP); }
SLOPE(exp2) { (void)b; mpfr_exp2(z, a, UP); mpfr_const_log2(s, UP); mpfr_mul(z, z, s, UP); }
SLOPE(log) { (void)b; mpfr_ui_div(z, 1, a, UP); }
static void log_slope(num z, num a, unsigned base) { mpfr_set_ui(s, base, UP); mpfr_log(s, s, UP); mpfr_mul(z, a, s, UP); INVERSE; }
SLOPE(log2) { (void)b; log_slope(z, a, 2); }
SLOPE(log10) { (void)b; log_slope(z, a, 10); }
SLOPE(log1p) { (void)b; mpfr_add_ui(z, a, 1, UP); INVERSE; }
SLOPE(sin) { (void)b; mpfr_cos(z, a, UP); }
SLOPE(cos) { (void)b; mpfr_sin(z, a, UP); mpfr_neg(z, z, UP); }
SLOPE(tan) { (void)b; mpfr_cos(z, a, UP); mpfr_sqr(z, z, UP); INVERSE; }
/* (1 − a)(1 + a) */
static void below_one(num z, num a) { mpfr_ui_sub(s, 1, a, UP); mpfr_add_ui(t, a, 1, UP); mpfr_mul(z, s, t, UP); }
SLOPE(asin) { (void)b; below_one(z, a); mpfr_rec_sqrt(z, z, UP); }
SLOPE(acos) { (void)b; below_one(z, a); mpfr_rec_sqrt(z, z, UP); mpfr_neg(z, z, UP); }
SLOPE(atan) { (void)b; mpfr_sqr(z, a, UP); mpfr_add_ui(z, z, 1, UP); INVERSE; }
SLOPE(sinh) { (void)b; mpfr_cosh(z, a, UP); }
SLOPE(cosh) { (void)b; mpfr_sinh(z, a, UP); }
SLOPE(tanh) { (void)b; mpfr_sech(z, a, UP); mpfr_sqr(z, z, UP); }
SLOPE(asinh) { (void)b; mpfr_sqr(z, a, UP); mpfr_add_ui(z, z, 1, UP); mpfr_rec_sqrt(z, z, UP); }
SLOPE(acosh) { (void)b; below_one(z, a); mpfr_neg(z, z, UP); mpfr_rec_sqrt(z, z, UP); }
SLOPE(atanh) { (void)b; below_one(z, a); INVERSE; }
SLOPE(cbrt) { (void)b; mpfr_cbrt(z, a, UP); mpfr_sqr(z, z, UP); mpfr_mul_ui(z, z, 3, UP); INVERSE; }
SLOPE(sqrt) { (void)b; mpfr_sqrt(z, a, UP); mpfr_mul_ui(z, z, 2, UP); INVERSE; }
SLOPE(hypot) { mpfr_hypot(z, a, b, UP); mpfr_div(z, a, z, UP); }
static void over_square(num z, num x, num a, num b) { mpfr_sqr(s, a, UP); mpfr_sqr(t, b, UP); mpfr_add(s, s, t, UP); mpfr_div(z, x, s, UP); }
SLOPE(atan2) { over_square(z, b, a, b); }
static void e_atan2(num z, num a, num b) { over_square(z, a, a, b); mpfr_neg(z, z, UP); }
/* b a^(b−1), as b a^b/a: b − 1 may need many bits */
SLOPE(pow) { mpfr_pow(z, a, b, UP); mpfr_div(z, z, a, UP); mpfr_mul(z, z, b, UP); }
static void e_pow(num z, num a, num b) { mpfr_pow(z, a, b, UP); mpfr_log(s, a, UP); mpfr_mul(z, z, s, UP); }

#define ELEMENTARY \
  PAIR(exp, 1), PAIR(exp2, 1), {"expm1", 1, v_expm1}, {"expm1'", 1, d_exp}, PAIR(log, 1), PAIR(log2, 1), PAIR(log10, 1), PAIR(log1p, 1), \
  PAIR(sin, 1), PAIR(cos, 1), PAIR(tan, 1), PAIR(asin, 1), PAIR(acos, 1), PAIR(atan, 1), \
  PAIR(sinh, 1), PAIR(cosh, 1), PAIR(tanh, 1), PAIR(asinh, 1), PAIR(acosh, 1), PAIR(atanh, 1), PAIR(cbrt, 1), PAIR(sqrt, 1), \
  PAIR(hypot, 2), PAIR(atan2, 2), {"atan2''", 2, e_atan2}, PAIR(pow, 2), {"pow''", 2, e_pow}
