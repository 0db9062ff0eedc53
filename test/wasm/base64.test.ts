import { expect, test } from "vitest";
import { decodeBase64 } from "../../src/wasm/base64.ts";

test("every byte value at every position of a group of three comes back", () => {
  for (const length of [0, 1, 2, 3, 255, 256, 257]) {
    for (let start = 0; start < 256; start++) {
      const bytes = Uint8Array.from({ length }, (_, i) => start + i);
      expect(decodeBase64(Buffer.from(bytes).toString("base64"))).toEqual(bytes);
    }
  }
});
