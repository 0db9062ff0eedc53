import type { Node } from "acorn";
import type { NodeId } from "../../graph/graph.ts";
import { failAt } from "../source/source.ts";
import { makeError } from "../values/error-values.ts";
import { merge, mergeSlots } from "../values/merge.ts";
import type { Either, Store, TracedBoolean, Value } from "../values/values.ts";
import { type Changes, getChange, slotsOf } from "./journal.ts";
import type { Tracer } from "./tracer.ts";

/**
 * Branches on data. Both sides are traced from the same state, and every variable, element and member that one of them
 * changed is merged by a select. A side that is left early (`return`, `break`, `continue`) for some points becomes an
 * *exit* of its target: the state at that moment, kept until the target ends, where it is merged with the state of the
 * points that went on. Earlier exits win, so the code after an exit needs no mask of its own. A `throw` is an exit, too: of
 * the innermost `try` with a `catch`, or else of everything, where no state is merged: those points have no result.
 */

const mostExits = 10_000;

/**
 * What can be left early: a function by `return`, a loop or labelled block by `break`, one turn of a loop by `continue`, the
 * block of a `try` with a `catch` by `throw`, a chain by `?.`, everything by a `throw` that nothing catches.
 */
export interface Target {
  readonly kind: "function" | "loop" | "turn" | "block" | "catch" | "chain" | "uncaught";
  readonly labels: readonly string[];
  readonly suspends: boolean;
  /** Index of its frame in the journal. */
  readonly frame: number;
  /** Number of conditions around it. */
  readonly conditions: number;
  readonly exits: Exit[];
  /** When the last of its exits was made. */
  latestExit: number;
}

/** A branch that is being traced: its mask, and the journal's clock when it began. */
export interface Condition {
  readonly mask: NodeId;
  readonly start: number;
}

/** Why points have no result, and the place in the source. */
export interface Reason {
  readonly code: string;
  readonly site: Node;
}

export interface Exit {
  /** When it was made. */
  readonly time: number;
  /** Of the points that reach the target, those that leave here. */
  readonly mask: NodeId;
  /** What stands at that moment in each slot written since the target began. */
  readonly changes: Changes;
  readonly value?: Value;
  /** When these points parted from all others: stores that are younger are known to them alone. */
  readonly start: number;
  readonly reason?: Reason;
}

/** Control goes to the end of `target`, by all points that are traced here. */
export interface Signal {
  readonly target: Target;
  readonly value: Value;
  /** Of a `throw`. */
  readonly reason?: Reason;
}

/** A signal on its way out of an expression. */
export class Leaving {
  readonly signal: Signal;
  constructor(signal: Signal) {
    this.signal = signal;
  }
}

/** What `body` comes to, where its expressions may be left, too. */
export function outcomeOf(body: () => Outcome): Outcome {
  try {
    return body();
  } catch (error) {
    if (error instanceof Leaving) return { signal: error.signal };
    throw error;
  }
}

/** The value of an expression that has been traced as a branch or a target. */
export function valueOf({ signal, value }: Outcome): Value {
  if (signal) throw new Leaving(signal);
  return value;
}

export interface Outcome {
  readonly signal?: Signal;
  readonly value?: Value;
}

export function findTarget(tracer: Tracer, kinds: readonly Target["kind"][], label?: string): Target {
  for (let i = tracer.targets.length - 1; i >= 0; i--) {
    const target = tracer.targets[i]!;
    if (kinds.includes(target.kind) && (label === undefined || target.labels.includes(label))) return target;
  }
  throw new RangeError("no target");
}

/** What `body` can leave to. A generator stops within `suspends`: no point may leave there alone. */
export const makeTarget = ({ journal, conditions }: Tracer, kind: Target["kind"], labels: readonly string[], suspends = false): Target => ({
  kind,
  labels,
  suspends,
  frame: journal.depth,
  conditions: conditions.length,
  exits: [],
  latestExit: 0,
});

