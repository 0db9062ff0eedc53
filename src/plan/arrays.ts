import { turnsWithin } from "../graph/loops.ts";
import { type Graph, isArray, type Loop, type NodeId } from "../graph/node.ts";

/** Whether arrays are among nodes, or in turns of loops among them. */
export const haveArrays = (graph: Graph, nodes: readonly NodeId[]): boolean =>
  graph.hasArrays() && [...nodes, ...turnsWithin(graph, nodes)].some((id) => isArray(graph, id));

/** Elements that are copied from one place to another. */
export interface Move {
  readonly to: number;
  readonly from: number;
  readonly length: number;
}

/**
 * Places for arrays, counted in elements. What a write or a loop makes of an array takes its place where nothing else reads
 * the older one; else it begins with a copy. Each array has room for one element more.
 */
export interface Arrays {
  placeOf(array: NodeId): number;
  /** Elements of all arrays. */
  readonly count: number;
  /** For nodes that are computed in order. The places of a loop's states, and the arrays that it has `kept` for its end, are given to no other. */
  scope(nodes: readonly NodeId[], states?: readonly NodeId[], kept?: ReadonlySet<NodeId>): Scope;
  /** What a turn moves at its end, in order, to where the next turn looks for it; `places` are those of the states. */
  movesOfTurn(loop: Loop, places: readonly (number | undefined)[]): Move[];
}

export interface Scope {
  /** Gives a list a place. */
  make(id: NodeId): void;
  /** Gives `made`, which `user` makes of an array, a place, and tells what must be copied there. */
  take(user: NodeId, from: NodeId, made?: NodeId): Move | undefined;
  /** Gives the result of a loop the place of its state. */
  give(result: NodeId, place: number): void;
  /** Gives free what no node after `user` reads. */
  leave(user: NodeId): void;
}

const nothing = () => undefined;
const noArrays: Scope = { make: nothing, take: nothing, give: nothing, leave: nothing };

export function createArrays(graph: Graph): Arrays {
  const places = new Map<NodeId, number>();
  /** By length. */
  const free = new Map<number, number[]>();
  let count = 0;
  const allocate = (length: number) => {
    const place = free.get(length)?.pop();
    if (place !== undefined) return place;
    count += length + 1;
    return count - length - 1;
  };
  const release = (id: NodeId) => {
    const length = graph.lengthOf(id)!;
    free.set(length, [...(free.get(length) ?? []), places.get(id)!]);
  };
  return {
    placeOf: (array) => places.get(array)!,
    get count() {
      return count;
    },
    scope(nodes, states = [], kept = new Set()) {
      if (!graph.hasArrays()) return noArrays;
      const lastUse = new Map<NodeId, NodeId>();
      for (const id of nodes) for (const arg of graph.nodes[id]!.args) lastUse.set(arg, id);
      const lasting = new Set(states.map((state) => places.get(state)));
      const owned = new Set<NodeId>();
      const put = (id: NodeId, place: number) => {
        places.set(id, place);
        if (!kept.has(id) && !lasting.has(place)) owned.add(id);
      };
      return {
        make: (id) => put(id, allocate(graph.lengthOf(id)!)),
        take(user, from, made = user) {
          const before = places.get(from)!;
          const isLast = lastUse.get(from) === user && graph.nodes[user]!.args.filter((arg) => arg === from).length === 1;
          const isTaken = isLast && !kept.has(from) && (owned.delete(from) || lasting.has(before));
          const length = graph.lengthOf(made)!;
          const to = isTaken ? before : allocate(length);
          // A loop gives its results the places of its states.
          if (made === user) put(made, to);
          else places.set(made, to);
          return isTaken ? undefined : { to, from: before, length };
        },
        give: put,
        leave(user) {
          for (const arg of new Set(graph.nodes[user]!.args)) if (lastUse.get(arg) === user && owned.delete(arg)) release(arg);
        },
      };
    },
    movesOfTurn({ next }, own) {
      const moves = next.flatMap((id, index): Move[] => {
        const [to, from] = [own[index], places.get(id)];
        return to === undefined || from === undefined || from === to ? [] : [{ to, from, length: graph.lengthOf(id)! }];
      });
      // What another state is to become is put aside before that state changes.
      const aside = moves.map((move) => (own.includes(move.from) ? { ...move, to: allocate(move.length) } : move));
      return [
        ...aside.filter((move, index) => move !== moves[index]),
        ...moves.map((move, index) => (aside[index] === move ? move : { ...move, from: aside[index]!.to })),
      ];
    },
  };
}
