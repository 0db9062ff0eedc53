import type { Graph, Node, NodeId } from "../graph/graph.ts";
import { lengthOf } from "../graph/lengths.ts";
import { maskWrites } from "../graph/mask-writes.ts";
import { mergeLoops } from "../graph/merge-loops.ts";
import { lowerPowers } from "../graph/powers.ts";
import { pruneLoops } from "../graph/prune.ts";
import { rewrite } from "../graph/rewrite.ts";

/** Replaces what no engine has as one operation: powers of a half, and max, min and hypot of three or more. Loops that go together become one; turns write on their own points. */
export function lower(graph: Graph, outputs: readonly NodeId[]): readonly NodeId[] {
  const merged = maskWrites(graph, pruneLoops(graph, mergeLoops(graph, outputs)));
  if (!graph.nodes.some(({ op, args }) => op === "pow" || isOfMany(op, args))) return merged;
  return rewrite(graph, lowerPowers(graph, merged), (id, imageOf) => {
    const { op, args } = graph.nodes[id]!;
    if (!isOfMany(op, args)) return undefined;
    const operands = args.map(imageOf);
    return op === "hypot" ? lengthOf(graph, operands) : operands.reduce((a, b) => graph.apply(op, a, b));
  });
}

const isOfMany = (op: Node["op"], { length }: readonly NodeId[]): op is "max" | "min" | "hypot" =>
  length > 2 && (op === "max" || op === "min" || op === "hypot");
