import { EpsilaneError } from "../errors.ts";
import { instantiateMath, type MathExports, staticEnd } from "../wasm/math.ts";
import { type Kernels, kernelsBeside } from "../wasm/modules.ts";

/** A memory that never grows, so that views of it live on, with an instance of the kernels in it. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  readonly exports: MathExports;
  /** Address of the tables that it was made with, one behind the other. */
  readonly tables: number;
  /** The kernels of all modules in use. */
  kernels(): Kernels;
  /** Takes room from the free end; it is given back by `release` only. */
  allocate(bytes: number, align: number): number;
  /** Where the free room starts, to be given to `release`. */
  mark(): number;
  release(mark: number): void;
}

type Tables = readonly Float64Array[];
const bytesOf = (tables: Tables) => tables.reduce((bytes, table) => bytes + table.byteLength, 0);

const pageBytes = 65536;
const maxPages = 65536;
/** Holds the kernels' tables, 512 kB of columns and the scratch of ordinary plans. */
const minArenaBytes = 2 ** 20;

/** An arena with room for at least `bytes` beside the kernels' own data and the tables. */
function createArena(bytes: number, tables: Tables = []): Arena {
  const pages = Math.ceil((staticEnd + bytesOf(tables) + bytes) / pageBytes);
  const memory = createMemory(pages);
  const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
  const exports = instantiateMath(memory, table);
  let free = staticEnd;
  for (const table of tables) {
    new Float64Array(memory.buffer, free).set(table);
    free += table.byteLength;
  }
  return {
    memory,
    table,
    exports,
    tables: staticEnd,
    kernels: kernelsBeside(memory, exports),
    allocate(size, align) {
      const start = Math.ceil(free / align) * align;
      if (start + size > pages * pageBytes) throw outOfMemory(size);
      free = start + size;
      return start;
    },
    mark: () => free,
    release: (mark) => {
      free = mark;
    },
  };
}

function createMemory(pages: number): WebAssembly.Memory {
  if (pages > maxPages) throw outOfMemory(pages * pageBytes);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw outOfMemory(pages * pageBytes, cause);
  }
}

const outOfMemory = (bytes: number, cause?: unknown) =>
  new EpsilaneError("out-of-memory", `No room for ${bytes} bytes of WebAssembly memory: ask for fewer columns at once.`, { cause });

/** What is made once for each arena, and goes with it. */
export function cachedByArena<Value>(make: (arena: Arena) => Value): (arena: Arena) => Value {
  const known = new WeakMap<Arena, Value>();
  return (arena) => {
    let value = known.get(arena);
    if (value === undefined) {
      value = make(arena);
      known.set(arena, value);
    }
    return value;
  };
}

/** Arenas by their size, for each list of tables. */
const scratchArenas = new WeakMap<Tables, Map<number, Arena>>();
const noTables: Tables = [];

/**
 * The arena for work that is over before anyone else runs: one for all ordinary requests, one for each larger power of two;
 * tables have arenas of their own, which go with them.
 */
export function scratchArena(bytes: number, tables: Tables): Arena {
  const key = tables.length === 0 ? noTables : tables;
  const arenas = scratchArenas.get(key) ?? new Map<number, Arena>();
  scratchArenas.set(key, arenas);
  const size = Math.max(minArenaBytes, 2 ** Math.ceil(Math.log2(staticEnd + bytes)));
  let arena = arenas.get(size);
  if (!arena) {
    arena = createArena(size - staticEnd, tables);
    arenas.set(size, arena);
  }
  return arena;
}
