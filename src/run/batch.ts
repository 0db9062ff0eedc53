import { EpsilaneError } from "../errors.ts";
import { type ColumnView, copyAcross, copyIn, copyOut, fillColumn, isIntact } from "./column.ts";
import type { Executable } from "./engine.ts";
import { chunkPoints, type Frame, frameOf } from "./frame.ts";

export interface Batch {
  readonly executable: Executable;
  /** Per input leaf: a column, or the number shared by all points. */
  readonly inputs: readonly (number | ColumnView)[];
  /** Per requested output. */
  readonly outputs: readonly ColumnView[];
  readonly points: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Computes all points in chunks: columns are copied into the arena, computed, and copied out. `onProgress` is user code
 * that may use the arena itself, so the frame is closed before it and opened again after.
 */
export function runBatch(batch: Batch): void {
  const { executable, inputs, outputs, points, onProgress } = batch;
  if (outputs.length === 0) return;
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
        runChunk(batch, frame, scalars, from, count);
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
}

function runChunk({ executable, inputs, outputs }: Batch, frame: Frame, scalars: Float64Array, from: number, count: number): void {
  for (let k = 0; k < frame.inputs.length; k++) {
    copyIn(inputs[executable.inputs[k]] as ColumnView, from, count, frame.inputs[k]);
  }
  frame.run(count);
  for (let k = 0; k < outputs.length; k++) {
    const source = executable.sources[k];
    if (source.kind === "column") copyOut(frame.columns[source.column], count, outputs[k], from);
    else if (source.kind === "scalar") fillColumn(scalars[source.scalar], from, count, outputs[k]);
    else copyAcross(inputs[source.leaf] as ColumnView, from, count, outputs[k]);
  }
}

function checkIntact({ inputs, outputs }: Batch): void {
  for (const column of [...inputs, ...outputs]) {
    if (typeof column !== "number" && !isIntact(column)) {
      throw new EpsilaneError("detached-buffer", "onProgress detached or shortened a column of the batch that called it.");
    }
  }
}
