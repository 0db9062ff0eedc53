import { defineConfig } from "tsdown";
import { slimAcorn } from "./scripts/slim-acorn.mjs";
import { slimLoader } from "./scripts/slim-loader.mjs";
import { textFirst } from "./scripts/text-first.mjs";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  fixedExtension: false,
  // Bundled, so that the package has no dependencies and dist/index.js loads in a page as it is. Anything else is a mistake.
  inlineOnly: ["acorn", "@assemblyscript/loader"],
  plugins: [textFirst, slimAcorn, slimLoader],
  // What applications' own minifiers do not find; names and lines stay as they are.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
  checks: { pluginTimings: false },
  copy: ["THIRD-PARTY-LICENSES.md"],
});
