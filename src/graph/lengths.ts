import type { Graph, NodeId } from "./node.ts";

/** Sums of sizes beyond the one or below the other are scaled by 2^-600 or 2^600, so that all squares that count are normal. */
const great = 2 ** 500;
const small = 2 ** -500;
const up = 2 ** 600;
/** 2^27 + 1: splits a number into halves whose products are exact (Veltkamp). */
const splitter = 134217729;

/** What a + b = sum lost (Knuth). */
export function sumTail({ apply }: Graph, a: NodeId, b: NodeId, sum: NodeId): NodeId {
  const back = apply("sub", sum, a);
  return apply("add", apply("sub", a, apply("sub", sum, back)), apply("sub", b, back));
}

/**
 * The length of a vector of three or more sides by one root: the sum of the squares, each exact as a sum of two, carries
 * its own tail (Knuth). At most 0.9 ulp, without over- or underflow on the way. Infinity wins over NaN.
 */
export function lengthOf(graph: Graph, sides: readonly NodeId[]): NodeId {
  const { apply, constant } = graph;
  const total = (terms: readonly NodeId[]) => terms.reduce((a, b) => apply("add", a, b));
  const sizes = sides.map((side) => apply("abs", side));
  const size = total(sizes);
  const [isSmall, isGreat] = [apply("lt", size, constant(small)), apply("gt", size, constant(great))];
  const scaleBy = (whereSmall: number) =>
    apply("select", isSmall, constant(whereSmall), apply("select", isGreat, constant(1 / whereSmall), constant(1)));
  const scale = scaleBy(up);

  let sum: NodeId | undefined;
  const rests: NodeId[] = [];
  for (const side of sizes) {
    const x = apply("mul", side, scale);
    const split = apply("mul", x, constant(splitter));
    const high = apply("sub", split, apply("sub", split, x));
    const square = apply("mul", high, high);
    rests.push(apply("mul", apply("sub", x, high), apply("add", x, high)));
    if (sum === undefined) sum = square;
    else {
      const next: NodeId = apply("add", sum, square);
      rests.push(sumTail(graph, sum, square, next));
      sum = next;
    }
  }
  const root = apply("sqrt", apply("add", sum!, total(rests)));
  const isInfinite = sizes.map((side) => apply("eq", side, constant(Number.POSITIVE_INFINITY))).reduce((a, b) => apply("or", a, b));
  return apply("select", isInfinite, constant(Number.POSITIVE_INFINITY), apply("mul", root, scaleBy(1 / up)));
}
