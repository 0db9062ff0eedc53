import { type Graph, isArrayOp, isOfLoop, type NodeId } from "../graph/graph.ts";
import { bodyOf, loopOf } from "../graph/loops.ts";
import { slopedOperands, zeroLike } from "./arrays.ts";
import { pushThroughRule, type TangentDomain } from "./rules.ts";

/** A tangent by direction; where there is none, it is structurally zero. */
export type Tangent = ReadonlyMap<number, NodeId>;
export type Tangents = ReadonlyMap<NodeId, Tangent>;

/** Every node along a direction of its own. */
export const unitTangents = (graph: Graph, nodes: readonly NodeId[]): Tangents =>
  new Map(nodes.map((node, own) => [node, new Map([[own, graph.constant(1)]])]));

/** Finds the tangents of `outputs`, a row each, from the tangents of nodes that they depend on. */
export type Derive = (outputs: readonly NodeId[], given: Tangents) => readonly (readonly (NodeId | undefined)[])[];

/**
 * A loop on dual numbers: one that carries the tangents of its states, too. `tangents` are those of the loop's operands,
 * along some directions. Gives the tangents of its results.
 */
export function tangentsOfLoop(graph: Graph, id: NodeId, tangents: Tangents, derive: Derive): (result: number) => Tangent {
  const loop = loopOf(graph, id);
  const symbols = carriedDirections(graph, id, tangents).map(
    (directions, index) => new Map(directions.map((direction) => [direction, graph.state(false, graph.lengthOf(loop.states[index]!))])),
  );
  const given = new Map(tangents);
  for (const [index, state] of loop.states.entries()) given.set(state, symbols[index]!);
  const rows = derive(loop.next, given);

  const states: NodeId[] = [...loop.states];
  const initial: NodeId[] = [...loop.initial];
  const next: NodeId[] = [...loop.next];
  const indices = symbols.map(
    (row, index) =>
      new Map(
        [...row].map(([direction, symbol]) => {
          const zero = zeroLike(graph, symbol);
          initial.push(tangents.get(loop.initial[index]!)?.get(direction) ?? zero);
          next.push(rows[index]![direction] ?? zero);
          return [direction, states.push(symbol) - 1];
        }),
      ),
  );
  const extended = graph.loop({ ...loop, states, initial, next, extends: id });
  return (result) => new Map([...(indices[result] ?? [])].map(([direction, index]) => [direction, graph.result(extended, index)]));
}

/** The directions along which states come to carry a tangent: the least fixed point. */
function carriedDirections(graph: Graph, id: NodeId, tangents: Tangents): number[][] {
  const loop = loopOf(graph, id);
  const body = bodyOf(graph, loop);
  const directions = [...new Set([...tangents.values()].flatMap((tangent) => [...tangent.keys()]))];
  const bitsOf = (node: NodeId) =>
    [...(tangents.get(node)?.keys() ?? [])].reduce((bits, direction) => bits | (1n << BigInt(direction)), 0n);
  const carried = loop.initial.map(bitsOf);
  for (let isStable = false; !isStable; ) {
    isStable = true;
    const bits = new Map([...tangents.keys()].map((node) => [node, bitsOf(node)]));
    for (const [index, state] of loop.states.entries()) bits.set(state, carried[index]!);
    for (const node of body) {
      const known = (node: NodeId) => bits.get(node) ?? 0n;
      const operands = graph.nodes[node]!.args;
      if (graph.isMask(node) || operands.every((operand) => known(operand) === 0n)) continue;
      const { op } = graph.nodes[node]!;
      const through = isArrayOp(op) ? slopedOperands(graph, node) : isOfLoop(graph, node) ? operands : undefined;
      bits.set(node, through ? through.map(known).reduce(union) : pushThroughRule(graph, node, known, directionSets));
    }
    for (const [index, node] of loop.next.entries()) {
      const all = graph.isMask(node) ? 0n : carried[index]! | (bits.get(node) ?? 0n);
      if (all !== carried[index]) isStable = false;
      carried[index] = all;
    }
  }
  return carried.map((bits) => directions.filter((direction) => ((bits >> BigInt(direction)) & 1n) === 1n));
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
