import { describe, expect, test } from "vitest";
import { type KernelName, runBlock } from "./kernels.ts";
import { assorted, special } from "./points.ts";

const { MAX_VALUE, MIN_VALUE } = Number;
const edges = [31, 32, 33, 51, 52, 53, 54, 62, 63, 64, 83, 84, 85, 1023].flatMap((e) => [
  2 ** e - 1,
  2 ** e,
  2 ** e + 1,
  2 ** e + 2 ** (e - 1),
  2 ** e + 2 ** (e - 52),
]);
const numbers = [
  ...special,
  0.5,
  0.999,
  1,
  1.5,
  2,
  3,
  5,
  7,
  31,
  32,
  33,
  63,
  255,
  0xdeadbeef,
  MIN_VALUE,
  MAX_VALUE,
  2 ** 31 - 0.5,
  2 ** 32 - 0.5,
  ...edges,
];
const signed = numbers.flatMap((x) => [x, -x]);

const binary: { readonly [name in KernelName]?: (a: number, b: number) => number } = {
  bitAnd: (a, b) => a & b,
  bitOr: (a, b) => a | b,
  bitXor: (a, b) => a ^ b,
  shiftLeft: (a, b) => a << b,
  shiftRight: (a, b) => a >> b,
  shiftRightUnsigned: (a, b) => a >>> b,
  imul: Math.imul,
};
const unary: { readonly [name in KernelName]?: (a: number) => number } = { clz32: Math.clz32, fround: Math.fround };

function compare(name: KernelName, f: (...operands: number[]) => number, operands: readonly Float64Array[]) {
  const results = runBlock(name, operands);
  const wrong = results.findIndex((result, i) => !Object.is(result, f(...operands.map((operand) => operand[i]))));
  if (wrong >= 0) expect.fail(`${name}(${operands.map((operand) => operand[wrong])}) = ${results[wrong]}`);
}

describe("as JavaScript has it", () => {
  test.each(Object.entries(binary))("%s on all pairs of special values and on any bits", (name, f) => {
    for (let shift = 0; shift < signed.length; shift++) {
      compare(name as KernelName, f, [Float64Array.from(signed), Float64Array.from(signed, (_, i) => signed[(i + shift) % signed.length])]);
    }
    for (let seed = 0; seed < 10; seed++)
      compare(name as KernelName, f, [assorted(name as KernelName, 4096, seed), assorted(name as KernelName, 4096, seed + 100)]);
  });

  test.each(Object.entries(unary))("%s", (name, f) => {
    compare(name as KernelName, f, [Float64Array.from(signed)]);
    for (let seed = 0; seed < 20; seed++) compare(name as KernelName, f, [assorted(name as KernelName, 4096, seed)]);
  });

  test("fround at the ends of the range of floats, and halfway", () => {
    const ends = [
      2 ** 128,
      2 ** 128 - 2 ** 103,
      2 ** 128 - 2 ** 103 - 2 ** 75,
      2 ** -149,
      2 ** -150,
      2 ** -150 + 2 ** -170,
      2 ** -126,
      1 + 2 ** -24,
      1 + 3 * 2 ** -24,
    ];
    compare("fround", Math.fround, [Float64Array.from(ends.flatMap((x) => [x, -x]))]);
  });
});
