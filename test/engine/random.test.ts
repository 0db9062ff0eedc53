import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import { pushforward } from "../../src/derive/pushforward.ts";
import { lower } from "../../src/plan/lower.ts";
import { dualForms } from "../../src/run/duals.ts";
import { awkward, firstDifference } from "../support/bits.ts";
import { evaluateColumns } from "../support/evaluate-graph.ts";
import { execute } from "../support/execute.ts";
import { randomGraph } from "../support/random-graph.ts";

const points = 37;
const leafCount = 5;

/** Columns of special and of ordinary values. */
const columnsFor = (seed: number) =>
  Array.from({ length: leafCount }, (_, leaf) =>
    Float64Array.from({ length: points }, (_, point) =>
      point < awkward.length ? awkward[(point * (2 * leaf + 3) + leaf + seed) % awkward.length]! : 3 * Math.sin(7 * point + leaf + seed),
    ),
  );

/** The first seeds, and those that once failed. */
const seeds = [...Array.from({ length: 120 }, (_, index) => index + 1), 2187, 2630, 9002, 11514];

describe("random graphs with Jacobian and tangents, some leaves shared", () => {
  test.each([0, 1, 2, 3])("both engines, with dual block forms and without, have the bits of plain JavaScript (%i of 4)", (part) => {
    for (const seed of seeds.filter((_, index) => index % 4 === part)) {
      const { e, leaves, outputs } = randomGraph(seed, [6, 15, 40, 120][seed % 4]!);
      const { graph } = e;
      // tangents: of the first leaf a constant or a leaf of its own, of the second a leaf, of the third none
      const first = seed % 2 ? e.constant(1) : graph.input(3);
      const { tangents, duals } = pushforward(
        graph,
        outputs,
        new Map([
          [leaves[0]!, first],
          [leaves[1]!, graph.input(4)],
        ]),
      );
      const partials = accumulateJacobian(graph, outputs, leaves).rows.flat();
      const all = [...outputs, ...partials, ...tangents.map((tangent) => tangent ?? e.constant(0))];

      const columns = columnsFor(seed);
      const isShared = columns.map((_, leaf) => ((seed % 31) >> leaf) & 1);
      const given = columns.map((column, leaf) => (isShared[leaf] ? column[seed % awkward.length]! : column));
      const wanted = evaluateColumns(graph, lower(graph, all), given, points);

      const compiled = execute({ graph, outputs: all, engine: "compiled" }, given, points);
      expect(firstDifference(compiled, wanted), `seed ${seed}, compiled`).toBeUndefined();
      const interpreted = execute({ graph, outputs: all, engine: "interpreted" }, given, points);
      expect(firstDifference(interpreted, wanted), `seed ${seed}, interpreted`).toBeUndefined();
      const byDuals = execute({ graph, outputs: all, duals: dualForms(duals), engine: "interpreted" }, given, points);
      expect(firstDifference(byDuals, wanted), `seed ${seed}, dual block forms`).toBeUndefined();
    }
  });
});
