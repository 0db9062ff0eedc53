import type { Graph, NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { type Edge, type EdgeAlgebra, unit } from "./edge.ts";
import { addVertex, connect, createLinearGraph, type LinearGraph, type Vertex } from "./linear-graph.ts";
import { pushThroughRule, type TangentDomain } from "./rules.ts";

/** A tangent under construction: a sum of edge × tangent over vertices. Empty: structurally zero. */
type Linear = ReadonlyMap<Vertex, Edge>;

/**
 * The traced graph with its local partials, as a linear graph from the vertices of `leaves` to those of `outputs`.
 * A rule that scales a sum of tangents (a quotient) gets a vertex for the sum, so that the factor is shared.
 */
export function linearise(graph: Graph, algebra: EdgeAlgebra, outputs: readonly NodeId[], leaves: readonly NodeId[]) {
  const linear = createLinearGraph();
  const domain = linearDomain(graph, algebra, linear);
  const vertexOf = new Map<NodeId, Vertex>(leaves.map((leaf) => [leaf, addVertex(linear)]));

  for (const id of liveNodes(graph, outputs)) {
    if (vertexOf.has(id) || graph.isMask(id)) continue;
    const { op, args } = graph.nodes[id]!;
    if (op === "input" || op === "constant" || op === "mask" || !args.some((arg) => vertexOf.has(arg))) continue;
    const tangents = args.map((arg): Linear => {
      const vertex = vertexOf.get(arg);
      return vertex === undefined ? new Map() : new Map([[vertex, unit]]);
    });
    const tangent = pushThroughRule(graph, id, tangents, domain);
    if (tangent.size > 0) vertexOf.set(id, newVertex(linear, algebra, tangent));
  }

  const outputVertices = outputs.map((output) => {
    const vertex = vertexOf.get(output);
    return newVertex(linear, algebra, vertex === undefined ? new Map() : new Map([[vertex, unit]]));
  });
  return { linear, leafVertices: leaves.map((leaf) => vertexOf.get(leaf)!), outputVertices };
}

function newVertex(linear: LinearGraph, algebra: EdgeAlgebra, tangent: Linear): Vertex {
  const vertex = addVertex(linear);
  for (const [from, edge] of tangent) connect(linear, algebra, from, vertex, edge);
  return vertex;
}

/** How a rule acts on sums of edges. */
function linearDomain(graph: Graph, algebra: EdgeAlgebra, linear: LinearGraph): TangentDomain<Linear> {
  const map = (tangent: Linear, change: (edge: Edge) => Edge): Linear => {
    const single = tangent.size > 1 ? new Map([[newVertex(linear, algebra, tangent), unit]]) : tangent;
    return new Map([...single].map(([vertex, edge]) => [vertex, change(edge)] as const).filter(([, edge]) => edge.coefficient !== 0));
  };
  const add = (a: Linear, b: Linear): Linear => {
    const total = new Map(a);
    for (const [vertex, edge] of b) {
      const known = total.get(vertex);
      const sum = known ? algebra.sum(known, edge) : edge;
      if (sum.coefficient === 0) total.delete(vertex);
      else total.set(vertex, sum);
    }
    return total;
  };
  const and = (a: Linear, mask: NodeId) => map(a, (edge) => algebra.masked(edge, mask));
  return {
    zero: new Map() as Linear,
    isZero: (tangent: Linear) => tangent.size === 0,
    add,
    neg: (a: Linear): Linear => new Map([...a].map(([vertex, edge]) => [vertex, { ...edge, coefficient: -edge.coefficient }])),
    mul: (a: Linear, factor: NodeId) => map(a, (edge) => algebra.product(edge, algebra.from(factor))),
    div: (a: Linear, divisor: NodeId) => map(a, (edge) => algebra.product(edge, algebra.reciprocal(divisor))),
    and,
    select: (mask: NodeId, a: Linear, b: Linear) => add(and(a, mask), and(b, graph.apply("not", mask))),
    xor: (a: Linear, sign: NodeId) => {
      const one = graph.apply("xor", graph.constant(1), sign);
      return map(a, (edge) => algebra.product(edge, algebra.from(one)));
    },
  };
}
