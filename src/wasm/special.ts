import { rules } from "./generated/rules-special.ts";
import { text } from "./generated/special.ts";
import { compileModule, type MathExports } from "./math.ts";
import { type Kernels, provideKernels } from "./modules.ts";

let compiled: WebAssembly.Module | undefined;

/** An instance of `special` in a memory that holds `math`, whose lane forms it calls and whose tables it reads. */
export function instantiateSpecial(memory: WebAssembly.Memory, math: MathExports): Kernels {
  compiled ??= compileModule(text());
  return new WebAssembly.Instance(compiled, { env: { memory }, kernel: math as never }).exports;
}

/** To be called before a kernel of `special` is used: graphs with its operations are made by functions that do. */
export const useSpecial = (): void => provideKernels(instantiateSpecial, rules);
