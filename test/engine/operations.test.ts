import { describe, expect, test } from "vitest";
import type { NodeId } from "../../src/graph/graph.ts";
import { type OperationName, operations } from "../../src/graph/operations.ts";
import { useSpecial } from "../../src/wasm/special.ts";
import "../support/special.ts";
import { awkward, bitsOf } from "../support/bits.ts";
import { evaluateGraph } from "../support/evaluate-graph.ts";
import { engines, execute, prepare, runPoint } from "../support/execute.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";

useSpecial();

const bits = (values: ArrayLike<number>) => Array.from(values, bitsOf);

/** Every operation on columns, with numbers as results; constants as operands too. */
function formsOf(op: OperationName, e: Expressions): NodeId[] {
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const { arity, gives } = operations[op];
  if (op === "gather") {
    const index = e.rem(e.floor(x), k(5));
    return [e.gather([1.5, -0, Number.NaN, 7], x), e.gather([3], y), e.gather([3, 1, 4, 1, 5, 9], index), e.gather([2, 3], index)];
  }
  const apply = (...args: NodeId[]) => e.graph.raw(op, args);
  const m = e.graph.raw("lt", [x, y]);
  const n = e.graph.raw("ne", [x, e.constant(1)]);
  const asNumber = (mask: NodeId) => e.graph.raw("select", [mask, x, y]);
  if (op === "select") return [apply(m, x, y), apply(m, x, e.constant(-0)), asNumber(apply(n, m, n))];
  if (op === "not") return [asNumber(apply(m))];
  if (op === "and" || op === "andnot") return [apply(x, m), apply(e.constant(3), n), asNumber(apply(m, n))];
  if (gives === "bits") return [asNumber(apply(m, n)), ...(op === "xor" ? [apply(x, e.graph.raw("and", [e.constant(-0), m]))] : [])];
  const forms = arity === 1 ? [apply(x)] : [apply(x, y), apply(x, x), apply(x, e.constant(2.5)), apply(e.constant(-3), y)];
  return gives === "mask" ? forms.map(asNumber) : forms;
}

const pairs = awkward.flatMap((x) => awkward.map((y) => [x, y] as const));
const columns = [0, 1].map((leaf) => Float64Array.from(pairs, (pair) => pair[leaf]!));

describe.each(Object.keys(operations) as OperationName[])("%s", (op) => {
  const e = expressions();
  const outputs = formsOf(op, e);
  const reference = pairs.map((pair) => evaluateGraph(e.graph, outputs, pair));
  const wanted = outputs.map((_, output) => bits(reference.map((row) => row[output]!)));

  test.each(engines)("%s: columns", (engine) => {
    const results = execute({ graph: e.graph, outputs, engine }, columns, pairs.length);
    outputs.forEach((_, output) => {
      const actual = bits(results[output]!);
      const wrong = actual.findIndex((value, index) => value !== wanted[output]![index]);
      if (wrong >= 0) expect(results[output]![wrong], `form ${output} at ${pairs[wrong]!.map(String)}`).toBe(reference[wrong]![output]);
    });
  });

  test.each(engines)("%s: one point", (engine) => {
    const executable = prepare({ graph: e.graph, outputs, shared: [false, false], engine });
    pairs.forEach((pair, index) => {
      if (index % 7 === 0) expect(bits(runPoint(executable, pair)), `${pair.map(String)}`).toEqual(bits(reference[index]!));
    });
  });
});

test("max and min of three or more are JavaScript's", () => {
  const e = expressions();
  const leaves = e.inputs(3) as [NodeId, NodeId, NodeId];
  const outputs = [e.max(...leaves), e.min(...leaves), e.max(...leaves, k(1)), e.min(e.neg(leaves[0]), ...leaves)];
  const some = awkward.filter((_, index) => index % 3 === 0 || Number.isNaN(awkward[index]!) || Object.is(awkward[index], -0));
  const triples = some.flatMap((a) => some.flatMap((b) => some.map((c) => [a, b, c] as const)));
  const leafColumns = [0, 1, 2].map((leaf) => Float64Array.from(triples, (triple) => triple[leaf]!));
  for (const engine of engines) {
    const results = execute({ graph: e.graph, outputs, engine }, leafColumns, triples.length);
    triples.forEach(([a, b, c], index) => {
      const expected = [Math.max(a, b, c), Math.min(a, b, c), Math.max(a, b, c, 1), Math.min(-a, a, b, c)];
      expect(results.map((column) => bitsOf(column[index]!))).toEqual(expected.map(bitsOf));
    });
  }
});
