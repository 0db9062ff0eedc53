import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { gradient, jvp } from "../../src/index.ts";
import { engines, execute } from "../support/execute.ts";
import { traceOf } from "../support/trace.ts";

/** A tree of numbers in JSON, where a string stands for a number that JSON has not. */
type Json = number | string | readonly Json[];
interface Wanted {
  readonly value?: Json;
  readonly gradient?: readonly Json[];
  readonly jvp?: { readonly tangents: readonly Json[]; readonly tangent: Json };
  readonly hessian?: readonly Json[];
  readonly error?: boolean;
}
interface Point {
  readonly at: readonly Json[];
  readonly want: Wanted;
  readonly accept?: readonly Wanted[];
}
interface Report extends Point {
  readonly id: string;
  readonly js: string;
  readonly also?: readonly Point[];
  readonly tol: number;
  readonly tolAbs?: number;
}

const file = new URL("../../../shared/cases/reports.json", import.meta.url);
const reports: Report[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];

/** Reports that this much of epsilane cannot run yet, each with the reason. */
const later: Readonly<Record<string, string>> = {
  "nested-closure-sum": "derivatives inside a traced function",
  "nested-first-argument-unused": "derivatives inside a traced function",
};

/** Reports marked hard whose slope no operation-by-operation method can reach; their values are tested. */
const outOfReach: Readonly<Record<string, string>> = {
  "lgamma-tiny-negative": "the slope of π/|x sin πx| overflows, though that of its logarithm does not",
};

type Tree = number | readonly Tree[];
const numbers = (json: Json): Tree => (Array.isArray(json) ? json.map(numbers) : Number(json));

/** The text of a report as a function, as it would stand in a program. */
const functionOf = (js: string) => new Function(`return ${js}`)() as (...args: number[]) => number;

interface Tolerance {
  readonly tol: number;
  readonly tolAbs?: number;
}

/** Whether a number is what was wanted: relative tolerance, absolute beside 0; `"-0"` is exact, 0 admits both zeros. */
function fits(actual: unknown, wanted: Json | undefined, tolerance: Tolerance): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) {
    return Array.isArray(actual) && actual.length === wanted.length && wanted.every((item, index) => fits(actual[index], item, tolerance));
  }
  if (typeof actual !== "number") return false;
  const number = Number(wanted);
  if (wanted === "-0" || !Number.isFinite(number)) return Object.is(actual, number);
  const { tol, tolAbs = 0 } = tolerance;
  return Math.abs(actual - number) <= Math.max(tolAbs, number === 0 ? tol : tol * Math.abs(number));
}

interface Result {
  readonly value?: unknown;
  readonly gradient?: unknown;
}

function expectWanted(result: Result, { at, want, accept = [] }: Point, tolerance: Tolerance) {
  const admitted = [want, ...accept.map((other) => ({ ...want, ...other }))];
  const right = admitted.some(({ value, gradient }) => fits(result.value, value, tolerance) && fits(result.gradient, gradient, tolerance));
  expect(right, `at ${JSON.stringify(at)}: ${text(result)}, not ${text(want)}`).toBe(true);
}

/** JSON with the numbers that it has not. */
const text = (value: unknown) =>
  JSON.stringify(value, (_, item) =>
    typeof item === "number" && (!Number.isFinite(item) || Object.is(item, -0)) ? `${Object.is(item, -0) ? "-0" : item}` : item,
  );

/** Points as a tree of columns, and one point of such a tree. */
const columnsOf = (points: readonly Tree[]): unknown =>
  Array.isArray(points[0])
    ? points[0].map((_, index) => columnsOf(points.map((point) => (point as readonly Tree[])[index]!)))
    : Float64Array.from(points as number[]);
const pointOf = (columns: unknown, index: number): unknown =>
  Array.isArray(columns) ? columns.map((column) => pointOf(column, index)) : (columns as Float64Array)[index];

type AnyGradient = {
  (...args: readonly Tree[]): Result;
  batch(args: unknown, options?: unknown): { value: Float64Array; gradient: unknown };
};
const gradientOf = (report: Report, engine: (typeof engines)[number]) =>
  gradient(functionOf(report.js), { engine }) as unknown as AnyGradient;

test.skipIf(reports.length === 0)("the cases of ../shared/cases are there, and each is tried or listed for later", () => {
  const ids = reports.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(80);
  expect([...Object.keys(later), ...Object.keys(outOfReach)].filter((id) => !ids.includes(id))).toEqual([]);
});

for (const report of reports.filter(({ id }) => id in later)) test.todo(`${report.id}: ${later[report.id]}`);
for (const [id, reason] of Object.entries(outOfReach))
  if (reports.some((report) => report.id === id)) test.todo(`${id}: gradient (${reason})`);

const withoutGradient = ({ want, ...point }: Point): Point => ({ ...point, want: { value: want.value } });

const runnable = reports.filter(({ id, want }) => !(id in later) && !want.error);

