"""Values and derivatives of some functions of the corpus, and of packages, from 40 digits: python3 reference.py
Writes reference.json beside it and in test/packages."""

import json
import math
import pathlib
import random
from mpmath import asin, atan, atan2, cbrt, cos, diff, elliprf, exp, expm1, gammainc, hypot, lambertw, log, mp, mpc, mpf, ncdf, npdf
from mpmath import sin, sqrt, tan, tanh, zeta

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


def gelu(x):
    return [D(0.5) * x * (1 + tanh(D(0.7978845608028654) * (x + D(0.044715) * x**3)))]


def attention(*v):
    query, keys, values = v[:2], [v[2:4], v[4:6], v[6:8]], [v[8:10], v[10:12], v[12:14]]
    weights = [exp(sum(k * q for k, q in zip(key, query)) / sqrt(2)) for key in keys]
    return [sum(w * value[i] for w, value in zip(weights, values)) / sum(weights) for i in range(2)]


def gru(x, h, wz, uz, wr, ur, wh, uh):
    sigmoid = lambda t: 1 / (1 + exp(-t))
    z, r = sigmoid(wz * x + uz * h), sigmoid(wr * x + ur * h)
    return [(1 - z) * h + z * tanh(wh * x + uh * (r * h))]


def vapour(substance, t):
    a, b, c = {"water": [16.3872, 3885.7, 230.17], "ethanol": [16.8958, 3795.17, 230.918]}[substance]
    return exp(D(a) - D(b) / (t + D(c)))


def ladder(w, R, L, C):
    l, c, z = mpc(0, w * L), 1 / mpc(0, w * C), mpc(R)
    for _ in range(3):
        z = l + 1 / (1 / c + 1 / z)
    return [abs(z), atan2(z.imag, z.real) * 180 / D(math.pi)]


def legendre6(x):
    return [(231 * x**6 - 315 * x**4 + 105 * x**2 - 5) / 16]


def harmonics(theta, phi):
    x, y, z = sin(theta) * cos(phi), sin(theta) * sin(phi), cos(theta)
    k = sqrt(15 / D(math.pi)) / 2
    return [k * x * y, k * y * z, sqrt(5 / D(math.pi)) / 4 * (3 * z**2 - 1), k * x * z, k / 2 * (x**2 - y**2)]


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
    "gelu": (gelu, [(-3, 3)]),
    "attention": (attention, [(-1, 1)] * 14),
    "gru cell": (gru, [(-1, 1)] * 8),
    "vapour pressure of a mixture": (lambda x, t: [x * vapour("ethanol", t) + (1 - x) * vapour("water", t)], [(0.05, 0.95), (20, 90)]),
    "impedance of a ladder": (ladder, [(0.5, 2), (0.5, 2), (0.2, 1), (0.2, 1)]),
    "legendre by recurrence": (legendre6, [(-1, 1)]),
    "spherical harmonics of degree two": (harmonics, [(0.1, 3), (-3, 3)]),
    "lambert's function by halley": (lambda x: [lambertw(x)], [(0.1, 20)]),
    "incomplete gamma, series or fraction": (lambda a, x: [gammainc(a, 0, x, regularized=True)], [(1, 5), (1, 6)]),
    "carlson's elliptic integral": (lambda x, y, z: [elliprf(x, y, z)], [(0.5, 3)] * 3),
    "zeta by borwein's sum": (lambda s: [zeta(s)], [(1.5, 6)]),
    "huber loss": (lambda r, d: [r * r / 2 if abs(r) <= d else d * (abs(r) - d / 2)], [(-3, 3), (0.5, 1.5)]),
}


def elastic_out(t):
    period = D(D(0.3) / (2 * D(math.pi)))
    s = asin(1) * period
    falling = (2 ** (-10 * t) - D(0.0009765625)) * D(1.0009775171065494)
    return [1 - falling * sin((t + s) / period)]


def oklab(r, g, b):
    linear = lambda u: u / D(12.92) if u <= D(0.04045) else ((u + D(0.055)) / D(1.055)) ** D(2.4)
    of = lambda rows, v: [sum(D(c) * x for c, x in zip(row, v)) for row in rows]
    to_lms = [
        [0.412221469470763, 0.5363325372617348, 0.0514459932675022],
        [0.2119034958178252, 0.6806995506452344, 0.1073969535369406],
        [0.0883024591900564, 0.2817188391361215, 0.6299787016738222],
    ]
    to_lab = [
        [0.210454268309314, 0.7936177747023054, -0.0040720430116193],
        [1.9779985324311684, -2.4285922420485799, 0.450593709617411],
        [0.0259040424655478, 0.7827717124575296, -0.8086757549230774],
    ]
    return of(to_lab, [cbrt(x) for x in of(to_lms, [linear(u) for u in (r, g, b)])])


