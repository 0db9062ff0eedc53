import { copyNodes } from "../graph/copy.ts";
import { createGraph, type Graph, type NodeId } from "../graph/graph.ts";
import { pruneLoops } from "../graph/prune.ts";
import { array, kept, leaf, mapLeaves, object, slotsOf, type Tree } from "../graph/tree.ts";
import type { Failure } from "./failures.ts";
import { describe } from "./source/source.ts";
import type { Tracer } from "./state/tracer.ts";
import { instanceOf } from "./syntax/prototypes.ts";
import { Argument } from "./values/arguments.ts";
import { ArrayValue } from "./values/arrays.ts";
import { type FunctionValue, isFunctionValue } from "./values/functions.ts";
import { isNumeric, merge, narrow } from "./values/merge.ts";
import { CollectionValue, ObjectValue } from "./values/objects.ts";
import { Accessor, absent, Either, isSymbol, TracedBoolean, TracedText, type Value } from "./values/values.ts";

const deepest = 200;

/** The tree of what the function gave: its slots are nodes; strings, null, undefined and known booleans are kept. */
export function resultOf(tracer: Tracer, given: Value, depth = 0): Tree {
  const value = narrow(tracer, given);
  if (depth > deepest) tracer.fail("result", "The result is nested too deeply, or contains itself.", "Return numbers, arrays and objects.");
  if (depth === 0 && value === undefined) {
    tracer.fail("result", "The function returns nothing.", "Return what it computes, and what it writes into an argument, too.");
  }
  const treeOf = (part: Value) => resultOf(tracer, part, depth + 1);
  if (value instanceof Argument)
    return value.missing ? kept(undefined) : resultOf(tracer, tracer.arguments.settle(value, undefined), depth);
  if (isNumeric(value)) return leaf(tracer.nodeOf(value));
  if (value instanceof ArrayValue) return array(Array.from(value.elements, treeOf));
  if (value instanceof ObjectValue) return object(membersOf(tracer, value).map(([key, member]) => [key, treeOf(member)]));
  if (value instanceof Either) return treeOf(mergeTrees(tracer, value, depth));
  if (value instanceof TracedBoolean) {
    tracer.fail("result-on-data", "The result has a boolean that depends on the data.", "Return a number: condition ? 1 : 0.");
  }
  const refuse = (what: string) =>
    tracer.fail("result", `The result has ${what} in it.`, "Return numbers, arrays, objects, strings, booleans and null.");
  if (isFunctionValue(value)) return refuse(`the function ${value.name}`);
  if (value instanceof CollectionValue) return refuse(`a ${value.name}`);
  if (typeof value === "string" && isSymbol(value)) return refuse("a symbol");
  if (value instanceof TracedText) return value.refuse();
  return kept(value);
}

/** Methods are no part of a result. */
const membersOf = (tracer: Tracer, object: ObjectValue): [string, Value][] =>
  object.keys().flatMap((key): [string, Value][] => {
    const slot = object.read(key);
    if (slot instanceof Accessor) return [[key, tracer.call(slot.get, [], object, (slot.get as FunctionValue).node)]];
    return slot === absent || isFunctionValue(slot) ? [] : [[key, slot]];
  });

/** An error that is returned, not thrown, stands for no result, too. */
const isNothing = (tracer: Tracer, value: Value) =>
  value === undefined || value === null || value === false || instanceOf(tracer, value, tracer.global("Error"), tracer.site!) === true;

/** What stands for nothing beside `value`: the same tree without numbers. */
function blank(tracer: Tracer, value: Value, depth: number): Value {
  if (depth > deepest) return value;
  if (isNumeric(value)) return Number.NaN;
  if (value instanceof ArrayValue) return tracer.array(Array.from(value.elements, (element) => blank(tracer, element, depth + 1)));
  if (value instanceof Either || (value instanceof Argument && !value.missing))
    return blank(tracer, flatten(tracer, value, depth), depth + 1);
  if (!(value instanceof ObjectValue)) return value;
  return tracer.object(new Map(membersOf(tracer, value).map(([key, member]) => [key, blank(tracer, member, depth + 1)])));
}

/** Two trees of one form, merged leaf by leaf; where there is nothing, numbers are NaN. */
function mergeTrees(tracer: Tracer, either: Either, depth: number): Value {
  const { mask } = either;
  const sides = tracer.onSides(either, (side) => {
    const tree = flatten(tracer, side, depth);
    return tree instanceof ArrayValue ? tracer.array([...tree.elements]) : tree;
  });
  const [a, b] = sides.map((side, i) => (isNothing(tracer, side) ? blank(tracer, sides[1 - i]!, depth) : side)) as [Value, Value];
  if (a instanceof ArrayValue && b instanceof ArrayValue && a.elements.length === b.elements.length) {
    return tracer.array(Array.from(a.elements, (element, i) => merge(tracer, mask, element, b.elements[i])));
  }
  if (a instanceof ObjectValue && b instanceof ObjectValue) {
    const [members, others] = [new Map(membersOf(tracer, a)), new Map(membersOf(tracer, b))];
    const keys = new Set([...members.keys(), ...others.keys()]);
    return tracer.object(new Map([...keys].map((key) => [key, merge(tracer, mask, members.get(key), others.get(key))])));
  }
  const merged = merge(tracer, mask, a, b);
  if (!(merged instanceof Either)) return merged;
  const sentence = `The result is ${nameOf(a)} on some points and ${nameOf(b)} on others.`;
  return tracer.fail("result-on-data", sentence, "Return the same kind of value everywhere.");
}

function flatten(tracer: Tracer, value: Value, depth: number): Value {
  if (value instanceof Either) return mergeTrees(tracer, value, depth + 1);
  return tracer.arguments.settled(value, undefined);
}

function nameOf(value: Value): string {
  if (isNumeric(value)) return "a number";
  if (value instanceof ArrayValue) return `an array of ${value.elements.length}`;
  if (value instanceof ObjectValue) return `an object of { ${value.keys().join(", ")} }`;
  if (value instanceof TracedText) return "text";
  return value instanceof TracedBoolean ? "a boolean" : isFunctionValue(value) ? "a function" : describe(value);
}

/** A graph of only what the result and the failures need, with the leaves numbered as `leafOf` says. */
export function compact(
  graph: Graph,
  leafOf: ReadonlyMap<NodeId, number>,
  tree: Tree,
  failures: readonly Failure[],
): { graph: Graph; result: Tree; failures: readonly Failure[] } {
  const compacted = createGraph();
  const nodes = [...slotsOf(tree), ...failures.map(({ mask }) => mask)];
  const pruned = pruneLoops(graph, nodes);
  const moved = copyNodes(graph, compacted, pruned, (id) => leafOf.get(id)!);
  const images = new Map(nodes.map((node, index) => [node, moved(pruned[index]!)]));
  const moveMask = (failure: Failure) => ({ ...failure, mask: images.get(failure.mask)! });
  return { graph: compacted, result: mapLeaves(tree, (node) => leaf(images.get(node)!)), failures: failures.map(moveMask) };
}
