import { liveNodes } from "./live.ts";
import { bodyOf, loopOf, mapLoop } from "./loops.ts";
import { type Graph, isArrayOp, isStructural, type NodeId } from "./node.ts";

/** Copies what `outputs` need into another graph. `leafOf` gives the new index of an input. Returns where nodes have gone. */
export function copyNodes(from: Graph, to: Graph, outputs: Iterable<NodeId>, leafOf: (id: NodeId) => number): (id: NodeId) => NodeId {
  const moved = new Map<NodeId, NodeId>();
  const imageOf = (id: NodeId): NodeId => {
    if (!moved.has(id)) moved.set(id, copy(id));
    return moved.get(id)!;
  };
  const copy = (id: NodeId): NodeId => {
    const { op, args, value } = from.nodes[id]!;
    if (!isStructural(op)) return to.raw(op, args.map(imageOf), op === "gather" ? to.table(from.tables[value]!) : 0);
    if (op === "input") return to.input(leafOf(id));
    if (op === "constant") return to.constant(value);
    if (op === "mask") return to.mask(value === 1);
    if (op === "state") return to.state(from.isMask(id), from.lengthOf(id));
    if (isArrayOp(op)) return to.array(op, args.map(imageOf), value);
    if (op === "result") return to.result(imageOf(args[0]!), value);
    const loop = loopOf(from, id);
    const states = loop.states.map(imageOf);
    bodyOf(from, loop).forEach(imageOf);
    return to.loop({ ...mapLoop(loop, imageOf), states, extends: undefined });
  };
  for (const id of liveNodes(from, outputs)) imageOf(id);
  return imageOf;
}
