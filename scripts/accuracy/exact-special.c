/*
 * Correctly rounded values of the special functions for scripts/accuracy-special.mjs, by MPFR:
 *
 *     cc -O2 exact-special.c -lmpfr -lgmp -lm -o exact && ./exact erf < points > values
 *
 * In: points, one after the other. Out: for each point two doubles, the value rounded to nearest and the rest of it in ulps.
 * A name may be followed by one ' for the derivative; `polygamma5` is the polygamma function of order 5, `sinc5` derivative
 * 5 of sinc. Exit status 2: no such function. Precision: 400 bits, far beyond what the formulas lose.
 */
#include <math.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BITS 400
#define UP MPFR_RNDN
#define TERMS 90

static mpfr_t s, t, u, w, bernoulli[TERMS + 1]; /* bernoulli[j] = B_2j/(2j)! */
static int order;

static void make_bernoulli(void) {
  /* B_2j/(2j)! = (−1)^(j+1) 2 ζ(2j)/(2π)^2j */
  for (int j = 0; j <= TERMS; j++) {
    mpfr_init2(bernoulli[j], BITS);
    if (j == 0) continue;
    mpfr_zeta_ui(s, 2 * j, UP);
    mpfr_const_pi(t, UP); mpfr_mul_ui(t, t, 2, UP); mpfr_pow_ui(t, t, 2 * j, UP);
    mpfr_mul_si(s, s, j % 2 ? 2 : -2, UP);
    mpfr_div(bernoulli[j], s, t, UP);
  }
}

/* Σ (x + k)^−n, k ≥ 0, x > 0, n ≥ 2, by Euler and Maclaurin */
static void hurwitz(mpfr_t z, long n, mpfr_t x) {
  mpfr_t X, term, power; mpfr_inits2(BITS, X, term, power, (mpfr_ptr)0);
  mpfr_set(X, x, UP); mpfr_set_ui(z, 0, UP);
  while (mpfr_cmp_ui(X, 60 + n) < 0) { mpfr_pow_si(term, X, -n, UP); mpfr_add(z, z, term, UP); mpfr_add_ui(X, X, 1, UP); }
  mpfr_pow_si(power, X, -n, UP);
  mpfr_mul(term, power, X, UP); mpfr_div_ui(term, term, n - 1, UP); mpfr_add(z, z, term, UP);
  mpfr_div_ui(term, power, 2, UP); mpfr_add(z, z, term, UP);
  mpfr_mul_ui(power, power, n, UP); mpfr_div(power, power, X, UP);
  for (int j = 1; j <= TERMS; j++) {
    mpfr_mul(term, power, bernoulli[j], UP); mpfr_add(z, z, term, UP);
    if (mpfr_zero_p(term) || mpfr_get_exp(term) < mpfr_get_exp(z) - BITS) break;
    mpfr_mul_ui(power, power, n + 2 * j - 1, UP); mpfr_mul_ui(power, power, n + 2 * j, UP); mpfr_div(power, power, X, UP); mpfr_div(power, power, X, UP);
  }
  mpfr_clears(X, term, power, (mpfr_ptr)0);
}

