import type { Session } from "node:inspector";
import { builtinModule, nodeTypes } from "./builtins.ts";
import { learnRealm, nativeOf } from "./globals.ts";
import type { Resolver, Variable } from "./scope.ts";
import { propertyOf } from "./snapshot.ts";
import { isNative } from "./source.ts";

/** Reads variables around functions from the engine's own scopes. */
export interface ClosureReader {
  /** Finds nothing where the host has no inspector or denies it. */
  readonly resolve: Resolver;
  /** Ends the inspector's session, if one was needed. It begins anew when `resolve` is called again. */
  close(): void;
}

/** Innermost first, the global object last. Members are variables. */
type ScopesOf = (fn: Function) => readonly object[];

export function createClosureReader(): ClosureReader {
  let homes = createHomes();
  let session: { readonly scopesOf: ScopesOf; disconnect(): void } | undefined;

  const resolve: Resolver = (fn, wanted) => {
    const found = new Map<string, Variable>();
    if (holdsError(fn)) return found;
    try {
      session ??= connect();
      const scopes = session?.scopesOf(fn) ?? [];
      const global = scopes.at(-1);
      if (global) learnRealm(global);
      for (const name of wanted.keys()) {
        const place = findVariable(scopes, name);
        // The global object is the same at each reading, and to list its values would load half of Node.
        if (place) found.set(name, { property: place.property, home: place.scope === global ? global : homes(place.scope) });
      }
    } catch {
      // Denied (Node's permission model, a policy) or not there in full: Bun and others have parts of the inspector.
    }
    return found;
  };
  const close = () => {
    session?.disconnect();
    session = undefined;
    homes = createHomes();
  };
  return { resolve, close };
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
 * Tells scopes that were met before, of which the engine makes a new object at each reading. No code runs between two readings,
 * so all variables have the same values in both; and a scope that declares functions shares them with no other. Without such a
 * function in it, a scope counts as another each time.
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
    return { scopesOf: createScopeReader(session, inspector), disconnect: () => session.disconnect() };
  } catch (error) {
    session.disconnect();
    throw error;
  }
}

/**
 * Functions go to the inspector, and scopes come back, as members of one object that both sides know. The inspector meets it
 * as a member of the inspector module, for as long as that takes: it is the same module in every context of the thread.
 */
function createScopeReader(session: Session, inspector: object): ScopesOf {
  const exchange: { fn?: Function; scopes?: ArrayLike<{ readonly object: object }> } = { fn: undefined, scopes: undefined };
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

  return (fn) => {
    exchange.fn = fn;
    exchange.scopes = undefined;
    const fnId = objectId(call("function () { return this.fn; }", []));
    const { internalProperties } = post(session, "Runtime.getProperties", { objectId: fnId, ownProperties: true });
    const scopes = internalProperties?.find(({ name }) => name === "[[Scopes]]")?.value;
    call("function (scopes) { this.scopes = scopes; }", [objectId(scopes)]);
    return Array.from(exchange.scopes ?? [], ({ object }) => object);
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
