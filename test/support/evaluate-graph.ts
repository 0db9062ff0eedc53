import type { Graph, NodeId } from "../../src/graph/graph.ts";
import { evaluateKernel } from "../../src/wasm/kernels.ts";
import { type Lane, readGraph } from "./read-graph.ts";

export type { Lane } from "./read-graph.ts";

const double = new Float64Array(1);
const word = new BigUint64Array(double.buffer);
const onBits = (combine: (a: bigint, b: bigint) => bigint) => (a: number, b: number) => {
  double[0] = a;
  const first = word[0]!;
  double[0] = b;
  word[0] = combine(first, word[0]!);
  return double[0]!;
};
const andBits = onBits((a, b) => a & b);
const xorBits = onBits((a, b) => a ^ b);

const number = (lane: Lane) => {
  if (typeof lane !== "number") throw new TypeError("a mask is read as a number");
  return lane;
};
const flag = (lane: Lane) => {
  if (typeof lane !== "boolean") throw new TypeError("a number is read as a mask");
  return lane;
};
const masked = (value: Lane, keep: boolean): Lane => (typeof value === "boolean" ? value && keep : keep ? value : 0);

/** Every lane operation in plain JavaScript, written apart from the operation table. */
const laneOperations: { readonly [op: string]: (...args: Lane[]) => Lane } = {
  add: (a, b) => number(a) + number(b),
  sub: (a, b) => number(a) - number(b),
  mul: (a, b) => number(a) * number(b),
  div: (a, b) => number(a) / number(b),
  sqrt: (a) => Math.sqrt(number(a)),
  neg: (a) => -number(a),
  abs: (a) => Math.abs(number(a)),
  floor: (a) => Math.floor(number(a)),
  ceil: (a) => Math.ceil(number(a)),
  trunc: (a) => Math.trunc(number(a)),
  min: (...args) => Math.min(...args.map(number)),
  max: (...args) => Math.max(...args.map(number)),
  eq: (a, b) => number(a) === number(b),
  ne: (a, b) => number(a) !== number(b),
  lt: (a, b) => number(a) < number(b),
  gt: (a, b) => number(a) > number(b),
  le: (a, b) => number(a) <= number(b),
  ge: (a, b) => number(a) >= number(b),
  not: (a) => !flag(a),
  and: (a, b) => (typeof b === "boolean" ? masked(a, b) : typeof a === "boolean" ? masked(b, a) : andBits(a, b)),
  andnot: (a, b) => masked(a, !flag(b)),
  or: (a, b) => flag(a) || flag(b),
  xor: (a, b) => (typeof a === "boolean" && typeof b === "boolean" ? a !== b : xorBits(number(a), number(b))),
  select: (m, a, b) => (flag(m) ? a : b),
};

/** One operation on lanes: lane operations by plain JavaScript, kernels by the compiled kernel. */
export const evaluateOperation = (op: string, args: readonly Lane[]): Lane =>
  laneOperations[op]?.(...args) ?? evaluateKernel(op as never, ...args.map(number));

/** The lanes of a graph's nodes at one point, computed as they are asked for. */
export const laneReader = (graph: Graph, leaves: readonly number[]) => readGraph(graph, leaves, evaluateOperation);

/** The values of `outputs` at one point. */
export function evaluateGraph(graph: Graph, outputs: readonly NodeId[], leaves: readonly number[]): number[] {
  const read = laneReader(graph, leaves);
  return outputs.map((id) => number(read(id)));
}

/** The same at each of `points` points, a list for each output; a leaf is a column or the same number at all points. */
export function evaluateColumns(
  graph: Graph,
  outputs: readonly NodeId[],
  leaves: readonly (Float64Array | number)[],
  points: number,
): number[][] {
  const leavesAt = (point: number) => leaves.map((leaf) => (typeof leaf === "number" ? leaf : leaf[point]!));
  const rows = Array.from({ length: points }, (_, point) => evaluateGraph(graph, outputs, leavesAt(point)));
  return outputs.map((_, output) => rows.map((row) => row[output]!));
}
