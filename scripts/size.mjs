// Prints the size of `import { gradient } from "epsilane"` in an application, bundled, minified, gzipped, and what others add.
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

/** What an application imports, each beside `gradient`. */
const ADDITIONS = ["jvp", "dual", "jacobian", "traced", "logSumExp", "erf", "gamma", "polygamma", "sinc"];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const sizeOf = (names) => bundleSize(`import { ${names} } from "epsilane"; globalThis.used = [${names}];`);
  const core = await sizeOf("gradient");
  console.log(`import { gradient }: ${kB(core.minified)} minified, ${kB(core.gzipped)} gzipped (goal: ${GOAL} kB)`);
  for (const name of ADDITIONS) {
    const { gzipped } = await sizeOf(`gradient, ${name}`);
    console.log(`  and ${name}: ${kB(gzipped - core.gzipped)} more`);
  }
}
