import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gradient, jacobian, logSumExp } from "../../src/index.ts";
import { engines } from "../support/execute.ts";
import reference from "./adbench.json" with { type: "json" };

/** ADBench's objectives (Šrajer, Kukelova & Fitzgibbon) on its instances; right values from adbench.py. */
const folder = new URL("../../../shared/data/adbench/", import.meta.url);
const isThere = existsSync(folder);
const bundle = "ba1_n49_m7776_p31843";

type Matrix = readonly (readonly number[])[];

function reader(name: string) {
  const numbers = readFileSync(new URL(name, folder), "utf8").trim().split(/\s+/).map(Number);
  const list = (count: number) => numbers.splice(0, count);
  return { list, matrix: (rows: number, columns: number): Matrix => Array.from({ length: rows }, () => list(columns)), rest: numbers };
}

/** Relative to the greatest of `wanted`. */
function distance(actual: readonly number[], wanted: readonly number[]): number {
  const size = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, index) => Math.abs(actual[index]! - value) / size));
}

test.skipIf(!isThere)("the instances of ../shared/data/adbench are there", () => {
  for (const name of [...Object.keys(reference.mixtures), bundle]) expect(existsSync(new URL(`${name}.txt`, folder))).toBe(true);
});

describe.each(isThere ? Object.entries(reference.mixtures) : [])("the Gaussian mixture %s", (name, wanted) => {
  const { list, matrix, rest } = reader(`${name}.txt`);
  const [d, count, n] = list(3) as [number, number, number];
  const parameters: [alphas: readonly number[], means: Matrix, icf: Matrix] = [
    list(count),
    matrix(count, d),
    matrix(count, (d * (d + 1)) / 2),
  ];
  const points = matrix(n, d);
  const [gamma, m] = list(2) as [number, number];

  /** Of one point: the logarithm of its density, but for what all points share. */
  function logDensity(alphas: readonly number[], means: Matrix, icf: Matrix, x: readonly number[]) {
    const terms = alphas.map((alpha, k) => {
      const [centred, row] = [x.map((value, j) => value - means[k]![j]!), icf[k]!];
      const y = centred.map((value, j) => Math.exp(row[j]!) * value);
      let at = d;
      for (let p = 0; p < d; p++) for (let j = p + 1; j < d; j++) y[j]! += row[at++]! * centred[p]!;
      const diagonal = row.slice(0, d).reduce((sum, q) => sum + q);
      return alpha + diagonal - 0.5 * y.reduce((sum, value) => sum + value * value, 0);
    });
    return logSumExp(...terms);
  }
  /** What all points share, and the Wishart prior. */
  function prior(alphas: readonly number[], icf: Matrix) {
    let sum = -n * logSumExp(...alphas);
    for (const row of icf) {
      const [diagonal, below] = [row.slice(0, d), row.slice(d)];
      const squares = diagonal.reduce((total, q) => total + Math.exp(q) ** 2, 0) + below.reduce((total, l) => total + l * l, 0);
      sum += 0.5 * gamma * gamma * squares - m * diagonal.reduce((total, q) => total + q);
    }
    return sum;
  }

  test("is read whole", () => expect(rest).toEqual([]));

  test("one point: a loop over the observations, from outside", () => {
    const objective = gradient(
      (alphas: readonly number[], means: Matrix, icf: Matrix) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += logDensity(alphas, means, icf, points[i]!);
        return sum + prior(alphas, icf);
      },
      { shape: parameters },
    );
    const result = objective(...parameters);
    expect(Math.abs(result.value / wanted.value - 1)).toBeLessThan(1e-14);
    result.gradient.forEach((part, index) => {
      expect(distance(part.flat(), wanted.gradient[index]!.flat())).toBeLessThan(1e-12);
    });
  });

  test.each(engines)("a batch of the observations, %s", (engine) => {
    const density = gradient(logDensity, { shape: [...parameters, points[0]!], wrt: [0, 1, 2], engine });
    const columns = points[0]!.map((_, j) => Float64Array.from(points, (point) => point[j]!));
    const sums = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0);
    const batch = density.batch([...parameters, columns]);
    const shared = gradient(prior, { shape: [parameters[0], parameters[2]] })(parameters[0], parameters[2]);
    expect(Math.abs((sums(batch.value) + shared.value) / wanted.value - 1)).toBeLessThan(1e-14);
    const [byAlpha, byMean, byIcf] = batch.gradient.map((part) => (part.flat() as Float64Array[]).map(sums));
    const total = (part: readonly number[], more: readonly number[]) => part.map((value, index) => value + more[index]!);
    expect(distance(total(byAlpha!, shared.gradient[0]), wanted.gradient[0]!.flat())).toBeLessThan(1e-12);
    expect(distance(byMean!, wanted.gradient[1]!.flat())).toBeLessThan(1e-12);
    expect(distance(total(byIcf!, shared.gradient[1].flat()), wanted.gradient[2]!.flat())).toBeLessThan(1e-12);
  });
});

