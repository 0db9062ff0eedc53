/** The compiled kernels, from build/, and what the package makes of them, from dist/, as functions of arrays. */
import { readFileSync } from "node:fs";
import { gradient, logSumExp, traced } from "../../dist/index.js";

const block = 4096;
const bytes = block * 8;
const memory = new WebAssembly.Memory({ initial: 32 });
const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
const instantiate = (name, kernel) =>
  new WebAssembly.Instance(new WebAssembly.Module(readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url))), {
    env: { memory, table },
    kernel,
  }).exports;
const math = instantiate("math", {});
const special = instantiate("special", math);
const all = { ...math, ...instantiate("duals", math), ...special };

const start = Math.ceil(special.staticEnd() / 32) * 32;
const columns = [0, 1, 2, 3, 4, 5].map((index) => new Float64Array(memory.buffer, start + index * bytes, block));
const addresses = columns.map(({ byteOffset }) => byteOffset);

/** `call` on blocks of the operands, which are copied to columns 2 and 4; result in column `from`. */
function inBlocks(operands, from, call) {
  const results = new Float64Array(operands[0].length);
  for (let first = 0; first < results.length; first += block) {
    const length = Math.min(block, results.length - first);
    operands.forEach((operand, index) => {
      columns[2 + 2 * index].fill(1).set(operand.subarray(first, first + length));
    });
    call(...addresses);
    results.set(columns[from].subarray(0, length), first);
  }
  return results;
}

/** Functions without a kernel of their own. */
const composed = { logSumExp: gradient(traced((x, y) => logSumExp(x, y))), sqrt: gradient((x) => Math.sqrt(x)) };

/** Values of a function. */
export const valuesOf = (name, operands) =>
  composed[name]
    ? composed[name].batch(operands).value
    : inBlocks(operands, 0, (z, _, a, __, b) => all[`${name}Block`](z, a, ...(operands.length > 1 ? [b] : []), bytes));

/** Kernels of their own, so that the other slope may be infinite or no number. */
const slopeKernels = { pow: ["powSlope", "powLog"] };

/** Slopes along one operand, from the dual block forms, which have the bits of the decoded rules (test/dual/decoded.test.ts). */
export function slopesOf(name, operands, along) {
  if (composed[name]) return composed[name].batch(operands).gradient[along];
  if (slopeKernels[name]) return valuesOf(slopeKernels[name][along], operands);
  columns[3].fill(along === 0 ? 1 : 0);
  columns[5].fill(along === 1 ? 1 : 0);
  return inBlocks(operands, 1, (z, dz, a, da, b, db) => all[`${name}Dual`](z, dz, a, da, ...(operands.length > 1 ? [b, db] : []), bytes));
}