def black_scholes_put(s, k, t, v, r):
    w = (r * t + v**2 * t / 2 - log(k / s)) / (v * sqrt(t))
    return [k * exp(-r * t) * ncdf(v * sqrt(t) - w) - s * ncdf(-w)]


def vega(s, k, t, v, r):
    w = (r * t + v**2 * t / 2 - log(k / s)) / (v * sqrt(t))
    return [s * sqrt(t) * npdf(w) / 100]


def payment(rate, nper, pv):
    temp = (1 + rate) ** nper
    return [-pv * temp * rate / (temp - 1)]


def jensen_shannon(*v):
    n = len(v) // 2
    a, b = v[:n], v[n:]
    return [sum(x * log(2 * x / (x + y)) + y * log(2 * y / (x + y)) for x, y in zip(a, b)) / 2]


def correlation(*v):
    n = len(v) // 2
    x, y = [[c - sum(part) / n for c in part] for part in (v[:n], v[n:])]
    dot = lambda p, q: sum(s * t for s, t in zip(p, q))
    return [dot(x, y) / sqrt(dot(x, x) * dot(y, y))]


def to_ecf(longitude, latitude, height):
    a, b = D(6378.137), D(6356.7523142)
    f = (a - b) / a
    e2 = 2 * f - f * f
    normal = a / sqrt(1 - e2 * sin(latitude) ** 2)
    return [
        (normal + height) * cos(latitude) * cos(longitude),
        (normal + height) * cos(latitude) * sin(longitude),
        (normal * (1 - e2) + height) * sin(latitude),
    ]


def complex_power(a, b, c, d):
    z = mpc(a, b) ** mpc(c, d)
    return [z.real, z.imag]


def complex_tangent(re, im):
    z = tan(mpc(re, im))
    return [z.real, z.imag]


packages = {
    ("d3-ease", "easeElasticOut"): (elastic_out, [(0.05, 0.95)]),
    ("culori", "convertRgbToOklab"): (oklab, [(0.05, 0.95)] * 3),
    ("complex.js", "tan"): (complex_tangent, [(0.2, 1)] * 2),
    ("complex.js", "pow"): (complex_power, [(0.2, 1)] * 4),
    ("black-scholes", "blackScholes"): (black_scholes_put, [(95, 105), (95, 105), (0.3, 1), (0.15, 0.4), (0.01, 0.05)]),
    ("greeks", "getVega"): (vega, [(80, 120), (90, 110), (0.3, 1), (0.15, 0.4), (0.01, 0.05)]),
    ("financial", "pmt"): (payment, [(0.02, 0.1), (5, 10), (100, 200)]),
    ("ml-distance", "jensenShannon"): (jensen_shannon, [(0.1, 1)] * 8),
    ("simple-statistics", "sampleCorrelation"): (correlation, [(1, 4)] * 10),
    ("simple-statistics", "cumulativeStdLogisticProbability"): (lambda x: [1 / (1 + exp(-x))], [(-5, 5)]),
    ("jstat", "weibull.pdf"): (lambda x, s, k: [k / s * (x / s) ** (k - 1) * exp(-((x / s) ** k))], [(0.2, 0.8), (0.5, 1), (0.5, 2)]),
    ("jstat", "normal.pdf"): (lambda x, m, s: [npdf(x, m, s)], [(-2, 2), (-1, 1), (0.5, 2)]),
    ("satellite.js", "geodeticToEcf"): (to_ecf, [(-3, 3), (-1, 1), (0, 2)]),
    ("d3-geo", "geoMercatorRaw"): (lambda l, p: [l, log(tan((D(math.pi / 2) + p) / 2))], [(-3, 3), (0.3, 1.4)]),
    ("astronomia", "kepler.trueAnomaly"): (lambda E, e: [2 * atan(sqrt((1 + e) / (1 - e)) * tan(E / 2))], [(0.2, 2), (0.1, 0.8)]),
}


def slope(f, at, output, index):
    return diff(lambda x: f(*at[:index], x, *at[index + 1 :])[output], at[index])


def write(path, functions, label):
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
        references.append({**label(name), "points": points})
    path.write_text("[\n" + ",\n".join("  " + json.dumps(r) for r in references) + "\n]\n")


here = pathlib.Path(__file__).parent
write(here / "reference.json", functions, lambda name: {"name": name})
write(here.parent / "packages" / "reference.json", packages, lambda name: {"package": name[0], "name": name[1]})
