import type { Edge, EdgeAlgebra } from "./edge.ts";

/** Index of a vertex; predecessors have lower numbers. */
export type Vertex = number;

/** The linear graph of tangents: vertex v's tangent is the sum of edge × tangent over its predecessors. */
export interface LinearGraph {
  readonly predecessors: Map<Vertex, Edge>[];
  readonly successors: Set<Vertex>[];
}

export const createLinearGraph = (): LinearGraph => ({ predecessors: [], successors: [] });

export const copyLinearGraph = ({ predecessors, successors }: LinearGraph): LinearGraph => ({
  predecessors: predecessors.map((edges) => new Map(edges)),
  successors: successors.map((vertices) => new Set(vertices)),
});

export function addVertex(linear: LinearGraph): Vertex {
  linear.successors.push(new Set());
  return linear.predecessors.push(new Map()) - 1;
}

/** Adds `edge` to what leads from `from` to `to`. An edge that cancels exactly is no edge. */
export function connect(linear: LinearGraph, algebra: EdgeAlgebra, from: Vertex, to: Vertex, edge: Edge) {
  const known = linear.predecessors[to]!.get(from);
  const total = known ? algebra.sum(known, edge) : edge;
  if (total.coefficient === 0) {
    linear.predecessors[to]!.delete(from);
    linear.successors[from]!.delete(to);
  } else {
    linear.predecessors[to]!.set(from, total);
    linear.successors[from]!.add(to);
  }
}

/**
 * Joins every predecessor of `vertex` with every successor, then takes it out (Griewank & Walther, Evaluating
 * Derivatives, ch. 9). Returns how many pairs were joined.
 */
export function eliminate(linear: LinearGraph, algebra: EdgeAlgebra, vertex: Vertex): number {
  const before = linear.predecessors[vertex]!;
  const after = linear.successors[vertex]!;
  const joined = before.size * after.size;
  after.forEach((to) => {
    const outer = linear.predecessors[to]!.get(vertex)!;
    linear.predecessors[to]!.delete(vertex);
    before.forEach((inner, from) => connect(linear, algebra, from, to, algebra.product(outer, inner)));
  });
  before.forEach((_, from) => linear.successors[from]!.delete(vertex));
  before.clear();
  after.clear();
  return joined;
}
