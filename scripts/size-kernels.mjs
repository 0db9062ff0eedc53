/**
 * What each family of kernels adds to the embedded modules: `npm run size:kernels`, which
 * writes the table of docs/size.md. Every file under assembly/kernels that has
 * block kernels is compiled alone, as the build does, with the tables that it names, and its text is gzipped. What families
 * share, such as the reduction of e^x, counts for each of them.
 */
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "./lib/compile.mjs";
import { encodeBytes } from "./lib/encode-bytes.mjs";
import { importTs } from "./lib/import-ts.mjs";
import { replaceBetween } from "./lib/replace-between.mjs";
import { addressesOf, kernelImports } from "./lib/stand-ins.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const kernelFile = (name) => `assembly/kernels/${name}.ts`;
const read = (path) => readFile(resolve(root, path), "utf8");
const gzipped = (wasm) => gzipSync(encodeBytes(wasm), { level: 9 }).length;
const kB = (bytes) => (bytes / 1000).toFixed(1);
const built = (name) => readFile(resolve(root, `build/${name}.wasm`));

const { operations } = await importTs(resolve(root, "src/graph/operations.ts"));
const ofMath = Object.keys(operations).filter((name) => operations[name].form === "kernel" && !operations[name].module);
const math = new WebAssembly.Instance(await WebAssembly.compile(await built("math")), {
  env: { memory: new WebAssembly.Memory({ initial: 16 }), table: new WebAssembly.Table({ element: "anyfunc", initial: 16 }) },
}).exports;
const modules = {
  math: { list: "blocks", tables: "tables", standIns: {} },
  special: {
    list: "special-blocks",
    tables: "special-tables",
    standIns: { "assembly/elementary.ts": kernelImports(ofMath, operations), [kernelFile("tables")]: addressesOf(math) },
  },
};

/** What a kernel's file, and those that it imports, name of a file of tables. */
async function tablesOf(file, tables, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const names = [];
  for (const [, list, from] of (await read(kernelFile(file))).matchAll(/^import \{([^}]*)\} from "\.\/(.*)";$/gm)) {
    names.push(...(from === tables ? list.split(",").map((name) => name.trim()) : await tablesOf(from, tables, seen)));
  }
  return names;
}

/** A file of tables with these alone: the compiler keeps all of a file that it reads. */
const only = (source, names) =>
  [...source.matchAll(/^export const (\w+)[^;]*;$/gm)]
    .filter(([, name]) => names.includes(name))
    .map(([statement]) => statement)
    .join("\n");

const rows = [];
for (const [name, { list, tables, standIns }] of Object.entries(modules)) {
  const entry = `assembly/${name}.ts`;
  const allTables = await read(kernelFile(tables));
  for (const [, kernels, file] of (await read(kernelFile(list))).matchAll(/^export \{ (.*) \} from "\.\/(.*)";$/gm)) {
    const sources = {
      ...standIns,
      [kernelFile(tables)]: only(allTables, await tablesOf(file, tables)),
      [entry]: `export { ${kernels} } from "./kernels/${file}";\n`,
    };
    const bytes = gzipped(await compile(root, name, entry, sources));
    rows.push([`\`${name}\``, file, kernels.replaceAll(/(\w+)Block/g, "`$1`"), kB(bytes)]);
  }
  rows.push([
    `\`${name}\``,
    `**all**, with lane forms${name === "special" ? " and dual blocks" : ""}`,
    "",
    `**${kB(gzipped(await built(name)))}**`,
  ]);
}
rows.push(["`duals`", "dual blocks of what `math` has", "", `**${kB(gzipped(await built("duals")))}**`]);
const table = ["| module | family | kernels | kB |", "|---|---|---|--:|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
console.log(table);
const target = resolve(root, "docs/size.md");
await writeFile(target, replaceBetween(await readFile(target, "utf8"), "kernels", `\n${table}\n`));
