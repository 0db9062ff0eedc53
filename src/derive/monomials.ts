import type { Graph, NodeId } from "../graph/graph.ts";
import { rewrite, useCounts } from "../graph/rewrite.ts";
import { reselect, type Selection } from "./selection.ts";

/** A product as coefficient · Π factor^power. */
interface Monomial {
  readonly coefficient: number;
  readonly powers: ReadonlyMap<NodeId, number>;
  /** The sum of the powers. */
  readonly degree: number;
  /** One bit a factor, by its number: most products are told apart by it. */
  readonly factorBits: number;
}

/** More rounds than this have not been seen to pay. */
const maxRounds = 20;
/** Pairs of products compared a round; beyond it the search costs more than it can save. */
const maxProducts = 400;

/** A product whose factors contain those of another product that exists anyway is built on that one. Costs most of the time of simplifying. */
export function shareProducts(graph: Graph, given: Selection): Selection {
  const monomialOf = monomials(graph);
  let selection = given;
  for (let round = 0; round < maxRounds; round++) {
    const outputs = shareRound(graph, monomialOf, selection);
    if (!outputs) break;
    selection = reselect(graph, selection, outputs);
  }
  return selection;
}

interface Sharing {
  readonly product: NodeId;
  readonly part: NodeId;
  readonly gain: number;
  /** The products that are gone when `product` is built on `part`. */
  readonly dying: ReadonlySet<NodeId>;
}

/** Does what gains most, and what else leaves that as it is. */
function shareRound(
  graph: Graph,
  monomialOf: (id: NodeId) => Monomial,
  { outputs, live, frozen }: Selection,
): readonly NodeId[] | undefined {
  const all = live.filter((id) => graph.nodes[id]!.op === "mul");
  const uses = useCounts(graph, outputs, live);
  // A product of two factors can't be built with less than the one multiplication that it takes.
  const hasParts = (id: NodeId) => !frozen.has(id) && productsUsedOnlyBy(graph, id, uses, frozen).size > 1;
  const wholes = all.filter(hasParts);
  if (wholes.length === 0) return undefined;
  const products = all.filter((id) => monomialOf(id).degree > 0);
  if (products.length > maxProducts) return undefined;
  const factorBits = new Int32Array(products.map((id) => monomialOf(id).factorBits));

  const found: Sharing[] = [];
  wholes.forEach((product) => {
    const whole = monomialOf(product);
    if (whole.powers.size < 2) return;
    const dying = productsUsedOnlyBy(graph, product, uses, frozen);
    let best: Sharing | undefined;
    for (let index = 0; index < products.length; index++) {
      if (factorBits[index]! & ~whole.factorBits) continue;
      const part = products[index]!;
      const gain = dying.size - multiplicationsFrom(monomialOf(part), whole);
      if (gain > (best?.gain ?? 0) && !dying.has(part) && !reaches(graph, part, product)) best = { product, part, gain, dying };
    }
    if (best) found.push(best);
  });
  if (found.length === 0) return undefined;

  const parts = new Map<NodeId, NodeId>();
  const [kept, gone] = [new Set<NodeId>(), new Set<NodeId>()];
  for (const { product, part, dying } of found.sort((a, b) => b.gain - a.gain)) {
    const isApart = part < product && !gone.has(part) && ![...dying].some((id) => gone.has(id) || kept.has(id));
    if (parts.size > 0 && !isApart) continue;
    parts.set(product, part);
    kept.add(part);
    for (const id of dying) gone.add(id);
    // A part behind its product could come to need it, if others changed, too.
    if (part > product) break;
  }
  const change = (id: NodeId, imageOf: (id: NodeId) => NodeId) => {
    const part = parts.get(id);
    return part === undefined ? undefined : build(graph, monomialOf(id), monomialOf(part), imageOf(part), imageOf);
  };
  return rewrite(graph, outputs, change, live);
}

function monomials(graph: Graph): (id: NodeId) => Monomial {
  const known = new Map<NodeId, Monomial>();
  const monomialOf = (id: NodeId): Monomial => {
    let monomial = known.get(id);
    if (!monomial) {
      const { op, args } = graph.nodes[id]!;
      const value = graph.valueOf(id);
      if (value !== undefined) monomial = { coefficient: value, powers: new Map(), degree: 0, factorBits: 0 };
      else if (op === "neg") monomial = { ...monomialOf(args[0]!), coefficient: -monomialOf(args[0]!).coefficient };
      else if (op === "mul") monomial = multiplied(monomialOf(args[0]!), monomialOf(args[1]!));
      else monomial = { coefficient: 1, powers: new Map([[id, 1]]), degree: 1, factorBits: 1 << (id & 31) };
      known.set(id, monomial);
    }
    return monomial;
  };
  return monomialOf;
}

function multiplied(a: Monomial, b: Monomial): Monomial {
  const powers = new Map(a.powers);
  b.powers.forEach((power, factor) => powers.set(factor, (powers.get(factor) ?? 0) + power));
  return { coefficient: a.coefficient * b.coefficient, powers, degree: a.degree + b.degree, factorBits: a.factorBits | b.factorBits };
}

/** How many multiplications make `whole` of `part`; infinitely many where it does not divide. */
function multiplicationsFrom(part: Monomial, whole: Monomial): number {
  if (part.degree > whole.degree) return Number.POSITIVE_INFINITY;
  const coefficient = whole.coefficient / part.coefficient;
  let divides = coefficient * part.coefficient === whole.coefficient;
  part.powers.forEach((power, factor) => {
    divides &&= power <= (whole.powers.get(factor) ?? 0);
  });
  return divides ? whole.degree - part.degree + Number(Math.abs(coefficient) !== 1) : Number.POSITIVE_INFINITY;
}

/** `whole` from the node `image` of its `part`. */
function build(graph: Graph, whole: Monomial, part: Monomial, image: NodeId, imageOf: (id: NodeId) => NodeId): NodeId {
  const { apply, constant } = graph;
  const coefficient = whole.coefficient / part.coefficient;
  const factors = [...whole.powers].flatMap(([factor, power]) =>
    Array<NodeId>(power - (part.powers.get(factor) ?? 0)).fill(imageOf(factor)),
  );
  const scaled = Math.abs(coefficient) === 1 ? image : apply("mul", constant(coefficient), image);
  const rest = factors.length > 0 ? factors.reduce((a, b) => apply("mul", a, b)) : undefined;
  const product = rest === undefined ? scaled : apply("mul", scaled, rest);
  return coefficient === -1 ? apply("neg", product) : product;
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
