"""Correctly rounded values of the elementary functions, against which test/kernels measures the kernels.

    python3 scripts/reference.py        # needs mpmath; about a minute; writes test/reference/*.bin.gz

A file holds columns, little endian: the arguments and the correctly rounded value as float64, then the rest of the exact
value as int8 in 1/256 ulp of the value. Points whose value overflows are left out (special values have tests of their own).
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
PI = mp.pi


# ---------------------------------------------------------------- doubles

def rounded(x):
    """x as (double, rest in ulps of it); None where it overflows."""
    if x == 0:
        return 0.0, 0
    exponent = max(mpmath.frexp(x)[1] - 53, -1074)
    value = mpmath.ldexp(mpmath.nint(mpmath.ldexp(x, -exponent)), exponent)
    if abs(value) > GREATEST:
        return None
    ulp = max(mpmath.frexp(value)[1] - 53, -1074) if value else -1074
    double = math.ldexp(float(mpmath.ldexp(value, -ulp)), ulp)
    return math.copysign(double, x), mpmath.ldexp(x - value, -ulp)


# ---------------------------------------------------------------- points

sign = lambda: random.choice((-1, 1))
between = random.uniform


def powers(low, high):
    """Uniform in the logarithm from 2^low to 2^high, subnormals included."""
    e = between(low, high)
    return math.ldexp(2 ** (e - math.floor(e)), math.floor(e))


def near(x, ulps=4):
    """A double beside x, at a distance of a few ulps or of 2^-53…2^-3 relative."""
    x = float(x)
    if random.random() < 0.5:
        for _ in range(random.randrange(ulps)):
            x = math.nextafter(x, math.inf * sign())
        return x
    return x * (1 + sign() * powers(-53, -3))


def angle():
    """Around multiples of π/2 and of π/64 (where the reduction changes), and where its method changes."""
    u = random.random()
    if u < 0.4:
        return sign() * float(random.randrange(1, 1 << random.randrange(1, 40)) * PI / 2)
    if u < 0.6:
        return sign() * near(random.randrange(1, 1 << random.randrange(1, 20)) * PI / 64)
    if u < 0.7:
        return sign() * near(random.choice((6400, 6e6, PI / 64, PI / 4)))
    if u < 0.85:
        return sign() * powers(20, 1024)
    return sign() * powers(-1074, 0)


def any_size():
    return sign() * powers(-1074, 1024)


def octave_edge():
    """Beside the cuts of the tables with eight entries an octave."""
    return sign() * near((8 + random.randrange(8)) * 2.0 ** random.randrange(-8, 2))


def mixed(*parts):
    return lambda: random.choice(parts)()


logarithm = mixed(
    lambda: powers(-1074, 1024), lambda: between(0, 2), lambda: near(1), lambda: near(random.choice((0.6875, 1.375, 2.0**-1022))),
    lambda: near((176 + random.randrange(176)) / 256 * 2.0 ** random.randrange(-3, 3)))
hyperbolic = mixed(
    lambda: between(-710.4, 710.4), lambda: between(-3, 3), lambda: sign() * near(random.choice((690, 710.47))),
    lambda: near((random.randrange(-300, 300) + 0.5) * mpmath.log(2) / 256), lambda: sign() * powers(-1074, 9))


def unit_interval():
    """Inside −1…1, beside its ends and ±½."""
    u = random.random()
    x = between(0, 1) if u < 0.4 else 1 - powers(-53, -1) if u < 0.6 else near(0.5) if u < 0.8 else powers(-1074, 0)
    return sign() * x if x < 1 else 0.5


unary = {
    "exp": (mpmath.exp, mixed(
        lambda: between(-745, 709.7), lambda: between(-1, 1), lambda: near(random.choice((690, -690, 709.782, -708.396, -745))),
        lambda: near((random.randrange(-30000, 30000) + 0.5) * mpmath.log(2) / 256), lambda: sign() * powers(-1074, 9))),
    "expm1": (mpmath.expm1, mixed(
        lambda: between(-2, 2), lambda: between(-60, 709.7), lambda: near(random.choice((690, 709, 709.782, -36.7, -50, 0.6931))),
        lambda: near((random.randrange(-300, 300) + 0.5) * mpmath.log(2) / 256), lambda: sign() * powers(-1074, 0))),
    "log": (mpmath.log, mixed(
        lambda: powers(-1074, 1024), lambda: between(0, 2), lambda: near(1), lambda: near(random.choice((0.6875, 1.375, 2.0**-1022))),
        lambda: near((176 + random.randrange(176)) / 256 * 2.0 ** random.randrange(-3, 3)))),
    "log1p": (mpmath.log1p, mixed(
        lambda: sign() * powers(-1074, -1), lambda: powers(-1, 1024), lambda: between(-1, 2), lambda: -1 + powers(-53, -1),
        lambda: near(random.choice((1e300, -0.3125, 0.375, 1, 2.0**52, 2.0**53))))),
    "exp2": (lambda x: mpf(2) ** x, mixed(
        lambda: between(-1074.9, 1023.99), lambda: between(-1, 1), lambda: near(random.choice((995, -995, 1023.9, -1022, -1074))),
        lambda: near((random.randrange(-30000, 30000) + 0.5) / 256), lambda: sign() * powers(-1074, 9))),
    "log2": (lambda x: mpmath.log(x) / mpmath.log(2), logarithm),
    "log10": (mpmath.log10, mixed(logarithm, lambda: near(10.0 ** random.randrange(-300, 300)))),
    "asin": (mpmath.asin, unit_interval),
    "acos": (mpmath.acos, unit_interval),
    "sinh": (mpmath.sinh, hyperbolic),
    "cosh": (mpmath.cosh, hyperbolic),
    "asinh": (mpmath.asinh, mixed(
        any_size, lambda: between(-3, 3), lambda: sign() * powers(-30, 10), octave_edge, lambda: sign() * near(random.choice((2.0**-28, 2.0**500))))),
    "acosh": (mpmath.acosh, mixed(
        lambda: powers(0, 1024), lambda: between(1, 3), lambda: 1 + powers(-52, 3), lambda: near(2.0**500))),
    "atanh": (mpmath.atanh, mixed(
        unit_interval, lambda: sign() * near(2.0**-28), lambda: near(mpmath.tanh(mpmath.log(1 + random.randrange(256) / 256) / 2)))),
    "sin": (mpmath.sin, mixed(angle, lambda: between(-10, 10), lambda: between(-6400, 6400))),
    "cos": (mpmath.cos, mixed(angle, lambda: between(-10, 10), lambda: between(-6400, 6400))),
    "tan": (mpmath.tan, mixed(angle, lambda: between(-10, 10), lambda: between(-6400, 6400))),
    "tanh": (mpmath.tanh, mixed(any_size, lambda: between(-3, 3), lambda: between(-22, 22), octave_edge)),
    "atan": (mpmath.atan, mixed(any_size, lambda: between(-3, 3), lambda: between(-20, 20), octave_edge)),
    "cbrt": (lambda x: mpmath.cbrt(x) if x >= 0 else -mpmath.cbrt(-x), mixed(
        any_size, lambda: between(-10, 10), lambda: sign() * near(random.randrange(1, 1000) ** 3),
        lambda: sign() * near(2.0 ** random.randrange(-1070, 1023)))),
}


def pair_near():
    """Two numbers of a size, or of sizes far apart."""
    x = any_size()
    y = math.ldexp(x, random.choice((0, 0, 1, -1, 4, -5, 26, -27, 52, -53))) if abs(x) < 1e290 else x * 2.0 ** random.randrange(-60, 0)
    return x, sign() * near(y)


def bounded_pair():
    return between(-10, 10), between(-10, 10)


def power_pair():
    """a^b over the whole range of results: a of any size, beside 1, below zero with b an integer."""
    u = random.random()
    a = powers(-1074, 1024) if u < 0.4 else near(1) if u < 0.7 else between(0, 10)
    if a == 1:
        return 1.0, any_size()
    log = float(mpmath.log(a))
    v = random.random()
    exponent = between(-746, 710) if v < 0.5 else near(random.choice((690, -690, 709.5, -708.5, -744))) if v < 0.8 else between(-5, 5)
    b = exponent / log
    if random.random() < 0.25 and abs(b) < 2**53:
        return -a, float(round(b))
    return a, b


def slope_pair():
    """As for pow, and exponents near 0 and 1, where the slope is near 1/a and 1."""
    u = random.random()
    if u < 0.6:
        return power_pair()
    return powers(-1074, 1024), sign() * powers(-1074, 0) if u < 0.8 else near(1)


def positive(pair):
    def point():
        a, b = pair()
        return abs(a), b
    return point


binary = {
    "atan2": (mpmath.atan2, mixed(lambda: (any_size(), any_size()), pair_near, bounded_pair)),
    "hypot": (lambda x, y: mpmath.sqrt(x**2 + y**2), mixed(pair_near, pair_near, bounded_pair, lambda: (any_size(), any_size()))),
    "pow": (lambda a, b: a**b, mixed(power_pair, lambda: (between(0, 10), between(-5, 5)))),
    "powSlope": (lambda a, b: b * a ** (b - 1), mixed(slope_pair, lambda: (between(0, 10), between(-5, 5)))),
    "powLog": (lambda a, b: a**b * mpmath.log(a), mixed(positive(slope_pair), lambda: (between(0, 10), between(-5, 5)))),
}

# Beyond what chance finds: published hard cases; the double nearest to a multiple of π/2; zeros of the sine and of the cosine
# where the middle word of the product with 2/π carries; a point where V8's pow was 424 ulp off.
with open(os.path.join(os.path.dirname(__file__), "accuracy", "hard-cases.json")) as file:
    hard_cases = {name: [tuple(x) if isinstance(x, list) else float(x) for x in points] for name, points in json.load(file).items() if name != "sources"}
angles = [6381956970095103.0 * 2.0**797, 105984216080.93282, 900722666.6357939, 1e22, GREATEST]
extra = {"sin": angles, "cos": angles, "tan": angles}
always = {name: [*points, *extra.get(name, [])] for name, points in hard_cases.items()}
always |= {"powSlope": always["pow"], "powLog": [point for point in always["pow"] if point[0] > 0]}


# ---------------------------------------------------------------- files

def write(name, f, points, count):
    random.seed(name)  # so that another function does not move this one's points
    rows = []
    fixed = list(always.get(name, []))
    while len(rows) < count:
        point = fixed.pop() if fixed else points()
        arguments = point if isinstance(point, tuple) else (point,)
        if not all(math.isfinite(x) and x != 0 for x in arguments):
            continue
        exact = f(*arguments)
        if mpmath.im(exact) != 0:
            continue
        if exact == 0 and name not in ("powLog", "log"):
            continue
        result = rounded(mpf(exact))
        if result is None:
            continue
        value, rest = result
        rows.append((*arguments, value, max(-128, min(127, int(mpmath.nint(rest * 256))))))
    columns = list(zip(*rows))
    data = b"".join(struct.pack(f"<{count}d", *column) for column in columns[:-1]) + struct.pack(f"<{count}b", *columns[-1])
    path = os.path.join(TARGET, name + ".bin.gz")
    with open(path, "wb") as file:
        file.write(gzip.compress(data, 9, mtime=0))
    print(f"{name:<10} {count} points, {os.path.getsize(path)} bytes")


os.makedirs(TARGET, exist_ok=True)
for name, (f, points) in unary.items():
    write(name, lambda x, f=f: f(mpf(x)), points, 1400)
for name, (f, points) in binary.items():
    write(name, lambda a, b, f=f: f(mpf(a), mpf(b)), points, 1100)
