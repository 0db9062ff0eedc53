import type { OperationName } from "../graph/operations.ts";
import { type Block, type BlockName, instantiateMath, type MathExports, staticEnd } from "./math.ts";

const pageBytes = 65536;
/** A vector of two lanes, twice: what a block works on at least. */
const columnBytes = 32;

let calculator: { readonly exports: MathExports; readonly columns: Float64Array } | undefined;

/** A small instance of its own, made at the first call: room for a result and two operands after the static data. */
function createCalculator() {
  const start = Math.ceil(staticEnd / columnBytes) * columnBytes;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((start + 3 * columnBytes) / pageBytes) });
  const exports = instantiateMath(memory, new WebAssembly.Table({ element: "anyfunc", initial: 1 }));
  return { exports, columns: new Float64Array(memory.buffer, start, (3 * columnBytes) / 8) };
}

/** The compiled kernel of an operation on one point: the same bits as in a batch. */
export function evaluateKernel(op: OperationName, ...args: number[]): number {
  calculator ??= createCalculator();
  const { exports, columns } = calculator;
  const addresses = [columns.byteOffset];
  for (const [index, arg] of args.entries()) {
    const first = ((index + 1) * columnBytes) / 8;
    columns.fill(arg, first, first + columnBytes / 8);
    addresses.push(columns.byteOffset + (index + 1) * columnBytes);
  }
  const block: Block = exports[`${op}Block` as BlockName];
  block(...addresses, columnBytes);
  return columns[0]!;
}
