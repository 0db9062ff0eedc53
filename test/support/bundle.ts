import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

const source = fileURLToPath(new URL("../../src/index.ts", import.meta.url));

/** Writes the package as one file, for programs that are run as they are. */
export async function bundlePackage(outfile: string, options: BuildOptions = {}): Promise<string> {
  await build({ entryPoints: [source], bundle: true, format: "esm", target: "es2022", outfile, ...options });
  return outfile;
}
