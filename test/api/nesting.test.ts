import { expect, test } from "vitest";
import { derivative, gradient, jacobian } from "../../src/index.ts";

const square = (x: number) => x * x;

test.each<[string, () => unknown]>([
  ["a derivative", () => derivative(derivative(square) as never)],
  ["its batch", () => derivative(derivative(square).batch as never)],
  ["a gradient", () => jacobian(gradient((x: number, y: number) => x * y) as never)],
  [
    "a function that calls one",
    () => {
      const slope = derivative(square);
      return derivative((x) => slope(x).derivative);
    },
  ],
  ["a function that makes one", () => derivative((x) => derivative((y) => x * y)(x).derivative)],
])("%s is not derived", (_, make) => {
  expect(make).toThrow(expect.objectContaining({ code: "unsupported-function", message: expect.stringContaining("calls epsilane") }));
});
