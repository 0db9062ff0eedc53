interface Host {
  readonly process?: { getBuiltinModule?(name: string): unknown };
}

/** One of Node's own modules, without an import that bundlers would see. `undefined` where the host has none. */
export const builtinModule = <Module extends object>(name: string): Module | undefined =>
  (globalThis as Host).process?.getBuiltinModule?.(name) as Module | undefined;

const never = (_: unknown): boolean => false;
const nothing = { isProxy: never, isNativeError: never, isModuleNamespaceObject: never };

/** What tells, without running any code, what a value is. Only Node can: elsewhere nothing is a proxy or an error. */
export const nodeTypes = (): typeof nothing => builtinModule<{ types: typeof nothing }>("node:util")?.types ?? nothing;
