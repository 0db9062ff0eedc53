import { EpsilaneError } from "../errors.ts";
import { type ColumnView, constant, copy, copyIn, isIntact, whole } from "./column.ts";
import type { Executable, Source } from "./engine.ts";
import { chunkPoints, type Frame, frameOf } from "./frame.ts";

export interface Batch {
  readonly executable: Executable;
  /** Per input leaf: a column, or the number shared by all points. */
  readonly inputs: readonly (number | ColumnView)[];
  /** Per requested output. */
  readonly outputs: readonly ColumnView[];
  readonly points: number;
  /** What is not 0 at points that fail. */
  readonly failed?: Source;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Computes all points in chunks: columns are copied into the arena, computed, and copied out. `onProgress` is user code
 * that may use the arena itself, so the frame is closed before it and opened again after.
 * Ends at a chunk with a point that fails: gives the index of the first one, -1 where there is none.
 */
export function runBatch(batch: Batch): number {
  const { executable, inputs, outputs, points, failed, onProgress } = batch;
  if (outputs.length === 0 && !failed) return -1;
  const sharedValues = new Float64Array(inputs.length);
  for (let leaf = 0; leaf < inputs.length; leaf++)
    sharedValues[leaf] = typeof inputs[leaf] === "number" ? (inputs[leaf] as number) : Number.NaN;
  const chunk = chunkPoints(executable);
  for (let from = 0; from < points; ) {
    const frame = frameOf(executable);
    try {
      const scalars = frame.open(sharedValues);
      do {
        const count = Math.min(chunk, points - from);
        const first = runChunk(batch, frame, scalars, from, count);
        if (first >= 0) return from + first;
        from += count;
      } while (from < points && !onProgress);
    } finally {
      frame.close();
    }
    if (onProgress) {
      onProgress(from, points);
      checkIntact(batch);
    }
  }
  return -1;
}

/** Where a point fails, gives the index of the first in the chunk, and copies nothing out. */
function runChunk(
  { executable, inputs, outputs, failed }: Batch,
  frame: Frame,
  scalars: Float64Array,
  from: number,
  count: number,
): number {
  for (let k = 0; k < frame.inputs.length; k++) {
    copyIn(inputs[executable.inputs[k]] as ColumnView, from, count, frame.inputs[k]);
  }
  frame.run(count);
  const first = failed ? firstFailed(failed, frame, scalars, count) : -1;
  if (first >= 0) return first;
  const columns = frame.computed(count);
  for (let k = 0; k < outputs.length; k++) {
    const source = executable.sources[k];
    if (source.kind === "column") copy(whole(columns[source.column]), 0, count, outputs[k], from);
    else if (source.kind === "scalar") copy(constant(scalars[source.scalar]), 0, count, outputs[k], from);
    else copy(inputs[source.leaf] as ColumnView, from, count, outputs[k], from);
  }
  return -1;
}

function firstFailed(failed: Source, frame: Frame, scalars: Float64Array, count: number): number {
  if (failed.kind === "column") return frame.firstSet(failed.column, count);
  return failed.kind === "scalar" && scalars[failed.scalar] ? 0 : -1;
}

function checkIntact({ inputs, outputs }: Batch): void {
  for (const column of [...inputs, ...outputs]) {
    if (typeof column !== "number" && !isIntact(column)) {
      throw new EpsilaneError("detached-buffer", "onProgress detached or shortened a column of the batch that called it.");
    }
  }
}
