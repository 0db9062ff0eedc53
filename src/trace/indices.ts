import { affineOf, stepOf } from "../graph/affine.ts";
import type { Graph, Loop, NodeId } from "../graph/graph.ts";
import { isCounted, loopOf, turnsWithin } from "../graph/loops.ts";
import { type Bounds, type Interval, intervalOf } from "./intervals.ts";
import { type IndexedWrite, NeedsMemory, NoState } from "./memory.ts";
import type { Tracer } from "./tracer.ts";

/**
 * Sees to it that arrays have room for what a loop writes. Typed arrays ignore what is written outside of them; others grow.
 * @throws NeedsMemory where there must be more room
 * @throws NoState where it can't be told how much
 */
export function settleWrites(tracer: Tracer, id: NodeId, writes: readonly IndexedWrite[], born: number): void {
  if (writes.length === 0) return;
  const { graph } = tracer;
  const loop = loopOf(graph, id);
  const bounds = boundsOf(graph, id);
  for (const write of writes) {
    const { array, index } = write;
    const { low, high } = intervalOf(graph, index, bounds);
    const isKnown = low >= 0 && isWhole(graph, index, bounds);
    if (isKnown && high < (array.memory?.room ?? array.length)) continue;
    const affine = affineOf(graph, loop, index);
    if (write.loop !== born && tracer.loops.length > 0) tracer.writes.push(write);
    else if (!array.memory) {
      // A choice among a few elements: an index that is not known writes nothing outside.
      if (isKnown && high < Number.POSITIVE_INFINITY) throw new NeedsMemory(array, born);
    } else if (write.loop === born && isKnown && write.isSure && affine && isCounted(graph, loop) && loop.turns > 0) {
      const room = 1 + Math.max(affine.first, affine.first + affine.step * (loop.turns - 1));
      throw new NeedsMemory(array, born, { room, isPush: write.isPush, loop: born });
    } else throw new NoState(false);
  }
}

/** Which elements an array has after a loop, as a list, if that is seen by the counters that it is written by. `index`: of the state. */
export function presenceAfter(graph: Graph, loop: Loop, index: number): NodeId | undefined {
  const { states, initial, next, turns } = loop;
  if (!isCounted(graph, loop) || turns === 0) return undefined;
  const { op, args } = graph.nodes[initial[index]!]!;
  const length = graph.lengthOf(initial[index]!)!;
  const there: (NodeId | undefined)[] = [];
  for (let i = 0; i < length; i++) there.push(op === "list" ? args[Math.min(i, args.length - 1)] : undefined);
  let node = next[index]!;
  for (; node !== states[index]!; node = graph.nodes[node]!.args[0]!) {
    const { op, args } = graph.nodes[node]!;
    if (op === "list" && node === next[index]) return node;
    const at = op === "write" && graph.valueOf(args[2]!) === 1 ? affineOf(graph, loop, args[1]!) : undefined;
    if (!at) return undefined;
    for (let turn = 0, i = at.first; turn < turns; turn++, i += at.step) if (i >= 0 && i < length) there[i] = args[2]!;
  }
  return there.includes(undefined) ? undefined : graph.array("list", there as NodeId[], length);
}

/** What counters are between in the turns of a loop and of those within it. */
function boundsOf(graph: Graph, id: NodeId): Bounds {
  const bounds: Bounds = new Map();
  for (const node of [id, ...turnsWithin(graph, [id])])
    if (graph.nodes[node]!.op === "loop") addCounters(graph, loopOf(graph, node), bounds);
  return bounds;
}

function addCounters(graph: Graph, loop: Loop, bounds: Bounds): void {
  for (const [index, state] of loop.states.entries()) {
    const step = stepOf(graph, state, loop.next[index]!);
    const start = intervalOf(graph, loop.initial[index]!, bounds);
    if (!step || start.mayBeNaN || !isWhole(graph, loop.initial[index]!, bounds)) continue;
    const last = step * (loop.turns - 1);
    const limit = limitOf(graph, loop, loop.next[index]!, bounds);
    const known: Interval =
      step > 0
        ? { low: start.low, high: Math.min(start.high + last, Math.max(start.high, limit.high)), mayBeNaN: false }
        : { low: Math.max(start.low + last, Math.min(start.low, limit.low)), high: start.high, mayBeNaN: false };
    bounds.set(state, known);
  }
}

/** What the test of a loop allows a counter to be in another turn. */
function limitOf(graph: Graph, { goesOn }: Loop, next: NodeId, bounds: Bounds): { readonly low: number; readonly high: number } {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const conditions = [goesOn];
  for (const mask of conditions) {
    const { op, args } = graph.nodes[mask]!;
    if (op === "and") conditions.push(...args);
    if (op === "andnot") conditions.push(args[0]!);
    const isFirst = args[0] === next;
    if (!(isFirst || args[1] === next) || !["lt", "le", "gt", "ge"].includes(op)) continue;
    const other = intervalOf(graph, args[isFirst ? 1 : 0]!, bounds);
    const isLess = op.startsWith("l") === isFirst;
    // A whole number below another is at most one less.
    if (isLess) high = Math.min(high, op.endsWith("t") ? Math.ceil(other.high) - 1 : other.high);
    else low = Math.max(low, op.endsWith("t") ? Math.floor(other.low) + 1 : other.low);
  }
  return { low, high };
}

const keepsWhole = new Set("add sub mul neg min max".split(" "));
const makesWhole = new Set("floor ceil trunc round".split(" "));

function isWhole(graph: Graph, id: NodeId, bounds: Bounds, depth = 8): boolean {
  const { op, args, value } = graph.nodes[id]!;
  if (op === "constant") return Number.isInteger(value);
  if (bounds.has(id) || makesWhole.has(op)) return true;
  return depth > 0 && keepsWhole.has(op) && args.every((arg) => isWhole(graph, arg, bounds, depth - 1));
}
