import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dual, evaluate, gradient, jacobian, jvp } from "../../src/index.ts";
import { firstDifference } from "../support/bits.ts";
import { engines } from "../support/execute.ts";
import { arithmeticPrograms, functionOf, type Program, parameters, programs, references, runDual, sourceOf } from "./programs.ts";

/** The same programs every time, unless `SEED` says otherwise; `RUNS` times as many. A failure prints the smallest program that fails. */
const { SEED = "20240229", RUNS = "1" } = process.env;
const settings = (numRuns: number) => ({ numRuns: numRuns * Number(RUNS), seed: Number(SEED) });
const timeout = 60_000 * Number(RUNS);

const coordinate = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -4_000_000, max: 4_000_000 }).map((millionths) => millionths / 1e6) },
  { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
);
const points = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 5, maxLength: 9 });

type Point = readonly [number, number, number];
const columnsOf = (given: readonly Point[]) =>
  parameters.map((_, leaf) => Float64Array.from(given, (point) => point[leaf]!)) as [Float64Array, Float64Array, Float64Array];

/** Relative error admitted where a result is well conditioned, and how many times its sensitivity elsewhere. */
const [relative, sensitivities] = [1e-12, 8];

/** How many results were compared, and how many were left out as out of range or beside a kink. */
const tally = { compared: 0, leftOut: 0 };

function expectClose(actual: number, expected: number, spread: number, name: string) {
  const tolerance = relative * Math.abs(expected) + sensitivities * spread + 1e-60;
  if (!(Math.abs(actual - expected) <= tolerance)) expect.unreachable(`${name}: ${actual}, not ${expected} (± ${tolerance})`);
}

function expectDuals(
  program: Program,
  given: readonly Point[],
  value: readonly ArrayLike<number>[],
  slopes: readonly (readonly ArrayLike<number>[])[],
) {
  given.forEach((point, index) => {
    parameters.forEach((_, along) => {
      references(program, point, along).forEach((wanted, result) => {
        tally[wanted ? "compared" : "leftOut"]++;
        if (!wanted) return;
        const { val, der, spread } = wanted;
        expectClose(value[result]![index]!, val, spread.val, `value ${result} at ${point}`);
        expectClose(slopes[result]![along]![index]!, der, spread.der, `∂${result}/∂${parameters[along]} at ${point}`);
      });
    });
  });
}

