import type { Identifier } from "acorn";
import { globalValue, nativeByIdentity } from "./globals.ts";
import { type FreeNames, freeNames } from "./names.ts";
import { type Resolver, type Scope, scopeResolver } from "./scope.ts";
import { createSnapshots, type Snapshot } from "./snapshot.ts";
import { failAt, nameOf, type ParsedFunction, parseFunction, withinLimits } from "./source.ts";
import { isSymbolFunction } from "./traced.ts";
import { absent } from "./values.ts";

/** A function whose text has been read, with copies of what it uses from outside. */
export interface ReadFunction extends ParsedFunction {
  readonly names: ReadonlyMap<string, Snapshot>;
}

/** What `traceFunction` needs: the function as it was when it was read. Nothing the program does later is seen. */
export interface FunctionSource {
  readonly name: string;
  readonly fn: Function;
  readonly kind: "source" | "native" | "symbols";
  /** A function from outside, by its value. */
  read(fn: Function): ReadFunction;
}

/**
 * Reads a function: parses its text and finds what it uses from outside, in `scope` and in its helpers too.
 * @throws EpsilaneError `unresolved-names` with all that is missing; what `parseFunction` throws
 */
export function readFunction(fn: unknown, { scope }: { readonly scope?: Scope } = {}): FunctionSource {
  const reader = createReader([scopeResolver(scope)]);
  const host = fn as Function;
  const kind = isSymbolFunction(host) ? "symbols" : nativeByIdentity.has(host) ? "native" : "source";
  if (kind === "source") withinLimits(typeof fn === "function" ? nameOf(fn) : "It", () => reader.readAll(host));
  return { name: kind === "source" ? reader.read(host).source.name : nameOf(host), fn: host, kind, read: reader.read };
}

interface Missing {
  readonly in: string;
  readonly at: Identifier;
}

function createReader(resolvers: readonly Resolver[]) {
  const known = new Map<Function, { readonly fn: ReadFunction; readonly missing: FreeNames }>();
  const snapshot = createSnapshots();

  const load = (fn: Function) => {
    const loaded = known.get(fn) ?? parseAndResolve(fn);
    known.set(fn, loaded);
    return loaded;
  };

  const parseAndResolve = (fn: Function) => {
    const parsed = parseFunction(fn);
    const free = freeNames(parsed.node);
    const values = new Map<string, Snapshot>();
    for (const resolve of resolvers) {
      const wanted = [...free.keys()].filter((name) => !values.has(name));
      for (const [name, value] of resolve(fn, wanted)) values.set(name, snapshot(value));
    }
    const missing = new Map([...free].filter(([name]) => !values.has(name) && globalValue(name) === absent));
    return { fn: { ...parsed, names: values }, missing };
  };

  const read = (fn: Function): ReadFunction => {
    const { fn: loaded, missing } = load(fn);
    if (missing.size > 0) refuse(loaded.source.name, new Map([...missing].map(([name, at]) => [name, { in: loaded.source.name, at }])));
    return loaded;
  };

  /** Reads the function and the helpers that it names, and theirs, and says all that is missing at once. */
  const readAll = (fn: Function): void => {
    const missing = new Map<string, Missing>();
    const seen = new Set<Function>();
    const visit = (host: Function) => {
      if (seen.has(host) || nativeByIdentity.has(host) || isSymbolFunction(host)) return;
      seen.add(host);
      const loaded = load(host);
      for (const [name, at] of loaded.missing) if (!missing.has(name)) missing.set(name, { in: loaded.fn.source.name, at });
      for (const value of loaded.fn.names.values()) if (isFunction(value)) visit(value.host);
    };
    visit(fn);
    if (missing.size > 0) refuse(nameOf(fn), missing);
  };
  return { read, readAll };
}

const isFunction = (value: Snapshot): value is Extract<Snapshot, { kind: "function" }> =>
  typeof value === "object" && value !== null && value.kind === "function";

function refuse(name: string, missing: ReadonlyMap<string, Missing>): never {
  const names = [...missing.keys()];
  const written = name === "(anonymous)" ? "f" : name;
  const helpers = [...missing].filter(([, place]) => place.in !== name).map(([missed, place]) => `${missed} (in ${place.in})`);
  const sentence =
    names.length === 1
      ? `${names[0]} is used here, but its value can't be read from outside the function.`
      : `${list(names)} are used, but their values can't be read from outside the function${helpers.length ? `: ${list(helpers)} by helpers` : ""}.`;
  const [{ at }] = missing.values() as unknown as [Missing];
  failAt(
    at,
    "unresolved-names",
    sentence,
    `Name ${names.length === 1 ? "it" : "them"} in scope: gradient(${written}, { scope: { ${names.join(", ")} } })`,
  );
}

const list = (names: readonly string[]) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : `${names[0]}`);
