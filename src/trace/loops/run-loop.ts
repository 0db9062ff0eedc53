import type { Node } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import { type Graph, isArrayOp } from "../../graph/node.ts";
import { binary } from "../operators/operators.ts";
import { failAt } from "../source/source.ts";
import { branch, type Outcome, outcomeOf, type Signal, withTarget } from "../state/branches.ts";
import { Binding } from "../state/environment.ts";
import { NoState } from "../state/memory.ts";
import type { Checkpoint, Tracer } from "../state/tracer.ts";
import type { Key, Store, TracedBoolean, TracedNumber } from "../values/values.ts";
import { countAhead, rollLoop } from "./roll.ts";
import type { LoopForm } from "./turns.ts";

/** Loops are run turn by turn as long as that is short, and traced as loops where it is not. */

/** A loop as the function has it. */
interface Loop extends LoopForm {
  /** Whether the test stands before the first turn. */
  readonly testsFirst: boolean;
  /** Goes back to where it began. */
  restart?(): void;
}

/** A loop is long if points leave it early after so many turns, or if more turns than these would make more nodes than these. */
const long = { leftEarly: 8, turns: 16, nodes: 900, element: 10 };
/** After so many turns and nodes, or many nodes, it is asked how long a loop will be, and again after so many times the nodes. */
const asked = { turns: 3, nodes: 200, many: 1000, again: 3 };
/** First turns that are unlike later ones. */
const mostEarly = 3;

/** Runs a loop: turn by turn as long as it is known that there is another, but as a loop where there are many, or it `isLong`. */
export const runLoop = (tracer: Tracer, loop: Loop, isLong = false): Signal | undefined =>
  withTarget(tracer, "loop", loop.labels, loop.site, () => {
    const start = tracer.checkpoint();
    tracer.journal.open();
    const outcome = outcomeOf(() => (isLong ? undefined : unroll(tracer, loop, true)) ?? rollFrom(tracer, loop, start));
    tracer.journal.commit();
    return outcome.signal;
  }).signal;

/** Turn by turn. `undefined` where the loop is long, if it `mayRoll`. */
function unroll(tracer: Tracer, loop: Loop, mayRoll: boolean): Outcome | undefined {
  const { targets, graph } = tracer;
  const [target, exits, nodes] = [targets.at(-1)!, tracer.exitCount(), graph.nodes.length];
  let early = 0;
  let askAt = mayRoll ? asked.nodes : Number.POSITIVE_INFINITY;
  for (let turns = 0; ; turns++) {
    const goesOn = turns > 0 || loop.testsFirst ? loop.test() : true;
    if (goesOn === false) return {};
    if (goesOn !== true) {
      const rolled = rollOnData(tracer, loop, goesOn, early++ < mostEarly);
      if (rolled) return rolled;
      branch(
        tracer,
        goesOn,
        () => ({}),
        () => ({ signal: { target, value: undefined } }),
        loop.site,
      );
    }
    const made = graph.nodes.length - nodes;
    if (mayRoll && turns >= long.leftEarly && tracer.exitCount() > exits) return undefined;
    if (made > askAt && (turns >= asked.turns || (turns > 0 && made > asked.many))) {
      const all = turns + turnsAhead(tracer, loop);
      if (all > long.turns && (weigh(graph, nodes) / turns) * all > (tracer.loops.length > 0 ? 0.5 : 1) * long.nodes) return undefined;
      askAt = asked.again * (graph.nodes.length - nodes);
    }
    const signal = loop.turn(false);
    if (signal) return { signal };
  }
}

/** The nodes that have been made; elements of arrays count as more, for they are read and written one after the other. */
const weigh = ({ nodes }: Graph, first: number): number =>
  nodes.slice(first).reduce((sum, { op }) => sum + (isArrayOp(op) ? long.element : 1), 0);

/** How many turns are still to be made, where that can be told and they can be traced as one; else none. */
function turnsAhead(tracer: Tracer, loop: Loop): number {
  try {
    return inLongLoop(tracer, () => countAhead(tracer, loop)) ?? 0;
  } catch (error) {
    if (error instanceof NoState || isRefusal(error)) return 0;
    throw error;
  }
}

const isRefusal = (error: unknown) => error instanceof EpsilaneError && error.code !== "too-many-steps";

/** As a loop from here on, where the number of turns depends on the data. `undefined` where that may be after a first turn. */
function rollOnData(tracer: Tracer, loop: Loop, goesOn: TracedBoolean, mayWait: boolean): Outcome | undefined {
  const start = tracer.checkpoint();
  try {
    return { signal: rollLoop(tracer, loop, goesOn) };
  } catch (error) {
    if (!(error instanceof NoState)) throw error;
    tracer.restore(start);
    if (error.isEarly && mayWait) return undefined;
    return failAt(
      loop.site,
      "loop-on-data",
      "How often this loop runs depends on the data, and what it changes is no number, boolean, or array or object of a fixed form.",
      "Keep what it changes in variables of the loop, or give it a fixed number of turns.",
    );
  }
}

/** A long loop from its start on, after some early turns; unrolled all the same where its turns can't be traced as one. */
function rollFrom(tracer: Tracer, loop: Loop, start: Checkpoint, early = 0): Outcome {
  const restart = () => {
    tracer.restore(start);
    tracer.journal.open();
    loop.restart?.();
  };
  restart();
  try {
    for (let turns = 0; turns < early; turns++) {
      if (turns > 0 || loop.testsFirst) loop.test();
      loop.turn(false);
    }
    const begins = early > 0 || loop.testsFirst ? loop.test() : true;
    return { signal: inLongLoop(tracer, () => rollLoop(tracer, loop, begins)) };
  } catch (error) {
    if (!(error instanceof NoState) && !isRefusal(error)) throw error;
    if (error instanceof NoState && error.isEarly && early < mostEarly) return rollFrom(tracer, loop, start, early + 1);
    restart();
    return unroll(tracer, loop, false)!;
  }
}

/** Traces turns that could be unrolled as well. */
function inLongLoop<Result>(tracer: Tracer, trace: () => Result): Result {
  tracer.longLoops++;
  try {
    return trace();
  } finally {
    tracer.longLoops--;
  }
}

/** Counts from `start` to `end`, which is asked for before each turn. */
export const count = (
  tracer: Tracer,
  site: Node,
  labels: readonly string[],
  start: number,
  end: () => number | TracedNumber,
  turn: (index: number | TracedNumber) => Signal | undefined,
  isLong = false,
): Signal | undefined => countIn(tracer, site, labels, [new Binding(tracer.journal.now(), start), ""], end, turn, isLong);

/** The same in a slot that holds where it starts, and is counted up as a turn begins. */
export function countIn(
  tracer: Tracer,
  site: Node,
  labels: readonly string[],
  [store, key]: readonly [Store, Key],
  end: () => number | TracedNumber,
  turn: (index: number | TracedNumber) => Signal | undefined,
  isLong = false,
): Signal | undefined {
  const index = () => store.read(key) as number | TracedNumber;
  const loop: Loop = {
    site,
    labels,
    testsFirst: true,
    test: () => binary(tracer, "<", index(), end(), site) as boolean | TracedBoolean,
    turn() {
      const present = index();
      tracer.journal.write(store, key, binary(tracer, "+", present, 1, site));
      return turn(present);
    },
    counters: () => [[store, key]],
  };
  return runLoop(tracer, loop, isLong);
}
