import { type Arena, cachedByArena } from "./arena.ts";

const indicesOf = cachedByArena(() => new Map<string, number>());

/** Index of a block kernel in the arena's function table, through which the interpreter calls it. */
export function kernelIndex(arena: Arena, name: string): number {
  const indices = indicesOf(arena);
  let index = indices.get(name);
  if (index === undefined) {
    index = arena.table.grow(1);
    arena.table.set(index, arena.kernels()[name]);
    indices.set(name, index);
  }
  return index;
}
