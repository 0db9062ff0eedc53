import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import asc from "assemblyscript/asc";
import { mergeData } from "./merge-data.mjs";

/**
 * Compiles one target of asconfig.json in memory.
 *
 * @param {string} root the folder of asconfig.json
 * @param {string} target a name under `targets`
 * @param {string} entry the entry file, relative to `root`
 * @param {Record<string, string>} replaced sources that stand in for those on disk, by path relative to `root`
 * @returns {Promise<Uint8Array>} the module
 */
export async function compile(root, target, entry, replaced) {
  let binary;
  const { error, stderr } = await asc.main([entry, "--config", "asconfig.json", "--target", target, "--outFile", "module.wasm"], {
    async readFile(name) {
      if (Object.hasOwn(replaced, name)) return replaced[name];
      return readFile(resolve(root, name), "utf8").catch(() => null);
    },
    writeFile(name, contents) {
      if (name === "module.wasm") binary = contents;
    },
    listFiles: () => [],
  });
  const messages = stderr.toString().trim();
  if (error) throw new Error(`${entry} does not compile (target ${target}):\n${messages || error.message}`);
  if (messages) console.warn(messages);
  return mergeData(binary);
}
