import { rules } from "./generated/rules-special.ts";
import { text } from "./generated/special.ts";
import { besideMath, provideKernels } from "./modules.ts";

/** An instance of `special` in a memory that holds `math`, whose lane forms it calls and whose tables it reads. */
const instantiateSpecial = /* @__PURE__ */ besideMath(text);

/** To be called before a kernel of `special` is used: graphs with its operations are made by functions that do. */
export const useSpecial = (): void => provideKernels(instantiateSpecial, rules);
