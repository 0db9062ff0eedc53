import type { Tracer } from "../state/tracer.ts";
import { Argument } from "./arguments.ts";
import { ArrayValue } from "./arrays.ts";
import { isFunctionValue, type NativeFunction } from "./functions.ts";
import { isBoolean, isNumeric } from "./merge.ts";
import { CollectionValue, type ObjectValue } from "./objects.ts";
import { isSymbol, TracedText, type Value } from "./values.ts";

/** What makes such values, where nothing of their own says otherwise: `Number`, `Float64Array`; `Null` and `Undefined` beside. */
export function kindOf(tracer: Tracer, value: Value): string {
  if (value === null) return "Null";
  if (value === undefined || (value instanceof Argument && value.missing)) return "Undefined";
  if (isFunctionValue(value)) return "Function";
  if (value instanceof ArrayValue) return value.type?.name ?? "Array";
  if (value instanceof CollectionValue) return value.name;
  if (isNumeric(value)) return "Number";
  if (isBoolean(value)) return "Boolean";
  if (value instanceof TracedText) return "String";
  if (typeof value === "string") return isSymbol(value) ? "Symbol" : "String";
  const kind = value instanceof Argument ? tracer.arguments.guess(value) : "object";
  return `${kind[0]!.toUpperCase()}${kind.slice(1)}`;
}

/** A member that values have from `Object.prototype`; `undefined` where there is none. */
export function inherited(tracer: Tracer, value: Value, key: string): Value {
  if (key === "constructor") return tracer.global(kindOf(tracer, value));
  const { members } = tracer.global("Object") as NativeFunction;
  return (members.get("prototype") as ObjectValue).entries.get(key) as Value;
}
