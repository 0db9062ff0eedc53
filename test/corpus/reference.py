"""Values and derivatives of some functions of the corpus, from 40 digits. Writes reference.json beside it: python3 reference.py"""

import json
import pathlib
import random
from mpmath import asin, atan2, cos, diff, exp, expm1, hypot, log, mp, mpf, sin, sqrt

mp.dps = 40

# Numbers in the programs are doubles.
D = lambda x: mpf(float(x))


def planck(l, T):
    l = l * D(1e-6)
    c, kB, h = 299792458, D(1.380649e-23), D(6.62607015e-34)
    return [2 * h * c**2 / l**5 / expm1(h * c / (l * kB * T)) * D(1e-13)]


def gammln(x):
    cof = [76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5]
    tmp = x + D(5.5) - (x + D(0.5)) * log(x + D(5.5))
    ser = D(1.000000000190015) + sum(D(c) / (x + j + 1) for j, c in enumerate(cof))
    return [-tmp + log(D(2.5066282746310005) * ser / x)]


def erf(x):
    t = 1 / (1 + D(0.5) * abs(x))
    horner = D(0.17087277)
    for c in [-0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368]:
        horner = horner * t + D(c)
    tau = t * exp(-x * x + horner * t - D(1.26551223))
    return [1 - tau if x >= 0 else tau - 1]


def great_circle(la, lo, lb, lp):
    rad = lambda d: d * D(3.141592653589793) / 180
    la, lo, lb, lp = map(rad, (la, lo, lb, lp))
    s = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((lp - lo) / 2) ** 2
    return [2 * D(6371.0088) * asin(min(mpf(1), sqrt(s)))]


def fresnel(theta, n):
    s = sin(theta) / n
    if abs(s) >= 1:
        return [mpf(1)]
    ct, ci = sqrt(1 - s * s), cos(theta)
    rs, rp = (ci - n * ct) / (ci + n * ct), (n * ci - ct) / (n * ci + ct)
    return [(rs * rs + rp * rp) / 2]


def agm(a, b):
    for _ in range(6):
        a, b = (a + b) / 2, sqrt(a * b)
    return [a]


def cubic(a):
    x = mpf(2)
    for _ in range(8):
        x -= (x**3 - x - a) / (3 * x**2 - 1)
    return [x]


def pendulum(t1, t2, w1, w2):
    g = D(9.81)
    d = 3 - cos(2 * t1 - 2 * t2)
    a1 = (-3 * g * sin(t1) - g * sin(t1 - 2 * t2) - 2 * sin(t1 - t2) * (w2**2 + w1**2 * cos(t1 - t2))) / d
    a2 = 2 * sin(t1 - t2) * (2 * w1**2 + 2 * g * cos(t1) + w2**2 * cos(t1 - t2)) / d
    return [w1, w2, a1, a2]


def kepler(M, ecc):
    E = M
    for _ in range(8):
        E = E - (E - ecc * sin(E) - M) / (1 - ecc * cos(E))
    return [E]


def softmax(*l):
    return [log(sum(exp(x) for x in l)) - l[1]]


def aces(v):
    return [min(mpf(1), max(mpf(0), v * (D(2.51) * v + D(0.03)) / (v * (D(2.43) * v + D(0.59)) + D(0.14))))]


functions = {
    "free fall with drag": (lambda t, k: [D(9.81) / k * (t - (1 - exp(-k * t)) / k)], [(1, 10), (0.1, 1)]),
    "planck's law": (planck, [(0.3, 3), (3000, 7000)]),
    "lorentz factor": (lambda v: [1 / sqrt(1 - v * v / mpf(299792458) ** 2)], [(0, 2.5e8)]),
    "van der waals": (lambda V, T: [D(8.314462618) * T / (V - D(3.857e-5)) - D(0.1364) / (V * V)], [(1e-3, 5e-2), (250, 500)]),
    "morse potential": (lambda r: [D(4.7) * (1 - exp(-D(1.9) * (r - D(0.74)))) ** 2], [(0.9, 3)]),
    "damped resonance": (lambda w, g: [1 / hypot(1 - w * w, g * w), atan2(g * w, 1 - w * w)], [(0.1, 3), (0.05, 1)]),
    "great circle": (great_circle, [(-60, 60), (-90, 0), (-60, 60), (10, 80)]),
    "snell and fresnel": (fresnel, [(0.1, 1.2), (1.1, 2)]),
    "arithmetic geometric mean": (agm, [(0.5, 5), (0.5, 5)]),
    "newton for a polynomial, fixed steps": (cubic, [(2, 6)]),
    "double pendulum": (pendulum, [(-2, 2)] * 4),
    "kepler's equation, fixed steps": (kepler, [(0.5, 6), (0.05, 0.5)]),
    "lanczos gamma": (gammln, [(4, 20)]),
    "error function of abramowitz": (erf, [(-3, 3)]),
    "softmax cross entropy": (softmax, [(-3, 3)] * 4),
    "aces tone map": (aces, [(0.05, 3)]),
    "two link arm": (lambda a, b, l, m: [l * cos(a) + m * cos(a + b), l * sin(a) + m * sin(a + b)], [(-3, 3), (-3, 3), (0.5, 1), (0.5, 1)]),
    "huber loss": (lambda r, d: [r * r / 2 if abs(r) <= d else d * (abs(r) - d / 2)], [(-3, 3), (0.5, 1.5)]),
}


def slope(f, at, output, index):
    return diff(lambda x: f(*at[:index], x, *at[index + 1 :])[output], at[index])


def main():
    random.seed(20240501)
    references = []
    for name, (f, ranges) in functions.items():
        points = []
        for _ in range(6):
            doubles = [random.uniform(*bounds) for bounds in ranges]
            at = [mpf(x) for x in doubles]
            value = f(*at)
            slopes = [float(slope(f, at, i, j)) for i in range(len(value)) for j in range(len(at))]
            points.append({"at": doubles, "value": [float(v) for v in value], "slopes": slopes})
        references.append({"name": name, "points": points})
    path = pathlib.Path(__file__).parent / "reference.json"
    path.write_text("[\n" + ",\n".join("  " + json.dumps(r) for r in references) + "\n]\n")


main()
