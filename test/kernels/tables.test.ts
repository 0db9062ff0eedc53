import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { staticEnd } from "../../src/wasm/math.ts";

/** What scripts/fit.py found with 240 bits. */
const expected: Record<string, { bytes: number; sha256: string }> = JSON.parse(
  readFileSync(new URL("tables.json", import.meta.url), "utf8"),
);

/** As it is compiled, with the addresses of its tables, which the embedded one does not export. */
const math = new WebAssembly.Module(readFileSync(new URL("../../build/math.wasm", import.meta.url)));

test.each(Object.entries(expected))("%s is computed to the last bit", (name, { bytes, sha256 }) => {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(staticEnd / 65536) });
  const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
  const { exports } = new WebAssembly.Instance(math, { env: { memory, table } });
  const { value: address } = exports[name] as unknown as { value: number };
  expect(
    createHash("sha256")
      .update(new Uint8Array(memory.buffer, address, bytes))
      .digest("hex"),
  ).toBe(sha256);
});
