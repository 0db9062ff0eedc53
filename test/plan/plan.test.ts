import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import { pushforward } from "../../src/derive/pushforward.ts";
import { type Graph, isKernelNode, type NodeId } from "../../src/graph/graph.ts";
import { liveNodes } from "../../src/graph/live.ts";
import { planDuals } from "../../src/plan/duals.ts";
import { lower } from "../../src/plan/lower.ts";
import { placeByKernels } from "../../src/plan/place.ts";
import { type Plan, planGraph, planOneByOne } from "../../src/plan/plan.ts";
import { splitByPoint } from "../../src/plan/scalars.ts";
import { expressions, k } from "../support/expressions.ts";
import { randomGraph } from "../support/random-graph.ts";
import { simulate, writesOf } from "../support/simulate.ts";
import { workloads } from "../support/workloads.ts";

interface Planned {
  readonly graph: Graph;
  readonly outputs: readonly NodeId[];
  readonly leaves: readonly NodeId[];
}

const examples: [string, Planned][] = [
  ...workloads.map((workload): [string, Planned] => {
    const e = expressions();
    const leaves = e.inputs(workload.leaves);
    const values = workload.build(e, leaves);
    return [
      workload.name,
      { graph: e.graph, leaves, outputs: lower(e.graph, [...values, ...accumulateJacobian(e.graph, values, leaves).rows.flat()]) },
    ];
  }),
  ...[10, 40, 150, 600, 3000].map((size): [string, Planned] => {
    const { e, leaves, outputs } = randomGraph(size, size);
    return [`random graph of ${size}`, { graph: e.graph, leaves, outputs: lower(e.graph, outputs) }];
  }),
];

const sharings = (leafCount: number) =>
  [[], [0], [leafCount - 1, 0]].map((set) => Array.from({ length: leafCount }, (_, leaf) => set.includes(leaf)));

describe.each(examples)("%s", (_, { graph, outputs, leaves }) => {
  describe.each(sharings(leaves.length))("with shared leaves %s %s", (...shared) => {
    const split = splitByPoint(graph, outputs, shared);
    const plan = planGraph(graph, split.columns, split.isScalar);

    /** Live nodes that differ from point to point. */
    const varying = () => {
      const needed = new Set<NodeId>();
      const visit = (id: NodeId) => {
        if (needed.has(id) || graph.nodes[id]!.op === "input" || graph.valueOf(id) !== undefined || split.isScalar(id)) return;
        needed.add(id);
        graph.nodes[id]!.args.forEach(visit);
      };
      split.columns.forEach(visit);
      return [...needed].sort((a, b) => a - b);
    };

    test("every node that varies is computed once, operands first", () => {
      expect(simulate(plan)).toEqual([]);
      const computed = plan.steps.flatMap(writesOf);
      expect([...computed].sort((a, b) => a - b)).toEqual(varying());
    });

    test("one by one, every step is one operation or call, and everything has a column", () => {
      const single = planOneByOne(graph, split.columns, split.isScalar);
      expect(simulate(single)).toEqual([]);
      expect(single.steps.every((step) => step.kind === "kernel" || step.nodes.length === 1)).toBe(true);
      for (const id of single.steps.flatMap(writesOf)) expect(single.places.has(id)).toBe(true);
      expect(single.steps.flatMap(writesOf).sort((a, b) => a - b)).toEqual(plan.steps.flatMap(writesOf).sort((a, b) => a - b));
    });

    test("segments hold arithmetic alone, and are no longer than engines like", () => {
      for (const step of plan.steps) {
        if (step.kind !== "segment") continue;
        expect(step.nodes.length).toBeLessThanOrEqual(500);
        expect(step.nodes.some((id) => isKernelNode(graph, id))).toBe(false);
      }
    });

    test("inputs are the leaves that some step reads as a column", () => {
      const reads = new Set(
        plan.steps.flatMap((step) => (step.kind === "kernel" ? step.args : step.nodes.flatMap((id) => graph.nodes[id]!.args))),
      );
      const wanted = [...reads].filter((id) => graph.nodes[id]!.op === "input" && !shared[graph.nodes[id]!.value]);
      expect(new Set(plan.inputs)).toEqual(new Set(wanted));
    });
  });
});

