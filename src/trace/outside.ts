import { EpsilaneError } from "../errors.ts";
import { Binding, Environment } from "./environment.ts";
import { globalValue, nativeOf } from "./globals.ts";
import type { Reader, ReadFunction } from "./read.ts";
import type { Snapshot } from "./snapshot.ts";
import { nameOf } from "./source.ts";
import { callWithSymbols, isSymbolFunction } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { elementTypes } from "./typed-arrays.ts";
import { ArrayValue, absent, FunctionValue, type MemberSource, NativeFunction, ObjectValue, type Value } from "./values.ts";

/** What surrounds the traced function, as values of one trace: each trace writes to copies of its own. */
export function createOutside(tracer: Tracer, reader: Reader): { functionValue(fn: Function): Value } {
  const known = new Map<object, Value>();
  const shared = new Map<object, Map<string, Binding>>();

  function valueOf(copied: Snapshot): Value {
    const snapshot = reader.follow(copied);
    if (typeof snapshot !== "object" || snapshot === null) return snapshot;
    if (snapshot.kind === "opaque") throw new EpsilaneError("unsupported-value", `${snapshot.what} can't be used in a traced function.`);
    if (snapshot.kind === "function") return functionValue(snapshot.host, snapshot.entries);
    if (snapshot.kind === "getter") return undefined;
    let value = known.get(snapshot);
    if (value === undefined) {
      value = snapshot.kind === "array" ? new ArrayValue(0, [], elementTypes.get(snapshot.type ?? "")) : objectValue(snapshot.host, snapshot.entries);
      known.set(snapshot, value);
      if (value instanceof ArrayValue && snapshot.kind === "array") value.elements.push(...snapshot.items.map(valueOf));
    }
    return value;
  }

  const membersOf = (entries: ReadonlyMap<string, Snapshot>): MemberSource => ({
    member: (key) => (entries.has(key) ? valueOf(entries.get(key)) : absent),
    keys: () => entries.keys(),
  });

  const objectValue = (host: object, entries: ReadonlyMap<string, Snapshot>): Value =>
    nativeOf(host) ?? new ObjectValue(0, new Map(), membersOf(entries));

  function functionValue(fn: Function, entries: ReadonlyMap<string, Snapshot> = new Map()): Value {
    let value = nativeOf(fn) ?? known.get(fn);
    if (value === undefined) {
      value = isSymbolFunction(fn)
        ? new NativeFunction(nameOf(fn), (_, args, site) => callWithSymbols(tracer, fn, args, site))
        : sourceFunction(reader.read(fn), membersOf(entries));
      known.set(fn, value);
    }
    return value;
  }

  const sourceFunction = ({ source, node, names }: ReadFunction, members: MemberSource): FunctionValue => {
    const resolve = (name: string): Binding | undefined => {
      const variable = names.get(name);
      if (variable) return bindingOf(variable.home, name, () => valueOf(variable.value));
      const slot = globalValue(name);
      return slot === absent ? undefined : new Binding(0, slot);
    };
    return new FunctionValue(source.name, node, new Environment(tracer.journal, undefined, resolve), { born: 0, source: members });
  };

  /** What surrounds a function was there before every branch, whenever it is first read: its time is 0. */
  const bindingOf = (home: object, name: string, value: () => Value): Binding => {
    const bindings = shared.get(home) ?? new Map<string, Binding>();
    shared.set(home, bindings);
    const binding = bindings.get(name) ?? new Binding(0, value());
    bindings.set(name, binding);
    return binding;
  };

  return { functionValue };
}
