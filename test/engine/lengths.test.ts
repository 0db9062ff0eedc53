import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import type { NodeId } from "../../src/graph/graph.ts";
import { firstDifference } from "../support/bits.ts";
import { engines, prepare, runColumns, runPoint } from "../support/execute.ts";
import { expressions, k } from "../support/expressions.ts";
import { pointsOf, workloads } from "../support/workloads.ts";

const lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 127, 128, 129, 130, 1001, 4097];
const longest = Math.max(...lengths);

const columnsOf = (points: readonly (readonly number[])[]) =>
  points[0]!.map((_, leaf) => Float64Array.from(points, (point) => point[leaf]!));

describe.each(workloads)("$name with its Jacobian", (workload) => {
  const e = expressions();
  const leaves = e.inputs(workload.leaves);
  const values = workload.build(e, leaves);
  const outputs = [...values, ...accumulateJacobian(e.graph, values, leaves).rows.flat()];
  const points = pointsOf(workload, longest);
  const columns = columnsOf(points);
  const shared = leaves.map(() => false);
  const [compiled, interpreted] = engines.map((engine) => prepare({ graph: e.graph, outputs, shared, engine }));
  const wanted = runColumns(compiled!, columns, longest);

  test.each(lengths)("%i points: both engines give the bits of the longest batch", (length) => {
    const cut = columns.map((column) => column.slice(0, length));
    for (const executable of [compiled!, interpreted!]) {
      expect(
        firstDifference(
          runColumns(executable, cut, length),
          wanted.map((column) => column.slice(0, length)),
        ),
      ).toBeUndefined();
    }
  });

  test("one point gives the bits of the batch", () => {
    for (let index = 0; index < longest; index += 97) {
      for (const executable of [compiled!, interpreted!]) {
        const point = runPoint(executable, points[index]!).map((value) => [value]);
        expect(
          firstDifference(
            point,
            wanted.map((column) => [column[index]!]),
          ),
        ).toBeUndefined();
      }
    }
  });

  test("the value has the same bits whatever else is asked", () => {
    for (const engine of engines) {
      const alone = runColumns(prepare({ graph: e.graph, outputs: values, shared, engine }), columns, 1001);
      expect(
        firstDifference(
          alone,
          wanted.slice(0, values.length).map((column) => column.slice(0, 1001)),
        ),
      ).toBeUndefined();
    }
  });
});

test("many columns: chunks are short, and nothing is lost between them", () => {
  const e = expressions();
  const leaves = e.inputs(60);
  const outputs = leaves.map((leaf, index) => e.add(e.mul(leaf, leaves[(index + 1) % 60]!), k(index)));
  const points = 2311;
  const columns = leaves.map((_, leaf) => Float64Array.from({ length: points }, (_, point) => leaf + point / 7));
  for (const engine of engines) {
    const executable = prepare({ graph: e.graph, outputs, shared: leaves.map(() => false), engine });
    runColumns(executable, columns, points).forEach((column, index) => {
      const expected = columns[index]!.map((value, point) => value * columns[(index + 1) % 60]![point]! + index);
      expect(column).toEqual(expected);
    });
  }
});

test("executables of different functions do not disturb each other", () => {
  const make = (constant: number) => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [NodeId, NodeId];
    return engines.map((engine) => {
      const outputs = [e.add(e.exp(e.mul(x, k(constant))), e.pow(y, e.constant(constant + 5)))];
      return prepare({ graph: e.graph, outputs, shared: [false, true], engine });
    });
  };
  const all = [make(0.5), make(0.25)].flat();
  const xs = Float64Array.from({ length: 300 }, (_, index) => index / 100);
  const first = all.map((executable) => runColumns(executable, [xs, 1.5], 300));
  const again = [...all].reverse().map((executable) => runColumns(executable, [xs, 1.5], 300));
  expect(again.reverse()).toEqual(first);
  expect(first[0]).toEqual(first[1]);
  expect(first[0]).not.toEqual(first[2]);
});
