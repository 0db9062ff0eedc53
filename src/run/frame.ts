import { type Arena, scratchArena } from "./arena.ts";
import type { Executable, Instance } from "./engine.ts";

/** All columns of a chunk stay within this, so that they stay in the second-level cache. */
const chunkBytes = 512 * 1024;
const minChunk = 256;
const maxChunk = 4096;
/** Addresses that differ by whole pages meet in the same lines of the L1 cache, and a load waits for a store there. */
const pageBytes = 4096;
const lineBytes = 64;
const align = 64;

/** Points computed at once: 4,096, fewer where there are many columns, a multiple of 256. */
export function chunkPoints(executable: Pick<Executable, "inputs" | "columns">): number {
  const columns = Math.max(1, executable.inputs.length + executable.columns);
  const fitting = Math.floor(chunkBytes / (8 * columns) / minChunk) * minChunk;
  return Math.min(maxChunk, Math.max(minChunk, fitting));
}

/** An executable's block and columns at one place in the scratch arena: views outlive a call, contents do not. */
export interface Frame {
  readonly inputs: readonly Float64Array[];
  /** The first `count` points of the computed columns. */
  computed(count: number): readonly Float64Array[];
  /** Takes the room, and computes what is the same for all points. Gives that. */
  open(sharedValues: Float64Array): Float64Array;
  /** Computes the first `count` points of the columns. */
  run(count: number): void;
  /** The first of `count` points that is not 0 in a computed column, or -1. */
  firstSet(column: number, count: number): number;
  /** Gives the room back; the contents are lost. */
  close(): void;
}

const frames = new WeakMap<Executable, { readonly start: number; readonly frame: Frame }>();

/** The frame of an executable for chunks of `chunkPoints`, where the arena is free now. */
export function frameOf(executable: Executable): Frame {
  const arena = scratchArena(frameBytes(executable), executable.tables);
  const start = arena.mark();
  const known = frames.get(executable);
  if (known?.start === start) return known.frame;
  const frame = createFrame(executable, arena);
  frames.set(executable, { start, frame });
  return frame;
}

function createFrame(executable: Executable, arena: Arena): Frame {
  const instance: Instance = executable.bind(arena);
  const start = arena.mark();
  const block = arena.allocate(executable.blockBytes, align);
  const stride = columnStride(executable);
  const views = allocateColumns(arena, executable);
  // The order of plan/layout.ts.
  const pointers = Int32Array.from([
    ...views.map((view) => view.byteOffset),
    arena.allocate(executable.scratchBytes, align),
    arena.allocate(executable.scalarCount * 8, align),
    arena.tables,
  ]);
  const words = new Int32Array(arena.memory.buffer, block, pointers.length);
  const bytes = arena.mark() - start;
  arena.release(start);
  const columns = views.slice(executable.inputs.length);
  let last = { count: -1, columns };
  return {
    inputs: views.slice(0, executable.inputs.length),
    // Batches of one length come again and again, and views are dear.
    computed(count) {
      if (last.count !== count) last = { count, columns: columns.map((column) => column.subarray(0, count)) };
      return last.columns;
    },
    open(sharedValues) {
      arena.allocate(bytes, 1);
      words.set(pointers);
      return instance.begin(block, sharedValues);
    },
    run: (count) => {
      // Lanes beyond the last point compute it again.
      if (views.length > 0) arena.exports.padColumns(views[0].byteOffset, executable.inputs.length, stride, count);
      instance.run(block, count);
    },
    firstSet: (column, count) => arena.exports.firstSet(views[executable.inputs.length + column].byteOffset, count),
    close: () => arena.release(start),
  };
}

/** Bytes from column to column: whole pages, and a step that spreads all columns evenly over a page. */
function columnStride(executable: Executable): number {
  const columns = executable.inputs.length + executable.columns;
  const step = Math.max(1, Math.floor(pageBytes / lineBytes / Math.max(1, columns))) * lineBytes;
  return Math.ceil((chunkPoints(executable) * 8) / pageBytes) * pageBytes + step;
}

const frameBytes = (executable: Executable) =>
  executable.blockBytes +
  (executable.inputs.length + executable.columns) * columnStride(executable) +
  executable.scratchBytes +
  executable.scalarCount * 8 +
  4 * align;

function allocateColumns(arena: Arena, executable: Executable): Float64Array[] {
  const [count, stride, points] = [executable.inputs.length + executable.columns, columnStride(executable), chunkPoints(executable)];
  const start = arena.allocate(count * stride, align);
  return Array.from({ length: count }, (_, k) => new Float64Array(arena.memory.buffer, start + k * stride, points));
}
