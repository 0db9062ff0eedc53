import type { Node } from "acorn";
import { failAt } from "./source.ts";
import { NativeFunction, type Value } from "./values.ts";

/** Methods of strings that only read: enough for flags and names. */
const methods: Readonly<Record<string, (text: string, ...args: readonly string[]) => Value>> = {
  includes: (text, part) => text.includes(String(part)),
  startsWith: (text, part) => text.startsWith(String(part)),
  endsWith: (text, part) => text.endsWith(String(part)),
  indexOf: (text, part) => text.indexOf(String(part)),
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};

/** `text[key]` on a string that is known. */
export function textMember(text: string, key: string | number, site: Node): Value {
  if (key === "length") return text.length;
  if (typeof key === "number") return text[key];
  const method = Object.hasOwn(methods, key) ? methods[key] : undefined;
  if (!method) return failAt(site, "unsupported-function", `The string method ${key} does not work in a traced function.`);
  return new NativeFunction(key, (_, args, call) => {
    if (!args.every((arg) => typeof arg === "string")) failAt(call, "text-on-data", `${key} needs strings here.`);
    return method(text, ...(args as string[]));
  });
}
