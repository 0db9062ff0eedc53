import { expect, test } from "vitest";
import { findGuards } from "../../src/plan/guards.ts";
import { planGraph } from "../../src/plan/plan.ts";
import { firstDifference } from "../support/bits.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { execute } from "../support/execute.ts";
import { expressions, k } from "../support/expressions.ts";

const build = () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [number, number];
  const positive = e.gt(x, k(0));
  const [root, sine, both] = [e.log(x), e.sin(y), e.exp(e.mul(x, y))];
  const output = e.add(e.select(positive, e.mul(root, both), sine), e.and(both, e.not(positive)));
  return { e, positive, root, sine, both, output };
};

test("values that one side of a choice alone needs are found", () => {
  const { e, positive, root, sine, both, output } = build();
  const guards = findGuards(e.graph, [...e.graph.nodes.keys()].slice(0, output + 1), [output]);
  expect(guards.get(root)).toEqual({ mask: positive, isSet: true });
  expect(guards.get(sine)).toEqual({ mask: positive, isSet: false });
  expect(guards.get(both)).toBeUndefined();
});

test("their kernels are called under its mask, and what is left out does not show", () => {
  const { e, output } = build();
  const guarded = planGraph(e.graph, [output], () => false).steps.flatMap((step) =>
    step.kind === "kernel" && step.guard ? [step.name] : [],
  );
  expect(guarded.sort()).toEqual(["logBlock", "sinBlock"]);
  // Blocks of 128 points where all, none and some points are on one side.
  for (const sign of [() => 1, () => -1, (point: number) => (point < 256 ? 1 : -1), (point: number) => (point % 3) - 1]) {
    const columns = [0, 1].map((leaf) =>
      Float64Array.from({ length: 517 }, (_, point) => (leaf === 0 ? sign(point) : 1) * (1 + point / 64)),
    );
    const wanted = Array.from(
      { length: 517 },
      (_, point) => evaluateGraph(e.graph, [output], [columns[0]![point]!, columns[1]![point]!])[0]!,
    );
    for (const engine of ["compiled", "interpreted"] as const) {
      expect(firstDifference(execute({ graph: e.graph, outputs: [output], engine }, columns, 517), [wanted])).toBeUndefined();
    }
  }
});
