import { describe, expect, test } from "vitest";
import { type Rule, type RuleOperand, ruleOf } from "../../src/derive/rule.ts";
import { type OperationName, operations } from "../../src/graph/operations.ts";
import { allRules as rules } from "../support/special.ts";

/** What a value in a rule is: free of tangents (a number or a mask), linear in them, or the constant 0, which is both. */
type Kind = "number" | "mask" | "linear" | "zero";

const primal = new Set<Kind>(["number", "mask", "zero"]);
const linear = new Set<Kind>(["linear", "zero"]);

/** What derive can do with a tangent. */
const allowed: { [op in OperationName]?: (a: Kind, b: Kind, c: Kind) => boolean } = {
  add: (a, b) => linear.has(a) && linear.has(b),
  sub: (a, b) => linear.has(a) && linear.has(b),
  neg: () => true,
  mul: (a, b) => a === "number" || b === "number",
  div: (_, b) => b === "number",
  and: (a, b) => a === "mask" || b === "mask",
  andnot: (_, b) => b === "mask",
  xor: (a, b) => a === "number" || b === "number",
  select: (m, a, b) => m === "mask" && linear.has(a) && linear.has(b),
};

/** The kind of a rule's result; throws where the rule is not linear. */
function kindOf({ steps, result }: Rule): Kind {
  const kinds: Kind[] = [];
  const resolve = (operand: RuleOperand): Kind => {
    if (operand === "m") return "mask";
    if (typeof operand === "string") return operand.startsWith("d") ? "linear" : "number";
    return "step" in operand ? kinds[operand.step]! : operand.constant === 0 ? "zero" : "number";
  };
  for (const { op, args } of steps) {
    const [a, b, c] = args.map(resolve) as [Kind, Kind, Kind];
    const operands = [a, b, c].slice(0, args.length);
    if (operands.every((kind) => primal.has(kind))) {
      const { gives } = operations[op];
      kinds.push(gives === "mask" || (gives === "bits" && operands.every((kind) => kind === "mask")) ? "mask" : "number");
    } else if (allowed[op]?.(a, b, c)) kinds.push("linear");
    else throw new Error(`${op} of ${operands.join(", ")}`);
  }
  return resolve(result);
}

const names = Object.keys(rules) as OperationName[];

describe("every rule is linear in the tangents", () => {
  test.each(names)("%s", (op) => {
    expect(["linear", "zero"]).toContain(kindOf(ruleOf(op)));
  });
});

test("exactly the steps, and what a rounded result lacks, are flat", () => {
  expect(names.filter((op) => kindOf(ruleOf(op)) === "zero").sort()).toEqual(
    [
      ...["bitAnd", "bitOr", "bitXor", "ceil", "clz32", "floor", "imul", "round"],
      ...["shiftLeft", "shiftRight", "shiftRightUnsigned", "sign", "trunc"],
      ...["expTail", "log1pTail"],
    ].sort(),
  );
});

test("the check can fail", () => {
  const step = (op: OperationName, ...args: RuleOperand[]): Rule => ({ steps: [{ op, args }], result: { step: 0 } });
  for (const rule of [
    step("mul", "da", "da"),
    step("div", "a", "da"),
    step("add", "da", "a"),
    step("sqrt", "da"),
    step("and", "da", "a"),
  ]) {
    expect(() => kindOf(rule)).toThrow();
  }
  expect(kindOf(step("mul", "a", "b"))).toBe("number");
});
