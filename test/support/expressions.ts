import { createGraph, type Graph, type NodeId } from "../../src/graph/graph.ts";
import { type OperationName, operations } from "../../src/graph/operations.ts";

type Builders = { readonly [op in Exclude<OperationName, "gather">]: (...args: (NodeId | Literal)[]) => NodeId };

/** A number that stands for a constant among node ids. */
export interface Literal {
  readonly literal: number;
}
export const k = (literal: number): Literal => ({ literal });

type Gather = (table: readonly number[], index: NodeId | Literal) => NodeId;

/** A graph with a function for each operation, so that functions can be written down as expressions. */
export type Expressions = Builders & {
  readonly graph: Graph;
  readonly gather: Gather;
  inputs(count: number): NodeId[];
  constant(value: number): NodeId;
};

export function expressions(graph: Graph = createGraph()): Expressions {
  const nodeOf = (arg: NodeId | Literal) => (typeof arg === "number" ? arg : graph.constant(arg.literal));
  const builders = Object.fromEntries(
    Object.keys(operations).map((op) => [op, (...args: (NodeId | Literal)[]) => graph.apply(op as OperationName, ...args.map(nodeOf))]),
  ) as Builders;
  return {
    ...builders,
    graph,
    gather: (table, index) => graph.gather(graph.table(table), nodeOf(index)),
    constant: graph.constant,
    inputs: (count) => Array.from({ length: count }, (_, leaf) => graph.input(leaf)),
  };
}
