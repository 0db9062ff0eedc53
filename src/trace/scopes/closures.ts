import type { Session as Inspector } from "node:inspector";
import { globalValue, hostFunctions, learnRealm, nativeOf } from "../natives/globals.ts";
import { isBound, isNative } from "../source/source.ts";
import { absent } from "../values/values.ts";
import { builtinModule, nodeTypes } from "./builtins.ts";
import type { Resolver, Variable } from "./scope.ts";
import { type Private, propertyOf } from "./snapshot.ts";

/** Reads variables around functions from the engine's own scopes. */
export interface ClosureReader {
  /** `undefined` where the host has no inspector or denies it. */
  resolve(...args: Parameters<Resolver>): ReturnType<Resolver> | undefined;
  /** Private members of an object or class, in the order in which they were made; none where they can't be read. */
  readonly privatesOf: (host: object) => readonly Private[];
  /** What `bind` made a function of; `undefined` where it can't be read. */
  readonly boundOf: (fn: Function) => Bound<unknown, Function> | undefined;
  /** Ends the inspector's session, if one was needed. It begins anew when `resolve` is called again. */
  close(): void;
}

export interface Bound<Value = unknown, Target = Value> {
  readonly target: Target;
  readonly self: Value;
  readonly args: readonly Value[];
}

interface Session extends Pick<Inspector, "disconnect"> {
  /** Innermost first, the global object last. Members are variables. */
  scopesOf(fn: Function): readonly object[];
  /** What a proxy stands before. */
  targetOf(proxy: object): object;
  privatesOf(host: object): readonly Private[];
  boundOf(fn: Function): Bound<unknown, Function> | undefined;
}

export function createClosureReader(): ClosureReader {
  const homes = createHomes();
  let session: Session | undefined;

  /** Nothing where that is denied (Node's permission model, a policy) or not there in full: Bun and others have parts of it. */
  function ask<Answer>(host: object, none: Answer, question: (session: Session) => Answer): Answer {
    if (holdsError(host)) return none;
    try {
      session ??= connect();
      return session ? question(session) : none;
    } catch {
      return none;
    }
  }

  const resolve: ClosureReader["resolve"] = (fn, wanted) =>
    ask<ReturnType<Resolver> | undefined>(fn, undefined, ({ scopesOf, targetOf }) => {
      const found = new Map<string, Variable>();
      const scopes = scopesOf(fn);
      const global = scopes.at(-1);
      if (global) learnRealm(global);
      for (const [name, { members }] of wanted) {
        const place = findVariable(scopes, name, members);
        if (!place) continue;
        const isProxy = nodeTypes().isProxy(place.property.value);
        const property = isProxy ? throughProxy(targetOf(place.property.value), place.property, members) : place.property;
        // The global object is the same at each reading, and to list its values would load half of Node.
        found.set(name, { property, home: place.scope === global ? global : homes(place.scope) });
      }
      return found;
    });
  const privatesOf = (host: object) => ask<readonly Private[]>(host, [], (asked) => asked.privatesOf(host));
  const boundOf = (fn: Function) => (isBound(fn) ? ask(fn, undefined, (asked) => asked.boundOf(fn)) : undefined);
  const close = () => {
    session?.disconnect();
    session = undefined;
  };
  return { resolve, privatesOf, boundOf, close };
}

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

