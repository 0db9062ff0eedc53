import { expect, test } from "vitest";
import { checkChains } from "./check.ts";

test("chains of methods over arrays have JavaScript's bits, and the derivatives of dual numbers", () => {
  const { compared, refused } = checkChains(60, 11);
  expect(compared).toBeGreaterThan(3000);
  expect(refused).toBeLessThan(12);
});
