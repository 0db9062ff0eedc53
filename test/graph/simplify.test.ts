import { describe, expect, test } from "vitest";
import type { NodeId } from "../../src/graph/graph.ts";
import { type OperationName, operations } from "../../src/graph/operations.ts";
import { useSpecial } from "../../src/wasm/special.ts";
import { awkward, bitsOf } from "../support/bits.ts";
import { evaluateOperation, type Lane, laneReader } from "../support/evaluate-graph.ts";
import { type Expressions, expressions, k } from "../support/expressions.ts";
import { seeded } from "../support/workloads.ts";

useSpecial();

const random = seeded(3);
const ordinary = Array.from({ length: 20 }, () => (random() - 0.5) * 8);
const points = [...awkward.flatMap((x) => awkward.map((y) => [x, y])), ...ordinary.map((x, index) => [x, ordinary[(index * 7) % 20]!])];

/** Numbers and masks of the shapes that simplifications look for. */
function operandsOf(e: Expressions) {
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const constants = [...awkward, 256 * (1 + 2 ** -52), 2 ** 40 * (1 - 2 ** -53), 2 ** 1023, 2 ** -1021, -4].map(e.constant);
  const masks = [e.lt(x, y), e.not(e.lt(x, y)), e.eq(x, y), e.not(e.eq(x, y)), e.graph.mask(true), e.graph.mask(false)];
  const numbers = [
    x,
    y,
    e.neg(x),
    e.neg(y),
    e.abs(x),
    e.mul(x, x),
    e.mul(y, y),
    e.exp(y),
    e.add(e.abs(x), e.mul(y, y)),
    e.max(x, k(0)),
    e.sub(x, y),
  ];
  return { numbers: [...numbers, e.and(x, masks[0]!)], constants, masks };
}

const same = (a: Lane, b: Lane) => (typeof a === "number" && typeof b === "number" ? bitsOf(a) === bitsOf(b) : a === b);

/** Operand lists of an operation; those of constants alone are folded, which is tested apart. */
function operandLists(e: Expressions, op: OperationName): NodeId[][] {
  const { numbers, constants, masks } = operandsOf(e);
  const { arity, gives, maskOperands = 0 } = operations[op];
  const any = [...numbers, ...constants];
  if (op === "select")
    return masks.flatMap((m) => numbers.slice(0, 4).flatMap((a) => [...numbers.slice(0, 4), constants[0]!].map((b) => [m, a, b])));
  if (op === "not") return masks.map((m) => [m]);
  if (op === "and" || op === "andnot") return [...masks, ...any].flatMap((a) => masks.map((m) => [a, m]));
  if (gives === "bits") return masks.flatMap((a) => masks.map((b) => [a, b]));
  if (maskOperands) throw new Error(`no operands for ${op}`);
  if (arity === 1) return any.map((a) => [a]);
  return numbers.flatMap((a) => [
    ...numbers.map((b) => [a, b]),
    ...constants.flatMap((b) => [
      [a, b],
      [b, a],
    ]),
  ]);
}

describe("every simplification leaves the bits as they are", () => {
  const lanes = Object.keys(operations).filter((op) => operations[op as OperationName].form === "lane") as OperationName[];

  test.each(lanes)("%s", (op) => {
    const e = expressions();
    const lists = operandLists(e, op);
    const results = lists.map((args) => e.graph.apply(op, ...args));
    const rewritten = [...lists.keys()].filter((index) => results[index] !== e.graph.raw(op, lists[index]!));
    for (const point of points) {
      const read = laneReader(e.graph, point);
      for (const index of rewritten) {
        const operands = lists[index]!.map(read);
        const expected = evaluateOperation(op, operands);
        const actual = read(results[index]!);
        if (same(expected, actual)) continue;
        expect.unreachable(`${op}(${operands.map(String)}) at ${point.map(String)}: ${String(expected)} became ${String(actual)}`);
      }
    }
  });
});

