import type { Graph, NodeId } from "../graph/graph.ts";
import { type OperationName, operations } from "../graph/operations.ts";
import { linearOrdering, orderings } from "./order.ts";

/** Longest segment, in nodes; beyond it engines' optimisers get slower code or give up. */
const maxSegment = 120;
/** A cut is considered at every so many nodes at least. */
const regularBoundary = 16;
/** Up to this many nodes several orders are tried. */
const maxOrdered = 1500;

/**
 * Costs in ns per two points, fitted on the machine of bench/ (AMD Zen 5, V8). A segment costs its throughput or its
 * latency over the out-of-order window, whichever is more: long chains are cut, wide code is not.
 */
const model = {
  operation: 0.38,
  slow: { div: 3.95, sqrt: 7.5 } as { readonly [op in OperationName]?: number },
  overlap: 0.3,
  load: 0.3,
  store: 0.5,
  spill: 0.3,
  registers: 15,
  constant: 0.1,
  loadLatency: 5,
  window: 90,
  segment: 3,
};

/** Orders arithmetic nodes and cuts them into passes over the block, the cheapest by the cost model. */
export function cutIntoSegments(
  graph: Graph,
  nodes: readonly NodeId[],
  isWanted: (id: NodeId) => boolean,
  isScalar: (id: NodeId) => boolean,
): NodeId[][] {
  if (nodes.length <= 2) return nodes.length === 0 ? [] : [[...nodes]];
  const [best] = (nodes.length <= maxOrdered ? orderings : [linearOrdering])
    .map((ordering) => cheapestCut(graph, ordering(graph, nodes, isWanted), isWanted, isScalar))
    .sort((a, b) => a.cost - b.cost);
  return best!.segments;
}

/** Dynamic programming over the end of the last segment. */
function cheapestCut(graph: Graph, order: readonly NodeId[], isWanted: (id: NodeId) => boolean, isScalar: (id: NodeId) => boolean) {
  const size = order.length;
  const context = describe(graph, order, isWanted, isScalar);
  const costs = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
  const starts = new Int32Array(size + 1);
  costs[0] = 0;
  const isBoundary = boundaries(context, size);
  for (let start = 0; start < size; start++) {
    if (!isBoundary[start]) continue;
    extendSegment(context, start, Math.min(size, start + maxSegment), (end, cost) => {
      if (!isBoundary[end]) return;
      const total = costs[start]! + cost;
      if (total < costs[end]!) {
        costs[end] = total;
        starts[end] = start;
      }
    });
  }
  const segments: NodeId[][] = [];
  for (let end = size; end > 0; end = starts[end]!) segments.push(order.slice(starts[end], end));
  return { segments: segments.reverse(), cost: costs[size]! };
}

/** What the model asks of each position of an order. Operands are positions, or outside values numbered from the end on. */
interface Context {
  readonly operands: readonly Int32Array[];
  readonly constants: Int32Array;
  readonly latency: Float64Array;
  readonly slow: Float64Array;
  readonly lastUse: Int32Array;
  readonly wanted: Uint8Array;
  /** Scratch: when a value is ready, valid where `seenFrom` is the current start. */
  readonly ready: Float64Array;
  readonly seenFrom: Int32Array;
}

function describe(graph: Graph, order: readonly NodeId[], isWanted: (id: NodeId) => boolean, isScalar: (id: NodeId) => boolean): Context {
  const size = order.length;
  const numbers = new Map<NodeId, number>(order.map((id, position) => [id, position]));
  const constants = new Int32Array(size);
  const operands = order.map((id, position) => {
    const varying: number[] = [];
    for (const arg of new Set(graph.nodes[id]!.args)) {
      if (graph.nodes[arg]!.op === "constant" || isScalar(arg)) {
        constants[position]!++;
        continue;
      }
      if (!numbers.has(arg)) numbers.set(arg, numbers.size);
      varying.push(numbers.get(arg)!);
    }
    return Int32Array.from(varying);
  });
  const lastUse = new Int32Array(numbers.size).fill(-1);
  operands.forEach((args, position) => {
    for (const arg of args) lastUse[arg] = position;
  });
  const opOf = (id: NodeId) => graph.nodes[id]!.op as OperationName;
  return {
    operands,
    constants,
    latency: Float64Array.from(order, (id) => operations[opOf(id)].latency ?? 1),
    slow: Float64Array.from(order, (id) => model.slow[opOf(id)] ?? 0),
    lastUse,
    wanted: Uint8Array.from(order, (id) => Number(isWanted(id))),
    ready: new Float64Array(numbers.size),
    seenFrom: new Int32Array(numbers.size).fill(-1),
  };
}

/** Where a cut may pay: where no more values cross than on either side, and here and there between. */
function boundaries({ operands, lastUse }: Context, size: number): Uint8Array {
  const crossing = new Int32Array(size + 2);
  for (let position = 0; position < size; position++) {
    crossing[position + 1]! += crossing[position]! + Number(lastUse[position]! > position);
    for (const arg of operands[position]!) if (arg < size) crossing[position + 1]! -= Number(lastUse[arg] === position);
  }
  const allowed = new Uint8Array(size + 1);
  for (let position = 1; position < size; position++) {
    const isLow = crossing[position]! <= crossing[position - 1]! && crossing[position]! <= crossing[position + 1]!;
    allowed[position] = Number(isLow || position % regularBoundary === 0);
  }
  allowed[0] = allowed[size] = 1;
  return allowed;
}

/** Calls `visit(end, cost)` for every segment from `start` to at most `limit`, growing it node by node. */
function extendSegment(context: Context, start: number, limit: number, visit: (end: number, cost: number) => void) {
  const { operands, constants, latency, slow, lastUse, wanted, ready, seenFrom } = context;
  let [loads, stores, fast, slowWork, critical, live, spills, constantReads] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let position = start; position < limit; position++) {
    const args = operands[position]!;
    let begins = 0;
    for (let index = 0; index < args.length; index++) {
      const arg = args[index]!;
      if (seenFrom[arg] !== start) {
        seenFrom[arg] = start;
        ready[arg] = model.loadLatency;
        loads++;
        live++;
      }
      begins = Math.max(begins, ready[arg]!);
    }
    constantReads += constants[position]!;
    if (slow[position]! > 0) slowWork += slow[position]!;
    else fast++;
    seenFrom[position] = start;
    ready[position] = begins + latency[position]!;
    critical = Math.max(critical, ready[position]!);
    live++;
    if (wanted[position] || lastUse[position]! > position) stores++;
    for (let index = 0; index < args.length; index++) {
      const arg = args[index]!;
      if (lastUse[arg] !== position) continue;
      live--;
      if (arg >= start && arg < position && !wanted[arg]) stores--;
    }
    if (lastUse[position]! < 0) live--;
    if (live > model.registers) spills++;

    const arithmetic = fast * model.operation;
    const throughput =
      Math.max(arithmetic, slowWork) +
      model.overlap * Math.min(arithmetic, slowWork) +
      model.load * loads +
      model.store * stores +
      model.spill * spills +
      model.constant * constantReads;
    const instructions = position + 1 - start + loads + stores;
    visit(position + 1, Math.max(throughput, (critical * instructions) / model.window) + model.segment);
  }
}
