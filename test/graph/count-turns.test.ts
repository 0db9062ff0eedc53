import { expect, test } from "vitest";
import { countTurns } from "../../src/graph/count-turns.ts";
import { createGraph } from "../../src/graph/graph.ts";
import type { OperationName } from "../../src/graph/operations.ts";

/** Turns of a loop with a counter, by making them; `Infinity` beyond a thousand. */
function turnsMade(first: number, step: number, op: OperationName, end: number): number {
  let i = first;
  for (let turns = 1; turns <= 1000; turns++) {
    i += step;
    if (!{ lt: i < end, le: i <= end, gt: i > end, ge: i >= end }[op as "lt"]) return turns;
  }
  return Number.POSITIVE_INFINITY;
}

function turnsCounted(first: number, step: number, op: OperationName, end: number): number | undefined {
  const graph = createGraph();
  const state = graph.state(false);
  const next = graph.apply("add", state, graph.constant(step));
  return countTurns(graph, { states: [state], initial: [graph.constant(first)], next: [next] }, graph.apply(op, next, graph.constant(end)));
}

test.each(["lt", "le", "gt", "ge"] as const)("a counter and %s", (op) => {
  for (const first of [-3, 0, 5])
    for (const step of [-7, -2, -1, 1, 2, 3, 0.25]) {
      for (const end of [-10, -3, -1, 0, 1, 4, 5, 6, 0.5, 100]) {
        expect([first, step, end, turnsCounted(first, step, op, end)]).toEqual([first, step, end, turnsMade(first, step, op, end)]);
      }
    }
});

test("counters with any number of turns take no time", () => {
  expect(turnsCounted(0, 1, "lt", 2e9)).toBe(2e9);
  expect(turnsCounted(0, 1, "lt", 1e12)).toBe(Number.POSITIVE_INFINITY);
  expect(turnsCounted(0, 1, "ge", 0)).toBe(Number.POSITIVE_INFINITY);
});
