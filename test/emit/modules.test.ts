import { describe, expect, test } from "vitest";
import { accumulateJacobian } from "../../src/derive/jacobian.ts";
import { emitBatch, kernelImports } from "../../src/emit/batch.ts";
import { encodeModule } from "../../src/emit/encode.ts";
import { emitPoint } from "../../src/emit/point.ts";
import { laneImports } from "../../src/emit/straight.ts";
import type { Graph, NodeId } from "../../src/graph/graph.ts";
import { liveNodes } from "../../src/graph/live.ts";
import { operations } from "../../src/graph/operations.ts";
import { lower } from "../../src/plan/lower.ts";
import { planGraph } from "../../src/plan/plan.ts";
import { firstDifference } from "../support/bits.ts";
import { disassemble, simdOpcode } from "../support/disassemble.ts";
import { engines, execute, prepare, runColumns, runPoint } from "../support/execute.ts";
import { expressions, k } from "../support/expressions.ts";
import { randomGraph } from "../support/random-graph.ts";
import { seeded, workloads } from "../support/workloads.ts";

const nothingShared = () => false;

function modulesOf(graph: Graph, requested: readonly NodeId[]) {
  const outputs = lower(graph, requested);
  const columns = [...new Set(outputs)].filter((id) => graph.valueOf(id) === undefined && graph.nodes[id]!.op !== "input");
  const plan = planGraph(graph, columns, nothingShared);
  const batchImports = kernelImports(plan);
  const pointImports = laneImports(graph, liveNodes(graph, outputs));
  return {
    plan,
    batch: encodeModule(batchImports, [emitBatch(plan, batchImports)]),
    point: encodeModule(pointImports, [emitPoint(graph, outputs, pointImports)]),
  };
}

const count = (bytes: Uint8Array, opcode: number) =>
  disassemble(bytes).functions[0]!.instructions.filter((instruction) => instruction.opcode === opcode).length;

describe.each(workloads)("$name with its Jacobian", (workload) => {
  const e = expressions();
  const leaves = e.inputs(workload.leaves);
  const values = workload.build(e, leaves);
  const { plan, batch, point } = modulesOf(e.graph, [...values, ...accumulateJacobian(e.graph, values, leaves).rows.flat()]);

  test("validates", () => {
    expect(WebAssembly.validate(batch)).toBe(true);
    expect(WebAssembly.validate(point)).toBe(true);
  });

  test("is SIMD: each planned operation is one vector instruction", () => {
    const planned = plan.steps.flatMap((step) => (step.kind === "segment" ? step.nodes : [])).map((id) => e.graph.nodes[id]!.op);
    for (const op of ["add", "sub", "mul", "div", "sqrt"] as const) {
      expect(count(batch, simdOpcode(operations[op].opcode!)), op).toBe(planned.filter((name) => name === op).length);
    }
    expect(count(batch, simdOpcode(0x00)), "loads of two lanes").toBeGreaterThanOrEqual(workload.leaves - 6);
    expect(count(batch, simdOpcode(0x0b)), "stores of two lanes").toBeGreaterThanOrEqual(plan.columns.length - 12);
  });

  test("sets constants outside its loops", () => {
    let depth = 0;
    const loops: number[] = [];
    for (const { opcode } of disassemble(batch).functions[0]!.instructions) {
      if (opcode >= 0x02 && opcode <= 0x04) loops.push(opcode);
      if (opcode === 0x0b) loops.pop();
      depth = loops.filter((kind) => kind === 0x03).length;
      if (opcode === simdOpcode(0x0c)) expect(depth).toBeLessThanOrEqual(1);
    }
  });

  test("imports what it calls, and nothing else", () => {
    for (const bytes of [batch, point]) {
      const { imports, functions } = disassemble(bytes);
      const called = new Set(functions[0]!.instructions.filter(({ opcode }) => opcode === 0x10).map(({ immediate }) => immediate!));
      expect(imports[0]).toBe("env.memory");
      expect([...called].sort((a, b) => a - b)).toEqual(imports.slice(1).map((_, index) => index));
    }
  });

  test("keeps to few locals", () => {
    const most = Math.max(...plan.steps.map((step) => (step.kind === "segment" ? step.nodes.length : 0)));
    expect(disassemble(batch).functions[0]!.locals).toBeLessThanOrEqual(2 * most + 40 + plan.inputs.length + plan.columns.length);
  });
});

test("a function without kernels imports memory alone", () => {
  const e = expressions();
  const [x, y] = e.inputs(2) as [NodeId, NodeId];
  const { batch, point } = modulesOf(e.graph, [e.add(e.mul(x, y), k(3))]);
  expect(disassemble(batch).imports).toEqual(["env.memory"]);
  expect(disassemble(point).imports).toEqual(["env.memory"]);
});

describe("size", () => {
  test.each([10, 500, 5000])("a random graph of %i operations compiles, and the engines agree", (size) => {
    const { e, leaves, outputs } = randomGraph(size + 1, size);
    const { batch, point } = modulesOf(e.graph, outputs);
    expect(WebAssembly.validate(batch)).toBe(true);
    expect(WebAssembly.validate(point)).toBe(true);
    expect(disassemble(batch).functions[0]!.locals, "V8 stops at 50,000").toBeLessThan(2000);
    const random = seeded(size);
    const columns = leaves.map(() => Float64Array.from({ length: 200 }, () => random() * 6 - 3));
    const [compiled, interpreted] = engines.map((engine) => execute({ graph: e.graph, outputs, engine }, columns, 200));
    expect(firstDifference(compiled!, interpreted!)).toBeUndefined();
  });

  test("50,000 operations in a chain", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [NodeId, NodeId];
    let last = x;
    for (let index = 0; index < 25_000; index++) last = e.add(y, e.mul(last, e.constant(1 + 1 / (index + 2))));
    const columns = [1.5, -0.25].map((start) => Float64Array.from({ length: 130 }, (_, point) => start + point * 1e-7));
    const [compiled, interpreted] = engines.map((engine) => prepare({ graph: e.graph, outputs: [last], shared: [false, false], engine }));
    const results = [compiled!, interpreted!].map((executable) => runColumns(executable, columns, 130));
    expect(compiled!.report.engine).toBe("compiled");
    expect(results[0]![0]![0]).not.toBeNaN();
    expect(firstDifference(results[0]!, results[1]!)).toBeUndefined();
    const point = columns.map((leaf) => leaf[5]!);
    expect(runPoint(compiled!, point), "a straight-line function of that size is not compiled").toEqual([results[0]![0]![5]]);
  });
  test("what engines would refuse as too long a function is interpreted", () => {
    const e = expressions();
    const [x, y] = e.inputs(2) as [NodeId, NodeId];
    let last = x;
    for (let index = 0; index < 100_000; index++) last = e.graph.apply("add", y, last);
    const executable = prepare({ graph: e.graph, outputs: [last], shared: [false, false], engine: "compiled" });
    expect(executable.report.engine).toBe("interpreted");
    const columns = [Float64Array.of(1, 2, 3), Float64Array.of(0, 1, -1)];
    expect([...runColumns(executable, columns, 3)[0]!]).toEqual([1, 100_002, -99_997]);
  });
});
