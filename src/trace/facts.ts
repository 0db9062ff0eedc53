import type { Graph, NodeId } from "../graph/graph.ts";
import { type Bounds, decide, learn } from "./intervals.ts";

interface Literal {
  readonly mask: NodeId;
  readonly holds: boolean;
}

interface Layer {
  readonly known: Map<NodeId, boolean>;
  /** Of two literals at least one holds: by the mask of `one`. */
  readonly clauses: Map<NodeId, { readonly one: Literal; readonly other: Literal }[]>;
  readonly bounds: Bounds;
}

/** What the conditions around a place in the function say about masks there. */
export class Facts {
  readonly #graph: Graph;
  readonly #layers: Layer[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** From here on `mask` holds. */
  push(mask: NodeId): void {
    this.#layers.push({ known: new Map(), clauses: new Map(), bounds: new Map() });
    this.#learn({ mask, holds: true });
  }
  pop(): void {
    this.#layers.pop();
  }

  /** Whether the mask holds here: `undefined` where it depends on the data. */
  known(mask: NodeId): boolean | undefined {
    const { op, args, value } = this.#graph.nodes[mask]!;
    if (op === "mask") return value === 1;
    for (const { known } of this.#layers) {
      const holds = known.get(mask);
      if (holds !== undefined) return holds;
    }
    if (this.#layers.length === 0) return undefined;
    if (op !== "not") return decide(this.#graph, mask, this.#layers);
    const inner = this.known(args[0]!);
    return inner === undefined ? undefined : !inner;
  }

  #learn({ mask, holds }: Literal): void {
    if (this.known(mask) !== undefined) return;
    this.#layers.at(-1)!.known.set(mask, holds);
    learn(this.#graph, mask, holds, this.#layers);
    const { op, args } = this.#graph.nodes[mask]!;
    const [a, b] = args as [NodeId, NodeId];
    if (op === "not") this.#learn({ mask: a, holds: !holds });
    if (op === "and" || op === "or" || op === "andnot") {
      // As a conjunction that holds, or does not: a ∧ b, ¬(¬a ∧ ¬b), a ∧ ¬b.
      const negated = op === "or";
      const both = [
        { mask: a, holds: !negated },
        { mask: b, holds: op === "and" },
      ] as const;
      if (holds !== negated) for (const literal of both) this.#learn(literal);
      else this.#either(opposite(both[0]), opposite(both[1]));
    }
    // Where one of two does not hold, the other does.
    for (const { clauses } of this.#layers) {
      for (const clause of clauses.get(mask) ?? []) if (clause.one.holds !== holds) this.#learn(clause.other);
    }
  }

  #either(one: Literal, other: Literal): void {
    const { clauses } = this.#layers.at(-1)!;
    for (const clause of [
      { one, other },
      { one: other, other: one },
    ]) {
      const { mask, holds } = clause.one;
      if (this.known(mask) === !holds) this.#learn(clause.other);
      const list = clauses.get(mask);
      if (list) list.push(clause);
      else clauses.set(mask, [clause]);
    }
  }
}

const opposite = ({ mask, holds }: Literal): Literal => ({ mask, holds: !holds });
