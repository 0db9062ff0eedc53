import { text } from "./generated/duals.ts";
import { compileModule, type MathExports } from "./math.ts";
import { type Kernels, provideKernels } from "./modules.ts";

let compiled: WebAssembly.Module | undefined;

/** An instance of `duals` beside `math`, whose kernels it calls, in one memory. */
function instantiateDuals(memory: WebAssembly.Memory, math: MathExports): Kernels {
  compiled ??= compileModule(text());
  return new WebAssembly.Instance(compiled, { env: { memory }, kernel: math as never }).exports;
}

/** To be called before dual block forms are used. */
export const useDuals = (): void => provideKernels(instantiateDuals);
