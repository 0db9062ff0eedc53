/**
 * Functions beyond `Math`: on plain numbers (the compiled kernels: the same bits as in a batch), inside functions that are
 * traced, and on symbols of `traced(…)` functions. An import of its own brings their WebAssembly module along.
 */
import { EpsilaneError } from "./errors.ts";
import type { Graph, NodeId } from "./graph/graph.ts";
import { logSumExpOf } from "./graph/log-sum-exp.ts";
import type { OperationName } from "./graph/operations.ts";
import { applyToSymbols, composeOnSymbols, onSymbols, Symbolic } from "./trace/symbols/traced.ts";
import { useSpecial } from "./wasm/special.ts";

type Unary = (x: number) => number;

const named = <F extends Function>(name: string, fn: F): F => onSymbols(Object.defineProperty(fn, "name", { value: name }));

/** A kernel of the `special` module. */
const unary = (op: OperationName): Unary =>
  named(op, (x: number): number => {
    useSpecial();
    return applyToSymbols(op, [x]) as number;
  });

/** Made of operations of the core, of `length` arguments. */
const composed = <F extends (...args: number[]) => number>(
  name: string,
  length: number,
  build: (graph: Graph, nodes: readonly NodeId[]) => NodeId,
): F => {
  const fn = (...args: number[]) =>
    composeOnSymbols(
      name,
      Array.from({ length }, (_, index) => args[index]),
      build,
    ) as number;
  return named(name, Object.defineProperty(fn as F, "length", { value: length }));
};

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

/** Γ(x): (x − 1)! at whole numbers, ±Infinity at ±0, NaN at negative whole numbers. */
export const gamma: Unary = /* @__PURE__ */ unary("gamma");
/** log |Γ(x)|: Infinity at 0, negative whole numbers and both infinities. */
export const logGamma: Unary = /* @__PURE__ */ unary("logGamma");
/** ψ(x) = Γ′(x)/Γ(x): ∓Infinity at ±0, NaN at negative whole numbers. */
export const digamma: Unary = /* @__PURE__ */ unary("digamma");
/** ψ′(x): Infinity at 0 and at negative whole numbers. */
export const trigamma: Unary = /* @__PURE__ */ unary("trigamma");

const greatestOrder = 1000;
/** The derivative of ψ of a given `order`, a whole number from 0 (ψ itself) to 1000; has no slope along it. */
export const polygamma: (order: number, x: number) => number = /* @__PURE__ */ named("polygamma", (order: number, x: number): number => {
  if ((order as unknown) instanceof Symbolic || !Number.isInteger(order) || order < 0 || order > greatestOrder) {
    const what = (order as unknown) instanceof Symbolic ? "a number that depends on the data" : String(order);
    throw new EpsilaneError("order", `polygamma needs an order that is a whole number from 0 to ${greatestOrder}, not ${what}.`);
  }
  if (order < 2) return (order === 0 ? digamma : trigamma)(x);
  useSpecial();
  return applyToSymbols("polygamma", [order, x]) as number;
});

/** 1/(1 + e^(−x)), the sigmoid. */
export const logistic: Unary = /* @__PURE__ */ unary("logistic");
/** log(1 + e^x). */
export const softplus: Unary = /* @__PURE__ */ unary("softplus");
/** sin(x)/x, unnormalised, 1 at 0. */
export const sinc: Unary = /* @__PURE__ */ unary("sinc");

/** log(e^x₁ + e^x₂ + …) without overflow, −Infinity of nothing. Arguments of −Infinity add nothing; where one is Infinity, so is the sum. */
export const logSumExp: (...xs: number[]) => number = /* @__PURE__ */ named("logSumExp", (...args: number[]): number => {
  useSpecial();
  return composeOnSymbols("logSumExp", args, (graph, xs) => {
    if (xs.length === 0) return graph.constant(Number.NEGATIVE_INFINITY);
    return xs.length === 1 ? xs[0]! : logSumExpOf(graph, xs);
  }) as number;
});

/** 0 below 0, ½ at 0, 1 above; its slope is 0. */
export const heaviside: Unary = /* @__PURE__ */ composed("heaviside", 1, ({ apply, constant }, [x]) =>
  apply("mul", constant(0.5), apply("add", constant(1), apply("sign", x!))),
);
/** `Math.min(Math.max(x, low), high)`, with slope ½ at the bounds. */
export const clamp: (x: number, low: number, high: number) => number = /* @__PURE__ */ composed("clamp", 3, ({ apply }, [x, low, high]) =>
  apply("min", apply("max", x!, low!), high!),
);
/** `a + t * (b - a)` */
export const lerp: (a: number, b: number, t: number) => number = /* @__PURE__ */ composed("lerp", 3, ({ apply }, [a, b, t]) =>
  apply("add", a!, apply("mul", t!, apply("sub", b!, a!))),
);
/** `a * (1 - t) + b * t`, which is exactly b at t = 1. */
export const mix: (a: number, b: number, t: number) => number = /* @__PURE__ */ composed("mix", 3, ({ apply, constant }, [a, b, t]) =>
  apply("add", apply("mul", a!, apply("sub", constant(1), t!)), apply("mul", b!, t!)),
);
/** |x| with the sign bit of `sign`; a NaN counts as positive. As a function of x it is ±|x|, of `sign` a step. */
export const copysign: (x: number, sign: number) => number = /* @__PURE__ */ composed("copysign", 2, (graph, [x, sign]) => {
  const { apply, constant, valueOf } = graph;
  const size = apply("abs", x!);
  const known = valueOf(sign!);
  if (known !== undefined) return known < 0 || Object.is(known, -0) ? apply("neg", size) : size;
  const isNumber = apply("eq", sign!, sign!);
  return apply("xor", size, apply("and", apply("and", sign!, isNumber), constant(-0)));
});
