import type { OperationName } from "../graph/operations.ts";
import { type Block, instantiateMath, staticEnd } from "./math.ts";
import { type Kernels, kernelsBeside } from "./modules.ts";

const pageBytes = 65536;
/** A vector of two lanes, twice: what a block works on at least. */
const columnBytes = 32;

let calculator: { readonly kernels: () => Kernels; readonly columns: Float64Array } | undefined;

/** A small instance of its own, made at the first call: room for a result and two operands after the static data. */
function createCalculator() {
  const start = Math.ceil(staticEnd / columnBytes) * columnBytes;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((start + 3 * columnBytes) / pageBytes) });
  const math = instantiateMath(memory, new WebAssembly.Table({ element: "anyfunc", initial: 1 }));
  return { kernels: kernelsBeside(memory, math), columns: new Float64Array(memory.buffer, start, (3 * columnBytes) / 8) };
}

/** The compiled kernel of an operation on one point: the same bits as in a batch. */
export function evaluateKernel(op: OperationName, ...args: number[]): number {
  calculator ??= createCalculator();
  const { kernels, columns } = calculator;
  const addresses = [columns.byteOffset];
  for (const [index, arg] of args.entries()) {
    const first = ((index + 1) * columnBytes) / 8;
    columns.fill(arg, first, first + columnBytes / 8);
    addresses.push(columns.byteOffset + (index + 1) * columnBytes);
  }
  const block = kernels()[`${op}Block`] as Block;
  block(...addresses, columnBytes);
  return columns[0]!;
}
