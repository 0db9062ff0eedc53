import { expect, test } from "vitest";
import { runBlock } from "./kernels.ts";
import { createRandom, randomBits } from "./points.ts";

const chunk = 4096;

function expectSame(results: Float64Array, expected: (i: number) => number, describe: (i: number) => string): void {
  const wrong = results.findIndex((result, i) => !Object.is(result, expected(i)));
  if (wrong >= 0) expect.fail(`${describe(wrong)} is ${expected(wrong)}, not ${results[wrong]}`);
}

function checkRem(a: Float64Array, b: Float64Array): void {
  expectSame(
    runBlock("rem", [a, b]),
    (i) => a[i] % b[i],
    (i) => `${a[i]} % ${b[i]}`,
  );
}

test("rem is % on 100,000 pairs of random bits", () => {
  const random = createRandom(1);
  for (let done = 0; done < 100_000; done += chunk) checkRem(randomBits(chunk, random), randomBits(chunk, random));
});

test("rem is % for quotients of every size, beside multiples too", () => {
  const random = createRandom(2);
  for (let done = 0; done < 100_000; done += chunk) {
    const b = Float64Array.from({ length: chunk }, () => (random() - 0.5) * 2 ** (random() * 1960 - 1000));
    const a = b.map((divisor) => {
      const quotient = (random() - 0.5) * 2 ** (random() * 60);
      return divisor * (random() < 0.5 ? quotient : Math.round(quotient));
    });
    checkRem(a, b);
  }
});

test("rem of subnormals and of the largest numbers", () => {
  const random = createRandom(3);
  const subnormals = () => Float64Array.from({ length: chunk }, () => Math.floor(random() * 2 ** (random() * 53)) * Number.MIN_VALUE);
  checkRem(subnormals(), subnormals());
  const great = () => Float64Array.from({ length: chunk }, () => Number.MAX_VALUE * random() ** 8);
  checkRem(great(), great());
  checkRem(great(), subnormals());
});

test("round and sign are Math.round and Math.sign", () => {
  const random = createRandom(4);
  for (let done = 0; done < 100_000; done += chunk) {
    const x = randomBits(chunk, random).map((value, i) => {
      if (i % 3 === 0) return value;
      const size = (random() - 0.5) * 2 ** (random() * 60 - 3);
      return i % 3 === 1 ? size : Math.round(size) + 0.5;
    });
    expectSame(
      runBlock("round", [x]),
      (i) => Math.round(x[i]),
      (i) => `Math.round(${x[i]})`,
    );
    expectSame(
      runBlock("sign", [x]),
      (i) => Math.sign(x[i]),
      (i) => `Math.sign(${x[i]})`,
    );
  }
});

test("round where x + 0.5 rounds", () => {
  const x = Float64Array.of(0.49999999999999994, -0.49999999999999994, 2 ** 52 - 0.5, 2 ** 52 + 1, 2 ** 53 - 1, -0.5, 0.5, -1.5, -0.2, 0.2);
  expectSame(
    runBlock("round", [x]),
    (i) => Math.round(x[i]),
    (i) => `Math.round(${x[i]})`,
  );
});
