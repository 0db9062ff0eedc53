// Sources that stand in for those on disk, in modules that use what `math` has.

const imported = (name, parameters, result) =>
  `// @ts-ignore: decorator\n@external("kernel", "${name}") export declare function ${name}(${parameters.join(", ")}): ${result};\n`;

const operandsOf = (name, operations) => ["a", "b"].slice(0, operations[name].arity);

/** For assembly/elementary.ts and special-functions.ts: imports, so that a call keeps its name. */
export const kernelImports = (names, operations) =>
  names
    .map((name) =>
      imported(
        name,
        operandsOf(name, operations).map((operand) => `${operand}: v128`),
        "v128",
      ),
    )
    .join("");

const blockImport = (name, columns) =>
  imported(
    `${name}Block`,
    [...columns, "bytes"].map((column) => `${column}: usize`),
    "void",
  );

/** For assembly/kernels/blocks.ts. */
export const blockImports = (names, operations) =>
  [...names.map((name) => blockImport(name, ["z", ...operandsOf(name, operations)])), blockImport("sincos", ["sine", "cosine", "a"])].join(
    "",
  );

/** For assembly/columns.ts, where its one function that fills is enough. */
export const fillImport = imported("fillColumn", ["column: usize", "value: f64", "bytes: usize"], "void");

/** For assembly/kernels/tables.ts: the tables that an instance of `math` exports, as constants. */
export function addressesOf(math) {
  return Object.entries(math)
    .filter(([, exported]) => exported instanceof WebAssembly.Global)
    .map(([name, { value }]) => `export const ${name}: usize = ${value};\n`)
    .join("");
}