describe("what is known to be non-negative is never negative and never −0", () => {
  test.each(Object.keys(operations) as OperationName[])("%s", (op) => {
    const e = expressions();
    const { arity, form } = operations[op];
    const lists = form === "kernel" ? kernelOperands(e, arity) : operandLists(e, op);
    const claimed = lists.map((args) => e.graph.raw(op, args)).filter((id) => e.graph.isNonNegative(id));
    for (const point of points.filter((_, index) => form === "lane" || index % 5 === 0)) {
      const read = laneReader(e.graph, point);
      for (const id of claimed) {
        const value = read(id) as number;
        if (value < 0 || Object.is(value, -0))
          expect.unreachable(`${op} gives ${Object.is(value, -0) ? "-0" : value} at ${point.map(String)}`);
      }
    }
  });
});

function kernelOperands(e: Expressions, arity: number): NodeId[][] {
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const some = [x, e.abs(x), e.mul(y, y), e.neg(e.abs(x)), e.constant(0), e.constant(-0), e.constant(2), e.constant(-3)];
  return arity === 1 ? some.map((a) => [a]) : some.flatMap((a) => [...some, y].map((b) => [a, b]));
}

describe("what is not simplified", () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const cases: [string, NodeId, OperationName][] = [
    ["0 − x", e.sub(k(0), x), "sub"],
    ["x + 0", e.add(x, k(0)), "add"],
    ["0 + x", e.add(k(0), x), "add"],
    ["x − (−0)", e.sub(x, k(-0)), "sub"],
    ["x · 0", e.mul(x, k(0)), "mul"],
    ["x − x", e.sub(x, x), "sub"],
    ["x / x", e.div(x, x), "div"],
    ["0 / x", e.div(k(0), x), "div"],
    ["x / 3", e.div(x, k(3)), "div"],
    ["x / 2^1023", e.div(x, k(2 ** 1023)), "div"],
    ["x / 256.00000000000006", e.div(x, k(256 * (1 + 2 ** -52))), "div"],
    ["(x + y) − y", e.sub(e.add(x, y), y), "sub"],
    ["(x · 3) · 5", e.mul(e.mul(x, k(3)), k(5)), "mul"],
    ["−(x − y)", e.neg(e.sub(x, y)), "neg"],
    ["√(x · x)", e.sqrt(e.mul(x, x)), "sqrt"],
    ["x === x", e.eq(x, x), "eq"],
    ["max(x, −Infinity)", e.max(x, k(-Infinity)), "max"],
  ];
  test.each(cases)("%s", (_, id, op) => expect(e.graph.nodes[id]!.op).toBe(op));
});

describe("what is", () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const cases: [string, NodeId, NodeId][] = [
    ["x · 1", e.mul(k(1), x), x],
    ["x · −1", e.mul(x, k(-1)), e.neg(x)],
    ["x / 1", e.div(x, k(1)), x],
    ["x / −8", e.div(x, k(-8)), e.mul(x, k(-0.125))],
    ["x · 2", e.mul(x, k(2)), e.add(x, x)],
    ["x + (−0)", e.add(x, k(-0)), x],
    ["x − 0", e.sub(x, k(0)), x],
    ["x + (−y)", e.add(x, e.neg(y)), e.sub(x, y)],
    ["x − (−y)", e.sub(x, e.neg(y)), e.add(x, y)],
    ["(−x)(−y)", e.mul(e.neg(x), e.neg(y)), e.mul(x, y)],
    ["(−x)y", e.mul(e.neg(x), y), e.neg(e.mul(x, y))],
    ["−(−x)", e.neg(e.neg(x)), x],
    ["x² + 0", e.add(e.mul(x, x), k(0)), e.mul(x, x)],
    ["|x²|", e.abs(e.mul(x, x)), e.mul(x, x)],
    ["x² < 0", e.lt(e.mul(x, x), k(0)), e.graph.mask(false)],
    ["max(x, x)", e.max(x, x), x],
    ["max(x, y, x)", e.max(x, y, x), e.max(x, y)],
  ];
  test.each(cases)("%s", (_, id, expected) => expect(id).toBe(expected));
});
