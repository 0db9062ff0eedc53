import { describe, expect, test } from "vitest";
import { binary, type KernelName, runBlock, runLanes, runSincos, unary } from "./kernels.ts";
import { assorted } from "./points.ts";

const count = 4096;
const chunks = 8;
const kernels = [...unary.map((name) => [name, 1] as const), ...binary.map((name) => [name, 2] as const)];

/** Bit for bit, but for NaNs, which are all alike. */
function expectSame(results: Float64Array, expected: Float64Array): void {
  const wrong = expected.findIndex((value, i) => !Object.is(results[i], value));
  if (wrong >= 0) expect.fail(`number ${wrong} is ${expected[wrong]}, not ${results[wrong]}`);
}

const operandsOf = (name: KernelName, arity: number, chunk: number) =>
  Array.from({ length: arity }, (_, index) => assorted(name, count, 2 * chunk + index));

describe.each(kernels)("%s", (name, arity) => {
  test("the lane form gives the bits of the block kernel", () => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const operands = operandsOf(name, arity, chunk);
      expectSame(runLanes(name, operands), runBlock(name, operands));
    }
  });

  test("a lane's bits depend on its own argument alone", () => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const operands = operandsOf(name, arity, chunk);
      const results = runBlock(name, operands);
      for (const shift of [1, 2, 3, 1001]) {
        const shifted = runBlock(
          name,
          operands.map((operand) => rotated(operand, shift)),
        );
        expectSame(rotated(shifted, count - shift), results);
      }
    }
  });

  test("the result may take an operand's column", () => {
    const operands = operandsOf(name, arity, 99);
    const results = runBlock(name, operands);
    expectSame(runBlock(name, operands, 1), results);
    if (arity === 2) expectSame(runBlock(name, operands, 2), results);
  });
});

// where base^b times its factor is subnormal, but e^E still a normal number
test.each([
  ["powSlope", (i: number) => [1e20 + i * 1e15, 1e-300 / (1 + i)]],
  ["powLog", (i: number) => [1 - (i + 1) * 2 ** -53, (680 - i / count) / ((i + 1) * 2 ** -53)]],
] as const)("%s rounds a subnormal result once, beside a rare neighbour too", (name, point) => {
  const points = Array.from({ length: count }, (_, i) => point(i));
  const [a, b] = [0, 1].map((operand) => Float64Array.from(points, (pair) => pair[operand]));
  const alone = runBlock(name, [a, b]);
  const isSubnormal = (value: number) => value !== 0 && Math.abs(value) < 2 ** -1022;
  expect(alone.filter(isSubnormal).length).toBeGreaterThan(count / 2);
  const rare = runBlock(name, [a.map((value, i) => (i % 2 ? Number.MIN_VALUE : value)), b]);
  const even = (_: number, i: number) => i % 2 === 0;
  expectSame(rare.filter(even), alone.filter(even));
});

test("sincos gives the bits of sin and of cos, whichever column takes them", () => {
  for (let chunk = 0; chunk < chunks; chunk++) {
    const angles = assorted("sin", count, chunk);
    const [sine, cosine] = [runBlock("sin", [angles]), runBlock("cos", [angles])];
    for (const [sineInto, cosineInto] of [
      [0, 3],
      [1, 3],
      [0, 1],
    ] as const) {
      const results = runSincos(angles, sineInto, cosineInto);
      expectSame(results.sine, sine);
      expectSame(results.cosine, cosine);
    }
  }
});

test("sincos gives the bits of sin and cos where all angles are near, and beside one that is not", () => {
  const furthest = (65535 * Math.PI) / 32;
  const angles = Float64Array.from({ length: count }, (_, i) => (i / count - 0.5) ** 3 * 8 * furthest);
  const zeros = Array.from({ length: 64 }, (_, i) => ((i - 32) * Math.PI) / 4);
  angles.set([0, -0, Number.MIN_VALUE, -1e-300, furthest, -furthest, 1e-9, ...zeros, ...zeros.map((zero) => zero * 200)]);
  for (const strange of [undefined, 1e6, 1e300, Number.NaN, Number.POSITIVE_INFINITY]) {
    const column = strange === undefined ? angles : angles.map((angle, i) => (i === 1001 ? strange : angle));
    const { sine, cosine } = runSincos(column);
    expectSame(sine, runBlock("sin", [column]));
    expectSame(cosine, runBlock("cos", [column]));
  }
});

function rotated(column: Float64Array, by: number): Float64Array {
  const result = new Float64Array(column.length);
  result.set(column.subarray(by));
  result.set(column.subarray(0, by), column.length - by);
  return result;
}