/** Traces `body`, which can be left early to the end of what it stands for. The value is that of the signal that arrived. */
export function withTarget(
  tracer: Tracer,
  kind: Target["kind"],
  labels: readonly string[],
  site: Node,
  body: (target: Target) => Signal | undefined,
): Outcome {
  const { targets, journal } = tracer;
  const target = makeTarget(tracer, kind, labels);
  journal.open();
  targets.push(target);
  let { signal } = tracer.within(() => outcomeOf(() => ({ signal: body(target) })));
  let arrived: Value = signal?.target === target ? signal.value : undefined;
  if (signal && signal.target !== target && target.exits.length > 0) {
    // The points still here leave for further out; those that left early go on after the target.
    recordExit(tracer, signal, site);
    const last = target.exits.pop()!;
    restore(tracer, last.changes, journal.before());
    arrived = last.value;
    signal = undefined;
  }
  const made = new Set<Store>();
  for (const exit of target.exits.toReversed()) arrived = mergeExit(tracer, exit, arrived, made, site);
  target.exits.length = 0;
  targets.pop();
  journal.latestExit = Math.max(0, ...targets.map(({ latestExit }) => latestExit));
  journal.commit();
  return { signal: signal?.target === target ? undefined : signal, value: arrived };
}

/** Traces what happens where the condition holds, and where not. */
export function branch(tracer: Tracer, condition: boolean | TracedBoolean, yes: () => Outcome, no: () => Outcome, site: Node): Outcome {
  if (typeof condition === "boolean") return condition ? yes() : no();
  const { journal } = tracer;
  const mask = condition.mask;
  const not = tracer.graph.apply("not", mask);
  const first = traceSide(tracer, mask, yes, site);
  if (first.outcome.signal) {
    const second = traceSide(tracer, not, no, site, true);
    tracer.assume(not);
    return second.outcome;
  }
  const second = traceSide(tracer, not, no, site);
  for (const [store, key] of slotsOf(first.changes, second.outcome.signal ? new Map() : second.changes)) {
    const one = getChange(first.changes, store, key);
    const other = second.outcome.signal ? one : getChange(second.changes, store, key);
    const before = store.read(key);
    // A store that was made on one side is not known to the other.
    const own = store.born > first.start && (one ?? other);
    const merged = () => mergeSlots(tracer, mask, store, key, one ? one.slot : before, other ? other.slot : before, site);
    journal.write(store, key, own ? own.slot : merged());
  }
  if (second.outcome.signal) {
    tracer.assume(mask);
    return first.outcome;
  }
  return { value: merge(tracer, mask, first.outcome.value, second.outcome.value) };
}

/**
 * What `use`, which may change something, gives on either side of an `Either`, merged. Where there is nothing that could be
 * used, JavaScript throws.
 */
export function onBranches(tracer: Tracer, { mask, yes, no }: Either, use: (side: Value) => Value, site: Node): Value {
  const take = (side: Value) => () =>
    side === undefined || side === null ? { signal: typeError(tracer, `This is ${side}.`, site) } : { value: use(side) };
  return valueOf(branch(tracer, tracer.boolean(mask), take(yes), take(no), site));
}

/** JavaScript itself throws on the points that are traced here. */
function typeError(tracer: Tracer, message: string, site: Node): Signal {
  const target = findTarget(tracer, ["catch", "uncaught"]);
  return { target, value: target.kind === "catch" ? makeError(tracer, "TypeError", message) : undefined, reason: { code: "thrown", site } };
}

/** The same for what is no value, on each side: one result where the other side is left for good. */
export function onSides<Result>(tracer: Tracer, either: Either, use: (side: Value) => Result, site: Node): readonly Result[] {
  const results: Result[] = [];
  onBranches(tracer, either, (side) => void results.push(use(side)), site);
  return results;
}

