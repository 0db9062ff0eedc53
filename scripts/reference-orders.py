"""First to third derivatives of every function, against which test/derive measures derivatives of derivatives.

    python3 scripts/reference-orders.py        # needs mpmath; some seconds; writes test/reference/orders.json; then npm run format

By function: points with all partial derivatives of order 1, 2, 3 there, each list with the first direction slowest.
"""

import itertools
import json
import os

import mpmath
from mpmath import mp, mpf

mp.dps = 60


def cbrt(x):
    return mpmath.sign(x) * abs(x) ** (mpf(1) / 3)


UNARY = {
    "exp": mpmath.exp,
    "expm1": mpmath.expm1,
    "exp2": lambda x: mpf(2) ** x,
    "log": mpmath.log,
    "log1p": lambda x: mpmath.log(1 + x),
    "log2": lambda x: mpmath.log(x, 2),
    "log10": mpmath.log10,
    "sqrt": mpmath.sqrt,
    "cbrt": cbrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "asin": mpmath.asin,
    "acos": mpmath.acos,
    "atan": mpmath.atan,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "asinh": mpmath.asinh,
    "acosh": mpmath.acosh,
    "atanh": mpmath.atanh,
    "erf": mpmath.erf,
    "erfc": mpmath.erfc,
    "erfcx": lambda x: mpmath.exp(x * x) * mpmath.erfc(x),
    "normalPdf": mpmath.npdf,
    "normalCdf": mpmath.ncdf,
    "logistic": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
    "gamma": mpmath.gamma,
    "logGamma": lambda x: mpmath.log(abs(mpmath.gamma(x))),
    "digamma": mpmath.digamma,
    "trigamma": lambda x: mpmath.psi(1, x),
    "sinc": lambda x: mpmath.sin(x) / x,
}
BINARY = {"pow": lambda a, b: a**b, "atan2": mpmath.atan2, "hypot": mpmath.hypot}
NUMBERS = [-2.3, -0.7, 0.4, 0.9, 1.3, 2.6, 7.1]
PAIRS = [(0.7, 1.9), (2.4, -0.6), (3, 2.5), (-1.3, 2)]


def exact(f, point, orders):
    """A partial derivative, None outside the domain."""
    try:
        value = mpmath.diff(f, point if len(point) > 1 else point[0], orders if len(point) > 1 else orders[0])
        is_inside = mpmath.im(f(*point)) == 0 and abs(mpmath.im(value)) < 1e-30
    except (ValueError, ZeroDivisionError):
        return None
    return float(mpmath.re(value)) if is_inside else None


def partials(f, point):
    axes = range(len(point))
    directions = [itertools.product(axes, repeat=order) for order in (1, 2, 3)]
    return [[exact(f, tuple(map(mpf, point)), tuple(along.count(axis) for axis in axes)) for along in each] for each in directions]


found = {}
for functions, points in ((UNARY, [(x,) for x in NUMBERS]), (BINARY, PAIRS)):
    for name, f in functions.items():
        rows = [[list(point), *partials(f, point)] for point in points]
        found[name] = [row for row in rows if not any(None in order for order in row[1:])]
target = os.path.join(os.path.dirname(__file__), "..", "test", "reference", "orders.json")
with open(target, "w") as file:
    lists = (f'  "{name}": [\n' + ",\n".join(f"    {json.dumps(row)}" for row in rows) + "\n  ]" for name, rows in found.items())
    file.write("{\n" + ",\n".join(lists) + "\n}\n")
print({name: len(rows) for name, rows in found.items()})
