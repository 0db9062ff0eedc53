import type { Graph, NodeId } from "../graph/graph.ts";

interface Literal {
  readonly mask: NodeId;
  readonly holds: boolean;
}

interface Layer {
  readonly known: Map<NodeId, boolean>;
  /** At least one of the two holds. */
  readonly clauses: (readonly [Literal, Literal])[];
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
    this.#layers.push({ known: new Map(), clauses: [] });
    this.#learn({ mask, holds: true });
    this.#propagate();
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
    if (op !== "not" || this.#layers.length === 0) return undefined;
    const inner = this.known(args[0]!);
    return inner === undefined ? undefined : !inner;
  }

  #learn({ mask, holds }: Literal): void {
    if (this.known(mask) !== undefined) return;
    const { known, clauses } = this.#layers.at(-1)!;
    known.set(mask, holds);
    const { op, args } = this.#graph.nodes[mask]!;
    const [a, b] = args as [NodeId, NodeId];
    if (op === "not") this.#learn({ mask: a, holds: !holds });
    if (op !== "and" && op !== "or" && op !== "andnot") return;
    // As a conjunction that holds, or does not: a ∧ b, ¬(¬a ∧ ¬b), a ∧ ¬b.
    const negated = op === "or";
    const both = [{ mask: a, holds: !negated }, { mask: b, holds: op === "and" }] as const;
    if (holds !== negated) for (const literal of both) this.#learn(literal);
    else clauses.push([opposite(both[0]), opposite(both[1])]);
  }

  /** Where one of two does not hold, the other does. */
  #propagate(): void {
    for (let learned = true; learned; ) {
      learned = false;
      for (const { clauses } of this.#layers) {
        for (const [one, other] of clauses) {
          for (const [failing, left] of [[one, other], [other, one]] as const) {
            if (this.known(failing.mask) !== !failing.holds || this.known(left.mask) !== undefined) continue;
            this.#learn(left);
            learned = true;
          }
        }
      }
    }
  }
}

const opposite = ({ mask, holds }: Literal): Literal => ({ mask, holds: !holds });
