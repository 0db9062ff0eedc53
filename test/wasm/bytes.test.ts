import { expect, test } from "vitest";
import { encodeBytes } from "../../scripts/lib/encode-bytes.mjs";
import { decodeBytes } from "../../src/wasm/bytes.ts";

test("every pair of bytes comes back, from text that needs no escape", () => {
  const bytes = new Uint8Array(2 * 65536);
  for (let i = 0; i < 65536; i++) bytes.set([i >> 8, i & 255], 2 * i);
  const text = encodeBytes(bytes);
  expect(text).toMatch(/^[ !#-;=-[\]-~]*$/);
  expect(decodeBytes(text)).toEqual(bytes);
});

test("no bytes are no text", () => {
  expect(encodeBytes(new Uint8Array())).toBe("");
  expect(decodeBytes("")).toEqual(new Uint8Array());
});
