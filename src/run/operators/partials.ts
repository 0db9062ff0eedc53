import { accumulateJacobian } from "../../derive/jacobian.ts";
import { mapLeaves, object, slotsOf, type Tree } from "../../graph/tree.ts";
import type { Trace } from "../../trace/trace.ts";
import { collectOutputs, type Derived } from "../operator.ts";
import { derivativeTree } from "../tree.ts";

/** `{ value, [name]: … }`: for every number of the result, the tree of the chosen arguments with its partials. */
export function withPartials({ graph, result }: Trace, name: string, chosen: Tree): Derived {
  const outputs = collectOutputs();
  const value = mapLeaves(result, outputs.add);
  const leaves = [...new Set(slotsOf(chosen))];
  const { rows, ...report } = accumulateJacobian(
    graph,
    [...outputs.nodes],
    leaves.map((leaf) => graph.input(leaf)),
  );
  const partials = (output: number) => mapLeaves(chosen, (leaf) => outputs.add(rows[output][leaves.indexOf(leaf)]));
  const derivatives = derivativeTree(value, partials);
  const parts = [["value", value] as const, ...(derivatives ? [[name, derivatives] as const] : [])];
  return { graph, outputs: outputs.nodes, result: object(parts), report };
}
