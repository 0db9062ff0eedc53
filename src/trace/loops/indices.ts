import { affineOf, stepOf } from "../../graph/affine.ts";
import type { Graph, Loop, NodeId } from "../../graph/graph.ts";
import { isCounted, loopOf, turnsWithin } from "../../graph/loops.ts";
import { type Bounds, type Interval, intervalOf, learn } from "../state/intervals.ts";
import { type IndexedWrite, memoryIn, NeedsMemory, NoState } from "../state/memory.ts";
import type { Tracer } from "../state/tracer.ts";

/** Elements that turns may add by what is no counter. */
const mostPushed = 2 ** 20;
type Within = NonNullable<IndexedWrite["within"]>;

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
    const { array, index, within } = write;
    if (within) {
      if (isWithin(graph, within, index, bounds)) continue;
      if (write.loop !== born && tracer.loops.length > 0) tracer.writes.push(write);
      else {
        within.unsure();
        throw new NeedsMemory(array, born);
      }
      continue;
    }
    const { low, high } = intervalOf(graph, index, bounds);
    const isKnown = low >= 0 && isWhole(graph, index, bounds);
    if (isKnown && high < (memoryIn(array)?.room ?? array.length)) continue;
    const affine = affineOf(graph, loop, index);
    if (write.loop !== born && tracer.loops.length > 0) tracer.writes.push(write);
    else if (!array.memory) {
      // A choice among a few elements: an index that is not known writes nothing outside.
      if (isKnown && high < Number.POSITIVE_INFINITY) throw new NeedsMemory(array, born);
    } else if (write.loop === born && isKnown && write.isSure && affine && isCounted(graph, loop) && loop.turns > 0) {
      const room = 1 + Math.max(affine.first, affine.first + affine.step * (loop.turns - 1));
      throw new NeedsMemory(array, born, { growth: { room, isPush: write.isPush, loop: born, isExact: true } });
    } else if (write.loop === born && isKnown && write.isPush && high < mostPushed) {
      throw new NeedsMemory(array, born, { growth: { room: high + 1, isPush: true, loop: born, isExact: false } });
    } else throw new NoState(false);
  }
}

/** Whether a place within a row is below its length, where some conditions hold. */
function isWithin(graph: Graph, { length, conditions }: Within, index: NodeId, bounds: Bounds): boolean {
  const known: Bounds = new Map(bounds);
  const narrow = (mask: NodeId, holds: boolean): void => {
    const { op, args } = graph.nodes[mask]!;
    if (op === "not") return narrow(args[0]!, !holds);
    if (op === (holds ? "and" : "or")) args.forEach((arg) => narrow(arg, holds));
    if (op === "andnot" && holds) args.forEach((arg, side) => narrow(arg, side === 0));
    for (const [node, bound] of learn(graph, mask, holds, known)) if (isWhole(graph, node, bounds)) known.set(node, inward(bound));
    // What is no end is beyond it.
    if (op !== (holds ? "ne" : "eq")) return;
    for (const [side, node] of args.entries()) {
      const [{ low, high }, other] = [intervalOf(graph, node, known), graph.valueOf(args[1 - side]!)];
      if (other !== undefined && isWhole(graph, node, bounds))
        known.set(node, { low: low === other ? low + 1 : low, high: high === other ? high - 1 : high, mayBeNaN: true });
    }
  };
  for (const condition of conditions) narrow(condition, true);
  const { low, high } = intervalOf(graph, index, known);
  return low >= 0 && high < length && isWhole(graph, index, bounds);
}

const inward = ({ low, high, mayBeNaN }: Interval): Interval => ({ low: Math.ceil(low), high: Math.floor(high), mayBeNaN });

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
    const next = loop.next[index]!;
    const steps = stepsOf(graph, state, next);
    const start = intervalOf(graph, loop.initial[index]!, bounds);
    if (start.mayBeNaN || !isWhole(graph, loop.initial[index]!, bounds)) continue;
    if (!steps) {
      // What stays between bounds if it was there before, as (i + 1) % n.
      const { high } = intervalOf(graph, next, bounds);
      const known = new Map(bounds).set(state, { low: start.low, high: Math.max(start.high, high), mayBeNaN: false });
      const after = intervalOf(graph, next, known);
      const stays = after.low >= start.low && after.high <= known.get(state)!.high && !after.mayBeNaN;
      if (stays && isWhole(graph, next, known)) bounds.set(state, known.get(state)!);
      continue;
    }
    const [least, most] = steps.map((step) => step * (loop.turns - 1)) as [number, number];
    const limit = limitOf(graph, loop, next, bounds);
    const [low, high] = [
      Math.max(start.low + Math.min(least, 0), Math.min(start.low, limit.low)),
      Math.min(start.high + Math.max(most, 0), Math.max(start.high, limit.high)),
    ];
    bounds.set(state, { low, high, mayBeNaN: false });
  }
}

/** The whole numbers between which a turn adds to a state, if it does that. */
function stepsOf(graph: Graph, state: NodeId, next: NodeId, depth = 16): readonly [least: number, most: number] | undefined {
  const { op, args } = graph.nodes[next]!;
  if (op !== "select") {
    const step = stepOf(graph, state, next);
    if (step !== undefined) return [step, step];
    const [a, b] = args.map(graph.valueOf);
    const added = op === "add" ? (a ?? b) : op === "sub" && b !== undefined ? -b : undefined;
    if (depth === 0 || added === undefined || !Number.isSafeInteger(added)) return undefined;
    const steps = stepsOf(graph, state, args[op === "add" && a !== undefined ? 1 : 0]!, depth - 1);
    return steps && [steps[0] + added, steps[1] + added];
  }
  const sides = depth === 0 ? [] : args.slice(1).map((side) => stepsOf(graph, state, side, depth - 1));
  const [yes, no] = sides;
  return yes && no && [Math.min(yes[0], no[0]), Math.max(yes[1], no[1])];
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

const keepsWhole = new Set("add sub mul neg abs min max rem".split(" "));
const makesWhole = new Set("floor ceil trunc round bitAnd bitOr bitXor shiftLeft shiftRight shiftRightUnsigned".split(" "));

function isWhole(graph: Graph, id: NodeId, bounds: Bounds, depth = 8): boolean {
  const { op, args, value } = graph.nodes[id]!;
  if (op === "constant") return Number.isInteger(value);
  if (bounds.has(id) || makesWhole.has(op)) return true;
  return depth > 0 && keepsWhole.has(op) && args.every((arg) => isWhole(graph, arg, bounds, depth - 1));
}