/** The innermost variable of that name. The last scope is the global object, of which only members can be read. */
function findVariable(scopes: readonly object[], name: string, members: ReadonlySet<string> | undefined) {
  const { isProxy } = nodeTypes();
  for (const [i, scope] of scopes.entries()) {
    const property = isProxy(scope) ? undefined : propertyOf(scope, name);
    if (property && (i < scopes.length - 1 || (property.value === scope ? members : isFromProgram(name, property))))
      return { property, scope };
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
function isFromProgram(name: string, { value, get }: PropertyDescriptor): boolean {
  if (get) return false;
  if (typeof value !== "function") return typeof value !== "object" || globalValue(name) === absent || nativeOf(value) !== undefined;
  return !(isNative(value) || hostFunctions.includes(name)) || nativeOf(value) !== undefined;
}

/** The inspector describes own members too, and would run the program's `Error.prepareStackTrace` for an error among them. */
const holdsError = (host: object): boolean =>
  Object.values(Object.getOwnPropertyDescriptors(host)).some(({ value }) => nodeTypes().isNativeError(value));

/** Opens an inspector session on this thread. Other sessions and debuggers are not disturbed. */
function connect(): Session | undefined {
  const inspector = builtinModule<typeof import("node:inspector")>("node:inspector");
  if (!inspector) return undefined;
  const session = new inspector.Session();
  session.connect();
  try {
    return { ...createReaders(session, inspector), disconnect: () => session.disconnect() };
  } catch (error) {
    session.disconnect();
    throw error;
  }
}

/**
 * Objects go to the inspector, and what it says of them comes back, as members of one object that both sides know. The inspector meets it
 * as a member of the inspector module, for as long as that takes: it is the same module in every context of the thread.
 */
function createReaders(session: Inspector, inspector: object): Omit<Session, "disconnect"> {
  const exchange: { host?: object; found: readonly unknown[] } = { found: [] };
  const key = `epsilane ${Math.random()}`;
  let id: string;
  Object.defineProperty(inspector, key, { value: exchange, configurable: true });
  try {
    const expression = `process.getBuiltinModule("node:inspector")[${JSON.stringify(key)}]`;
    id = objectId(post(session, "Runtime.evaluate", { expression, silent: true }).result);
  } finally {
    Reflect.deleteProperty(inspector, key);
  }

  const call = (functionDeclaration: string, args: readonly RemoteObject[]) =>
    post(session, "Runtime.callFunctionOn", { objectId: id, functionDeclaration, arguments: args, silent: true }).result;
  const propertiesOf = (host: object) => {
    exchange.host = host;
    const hostId = objectId(call("function () { return this.host; }", []));
    return post(session, "Runtime.getProperties", { objectId: hostId, ownProperties: true });
  };
  const take = (objects: readonly RemoteObject[]) => {
    call(
      "function (...found) { this.found = found; }",
      objects.map(({ objectId, value, unserializableValue }) => ({ objectId, value, unserializableValue })),
    );
    return exchange.found;
  };

  /** Nothing where it does not have them all. */
  const internalsOf = (host: object, ...names: readonly string[]): readonly unknown[] => {
    const known = new Map(propertiesOf(host).internalProperties?.map(({ name, value }) => [name, value]));
    const parts = names.flatMap((name) => known.get(name) ?? []);
    return parts.length === names.length ? take(parts) : [];
  };

  return {
    scopesOf: (fn) => Array.from(internalsOf(fn, "[[Scopes]]")[0] as ArrayLike<{ readonly object: object }>, ({ object }) => object),
    targetOf: (proxy) => internalsOf(proxy, "[[Target]]")[0] as object,
    boundOf(fn) {
      const [target, self, args] = internalsOf(fn, "[[TargetFunction]]", "[[BoundThis]]", "[[BoundArgs]]");
      return target ? { target: target as Function, self, args: args as readonly unknown[] } : undefined;
    },
    privatesOf(host) {
      const members = propertiesOf(host).privateProperties?.filter(({ value }) => value) ?? [];
      const values = take(members.map(({ value }) => value!));
      return members.map(({ name }, i) => [name, values[i]]);
    },
  };
}

type RemoteObject = { readonly objectId?: string; readonly value?: unknown; readonly unserializableValue?: string };
type Described = readonly { readonly name: string; readonly value?: RemoteObject }[];
interface Answer {
  readonly result: RemoteObject;
  readonly internalProperties?: Described;
  readonly privateProperties?: Described;
}

const objectId = (object: RemoteObject | undefined): string => {
  if (object?.objectId === undefined) throw new Error("The inspector gave no object.");
  return object.objectId;
};

/** A session on its own thread answers before `post` returns. */
function post(session: Inspector, method: string, params: object): Answer {
  let answer: Answer | undefined;
  session.post(method, params, (error: Error | null, result?: object) => {
    if (!error) answer = result as Answer;
  });
  if (!answer) throw new Error(`The inspector did not answer ${method}.`);
  return answer;
}
