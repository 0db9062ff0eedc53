import { expect, test } from "vitest";
import { checkPrograms } from "./check.ts";

// `npm run fuzz` checks many more.
test.each([true, false])("50 random programs agree with JavaScript and with dual numbers (exact: %s)", (exact) => {
  const { compared, refused } = checkPrograms(exact, 50, 20240229);
  expect(refused).toBeLessThan(5);
  expect(compared).toBeGreaterThan(750);
});
