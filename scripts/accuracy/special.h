/* The special functions, for exact.c. */

/* ---- polygamma */

#define TERMS 90
static mpfr_t bernoulli[TERMS + 1]; /* bernoulli[j] = B_2j/(2j)! */

static void make_bernoulli(void) {
  /* B_2j/(2j)! = (−1)^(j+1) 2 ζ(2j)/(2π)^2j */
  for (int j = 1; j <= TERMS; j++) {
    mpfr_init2(bernoulli[j], BITS);
    mpfr_zeta_ui(s, 2 * j, UP);
    mpfr_const_pi(t, UP); mpfr_mul_ui(t, t, 2, UP); mpfr_pow_ui(t, t, 2 * j, UP);
    mpfr_mul_si(s, s, j % 2 ? 2 : -2, UP);
    mpfr_div(bernoulli[j], s, t, UP);
  }
}

/* Σ (x + k)^−n, k ≥ 0, x > 0, n ≥ 2, by Euler and Maclaurin from 30 + n: their series is good for e^(−2π·30) */
static void hurwitz(num z, long n, num x) {
  mpfr_t X, term, power; mpfr_inits2(BITS, X, term, power, (mpfr_ptr)0);
  mpfr_set(X, x, UP); mpfr_set_ui(z, 0, UP);
  while (mpfr_cmp_ui(X, 30 + n) < 0) { mpfr_pow_si(term, X, -n, UP); mpfr_add(z, z, term, UP); mpfr_add_ui(X, X, 1, UP); }
  mpfr_pow_si(power, X, -n, UP);
  mpfr_mul(term, power, X, UP); mpfr_div_ui(term, term, n - 1, UP); mpfr_add(z, z, term, UP);
  mpfr_div_ui(term, power, 2, UP); mpfr_add(z, z, term, UP);
  mpfr_mul_ui(power, power, n, UP); mpfr_div(power, power, X, UP);
  mpfr_sqr(X, X, UP);
  for (int j = 1; j <= TERMS; j++) {
    mpfr_mul(term, power, bernoulli[j], UP); mpfr_add(z, z, term, UP);
    if (mpfr_zero_p(term) || mpfr_get_exp(term) < mpfr_get_exp(z) - BITS) break;
    mpfr_mul_ui(power, power, (n + 2 * j - 1) * (n + 2 * j), UP); mpfr_div(power, power, X, UP);
  }
  mpfr_clears(X, term, power, (mpfr_ptr)0);
}

static void polygamma_of(num z, long n, num x) {
  mpfr_t a, b; mpfr_inits2(BITS, a, b, (mpfr_ptr)0);
  if (mpfr_sgn(x) > 0) hurwitz(z, n + 1, x);
  else { /* x = −J − b, 0 < b < 1:  ζ(1 − b) + (−1)^(n+1) (ζ(b) − ζ(1 − x)) */
    mpfr_neg(a, x, UP); mpfr_floor(b, a); mpfr_sub(b, a, b, UP);
    hurwitz(z, n + 1, b);
    mpfr_ui_sub(a, 1, x, UP); hurwitz(w, n + 1, a); mpfr_sub(z, z, w, UP);
    if (n % 2 == 0) mpfr_neg(z, z, UP);
    mpfr_ui_sub(b, 1, b, UP); hurwitz(w, n + 1, b); mpfr_add(z, z, w, UP);
  }
  if (n % 2 == 0) mpfr_neg(z, z, UP);
  mpfr_fac_ui(a, n, UP); mpfr_mul(z, z, a, UP);
  mpfr_clears(a, b, (mpfr_ptr)0);
}

/* ---- the error functions and the normal distribution */

