import type { Graph, NodeId } from "../../graph/graph.ts";
import { decide, type Interval, learn } from "./intervals.ts";

interface Literal {
  readonly mask: NodeId;
  readonly holds: boolean;
}

/** Of two literals at least one holds. */
interface Clause {
  readonly one: Literal;
  readonly other: Literal;
}

/** From one condition no more masks than these are concluded: conditions after many early returns hold all of these in them. */
const mostLearned = 100;

/** What a condition has added, to be taken back. */
interface Layer {
  readonly known: NodeId[];
  readonly clauses: NodeId[];
  /** With what they were before. */
  readonly bounds: [node: NodeId, before: Interval | undefined][];
}

/** What the conditions around a place in the function say about masks there. */
export class Facts {
  readonly #graph: Graph;
  readonly #known = new Map<NodeId, boolean>();
  /** By the mask of `one`. */
  readonly #clauses = new Map<NodeId, Clause[]>();
  readonly #bounds = new Map<NodeId, Interval>();
  readonly #layers: Layer[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** From here on `mask` holds. What follows from it is found breadth first. */
  push(mask: NodeId): void {
    const layer: Layer = { known: [], clauses: [], bounds: [] };
    this.#layers.push(layer);
    const literals = [{ mask, holds: true }];
    for (let i = 0; i < literals.length && layer.known.length < mostLearned; i++) this.#learn(literals[i]!, layer, literals);
  }
  get depth(): number {
    return this.#layers.length;
  }
  /** Forgets what was added beyond a depth. */
  popTo(depth: number): void {
    while (this.#layers.length > depth) this.#pop();
  }
  #pop(): void {
    const { known, clauses, bounds } = this.#layers.pop()!;
    for (const mask of known) this.#known.delete(mask);
    for (const mask of clauses) this.#clauses.get(mask)!.pop();
    for (const [node, before] of bounds.reverse()) {
      if (before) this.#bounds.set(node, before);
      else this.#bounds.delete(node);
    }
  }

  /** Whether the mask holds here: `undefined` where it depends on the data. */
  known(mask: NodeId): boolean | undefined {
    const { op, args, value } = this.#graph.nodes[mask]!;
    if (op === "mask") return value === 1;
    const holds = this.#known.get(mask);
    if (holds !== undefined || this.#layers.length === 0) return holds;
    if (op !== "not") return decide(this.#graph, mask, this.#bounds);
    const inner = this.known(args[0]!);
    return inner === undefined ? undefined : !inner;
  }

  /** Adds a literal to a layer, and to `further` what follows from it. */
  #learn({ mask, holds }: Literal, layer: Layer, further: Literal[]): void {
    if (this.known(mask) !== undefined) return;
    this.#known.set(mask, holds);
    layer.known.push(mask);
    for (const [node, interval] of learn(this.#graph, mask, holds, this.#bounds)) {
      layer.bounds.push([node, this.#bounds.get(node)]);
      this.#bounds.set(node, interval);
    }
    const { op, args } = this.#graph.nodes[mask]!;
    const [a, b] = args as [NodeId, NodeId];
    if (op === "not") further.push({ mask: a, holds: !holds });
    if (op === "and" || op === "or" || op === "andnot") {
      // As a conjunction that holds, or does not: a ∧ b, ¬(¬a ∧ ¬b), a ∧ ¬b.
      const negated = op === "or";
      const one = { mask: a, holds: !negated };
      const other = { mask: b, holds: op === "and" };
      if (holds !== negated) further.push(one, other);
      else this.#either(opposite(one), opposite(other), layer, further);
    }
    // Where one of two does not hold, the other does.
    for (const clause of this.#clauses.get(mask) ?? []) if (clause.one.holds !== holds) further.push(clause.other);
  }

  #either(one: Literal, other: Literal, layer: Layer, further: Literal[]): void {
    for (const clause of [
      { one, other },
      { one: other, other: one },
    ]) {
      const { mask, holds } = clause.one;
      if (this.known(mask) === !holds) further.push(clause.other);
      const list = this.#clauses.get(mask);
      if (list) list.push(clause);
      else this.#clauses.set(mask, [clause]);
      layer.clauses.push(mask);
    }
  }
}

const opposite = ({ mask, holds }: Literal): Literal => ({ mask, holds: !holds });
