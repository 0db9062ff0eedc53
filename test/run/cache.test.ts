import { expect, it } from "vitest";
import { createCache } from "../../src/run/cache.ts";

it("keeps what was used last, and no more than its limit", () => {
  const cache = createCache<string, number>(2);
  const made: string[] = [];
  const get = (key: string) => cache.get(key, () => made.push(key));
  get("a");
  get("b");
  get("a");
  get("c");
  expect(cache.size).toBe(2);
  get("a");
  expect(made).toEqual(["a", "b", "c"]);
  get("b");
  expect(made).toEqual(["a", "b", "c", "b"]);
});
