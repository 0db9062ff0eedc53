/** What src/run/frame.ts keeps in the second-level cache at once, and the most points. */
const CHUNK_BYTES = 512 * 1024;
const MAX_CHUNK = 4096;

/**
 * The copies of a batch without its computation: columns into buffers that stay in the cache, and buffers into columns, in the same chunks.
 * @param {Float64Array[]} inputs
 * @param {Float64Array[]} outputs as long as the inputs
 * @returns {() => void}
 */
export function copiesAlone(inputs, outputs) {
  const points = inputs[0].length;
  const chunk = Math.min(MAX_CHUNK, points, Math.floor(CHUNK_BYTES / 8 / (inputs.length + outputs.length)));
  const buffers = [...inputs, ...outputs].map(() => new Float64Array(chunk));
  return () => {
    for (let from = 0; from < points; from += chunk) {
      const count = Math.min(chunk, points - from);
      inputs.forEach((column, k) => buffers[k].set(column.subarray(from, from + count)));
      outputs.forEach((column, k) => column.set(buffers[inputs.length + k].subarray(0, count), from));
    }
  };
}
