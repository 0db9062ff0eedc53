/** The compiled kernels of the `special` module as functions of arrays, in block form and in lane form. */
import type { OperationName } from "../../src/graph/operations.ts";
import { type Block, staticEnd } from "../../src/wasm/math.ts";
import { type Lane, laneCaller } from "../kernels/lane-caller.ts";
import { instantiateAll } from "../support/special.ts";

export const unary = [
  "erf",
  "erfc",
  "erfcx",
  "erfcxSlope",
  "gauss",
  "normalPdf",
  "normalPdfSlope",
  "normalCdf",
  "logistic",
  "softplus",
  "gamma",
  "logGamma",
  "digamma",
  "trigamma",
  "sinc",
] as const satisfies OperationName[];
/** Their first operand is an order. */
export const ordered = ["polygamma", "sincDerivative", "erfcxDerivative"] as const satisfies OperationName[];
export type KernelName = (typeof unary)[number] | (typeof ordered)[number] | "gammaSlope";

const capacity = 4096;
const start = Math.ceil(staticEnd / 32) * 32;
const memory = new WebAssembly.Memory({ initial: Math.ceil((start + 3 * capacity * 8) / 65536) });
const kernels = instantiateAll(memory);
const columns = [0, 1, 2].map((index) => new Float64Array(memory.buffer, start + index * capacity * 8, capacity));

function load(operands: readonly ArrayLike<number>[]): { addresses: number[]; bytes: number } {
  const padded = Math.ceil(operands[0]!.length / 4) * 4;
  const addresses = operands.map((operand, index) => {
    const column = columns[index + 1]!;
    column.fill(1, operand.length, padded);
    column.set(operand);
    return column.byteOffset;
  });
  return { addresses, bytes: padded * 8 };
}

export function runBlock(name: KernelName, operands: readonly ArrayLike<number>[]): Float64Array {
  const { addresses, bytes } = load(operands);
  (kernels[`${name}Block`] as Block)(columns[0]!.byteOffset, ...addresses, bytes);
  return columns[0]!.slice(0, operands[0]!.length);
}

/** Two lanes a call. */
export function runLanes(name: KernelName, operands: readonly ArrayLike<number>[]): Float64Array {
  const { addresses, bytes } = load(operands);
  const call = laneCaller(memory, kernels[name] as Lane, operands.length);
  for (let offset = 0; offset < bytes; offset += 16) call(columns[0]!.byteOffset + offset, ...addresses.map((address) => address + offset));
  return columns[0]!.slice(0, operands[0]!.length);
}
