import { liveNodes } from "./live.ts";
import { bodyOf, loopOf, mapLoop } from "./loops.ts";
import type { Graph, Loop, NodeId } from "./node.ts";
import { rewrite } from "./rewrite.ts";

/** Leaves out the states of loops that no result needs. */
export function pruneLoops(graph: Graph, outputs: readonly NodeId[]): readonly NodeId[] {
  if (graph.loops.length === 0) return outputs;
  const kept = neededStates(graph, outputs);
  return rewrite(graph, outputs, (id, imageOf) => {
    const { op, args, value } = graph.nodes[id]!;
    if (op === "result") {
      const states = kept.get(args[0]!)!;
      const index = states.indexOf(value);
      return graph.result(imageOf(args[0]!), index < 0 ? states.length : index);
    }
    const states = op === "loop" ? kept.get(id)! : undefined;
    const loop = states && loopOf(graph, id);
    if (!loop || (states.length === loop.states.length && loop.extends === undefined)) return undefined;
    const keep = (ids: readonly NodeId[]) => states.map((index) => ids[index]!);
    const pruned = { ...loop, initial: keep(loop.initial), next: keep(loop.next), extends: undefined };
    bodyOf(graph, pruned).forEach(imageOf);
    return graph.loop({ ...mapLoop(pruned, imageOf), states: keep(loop.states) });
  });
}

/** For every loop, the indices of the states that results need, in order. */
function neededStates(graph: Graph, outputs: readonly NodeId[]): Map<NodeId, number[]> {
  const needed = new Map<NodeId, number[]>();
  const scan = (wanted: readonly NodeId[]) => {
    const live = liveNodes(graph, wanted);
    for (const id of live) {
      if (graph.nodes[id]!.op !== "loop") continue;
      const loop = loopOf(graph, id);
      const results = live.filter((other) => graph.nodes[other]!.op === "result" && graph.nodes[other]!.args[0] === id);
      const indices = results.map((result) => graph.nodes[result]!.value).filter((index) => index < loop.states.length);
      // The same loop may stand in the turns of several others.
      const states = statesFor(graph, loop, [...(needed.get(id) ?? []), ...indices]);
      needed.set(id, states);
      scan([...states.map((index) => loop.next[index]!), loop.goesOn]);
    }
  };
  scan(outputs);
  return needed;
}

/** The states that those of some results depend on, and how long the loop goes on. */
function statesFor(graph: Graph, loop: Loop, results: readonly number[]): number[] {
  const states = new Set(results);
  for (let size = -1; size !== states.size; ) {
    size = states.size;
    const reached = new Set(liveNodes(graph, [...[...states].map((index) => loop.next[index]!), loop.goesOn]));
    loop.states.forEach((state, index) => {
      if (reached.has(state)) states.add(index);
    });
  }
  return [...states].sort((a, b) => a - b);
}
