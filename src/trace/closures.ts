import type { Session } from "node:inspector";
import { builtinModule } from "./builtins.ts";
import { isNative } from "./source.ts";
import type { Resolver } from "./scope.ts";

/** Reads variables around functions from the engine's own scopes. */
export interface ClosureReader {
  /** Finds nothing where the host has no inspector or denies it. */
  readonly resolve: Resolver;
  /** Ends the inspector's session, if one was needed. It begins anew when `resolve` is called again. */
  close(): void;
}

type ScopesOf = (fn: Function) => readonly object[];

export function createClosureReader(): ClosureReader {
  let session: { readonly scopesOf: ScopesOf; disconnect(): void } | undefined;

  const resolve: Resolver = (fn, names) => {
    const found = new Map<string, PropertyDescriptor>();
    if (holdsError(fn)) return found;
    try {
      session ??= connect();
      const scopes = session?.scopesOf(fn) ?? [];
      for (const name of names) {
        const variable = findVariable(scopes, name);
        if (variable) found.set(name, variable);
      }
    } catch {
      // Denied (Node's permission model, a policy) or not there in full: Bun and others have parts of the inspector.
    }
    return found;
  };
  const close = () => {
    session?.disconnect();
    session = undefined;
  };
  return { resolve, close };
}

/** The innermost variable of that name. `scopes` end with the global object. */
function findVariable(scopes: readonly object[], name: string): PropertyDescriptor | undefined {
  for (const [i, scope] of scopes.entries()) {
    const variable = isProxy(scope) ? undefined : variableOf(scope, name);
    if (variable && (i < scopes.length - 1 || isFromProgram(variable, scope))) return variable;
  }
  return undefined;
}

function variableOf(scope: object, name: string): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(scope, name);
  } catch {
    // From Node 22 on, the engine's word for a variable whose declaration has not run. Node 20 has undefined there.
    return { value: undefined };
  }
}

/** Whether a global is the program's own. What the engine provides is for the tracer's table of globals, not for snapshots. */
const isFromProgram = ({ value, get }: PropertyDescriptor, global: object): boolean =>
  !get && value !== global && !(typeof value === "function" && isNative(value));

type Types = typeof import("node:util").types;
const types = (): Types | undefined => builtinModule<{ types: Types }>("node:util")?.types;

/** Whether looking at the value would run a handler of the program's. Only Node can tell. */
export const isProxy = (value: object): boolean => types()?.isProxy(value) ?? false;

/** The inspector describes own members too, and would run the program's `Error.prepareStackTrace` for an error among them. */
const holdsError = (fn: Function): boolean =>
  Object.values(Object.getOwnPropertyDescriptors(fn)).some(({ value }) => types()?.isNativeError(value) ?? false);

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
