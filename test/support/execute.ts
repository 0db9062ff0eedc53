import { runBatch } from "../../src/run/batch.ts";
import { whole } from "../../src/run/column.ts";
import { type EngineName, type Executable, type Point, prepareColumns, preparePoint, type Request } from "../../src/run/engine.ts";

export const engines: readonly EngineName[] = ["compiled", "interpreted"];

/** A request for columns and for points. */
export const prepare = (request: Request) => ({ ...prepareColumns(request), point: preparePoint(request) });

/** One point, every leaf given. */
export const runPoint = ({ point }: { readonly point: Point }, leaves: ArrayLike<number>): number[] => [
  ...point(Float64Array.from(leaves)),
];

/** Columns in, columns out: `leaves` has a column or, where the leaf is shared, a number. */
export function runColumns(executable: Executable, leaves: readonly (Float64Array | number)[], points: number): Float64Array[] {
  const outputs = executable.sources.map(() => new Float64Array(points));
  runBatch({
    executable,
    inputs: leaves.map((leaf) => (typeof leaf === "number" ? leaf : whole(leaf))),
    outputs: outputs.map(whole),
    points,
  });
  return outputs;
}

/** The columns of a request, with the leaves that are numbers shared. */
export function execute(request: Omit<Request, "shared">, leaves: readonly (Float64Array | number)[], points: number): Float64Array[] {
  return runColumns(prepareColumns({ ...request, shared: leaves.map((leaf) => typeof leaf === "number") }), leaves, points);
}
