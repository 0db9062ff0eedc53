import type { Expression, Node, Statement } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import type { Graph, NodeId } from "../../graph/graph.ts";
import type { OperationName } from "../../graph/operations.ts";
import type { Rows } from "../loops/rows.ts";
import type { Recursion } from "../loops/tail-calls.ts";
import { failAt } from "../source/source.ts";
import { Argument, type Arguments } from "../values/arguments.ts";
import { ArrayValue, type ElementType } from "../values/arrays.ts";
import { ObjectValue } from "../values/objects.ts";
import { absent, Either, type Slot, TracedBoolean, TracedNumber, type Value, type WrittenKey } from "../values/values.ts";
import type { Condition, Exit, Finalizer, Signal, Target } from "./branches.ts";
import type { Environment } from "./environment.ts";
import { Facts } from "./facts.ts";
import { Journal } from "./journal.ts";
import type { IndexedWrite, Memory } from "./memory.ts";

/** The parts of the interpreter that call one another. */
export interface Interpreter {
  evaluate(tracer: Tracer, node: Expression, environment: Environment): Value;
  execute(tracer: Tracer, node: Statement, environment: Environment): Signal | undefined;
  call(tracer: Tracer, callee: Value, args: readonly Value[], receiver: Value, site: Node, newTarget?: Value): Value;
  getMember(tracer: Tracer, object: Value, key: WrittenKey, site: Node): Value;
  globalValue(name: string): Slot;
  anyRow(tracer: Tracer, array: ArrayValue, index: TracedNumber): Value;
}

export interface Mark {
  readonly conditions: number;
  readonly facts: number;
  readonly targets: number;
  readonly frames: number;
  readonly finalizers: readonly Finalizer[];
}

/** A place in a trace to which it can be taken back. */
export interface Checkpoint {
  readonly mark: Mark;
  readonly time: number;
  readonly lengths: readonly number[];
  readonly undone: number;
  readonly exits: readonly number[];
  readonly latestExits: readonly number[];
}

const mostSteps = 2_000_000;
const stepsOfCall = 10;
const mostNodes = 40_000;
const mostCalls = 1_000;
const mostCallsOnData = 150;
/** So many around a place where all steps are used up are a recursion. */
const manyCalls = 15;

/** The state of one trace. */
export class Tracer {
  readonly graph: Graph;
  readonly arguments: Arguments;
  readonly journal = new Journal();
  readonly #interpreter: Interpreter;
  /** The branches on data that are being traced, outermost first. */
  readonly conditions: Condition[] = [];
  /** Functions, loops and blocks that are being traced and can be left early. */
  readonly targets: Target[] = [];
  /** Each `finally` around this place, outermost first. */
  finalizers: readonly Finalizer[] = [];
  /** The loops around this place that are traced with symbols for what their turns change: when they began. */
  readonly loops: number[] = [];
  /** Arrays in the graph, in the order in which they came there. */
  readonly memories: Memory[] = [];
  readonly writes: IndexedWrite[] = [];
  /** Arrays whose rows are kept as columns, if any may be. */
  readonly rows: Rows[] = [];
  readonly keepsRows: boolean;
  /** Takes back what has become of arrays that were made before. */
  readonly undo: { readonly born: number; run(): void }[] = [];
  /** How many of them could be unrolled as well. */
  longLoops = 0;
  /** Whether turns are traced to count them alone. */
  isCounting = false;
  /** The call that goes on from the start where the function ends in a call of itself. */
  recursion?: Recursion;
  /** Most turns of a loop whose end depends on the data. */
  readonly maxIterations: number;
  /** The expression that is being evaluated, for messages. */
  site?: Node;
  readonly #facts: Facts;
  #steps = 0;
  /** The calls that are being traced, outermost first. */
  readonly #calls: Node[] = [];

  constructor(graph: Graph, args: Arguments, interpreter: Interpreter, maxIterations: number, keepsRows: boolean) {
    this.graph = graph;
    this.keepsRows = keepsRows;
    this.maxIterations = maxIterations;
    this.arguments = args;
    this.#facts = new Facts(graph);
    this.#interpreter = interpreter;
  }

