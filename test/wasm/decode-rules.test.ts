import { describe, expect, test } from "vitest";
import { decodeRules, parametersOf } from "../../scripts/lib/decode-rules.mjs";
import { type Operation, operations } from "../../src/graph/operations.ts";
import { assemble, call, constant, drop, get, lane, set, type TestFunction, tee } from "./assemble.ts";

const [add, mul, sub, sin] = [operations.add, operations.mul, operations.sub, operations.sin];
const [andnot, or, select] = [operations.andnot, operations.or, operations.select];
const [mulCode, addCode] = [lane(mul.opcode!), lane(add.opcode!)];

/** Parameters of a unary rule: a, z, da. */
const [a, da] = [0, 2];

/** Decodes one unary rule `sin_der`, with the kernels sin and cos as functions 0 and 1. */
function decodeSin(
  rule: Partial<TestFunction>,
  helpers: TestFunction[] = [],
  table: Record<string, Operation> = { sin, cos: sin, add, mul, sub, or },
) {
  const cos: TestFunction = { exports: ["cos_der"], params: 3, code: get(da) };
  const rest = Object.keys(table).filter((op) => op !== "sin" && op !== "cos" && op !== "or");
  const others = rest.map((op): TestFunction => ({ exports: [`${op}_der`], params: 5, code: get(3) }));
  const functions = [{ exports: ["sin_der"], params: 3, code: [], ...rule }, ...helpers, cos, ...others];
  return decodeRules(assemble(functions, { sin: 1, cos: 1 }), table).sin!;
}
/** Index of the first helper, after the two imports and the rule. */
const helper = 3;

test("a rule is read as steps over lane operations and kernels", () => {
  expect(decodeSin({ code: [...get(a), ...call(1), ...get(da), ...mulCode] })).toEqual({
    steps: [
      { op: "cos", args: ["a"] },
      { op: "mul", args: [{ step: 0 }, "da"] },
    ],
    result: { step: 1 },
  });
});

describe("what asc makes of straight-line code", () => {
  test("parameters reused as locals, and local.tee", () => {
    const code = [...get(a), ...call(1), ...tee(a), ...get(da), ...mulCode, ...get(a), ...addCode];
    expect(decodeSin({ code })).toEqual({
      steps: [
        { op: "cos", args: ["a"] },
        { op: "mul", args: [{ step: 0 }, "da"] },
        { op: "add", args: [{ step: 1 }, { step: 0 }] },
      ],
      result: { step: 2 },
    });
  });

  test("locals start as zero and keep what is set", () => {
    expect(decodeSin({ locals: 2, code: [...get(da), ...set(3), ...get(3), ...get(4), ...addCode] })).toEqual({
      steps: [{ op: "add", args: ["da", { constant: 0 }] }],
      result: { step: 0 },
    });
  });

  test("a kernel whose result is dropped leaves no step", () => {
    expect(decodeSin({ code: [...get(a), ...call(0), ...drop, ...get(a), ...call(1), ...drop, ...get(da)] })).toEqual({
      steps: [],
      result: "da",
    });
  });

  test("common subexpressions are one step", () => {
    const twice = [...get(a), ...call(1)];
    expect(decodeSin({ code: [...twice, ...twice, ...mulCode] })).toEqual({
      steps: [
        { op: "cos", args: ["a"] },
        { op: "mul", args: [{ step: 0 }, { step: 0 }] },
      ],
      result: { step: 1 },
    });
  });

  test("operands keep the source's order", () => {
    const { steps } = decodeSin({ code: [...get(da), ...get(a), ...lane(sub.opcode!)] });
    expect(steps).toEqual([{ op: "sub", args: ["da", "a"] }]);
  });

  test("calls of local helpers are followed, each with its own locals", () => {
    const square: TestFunction = { params: 1, locals: 1, code: [...get(0), ...tee(1), ...get(0), ...mulCode] };
    expect(decodeSin({ code: [...get(a), ...call(helper), ...call(helper), ...get(da), ...mulCode] }, [square])).toEqual({
      steps: [
        { op: "mul", args: ["a", "a"] },
        { op: "mul", args: [{ step: 0 }, { step: 0 }] },
        { op: "mul", args: [{ step: 1 }, "da"] },
      ],
      result: { step: 2 },
    });
  });

  test("equal rules are one function under two names", () => {
    const bytes = assemble([{ exports: ["floor_der", "ceil_der"], params: 3, code: constant(0) }]);
    const rule = { steps: [], result: { constant: 0 } };
    expect(decodeRules(bytes, { floor: operations.floor, ceil: operations.ceil })).toEqual({ floor: rule, ceil: rule });
  });

  test("constants keep the sign of zero, infinities and NaN", () => {
    for (const value of [-0, 0.1, -Infinity, Number.NaN]) expect(decodeSin({ code: constant(value) }).result).toEqual({ constant: value });
  });

  test("constants of different bits are not taken for each other", () => {
    const { steps } = decodeSin({ code: [...constant(0), ...constant(-0), ...addCode] });
    expect(steps[0]!.args).toEqual([{ constant: 0 }, { constant: -0 }]);
  });

  test("bitselect and andnot, whose operands stand in another order in the operation table", () => {
    const code = [...get(1), ...get(2), ...get(0), ...lane(select.opcode!), ...get(4), ...lane(andnot.opcode!)];
    expect(decodeRules(assemble([{ exports: ["select_der"], params: 6, code }]), { select, andnot })).toEqual({
      select: {
        steps: [
          { op: "select", args: ["m", "a", "b"] },
          { op: "andnot", args: [{ step: 0 }, "da"] },
        ],
        result: { step: 1 },
      },
    });
  });
});