type Triple = readonly [number, number, number];
type Pair = readonly [number, number];
interface Camera {
  readonly rotation: Triple;
  readonly centre: Triple;
  readonly focal: number;
  readonly principal: Pair;
  readonly radial: Pair;
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);
const cross = ([a, b, c]: Triple, [x, y, z]: Triple): Triple => [b * z - c * y, c * x - a * z, a * y - b * x];

/** Rodrigues' formula. */
function rotate(rotation: Triple, point: Triple) {
  const square = dot(rotation, rotation);
  if (square === 0) {
    const turned = cross(rotation, point);
    return point.map((value, index) => value + turned[index]!);
  }
  const theta = Math.sqrt(square);
  const [cosine, sine] = [Math.cos(theta), Math.sin(theta)];
  const axis = rotation.map((value) => value / theta) as unknown as Triple;
  const [turned, along] = [cross(axis, point), dot(axis, point) * (1 - cosine)];
  return point.map((value, index) => value * cosine + turned[index]! * sine + axis[index]! * along);
}

function reprojectionError(camera: Camera, point: Triple, weight: number, feature: Pair) {
  const moved = point.map((value, index) => value - camera.centre[index]!) as unknown as Triple;
  const [x, y, z] = rotate(camera.rotation, moved);
  const [u, v] = [x! / z!, y! / z!];
  const square = u * u + v * v;
  const scale = camera.focal * (1 + camera.radial[0] * square + camera.radial[1] * square * square);
  return [weight * (u * scale + camera.principal[0] - feature[0]), weight * (v * scale + camera.principal[1] - feature[1])];
}

describe.skipIf(!isThere)("bundle adjustment", () => {
  test.each(engines)("31,843 observations, %s", (engine) => {
    const { list, rest } = reader(`${bundle}.txt`);
    const [cameras, points, observations] = list(3) as [number, number, number];
    const [camera, point, weight, feature] = [list(11), list(3), list(1), list(2)];
    expect(rest).toEqual([]);
    // The file has one of each: every camera and every point is moved from it in its own way.
    const columns = (values: readonly number[], count: number) =>
      values.map((value, place) =>
        Float64Array.from({ length: observations }, (_, index) => value * (1 + ((((index % count) * 37 + place * 11) % 101) - 50) / 5000)),
      );
    const c = columns(camera, cameras);
    const errors = jacobian(reprojectionError, {
      shape: [{ rotation: [0, 0, 0], centre: [0, 0, 0], focal: 0, principal: [0, 0], radial: [0, 0] }, [0, 0, 0], 0, [0, 0]],
      wrt: [[0, "rotation"], [0, "centre"], [0, "focal"], [0, "principal"], [0, "radial"], 1, 2],
      engine,
    });
    const given = { rotation: c.slice(0, 3), centre: c.slice(3, 6), focal: c[6]!, principal: c.slice(7, 9), radial: c.slice(9) };
    const result = errors.batch([given, columns(point, points), weight[0]!, feature] as never);
    for (const { index, value, jacobian: rows } of reference.bundle) {
      expect(
        distance(
          result.value.map((column) => column[index]!),
          value,
        ),
      ).toBeLessThan(1e-13);
      rows.forEach((row, r) => {
        const partials = ([result.jacobian[r]] as unknown[]).flat(9) as Float64Array[];
        expect(
          distance(
            partials.map((column) => column[index]!),
            row,
          ),
        ).toBeLessThan(1e-13);
      });
    }
  });
});