static void polygamma_of(mpfr_t z, int n, mpfr_t x) {
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

#define VALUE(f) static void v_##f(mpfr_t z, mpfr_t x)
#define SLOPE(f) static void d_##f(mpfr_t z, mpfr_t x)

/* 2/√π e^(−x²) */
static void bell(mpfr_t z, mpfr_t x) {
  mpfr_sqr(z, x, UP); mpfr_neg(z, z, UP); mpfr_exp(z, z, UP); mpfr_const_pi(s, UP); mpfr_sqrt(s, s, UP); mpfr_div(z, z, s, UP); mpfr_mul_ui(z, z, 2, UP);
}
VALUE(erf) { mpfr_erf(z, x, UP); }
SLOPE(erf) { bell(z, x); }
VALUE(erfc) { mpfr_erfc(z, x, UP); }
SLOPE(erfc) { bell(z, x); mpfr_neg(z, z, UP); }
/* 1/(x√π) Σ (−1)^k (2k−1)!!/(2x²)^k times `factor(k)`: 1, or −(2k + 1)/x for the slope */
static void erfcx_series(mpfr_t z, mpfr_t x, int slope) {
  mpfr_sqr(s, x, UP); mpfr_mul_ui(s, s, 2, UP); mpfr_set_ui(t, 1, UP); mpfr_set_ui(z, 0, UP);
  for (int k = 0; k < 40; k++) {
    mpfr_mul_ui(u, t, slope ? 2 * k + 1 : 1, UP); mpfr_add(z, z, u, UP);
    mpfr_mul_si(t, t, -(2 * k + 1), UP); mpfr_div(t, t, s, UP);
  }
  mpfr_const_pi(s, UP); mpfr_sqrt(s, s, UP); mpfr_mul(s, s, x, UP); mpfr_div(z, z, s, UP);
  if (slope) { mpfr_div(z, z, x, UP); mpfr_neg(z, z, UP); }
}
VALUE(erfcx) {
  if (mpfr_cmp_ui(x, 200) > 0) { erfcx_series(z, x, 0); return; }
  mpfr_sqr(s, x, UP); mpfr_exp(s, s, UP); mpfr_erfc(z, x, UP); mpfr_mul(z, z, s, UP);
}
SLOPE(erfcx) {
  if (mpfr_cmp_ui(x, 200) > 0) { erfcx_series(z, x, 1); return; }
  v_erfcx(z, x); mpfr_mul(z, z, x, UP); mpfr_const_pi(s, UP); mpfr_rec_sqrt(s, s, UP); mpfr_sub(z, z, s, UP); mpfr_mul_ui(z, z, 2, UP);
}
VALUE(normalPdf) {
  mpfr_sqr(z, x, UP); mpfr_div_si(z, z, -2, UP); mpfr_exp(z, z, UP); mpfr_const_pi(s, UP); mpfr_mul_ui(s, s, 2, UP); mpfr_sqrt(s, s, UP); mpfr_div(z, z, s, UP);
}
SLOPE(normalPdf) { v_normalPdf(z, x); mpfr_mul(z, z, x, UP); mpfr_neg(z, z, UP); }
VALUE(normalCdf) { mpfr_set_ui(s, 2, UP); mpfr_rec_sqrt(s, s, UP); mpfr_mul(s, s, x, UP); mpfr_neg(s, s, UP); mpfr_erfc(z, s, UP); mpfr_div_ui(z, z, 2, UP); }
SLOPE(normalCdf) { v_normalPdf(z, x); }
VALUE(logistic) { mpfr_neg(z, x, UP); mpfr_exp(z, z, UP); mpfr_add_ui(z, z, 1, UP); mpfr_ui_div(z, 1, z, UP); }
SLOPE(logistic) { mpfr_abs(z, x, UP); mpfr_neg(z, z, UP); mpfr_exp(z, z, UP); mpfr_add_ui(s, z, 1, UP); mpfr_sqr(s, s, UP); mpfr_div(z, z, s, UP); }
VALUE(softplus) {
  if (mpfr_cmp_ui(x, 0) > 0) { mpfr_neg(z, x, UP); mpfr_exp(z, z, UP); mpfr_log1p(z, z, UP); mpfr_add(z, z, x, UP); }
  else { mpfr_exp(z, x, UP); mpfr_log1p(z, z, UP); }
}
SLOPE(softplus) { v_logistic(z, x); }
VALUE(sinc) { mpfr_sin(z, x, UP); mpfr_div(z, z, x, UP); }
SLOPE(sinc) {
  if (mpfr_get_exp(x) < -150) { mpfr_div_si(z, x, -3, UP); return; }
  mpfr_cos(z, x, UP); mpfr_sin(s, x, UP); mpfr_div(s, s, x, UP); mpfr_sub(z, z, s, UP); mpfr_div(z, z, x, UP);
}
VALUE(gamma) { mpfr_gamma(z, x, UP); }
SLOPE(gamma) { mpfr_gamma(z, x, UP); mpfr_digamma(s, x, UP); mpfr_mul(z, z, s, UP); }
VALUE(logGamma) { int sign; mpfr_lgamma(z, &sign, x, UP); }
SLOPE(logGamma) { mpfr_digamma(z, x, UP); }
VALUE(digamma) { mpfr_digamma(z, x, UP); }
SLOPE(digamma) { polygamma_of(z, 1, x); }
VALUE(trigamma) { polygamma_of(z, 1, x); }
SLOPE(trigamma) { polygamma_of(z, 2, x); }
VALUE(polygamma) { polygamma_of(z, order, x); }
SLOPE(polygamma) { polygamma_of(z, order + 1, x); }

static const struct { const char *name; void (*f)(mpfr_t, mpfr_t); } functions[] = {
#define PAIR(f) {#f, v_##f}, {#f "'", d_##f}
    PAIR(erf), PAIR(erfc), PAIR(erfcx), PAIR(normalPdf), PAIR(normalCdf), PAIR(logistic), PAIR(softplus), PAIR(sinc),
    PAIR(gamma), PAIR(logGamma), PAIR(digamma), PAIR(trigamma), PAIR(polygamma),
};

/* The distance of x to the next double up in size, as a power of two. */
static long ulp_exponent(double x) {
  int e;
  if (x == 0) return -1074;
  frexp(x, &e);
  return e - 53 < -1074 ? -1074 : e - 53;
}

int main(int argc, char **argv) {
  mpfr_t z, x;
  double point, result[2];
  char name[64];
  unsigned i;
  if (argc != 2 || strlen(argv[1]) > 60) return 1;
  size_t length = strcspn(argv[1], "0123456789");
  memcpy(name, argv[1], length);
  strcpy(name + length, argv[1] + length + strspn(argv[1] + length, "0123456789"));
  order = atoi(argv[1] + length);
  for (i = 0; i < sizeof functions / sizeof *functions && strcmp(functions[i].name, name); i++);
  if (i == sizeof functions / sizeof *functions) return 2;
  mpfr_inits2(BITS, z, s, t, u, w, (mpfr_ptr)0);
  mpfr_init2(x, BITS);
  make_bernoulli();
  while (fread(&point, sizeof point, 1, stdin) == 1) {
    mpfr_set_d(x, point, UP);
    functions[i].f(z, x);
    result[0] = mpfr_get_d(z, UP);
    result[1] = 0;
    if (isfinite(result[0])) {
      mpfr_sub_d(z, z, result[0], UP);
      mpfr_mul_2si(z, z, -ulp_exponent(result[0]), UP);
      result[1] = mpfr_get_d(z, UP);
    }
    fwrite(result, sizeof(double), 2, stdout);
  }
  return 0;
}
