import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkAgainst, checkAtPoints, type Entry, type ReferencePoint } from "./check.ts";
import engineering from "./engineering.ts";
import finance from "./finance.ts";
import graphics from "./graphics.ts";
import learning from "./learning.ts";
import loops from "./loops.ts";
import physics from "./physics.ts";
import recipes from "./recipes.ts";
import robotics from "./robotics.ts";
import special from "./special.ts";
import statistics from "./statistics.ts";
import tables from "./tables.ts";

/** Functions as people write them, against themselves, numerical differentiation and many digits. */
const fields = {
  recipes,
  special,
  loops,
  tables,
  physics,
  engineering,
  finance,
  graphics,
  statistics,
  learning,
  robotics,
} as unknown as Record<string, Entry[]>;
const all = Object.values(fields).flat();

for (const [field, entries] of Object.entries(fields)) {
  describe(field, () => test.each(entries)("%s", (...entry) => checkAtPoints(`${field} ${entry[0]}`, entry)));
}

const references: { name: string; points: ReferencePoint[] }[] = JSON.parse(
  readFileSync(new URL("reference.json", import.meta.url), "utf8"),
);

describe("against forty digits", () => {
  test.each(references)("$name", ({ name, points }) => checkAgainst(points, all.find((entry) => entry[0] === name)!));
});

test("the corpus has a good number of functions", () => {
  expect(all.length).toBeGreaterThanOrEqual(120);
  expect(new Set(all.map(([name]) => name)).size).toBe(all.length);
});
