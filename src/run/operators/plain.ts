import { type Path, writePath } from "../../trace/values/path.ts";

/** What operators have in common where a call's arguments are the function's own; `jvp` and `dual` take most of it, too. */
export const plainArguments = {
  options: ["shape", "scope", "engine", "invalid", "maxIterations"],
  batchOptions: ["out", "onProgress"],
  argumentsIn: (args: unknown) => args,
  sampleOf: (value: unknown) => value,
  nameOf: (path: Path) => (path.length === 0 ? "The tuple of arguments" : writePath("args", path)),
} as const;
