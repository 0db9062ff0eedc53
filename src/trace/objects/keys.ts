import type { Node } from "acorn";
import { isIndex } from "../operators/elements.ts";
import { toNumber, toText } from "../operators/operators.ts";
import { failAt } from "../source/source.ts";
import type { Tracer } from "../state/tracer.ts";
import { Argument } from "../values/arguments.ts";
import { narrow } from "../values/merge.ts";
import { Either, type Key, TracedBoolean, TracedNumber, type Value, type WrittenKey } from "../values/values.ts";

/** A key that must be known when tracing. */
export function knownKey(key: WrittenKey, site: Node): Key {
  if (typeof key !== "object") return key;
  return failAt(site, "index-on-data", "This key depends on the data.", "Index an array, or choose by conditions: i < 1 ? a : b");
}

export const toKey = (tracer: Tracer, given: Value, site: Node): Key => knownKey(toKeyOrIndex(tracer, given, site), site);

/** A key as JavaScript takes it: an index of an array is a number, which may depend on the data, everything else text. */
export function toKeyOrIndex(tracer: Tracer, given: Value, site: Node): WrittenKey {
  const value = given instanceof Argument ? toNumber(tracer, given, site) : narrow(tracer, given);
  if (typeof value === "number") return isIndex(value) ? value : String(value);
  if (value instanceof TracedNumber || value instanceof Either) return value;
  if (value instanceof TracedBoolean) {
    failAt(site, "index-on-data", "This key is true or false, depending on the data.", "Choose by the condition: yes ? a : b");
  }
  const text = toText(tracer, value, site);
  const index = Number(text);
  return isIndex(index) && String(index) === text ? index : text;
}
