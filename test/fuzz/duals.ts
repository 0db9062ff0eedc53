import { isOrdinary } from "../properties/programs.ts";
import { comparisons, type Dual, dualOperations } from "../support/dual-numbers.ts";
import { seeded } from "../support/workloads.ts";

/** A dual number that knows whether all that it rests on is zero or of ordinary size. */
interface Number extends Dual {
  readonly isOrdinary: boolean;
}

interface Run {
  readonly results: readonly Number[];
  readonly decided: string;
  /** Whether everything was decided by numbers of ordinary size. */
  readonly isSure: boolean;
}

/** Gives whole numbers, which have no rounding error and may be indices. */
const isWhole = (name: string) => /^(floor|round|sign|bit|shift)/.test(name);

/** The program over dual numbers, which writes down every decision. Values and tangents pass through `disturb`. */
function runnerOf(dualText: string): (point: readonly number[], along: number, disturb: (value: number) => number) => Run {
  let disturb = (value: number) => value;
  let decided = "";
  let isSure = true;
  const decide = (decision: unknown) => {
    decided += `${decision},`;
  };
  const $: Record<string, (...args: any[]) => unknown> = {
    constant: (val: number): Number => ({ val, der: 0, isConstant: true, isOrdinary: true }),
    truthy(value: Number) {
      decide(Boolean(value.val));
      isSure &&= value.isOrdinary;
      return value.val ? value : undefined;
    },
    element(array: readonly Number[], index: number): Number {
      decide(index);
      return array[index] ?? { val: Number.NaN, der: 0, isConstant: true, isOrdinary: false };
    },
    order(a: Number, b: Number) {
      decide(Math.sign(a.val - b.val));
      isSure &&= a.isOrdinary && b.isOrdinary;
      return a.val - b.val;
    },
  };
  for (const [name, operation] of Object.entries(dualOperations)) {
    $[name] = (...args: Number[]): Number => {
      const { val, der } = operation({ decide, disturb }, ...args);
      const sure = args.every((arg) => arg.isOrdinary) && isOrdinary(val) && isOrdinary(der);
      return isWhole(name) ? { val, der, isOrdinary: sure } : { val: disturb(val), der: disturb(der), isOrdinary: sure };
    };
  }
  for (const [sign, name] of Object.entries({ "<": "lt", ">": "gt", "<=": "le", ">=": "ge", "===": "eq", "!==": "ne" })) {
    $[name] = (a: Number, b: Number) => {
      const holds = comparisons[sign]!(a.val, b.val);
      decide(holds);
      isSure &&= a.isOrdinary && b.isOrdinary;
      return holds;
    };
  }
  const program = new Function("$", `return ${dualText}`)($) as (x: Number, y: Number) => Number[];
  return (point, along, disturbance) => {
    [disturb, decided, isSure] = [disturbance, "", true];
    const [x, y] = point.map((val, leaf): Number => ({ val: disturb(val), der: leaf === along ? 1 : 0, isOrdinary: isOrdinary(val) }));
    const results = program(x!, y!);
    return { results, decided, isSure };
  };
}

/** A result along one parameter, with how far disturbances of 10⁻¹⁴ in every operation move it. */
export interface Reference {
  readonly val: number;
  readonly der: number;
  readonly spread: Dual;
}

const disturbance = 1e-14;
const trials = 3;

/** The program's duals; `undefined` where the range is left, or a disturbance changes what is decided. */
export function referencesOf(dualText: string): (point: readonly number[], along: number) => (Reference | undefined)[] {
  const run = runnerOf(dualText);
  return (point, along) => {
    const random = seeded(along + 1);
    const exact = run(point, along, (value) => value);
    const none = exact.results.map(() => undefined);
    if (!exact.isSure) return none;
    const disturbed: Run[] = [];
    for (let trial = 0; trial < trials; trial++) {
      const other = run(point, along, (value) => value * (1 + disturbance * (random() < 0.5 ? -1 : 1)));
      if (!other.isSure || other.decided !== exact.decided) return none;
      disturbed.push(other);
    }
    return exact.results.map(({ val, der, isOrdinary: sure }, index) => {
      const moved = disturbed.map(({ results }) => results[index]!);
      if (!sure || moved.some((other) => !other.isOrdinary)) return undefined;
      const spreadOf = (part: "val" | "der", middle: number) => Math.max(...moved.map((other) => Math.abs(other[part] - middle)));
      return { val, der, spread: { val: spreadOf("val", val), der: spreadOf("der", der) } };
    });
  };
}
