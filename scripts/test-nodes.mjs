// Runs the suite on every Node line that the package supports, the oldest patch of "engines" included. Build first.
//   node scripts/test-nodes.mjs [version …]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const VERSIONS = ["20.19.0", "20", "22", "24", "26"];

const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const versions = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const failed = versions.filter((version) => {
  console.log(`\nNode ${version}`);
  return spawnSync("npx", ["--yes", "--package", `node@${version}`, "node", vitest, "run"], { stdio: "inherit" }).status !== 0;
});
console.log(failed.length === 0 ? `\npassed on Node ${versions.join(", ")}` : `\nfailed on Node ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
