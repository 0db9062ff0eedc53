// Sources that stand in for those on disk, in modules that use what `math` has.

/** For assembly/elementary.ts and special-functions.ts: imports, so that a call keeps its name. */
export function kernelImports(names, operations) {
  return names
    .map((name) => {
      const parameters = ["a", "b"].slice(0, operations[name].arity).map((parameter) => `${parameter}: v128`);
      return `// @ts-ignore: decorator\n@external("kernel", "${name}") export declare function ${name}(${parameters.join(", ")}): v128;\n`;
    })
    .join("");
}

/** For assembly/kernels/tables.ts: the tables that an instance of `math` exports, as constants. */
export function addressesOf(math) {
  return Object.entries(math)
    .filter(([, exported]) => exported instanceof WebAssembly.Global)
    .map(([name, { value }]) => `export const ${name}: usize = ${value};\n`)
    .join("");
}
