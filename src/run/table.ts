import type { Arena } from "./arena.ts";

const indices = new WeakMap<Arena, Map<string, number>>();

/** Index of a block kernel in the arena's function table, through which the interpreter calls it. */
export function kernelIndex(arena: Arena, name: string): number {
  const known = indices.get(arena) ?? new Map<string, number>();
  indices.set(arena, known);
  let index = known.get(name);
  if (index === undefined) {
    index = arena.table.grow(1);
    arena.table.set(index, arena.kernels()[name]);
    known.set(name, index);
  }
  return index;
}
