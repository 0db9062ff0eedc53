import { expect, test } from "vitest";
import { evaluateTrace } from "../support/evaluate.ts";
import { randomProgram } from "../support/programs.ts";
import { isClose, traceOf } from "../support/trace.ts";

const programs = Number(process.env.PROGRAMS ?? 400);
const values = [0, 1, -1, 0.5, 2, -0.25, Number.NaN];

test(`${programs} random programs give what JavaScript gives`, { timeout: 600_000 }, () => {
  for (let seed = 0; seed < programs; seed++) {
    const text = randomProgram(seed);
    const fn = new Function(`return ${text}`)() as (x: number, y: number) => number[];
    const trace = traceOf(fn, [1, 1]);
    for (const x of values) {
      for (const y of values) {
        const [got, want] = [evaluateTrace(trace, [x, y]), fn(x, y)];
        if (!isClose(got, want)) expect.fail(`program ${seed} at ${x}, ${y}: ${got}, but JavaScript gives ${want}\n${text}`);
      }
    }
  }
});