describe.each(runnable.map((report) => [report.id, report] as const))("%s", (_, report) => {
  const all: Point[] = [report, ...(report.also ?? [])];
  const points = report.id in outOfReach ? all.map(withoutGradient) : all;
  const given = points.map(({ at }) => at.map(numbers));

  describe.each(engines)("%s", (engine) => {
    const f = gradientOf(report, engine);

    test("all points in one batch", () => {
      const { value, gradient: slopes } = f.batch(columnsOf(given));
      points.forEach((point, index) => expectWanted({ value: value[index], gradient: pointOf(slopes, index) }, point, report));
    });

    test("one point at a time", () => {
      points.forEach((point, index) => expectWanted(f(...given[index]!), point, report));
    });

    test("all points in one batch, and each alone, have the same bits", () => {
      const { value, gradient: slopes } = f.batch(columnsOf(given));
      given.forEach((args, index) => expect(f(...args)).toEqual({ value: value[index], gradient: pointOf(slopes, index) }));
    });
  });
});

describe.each(
  runnable.flatMap((report) =>
    [report, ...(report.also ?? [])].flatMap(({ at, want }) => (want.jvp ? [{ ...report, at, wanted: want.jvp }] : [])),
  ),
)("$id along tangents", ({ js, at, wanted, tol }) => {
  test.each(engines)("%s", (engine) => {
    const tangentOf = jvp(functionOf(js), { engine }) as unknown as (args: unknown, tangents: unknown) => { tangent: unknown };
    expect(fits(tangentOf(at.map(numbers), wanted.tangents.map(numbers)).tangent, wanted.tangent, { tol })).toBe(true);
  });
});

/** There is no operator for them yet: the Jacobian of the gradient is accumulated on the graph that has the gradient in it. */
describe.each(
  runnable.flatMap((report) => {
    const points: Point[] = [report, ...(report.also ?? [])];
    return points.some(({ want }) => want.hessian) ? [[report.id, report, points] as const] : [];
  }),
)("second derivatives of %s", (_, report, points) => {
  const { graph, result, leafCount } = traceOf(functionOf(report.js), report.at.map(numbers));
  const leaves = Array.from({ length: leafCount }, (_, leaf) => graph.input(leaf));
  const rowsOf = (outputs: readonly NodeId[]) => accumulateJacobian(graph, outputs, leaves).rows;
  const outputs = rowsOf(rowsOf([(result as { slot: NodeId }).slot])[0]!).flat();
  const given = points.map(({ at }) => [at.map(numbers)].flat(9) as number[]);
  const columns = leaves.map((_, leaf) => Float64Array.from(given, (point) => point[leaf]!));

  test.each(engines)("%s", (engine) => {
    const partials = execute({ graph, outputs, engine }, columns, points.length);
    for (const [index, { at, want, accept = [] }] of points.entries()) {
      const hessian = partials.map((column) => column[index]!);
      const admitted = [want, ...accept.map((other) => ({ ...want, ...other }))].map((wanted) => wanted.hessian?.flat(9));
      const right = admitted.some((wanted) => fits(hessian, wanted, report));
      expect(right, `at ${JSON.stringify(at)}: ${text(hessian)}, not ${text(want.hessian)}`).toBe(true);
    }
  });
});

describe("reports that want an error", () => {
  const named: Record<string, string> = { "random-in-function": "Math.random", "unknown-function": "Math.gamma" };

  test.each(reports.filter(({ id }) => id in named).map((report) => [report.id, report] as const))("%s", (id, report) => {
    expect(() => gradientOf(report, "compiled")).toThrow(
      expect.objectContaining({ name: "EpsilaneError", message: expect.stringContaining(named[id]!) }),
    );
  });

  const stringArgument = reports.find(({ id }) => id === "string-argument");
  test.runIf(stringArgument)("string-argument", () => {
    const f = gradientOf(stringArgument!, "compiled") as unknown as (...args: unknown[]) => unknown;
    expect(() => f("abc", 1)).toThrow(expect.objectContaining({ name: "EpsilaneError" }));
    expect(f(1, 2)).toEqual({ value: 1, gradient: [1, 0] });
  });

  test.runIf(reports.length > 0)("are all here", () => {
    const wanting = reports.filter(({ want }) => want.error).map(({ id }) => id);
    expect(wanting.sort()).toEqual([...Object.keys(named), "string-argument"].sort());
  });
});

describe("what a number cannot say", () => {
  const find = (wanted: string) => reports.find(({ id }) => id === wanted);

  const empty = find("empty-batch");
  test.runIf(empty).each([0, 1, 3, 1001])("empty-batch: %i points", (length) => {
    const f = gradientOf(empty!, "compiled");
    const columns = empty!.at.map((value) => new Float64Array(length).fill(value as number));
    const single = f(...(empty!.at as number[]));
    expect(f.batch(columns)).toEqual({
      value: new Float64Array(length).fill(single.value as number),
      gradient: (single.gradient as number[]).map((slope) => new Float64Array(length).fill(slope)),
    });
  });

  const aliased = find("output-aliases-input");
  test.runIf(aliased)("output-aliases-input: refused, and the input is as it was", () => {
    const f = gradientOf(aliased!, "compiled");
    const columns = [Float64Array.of(3, 3, 3), Float64Array.of(4, 4, 4)];
    expect(() => f.batch(columns, { out: { value: new Float64Array(3), gradient: columns } })).toThrow(
      expect.objectContaining({ name: "EpsilaneError" }),
    );
    expect(columns).toEqual([Float64Array.of(3, 3, 3), Float64Array.of(4, 4, 4)]);
  });
});
