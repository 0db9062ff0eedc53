import { EpsilaneError } from "../errors.ts";
import { Environment } from "./environment.ts";
import { globalValue, nativeByIdentity } from "./globals.ts";
import type { ReadFunction } from "./read.ts";
import type { Snapshot } from "./snapshot.ts";
import { nameOf } from "./source.ts";
import { callWithSymbols, isSymbolFunction } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { ArrayValue, absent, FunctionValue, NativeFunction, ObjectValue, type Slot, type Value } from "./values.ts";

/** What surrounds the traced function, as values of one trace: each trace writes to copies of its own. */
export function createOutside(tracer: Tracer, read: (fn: Function) => ReadFunction): { functionValue(fn: Function): Value } {
  const known = new Map<object, Value>();

  function valueOf(snapshot: Snapshot): Value {
    if (typeof snapshot !== "object" || snapshot === null) return snapshot;
    if (snapshot.kind === "opaque") throw new EpsilaneError("unsupported-value", `${snapshot.what} can't be used in a traced function.`);
    if (snapshot.kind === "function") return functionValue(snapshot.host);
    let value = known.get(snapshot);
    if (value === undefined) {
      value = snapshot.kind === "array" ? new ArrayValue(0, [], snapshot.typed) : objectValue(snapshot.host, snapshot.entries);
      known.set(snapshot, value);
      if (value instanceof ArrayValue && snapshot.kind === "array") value.elements.push(...snapshot.items.map(valueOf));
    }
    return value;
  }

  const objectValue = (host: object, entries: ReadonlyMap<string, Snapshot>): Value => {
    const member = (key: string): Slot => (entries.has(key) ? valueOf(entries.get(key)) : absent);
    return nativeByIdentity.get(host) ?? new ObjectValue(0, new Map(), { member, keys: () => entries.keys() });
  };

  function functionValue(fn: Function): Value {
    let value = nativeByIdentity.get(fn) ?? known.get(fn);
    if (value === undefined) {
      value = isSymbolFunction(fn)
        ? new NativeFunction(nameOf(fn), (_, args, site) => callWithSymbols(tracer, fn, args, site))
        : sourceFunction(read(fn));
      known.set(fn, value);
    }
    return value;
  }

  const sourceFunction = ({ source, node, names }: ReadFunction): FunctionValue => {
    const resolve = (name: string): Slot => (names.has(name) ? valueOf(names.get(name)) : globalValue(name));
    return new FunctionValue(source.name, node, new Environment(tracer.journal, undefined, resolve));
  };

  return { functionValue };
}