describe("refusals name the rule", () => {
  const block = [0x02, 0x7b, ...get(da), 0x0b];
  test.each([
    ["a block", { code: block }, /sin_der .*instruction block/],
    ["a branch", { code: [...get(da), 0x0d, 0] }, /sin_der .*instruction br_if/],
    ["a splat", { code: [0x44, 0, 0, 0, 0, 0, 0, 0, 0, ...lane(0x14)] }, /sin_der .*instruction f64\.const/],
    ["a load", { code: [0x41, 0, ...lane(0x00), 0, 0] }, /sin_der .*instruction i32\.const/],
    ["a lane instruction outside the table", { code: [...get(a), ...get(da), ...lane(0xce)] }, /sin_der .*instruction 0xfd 0xce/],
    ["a constant of two values", { code: constant(1, 2) }, /sin_der .*lanes differ/],
    ["too few parameters", { params: 2, code: get(0) }, /sin_der .*\(a, z, da\)/],
  ] as [string, Partial<TestFunction>, RegExp][])("%s", (_, rule, message) => {
    expect(() => decodeSin(rule)).toThrow(message);
  });

  test("a block in a local helper", () => {
    expect(() => decodeSin({ code: [...get(a), ...call(helper)] }, [{ params: 1, code: [0x03, 0x7b, ...get(0), 0x0b] }])).toThrow(
      /sin_der .*instruction loop/,
    );
  });

  test("a call of an import that is no kernel", () => {
    const bytes = assemble([{ exports: ["sin_der"], params: 3, code: [...get(a), ...call(0)] }], { gamma: 1 });
    expect(() => decodeRules(bytes, { sin })).toThrow(/sin_der .*gamma/);
  });

  test("an operation without a rule", () => {
    const bytes = assemble([{ exports: ["floor_der"], params: 3, code: constant(0) }]);
    expect(() => decodeRules(bytes, { floor: operations.floor, sin })).toThrow("no dual rule sin_der");
  });

  test("a rule without an operation", () => {
    const bytes = assemble([{ exports: ["sinus_der"], params: 3, code: constant(0) }]);
    expect(() => decodeRules(bytes, {})).toThrow(/sinus_der: no operation sinus/);
  });
});

test("parameters are operands, result, tangents", () => {
  expect(parametersOf(operations.sin)).toEqual(["a", "z", "da"]);
  expect(parametersOf(operations.mul)).toEqual(["a", "b", "z", "da", "db"]);
  expect(parametersOf(operations.max)).toEqual(["a", "b", "z", "da", "db"]);
  expect(parametersOf(operations.select)).toEqual(["m", "a", "b", "z", "da", "db"]);
});