describe("random programs", () => {
  test("values and Jacobians are those of dual numbers as objects", { timeout }, () => {
    fc.assert(
      fc.property(programs(14), points, (program, given) => {
        const f = jacobian(functionOf(sourceOf(program, false))) as never as {
          batch(args: unknown): { value: Float64Array[]; jacobian: Float64Array[][] };
        };
        const { value, jacobian: slopes } = f.batch(columnsOf(given));
        expectDuals(program, given, value, slopes);
      }),
      settings(250),
    );
    expect(tally.compared).toBeGreaterThan(tally.leftOut);
  });

  test("both engines, one point and batch, every operator: the same bits", { timeout }, () => {
    fc.assert(
      fc.property(programs(20), points, (program, given) => {
        const fn = functionOf(sourceOf(program, true));
        const columns = columnsOf(given);
        const wanted = gradient(fn).batch(columns as never) as { value: Float64Array; gradient: Float64Array[] };
        const tangents = [1, -0.5, 2] as const;
        const wantedTangent = jvp(fn).batch([columns, tangents] as never) as { value: Float64Array; tangent: Float64Array };
        for (const engine of engines) {
          const byGradient = gradient(fn, { engine });
          const { value, gradient: slopes } = byGradient.batch(columns as never) as typeof wanted;
          expect(firstDifference([value, ...slopes], [wanted.value, ...wanted.gradient]), `gradient, ${engine}`).toBeUndefined();
          const { value: alone } = evaluate(fn, { engine }).batch(columns as never) as { value: Float64Array };
          expect(firstDifference([alone], [wanted.value]), `evaluate, ${engine}`).toBeUndefined();
          const along = jvp(fn, { engine }).batch([columns, tangents] as never) as typeof wantedTangent;
          expect(firstDifference([along.value, along.tangent], [wanted.value, wantedTangent.tangent]), `jvp, ${engine}`).toBeUndefined();
          const duals = dual(fn, { engine }).batch(columns.map((val, leaf) => ({ val, der: tangents[leaf] })) as never) as never as {
            val: Float64Array;
            der: Float64Array;
          };
          expect(firstDifference([duals.val, duals.der], [wanted.value, wantedTangent.tangent]), `dual, ${engine}`).toBeUndefined();
          for (const index of [0, given.length - 1]) {
            const point = byGradient(...(given[index] as never as [])) as { value: number; gradient: number[] };
            const column = [wanted.value, ...wanted.gradient].map((all) => [all[index]!]);
            expect(
              firstDifference(
                [point.value, ...point.gradient].map((number) => [number]),
                column,
              ),
              `one point, ${engine}`,
            ).toBeUndefined();
            const dualPoint = dual(fn, { engine })(
              ...(given[index]!.map((val, leaf) => ({ val, der: tangents[leaf] })) as never as []),
            ) as { val: number; der: number };
            expect(
              firstDifference([[dualPoint.val], [dualPoint.der]], [[wanted.value[index]!], [wantedTangent.tangent[index]!]]),
              `one dual, ${engine}`,
            ).toBeUndefined();
          }
        }
      }),
      settings(120),
    );
  });

  test("rows of the Jacobian are tangents along each parameter", { timeout }, () => {
    fc.assert(
      fc.property(programs(14), points, (program, given) => {
        const fn = functionOf(sourceOf(program, false));
        const tangentOf = jvp(fn) as never as { batch(args: unknown): { tangent: Float64Array[]; value: Float64Array[] } };
        const columns = columnsOf(given);
        const byParameter = parameters.map((_, along) => tangentOf.batch([columns, parameters.map((_, leaf) => Number(leaf === along))]));
        const slopes = program.results.map((_, result) => byParameter.map(({ tangent }) => tangent[result]!));
        expectDuals(program, given, byParameter[0]!.value, slopes);
      }),
      settings(120),
    );
  });

  test("arithmetic has the bits of the plain function", { timeout }, () => {
    fc.assert(
      fc.property(arithmeticPrograms(20), points, (program, given) => {
        const fn = functionOf(sourceOf(program, false));
        const { value } = evaluate(fn).batch(columnsOf(given) as never) as { value: Float64Array[] };
        const plain = given.map((point) => fn(...point) as number[]);
        expect(
          firstDifference(
            value,
            program.results.map((_, result) => plain.map((row) => row[result]!)),
          ),
        ).toBeUndefined();
      }),
      settings(200),
    );
  });

  test("gradients are those of numerical differentiation", { timeout }, () => {
    let compared = 0;
    fc.assert(
      fc.property(programs(8), points, (program, given) => {
        const fn = functionOf(sourceOf(program, true)) as (...point: number[]) => number;
        const f = gradient(fn) as never as { batch(args: unknown): { gradient: Float64Array[] } };
        const { gradient: slopes } = f.batch(columnsOf(given));
        given.forEach((point, index) => {
          parameters.forEach((_, along) => {
            const numerical = differentiate(program, fn, point, along);
            if (!numerical) return;
            compared++;
            const { slope, error } = numerical;
            const tolerance = 1e-6 * Math.abs(slope) + 20 * error;
            const actual = slopes[along]![index]!;
            if (!(Math.abs(actual - slope) <= tolerance))
              expect.unreachable(`∂/∂${parameters[along]} at ${point}: ${actual}, not ${slope} (± ${tolerance})`);
          });
        });
      }),
      settings(200),
    );
    expect(compared).toBeGreaterThan(500);
  });
});

/** Central differences with one step of Richardson's extrapolation; `undefined` beside a kink, out of range, or where steps or sides disagree. */
function differentiate(
  program: Program,
  fn: (...point: number[]) => number,
  point: Point,
  along: number,
): { slope: number; error: number } | undefined {
  const [here] = references(program, point, along);
  if (!here) return undefined;
  const h = 2 ** -9 * Math.max(2 ** -6, Math.abs(point[along]!));
  const at = (by: number) => point.map((value, leaf) => (leaf === along ? value + by : value));
  const sameBranches = [-h, -h / 2, h / 2, h].every((by) => {
    const [there] = runDual(program, at(by), along);
    return there!.isOrdinary && there!.decisions === here.decisions;
  });
  if (!sameBranches) return undefined;
  const central = (step: number) => (fn(...at(step)) - fn(...at(-step))) / (2 * step);
  const [coarse, fine, finer] = [central(h), central(h / 2), central(h / 4)];
  const [first, second] = [(4 * fine - coarse) / 3, (4 * finer - fine) / 3];
  const [left, middle, right] = [-h / 4, 0, h / 4].map((by) => fn(...at(by)));
  if (Math.abs(right! - 2 * middle! + left!) > 0.1 * Math.max(Math.abs(right! - middle!), Math.abs(middle! - left!))) return undefined;
  const largest = Math.max(...[-h, 0, h].map((by) => Math.abs(fn(...at(by)))));
  const rounding = (2 ** -50 * largest + here.spread.val) / h;
  const error = Math.abs(second - first) + rounding;
  return error < 1e-3 * Math.abs(second) + 1e-9 ? { slope: second, error } : undefined;
}
