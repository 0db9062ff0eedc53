import { expect, test } from "vitest";
import { checkChains, checkPrograms } from "./check.ts";

/** The same programs every time, unless `SEED` says otherwise; `FROM` how many of either kind have been checked before. */
const { SEED = "20240229", PROGRAMS = "2000", FROM = "0" } = process.env;
const [seed, from, count] = [Number(SEED), Number(FROM), Math.ceil(Number(PROGRAMS) / 2)];

test.each([true, false])(`${count} random programs agree with JavaScript and with dual numbers (exact: %s)`, { timeout: 1e8 }, (exact) => {
  const { refused, compared, leftOut } = checkPrograms(exact, count, seed, from);
  console.log(`seed ${seed}: ${refused} programs refused; ${compared} derivatives and values compared, ${leftOut} left out`);
  expect(refused).toBeLessThan(5 + count / 8);
});

test(`${count} chains of methods over arrays agree with JavaScript and with dual numbers`, { timeout: 1e8 }, () => {
  const { refused, compared, leftOut } = checkChains(count, seed, from);
  console.log(`seed ${seed}: ${refused} programs refused; ${compared} derivatives and values compared, ${leftOut} left out`);
  expect(refused).toBeLessThan(5 + count / 4);
});
