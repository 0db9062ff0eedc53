/** The points at which accuracy is measured. */
import { readFileSync } from "node:fs";
import { elementary } from "./elementary-points.mjs";
import { reseed } from "./generators.mjs";
import { special } from "./special-points.mjs";

/**
 * By function: `domain`, for the reader and below; `points`, generators of a number, or of a pair for functions of two;
 * `terms`, `slopeTerms`: where the exact result cancels, the size of what does (see special-points.mjs); `along`: the arguments
 * along which the slope is taken, all unless given.
 */
export const functions = { ...elementary, ...special };

/** Published inputs that are hard to round or cost other libraries most, by function, and where they stand. */
export const { sources, ...hardCases } = JSON.parse(readFileSync(new URL("hard-cases.json", import.meta.url), "utf8"));

const isInside = {
  "x > 0": (x) => x > 0,
  "x ≥ 1": (x) => x >= 1,
  "x > −1": (x) => x > -1,
  "|x| ≤ 1": (x) => Math.abs(x) <= 1,
  "|x| < 1": (x) => Math.abs(x) < 1,
  "all but poles": (x) => x > 0 || !Number.isInteger(x),
  [special.polygamma.domain]: (_, x) => x > 0 || !Number.isInteger(x),
};

/** `count` points of a function in columns: the published ones, and as they come from its generators in turn, after a seed. */
export function pointsOf(name, count, seed) {
  const { domain, points } = functions[name];
  reseed(seed);
  const published = (hardCases[name] ?? []).values();
  const arity = [points[0]()].flat().length;
  const columns = Array.from({ length: arity }, () => new Float64Array(count));
  for (let i = 0, turn = 0; i < count; turn++) {
    const point = [published.next().value ?? points[turn % points.length]()].flat();
    if (!point.every((x) => Number.isFinite(x) && x !== 0) || isInside[domain]?.(...point) === false) continue;
    columns.forEach((column, index) => {
      column[i] = point[index];
    });
    i++;
  }
  return columns;
}
