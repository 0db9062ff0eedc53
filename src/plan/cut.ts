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
 * Costs in thousandths of a ns per two points, fitted on the machine of bench/ (AMD Zen 5, V8): whole numbers, for a first
 * call is interpreted, and there every fraction is an object. A segment costs its throughput or its latency over the
 * out-of-order window, whichever is more: long chains are cut, wide code is not.
 */
const model = {
  operation: 380,
  slow: { div: 3950, sqrt: 7500 } as { readonly [op in OperationName]?: number },
  overlapPercent: 30,
  load: 300,
  store: 500,
  spill: 300,
  registers: 15,
  constant: 100,
  loadLatency: 5,
  window: 90,
  segment: 3000,
};

/** Orders arithmetic nodes and cuts them into passes over the block, the cheapest by the cost model. */
export function cutIntoSegments(
  graph: Graph,
  nodes: readonly NodeId[],
  isWanted: (id: NodeId) => boolean,
  isScalar: (id: NodeId) => boolean,
): NodeId[][] {
  if (nodes.length <= 2) return nodes.length === 0 ? [] : [[...nodes]];
  let best: Cut = { cost: Number.POSITIVE_INFINITY, least: 0, segments: [] };
  for (const ordering of nodes.length <= maxOrdered ? orderings : [linearOrdering]) {
    if (best.cost > best.least) best = cheapestCut(graph, ordering(graph, nodes, isWanted), isWanted, isScalar, best.cost) ?? best;
  }
  return best.segments;
}

interface Cut {
  readonly cost: number;
  /** No order costs less. */
  readonly least: number;
  readonly segments: NodeId[][];
}

/** Dynamic programming over the end of the last segment. `undefined` where no cut costs less than `bound`. */
function cheapestCut(
  graph: Graph,
  order: readonly NodeId[],
  isWanted: (id: NodeId) => boolean,
  isScalar: (id: NodeId) => boolean,
  bound: number,
): Cut | undefined {
  const size = order.length;
  const context = describe(graph, order, isWanted, isScalar);
  const costs = new Int32Array(size + 1).fill(2 ** 31 - 1);
  const starts = new Int32Array(size + 1);
  costs[0] = 0;
  const isBoundary = boundaries(context, size);
  const leastAfter = leastCosts(context, size);
  for (let start = 0; start < size; start++) {
    const slack = Math.min(bound, costs[size]!) - costs[start]! - leastAfter[start]!;
    if (isBoundary[start] && slack > 0) extendSegment(context, start, slack, costs, starts, isBoundary);
  }
  if (costs[size]! >= bound) return undefined;
  const segments: NodeId[][] = [];
  for (let end = size; end > 0; end = starts[end]!) segments.push(order.slice(starts[end], end));
  return { segments: segments.reverse(), cost: costs[size]!, least: leastAfter[0]! };
}

/** What the model asks of each position of an order. Operands are positions, or outside values numbered from the end on. */
interface Context {
  readonly operands: readonly (readonly number[])[];
  readonly constants: Int32Array;
  readonly latency: Int32Array;
  readonly slow: Int32Array;
  readonly lastUse: Int32Array;
  readonly wanted: Uint8Array;
  /** Scratch: when a value is ready, valid where `seenFrom` is the current start. */
  readonly ready: Int32Array;
  readonly seenFrom: Int32Array;
}

function describe(graph: Graph, order: readonly NodeId[], isWanted: (id: NodeId) => boolean, isScalar: (id: NodeId) => boolean): Context {
  const size = order.length;
  /** By node, from 1 on. */
  const numbers = new Int32Array(graph.nodes.length);
  let count = 0;
  for (const id of order) numbers[id] = ++count;
  const constants = new Int32Array(size);
  const operands = order.map((id, position) => {
    const varying: number[] = [];
    graph.nodes[id]!.args.forEach((arg, index, args) => {
      if (args.indexOf(arg) < index) return;
      if (graph.nodes[arg]!.op === "constant" || isScalar(arg)) {
        constants[position]!++;
        return;
      }
      numbers[arg] ||= ++count;
      varying.push(numbers[arg]! - 1);
    });
    return varying;
  });
  const lastUse = new Int32Array(count).fill(-1);
  operands.forEach((args, position) => {
    for (let index = 0; index < args.length; index++) lastUse[args[index]!] = position;
  });
  const opOf = (id: NodeId) => graph.nodes[id]!.op as OperationName;
  return {
    operands,
    constants,
    latency: new Int32Array(order.map((id) => operations[opOf(id)].latency ?? 1)),
    slow: new Int32Array(order.map((id) => model.slow[opOf(id)] ?? 0)),
    lastUse,
    wanted: new Uint8Array(order.map((id) => Number(isWanted(id)))),
    ready: new Int32Array(count),
    seenFrom: new Int32Array(count).fill(-1),
  };
}

