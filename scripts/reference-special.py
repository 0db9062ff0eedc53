"""Correctly rounded values of the special functions, against which test/special measures the kernels.

    python3 scripts/reference-special.py        # needs mpmath; about a minute; writes test/reference/*.bin.gz

The files are laid out as those of scripts/reference.py. Points beside irrational zeros, where the exact result cancels, are
left out: there the promise is an ulp of what cancels.
"""

import gzip
import json
import math
import os
import random
import struct

import mpmath
from mpmath import mp, mpf

mp.prec = 320
TARGET = os.path.join(os.path.dirname(__file__), "..", "test", "reference")
GREATEST = 1.7976931348623157e308
COUNT = 600


def rounded(x):
    """x as (double, rest in ulps of it); None where it overflows."""
    exponent = max(mpmath.frexp(x)[1] - 53, -1074)
    value = mpmath.ldexp(mpmath.nint(mpmath.ldexp(x, -exponent)), exponent)
    if abs(value) > GREATEST:
        return None
    ulp = max(mpmath.frexp(value)[1] - 53, -1074) if value else -1074
    double = math.ldexp(float(mpmath.ldexp(value, -ulp)), ulp)
    return math.copysign(double, x), mpmath.ldexp(x - value, -ulp)


# ---------------------------------------------------------------- points

random.seed(2)
sign = lambda: random.choice((-1, 1))


def uniform(low, high):
    return lambda: random.uniform(low, high)


def powers(low, high):
    """Uniform in the logarithm from 2^low to 2^high."""
    def point():
        e = random.uniform(low, high)
        return math.ldexp(2 ** (e - math.floor(e)), math.floor(e))
    return point


def either(points):
    return lambda: sign() * points()


def near(*centres):
    return lambda: random.choice(centres) * (1 + sign() * powers(-52, -3)())


def near_whole(low, high):
    return lambda: random.randrange(low, high) + sign() * powers(-45, -2)()


anything = either(powers(-1074, 11))
bell = [uniform(-27.2, 27.2), uniform(-2, 2), anything, either(powers(-20, 4))]
normal = [uniform(-38.6, 38.6), uniform(-2, 2), anything, either(powers(-20, 5))]
curve = [uniform(-745, 745), uniform(-40, 40), uniform(-3, 3), anything, either(powers(-20, 6))]
positive = [uniform(0, 12), powers(-1022, 1000), powers(-8, 8), near(0.5, 1, 2, 7.5, 8), near(1.4616321449683622), uniform(1, 170)]
all_gamma = [*positive, uniform(-30, 0), near_whole(-30, 1), uniform(-180, 0)]


# ---------------------------------------------------------------- functions

def erfcx(x):
    if x > 100:
        return mpmath.nsum(lambda k: (-1) ** int(k) * mpmath.fac2(2 * k - 1) / (2 * x * x) ** k, [0, 40], method="direct") / (x * mpmath.sqrt(mp.pi))
    return mpmath.exp(x * x) * mpmath.erfc(x)


def erfcx_slope(x):
    if x > 100:
        series = mpmath.nsum(lambda k: (-1) ** int(k) * (2 * k + 1) * mpmath.fac2(2 * k - 1) / (2 * x * x) ** k, [0, 40], method="direct")
        return -series / (x * x * mpmath.sqrt(mp.pi))
    return 2 * x * erfcx(x) - 2 / mpmath.sqrt(mp.pi)


def erfcx_derivative(n, x):
    """Derivative n by its recurrence, with digits enough for what cancels."""
    with mp.workprec(mp.prec + 8 * n + max(0, 2 * n * int(mpmath.log(abs(x) + 1, 2)))):
        x = mpf(x)
        y, z = erfcx(x), erfcx_slope(x)
        for k in range(1, n):
            y, z = z, 2 * x * z + 2 * k * y
    return +z


def density(x):
    return mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mp.pi)


def softplus(x):
    return mpmath.log1p(mpmath.exp(-abs(x))) + max(x, mpf(0))


def log_gamma(x):
    if x > 0:
        return mpmath.loggamma(x)
    return mpmath.log(mp.pi / abs(x * mpmath.sinpi(x))) - mpmath.loggamma(-x)


