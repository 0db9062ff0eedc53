// The `special` module: special functions as lane forms and as block kernels, and their dual block forms. It lies beside
// `math` in one memory, whose tables it reads where they are and whose lane forms the dual rules call.
export * from "./special-functions";
export * from "./kernels/special-blocks";
export * from "./generated/dual-blocks-special";

/** First free byte after the static data. */
export function staticEnd(): usize {
  return __heap_base;
}
