import { mostParts, numberParts } from "../state/memory.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue, type ElementType } from "../values/arrays.ts";
import { merge } from "../values/merge.ts";
import { ObjectValue } from "../values/objects.ts";
import { absent, Either, type Key, type Value } from "../values/values.ts";
import { partsOf } from "./carried.ts";

/** What the rows of an array have in common: where each of their numbers stands. */

const mostColumns = 64;

export interface Leaf {
  readonly column: number;
}
/** What all rows have. */
interface Same {
  readonly value: Value;
}
export interface Parts {
  readonly like: ArrayValue | ObjectValue;
  readonly parts: ReadonlyMap<Key, Form>;
}
export interface Run {
  readonly type?: ElementType;
  readonly length: number;
  readonly element: Form;
}
export type Form = Leaf | Same | Parts | Run;

/** The form of a row. `strides`: how many elements a row has in each column. */
export function formOf(tracer: Tracer, given: Value, strides: number[], stride = 1): Form | undefined {
  const value = tracer.arguments.settled(given, undefined);
  if (typeof value === "string" || typeof value === "boolean" || value === null) return { value };
  if (numberParts(tracer, value)) return strides.length < mostColumns ? { column: strides.push(stride) - 1 } : undefined;
  if (!(value instanceof ArrayValue || value instanceof ObjectValue)) return undefined;
  const parts = partsOf(value);
  if (value instanceof ArrayValue && parts.length > mostParts) {
    const element = formOf(tracer, parts[0]![1], strides, stride * parts.length);
    return element && { type: value.type, length: parts.length, element };
  }
  const forms = parts.map(([key, part]) => [key, formOf(tracer, part, strides, stride)] as const);
  return forms.every((entry): entry is [Key, Form] => entry[1] !== undefined) ? { like: value, parts: new Map(forms) } : undefined;
}

/** Whether a value has the form, but for what its parts are. */
export function isAlike(value: Value, form: Parts | Run): boolean {
  if (value instanceof Either) return isAlike(value.yes, form) && isAlike(value.no, form);
  if (value instanceof ArrayValue) {
    const [type, length] = "parts" in form ? [(form.like as ArrayValue).type, form.parts.size] : [form.type, form.length];
    const isArray = !("parts" in form) || form.like instanceof ArrayValue;
    return isArray && (value.isPlain || !!value.memory) && value.type === type && value.length === length;
  }
  if (!(value instanceof ObjectValue) || !("parts" in form) || !(form.like instanceof ObjectValue)) return false;
  return (
    value.prototype === form.like.prototype &&
    partsOf(value)
      .map(([key]) => key)
      .join() === [...form.parts.keys()].join()
  );
}

export function partOf(tracer: Tracer, given: Value, key: Key): Value {
  const value = tracer.arguments.settled(given, undefined);
  if (value instanceof Either) return merge(tracer, value.mask, partOf(tracer, value.yes, key), partOf(tracer, value.no, key));
  const slot = value instanceof ArrayValue ? value.at(key as number) : (value as ObjectValue).read(key);
  return slot === absent ? undefined : slot;
}
