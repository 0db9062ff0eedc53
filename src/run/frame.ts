import { type Arena, scratchArena } from "./arena.ts";
import type { Executable } from "./engine.ts";

/** All columns of a chunk stay within this, so that they stay in the second-level cache. */
const chunkBytes = 512 * 1024;
const minChunk = 256;
const maxChunk = 4096;
/** Beyond a power of two, so that columns do not fall on the same cache lines. */
const stagger = 320;
const align = 16;

/** Points computed at once: 4,096, fewer where there are many columns, a multiple of 256. */
export function chunkPoints(executable: Pick<Executable, "inputs" | "columns">): number {
  const columns = Math.max(1, executable.inputs.length + executable.columns);
  const fitting = Math.floor(chunkBytes / (8 * columns) / minChunk) * minChunk;
  return Math.min(maxChunk, Math.max(minChunk, fitting));
}

/** One executable ready to run on chunks: its block in an arena, and views of its columns. */
export interface Frame {
  readonly inputs: readonly Float64Array[];
  readonly columns: readonly Float64Array[];
  readonly scalars: Float64Array;
  run(count: number): void;
  /** Gives the room back; the frame is dead then. */
  close(): void;
}

/** Takes room for chunks of `points` and computes what depends on shared numbers alone. */
export function openFrame(executable: Executable, points: number, sharedValues: Float64Array): Frame {
  const arena = scratchArena(frameBytes(executable, chunkPoints(executable)));
  const instance = executable.bind(arena);
  const mark = arena.mark();
  const block = arena.allocate(executable.blockBytes, align);
  // The order of plan/layout.ts: columns, then scratch, then scalars.
  const pointers = new Int32Array(arena.memory.buffer, block, executable.blockBytes / 4);
  const views = allocateColumns(arena, executable.inputs.length + executable.columns, points);
  for (let k = 0; k < views.length; k++) pointers[k] = views[k].byteOffset;
  pointers[views.length] = arena.allocate(executable.scratchBytes, align);
  pointers[views.length + 1] = arena.allocate(executable.scalarCount * 8, align);
  const scalars = instance.begin(block, sharedValues);
  return {
    inputs: views.slice(0, executable.inputs.length),
    columns: views.slice(executable.inputs.length),
    scalars,
    run: (count) => {
      instance.run(block, count);
    },
    close: () => arena.release(mark),
  };
}

const columnStride = (points: number) => points * 8 + stagger;

const frameBytes = (executable: Executable, points: number) =>
  executable.blockBytes +
  (executable.inputs.length + executable.columns) * columnStride(points) +
  executable.scratchBytes +
  executable.scalarCount * 8 +
  4 * 64;

function allocateColumns(arena: Arena, count: number, points: number): Float64Array[] {
  const stride = columnStride(points);
  const start = arena.allocate(count * stride, 64);
  return Array.from({ length: count }, (_, k) => new Float64Array(arena.memory.buffer, start + k * stride, points));
}
