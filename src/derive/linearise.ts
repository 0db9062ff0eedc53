import { type Graph, isArray, isArrayOp, isStructural, type NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { isZero, slopedOperands, tangentOfArray } from "./arrays.ts";
import { type Edge, type EdgeAlgebra, unit } from "./edge.ts";
import { addVertex, connect, createLinearGraph, type LinearGraph, type Vertex } from "./linear-graph.ts";
import { type Derive, type Tangent, type Tangents, unitTangents } from "./loops.ts";
import { pushThroughRule, type TangentDomain } from "./rules.ts";

/** A tangent under construction: a sum of edge × tangent over vertices. Empty: structurally zero. */
type Linear = ReadonlyMap<Vertex, Edge>;

/** Finds the tangents of a loop's results from those of its operands. */
export type LoopTangents = (loop: NodeId, tangents: Tangents, directions: number) => TangentsOfResult;
type TangentsOfResult = (result: number) => Tangent;

/** Where tangents begin, and how those of loops are found. */
export interface Start {
  /** The tangents of nodes where the graph begins. */
  readonly given: Tangents;
  readonly directions: number;
  readonly loopTangents: LoopTangents;
  /** Along the leaves. */
  readonly derive: Derive;
}

/**
 * The traced graph with its local partials, as a linear graph from `directions` leaf vertices to the vertices of `outputs`.
 * Loops carry tangents along their operands, or along the leaves where these are fewer, or there are arrays, whose tangents
 * are arrays along the leaves: these are in `known`. A rule that scales a sum of tangents
 * (a quotient) gets a vertex for the sum, so that the factor is shared.
 */
export function linearise(
  graph: Graph,
  algebra: EdgeAlgebra,
  outputs: readonly NodeId[],
  { given, directions, loopTangents, derive }: Start,
) {
  const linear = createLinearGraph();
  const domain = linearDomain(graph, algebra, linear);
  const leafVertices = Array.from({ length: directions }, () => addVertex(linear));
  const vertexOf = new Map<NodeId, Vertex>();
  const give = (id: NodeId, tangent: Linear) => {
    const [only, ...others] = tangent;
    if (only) vertexOf.set(id, others.length === 0 && only[1] === unit ? only[0] : newVertex(linear, algebra, tangent));
  };
  const tangentOf = (id: NodeId): Linear => {
    const vertex = vertexOf.get(id);
    return vertex === undefined ? new Map() : new Map([[vertex, unit]]);
  };
  const linearAlong = (vertices: readonly Vertex[], partials: Tangent): Linear =>
    new Map([...partials].map(([direction, partial]) => [vertices[direction]!, edgeOf(graph, algebra, partial)]));
  for (const [id, tangents] of given) if (!isArray(graph, id)) give(id, linearAlong(leafVertices, tangents));
  const loops = new Map<NodeId, (result: number) => Linear>();
  /** Arrays, and results of loops that carry tangents along the leaves, with these. */
  const known = new Map(given);
  const giveAlong = (id: NodeId, tangent: Tangent) => {
    known.set(id, tangent);
    if (!isArray(graph, id)) give(id, linearAlong(leafVertices, tangent));
  };
  /** Of those operands that have a tangent, those along the leaves. */
  const tangentsAlong = (operands: Iterable<NodeId>): Tangents => {
    const numbers = [...operands].filter((operand) => vertexOf.has(operand));
    const rows = numbers.length === 0 ? [] : derive(numbers, known);
    const tangents = new Map(numbers.map((operand, index) => [operand, nonZero(graph, rows[index]!)]));
    for (const operand of operands) if (isArray(graph, operand) && known.get(operand)?.size) tangents.set(operand, known.get(operand)!);
    return tangents;
  };
  const direct = new Map<NodeId, TangentsOfResult>();

  const live = liveNodes(graph, outputs, (node) => given.has(node));
  // All of them, or none: what comes before a loop is derived for its operands by itself, and must not have turns of its own then.
  const isAlongLeaves =
    (graph.hasArrays() && live.some((id) => isArray(graph, id))) ||
    (graph.loops.length > 0 && mostOperands(graph, live, given) > directions);
  for (const id of live) {
    if (given.has(id) || graph.isMask(id)) continue;
    const { op, args, value } = graph.nodes[id]!;
    if (op === "loop") {
      if (isAlongLeaves) {
        const tangents = tangentsAlong(new Set(args));
        if (tangents.size > 0) direct.set(id, loopTangents(id, tangents, directions));
        continue;
      }
      const operands = [...new Set(args)].filter((arg) => vertexOf.has(arg));
      if (operands.length === 0) continue;
      const tangents = loopTangents(id, unitTangents(graph, operands), operands.length);
      const vertices = operands.map((arg) => vertexOf.get(arg)!);
      loops.set(id, (result) => heard(graph, algebra, linearAlong(vertices, tangents(result)), leafVertices));
      continue;
    }
    if (op === "result") {
      const tangentsOf = loops.get(args[0]!);
      if (tangentsOf) give(id, tangentsOf(value));
      const along = direct.get(args[0]!)?.(value);
      if (along) giveAlong(id, along);
      continue;
    }
    if (isArrayOp(op)) {
      const tangents = tangentsAlong(new Set(slopedOperands(graph, id)));
      const along = new Set([...tangents.values()].flatMap((tangent) => [...tangent.keys()]));
      const tangentOf = (direction: number) => tangentOfArray(graph, id, (operand) => tangents.get(operand)?.get(direction))!;
      if (along.size > 0) giveAlong(id, new Map([...along].map((direction) => [direction, tangentOf(direction)])));
      continue;
    }
    if (isStructural(op) || !args.some((arg) => vertexOf.has(arg))) continue;
    const tangent = pushThroughRule(graph, id, tangentOf, domain);
    if (tangent.size > 0) vertexOf.set(id, newVertex(linear, algebra, tangent));
  }

  const outputVertices = outputs.map((output) => newVertex(linear, algebra, tangentOf(output)));
  return { linear, leafVertices, outputVertices, known: known as Tangents };
}

/** The most operands with a tangent that a loop among `live` nodes has. */
function mostOperands(graph: Graph, live: readonly NodeId[], given: Tangents): number {
  const varying = new Set([...given].flatMap(([id, tangent]) => (tangent.size > 0 ? [id] : [])));
  let most = 0;
  for (const id of live) {
    const operands = new Set(graph.nodes[id]!.args.filter((arg) => varying.has(arg)));
    if (given.has(id) || graph.isMask(id) || operands.size === 0) continue;
    varying.add(id);
    if (graph.nodes[id]!.op === "loop") most = Math.max(most, operands.size);
  }
  return most;
}

/**
 * Partials of a loop by what it reads: in lanes where no turn has read that, they are zero, and what comes in along the edge
 * is not heard of, whatever its size.
 */
const heard = (graph: Graph, algebra: EdgeAlgebra, tangent: Linear, leaves: readonly Vertex[]): Linear =>
  new Map(
    [...tangent].map(([vertex, edge]) => {
      if (edge.node === undefined || leaves.includes(vertex)) return [vertex, edge];
      return [vertex, algebra.masked(edge, graph.apply("ne", edge.node, graph.constant(0)))];
    }),
  );

/** A row of tangents without what is structurally zero. */
const nonZero = (graph: Graph, row: readonly (NodeId | undefined)[]): Tangent =>
  new Map([...row.entries()].filter((entry): entry is [number, NodeId] => entry[1] !== undefined && !isZero(graph, entry[1])));

const edgeOf = (graph: Graph, algebra: EdgeAlgebra, partial: NodeId): Edge => (graph.valueOf(partial) === 1 ? unit : algebra.from(partial));

function newVertex(linear: LinearGraph, algebra: EdgeAlgebra, tangent: Linear): Vertex {
  const vertex = addVertex(linear);
  tangent.forEach((edge, from) => connect(linear, algebra, from, vertex, edge));
  return vertex;
}

/** How a rule acts on sums of edges. */
function linearDomain(graph: Graph, algebra: EdgeAlgebra, linear: LinearGraph): TangentDomain<Linear> {
  const map = (tangent: Linear, change: (edge: Edge) => Edge): Linear => {
    const single = tangent.size > 1 ? new Map([[newVertex(linear, algebra, tangent), unit]]) : tangent;
    const changed = new Map<Vertex, Edge>();
    single.forEach((edge, vertex) => {
      const image = change(edge);
      if (image.coefficient !== 0) changed.set(vertex, image);
    });
    return changed;
  };
  const add = (a: Linear, b: Linear): Linear => {
    if (a.size === 0 || b.size === 0) return a.size === 0 ? b : a;
    const total = new Map(a);
    b.forEach((edge, vertex) => {
      const known = total.get(vertex);
      const sum = known ? algebra.sum(known, edge) : edge;
      if (sum.coefficient === 0) total.delete(vertex);
      else total.set(vertex, sum);
    });
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
