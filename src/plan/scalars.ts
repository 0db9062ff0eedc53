import { type Graph, isArray, type NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";

/** Where a requested output comes from. */
export type Source =
  | { readonly kind: "column"; readonly column: number }
  | { readonly kind: "input"; readonly leaf: number }
  | { readonly kind: "scalar"; readonly scalar: number };

/** Outputs sorted by what they need: computed columns, and scalars, which are the same for every point. */
export interface Split {
  readonly columns: readonly NodeId[];
  /** Constants and nodes that depend on shared leaves alone, as far as outputs are such. */
  readonly scalarOutputs: readonly NodeId[];
  readonly sources: readonly Source[];
  isScalar(id: NodeId): boolean;
}

/** `shared[leaf]`: the leaf is one number for all points. `besides`: nodes that a plan may use beyond what the outputs need. */
export function splitByPoint(graph: Graph, outputs: readonly NodeId[], shared: readonly boolean[], besides: readonly NodeId[] = []): Split {
  const varying = new Uint8Array(graph.nodes.length);
  for (const id of liveNodes(graph, [...outputs, ...besides])) {
    const { op, args, value } = graph.nodes[id]!;
    if (op === "input" ? !shared[value] : args.some((arg) => varying[arg])) varying[id] = 1;
  }
  const columns = new Map<NodeId, number>();
  const scalarOutputs = new Map<NodeId, number>();
  const indexIn = (list: Map<NodeId, number>, id: NodeId) => {
    if (!list.has(id)) list.set(id, list.size);
    return list.get(id)!;
  };
  const sources = outputs.map((id): Source => {
    if (!varying[id]) return { kind: "scalar", scalar: indexIn(scalarOutputs, id) };
    const { op, value } = graph.nodes[id]!;
    return op === "input" ? { kind: "input", leaf: value } : { kind: "column", column: indexIn(columns, id) };
  });
  // Masks, arrays and the loops that give them are no numbers that could be carried from the call to the block: they are computed there.
  const isNumber = (id: NodeId) => !graph.isMask(id) && !isArray(graph, id) && graph.nodes[id]!.op !== "loop";
  const isScalar = (id: NodeId) => !varying[id] && graph.valueOf(id) === undefined && isNumber(id);
  return { columns: [...columns.keys()], scalarOutputs: [...scalarOutputs.keys()], sources, isScalar };
}
