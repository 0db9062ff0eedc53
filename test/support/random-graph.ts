import type { NodeId } from "../../src/graph/graph.ts";
import { type Expressions, expressions, k } from "./expressions.ts";
import { seeded } from "./workloads.ts";

const unary = ["neg", "abs", "sqrt", "exp", "sin", "cos", "log", "tanh", "floor", "cbrt"] as const;
const binary = ["add", "sub", "mul", "div", "max", "min", "pow", "atan2", "hypot"] as const;
const comparisons = ["lt", "gt", "le", "ge", "eq", "ne"] as const;

/** A graph of about `size` operations over `leafCount` leaves, with shared subexpressions, and some of its nodes as outputs. */
export function randomGraph(seed: number, size: number, leafCount = 3): { e: Expressions; leaves: NodeId[]; outputs: NodeId[] } {
  const random = seeded(seed);
  const e = expressions();
  const leaves = e.inputs(leafCount);
  const numbers = [...leaves, ...[0, -0, 1, 2, -1, 0.5, 3, 1e-3].map(e.constant)];
  // recent nodes more often, so that chains grow
  const pick = () => numbers[Math.floor(numbers.length * (1 - random() ** 2 * 0.999))] ?? numbers[0]!;
  const any = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const tables = [3, 8, 8, 40].map((length) =>
    Array.from({ length }, () => [random() * 4 - 2, Math.floor(random() * length), -0][Math.floor(random() * 2.1)]!),
  );
  // mostly whole and within the table
  const indexOf = (id: NodeId) => (random() < 0.2 ? id : e.bitAnd(id, k([1, 3, 7, 15][Math.floor(random() * 4)]!)));
  while (numbers.length < size + leafCount + 8) {
    const kind = random();
    if (kind < 0.06) numbers.push(e.gather(tables[Math.floor(random() * tables.length)]!, indexOf(pick())));
    else if (kind < 0.3) numbers.push(e[any(unary)](pick()));
    else if (kind < 0.85) numbers.push(e[any(binary)](pick(), pick()));
    else numbers.push(e.select(e[any(comparisons)](pick(), pick()), pick(), pick()));
  }
  const outputs = Array.from({ length: 3 }, pick);
  return { e, leaves, outputs: [sumOfUnused(e), ...outputs] };
}

/** A sum over what nothing else uses, as far as it is finite and not huge, so that every node is live and few results are NaN. */
function sumOfUnused(e: Expressions): NodeId {
  const { nodes } = e.graph;
  const used = new Set(nodes.flatMap(({ args }) => args));
  const unused = nodes.flatMap(({ op }, id) => (used.has(id) || e.graph.isMask(id) || op === "constant" ? [] : [id]));
  const bounded = unused.map((id) => e.select(e.lt(e.abs(id), k(1e6)), id, k(0)));
  return bounded.reduce((a, b) => e.add(a, b), e.constant(0));
}
