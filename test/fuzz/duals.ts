import { isOrdinary } from "../properties/programs.ts";
import { comparisons, type Dual, dualOperations } from "../support/dual-numbers.ts";
import { seeded } from "../support/workloads.ts";

/** A dual number that knows whether all that it rests on is zero or of ordinary size. */
interface Number extends Dual {
  readonly isOrdinary: boolean;
}

type Run = (x: Number, y: Number) => Number[];

/** The operations of a program over dual numbers, which write down every decision. */
function operationsFor(disturb: (value: number) => number) {
  const decisions: string[] = [];
  let isSure = true;
  const decide = (decision: unknown) => void decisions.push(String(decision));
  const operations: Record<string, (...args: any[]) => unknown> = {
    constant: (val: number): Number => ({ val, der: 0, isConstant: true, isOrdinary: true }),
    truthy(value: Number) {
      decide(Boolean(value.val));
      isSure &&= value.isOrdinary;
      return value.val ? value : undefined;
    },
  };
  for (const [name, operation] of Object.entries(dualOperations)) {
    operations[name] = (...args: Number[]): Number => {
      const { val, der } = operation({ decide, disturb }, ...args);
      const sure = args.every((arg) => arg.isOrdinary) && isOrdinary(val) && isOrdinary(der);
      return { val: disturb(val), der: disturb(der), isOrdinary: sure };
    };
  }
  for (const [sign, name] of Object.entries({ "<": "lt", ">": "gt", "<=": "le", ">=": "ge", "===": "eq", "!==": "ne" })) {
    operations[name] = (a: Number, b: Number) => {
      const holds = comparisons[sign]!(a.val, b.val);
      decide(holds);
      isSure &&= a.isOrdinary && b.isOrdinary;
      return holds;
    };
  }
  return { operations, decisions, isSure: () => isSure };
}

/** A result along one parameter, with how far disturbances of 10⁻¹⁴ in every operation move it. */
export interface Reference {
  readonly val: number;
  readonly der: number;
  readonly spread: Dual;
}

const disturbance = 1e-14;
const trials = 4;

/** The program's duals; `undefined` where the range is left, or a disturbance changes what is decided. */
export function referencesOf(dualText: string, point: readonly number[], along: number): (Reference | undefined)[] {
  const random = seeded(along + 1);
  const run = (disturb: (value: number) => number) => {
    const { operations, decisions, isSure } = operationsFor(disturb);
    const program = new Function("$", `return ${dualText}`)(operations) as Run;
    const [x, y] = point.map(
      (val, leaf): Number => ({ val: disturb(val), der: globalThis.Number(leaf === along), isOrdinary: isOrdinary(val) }),
    );
    return { results: program(x!, y!), decided: decisions.join(), isSure: isSure() };
  };
  const exact = run((value) => value);
  const none = exact.results.map(() => undefined);
  if (!exact.isSure) return none;
  const disturbed = Array.from({ length: trials }, () => run((value) => value * (1 + disturbance * (random() < 0.5 ? -1 : 1))));
  if (disturbed.some(({ decided, isSure }) => !isSure || decided !== exact.decided)) return none;
  return exact.results.map(({ val, der, isOrdinary: sure }, index) => {
    const moved = disturbed.map(({ results }) => results[index]!);
    if (!sure || moved.some((other) => !other.isOrdinary)) return undefined;
    const spreadOf = (part: "val" | "der", middle: number) => Math.max(...moved.map((other) => Math.abs(other[part] - middle)));
    return { val, der, spread: { val: spreadOf("val", val), der: spreadOf("der", der) } };
  });
}
