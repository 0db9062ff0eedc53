import type { Session } from "node:inspector";
import { builtinModule, nodeTypes } from "./builtins.ts";
import { learnRealm, nativeOf } from "./globals.ts";
import type { Resolver, Variable } from "./scope.ts";
import { propertyOf } from "./snapshot.ts";
import { isNative } from "./source.ts";

/** Reads variables around functions from the engine's own scopes. */
export interface ClosureReader {
  /** `undefined` where the host has no inspector or denies it. */
  resolve(...args: Parameters<Resolver>): ReturnType<Resolver> | undefined;
  /** Ends the inspector's session, if one was needed. It begins anew when `resolve` is called again. */
  close(): void;
}

/** What the engine alone sees: `[[Scopes]]` of a function, `[[Target]]` of a proxy. */
type InternalOf = (value: object, name: "[[Scopes]]" | "[[Target]]") => object;

export function createClosureReader(): ClosureReader {
  const homes = createHomes();
  let session: { readonly internalOf: InternalOf; disconnect(): void } | undefined;

  const resolve: ClosureReader["resolve"] = (fn, wanted) => {
    if (holdsError(fn)) return undefined;
    try {
      session ??= connect();
      if (!session) return undefined;
      const { internalOf } = session;
      const found = new Map<string, Variable>();
      const scopes = scopesOf(internalOf, fn);
      const global = scopes.at(-1);
      if (global) learnRealm(global);
      for (const [name, { members }] of wanted) {
        const place = findVariable(scopes, name);
        if (!place) continue;
        const isProxy = nodeTypes().isProxy(place.property.value);
        const property = isProxy ? throughProxy(internalOf(place.property.value, "[[Target]]"), place.property, members) : place.property;
        // The global object is the same at each reading, and to list its values would load half of Node.
        found.set(name, { property, home: place.scope === global ? global : homes(place.scope) });
      }
      return found;
    } catch {
      // Denied (Node's permission model, a policy) or not there in full: Bun and others have parts of the inspector.
      return undefined;
    }
  };
  const close = () => {
    session?.disconnect();
    session = undefined;
  };
  return { resolve, close };
}

/** Innermost first, the global object last. Members are variables. */
const scopesOf = (internalOf: InternalOf, fn: Function): readonly object[] =>
  Array.from(internalOf(fn, "[[Scopes]]") as ArrayLike<{ readonly object: object }>, ({ object }) => object);

/** Test runners put a proxy before a CommonJS module, to give members of its default export, too. Other proxies stay what they are. */
function throughProxy(module: object, property: PropertyDescriptor, members: ReadonlySet<string> | undefined): PropertyDescriptor {
  if (!nodeTypes().isModuleNamespaceObject(module) && propertyOf(module, "__esModule")?.value !== true) return property;
  const whole: unknown = propertyOf(module, "default")?.value;
  const hosts = [module, ...((typeof whole === "object" && whole !== null) || typeof whole === "function" ? [whole] : [])];
  const found = new Map<string, PropertyDescriptor>();
  for (const host of hosts) {
    for (const key of members ?? Object.getOwnPropertyNames(host)) {
      const member = found.has(key) ? undefined : propertyOf(host, key);
      if (member) found.set(key, member);
    }
  }
  return { value: Object.defineProperties({}, Object.fromEntries(found)) };
}

/** The innermost variable of that name. The last scope is the global object. */
function findVariable(scopes: readonly object[], name: string) {
  const { isProxy } = nodeTypes();
  for (const [i, scope] of scopes.entries()) {
    const property = isProxy(scope) ? undefined : propertyOf(scope, name);
    if (property && (i < scopes.length - 1 || isFromProgram(property, scope))) return { property, scope };
  }
  return undefined;
}

/**
 * Tells scopes that were met before, of which the engine makes a new object at each reading. While no variable is changed, all
 * have the same values in both; and a scope that declares functions shares them with no other. Without such a function in it, a
 * scope counts as another each time.
 */
