import { text } from "./generated/duals.ts";
import { besideMath, provideKernels } from "./modules.ts";

/** An instance of `duals` beside `math`, whose kernels it calls, in one memory. */
const instantiateDuals = /* @__PURE__ */ besideMath(text);

/** To be called before dual block forms are used. */
export const useDuals = (): void => provideKernels(instantiateDuals);
