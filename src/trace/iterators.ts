import { failAt } from "./source.ts";
import type { Tracer } from "./tracer.ts";
import { type NativeCall, NativeFunction, type ObjectValue, type Value } from "./values.ts";

/** What `Symbol.iterator` is as a key. */
export const iteratorKey = "@@iterator";

/** An iterator over elements, for code that calls `next` itself, as compiled code does. */
export function makeIterator(tracer: Tracer, elements: readonly Value[]): ObjectValue {
  const iterator = tracer.object();
  iterator.hide("position", 0);
  const next = new NativeFunction("next", () => {
    const position = iterator.read("position") as number;
    const isDone = position >= elements.length;
    if (!isDone) tracer.journal.write(iterator, "position", position + 1);
    const step = new Map<string, Value>([
      ["value", isDone ? undefined : elements[position]],
      ["done", isDone],
    ]);
    return tracer.object(step);
  });
  iterator.hide("next", next);
  iterator.hide(iteratorKey, new NativeFunction(iteratorKey, () => iterator));
  return iterator;
}

const refuse: NativeCall = (_, __, site) =>
  failAt(site, "unsupported-function", "Symbols can't be made in a traced function.", "Use a string for the key.");

/** `Symbol`, of which there is `iterator` alone. */
export const symbol = new NativeFunction("Symbol", refuse, { members: new Map([["iterator", iteratorKey]]) });
