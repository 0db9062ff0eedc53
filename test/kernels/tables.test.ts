import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { instantiateMath, staticEnd } from "../../src/wasm/math.ts";

/** What scripts/fit.py found with 240 bits. */
const expected: Record<string, { bytes: number; sha256: string }> = JSON.parse(
  readFileSync(new URL("tables.json", import.meta.url), "utf8"),
);

test.each(Object.entries(expected))("%s is computed to the last bit", (name, { bytes, sha256 }) => {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(staticEnd / 65536) });
  const exports = instantiateMath(memory, new WebAssembly.Table({ element: "anyfunc", initial: 1 }));
  const { value: address } = (exports as unknown as Record<string, { value: number }>)[name];
  expect(
    createHash("sha256")
      .update(new Uint8Array(memory.buffer, address, bytes))
      .digest("hex"),
  ).toBe(sha256);
});