function createHomes(): (scope: object) => object {
  const met: { readonly values: ReadonlyMap<string, unknown>; readonly home: object }[] = [];
  const known = new WeakMap<object, object>();

  const homeOf = (scope: object): object => {
    const values = new Map(Object.getOwnPropertyNames(scope).map((name) => [name, propertyOf(scope, name)?.value]));
    const isSame = (other: ReadonlyMap<string, unknown>) =>
      other.size === values.size && [...values].every(([name, value]) => other.has(name) && Object.is(other.get(name), value));
    const before = met.find((other) => isSame(other.values));
    if (before) return before.home;
    const home = {};
    if ([...values.values()].some((value) => typeof value === "function")) met.push({ values, home });
    return home;
  };
  return (scope) => {
    const home = known.get(scope) ?? homeOf(scope);
    known.set(scope, home);
    return home;
  };
}

/** Whether a global is the program's own. Of what the engine provides, only what the tracer knows is of use. */
const isFromProgram = ({ value, get }: PropertyDescriptor, global: object): boolean =>
  !get && value !== global && (typeof value !== "function" || !isNative(value) || nativeOf(value) !== undefined);

/** The inspector describes own members too, and would run the program's `Error.prepareStackTrace` for an error among them. */
const holdsError = (fn: Function): boolean =>
  Object.values(Object.getOwnPropertyDescriptors(fn)).some(({ value }) => nodeTypes().isNativeError(value));

/** Opens an inspector session on this thread. Other sessions and debuggers are not disturbed. */
function connect() {
  const inspector = builtinModule<typeof import("node:inspector")>("node:inspector");
  if (!inspector) return undefined;
  const session = new inspector.Session();
  session.connect();
  try {
    return { internalOf: createReader(session, inspector), disconnect: () => session.disconnect() };
  } catch (error) {
    session.disconnect();
    throw error;
  }
}

/**
 * Values go to the inspector, and what is in them comes back, as members of one object that both sides know. The inspector meets
 * it as a member of the inspector module, for as long as that takes: it is the same module in every context of the thread.
 */
function createReader(session: Session, inspector: object): InternalOf {
  const exchange: { given?: object; found?: object } = { given: undefined, found: undefined };
  const key = `epsilane ${Math.random()}`;
  let id: string;
  Object.defineProperty(inspector, key, { value: exchange, configurable: true });
  try {
    const expression = `process.getBuiltinModule("node:inspector")[${JSON.stringify(key)}]`;
    id = objectId(post(session, "Runtime.evaluate", { expression, silent: true }).result);
  } finally {
    Reflect.deleteProperty(inspector, key);
  }

  const call = (functionDeclaration: string, args: readonly string[]) =>
    post(session, "Runtime.callFunctionOn", {
      objectId: id,
      functionDeclaration,
      arguments: args.map((argument) => ({ objectId: argument })),
      silent: true,
    }).result;

  return (given, wanted) => {
    exchange.given = given;
    exchange.found = undefined;
    const givenId = objectId(call("function () { return this.given; }", []));
    const { internalProperties } = post(session, "Runtime.getProperties", { objectId: givenId, ownProperties: true });
    const found = internalProperties?.find(({ name }) => name === wanted)?.value;
    call("function (found) { this.found = found; }", [objectId(found)]);
    return exchange.found ?? {};
  };
}

type RemoteObject = { readonly objectId?: string };
interface Answer {
  readonly result: RemoteObject;
  readonly internalProperties?: readonly { readonly name: string; readonly value?: RemoteObject }[];
}

const objectId = (object: RemoteObject | undefined): string => {
  if (object?.objectId === undefined) throw new Error("The inspector gave no object.");
  return object.objectId;
};

/** A session on its own thread answers before `post` returns. */
function post(session: Session, method: string, params: object): Answer {
  let answer: Answer | undefined;
  session.post(method, params, (error: Error | null, result?: object) => {
    if (!error) answer = result as Answer;
  });
  if (!answer) throw new Error(`The inspector did not answer ${method}.`);
  return answer;
}
