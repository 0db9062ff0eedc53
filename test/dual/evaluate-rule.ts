import { type RuleOperand, ruleOf } from "../../src/derive/rule.ts";
import { type OperationName, operations } from "../../src/graph/operations.ts";
import { evaluateKernel } from "../../src/wasm/kernels.ts";
import "../support/special.ts";

/** Decoded rules on one lane in plain JavaScript. A lane is the 64 bits of a double or of a mask. */
export type Lane = bigint;

const double = new Float64Array(1);
const word = new BigUint64Array(double.buffer);
export const laneOf = (value: number): Lane => {
  double[0] = value;
  return word[0]!;
};
const numberOf = (lane: Lane): number => {
  word[0] = lane;
  return double[0]!;
};
export const set = 2n ** 64n - 1n;

const bitOperations: { [op in OperationName]?: (...lanes: Lane[]) => Lane } = {
  not: (a) => a! ^ set,
  and: (a, b) => a! & b!,
  andnot: (a, b) => a! & (b! ^ set),
  or: (a, b) => a! | b!,
  xor: (a, b) => a! ^ b!,
  select: (m, a, b) => (a! & m!) | (b! & (m! ^ set)),
};

function evaluate(op: OperationName, lanes: readonly Lane[]): Lane {
  const { form, fold, gives } = operations[op];
  const bits = bitOperations[op];
  if (bits) return bits(...lanes);
  const values = lanes.map(numberOf);
  if (form === "kernel") return laneOf(evaluateKernel(op, ...values));
  const value = fold!(values[0]!, values[1]!);
  return gives === "mask" ? (value ? set : 0n) : laneOf(value);
}

/** What stays of an operation when a tangent is not there; the rest then has no tangent either. */
const withStructuralZero: { [op in OperationName]?: (...lanes: (Lane | undefined)[]) => Lane | undefined } = {
  add: (a, b) => a ?? b,
  sub: (a, b) => a ?? (b === undefined ? undefined : evaluate("neg", [b])),
  select: (m, a, b) => (a === undefined && b === undefined ? undefined : evaluate("select", [m!, a ?? 0n, b ?? 0n])),
};

/** The tangent by the rule of `op`. A tangent that is absent from `parameters` is structurally zero: it meets no ∞ and no NaN. */
export function evaluateRule(op: OperationName, parameters: Readonly<Record<string, Lane>>): number {
  const { steps, result } = ruleOf(op);
  const lanes: (Lane | undefined)[] = [];
  const resolve = (operand: RuleOperand): Lane | undefined => {
    if (typeof operand === "string") return parameters[operand];
    return "step" in operand ? lanes[operand.step] : laneOf(operand.constant);
  };
  for (const { op, args } of steps) {
    const operands = args.map(resolve);
    lanes.push(operands.includes(undefined) ? withStructuralZero[op]?.(...operands) : evaluate(op, operands as Lane[]));
  }
  return numberOf(resolve(result) ?? 0n);
}

/** The partial derivatives of `op`: by operand the rule with that tangent 1 and the others not there. */
export function partials(op: OperationName, ...values: readonly number[]): number[] {
  const names = ["a", "b"].slice(0, values.length);
  const operands = values.map(laneOf);
  const primal = Object.fromEntries(names.map((name, index) => [name, operands[index]!]));
  const z = evaluate(op, operands);
  return names.map((name) => evaluateRule(op, { ...primal, z, [`d${name}`]: laneOf(1) }));
}
