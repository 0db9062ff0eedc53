import type { Function as FunctionNode, Identifier, Node } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import { globalValue, nativeOf } from "../natives/globals.ts";
import { variableOfGetter } from "../source/getters.ts";
import { type FreeNames, freeNames, globalNames } from "../source/names.ts";
import { asFunction, failAt, nameOf, type ParsedClass, type ParsedFunction, parseCallable, withinLimits } from "../source/source.ts";
import { symbolCallOf } from "../symbols/symbol-functions.ts";
import { absent } from "../values/values.ts";
import { type Bound, createClosureReader } from "./closures.ts";
import { readScope, type Scope, type Variable } from "./scope.ts";
import { createSnapshots, type Members, opaque, type Snapshot } from "./snapshot.ts";

/** A function, or class, whose text has been read, with copies of what it uses from outside. */
export type ReadFunction = (ParsedFunction | ParsedClass) & {
  readonly names: ReadonlyMap<string, { readonly value: Snapshot; readonly home: object }>;
};

/** Reads functions from outside, by their value. */
export interface Reader {
  read(fn: Function): ReadFunction;
  /** What a getter that only names a variable stands for. */
  follow(snapshot: Snapshot): Snapshot;
  /** What `bind` made a function of, where that can be read. */
  boundOf(fn: Function): Bound<Snapshot> | undefined;
}

/** What `traceFunction` needs: the function as it was when it was read. Nothing the program does later is seen. */
export interface FunctionSource extends Reader {
  readonly name: string;
  readonly fn: Function;
  readonly kind: "source" | "native" | "symbols";
  /** The members that the program gave it. */
  readonly members?: Members;
}

/**
 * Reads a function: parses its text and finds what it uses from outside, in `scope` or in the engine's own scopes, and in its
 * helpers too.
 * @throws EpsilaneError `unresolved-names` with all that is missing; what `parseFunction` throws
 */
export function readFunction(fn: unknown, { scope }: { readonly scope?: Scope } = {}): FunctionSource {
  const { readAll, membersOf, ...reader } = createReader(scope);
  const host = fn as Function;
  const kind = symbolCallOf(host) ? "symbols" : isNativeFunction(host) ? "native" : "source";
  if (kind === "source") withinLimits(typeof fn === "function" ? nameOf(fn) : "It", () => readAll(host));
  if (kind !== "source") return { name: nameOf(host), fn: host, kind, ...reader };
  return { name: reader.read(host).source.name, fn: host, kind, members: membersOf(host), ...reader };
}

const isNativeFunction = (fn: Function): boolean => typeof fn === "function" && nativeOf(fn) !== undefined;

const unambiguous = new Set(["Math", "undefined", "NaN", "Infinity"]);

interface Missing {
  readonly in: string;
  readonly at: Identifier;
}

