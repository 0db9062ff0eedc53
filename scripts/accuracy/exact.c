/*
 * Correctly rounded values for scripts/accuracy.mjs, by MPFR:
 *
 *     cc -O2 exact.c -lmpfr -lgmp -lm -o exact && ./exact sin < points > values
 *
 * In: points, one after the other, an argument a double. Out: for each point two doubles, the value rounded to nearest and
 * the rest of it in ulps. A name is that of the function, `f'` its slope, `f''` its slope along the second argument. Exit
 * status 2: no such function.
 */
#include <math.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sums that cancel at irrational zeros lose 60 bits or so beside a double, that of sinc' near 0 100. */
#define BITS 220
#define UP MPFR_RNDN

typedef mpfr_ptr num;
static mpfr_t s, t, u, w;

#define UNARY(f) static void v_##f(num z, num a, num b) { (void)b; mpfr_##f(z, a, UP); }
#define BINARY(f) static void v_##f(num z, num a, num b) { mpfr_##f(z, a, b, UP); }
#define VALUE(f) static void v_##f(num z, num a, num b)
#define SLOPE(f) static void d_##f(num z, num a, num b)
#define INVERSE mpfr_ui_div(z, 1, z, UP)

#include "elementary.h"
#include "special.h"

#define PAIR(f, n) {#f, n, v_##f}, {#f "'", n, d_##f}
static const struct { const char *name; int arity; void (*f)(num, num, num); } functions[] = {ELEMENTARY, SPECIAL};

/* The distance of x to the next double up in size, as a power of two. */
static long ulp_exponent(double x) {
  int e;
  if (x == 0) return -1074;
  frexp(x, &e);
  return e - 53 < -1074 ? -1074 : e - 53;
}

int main(int argc, char **argv) {
  mpfr_t z, a, b;
  double point[2], result[2];
  unsigned i;
  if (argc != 2) return 1;
  for (i = 0; i < sizeof functions / sizeof *functions && strcmp(functions[i].name, argv[1]); i++);
  if (i == sizeof functions / sizeof *functions) return 2;
  mpfr_inits2(BITS, z, s, t, u, w, (mpfr_ptr)0);
  mpfr_inits2(53, a, b, (mpfr_ptr)0);
  make_bernoulli();
  while (fread(point, sizeof(double), functions[i].arity, stdin) == (size_t)functions[i].arity) {
    mpfr_set_d(a, point[0], UP);
    mpfr_set_d(b, functions[i].arity > 1 ? point[1] : 0, UP);
    functions[i].f(z, a, b);
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
