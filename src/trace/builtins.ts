type Builtins = { getBuiltinModule?(name: string): unknown };

/** One of Node's own modules, without an import that a bundler would see. `undefined` where the host has none. */
export function builtinModule<Module extends object>(name: string): Module | undefined {
  const host = (globalThis as { process?: Builtins }).process;
  return host?.getBuiltinModule?.(name) as Module | undefined;
}
