import { describe, expect, test } from "vitest";
import { derivative, dual, gradient, jvp } from "../src/index.ts";
import { engines } from "./support/execute.ts";

const distance = (x: number, y: number) => Math.sqrt(x * x + y * y);
const square = (x: number) => x * x;

describe.each(engines)("as textbooks have it, %s", (engine) => {
  test("x² at 5 + ε is 25 + 10ε", () => {
    expect(dual(square, { engine })({ val: 5, der: 1 })).toEqual({ val: 25, der: 10 });
    expect(derivative(square, { engine })(5)).toEqual({ value: 25, derivative: 10 });
  });

  test("the distance of (3 + ε, 4) is 5 + 0.6ε", () => {
    expect(dual(distance, { engine })({ val: 3, der: 1 }, { val: 4, der: 0 })).toEqual({ val: 5, der: 0.6 });
    expect(jvp(distance, { engine })([3, 4], [1, 0])).toEqual({ value: 5, tangent: 0.6 });
    expect(gradient(distance, { engine })(3, 4)).toEqual({ value: 5, gradient: [0.6, 0.8] });
  });

  test("dual numbers multiply as polynomials in ε do: (3 + ε)(4 + 2ε) = 12 + 10ε", () => {
    expect(dual((a: number, b: number) => a * b, { engine })({ val: 3, der: 1 }, { val: 4, der: 2 })).toEqual({ val: 12, der: 10 });
  });

  test("columns of dual numbers", () => {
    const result = dual(distance, { engine }).batch([
      { val: [3, 5, 8], der: 1 },
      { val: Float64Array.of(4, 12, 15), der: 0 },
    ]);
    expect(result).toEqual({ val: Float64Array.of(5, 13, 17), der: Float64Array.of(0.6, 5 / 13, 8 / 17) });
  });
});

test("the forward difference of the distance gives 0.5999999608263806 where the dual number gives 0.6", () => {
  const h = 1e-8;
  expect((distance(3 + h, 4) - distance(3, 4)) / h).toBe(0.5999999608263806);
  expect(gradient(distance)(3, 4).gradient[0]).toBe(0.6);
});
