import { type Graph, isOfLoop, type NodeId } from "../graph/graph.ts";
import { bodyOf, loopOf } from "../graph/loops.ts";
import { pushThroughRule, type TangentDomain } from "./rules.ts";

/** Tangents of nodes along some directions; `undefined` is structurally zero. */
export type Tangents = ReadonlyMap<NodeId, readonly (NodeId | undefined)[]>;

/** Every node along a direction of its own. */
export const unitTangents = (graph: Graph, nodes: readonly NodeId[]): Tangents =>
  new Map(nodes.map((node, own) => [node, nodes.map((_, index) => (index === own ? graph.constant(1) : undefined))]));

/** Finds the tangents of `outputs`, a row each, from the tangents of nodes that they depend on. */
export type Derive = (outputs: readonly NodeId[], given: Tangents) => readonly (readonly (NodeId | undefined)[])[];

/**
 * A loop on dual numbers: one that carries the tangents of its states, too. `tangents` are those of the loop's operands,
 * along `directions` directions. Gives the tangents of its results.
 */
export function tangentsOfLoop(
  graph: Graph,
  id: NodeId,
  tangents: Tangents,
  directions: number,
  derive: Derive,
): (result: number) => readonly (NodeId | undefined)[] {
  const loop = loopOf(graph, id);
  const carried = carriedDirections(graph, id, tangents, directions);
  const symbols = carried.map((row) => row.map((isCarried) => (isCarried ? graph.state(false) : undefined)));
  const given = new Map(tangents);
  for (const [index, state] of loop.states.entries()) given.set(state, symbols[index]!);
  const rows = derive(loop.next, given);

  const states: NodeId[] = [...loop.states];
  const initial: NodeId[] = [...loop.initial];
  const next: NodeId[] = [...loop.next];
  const indices = symbols.map((row, index) =>
    row.map((symbol, direction) => {
      if (symbol === undefined) return undefined;
      initial.push(tangents.get(loop.initial[index]!)?.[direction] ?? graph.constant(0));
      next.push(rows[index]![direction] ?? graph.constant(0));
      return states.push(symbol) - 1;
    }),
  );
  const extended = graph.loop({ ...loop, states, initial, next, extends: id });
  return (result) => (indices[result] ?? []).map((index) => (index === undefined ? undefined : graph.result(extended, index)));
}

/** Which states come to carry a tangent, by direction: the least fixed point. */
function carriedDirections(graph: Graph, id: NodeId, tangents: Tangents, directions: number): boolean[][] {
  const loop = loopOf(graph, id);
  const body = bodyOf(graph, loop);
  const bitsOf = (node: NodeId) =>
    (tangents.get(node) ?? []).reduce((bits, tangent, d) => (tangent === undefined ? bits : bits | (1n << BigInt(d))), 0n);
  const carried = loop.initial.map(bitsOf);
  for (let isStable = false; !isStable; ) {
    isStable = true;
    const bits = new Map([...tangents.keys()].map((node) => [node, bitsOf(node)]));
    for (const [index, state] of loop.states.entries()) bits.set(state, carried[index]!);
    for (const node of body) {
      const operands = graph.nodes[node]!.args.map((arg) => bits.get(arg) ?? 0n);
      if (!graph.isMask(node) && operands.some((operand) => operand !== 0n)) bits.set(node, through(graph, node, operands));
    }
    for (const [index, node] of loop.next.entries()) {
      const all = graph.isMask(node) ? 0n : carried[index]! | (bits.get(node) ?? 0n);
      if (all !== carried[index]) isStable = false;
      carried[index] = all;
    }
  }
  return carried.map((bits) => Array.from({ length: directions }, (_, d) => ((bits >> BigInt(d)) & 1n) === 1n));
}

const union = (a: bigint, b: bigint) => a | b;
const same = (a: bigint) => a;
/** Tangents as sets of directions. */
const directionSets: TangentDomain<bigint> = {
  zero: 0n,
  isZero: (a) => a === 0n,
  add: union,
  neg: same,
  mul: same,
  div: same,
  and: same,
  select: (_mask, a, b) => a | b,
  xor: same,
};

function through(graph: Graph, node: NodeId, operands: readonly bigint[]): bigint {
  return isOfLoop(graph, node) ? operands.reduce(union) : pushThroughRule(graph, node, operands, directionSets);
}
