import { expect, test } from "vitest";
import { EpsilaneError } from "../../src/errors.ts";
import type { Trace } from "../../src/trace/trace.ts";
import { evaluateTrace, failureAt } from "../support/evaluate.ts";
import { randomProgram } from "../support/programs.ts";
import { isClose, outcomeOf, traceOf } from "../support/trace.ts";

const programs = Number(process.env.PROGRAMS ?? 400);
const values = [0, 1, -1, 0.5, 2, -0.25, Number.NaN];
const points = values.flatMap((x) => values.map((y) => [x, y] as const));

/** The trace, or none of a program that throws whatever the numbers. */
function traceUnlessThrown(fn: unknown): Trace | undefined {
  try {
    return traceOf(fn, [1, 1]);
  } catch (error) {
    if (error instanceof EpsilaneError && error.code === "thrown") return undefined;
    throw error;
  }
}

test.each([
  ["give what JavaScript gives", false],
  ["with throw and try throw where JavaScript does, and give the same elsewhere", true],
])(`${programs} random programs %s`, { timeout: 600_000 }, (_, throws) => {
  let thrown = 0;
  for (let seed = 0; seed < programs; seed++) {
    const text = randomProgram(seed, throws);
    const fn = new Function(`return ${text}`)() as (x: number, y: number) => number[];
    const trace = traceUnlessThrown(fn);
    for (const point of points) {
      const wanted = outcomeOf(fn, point);
      const fails = !trace || failureAt(trace, point) !== undefined;
      const got = fails ? "an error" : evaluateTrace(trace, point);
      const want = wanted.throws ? "an error" : wanted.value;
      if (!isClose(got, want)) expect.fail(`program ${seed} at ${point}: ${got}, but JavaScript gives ${want}\n${text}`);
      if (fails && trace) thrown++;
    }
  }
  expect(thrown > programs).toBe(throws);
});
