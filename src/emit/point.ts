import { type Graph, isArrayOp, isOfLoop, isStructural, type NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { createArrays } from "../plan/arrays.ts";
import { assembler, type EmittedFunction, type ImportedFunction, opcode } from "./encode.ts";
import { createLocals } from "./lanes.ts";
import { elementBytes, emitNodes, loopDepth } from "./straight.ts";

const local = { inputs: 0, outputs: 1, tables: 2, own: 3 } as const;

/**
 * `point(inputs, outputs, tables)`: one point, straight-line. Addresses of f64s: one per input leaf, one per output, and the tables.
 * Arrays lie behind the outputs.
 * The vector loop would stall here: an 8-byte store followed by a 16-byte load is not forwarded.
 */
export function emitPoint(
  graph: Graph,
  outputs: readonly NodeId[],
  imports: readonly ImportedFunction[],
): EmittedFunction & { readonly arrayBytes: number } {
  const code = assembler();
  const { nodes } = graph;
  const isComputed = (id: NodeId) => !isStructural(nodes[id]!.op) || isOfLoop(graph, id) || isArrayOp(nodes[id]!.op);
  const computed = liveNodes(graph, outputs).filter(isComputed);
  const depth = loopDepth(graph, computed);
  const locals = createLocals(local.own + depth);
  const places = new Map<NodeId, number[]>();
  outputs.forEach((id, index) => places.set(id, [...(places.get(id) ?? []), index]));
  const pushGiven = (id: NodeId) => {
    const { op, value } = nodes[id]!;
    if (op === "constant") return code.splat(value);
    code.get(local.inputs);
    code.load64Splat(8 * value);
  };
  const store = (id: NodeId, push: () => void) => {
    for (const index of places.get(id) ?? []) {
      code.get(local.outputs);
      push();
      code.store64Lane(8 * index, 0);
    }
  };
  for (const id of places.keys()) if (!isComputed(id)) store(id, () => pushGiven(id));
  const arrays = createArrays(graph);
  const straight = {
    arrays,
    code,
    graph,
    imports,
    locals,
    counters: createLocals(local.own),
    values: new Map<NodeId, number>(),
    pushGiven,
    pushSign: () => code.splat(-0),
    pushTables: () => code.get(local.tables),
    pushArrays() {
      code.get(local.outputs);
      code.i32(8 * outputs.length);
      code.emit(opcode.i32Add);
    },
  };
  emitNodes(straight, computed, (id, held) => store(id, () => code.get(held)));
  return {
    name: "point",
    type: { parameters: ["i32", "i32", "i32"], results: [] },
    locals: [
      { count: depth, type: "i32" },
      { count: locals.count, type: "v128" },
    ],
    code: code.code,
    arrayBytes: arrays.count * elementBytes,
  };
}
