import type { Graph, NodeId } from "../graph/graph.ts";
import { isKernelNode } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { type Assembler, assembler, type EmittedFunction, type ImportedFunction } from "./encode.ts";
import { createLocals, emitLaneOperation } from "./lanes.ts";

const local = { inputs: 0, outputs: 1, values: 2 } as const;

/** The lane forms of the kernels that a graph calls, as imports. */
export function laneImports(graph: Graph, outputs: readonly NodeId[]): ImportedFunction[] {
  const names = new Map<string, number>();
  for (const id of liveNodes(graph, outputs)) {
    if (isKernelNode(graph, id)) names.set(graph.nodes[id]!.op, graph.nodes[id]!.args.length);
  }
  return [...names].map(([name, arity]) => ({
    name,
    type: { parameters: Array<"v128">(arity).fill("v128"), results: ["v128"] },
  }));
}

/**
 * `point(inputs, outputs)`: one point, straight-line. Both are addresses of f64s, one per input leaf and one per output.
 * The vector loop would stall here: an 8-byte store followed by a 16-byte load is not forwarded.
 */
export function emitPoint(graph: Graph, outputs: readonly NodeId[], imports: readonly ImportedFunction[]): EmittedFunction {
  const code = assembler();
  const locals = createLocals(local.values);
  const live = liveNodes(graph, outputs).filter((id) => graph.nodes[id]!.op !== "mask");
  const lastUse = new Map<NodeId, NodeId>();
  for (const id of live) for (const arg of graph.nodes[id]!.args) lastUse.set(arg, id);
  const places = new Map<NodeId, number[]>();
  outputs.forEach((id, index) => places.set(id, [...(places.get(id) ?? []), index]));

  const values = new Map<NodeId, number>();
  const push = (arg: NodeId) => code.get(values.get(arg)!);
  for (const id of live) {
    pushValue(code, graph, id, push, imports);
    const { args } = graph.nodes[id]!;
    for (const arg of new Set(args)) if (lastUse.get(arg) === id) locals.release(values.get(arg)!);
    const result = locals.allocate();
    values.set(id, result);
    code.set(result);
    for (const index of places.get(id) ?? []) {
      code.get(local.outputs);
      code.get(result);
      code.store64Lane(8 * index, 0);
    }
    if (!lastUse.has(id)) locals.release(result);
  }
  return {
    name: "point",
    type: { parameters: ["i32", "i32"], results: [] },
    locals: [{ count: locals.count, type: "v128" }],
    code: code.code,
  };
}

function pushValue(code: Assembler, graph: Graph, id: NodeId, push: (arg: NodeId) => void, imports: readonly ImportedFunction[]) {
  const { op, args, value } = graph.nodes[id]!;
  if (op === "constant") code.splat(value);
  else if (op === "input") {
    code.get(local.inputs);
    code.load64Splat(8 * value);
  } else if (isKernelNode(graph, id)) {
    args.forEach(push);
    code.call(imports.findIndex(({ name }) => name === op));
  } else emitLaneOperation(code, graph, id, push, () => code.splat(-0));
}
