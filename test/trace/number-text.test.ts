// @ts-nocheck The functions are plain JavaScript.
import { describe, expect, test } from "vitest";
import { evaluate, jacobian } from "../../src/index.ts";
import { seeded } from "../support/programs.ts";
import { errorOf, expectSame } from "../support/trace.ts";

describe("what toFixed rounds", () => {
  const random = seeded(5);
  const near = (digits) => (Math.floor(random() * 1e6) + 0.5) / 10 ** digits;
  test.each([0, 1, 2, 5, 12, 20, 22])("to %i digits, is what the host's toFixed gives", (digits) => {
    const f = evaluate((x) => Number(x.toFixed(digits)));
    const numbers = [0, -0, 0.5, -0.5, 1.5, 2.5, 1.005, 1.45, 8.345, -10.235, 1e21, -1e300, 5e-324, 2 ** 53, Number.NaN, Infinity];
    for (let i = 0; i < 2000; i++) {
      numbers.push((random() - 0.5) * 10 ** Math.floor(random() * 40 - 20), near(digits), -near(digits));
      numbers.push((2 ** 53 * (0.2 + random())) / 10 ** digits);
    }
    const { value } = f.batch([numbers]);
    numbers.forEach((x, i) => {
      if (!Object.is(value[i], Number(x.toFixed(digits)))) expect.fail(`${x}: ${value[i]}, but the host gives ${x.toFixed(digits)}`);
    });
  });
  test("has slope 0", () => {
    expect(jacobian((x) => +x.toFixed(2) * x)(2.347)).toEqual({ value: 2.35 * 2.347, jacobian: [2.35] });
  });
  test("is text until it is read", () => {
    expect(errorOf((x) => x.toFixed(digits(x)).length, [1], { digits: () => 2 }).code).toBe("text-on-data");
    expect(errorOf((x) => x.toFixed(1) + 1, [1]).code).toBe("text-on-data");
    expect(errorOf((x) => (x.toFixed(1) < "3" ? 1 : 2), [1]).code).toBe("text-on-data");
    expect(errorOf((x) => (x.toFixed(1) === "3.0" ? 1 : 2), [1]).code).toBe("text-on-data");
    expect(errorOf((x) => x.toFixed(x), [1]).code).toBe("shape-on-data");
    expect(errorOf((x) => Number(x.toPrecision(3)), [1]).code).toBe("text-on-data");
  });
});

describe("the text of a number", () => {
  test.each([
    (x) => Number(String(x)) + Number(x + "") + Number(`${2 * x}`),
    (x) => parseFloat((2 * x).toString().trim()),
    (x) => ((2 * x).toString() == 2 * x && x == String(x) ? x : 0),
    (x) => (x.toFixed(1) == 3 ? x : 1),
    (x) => (String(x) ? 1 : 2) + String(x) * 2,
    (x) => 1 / Number(String(x)),
  ])("%s", (fn) => expectSame(fn, [1]));
});