  evaluate(node: Expression, environment: Environment): Value {
    this.site = node;
    this.spend(1, node);
    return this.#interpreter.evaluate(this, node, environment);
  }
  execute(node: Statement, environment: Environment): Signal | undefined {
    this.spend(1, node);
    return this.#interpreter.execute(this, node, environment);
  }
  /** One of the host's own functions and objects, by its name. */
  global(name: string): Value {
    const slot = this.#interpreter.globalValue(name);
    return slot === absent ? undefined : slot;
  }
  /** @param newTarget what `new` was called on: then an instance is made */
  call(callee: Value, args: readonly Value[], receiver: Value, site: Node, newTarget?: Value): Value {
    this.spend(stepsOfCall, site);
    this.#calls.push(site);
    try {
      if (this.#calls.length > (this.dependsOnData() ? mostCallsOnData : mostCalls)) this.failDepth();
      return this.#interpreter.call(this, callee, args, receiver, site, newTarget);
    } finally {
      this.#calls.pop();
    }
  }

  /** `object[key]`. */
  /** A row of an array whose turns are counted alone. */
  anyRow(array: ArrayValue, index: TracedNumber): Value {
    return this.#interpreter.anyRow(this, array, index);
  }
  getMember(object: Value, key: WrittenKey, site: Node): Value {
    return this.#interpreter.getMember(this, object, key, site);
  }

  /** Counts work, so that a function that never ends does not hang. */
  spend(steps: number, site: Node): void {
    this.#steps += steps;
    if (this.#steps <= mostSteps && this.graph.nodes.length <= mostNodes) return;
    if (this.#calls.length > manyCalls && this.dependsOnData()) this.failDepth();
    if (this.#someLeft()) this.failLoop(site);
    failAt(
      site,
      "too-many-steps",
      "The function takes too many steps to be traced; does this loop end?",
      "A loop is unrolled where it takes elements out of arrays, or changes rows that are known twice: use fewer turns, or numbers that change.",
    );
  }

  /** Ends the trace with a message about the expression that is being evaluated. */
  fail(code: string, sentence: string, advice: string): never {
    if (this.site) failAt(this.site, code, sentence, advice);
    throw new EpsilaneError(code, `${sentence} ${advice}`);
  }

  /** Calls are nested too deeply. */
  failDepth(cause?: unknown): never {
    const site = this.#calls.findLast((call, i) => this.#calls.indexOf(call) < i) ?? this.site;
    if (!site) throw new EpsilaneError("too-deep", "Calls are nested too deeply.", { cause });
    if (!this.dependsOnData()) {
      failAt(site, "too-deep", "Calls are nested too deeply here: does this recursion end?", "Write it as a loop.", cause);
    }
    return failAt(
      site,
      "recursion-on-data",
      "This recursion does not end: whether it goes on depends on the data.",
      "Write it as a loop, end the function in the call of itself, return f(…), or give it a fixed depth.",
      cause,
    );
  }

  failLoop(site: Node): never {
    return failAt(
      site,
      "loop-on-data",
      "This loop is left on a condition that depends on the data, and nothing else ends it.",
      "Give it a fixed number of turns: for (let i = 0; i < 50; i++) { …; if (done) break; }",
    );
  }

  /** Whether this point of the function is reached depends on the data. */
  dependsOnData(): boolean {
    return this.conditions.length > 0 || this.loops.length > 0 || this.#someLeft();
  }
  /** Whether some points have left early, and come back later. */
  #someLeft(): boolean {
    return this.targets.some(({ exits, kind }) => exits.length > 0 && kind !== "uncaught");
  }

  /** Where something begins that may end in an error. */
  mark(): Mark {
    const { conditions, targets, journal, finalizers } = this;
    return { conditions: conditions.length, facts: this.#facts.depth, targets: targets.length, frames: journal.depth, finalizers };
  }
  /** Whether all points that came to the mark are still here, but for those that left for further out. */
  isSure({ conditions, targets }: Mark): boolean {
    return this.conditions.length === conditions && this.targets.slice(targets).every(({ exits }) => exits.length === 0);
  }
  /** Goes on from the mark after an error. What was written stays, or is taken back. */
  unwind({ conditions, facts, targets, frames, finalizers }: Mark, writes: "commit" | "rollback", since?: number): void {
    this.finalizers = finalizers;
    while (this.journal.depth > frames) this.journal[writes](since);
    this.conditions.length = conditions;
    this.#facts.popTo(facts);
    this.targets.length = targets;
    this.journal.latestExit = Math.max(0, ...this.targets.map(({ latestExit }) => latestExit));
  }

  checkpoint(): Checkpoint {
    const { targets } = this;
    const lengths = this.#lists().map(({ length }) => length);
    const [exits, latestExits] = [targets.map((target) => target.exits.length), targets.map((target) => target.latestExit)];
    return { mark: this.mark(), time: this.journal.now(), lengths, undone: this.undo.length, exits, latestExits };
  }
  #lists(): { length: number }[] {
    return [this.loops, this.memories, this.writes, this.rows];
  }
  /** Takes everything back that was done since, but in what has been made since: a turn of a loop is known by it. */
  restore({ mark, time, lengths, undone, exits, latestExits }: Checkpoint): void {
    for (const [index, list] of this.#lists().entries()) list.length = lengths[index]!;
    while (this.undo.length > undone) {
      const { born, run } = this.undo.pop()!;
      if (born < time) run();
    }
    this.targets.length = mark.targets;
    for (const [index, target] of this.targets.entries()) {
      target.exits.length = exits[index]!;
      target.latestExit = latestExits[index]!;
    }
    this.unwind(mark, "rollback", time);
  }
  /** A turn ends, or points leave it for a target: rows that it has made are made. */
  closeRows(target?: Target): void {
    const index = target && this.targets.indexOf(target);
    for (const rows of this.rows) rows.leaveTurn(index);
  }
  /** How many times points have left something early that is still being traced. */
  exitCount(): number {
    return this.targets.reduce((count, { exits }) => count + exits.length, 0);
  }
  /** The exits since then, with what they lead to. */
  exitsSince({ exits }: Checkpoint): { readonly target: Target; readonly exit: Exit }[] {
    return this.targets.flatMap((target, index) => target.exits.slice(exits[index] ?? 0).map((exit) => ({ target, exit })));
  }
  /** The points that are here, of those that were at a time. */
  present(since = 0): NodeId {
    const left = this.targets.flatMap(({ exits }) =>
      exits.filter(({ time }) => time > since).map(({ mask }) => this.graph.apply("not", mask)),
    );
    const within = this.conditions.filter(({ start }) => start > since);
    return [...within.map(({ mask }) => mask), ...left].reduce((all, mask) => this.graph.apply("and", all, mask), this.graph.mask(true));
  }

  array(elements: Value[], type?: ElementType): ArrayValue {
    return new ArrayValue(this.journal.now(), elements, type);
  }
  object(entries?: Map<string, Value>, prototype?: ObjectValue): ObjectValue {
    return new ObjectValue(this.journal.now(), entries, undefined, prototype);
  }

  /** Whether it is an array on some points, typed arrays as such. */
  isArray(value: Value): boolean {
    if (value instanceof Either) return this.onSides(value, (side) => this.isArray(side)).some(Boolean);
    return value instanceof ArrayValue || (value instanceof Argument && this.arguments.guess(value) === "array");
  }

  nodeOf(value: number | TracedNumber): NodeId {
    return typeof value === "number" ? this.graph.constant(value) : value.node;
  }
  maskOf(value: boolean | TracedBoolean): NodeId {
    return typeof value === "boolean" ? this.graph.mask(value) : value.mask;
  }
  /** A node that is a number, as a plain number where it is constant. */
  number(node: NodeId, presence?: NodeId): number | TracedNumber {
    return this.graph.valueOf(node) ?? new TracedNumber(node, presence);
  }
  /** Whether a number that was read from an array is `undefined` in truth. */
  isMissing({ presence }: TracedNumber): boolean | TracedBoolean {
    return presence === undefined ? false : this.boolean(this.graph.apply("ne", presence, presence));
  }
  /** A node that is a mask, as a plain boolean where it is known here. */
  boolean(mask: NodeId): boolean | TracedBoolean {
    return this.known(mask) ?? new TracedBoolean(mask);
  }
  /** Whether a mask holds here: `undefined` where that depends on the data. */
  known(mask: NodeId): boolean | undefined {
    return this.#facts.known(mask);
  }
  /** Traces what happens on the points where a mask holds. */
  where<Result>(mask: NodeId, trace: () => Result): Result {
    this.conditions.push({ mask, start: this.journal.now() });
    const result = this.within(() => {
      this.assume(mask);
      return trace();
    });
    this.conditions.pop();
    return result;
  }
  /** From here on a mask holds on all points that are traced, as far as `within` reaches. */
  assume(mask: NodeId): void {
    this.#facts.push(mask);
  }
  /** What is assumed in `trace` is forgotten after it. */
  within<Result>(trace: () => Result): Result {
    const { depth } = this.#facts;
    const result = trace();
    this.#facts.popTo(depth);
    return result;
  }
  /** What `use` gives for either side of a choice, on its points. */
  onSides<Result>({ mask, yes, no }: Either, use: (side: Value) => Result): readonly [Result, Result] {
    return [this.where(mask, () => use(yes)), this.where(this.graph.apply("not", mask), () => use(no))];
  }
  apply(op: OperationName, ...operands: readonly (number | TracedNumber)[]): number | TracedNumber {
    return this.number(this.graph.apply(op, ...operands.map((operand) => this.nodeOf(operand))));
  }
  compare(op: OperationName, a: number | TracedNumber, b: number | TracedNumber): boolean | TracedBoolean {
    return this.boolean(this.graph.apply(op, this.nodeOf(a), this.nodeOf(b)));
  }
  /** `and`, `or` on masks. */
  combine(op: "and" | "or", a: boolean | TracedBoolean, b: boolean | TracedBoolean): boolean | TracedBoolean {
    return this.boolean(this.graph.apply(op, this.maskOf(a), this.maskOf(b)));
  }
  not(value: boolean | TracedBoolean): boolean | TracedBoolean {
    return typeof value === "boolean" ? !value : this.boolean(this.graph.apply("not", value.mask));
  }
}
