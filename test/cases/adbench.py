"""Writes adbench.json: values and derivatives of ADBench's objectives on the instances beside the checkout, to double precision.

The gradient of the Gaussian mixture is the textbook's, in 30 digits; bundle adjustment is differenced in 60. Run from anywhere:
python3 test/cases/adbench.py && npm run format
"""

import json
from pathlib import Path

from mpmath import cos, diff, exp, log, mp, mpf, sin, sqrt

here = Path(__file__).resolve().parent
data = here.parents[2] / "shared" / "data" / "adbench"


def read(name):
    return iter((data / name).read_text().split())


def take(numbers, *shape):
    """A nest of numbers of a shape, as exact doubles."""
    if not shape:
        return mpf(float(next(numbers)))
    return [take(numbers, *shape[1:]) for _ in range(shape[0])]


def mixture(name):
    mp.dps = 30
    numbers = read(name)
    d, count, n = (int(next(numbers)) for _ in range(3))
    alphas, means, icf = take(numbers, count), take(numbers, count, d), take(numbers, count, d * (d + 1) // 2)
    points, gamma, m = take(numbers, n, d), take(numbers), take(numbers)
    diagonals = [[exp(q) for q in row[:d]] for row in icf]
    sums = [sum(row[:d]) for row in icf]
    value, by_alpha = mpf(0), [mpf(0)] * count
    by_mean, by_icf = [[mpf(0)] * d for _ in range(count)], [[mpf(0)] * len(row) for row in icf]
    for x in points:
        terms, centred, transformed = [], [], []
        for k in range(count):
            c = [x[j] - means[k][j] for j in range(d)]
            y, at = [diagonals[k][j] * c[j] for j in range(d)], d
            for p in range(d):
                for j in range(p + 1, d):
                    y[j] += icf[k][at] * c[p]
                    at += 1
            centred.append(c)
            transformed.append(y)
            terms.append(alphas[k] + sums[k] - sum(t * t for t in y) / 2)
        largest = max(terms)
        weights = [exp(t - largest) for t in terms]
        total = sum(weights)
        value += largest + log(total)
        for k in range(count):
            share, c, y = weights[k] / total, centred[k], transformed[k]
            by_alpha[k] += share
            at = d
            for j in range(d):
                by_icf[k][j] += share * (1 - y[j] * diagonals[k][j] * c[j])
                by_mean[k][j] += share * y[j] * diagonals[k][j]
            for p in range(d):
                for j in range(p + 1, d):
                    by_icf[k][at] -= share * y[j] * c[p]
                    by_mean[k][p] += share * y[j] * icf[k][at]
                    at += 1
    weights = [exp(a) for a in alphas]
    value -= n * log(sum(weights))
    for k in range(count):
        by_alpha[k] -= n * weights[k] / sum(weights)
        value += gamma**2 / 2 * (sum(q * q for q in diagonals[k]) + sum(l * l for l in icf[k][d:])) - m * sums[k]
        for j in range(d):
            by_icf[k][j] += gamma**2 * diagonals[k][j] ** 2 - m
        for j in range(d, len(icf[k])):
            by_icf[k][j] += gamma**2 * icf[k][j]
    rounded = lambda tree: [rounded(item) for item in tree] if isinstance(tree, list) else float(tree)
    return {"value": float(value), "gradient": rounded([by_alpha, by_mean, by_icf])}


def error(rotation, centre, focal, principal, radial, point, weight, feature):
    moved = [p - c for p, c in zip(point, centre)]
    theta = sqrt(sum(r * r for r in rotation))
    w = [r / theta for r in rotation]
    cross = [w[1] * moved[2] - w[2] * moved[1], w[2] * moved[0] - w[0] * moved[2], w[0] * moved[1] - w[1] * moved[0]]
    along = sum(a * b for a, b in zip(w, moved)) * (1 - cos(theta))
    x, y, z = (p * cos(theta) + c * sin(theta) + a * along for p, c, a in zip(moved, cross, w))
    u, v = x / z, y / z
    square = u * u + v * v
    scale = focal * (1 + radial[0] * square + radial[1] * square**2)
    return weight * (u * scale + principal[0] - feature[0]), weight * (v * scale + principal[1] - feature[1])


def adjustment(name, indices):
    """Observation `index` is of camera `index % 49` and of point `index % 7776`, each moved from the file's one in its own way."""
    mp.dps = 60
    numbers = read(name)
    cameras, points, _ = (int(next(numbers)) for _ in range(3))
    camera, point, weight, feature = ([float(next(numbers)) for _ in range(size)] for size in (11, 3, 1, 2))
    moved = lambda values, by: [value * (1 + ((by * 37 + place * 11) % 101 - 50) / 5000) for place, value in enumerate(values)]
    found = []
    for index in indices:
        given = [mpf(v) for v in moved(camera, index % cameras) + moved(point, index % points) + weight]
        errors = lambda *p: error(p[0:3], p[3:6], p[6], p[7:9], p[9:11], p[11:14], p[14], [mpf(f) for f in feature])
        order = lambda place: tuple(int(place == other) for other in range(15))
        partials = [[float(diff(lambda *p: errors(*p)[row], given, order(place))) for place in range(15)] for row in range(2)]
        found.append({"index": index, "value": [float(e) for e in errors(*given)], "jacobian": partials})
    return found


if __name__ == "__main__":
    mixtures = {name: mixture(f"{name}.txt") for name in ("gmm_d2_K5", "gmm_d2_K10", "gmm_d10_K5")}
    bundle = adjustment("ba1_n49_m7776_p31843.txt", [0, 1, 48, 49, 7775, 7776, 12345, 31841, 31842])
    (here / "adbench.json").write_text(json.dumps({"mixtures": mixtures, "bundle": bundle}, indent=1) + "\n")
