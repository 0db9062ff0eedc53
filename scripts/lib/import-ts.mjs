import { readFile } from "node:fs/promises";
import ts from "typescript";

/** Imports a TypeScript file that imports nothing itself: Node 20 does not read TypeScript. */
export async function importTs(file) {
  const { outputText } = ts.transpileModule(await readFile(file, "utf8"), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputText).toString("base64")}`);
}
