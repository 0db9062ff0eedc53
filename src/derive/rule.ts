import type { OperationName } from "../graph/operations.ts";

/**
 * A dual rule as the build reads it back from compiled assembly/dual.ts: the tangent of the result, as a straight-line
 * program over lane operations and kernels. Parameters by name: operands `a`, `b` (`m`, `a`, `b` for `select`), the
 * result `z`, the tangents `da`, `db`.
 */
export type RuleOperand = "m" | "a" | "b" | "z" | "da" | "db" | { readonly constant: number } | { readonly step: number };
export interface Rule {
  readonly steps: readonly { readonly op: OperationName; readonly args: readonly RuleOperand[] }[];
  readonly result: RuleOperand;
}
