// The `math` module: kernels as lane forms and as block kernels, and the interpreter of plans.
import "./kernels/build-tables";

export * from "./elementary";
export * from "./kernels/blocks";
export * from "./columns";
export * from "./interpreter";

// Read by the `special` module where they lie.
export * from "./kernels/tables";

/** First free byte after the static data. */
export function staticEnd(): usize {
  return __heap_base;
}
