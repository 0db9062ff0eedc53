/** The compiled kernels as functions of arrays, in block form and in lane form. */
import type { OperationName } from "../../src/graph/operations.ts";
import { type BlockName, instantiateMath, staticEnd } from "../../src/wasm/math.ts";
import { type Lane, laneCaller } from "./lane-caller.ts";

export const unary = [
  "exp",
  "expm1",
  "exp2",
  "log",
  "log1p",
  "log2",
  "log10",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "asinh",
  "acosh",
  "atanh",
  "cbrt",
  "round",
  "fround",
  "sign",
  "clz32",
] as const satisfies OperationName[];
export const binary = [
  "atan2",
  "pow",
  "hypot",
  "rem",
  "powSlope",
  "powLog",
  "imul",
  "bitAnd",
  "bitOr",
  "bitXor",
  "shiftLeft",
  "shiftRight",
  "shiftRightUnsigned",
] as const satisfies OperationName[];
export type KernelName = (typeof unary)[number] | (typeof binary)[number];

const pageBytes = 65536;
/** Points a call of a block takes at most. */
const capacity = 4096;
const columnBytes = capacity * 8;
const start = Math.ceil(staticEnd / 32) * 32;
const memory = new WebAssembly.Memory({ initial: Math.ceil((start + 4 * columnBytes) / pageBytes) });
const math = instantiateMath(memory, new WebAssembly.Table({ element: "anyfunc", initial: 1 }));
const columns = [0, 1, 2, 3].map((index) => new Float64Array(memory.buffer, start + index * columnBytes, capacity));

/** The operands go to columns 1 and 2, padded to whole turns of the kernels' loops by 1. */
function load(operands: readonly ArrayLike<number>[]): { addresses: number[]; bytes: number } {
  const { length } = operands[0];
  if (length > capacity) throw new RangeError(`${length} points, ${capacity} fit`);
  const padded = Math.ceil(length / 4) * 4;
  const addresses = operands.map((operand, index) => {
    columns[index + 1].fill(1, length, padded);
    columns[index + 1].set(operand);
    return columns[index + 1].byteOffset;
  });
  return { addresses, bytes: padded * 8 };
}

/** The results of a block kernel; `into`: the column that takes them (0: one of their own, 1 and 2: those of the operands). */
export function runBlock(name: KernelName, operands: readonly ArrayLike<number>[], into: 0 | 1 | 2 = 0): Float64Array {
  const { addresses, bytes } = load(operands);
  math[`${name}Block` as BlockName](columns[into].byteOffset, ...addresses, bytes);
  return columns[into].slice(0, operands[0].length);
}

export function runSincos(
  angles: ArrayLike<number>,
  sineInto: 0 | 1 = 0,
  cosineInto: 1 | 3 = 3,
): { sine: Float64Array; cosine: Float64Array } {
  const { addresses, bytes } = load([angles]);
  math.sincosBlock(columns[sineInto].byteOffset, columns[cosineInto].byteOffset, ...addresses, bytes);
  return { sine: columns[sineInto].slice(0, angles.length), cosine: columns[cosineInto].slice(0, angles.length) };
}

/** The results of a lane form, two lanes a call. */
export function runLanes(name: KernelName, operands: readonly ArrayLike<number>[]): Float64Array {
  const { addresses, bytes } = load(operands);
  const call = laneCaller(memory, (math as unknown as Record<string, Lane>)[name], operands.length);
  for (let offset = 0; offset < bytes; offset += 16) call(columns[0].byteOffset + offset, ...addresses.map((address) => address + offset));
  return columns[0].slice(0, operands[0].length);
}
