import { isMember } from "../objects/member-names.ts";
import { joinText } from "../operators/operators.ts";
import { errorPrototypes, makeError } from "../values/error-values.ts";
import { type NativeCall, NativeFunction } from "../values/functions.ts";
import { ObjectValue } from "../values/objects.ts";

const constructor = (name: string): NativeFunction => {
  const construct: NativeCall = (tracer, [message, options], site) => {
    const error = makeError(tracer, name, message === undefined ? undefined : joinText(tracer, [message], site));
    if (options instanceof ObjectValue && isMember(tracer, options, "cause", site) !== false)
      error.hide("cause", tracer.getMember(options, "cause", site));
    return error;
  };
  const made = new NativeFunction(name, construct, { construct, members: { prototype: errorPrototypes.get(name) } });
  errorPrototypes.get(name)!.hide("constructor", made);
  return made;
};

/** The constructors of errors, by name. */
export const errorTypes: ReadonlyMap<string, NativeFunction> = new Map(
  [...errorPrototypes.keys()].map((name) => [name, constructor(name)]),
);
