/** Imported for its effect: the kernels of the `special` module are there, as after a call of one of its functions, and dual block forms. */
import { useDuals } from "../../src/wasm/duals.ts";
import { rules } from "../../src/wasm/generated/rules.ts";
import { rules as specialRules } from "../../src/wasm/generated/rules-special.ts";
import { instantiateMath } from "../../src/wasm/math.ts";
import { type Kernels, kernelsBeside } from "../../src/wasm/modules.ts";
import { useSpecial } from "../../src/wasm/special.ts";

useDuals();
useSpecial();

export const allRules = { ...rules, ...specialRules };

/** The kernels of all modules, in a memory of at least `staticEnd` bytes. */
export const instantiateAll = (memory: WebAssembly.Memory): Kernels =>
  kernelsBeside(memory, instantiateMath(memory, new WebAssembly.Table({ element: "anyfunc", initial: 1 })))();
