// Prints the size of `import { gradient } from "epsilane"` in an application: bundled, minified, gzipped.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const GOAL = 80;
const ENTRY = "virtual:entry";

/**
 * Bundles a module's source for browsers with Vite.
 * @param {string} source
 * @returns {Promise<{ minified: number, gzipped: number }>} bytes
 */
export async function bundleSize(source) {
  const { output } = await build({
    configFile: false,
    logLevel: "error",
    plugins: [{ name: "entry", resolveId: (id) => (id === ENTRY ? id : null), load: (id) => (id === ENTRY ? source : null) }],
    build: { write: false, target: "es2022", minify: "esbuild", modulePreload: { polyfill: false }, rollupOptions: { input: ENTRY } },
  });
  const code = Buffer.from(output.map((chunk) => chunk.code).join("\n"));
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { minified, gzipped } = await bundleSize('import { gradient } from "epsilane"; globalThis.gradient = gradient;');
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`import { gradient }: ${kB(minified)} minified, ${kB(gzipped)} gzipped (goal: ${GOAL} kB)`);
}
