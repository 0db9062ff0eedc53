import type { Tracer } from "../state/tracer.ts";
import { HostObject, type ObjectValue } from "./objects.ts";
import type { TracedText } from "./values.ts";

/** What errors inherit, by the name of their constructor. */
export const errorPrototypes = new Map<string, ObjectValue>();
for (const name of ["Error", "TypeError", "RangeError", "ReferenceError", "SyntaxError", "EvalError"]) {
  const prototype = new HostObject(new Map(), undefined, errorPrototypes.get("Error"));
  prototype.hide("name", name);
  prototype.hide("message", "");
  errorPrototypes.set(name, prototype);
}

/** An error of the traced function. */
export function makeError(tracer: Tracer, name: string, message: string | TracedText | undefined): ObjectValue {
  const error = tracer.object(new Map(), errorPrototypes.get(name));
  if (message !== undefined) error.hide("message", message);
  return error;
}
