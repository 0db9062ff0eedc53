import type { Node } from "acorn";
import { EpsilaneError } from "../../errors.ts";
import type { Graph, NodeId } from "../../graph/graph.ts";
import { failAt } from "../source/source.ts";
import { ArrayValue } from "./arrays.ts";
import { type MemberSource, ObjectValue } from "./objects.ts";
import { type Path, writePath } from "./path.ts";
import { absent, isSymbol, type Slot, TracedNumber } from "./values.ts";

/** What is known of a function's arguments. A leaf is a number. */
export type Shape = "number" | readonly Shape[] | { readonly [key: string]: Shape };
/** What stands at a path of the `shape` option or of a call's data; `undefined` where nothing is known. `[]` is the tuple of arguments. */
export type Lookup = (path: Path) => unknown;
/**
 * `points`: samples have a number where the function has one. `columns`: a column or a shared number. `shape`: as `points`, and
 * what they are is meant: the function may ask for members that they lack.
 */
export type SampleKind = "shape" | "points" | "columns";

/** Thrown, and caught by the caller of `traceFunction`, when the length of the array at `path` is needed and not known yet. */
export class NeedsShape extends EpsilaneError {
  readonly path: Path;
  constructor(path: Path) {
    super(
      "needs-shape",
      `The length of ${writePath("args", path)} is not visible in the function: give an example, as in gradient(f, { shape: [[0, 0, 0]] }).`,
    );
    this.path = path;
  }
}

/** A part of the arguments. What it is shows when it is used: a number, an array or an object. */
export class Argument {
  readonly path: Path;
  /** Not there in the data: `undefined`, unless it is used as something. */
  readonly missing: boolean;
  kind?: "number" | "array" | "object";
  /** Taken for a number because a condition asks what it is, without data. */
  isGuess = false;
  value?: TracedNumber | ArrayValue | ObjectValue;
  elements: readonly Argument[] = [];
  readonly members = new Map<string, Argument>();
  constructor(path: Path, missing = false) {
    this.path = path;
    this.missing = missing;
  }
}

const deepest = 64;
const isTypedArray = (value: unknown): value is ArrayLike<number> => ArrayBuffer.isView(value) && !(value instanceof DataView);
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isStrided = (value: object) => isTypedArray(Object.getOwnPropertyDescriptor(value, "data")?.value) && Object.hasOwn(value, "stride");
const hasLeaves = (sample: unknown) => typeof sample === "number" || isObject(sample);

/** The arguments of one trace. */
export class Arguments {
  readonly graph: Graph;
  readonly #lookup: Lookup;
  readonly #samples: SampleKind;
  #guessed?: Argument;
  /** Nodes of the leaves, by a leaf's number in the order of use. */
  readonly #leaves: NodeId[] = [];
  get leafCount(): number {
    return this.#leaves.length;
  }

  constructor(graph: Graph, lookup: Lookup, samples: SampleKind) {
    this.graph = graph;
    this.#lookup = lookup;
    this.#samples = samples;
  }

  /** How many arguments the data has, where there is data. */
  count(): number | undefined {
    const sample = this.#lookup([]);
    return Array.isArray(sample) || isTypedArray(sample) ? sample.length : undefined;
  }
  sample(path: Path): unknown {
    return this.#lookup(path);
  }
  /** Whether what stands at `path` was given on purpose. */
  isMeant(path: Path): boolean {
    return this.#samples === "shape" && this.#lookup(path) !== undefined;
  }

