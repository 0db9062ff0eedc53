import { expect, test } from "vitest";
import { checkPrograms } from "./check.ts";

/** The same programs every time, unless `SEED` says otherwise. */
const { SEED = "20240229", PROGRAMS = "2000" } = process.env;
const [seed, count] = [Number(SEED), Math.ceil(Number(PROGRAMS) / 2)];

test.each([true, false])(`${count} random programs agree with JavaScript and with dual numbers (exact: %s)`, { timeout: 1e8 }, (exact) => {
  const { refused, compared, leftOut } = checkPrograms(exact, count, seed);
  console.log(`seed ${seed}: ${refused} programs refused; ${compared} derivatives and values compared, ${leftOut} left out`);
  expect(refused).toBeLessThan(5 + count / 8);
});
