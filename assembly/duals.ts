// The `duals` module: dual block forms of what `math` has, whose kernels it calls.
export * from "./generated/dual-blocks";