describe("plans of dual arithmetic", () => {
  test.each(workloads)("$name: operands first, scratch never overlaps", (workload) => {
    const e = expressions();
    const all = e.inputs(2 * workload.leaves);
    const leaves = all.slice(0, workload.leaves);
    const values = workload.build(e, leaves);
    const { tangents, duals } = pushforward(e.graph, values, new Map(leaves.map((leaf, index) => [leaf, all[workload.leaves + index]!])));
    const outputs = lower(e.graph, [...values, ...tangents.map((tangent) => tangent ?? e.constant(0))]);
    const live = new Set(liveNodes(e.graph, outputs));
    const used = new Map(
      [...duals].filter(([, dual]) => [dual.tangent, ...dual.operandTangents].every((id) => id === undefined || live.has(id))),
    );
    for (const shared of sharings(all.length)) {
      const split = splitByPoint(e.graph, outputs, shared);
      const plan = planDuals(e.graph, split.columns, split.isScalar, used);
      expect(simulate(plan).filter((fault) => !fault.includes("for nothing"))).toEqual([]);
      if (!shared[0]) expect(plan.steps.some((step) => step.kind === "kernel" && step.name.endsWith("Dual"))).toBe(true);
    }
  });
});

describe("phases", () => {
  test("kernels come as early as their arguments allow, arithmetic as late as its users allow", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [NodeId, NodeId];
    const early = e.mul(x, y);
    const first = e.exp(early);
    const between = e.add(first, k(1));
    const second = e.log(between);
    const late = e.add(e.mul(y, y), second);
    const other = e.sin(x);
    const result = e.mul(late, other);
    const phases = placeByKernels(e.graph, [early, first, between, second, e.mul(y, y), late, other, result], new Map());
    expect(phases.map(({ arithmetic, kernels }) => [arithmetic, kernels])).toEqual([
      [[early], [first, other]],
      [[between], [second]],
      [[e.mul(y, y), late, result], []],
    ]);
  });

  test("sine and cosine of one argument are one call", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [NodeId, NodeId];
    const plan = planGraph(e.graph, [e.mul(e.sin(x), e.cos(x)), e.sin(y)], () => false);
    const names = plan.steps.flatMap((step) => (step.kind === "kernel" ? [step.name] : []));
    expect(names.sort()).toEqual(["sinBlock", "sincosBlock"]);
    const pair = plan.steps.find((step) => step.kind === "kernel" && step.name === "sincosBlock");
    expect(pair).toMatchObject({ results: [e.sin(x), e.cos(x)], args: [x] });
  });
});

describe("what is the same for every point", () => {
  const e = expressions();
  const [a, b, x] = e.inputs(3) as [NodeId, NodeId, NodeId];
  const shared = [true, true, false];
  const scalar = e.exp(e.mul(a, b));
  const mask = e.lt(a, b);
  const outputs = [e.mul(x, scalar), scalar, e.constant(3), a, x, e.select(mask, x, e.neg(x)), e.mul(x, scalar), e.pow(x, scalar)];
  const split = splitByPoint(e.graph, outputs, shared);
  const plan: Plan = planGraph(e.graph, split.columns, split.isScalar);

  test("is no column", () => {
    expect(split.columns).toEqual([outputs[0], outputs[5], outputs[7]]);
    expect(split.scalarOutputs).toEqual([scalar, e.constant(3), a]);
    expect(split.sources).toEqual([
      { kind: "column", column: 0 },
      { kind: "scalar", scalar: 0 },
      { kind: "scalar", scalar: 1 },
      { kind: "scalar", scalar: 2 },
      { kind: "input", leaf: 2 },
      { kind: "column", column: 1 },
      { kind: "column", column: 0 },
      { kind: "column", column: 2 },
    ]);
  });

  test("is read by the loop as a scalar, and filled where a kernel reads it", () => {
    expect(new Set(plan.scalars)).toEqual(new Set([scalar, a, b]));
    expect(plan.fills).toEqual([scalar]);
    expect(plan.steps.flatMap(writesOf)).not.toContain(scalar);
  });

  test("but a mask is computed in the loop", () => {
    expect(plan.steps.flatMap(writesOf)).toContain(mask);
  });

  test("inner nodes of what is shared are no scalars of the loop", () => {
    expect(plan.scalars).not.toContain(e.mul(a, b));
  });
});

describe("lowering", () => {
  test("max and min of three or more become pairs", () => {
    const e = expressions();
    const leaves = e.inputs(4);
    const [most, least] = lower(e.graph, [e.max(...leaves), e.exp(e.min(...leaves.slice(1)))]);
    for (const id of liveNodes(e.graph, [most!, least!])) expect(e.graph.nodes[id]!.args.length).toBeLessThanOrEqual(2);
    expect(e.graph.nodes[least!]!.op).toBe("exp");
  });
});
