import { describe, expect, test } from "vitest";
import { createRandom, randomBits } from "../kernels/points.ts";
import { type KernelName, ordered, runBlock, runLanes, unary } from "./kernels.ts";

const count = 2048;
const chunks = 4;

/** A third is ordinary in size, a third of every size below 0 and above, a third random bits. */
function assorted(seed: number): Float64Array {
  const random = createRandom(seed);
  return randomBits(count, random).map((bits, i) =>
    i % 3 === 0 ? bits : i % 3 === 1 ? (random() - 0.3) * 12 : (random() < 0.5 ? -1 : 1) * 2 ** (random() * 60 - 40),
  );
}

const operandsOf = (name: KernelName, chunk: number) => {
  const x = assorted(chunk);
  if (name === "gammaSlope") return [x, runBlock("gamma", [x])];
  return ordered.includes(name as never) ? [x.map((_, i) => 1 + ((i * 7) % 5)), x] : [x];
};

const rotated = (column: Float64Array, by: number) => column.map((_, i) => column[(i + by) % count]!);

function expectSame(results: Float64Array, expected: Float64Array, operands: readonly Float64Array[]): void {
  const wrong = expected.findIndex((value, i) => !Object.is(results[i], value));
  if (wrong >= 0) expect.fail(`at ${operands.map((operand) => operand[wrong])}: ${results[wrong]}, not ${expected[wrong]}`);
}

describe.each([...unary, ...ordered, "gammaSlope"] as const)("%s", (name) => {
  test("the lane form gives the bits of the block kernel", () => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const operands = operandsOf(name, chunk);
      expectSame(runLanes(name, operands), runBlock(name, operands), operands);
    }
  });

  test("a lane's bits depend on its own argument alone", () => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const operands = operandsOf(name, chunk);
      const results = runBlock(name, operands);
      for (const shift of [1, 2, 601]) {
        const shifted = runBlock(
          name,
          operands.map((operand) => rotated(operand, shift)),
        );
        expectSame(rotated(shifted, count - shift), results, operands);
      }
    }
  });
});
