import type { OperationName } from "../graph/operations.ts";
import { ruleTextOf } from "../wasm/modules.ts";

/**
 * A dual rule as the build reads it back from compiled assembly/dual.ts: the tangent of the result, as a straight-line
 * program over lane operations and kernels. Parameters by name: operands `a`, `b` (`m`, `a`, `b` for `select`), the
 * result `z`, the tangents `da`, `db`.
 */
export interface Rule {
  readonly steps: readonly { readonly op: OperationName; readonly args: readonly RuleOperand[] }[];
  readonly result: RuleOperand;
}
export type RuleOperand = "m" | "a" | "b" | "z" | "da" | "db" | { readonly constant: number } | { readonly step: number };

const known = new Map<OperationName, Rule>();

/** The dual rule of an operation that has one. */
export function ruleOf(op: OperationName): Rule {
  const rule = known.get(op) ?? readRule(ruleTextOf(op));
  known.set(op, rule);
  return rule;
}

/** Reads `mul da b;mul a db;add #0 #1`: the result is the last step's, or an operand that stands alone at the end. */
function readRule(text: string): Rule {
  const steps = text.split(";").map((step) => step.split(" "));
  const result = steps.at(-1)!.length === 1 ? operandOf(steps.pop()![0]!) : { step: steps.length - 1 };
  return { steps: steps.map(([op, ...args]) => ({ op: op as OperationName, args: args.map(operandOf) })), result };
}

function operandOf(text: string): RuleOperand {
  if (text.startsWith("#")) return { step: Number(text.slice(1)) };
  return /^(m|d?[ab]|z)$/.test(text) ? (text as RuleOperand & string) : { constant: Number(text) };
}