def sinc_derivative(n, x):
    """Derivative n by the Taylor series of sinc."""
    if abs(x) < 60:
        first = (n + 1) // 2
        with mp.workprec(500):
            return mpmath.fsum((-1) ** k * x ** (2 * k - n) * mpmath.fac(2 * k) / mpmath.fac(2 * k - n) / mpmath.fac(2 * k + 1) for k in range(first, first + 160))
    y = mpmath.sin(x) / x
    for k in range(1, n + 1):
        y = (mpmath.sin(x + k * mp.pi / 2) - k * y) / x
    return y


unary = {
    "erf": (mpmath.erf, bell),
    "erfc": (mpmath.erfc, bell),
    "erfcx": (erfcx, [uniform(-26.6, 40), uniform(-2, 3), powers(-8, 10), powers(0, 1000), near(31)]),
    "erfcxSlope": (erfcx_slope, [uniform(-26.6, 40), uniform(-2, 3), powers(-8, 10), powers(0, 500), near(31)]),
    "gauss": (lambda x: mpmath.exp(-x * x), bell),
    "normalPdf": (density, normal),
    "normalPdfSlope": (lambda x: -x * density(x), normal),
    "normalCdf": (lambda x: mpmath.erfc(-x / mpmath.sqrt(mpf(2))) / 2, normal),
    "logistic": (lambda x: 1 / (1 + mpmath.exp(-x)), curve),
    "softplus": (softplus, curve),
    "sinc": (lambda x: mpmath.sin(x) / x, [uniform(-10, 10), uniform(-6400, 6400), either(powers(-30, 1000)), near(math.pi, 2)]),
    "gamma": (mpmath.gamma, [*all_gamma, uniform(-180, -170)]),
    "logGamma": (log_gamma, all_gamma),
    "digamma": (mpmath.digamma, all_gamma),
    "trigamma": (lambda x: mpmath.psi(1, x), all_gamma),
}
ordered = {
    "polygamma": (lambda n, x: mpmath.psi(n, x), (2, 3, 7, 20), [uniform(0, 12), powers(-20, 40), powers(-8, 8), uniform(1, 170), uniform(-30, 0), near_whole(-30, 1)]),
    "sincDerivative": (sinc_derivative, (1, 2, 5), [uniform(-1, 1), uniform(-30, 30), powers(-10, 20)]),
    "erfcxDerivative": (erfcx_derivative, (2, 3, 5), [uniform(-26, 40), uniform(-2, 3), powers(-8, 10), powers(0, 100)]),
}


def is_apart(name, f, x):
    """Whether the result is no small remainder of terms that cancel: a step aside changes it by few ulps."""
    if name not in ("logGamma", "digamma", "sincDerivative", "polygamma"):
        return True
    value = f(x)
    return abs(f(x * (1 + mpf(2) ** -60)) - value) < abs(value) * mpf(2) ** -55


with open(os.path.join(os.path.dirname(__file__), "accuracy", "hard-cases.json")) as file:
    hard_cases = json.load(file)  # the published ones


def write(name, arity, f_of, points):
    rows = []
    fixed = [(x,) for x in hard_cases.get(name, [])]
    while len(rows) < COUNT:
        arguments = fixed.pop() if fixed else points()
        x = arguments[-1]
        f = f_of(*arguments[:-1])
        if not math.isfinite(x) or x == 0:
            continue
        exact = f(mpf(x))
        if exact == 0 or not is_apart(name, f, mpf(x)):
            continue
        result = rounded(mpf(exact))
        if result is None or not (abs(result[0]) >= 2.0**-1022 or arity == 1):
            continue
        rows.append((*arguments, result[0], max(-128, min(127, int(mpmath.nint(result[1] * 256))))))
    columns = list(zip(*rows))
    data = b"".join(struct.pack(f"<{COUNT}d", *column) for column in columns[:-1]) + struct.pack(f"<{COUNT}b", *columns[-1])
    path = os.path.join(TARGET, name + ".bin.gz")
    with open(path, "wb") as file:
        file.write(gzip.compress(data, 9, mtime=0))
    print(f"{name:<15} {os.path.getsize(path)} bytes", flush=True)


for name, (f, points) in unary.items():
    write(name, 1, lambda f=f: f, lambda points=points: (random.choice(points)(),))
for name, (f, orders, points) in ordered.items():
    write(name, 2, lambda n, f=f: lambda x: f(int(n), x), lambda orders=orders, points=points: (float(random.choice(orders)), random.choice(points)()))