/* 2/√π e^(−x²) */
static void bell(num z, num x) {
  mpfr_sqr(z, x, UP); mpfr_neg(z, z, UP); mpfr_exp(z, z, UP); mpfr_const_pi(s, UP); mpfr_sqrt(s, s, UP); mpfr_div(z, z, s, UP); mpfr_mul_ui(z, z, 2, UP);
}
/* For x > 40:  1/(x√π) Σ (−1)^k (2k−1)!!/(2x²)^k, or for the slope −1/(x²√π) Σ (−1)^k (2k−1)!! (2k+1)/(2x²)^k */
static void erfcx_series(num z, num x, int slope) {
  mpfr_sqr(s, x, UP); mpfr_mul_ui(s, s, 2, UP); mpfr_set_ui(t, 1, UP); mpfr_set_ui(z, 0, UP);
  for (int k = 0; k < 40 && mpfr_get_exp(t) > -BITS; k++) {
    mpfr_mul_ui(u, t, slope ? 2 * k + 1 : 1, UP); mpfr_add(z, z, u, UP);
    mpfr_mul_si(t, t, -(2 * k + 1), UP); mpfr_div(t, t, s, UP);
  }
  mpfr_const_pi(s, UP); mpfr_sqrt(s, s, UP); mpfr_mul(s, s, x, UP); mpfr_div(z, z, s, UP);
  if (slope) { mpfr_div(z, z, x, UP); mpfr_neg(z, z, UP); }
}
UNARY(erf) UNARY(erfc)
SLOPE(erf) { (void)b; bell(z, a); }
SLOPE(erfc) { (void)b; bell(z, a); mpfr_neg(z, z, UP); }
VALUE(erfcx) {
  (void)b;
  if (mpfr_cmp_ui(a, 40) > 0) { erfcx_series(z, a, 0); return; }
  mpfr_sqr(s, a, UP); mpfr_exp(s, s, UP); mpfr_erfc(z, a, UP); mpfr_mul(z, z, s, UP);
}
SLOPE(erfcx) {
  if (mpfr_cmp_ui(a, 40) > 0) { erfcx_series(z, a, 1); return; }
  v_erfcx(z, a, b); mpfr_mul(z, z, a, UP); mpfr_const_pi(s, UP); mpfr_rec_sqrt(s, s, UP); mpfr_sub(z, z, s, UP); mpfr_mul_ui(z, z, 2, UP);
}
VALUE(normalPdf) {
  (void)b;
  mpfr_sqr(z, a, UP); mpfr_div_si(z, z, -2, UP); mpfr_exp(z, z, UP); mpfr_const_pi(s, UP); mpfr_mul_ui(s, s, 2, UP); mpfr_sqrt(s, s, UP); mpfr_div(z, z, s, UP);
}
SLOPE(normalPdf) { v_normalPdf(z, a, b); mpfr_mul(z, z, a, UP); mpfr_neg(z, z, UP); }
VALUE(normalCdf) { (void)b; mpfr_set_ui(s, 2, UP); mpfr_rec_sqrt(s, s, UP); mpfr_mul(s, s, a, UP); mpfr_neg(s, s, UP); mpfr_erfc(z, s, UP); mpfr_div_ui(z, z, 2, UP); }
SLOPE(normalCdf) { v_normalPdf(z, a, b); }

/* ---- the logistic function, softplus, logSumExp and sinc */

VALUE(logistic) { (void)b; mpfr_neg(z, a, UP); mpfr_exp(z, z, UP); mpfr_add_ui(z, z, 1, UP); INVERSE; }
SLOPE(logistic) { (void)b; mpfr_abs(s, a, UP); mpfr_neg(s, s, UP); mpfr_exp(z, s, UP); mpfr_add_ui(s, z, 1, UP); mpfr_sqr(s, s, UP); mpfr_div(z, z, s, UP); }
VALUE(softplus) {
  (void)b;
  mpfr_abs(s, a, UP); mpfr_neg(s, s, UP); mpfr_exp(z, s, UP); mpfr_log1p(z, z, UP);
  if (mpfr_sgn(a) > 0) mpfr_add(z, z, a, UP);
}
SLOPE(softplus) { v_logistic(z, a, b); }
VALUE(logSumExp) { mpfr_sub(s, a, b, UP); mpfr_abs(s, s, UP); mpfr_neg(s, s, UP); mpfr_exp(s, s, UP); mpfr_log1p(s, s, UP); mpfr_max(z, a, b, UP); mpfr_add(z, z, s, UP); }
SLOPE(logSumExp) { mpfr_sub(z, b, a, UP); mpfr_exp(z, z, UP); mpfr_add_ui(z, z, 1, UP); INVERSE; }
static void e_logSumExp(num z, num a, num b) { d_logSumExp(z, b, a); }
VALUE(sinc) { (void)b; mpfr_sin(z, a, UP); mpfr_div(z, z, a, UP); }
SLOPE(sinc) {
  (void)b;
  if (mpfr_get_exp(a) < -50) { mpfr_div_si(z, a, -3, UP); return; }
  mpfr_cos(z, a, UP); mpfr_sin(s, a, UP); mpfr_div(s, s, a, UP); mpfr_sub(z, z, s, UP); mpfr_div(z, z, a, UP);
}

/* ---- the gamma function; polygamma(order, x) */

UNARY(gamma) UNARY(digamma)
SLOPE(gamma) { (void)b; mpfr_gamma(z, a, UP); mpfr_digamma(s, a, UP); mpfr_mul(z, z, s, UP); }
VALUE(logGamma) { int sign; (void)b; mpfr_lgamma(z, &sign, a, UP); }
SLOPE(logGamma) { (void)b; mpfr_digamma(z, a, UP); }
SLOPE(digamma) { (void)b; polygamma_of(z, 1, a); }
VALUE(trigamma) { (void)b; polygamma_of(z, 1, a); }
SLOPE(trigamma) { (void)b; polygamma_of(z, 2, a); }
VALUE(polygamma) { polygamma_of(z, mpfr_get_si(a, UP), b); }
static void e_polygamma(num z, num a, num b) { polygamma_of(z, mpfr_get_si(a, UP) + 1, b); }

#define SPECIAL \
  PAIR(erf, 1), PAIR(erfc, 1), PAIR(erfcx, 1), PAIR(normalPdf, 1), PAIR(normalCdf, 1), PAIR(logistic, 1), PAIR(softplus, 1), PAIR(sinc, 1), \
    PAIR(logSumExp, 2), {"logSumExp''", 2, e_logSumExp}, \
  PAIR(gamma, 1), PAIR(logGamma, 1), PAIR(digamma, 1), PAIR(trigamma, 1), {"polygamma", 2, v_polygamma}, {"polygamma''", 2, e_polygamma}