/** Where a cut may pay: where no more values cross than on either side, and here and there between. */
function boundaries({ operands, lastUse }: Context, size: number): Uint8Array {
  const crossing = new Int32Array(size + 2);
  for (let position = 0; position < size; position++) {
    const args = operands[position]!;
    crossing[position + 1]! += crossing[position]! + Number(lastUse[position]! > position);
    for (let index = 0; index < args.length; index++) {
      if (args[index]! < size) crossing[position + 1]! -= Number(lastUse[args[index]!] === position);
    }
  }
  const allowed = new Uint8Array(size + 1);
  for (let position = 1; position < size; position++) {
    const isLow = crossing[position]! <= crossing[position - 1]! && crossing[position]! <= crossing[position + 1]!;
    allowed[position] = Number(isLow || position % regularBoundary === 0);
  }
  allowed[0] = allowed[size] = 1;
  return allowed;
}

/** Simple and slow operations partly run at the same time. */
const arithmeticCost = (fast: number, slow: number) =>
  fast > slow ? fast + (slow * model.overlapPercent) / 100 : slow + (fast * model.overlapPercent) / 100;

/**
 * What the nodes from each position on cost at least, however they are cut: one pass, in which nothing waits; what they read from
 * before is loaded once, what is wanted is stored.
 */
function leastCosts({ operands, slow, constants, lastUse, wanted }: Context, size: number): Int32Array {
  const least = new Int32Array(size);
  let fast = 0;
  let slowWork = 0;
  let others = model.segment;
  for (let position = size - 1; position >= 0; position--) {
    if (slow[position]! > 0) slowWork += slow[position]!;
    else fast += model.operation;
    if (lastUse[position]! >= 0) others -= model.load;
    if (wanted[position]) others += model.store;
    const args = operands[position]!;
    for (let index = 0; index < args.length; index++) if (lastUse[args[index]!] === position) others += model.load;
    others += model.constant * constants[position]!;
    least[position] = arithmeticCost(fast, slowWork) + others;
  }
  return least;
}

/** Tells `costs` and `starts` of every segment from `start`, growing it node by node, until it spills for more than `slack`. */
function extendSegment(context: Context, start: number, slack: number, costs: Int32Array, starts: Int32Array, isBoundary: Uint8Array) {
  const { operands, constants, latency, slow, lastUse, wanted, ready, seenFrom } = context;
  const limit = Math.min(operands.length, start + maxSegment);
  const before = costs[start]! + model.segment;
  let loads = 0;
  let stores = 0;
  let fast = 0;
  let slowWork = 0;
  let critical = 0;
  let live = 0;
  let spills = 0;
  let constantReads = 0;
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
      if (ready[arg]! > begins) begins = ready[arg]!;
    }
    constantReads += constants[position]!;
    if (slow[position]! > 0) slowWork += slow[position]!;
    else fast += model.operation;
    seenFrom[position] = start;
    begins += latency[position]!;
    ready[position] = begins;
    if (begins > critical) critical = begins;
    live++;
    if (wanted[position] || lastUse[position]! > position) stores++;
    for (let index = 0; index < args.length; index++) {
      const arg = args[index]!;
      if (lastUse[arg] !== position) continue;
      live--;
      if (arg >= start && arg < position && !wanted[arg]) stores--;
    }
    if (lastUse[position]! < 0) live--;
    if (live > model.registers && model.spill * ++spills >= slack) break;

    const end = position + 1;
    if (!isBoundary[end]) continue;
    const throughput =
      arithmeticCost(fast, slowWork) + model.load * loads + model.store * stores + model.spill * spills + model.constant * constantReads;
    const waiting = Math.floor((1000 * critical * (end - start + loads + stores)) / model.window);
    const total = before + Math.max(throughput, waiting);
    if (total < costs[end]!) {
      costs[end] = total;
      starts[end] = start;
    }
    // What waits for longer than two more passes take is better cut.
    if (waiting > throughput + 2 * model.segment) break;
  }
}
