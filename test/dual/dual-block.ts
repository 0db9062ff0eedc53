import { type OperationName, operations } from "../../src/graph/operations.ts";
import { type Block, staticEnd } from "../../src/wasm/math.ts";
import { instantiateAll } from "../support/special.ts";

export interface Dual {
  readonly val: number;
  readonly der: number;
}

const rows = 512;
const memory = new WebAssembly.Memory({ initial: Math.ceil(staticEnd / 65536) + 1 });
const kernels = instantiateAll(memory);
const start = Math.ceil(staticEnd / 32) * 32;

/** A column of the tests' memory: 0 and 1 for results, then operands. */
export const column = (index: number): Float64Array => new Float64Array(memory.buffer, start + index * rows * 8, rows);
const bits = (values: Float64Array) => new BigInt64Array(memory.buffer, values.byteOffset, rows);

/** Whether the operation is a choice by mask, m ? a : b. */
export const takesMask = (op: OperationName) => (operations[op].maskOperands ?? 0) > 0;
export const operandCount = (op: OperationName) => (takesMask(op) ? 2 : Math.min(2, operations[op].arity));

/** Runs the dual block form of `op` over `rows` points; columns by address. */
export function runDual(op: OperationName, ...columns: readonly Float64Array[]): void {
  const block = kernels[`${op}Dual`] as Block;
  block(...columns.map((values) => values.byteOffset), rows * 8);
}

/** A mask column from a condition on the row. */
export function maskColumn(index: number, isSet: (row: number) => boolean): Float64Array {
  const values = column(index);
  const view = bits(values);
  for (let row = 0; row < rows; row++) view[row] = isSet(row) ? -1n : 0n;
  return values;
}

/** One dual operation; for `select`, `mask` is its condition. */
export function dual(op: OperationName, operands: readonly Dual[], mask = true): Dual {
  const pairs = operands.flatMap(({ val, der }, index) => [column(2 + 2 * index).fill(val), column(3 + 2 * index).fill(der)]);
  const masks = takesMask(op) ? [maskColumn(6, () => mask)] : [];
  runDual(op, column(0), column(1), ...masks, ...pairs);
  return { val: column(0)[0]!, der: column(1)[0]! };
}
