import { joinText } from "./operators.ts";
import type { Tracer } from "./tracer.ts";
import { HostObject, type NativeCall, NativeFunction, type ObjectValue, type TracedText } from "./values.ts";

const names = ["Error", "TypeError", "RangeError", "ReferenceError", "SyntaxError", "EvalError"];

const prototypes = new Map<string, ObjectValue>();
for (const name of names) {
  const prototype = new HostObject(new Map(), undefined, prototypes.get("Error"));
  prototype.hide("name", name);
  prototype.hide("message", "");
  prototypes.set(name, prototype);
}

/** An error of the traced function. */
export function makeError(tracer: Tracer, name: string, message: string | TracedText | undefined): ObjectValue {
  const error = tracer.object(new Map(), prototypes.get(name));
  if (message !== undefined) error.hide("message", message);
  return error;
}

const constructor = (name: string): NativeFunction => {
  const construct: NativeCall = (tracer, [message], site) =>
    makeError(tracer, name, message === undefined ? undefined : joinText(tracer, [message], site));
  return new NativeFunction(name, construct, { construct, members: { prototype: prototypes.get(name) } });
};

/** The constructors of errors, by name. */
export const errorTypes: ReadonlyMap<string, NativeFunction> = new Map(names.map((name) => [name, constructor(name)]));
