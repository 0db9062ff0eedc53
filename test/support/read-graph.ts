import type { Graph, NodeId } from "../../src/graph/graph.ts";
import { bodyOf, loopOf } from "../../src/graph/loops.ts";

/** A number, or a mask in one lane. */
export type Lane = number | boolean;
/** Stands where a lane does. */
type Elements = Lane & readonly number[];
type Read = (id: NodeId) => Lane;

/** Reads the nodes of a graph at one point, each computed when it is first asked for; loops run as plain loops. */
export function readGraph(graph: Graph, leaves: readonly number[], compute: (op: string, args: Lane[]) => Lane): Read {
  const reader = (given: ReadonlyMap<NodeId, Lane>, inner: ReadonlySet<NodeId> | undefined, outer?: Read): Read => {
    const known = new Map(given);
    const loops = new Map<NodeId, Lane[]>();
    const read: Read = (id) => {
      if (!known.has(id)) known.set(id, !outer || inner!.has(id) ? evaluate(id) : outer(id));
      return known.get(id)!;
    };
    const evaluate = (id: NodeId): Lane => {
      const { op, args, value } = graph.nodes[id]!;
      if (op === "input") return leaves[value]!;
      if (op === "constant") return value;
      if (op === "mask") return value === 1;
      if (op === "gather") return graph.tables[value]![read(args[0]!) as number] ?? Number.NaN;
      if (op === "list") return Array.from({ length: value }, (_, i) => read(args[Math.min(i, args.length - 1)]!)) as unknown as Elements;
      if (op === "read") return (read(args[0]!) as Elements)[read(args[1]!) as number] ?? Number.NaN;
      if (op === "write") {
        const [elements, index, element] = args.map(read) as [Elements, number, number];
        return index in elements ? (elements.with(index, element) as unknown as Elements) : elements;
      }
      if (op !== "result") return compute(op, args.map(read));
      const loop = args[0]!;
      if (!loops.has(loop)) loops.set(loop, run(loop, read));
      return loops.get(loop)![value]!;
    };
    return read;
  };
  const run = (id: NodeId, outer: Read): Lane[] => {
    const { states, initial, next, starts, goesOn, turns } = loopOf(graph, id);
    const inner = new Set(bodyOf(graph, loopOf(graph, id)));
    let values = initial.map(outer);
    let isActive = outer(starts);
    for (let turn = 0; isActive && turn < turns; turn++) {
      const read = reader(new Map(states.map((state, index) => [state, values[index]!])), inner, outer);
      isActive = read(goesOn);
      values = next.map(read);
    }
    return [...values, isActive];
  };
  return reader(new Map(), undefined);
}
