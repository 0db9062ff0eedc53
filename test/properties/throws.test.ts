import { expect, test } from "vitest";
import { EpsilaneError, jacobian } from "../../src/index.ts";
import { engines } from "../support/execute.ts";
import { randomProgram, seeded } from "../support/programs.ts";
import { isClose, outcomeOf } from "../support/trace.ts";

/** Random programs with `throw` and `try` through both engines: values and places by JavaScript itself, slopes by differences of it. */
const programs = Number(process.env.PROGRAMS ?? 25);
const count = 41;

const points = (seed: number) => {
  const random = seeded(seed);
  return Array.from({ length: count }, () => [random() * 4 - 2, random() * 4 - 2] as const);
};

function errorOf(run: () => unknown): EpsilaneError | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof EpsilaneError) return error;
    throw error;
  }
  return undefined;
}

test(`${programs} random programs`, { timeout: 600_000 }, () => {
  let [checked, thrown] = [0, 0];
  for (let seed = 0; seed < programs; seed++) {
    const text = randomProgram(seed, true);
    const fn = new Function(`return ${text}`)() as (x: number, y: number) => number[];
    const at = points(seed);
    const wanted = at.map((point) => outcomeOf(fn, point));
    const args: [Float64Array, Float64Array] = [Float64Array.from(at, ([x]) => x), Float64Array.from(at, ([, y]) => y)];
    const refusal = errorOf(() => jacobian(fn));
    if (refusal) {
      expect(refusal.code, text).toBe("thrown");
      expect(wanted.every(({ throws }) => throws)).toBe(true);
      continue;
    }
    const [one, other] = engines.map((engine) => jacobian(fn, { engine, invalid: "nan" }).batch(args));
    expect(one, text).toEqual(other);
    const first = wanted.findIndex(({ throws }) => throws);
    for (const engine of engines) {
      const error = errorOf(() => jacobian(fn, { engine }).batch(args));
      expect(error?.index ?? -1, text).toBe(first);
    }

    const { value, jacobian: slopes } = one! as unknown as { value: Float64Array[]; jacobian: Float64Array[][] };
    wanted.forEach(({ value: want, throws }, point) => {
      if (throws) {
        thrown++;
        for (const column of [...value, ...slopes.flat()]) expect(column[point], text).toBeNaN();
        return;
      }
      const got = value.map((column) => column[point]);
      expect(isClose(got, want), `${got}, not ${want}, at ${at[point]}\n${text}`).toBe(true);
      const [x, y] = at[point]!;
      const valuesAt = (...args: number[]) => (outcomeOf(fn, args).value ?? []) as number[];
      const near = (h: number) => [valuesAt(x + h, y), valuesAt(x - h, y), valuesAt(x, y + h), valuesAt(x, y - h)];
      const [wide, narrow] = [near(2e-5), near(1e-5)];
      (want as number[]).forEach((_, output) => {
        for (const leaf of [0, 1]) {
          const difference = (values: number[][], h: number) => (values[2 * leaf]![output]! - values[2 * leaf + 1]![output]!) / (2 * h);
          const [coarse, fine] = [difference(wide, 2e-5), difference(narrow, 1e-5)];
          const scale = Math.max(1, Math.abs(fine));
          // Beside a kink, a jump or a throw the difference is no slope.
          if (!(Math.abs(coarse - fine) < 1e-6 * scale) || !Number.isFinite(fine) || scale > 1e6) continue;
          checked++;
          expect(Math.abs(slopes[output]![leaf]![point]! - fine) / scale, `∂${output}/∂${leaf} at ${at[point]}\n${text}`).toBeLessThan(
            1e-4,
          );
        }
      });
    });
  }
  expect(checked).toBeGreaterThan(100 * programs);
  expect(thrown).toBeGreaterThan(2 * programs);
});
