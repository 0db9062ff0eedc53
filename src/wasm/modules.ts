import type { OperationName } from "../graph/operations.ts";
import { rules } from "./generated/rules.ts";
import { compileModule, type MathExports } from "./math.ts";

/** Lane forms (`exp`), block kernels (`expBlock`) and dual block forms (`expDual`) by name. */
export type Kernels = Readonly<Record<string, unknown>>;
type Instantiate = (memory: WebAssembly.Memory, math: MathExports) => Kernels;

/** Makes instances of an embedded module that calls the kernels of `math` in its memory; it is compiled at the first. */
export function besideMath(text: () => string): Instantiate {
  let compiled: WebAssembly.Module | undefined;
  return (memory, math) => {
    compiled ??= compileModule(text());
    return new WebAssembly.Instance(compiled, { env: { memory }, kernel: math as never }).exports;
  };
}

const provided = new Set<Instantiate>();
let knownRules = rules;

/** From now on every memory has the kernels of a further module, and their dual rules are known. The core does not import it, so that bundlers can leave it out. */
export function provideKernels(instantiate: Instantiate, furtherRules: typeof rules = {}): void {
  if (provided.has(instantiate)) return;
  provided.add(instantiate);
  knownRules = { ...knownRules, ...furtherRules };
}

/** The dual rule of an operation that has one, whose kernels are there. */
export const ruleTextOf = (op: OperationName): string => knownRules[op]!;

/** The kernels in a memory that holds `math`: those of each further module among them once it is provided. */
export function kernelsBeside(memory: WebAssembly.Memory, math: MathExports): () => Kernels {
  let kernels: Kernels = math;
  let known = 0;
  return () => {
    for (const instantiate of [...provided].slice(known)) kernels = { ...kernels, ...instantiate(memory, math) };
    known = provided.size;
    return kernels;
  };
}
