import type { Graph, NodeId } from "../graph/graph.ts";
import { type ArrayTree, type Leaf, leaf, type Tree } from "../graph/tree.ts";
import type { Path } from "../trace/values/path.ts";
import type { Report } from "../types.ts";
import type { DualForms, EngineName } from "./engine.ts";
import type { Settings } from "./options.ts";
import type { Traced } from "./traces.ts";

/** A graph with derivatives in it, and the result that is made of them. */
export interface Derived {
  readonly graph: Graph;
  /** The node of every slot of `result`. */
  readonly outputs: readonly NodeId[];
  readonly result: Tree;
  /** A node that is 1 at points on which the function has no result, else 0. */
  readonly failed?: NodeId;
  /** Operations that are dual numbers throughout. */
  readonly duals?: DualForms;
  /** How the derivatives were found. */
  readonly report?: Report;
}

/** An operator applied to a function whose tree is known. */
export interface Applied {
  /** The tree of a call's arguments, the tuple itself being its root; slots are input leaves of the graph. */
  readonly inputs: ArrayTree;
  /** Input leaves from here on are tangents: the number 0 there is structurally zero. */
  readonly tangentsFrom: number;
  /** `isZero` tells of an input leaf whether it is a tangent that is structurally zero. */
  derive(isZero: (leaf: number) => boolean): Derived;
}

/** What differs between gradient, jacobian and the others. */
export interface Operator {
  readonly name: string;
  readonly options: readonly string[];
  readonly batchOptions: readonly string[];
  /** The engine of batches where none is chosen, if not the compiled one. */
  readonly batchEngine?: EngineName;
  /** Where the function's own arguments stand in a call's arguments. */
  readonly argumentsIn: (args: readonly unknown[]) => unknown;
  /** The number, or column, that a leaf of a call's arguments holds. */
  readonly sampleOf: (value: unknown) => unknown;
  /** How an argument is called in messages. */
  readonly nameOf: (path: Path) => string;
  /** @throws EpsilaneError where the operator does not fit the function. */
  apply(traced: Traced, settings: Settings): Applied;
}

/** Collects output nodes: `add` gives the leaf of each. */
export function collectOutputs(): { readonly nodes: NodeId[]; add(node: NodeId): Leaf } {
  const nodes: NodeId[] = [];
  return { nodes, add: (node) => leaf(nodes.push(node) - 1) };
}
