import { describe, expect, test } from "vitest";
import { type OperationName, operations } from "../../src/graph/operations.ts";
import { evaluateKernel } from "../../src/wasm/kernels.ts";
import { type Block, staticEnd } from "../../src/wasm/math.ts";
import { fill, ordinaryAndSpecial } from "../dual/operands.ts";
import { instantiateAll } from "../support/special.ts";

const kernels = Object.entries(operations).filter(([, { form, readsTable }]) => form === "kernel" && !readsTable) as [
  OperationName,
  { arity: number },
][];

test("exact values", () => {
  expect(evaluateKernel("exp", 0)).toBe(1);
  expect(evaluateKernel("log", 1)).toBe(0);
  expect(evaluateKernel("sin", -0)).toBe(-0);
  expect(evaluateKernel("cbrt", -27)).toBe(-3);
  expect(evaluateKernel("round", 2.5)).toBe(3);
  expect(evaluateKernel("sign", -7)).toBe(-1);
  expect(evaluateKernel("pow", 2, 10)).toBe(1024);
  expect(evaluateKernel("pow", 10, 2)).toBe(100);
  expect(evaluateKernel("atan2", 0, -1)).toBe(Math.PI);
  expect(evaluateKernel("hypot", 3, 4)).toBe(5);
  expect(evaluateKernel("rem", -5.5, 2)).toBe(-1.5);
});

describe("one point has the bits of a batch, in every lane and in the lane form", () => {
  const n = 256;
  const start = Math.ceil(staticEnd / 32) * 32;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(staticEnd / 65536) + 1 });
  const all = instantiateAll(memory);
  const column = (index: number) => new Float64Array(memory.buffer, start + index * n * 8, n);
  const run = (name: string, ...columns: Float64Array[]) => {
    const block = all[name] as Block;
    block(...columns.map((values) => values.byteOffset), n * 8);
  };

  test.each(kernels)("%s", (op, { arity }) => {
    const [z, dz] = [column(0), column(1)];
    const operands = Array.from({ length: Math.min(arity, 2) }, (_, index) => column(2 + 2 * index));
    const pairs = operands.flatMap((values, index) => [values, column(3 + 2 * index)]);
    fill(pairs, ordinaryAndSpecial(op.length));
    const expected = Array.from(z, (_, row) => evaluateKernel(op, ...operands.map((values) => values[row]!)));

    run(`${op}Block`, z, ...operands);
    expect(Array.from(z)).toEqual(expected);

    z.fill(0);
    run(`${op}Dual`, z, dz, ...pairs);
    expect(Array.from(z)).toEqual(expected);
  });
});
