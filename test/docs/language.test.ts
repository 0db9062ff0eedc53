import { expect, test } from "vitest";
import { evaluate, jacobian } from "../../src/index.ts";
import { isClose } from "../support/trace.ts";
import { run, sectionsOf } from "./blocks.ts";

const examples = sectionsOf("language.md", 2).flatMap(({ title, blocks }) =>
  blocks.map((code, i) => ({ title: `${title}, ${i + 1}`, code })),
);

type Fn = (...args: unknown[]) => unknown;
/** The function of an example: a declaration is one, too. */
const functionOf = (code: string): Fn => (run(code) ?? run(`${code}\n${/function (\w+)/.exec(code)?.[1]};`)) as Fn;
const argumentsOf = (code: string): any[] => new Function(`return [${/^\/\/ \((.*)\)$/m.exec(code)![1]}]`)();

/** The numbers of a tree, depth first. */
const numbersOf = (tree: unknown): number[] =>
  typeof tree === "number" ? [tree] : typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(numbersOf) : [];

/** The tree with the number at `index`, depth first, changed by `step`. */
function moved(tree: unknown, index: number, step: number): any {
  let next = 0;
  const build = (part: unknown): unknown => {
    if (typeof part === "number") return next++ === index ? part + step : part;
    if (Array.isArray(part)) return part.map(build);
    return Object.fromEntries(Object.entries(part as object).map(([key, member]) => [key, build(member)]));
  };
  return build(tree);
}

/** Central differences with Richardson's extrapolation. */
function slopesAt(fn: Fn, args: unknown[], index: number): number[] {
  const difference = (h: number) => {
    const [above, below] = [h, -h].map((step) => numbersOf(fn(...moved(args, index, step))));
    return above!.map((value, i) => (value - below![i]!) / (2 * h));
  };
  const [wide, narrow] = [difference(2e-3), difference(1e-3)];
  return narrow.map((slope, i) => slope + (slope - wide[i]!) / 3);
}

test("there are examples", () => expect(examples.length).toBeGreaterThan(20));

test.each(examples)("$title", ({ code }) => {
  const fn = functionOf(code);
  const args = argumentsOf(code);
  const shape = args as never;
  for (const engine of ["compiled", "interpreted"] as const) {
    const { value } = evaluate(fn as never, { engine, shape } as never)(...(args as never[])) as { value: unknown };
    expect(isClose(value, fn(...structuredClone(args))), `${JSON.stringify(value)} ${JSON.stringify(fn(...structuredClone(args)))}`).toBe(
      true,
    );

    const { jacobian: rows } = jacobian(fn as never, { engine, shape } as never)(...(args as never[])) as { jacobian: unknown };
    const count = numbersOf(args).length;
    const got = numbersOf(rows);
    const columns = Array.from({ length: count }, (_, i) => slopesAt(fn, args, i));
    const want = columns[0]!.flatMap((_, output) => columns.map((column) => column[output]!));
    expect(got.length).toBe(want.length);
    for (const [i, slope] of got.entries()) expect(Math.abs(slope - want[i]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
  }
});
