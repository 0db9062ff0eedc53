// The `rules` module: all dual rules, compiled with the kernels as imports and read back as data.
export * from "./dual";
export * from "./dual-special";