  /** What the argument is as far as data shows, for a condition that asks for it. */
  guess(argument: Argument): "number" | "array" | "object" {
    argument.isGuess ||= this.sample(argument.path) === undefined;
    this.#guessed ??= argument.isGuess ? argument : undefined;
    return this.#kindOf(argument);
  }
  #kindOf(argument: Argument): "number" | "array" | "object" {
    if (argument.kind) return argument.kind;
    const sample = this.#lookup(argument.path);
    if (!isObject(sample)) return "number";
    if (isTypedArray(sample)) return this.#samples === "columns" ? "number" : "array";
    if (Array.isArray(sample)) {
      return this.#samples === "columns" && sample.every((element) => typeof element === "number") ? "number" : "array";
    }
    return this.#samples === "columns" && isStrided(sample) ? "number" : "object";
  }

  /** An error of a trace without any data says nothing where it was guessed what an argument is. */
  orGuess(error: unknown): unknown {
    return this.#guessed && this.#lookup([]) === undefined && error instanceof EpsilaneError ? new NeedsShape(this.#guessed.path) : error;
  }

  /** The argument as what data shows it to be. */
  settle(argument: Argument, site: Node | undefined): TracedNumber | ArrayValue | ObjectValue {
    const kind = this.#kindOf(argument);
    return kind === "number" ? this.number(argument, site) : kind === "array" ? this.array(argument, site) : this.object(argument, site);
  }

  /** A value, which if it is an argument that is there is what data shows it to be. */
  settled<Given extends Slot>(value: Given, site: Node | undefined): Given | TracedNumber | ArrayValue | ObjectValue {
    return value instanceof Argument && !value.missing ? this.settle(value, site) : value;
  }

  number(argument: Argument, site: Node | undefined): TracedNumber {
    if (argument.value === undefined) {
      const sample = this.#lookup(argument.path);
      if (this.#samples === "shape" && typeof (sample ?? 0) !== "number") this.#wrongTree(argument, "a number", site);
      this.#decide(argument, "number", site);
      const node = this.graph.input(this.#leaves.length);
      this.#leaves.push(node);
      argument.value = new TracedNumber(node);
    }
    return argument.value instanceof TracedNumber ? argument.value : this.#conflict(argument, "a number", site);
  }

  /** @param visible the length that the function's text shows, for want of a sample */
  array(argument: Argument, site: Node | undefined, visible?: number): ArrayValue {
    if (argument.value === undefined) {
      this.#decide(argument, "array", site);
      const length = this.#length(argument, site, visible);
      argument.elements = Array.from({ length }, (_, i) => new Argument([...argument.path, i]));
      argument.value = new ArrayValue(0, [...argument.elements]);
    }
    return argument.value instanceof ArrayValue ? argument.value : this.#conflict(argument, "an array", site);
  }

  object(argument: Argument, site: Node | undefined): ObjectValue {
    if (argument.value === undefined) {
      const sample = this.#lookup(argument.path);
      if (sample !== undefined && (!isObject(sample) || Array.isArray(sample) || isTypedArray(sample))) {
        this.#wrongTree(argument, "an object", site);
      }
      this.#decide(argument, "object", site);
      argument.value = new ObjectValue(0, new Map(), this.#membersOf(argument));
    }
    return argument.value instanceof ObjectValue ? argument.value : this.#conflict(argument, "an object", site);
  }

  #decide(argument: Argument, kind: "number" | "array" | "object", site: Node | undefined) {
    const isRoot = argument.path.length === 1;
    // An argument behind those of an incomplete `shape` is there if it is used.
    if (argument.missing && site && !(isRoot && this.#samples === "shape")) {
      const few = isRoot ? "Too few arguments: " : "";
      failAt(
        site,
        isRoot ? "argument-count" : "wrong-tree",
        `${few}${writePath("args", argument.path)} is used here, but the data does not have it.`,
        "Give it, or a default in the function.",
      );
    }
    if (argument.path.length > deepest) {
      if (!site) throw new EpsilaneError("wrong-tree", "The arguments are nested too deeply.");
      failAt(site, "wrong-tree", "The arguments are nested too deeply.", "Hand over what is used of them.");
    }
    argument.kind = kind;
  }

  #length(argument: Argument, site: Node | undefined, visible: number | undefined): number {
    const sample = this.#lookup(argument.path);
    if (sample === undefined) {
      if (visible === undefined) throw new NeedsShape(argument.path);
      return visible;
    }
    const usable = Array.isArray(sample) || (isTypedArray(sample) && this.#samples !== "columns");
    return usable ? sample.length : this.#wrongTree(argument, "an array", site);
  }

  #membersOf(argument: Argument): MemberSource {
    const member = (key: string): Slot => {
      const path = [...argument.path, key];
      // What every object has, or may have, is no member of an argument.
      if (isSymbol(key) || (key in Object.prototype && this.#lookup(path) === undefined)) return absent;
      const missing = this.#lookup(argument.path) !== undefined && this.#lookup(path) === undefined;
      const made = new Argument(path, missing);
      argument.members.set(key, made);
      return made;
    };
    const keys = () => {
      if (this.#lookup(argument.path) === undefined) throw new NeedsShape(argument.path);
      return this.#sampleKeys(argument.path);
    };
    return { member, keys };
  }

  #sampleKeys(path: Path): string[] {
    const sample = this.#lookup(path);
    return isObject(sample) ? Object.keys(sample).filter((key) => hasLeaves(this.#lookup([...path, key]))) : [];
  }

  #wrongTree(argument: Argument, needed: string, site: Node | undefined): never {
    const sample = this.#lookup(argument.path);
    const given = isTypedArray(sample)
      ? "a column of numbers"
      : Array.isArray(sample)
        ? "an array"
        : `${isObject(sample) ? "an" : "a"} ${typeof sample}`;
    const source = this.#samples === "shape" ? "shape" : "the data";
    const sentence = `${writePath("args", argument.path)} is used as ${needed}, but ${source} has ${given} there.`;
    if (site) failAt(site, "wrong-tree", sentence, "Give arguments of the tree that the function uses.");
    throw new EpsilaneError("wrong-tree", sentence);
  }

  #conflict(argument: Argument, needed: string, site: Node | undefined): never {
    if (argument.isGuess) throw new NeedsShape(argument.path);
    const before = argument.kind === "number" ? "a number" : argument.kind === "array" ? "an array" : "an object";
    const sentence = `${writePath("args", argument.path)} is used as ${needed} here, and as ${before} before.`;
    if (site) failAt(site, "wrong-tree", sentence, "Let it be the same in all places: Array.isArray(x) and typeof x tell what it is.");
    throw new EpsilaneError("wrong-tree", sentence);
  }

  /** The whole tree of the arguments, and the final number of every leaf by its node: depth first. */
  complete(roots: readonly Argument[]): { shapes: Shape[]; leafOf: Map<NodeId, number> } {
    const leafOf = new Map<NodeId, number>();
    const complete = (argument: Argument): Shape => {
      const value = this.settle(argument, undefined);
      if (value instanceof TracedNumber) {
        leafOf.set(value.node, leafOf.size);
        return "number";
      }
      if (value instanceof ArrayValue) return argument.elements.map(complete);
      const members = this.#allMembers(argument);
      return Object.fromEntries(members.map((member) => [member.path.at(-1) as string, complete(member)]));
    };
    return { shapes: roots.map(complete), leafOf };
  }

  /** Members in the order of the data's keys, then of their use; as `Object.keys` will give them. */
  #allMembers(argument: Argument): Argument[] {
    const found = new Map<string, Argument>();
    for (const key of this.#sampleKeys(argument.path)) {
      found.set(key, argument.members.get(key) ?? new Argument([...argument.path, key]));
    }
    for (const [key, member] of argument.members) if (!member.missing || member.kind) found.set(key, member);
    return Object.keys(Object.fromEntries(found)).map((key) => found.get(key)!);
  }
}
