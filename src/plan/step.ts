import type { NodeId } from "../graph/graph.ts";

/** One pass over a block: a fused loop of lane operations, or a call of a block kernel by the name of its export. */
export type Step =
  | { readonly kind: "segment"; readonly nodes: readonly NodeId[] }
  | { readonly kind: "kernel"; readonly name: string; readonly results: readonly NodeId[]; readonly args: readonly NodeId[] };
