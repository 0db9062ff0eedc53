import type { MathExports } from "./math.ts";

/** Lane forms (`exp`), block kernels (`expBlock`) and dual block forms (`expDual`) by name. */
export type Kernels = Readonly<Record<string, unknown>>;
type Instantiate = (memory: WebAssembly.Memory, math: MathExports) => Kernels;

let instantiateSpecial: Instantiate | undefined;

/** From now on every memory has the kernels of the `special` module, too. The core does not import it, so that bundlers can leave it out. */
export function provideSpecial(instantiate: Instantiate): void {
  instantiateSpecial = instantiate;
}

/** The kernels in a memory that holds `math`: those of `special` among them once it is provided. */
export function kernelsBeside(memory: WebAssembly.Memory, math: MathExports): () => Kernels {
  let kernels: Kernels = math;
  return () => {
    if (kernels === math && instantiateSpecial) kernels = { ...math, ...instantiateSpecial(memory, math) };
    return kernels;
  };
}