function createReader(scope: Scope | undefined) {
  /** `isComplete`: names that are missing are nowhere, and may never be reached. */
  const known = new Map<Function, ReadFunction & { readonly free: FreeNames; readonly isComplete: boolean }>();
  const closures = createClosureReader();
  const snapshots = createSnapshots(closures.privatesOf);
  const { names: scoped, modules } = readScope(scope);

  /** No session of the inspector outlasts a call. */
  const closing = <Result>(run: () => Result): Result => {
    try {
      return run();
    } finally {
      closures.close();
    }
  };

  const load = (fn: Function) => {
    const loaded = known.get(fn) ?? parseAndResolve(fn);
    known.set(fn, loaded);
    return loaded;
  };

  const parseAndResolve = (fn: Function) => {
    const parsed = parseCallable(fn);
    const free = freeNames(parsed.node);
    const names = new Map<string, { readonly value: Snapshot; readonly home: object }>();
    const add = (found: ReadonlyMap<string, Variable>) => {
      for (const [name, { property, home }] of found) {
        names.set(name, { value: snapshots.of(name, property, free.get(name)?.members), home });
      }
    };
    const wanted = () => new Map([...free].filter(([name]) => !names.has(name)));
    const isMissing = () => [...wanted().keys()].some((name) => globalValue(name) === absent);
    const own = parsed.node.id?.name ?? "";
    if (parsed.node.type !== "ClassExpression" && free.has(own)) add(new Map([[own, { property: { value: fn }, home: {} }]]));
    add(scoped(fn, wanted()));
    // Opening the inspector takes milliseconds, so names that no program gives to something else are not asked about.
    const isAmbiguous = [...wanted().keys()].some((name) => !unambiguous.has(name));
    const around = isAmbiguous ? closures.resolve(fn, wanted()) : new Map();
    add(around ?? new Map());
    if (isMissing()) add(modules(fn, wanted()));
    if (isMissing()) add(globalObjects(wanted()));
    return { ...parsed, names, free, isComplete: around !== undefined };
  };

  const missingIn = ({ free, names, source, isComplete }: ReturnType<typeof load>) =>
    [...free]
      .filter(([name, { optional, isAsked }]) => !optional && !(isAsked && isComplete) && !names.has(name) && globalValue(name) === absent)
      .map(([name, { at }]) => [name, { in: source.name, at }] as const);

  const read = (fn: Function): ReadFunction => {
    const loaded = load(fn);
    const missing = new Map(loaded.isComplete ? [] : missingIn(loaded));
    if (missing.size > 0) refuse(loaded.source.name, missing);
    return loaded;
  };

  const follow = (snapshot: Snapshot): Snapshot => {
    if (!isMember(snapshot, "getter")) return snapshot;
    const { host, key } = snapshot;
    if (!host) return opaque(`the setter ${key}`);
    try {
      const bound = closures.boundOf(host);
      const { node, names } = load(bound?.target ?? host);
      const variable = node.type === "ClassExpression" ? undefined : variableOfGetter(node as FunctionNode, textOf(names, bound?.args));
      const named = variable && names.get(variable.identifier.name);
      if (named) return memberAt(named.value, variable.keys);
    } catch (error) {
      if (!(error instanceof EpsilaneError)) throw error;
    }
    return opaque(`the getter ${key}`);
  };

  const memberAt = (snapshot: Snapshot, keys: readonly string[]): Snapshot => {
    let member = follow(snapshot);
    for (const key of keys) {
      member = isMember(member, "object") || isMember(member, "function") ? follow(member.entries.get(key)) : undefined;
    }
    return member;
  };

  /** Reads the function and the helpers that it names, and theirs, and says all that is missing at once. */
  const readAll = (fn: Function): void => {
    const missing = new Map<string, Missing>();
    const seen = new Set<Function>();
    let isNeeded = false;
    let isComplete = true;
    const visit = (loaded: ReturnType<typeof load>) => {
      for (const [name, place] of missingIn(loaded)) {
        if (!missing.has(name)) missing.set(name, place);
        isNeeded ||= !loaded.isComplete || loaded === known.get(fn);
        isComplete &&= loaded.isComplete;
      }
      for (const [name, { paths }] of loaded.free) {
        for (const path of paths) visitHelper(memberAt(loaded.names.get(name)?.value, path));
      }
    };
    const visitHelper = (helper: Snapshot) => {
      if (!isMember(helper, "function") || seen.has(helper.host)) return;
      seen.add(helper.host);
      if (nativeOf(helper.host) === undefined && !symbolCallOf(helper.host)) visitIfReadable(helper.host);
    };
    /** A function that is async or native may stand where no point ever comes: it is refused when it is called. */
    const visitIfReadable = (host: Function) => {
      try {
        visit(load(host));
      } catch (error) {
        if (!(error instanceof EpsilaneError)) throw error;
      }
    };
    seen.add(fn);
    asFunction(load(fn));
    visit(load(fn));
    if (isNeeded) refuse(nameOf(fn), missing, isComplete);
  };

  return {
    read: (fn: Function) => closing(() => read(fn)),
    follow: (snapshot: Snapshot) => closing(() => follow(snapshot)),
    boundOf: (fn: Function) =>
      closing(() => {
        const bound = closures.boundOf(fn);
        const copy = (value: unknown) => snapshots.of("", { value });
        return bound && { target: copy(bound.target), self: copy(bound.self), args: bound.args.map(copy) };
      }),
    readAll: (fn: Function) => closing(() => readAll(fn)),
    membersOf(fn: Function) {
      const self = Object.keys(fn).length > 0 && closing(() => snapshots.of("", { value: fn }));
      return self && isMember(self, "function") ? self : undefined;
    },
  };
}

/** The global object by its names, where what is used of it is known by its own name. */
const globalObjects = (wanted: FreeNames): ReadonlyMap<string, Variable> => {
  const variable = { property: { value: globalThis }, home: globalThis };
  const isKnown = (name: string) => globalValue(name) !== absent;
  const found = [...wanted].filter(
    ([name, { members }]) => globalNames.has(name) && name in globalThis && members && [...members].every(isKnown),
  );
  return new Map(found.map(([name]) => [name, variable]));
};
/** `args`: what the first parameters are bound to. */
const textOf =
  (names: ReadonlyMap<string, { readonly value: Snapshot }>, args: readonly unknown[] = []) =>
  (name: string, params: readonly Node[]) => {
    const index = params.findIndex((param) => param.type === "Identifier" && (param as Identifier).name === name);
    const value = index < 0 ? names.get(name)?.value : args[index];
    return typeof value === "string" ? value : undefined;
  };

type Structured = Extract<Snapshot, { readonly kind: string }>;
const isMember = <Kind extends Structured["kind"]>(
  snapshot: Snapshot,
  kind: Kind,
): snapshot is Extract<Structured, { readonly kind: Kind }> => typeof snapshot === "object" && snapshot !== null && snapshot.kind === kind;

/** @param isComplete whether all that is around has been read */
function refuse(name: string, missing: ReadonlyMap<string, Missing>, isComplete = false): never {
  const names = [...missing.keys()];
  const [first, { at }] = [...missing][0]!;
  if (isComplete && names.length === 1 && first in globalThis) {
    const sentence = `${first} is a global that does not work in a traced function.`;
    failAt(at, "unresolved-names", sentence, "Use it outside, and close over what it gives.");
  }
  const written = name === "(anonymous)" ? "f" : name;
  const helpers = [...missing].filter(([, place]) => place.in !== name).map(([missed, place]) => `${missed} (in ${place.in})`);
  const sentence =
    names.length === 1
      ? isComplete
        ? `${first} is used here, but there is no such variable around the function.`
        : `${first} is used here, but its value can't be read from outside the function.`
      : `${list(names)} are used, but their values can't be read from outside the function${helpers.length ? `: ${list(helpers)} by helpers` : ""}.`;
  failAt(
    at,
    "unresolved-names",
    sentence,
    `${isComplete ? "Check the spelling, or name" : "Name"} ${names.length === 1 ? "it" : "them"} in scope: gradient(${written}, { scope: { ${names.join(", ")} } })`,
  );
}

const list = (names: readonly string[]) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : `${names[0]}`);
