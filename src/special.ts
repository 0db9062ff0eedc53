/**
 * Functions beyond `Math`: on plain numbers (the compiled kernels: the same bits as in a batch), inside functions that are
 * traced, and on symbols of `traced(…)` functions. An import of its own brings their WebAssembly module along.
 */
import type { OperationName } from "./graph/operations.ts";
import { applyToSymbols, markSymbolFunction } from "./trace/traced.ts";
import { useSpecial } from "./wasm/special.ts";

type Unary = (x: number) => number;

const named = <F extends Function>(name: string, fn: F): F => markSymbolFunction(Object.defineProperty(fn, "name", { value: name }));

const unary = (op: OperationName): Unary =>
  named(op, (x: number): number => {
    useSpecial();
    return applyToSymbols(op, [x]) as number;
  });

/** The error function, 2/√π ∫₀ˣ e^(−t²) dt. */
export const erf: Unary = /* @__PURE__ */ unary("erf");
/** 1 − erf(x), accurate where erf(x) is near 1. */
export const erfc: Unary = /* @__PURE__ */ unary("erfc");
/** e^(x²) · erfc(x), which neither under- nor overflows for x > −26. */
export const erfcx: Unary = /* @__PURE__ */ unary("erfcx");
/** The density of the standard normal distribution, e^(−x²/2)/√(2π). */
export const normalPdf: Unary = /* @__PURE__ */ unary("normalPdf");
/** The standard normal distribution function, accurate in both tails. */
export const normalCdf: Unary = /* @__PURE__ */ unary("normalCdf");
/** 1/(1 + e^(−x)), the sigmoid. */
export const logistic: Unary = /* @__PURE__ */ unary("logistic");
/** log(1 + e^x). */
export const softplus: Unary = /* @__PURE__ */ unary("softplus");
/** sin(x)/x, unnormalised, 1 at 0. */
export const sinc: Unary = /* @__PURE__ */ unary("sinc");
