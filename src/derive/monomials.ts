import type { Graph, NodeId } from "../graph/graph.ts";
import { liveNodes } from "../graph/live.ts";
import { rewrite, useCounts } from "../graph/rewrite.ts";

/** A product as coefficient · Π factor^power. */
interface Monomial {
  readonly coefficient: number;
  readonly powers: ReadonlyMap<NodeId, number>;
  /** One bit a factor, by its number: most products are told apart by it. */
  readonly factorBits: number;
}

/** One rewrite a round; more rounds than this have not been seen to pay. */
const maxRounds = 20;
/** Pairs of products compared a round; beyond it the search costs more than it can save. */
const maxProducts = 400;

/** A product whose factors contain those of another product that exists anyway is built on that one. */
export function shareProducts(graph: Graph, outputs: readonly NodeId[], frozen: ReadonlySet<NodeId>): NodeId[] {
  let result = [...outputs];
  for (let round = 0; round < maxRounds; round++) {
    const next = shareOne(graph, result, frozen);
    if (!next) break;
    result = next;
  }
  return result;
}

interface Sharing {
  readonly product: NodeId;
  readonly part: NodeId;
  readonly rest: ReadonlyMap<NodeId, number>;
  readonly coefficient: number;
  readonly gain: number;
}

function shareOne(graph: Graph, outputs: readonly NodeId[], frozen: ReadonlySet<NodeId>): NodeId[] | undefined {
  const monomialOf = monomials(graph);
  const uses = useCounts(graph, outputs);
  const products = liveNodes(graph, outputs).filter((id) => graph.nodes[id]!.op === "mul" && monomialOf(id).powers.size > 0);
  if (products.length > maxProducts) return undefined;

  let best: Sharing | undefined;
  for (const product of products) {
    if (frozen.has(product) || monomialOf(product).powers.size < 2) continue;
    const dying = productsUsedOnlyBy(graph, product, uses, frozen);
    // A product of two factors can't be built with less than the one multiplication that it takes.
    if (dying.size < 2) continue;
    const whole = monomialOf(product);
    for (const part of products) {
      if (part === product || dying.has(part)) continue;
      const sharing = compare(whole, monomialOf(part));
      if (!sharing) continue;
      const gain = dying.size - sharing.multiplications;
      if (gain > (best?.gain ?? 0) && !reaches(graph, part, product)) best = { product, part, ...sharing, gain };
    }
  }
  const found = best;
  if (!found) return undefined;
  return rewrite(graph, outputs, (id, imageOf) => (id === found.product ? build(graph, found, imageOf) : undefined));
}

function monomials(graph: Graph): (id: NodeId) => Monomial {
  const known = new Map<NodeId, Monomial>();
  const monomialOf = (id: NodeId): Monomial => {
    let monomial = known.get(id);
    if (!monomial) {
      const { op, args } = graph.nodes[id]!;
      const value = graph.valueOf(id);
      if (value !== undefined) monomial = { coefficient: value, powers: new Map(), factorBits: 0 };
      else if (op === "neg") monomial = { ...monomialOf(args[0]!), coefficient: -monomialOf(args[0]!).coefficient };
      else if (op === "mul") monomial = multiplied(monomialOf(args[0]!), monomialOf(args[1]!));
      else monomial = { coefficient: 1, powers: new Map([[id, 1]]), factorBits: 1 << (id & 31) };
      known.set(id, monomial);
    }
    return monomial;
  };
  return monomialOf;
}

function multiplied(a: Monomial, b: Monomial): Monomial {
  const powers = new Map(a.powers);
  for (const [factor, power] of b.powers) powers.set(factor, (powers.get(factor) ?? 0) + power);
  return { coefficient: a.coefficient * b.coefficient, powers, factorBits: a.factorBits | b.factorBits };
}

/** What `whole` is beyond `part`, and how many multiplications that takes; `undefined` where it does not divide. */
function compare(whole: Monomial, part: Monomial) {
  if (part.factorBits & ~whole.factorBits) return undefined;
  const rest = new Map(whole.powers);
  for (const [factor, power] of part.powers) {
    const left = (rest.get(factor) ?? 0) - power;
    if (left < 0) return undefined;
    if (left === 0) rest.delete(factor);
    else rest.set(factor, left);
  }
  const coefficient = whole.coefficient / part.coefficient;
  if (coefficient * part.coefficient !== whole.coefficient) return undefined;
  let multiplications = Math.abs(coefficient) === 1 ? 0 : 1;
  for (const power of rest.values()) multiplications += power;
  return { rest, coefficient, multiplications };
}

function build(graph: Graph, { part, rest, coefficient }: Sharing, imageOf: (id: NodeId) => NodeId): NodeId {
  const factors = [...rest].flatMap(([factor, power]) => Array<NodeId>(power).fill(imageOf(factor)));
  const scaled = Math.abs(coefficient) === 1 ? imageOf(part) : graph.apply("mul", graph.constant(coefficient), imageOf(part));
  const product =
    factors.length === 0
      ? scaled
      : graph.apply(
          "mul",
          scaled,
          factors.reduce((a, b) => graph.apply("mul", a, b)),
        );
  return coefficient === -1 ? graph.apply("neg", product) : product;
}

/** The products that are gone when `top` is built otherwise: itself and those that only it uses. */
function productsUsedOnlyBy(graph: Graph, top: NodeId, uses: Uint32Array, frozen: ReadonlySet<NodeId>): Set<NodeId> {
  const gone = new Set<NodeId>();
  const visit = (id: NodeId) => {
    const { op, args } = graph.nodes[id]!;
    if (op !== "mul" && op !== "neg") return;
    if (id !== top && (uses[id] !== 1 || frozen.has(id))) return;
    if (op === "mul") gone.add(id);
    args.forEach(visit);
  };
  visit(top);
  return gone;
}

/** Whether `to` is among the operands of `from`, at any depth. */
function reaches(graph: Graph, from: NodeId, to: NodeId): boolean {
  const seen = new Set<NodeId>();
  const stack = [from];
  while (stack.length > 0) {
    const id = stack.pop()!;
    if (id === to) return true;
    if (id < to || seen.has(id)) continue;
    seen.add(id);
    stack.push(...graph.nodes[id]!.args);
  }
  return false;
}