/** One side of a branch. Its writes are taken back, unless it is the side on which everything goes on. */
function traceSide(tracer: Tracer, mask: NodeId, side: () => Outcome, site: Node, isLast = false) {
  const { journal } = tracer;
  journal.open();
  const start = journal.now();
  const outcome = tracer.where(mask, () => {
    const traced = outcomeOf(side);
    if (traced.signal && !isLast) recordExit(tracer, traced.signal, site);
    return traced;
  });
  if (isLast) {
    journal.commit();
    return { outcome, start, changes: new Map() as Changes };
  }
  const changes = journal.capture(journal.depth - 1);
  journal.rollback();
  return { outcome, start, changes };
}

/** A `finally` around the place that is traced. */
export interface Finalizer {
  /** Number of targets around it. */
  readonly depth: number;
  run(): Signal | undefined;
}

/** Runs each `finally` on the way to where the signal leads, innermost first; it may lead elsewhere. */
function throughFinally(tracer: Tracer, signal: Signal): Signal {
  const { finalizers, targets } = tracer;
  const last = finalizers.at(-1);
  const isUnfinished = signal.reason?.code === "max-iterations";
  if (!last || isUnfinished || targets.indexOf(signal.target) >= last.depth) return signal;
  tracer.finalizers = finalizers.slice(0, -1);
  const next = throughFinally(tracer, outcomeOf(() => ({ signal: last.run() })).signal ?? signal);
  tracer.finalizers = finalizers;
  return next;
}

/** The points traced here leave for the target of the signal. */
export function recordExit(tracer: Tracer, signal: Signal, site: Node) {
  const { target, value, reason } = throughFinally(tracer, signal);
  const { graph, targets, conditions, journal } = tracer;
  if (target.suspends) {
    failAt(site, "shape-on-data", "Which values this generator gives depends on the data.", "Yield a choice: yield x > 0 ? x : 0;");
  }
  const within = conditions.slice(target.conditions);
  const innerExits = targets.slice(targets.indexOf(target) + 1).flatMap(({ exits }) => exits);
  const masks = [...within.map(({ mask }) => mask), ...innerExits.map((exit) => graph.apply("not", exit.mask))];
  const mask = masks.reduce((all, each) => graph.apply("and", all, each), graph.mask(true));
  const start = Math.max(...within.map((condition) => condition.start), ...innerExits.map((exit) => exit.start));
  const time = journal.now();
  const isLost = target.kind === "uncaught";
  if (!isLost) tracer.closeRows(target);
  target.exits.push({
    time,
    mask,
    start,
    reason,
    ...(isLost ? { changes: new Map() } : { changes: journal.capture(target.frame), value }),
  });
  if (isLost) return;
  target.latestExit = journal.latestExit = time;
  if (target.exits.length > mostExits) tracer.failLoop(site);
}

/** Merges the state of an exit into the present one, at the end of its target. `made`: stores of exits merged before. */
export function mergeExit(tracer: Tracer, exit: Exit, value: Value, made: Set<Store>, site: Node): Value {
  const { journal } = tracer;
  const before = journal.before();
  for (const [store, key] of slotsOf(before, exit.changes)) {
    const present = store.read(key);
    const own = getChange(exit.changes, store, key);
    const isNew = own && store.born > exit.start && !made.has(store);
    const { slot } = own ?? getChange(before, store, key) ?? { slot: present };
    journal.write(store, key, isNew ? slot : mergeSlots(tracer, exit.mask, store, key, slot, present, site));
  }
  for (const store of exit.changes.keys()) made.add(store);
  return merge(tracer, exit.mask, exit.value, value);
}

/** Puts the state of an exit in place of the present one. */
function restore(tracer: Tracer, changes: Changes, before: Changes) {
  for (const [store, key] of slotsOf(before, changes)) {
    const slot = getChange(changes, store, key) ?? getChange(before, store, key);
    if (slot) tracer.journal.write(store, key, slot.slot);
  }
}
