import { instantiateSync } from "@assemblyscript/loader";
import { EpsilaneError } from "../errors.ts";
import { decodeBytes } from "./bytes.ts";
import { type kernelBlocks, text } from "./generated/math.ts";

export { kernelBlocks, staticEnd } from "./generated/math.ts";

/** A loop over columns of f64 in the instance's memory: addresses of the columns, results first, then their length in bytes (a multiple of 32). */
export type Block = (...addressesAndBytes: number[]) => void;
export type BlockName = (typeof kernelBlocks)[number];
/** The exports of the `math` module, as the engine gives them, so that other modules import them without a detour. */
export type MathExports = { readonly [name in BlockName]: Block } & {
  /** Runs `count` instructions of a plan's program over columns of `bytes` bytes, in blocks of `block` bytes. */
  interpret(program: number, count: number, bytes: number, block: number): void;
  /** assembly/columns.ts: writes `value` to a column of `bytes` bytes, a multiple of 16. */
  fillColumn(column: number, value: number, bytes: number): void;
  /** assembly/columns.ts: pads `count` columns, `stride` bytes apart, to whole steps of four points. */
  padColumns(first: number, count: number, stride: number, points: number): void;
  /** assembly/columns.ts: the first of `points` points of a column that is not +0, or -1. */
  firstSet(column: number, points: number): number;
};

let compiled: WebAssembly.Module | undefined;

/** The `math` module, compiled at the first call. */
export function mathModule(): WebAssembly.Module {
  compiled ??= compileModule(text());
  return compiled;
}

/** Compiles an embedded module. Throws `no-compile` where the host forbids it. */
export function compileModule(text: string): WebAssembly.Module {
  try {
    return new WebAssembly.Module(decodeBytes(text));
  } catch (cause) {
    throw new EpsilaneError(
      "no-compile",
      "This host does not let WebAssembly be compiled here. In a page with a Content-Security-Policy, allow 'wasm-unsafe-eval' in script-src.",
      { cause },
    );
  }
}

/** An instance of `math` in `memory` (of at least `staticEnd` bytes, which it writes), calling through `table`, whose entry 0 stays empty. */
export function instantiateMath(memory: WebAssembly.Memory, table: WebAssembly.Table): MathExports {
  if (table.length === 0) table.grow(1);
  return instantiateSync(mathModule(), { env: { memory, table } }).instance.exports as unknown as MathExports;
}
