import { describe, expect, test } from "vitest";
import { dual, gradient, jvp } from "../../src/index.ts";

const distance = (x: number, y: number) => Math.sqrt(x * x + y * y);
const parts = ["read", "trace", "derive", "plan", "emit"];

describe.each(["compiled", "interpreted"] as const)("the report of %s code", (engine) => {
  const xs = Float64Array.of(3, 5, 8);
  const kinds = {
    gradient() {
      const f = gradient(distance, { engine });
      return { f, run: () => f.batch([xs, 4]) };
    },
    jvp() {
      const f = jvp(distance, { engine });
      return {
        f,
        run: () =>
          f.batch([
            [xs, 4],
            [1, 0],
          ]),
      };
    },
  };
  test.each(Object.keys(kinds) as (keyof typeof kinds)[])("%s: what took how long, in milliseconds", (kind) => {
    const start = performance.now();
    const { f, run } = kinds[kind]();
    expect(f.report).toBeUndefined();
    run();
    const { times } = f.report as unknown as { times: Record<string, number> };
    const total = performance.now() - start;
    expect(Object.keys(times)).toEqual(parts);
    for (const part of parts) expect(times[part], part).toBeGreaterThan(0);
    // They are parts of what happened between.
    expect(parts.reduce((sum, part) => sum + times[part]!, 0)).toBeLessThanOrEqual(total);
  });
});

test("the report is there after a call at one point, and for dual numbers", () => {
  const f = gradient(distance);
  f(3, 4);
  expect(f.report).toMatchObject({ engine: "compiled", operations: 6, order: "reverse", times: { read: expect.any(Number) } });
  const d = dual(distance);
  d({ val: 3, der: 1 }, { val: 4, der: 0 });
  expect(d.report).toMatchObject({ times: { emit: expect.any(Number) } });
});
