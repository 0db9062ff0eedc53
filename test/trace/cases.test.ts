import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { evaluateTrace } from "../support/evaluate.ts";
import { errorOf, isClose, traceOf } from "../support/trace.ts";

interface Point {
  readonly at: readonly unknown[];
  readonly want: { readonly value?: unknown; readonly error?: boolean };
  readonly accept?: readonly { readonly value?: unknown }[];
}
interface Case extends Point {
  readonly id: string;
  readonly js: string;
  readonly needs?: string;
  readonly also?: readonly Point[];
  readonly tol?: number;
  readonly tolAbs?: number;
}

const file = new URL("../../../shared/cases/reports.json", import.meta.url);
const cases: Case[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];

/** What this much of the language can't read yet, by name. */
const later: Record<string, string> = {
  "nested-closure-sum": "derivatives inside a traced function",
  "nested-first-argument-unused": "derivatives inside a traced function",
};

const numbers = (tree: unknown): unknown => (Array.isArray(tree) ? tree.map(numbers) : typeof tree === "string" ? Number(tree) : tree);
/** The text of a case as a function, as a bundler would leave it. */
const functionOf = (js: string) => new Function(`return ${js}`)();

test.skipIf(cases.length === 0)("the reports are there", () => expect(cases.length).toBeGreaterThan(80));

for (const { id, js, tol = 1e-12, tolAbs = 0, also = [], ...first } of cases) {
  const points = [first, ...also];
  if (id in later) test.todo(`${id}: ${later[id]}`);
  else if (first.want.error) {
    // A string in place of a number is the caller's to refuse.
    test.skipIf(id === "string-argument")(`${id}: an error`, () => expect(errorOf(functionOf(js), first.at).message).toContain("Math."));
  } else {
    test(id, () => {
      const trace = traceOf(functionOf(js), numbers(first.at) as unknown[]);
      for (const { at, want, accept = [] } of points) {
        const got = evaluateTrace(trace, (numbers(at) as unknown[]).flat(9) as number[]);
        const fits = [want, ...accept].some(({ value }) => {
          const wanted = numbers(value) as number;
          if (typeof wanted === "number" && Math.abs((got as number) - wanted) <= Math.max(tol * Math.abs(wanted), tolAbs)) return true;
          return isClose(got, wanted);
        });
        expect(fits, `at ${JSON.stringify(at)}: ${got}, not ${JSON.stringify(want.value)}`).toBe(true);
      }
    });
  }
}
