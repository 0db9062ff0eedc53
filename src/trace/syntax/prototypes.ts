import type { Node } from "acorn";
import { descendsFrom } from "../objects/member-names.ts";
import { toBoolean } from "../operators/operators.ts";
import { failAt } from "../source/source.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { FunctionValue, isFunctionValue, NativeFunction, ownerOf } from "../values/functions.ts";
import { narrow, onEither } from "../values/merge.ts";
import { absent, Either, makeSymbol, type TracedBoolean, type Value } from "../values/values.ts";
import { prototypeOf } from "./calls.ts";

/** `value instanceof constructor`. */
export function instanceOf(tracer: Tracer, left: Value, right: Value, site: Node): boolean | TracedBoolean {
  const [value, constructor] = [narrow(tracer, left), narrow(tracer, right)];
  if (value instanceof Either)
    return onEither(tracer, value, (side) => instanceOf(tracer, side, constructor, site)) as boolean | TracedBoolean;
  if (constructor instanceof NativeFunction && constructor.isInstance) return constructor.isInstance(tracer, value);
  if (!isFunctionValue(constructor)) {
    return failAt(
      site,
      "not-a-constructor",
      "What stands after instanceof is no class or constructor.",
      "Array.isArray(x) and typeof x work, too.",
    );
  }
  if (value instanceof Argument) return false;
  const check = constructor instanceof FunctionValue ? constructor.members.find(makeSymbol("hasInstance")) : absent;
  if (check !== absent) return toBoolean(tracer, tracer.call(check, [value], constructor, site), site);
  const prototype = prototypeOf(tracer, constructor, site);
  const object = ownerOf(value);
  return prototype !== undefined && object !== undefined && descendsFrom(object, prototype);
}
