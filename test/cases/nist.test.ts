import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gradient } from "../../src/index.ts";
import { engines } from "../support/execute.ts";
import { factorise, fit, type Model } from "../support/least-squares.ts";

/**
 * Nonlinear least squares from NIST's Statistical Reference Datasets: the certified parameters, and their standard deviations,
 * which come from the Jacobian alone, have 11 digits.
 */
const folder = new URL("../../../shared/data/nist/", import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".dat")) : [];

type Parameters = readonly number[];
interface Problem {
  readonly model: (b: Parameters, x: Parameters) => number;
  /** Of the response, where it is not fitted as it stands. */
  readonly response?: (y: number) => number;
  /** From the first start, which is far away, the method below ends elsewhere. */
  readonly isFar?: true;
}

const cubics = ([b1, b2, b3, b4, b5, b6, b7]: Parameters, [x]: Parameters) =>
  (b1! + b2! * x! + b3! * x! ** 2 + b4! * x! ** 3) / (1 + b5! * x! + b6! * x! ** 2 + b7! * x! ** 3);

const problems: Readonly<Record<string, Problem>> = {
  Chwirut2: { model: ([b1, b2, b3], [x]) => Math.exp(-b1! * x!) / (b2! + b3! * x!) },
  DanWood: { model: ([b1, b2], [x]) => b1! * x! ** b2! },
  ENSO: {
    model: ([b1, b2, b3, b4, b5, b6, b7, b8, b9], [x]) => {
      const turn = 2 * Math.PI * x!;
      const year = b2! * Math.cos(turn / 12) + b3! * Math.sin(turn / 12);
      return b1! + year + b5! * Math.cos(turn / b4!) + b6! * Math.sin(turn / b4!) + b8! * Math.cos(turn / b7!) + b9! * Math.sin(turn / b7!);
    },
  },
  Gauss1: {
    model: ([b1, b2, ...peaks], [x]) => {
      let y = b1! * Math.exp(-b2! * x!);
      for (let i = 0; i < peaks.length; i += 3) y += peaks[i]! * Math.exp(-((x! - peaks[i + 1]!) ** 2) / peaks[i + 2]! ** 2);
      return y;
    },
  },
  Hahn1: { model: cubics },
  Kirby2: { model: ([b1, b2, b3, b4, b5], [x]) => (b1! + b2! * x! + b3! * x! ** 2) / (1 + b4! * x! + b5! * x! ** 2) },
  Lanczos3: {
    model: (b, [x]) => {
      let y = 0;
      for (let i = 0; i < b.length; i += 2) y += b[i]! * Math.exp(-b[i + 1]! * x!);
      return y;
    },
  },
  MGH17: { model: ([b1, b2, b3, b4, b5], [x]) => b1! + b2! * Math.exp(-x! * b4!) + b3! * Math.exp(-x! * b5!), isFar: true },
  Misra1a: { model: ([b1, b2], [x]) => b1! * (1 - Math.exp(-b2! * x!)) },
  Misra1b: { model: ([b1, b2], [x]) => b1! * (1 - (1 + (b2! * x!) / 2) ** -2) },
  Nelson: { model: ([b1, b2, b3], [x1, x2]) => b1! - b2! * x1! * Math.exp(-b3! * x2!), response: Math.log },
  Rat42: { model: ([b1, b2, b3], [x]) => b1! / (1 + Math.exp(b2! - b3! * x!)) },
  Roszman1: { model: ([b1, b2, b3, b4], [x]) => b1! - b2! * x! - Math.atan(b3! / (x! - b4!)) / Math.PI },
  Thurber: { model: cubics },
};

/** Of Roszman1's b1: its last digit stands first. */
const misprint = "1.20196866396E-0";

/** The starts, certified values and observations of a file. */
function read(name: string) {
  const lines = readFileSync(new URL(name, folder), "utf8").split(/\r?\n/);
  const parameters = lines.flatMap((line) => {
    const [, numbers] = /^\s*b\d+ =\s+(.*)$/.exec(line) ?? [];
    return numbers ? [numbers.replace(misprint, "2.0196866396E-01").trim().split(/\s+/).map(Number)] : [];
  });
  const after = (title: string) => Number(lines.find((line) => line.startsWith(title))!.slice(title.length));
  const start = lines.findLastIndex((line) => line.startsWith("Data:")) + 1;
  const rows = lines.slice(start).flatMap((line) => (line.trim() ? [line.trim().split(/\s+/).map(Number)] : []));
  const column = (index: number) => parameters.map((row) => row[index]!);
  return {
    starts: [column(0), column(1)],
    certified: column(2),
    deviations: column(3),
    sumOfSquares: after("Residual Sum of Squares:"),
    rows,
  };
}

/** How many digits two lists of numbers have in common, at least. */
const digits = (actual: readonly number[], wanted: readonly number[]) =>
  Math.min(...actual.map((value, index) => -Math.log10(Math.abs(value / wanted[index]! - 1) + 1e-16)));

test.skipIf(files.length === 0)("every file has its problem", () => {
  expect(files.map((name) => name.replace(".dat", "")).sort()).toEqual(Object.keys(problems).sort());
});

describe.each(files.map((name) => name.replace(".dat", "")))("%s", (name) => {
  const { model, response = (y: number) => y, isFar } = problems[name]!;
  const { starts, certified, deviations, sumOfSquares, rows } = read(`${name}.dat`);
  const y = Float64Array.from(rows, ([first]) => response(first!));
  const x = rows[0]!.slice(1).map((_, index) => Float64Array.from(rows, (row) => row[index + 1]!));

  describe.each(engines)("%s", (engine) => {
    const slopes = gradient(model, { shape: [certified, x.map(() => 0)], wrt: [0], engine });
    const residuals: Model = (parameters) => {
      const {
        value,
        gradient: [columns],
      } = slopes.batch([parameters, x]);
      return { residuals: y.map((observed, point) => observed - value[point]!), columns: columns as Float64Array[] };
    };

    test("the certified sum of squares and standard deviations", () => {
      const { residuals: r, columns } = residuals(certified);
      const sum = r.reduce((total, value) => total + value * value, 0);
      expect(digits([sum], [sumOfSquares])).toBeGreaterThan(10);
      const { inverseNorms } = factorise(columns);
      const variance = sumOfSquares / (rows.length - certified.length);
      expect(
        digits(
          inverseNorms.map((norm) => norm * Math.sqrt(variance)),
          deviations,
        ),
      ).toBeGreaterThan(9);
    });

    test.each(isFar ? [1] : [0, 1])("the certified parameters, from start %i", (start) => {
      expect(digits(fit(residuals, starts[start]!), certified)).toBeGreaterThan(6);
    });
  });
});
