import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkAgainst, checkAtPoints, type Entry, type ReferencePoint } from "../corpus/check.ts";
import colour from "./colour.ts";
import easing from "./easing.ts";
import geometry from "./geometry.ts";
import later from "./later.ts";
import sky from "./sky.ts";
import statistics from "./statistics.ts";
import tablesAndThrows from "./tables-and-throws.ts";

/** Functions of published packages, handed over without `scope`: against themselves, numerical differentiation and many digits. */
const packages = { ...easing, ...colour, ...geometry, ...statistics, ...sky, ...tablesAndThrows } as unknown as Record<string, Entry[]>;
const entries = Object.entries(packages);

for (const [name, functions] of entries) {
  describe(name, () => test.each(functions)("%s", (...entry) => checkAtPoints(`${name} ${entry[0]}`, entry)));
}

const references: { package: string; name: string; points: ReferencePoint[] }[] = JSON.parse(
  readFileSync(new URL("reference.json", import.meta.url), "utf8"),
);
describe("against forty digits", () => {
  test.each(references)("$package $name", ({ package: from, name, points }) =>
    checkAgainst(points, packages[from]!.find((entry) => entry[0] === name)!),
  );
});

test("there are many functions, of many packages", () => {
  expect(entries.length).toBeGreaterThanOrEqual(20);
  const asTheyStand = entries.flatMap(([, functions]) => functions.filter(([, fn]) => !`${fn}`.includes("__vi_import")));
  expect(asTheyStand.length).toBeGreaterThanOrEqual(100);
});

for (const [name, what] of Object.entries(later)) test.todo(`${name}: ${what}`);
