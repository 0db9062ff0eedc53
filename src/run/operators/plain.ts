import { type Path, writePath } from "../../trace/path.ts";

/** What evaluate, gradient, jacobian and derivative have in common: a call's arguments are the function's own. */
export const plainArguments = {
  batchOptions: ["out", "onProgress"],
  argumentsIn: (args: unknown) => args,
  sampleOf: (value: unknown) => value,
  nameOf: (path: Path) => (path.length === 0 ? "The tuple of arguments" : writePath("args", path)),
} as const;
