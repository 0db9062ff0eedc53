import type { Graph, NodeId } from "../graph/graph.ts";
import type { Plan } from "./plan.ts";

/** Byte offsets in the block that a call hands to `run`: a list of i32 pointers. Columns start at their pointers. */
export interface BlockLayout {
  readonly inputs: number;
  readonly columns: number;
  readonly scratch: number;
  readonly scalars: number;
  readonly tables: number;
  readonly bytes: number;
}

export function blockLayout(plan: Pick<Plan, "inputs" | "columns">): BlockLayout {
  const columns = 4 * plan.inputs.length;
  const scratch = columns + 4 * plan.columns.length;
  return { inputs: 0, columns, scratch, scalars: scratch + 4, tables: scratch + 8, bytes: scratch + 12 };
}

/** Which pointer of the block a value has; `undefined` for a scratch column. */
export function pointerIndex(plan: Pick<Plan, "inputs" | "places">, id: NodeId): number | undefined {
  const place = plan.places.get(id)!;
  if (place.kind === "slot") return undefined;
  return place.kind === "input" ? place.index : plan.inputs.length + place.index;
}

/** Where the tables of a graph lie: byte offsets from their pointer, one behind the other. */
export function tableOffset({ tables }: Pick<Graph, "tables">, table: number): number {
  let offset = 0;
  for (let before = 0; before < table; before++) offset += tables[before]!.byteLength;
  return offset;
}
