import fc from "fast-check";
import { comparisons, type Dual, dualOperations } from "../support/dual-numbers.ts";
import { seeded } from "../support/workloads.ts";

/** One statement `const t = operation(operands)`; operands are numbers of earlier values, or constants. */
interface Statement {
  readonly operation: string;
  readonly operands: readonly Operand[];
}
type Operand = { readonly value: number } | { readonly constant: number };

/** A straight-line function of three numbers whose values may be used more than once; it returns some of them. */
export interface Program {
  readonly statements: readonly Statement[];
  readonly results: readonly number[];
}

export const parameters = ["x", "y", "z"] as const;

const constants = [0, -0, 1, -1, 2, 3, 0.5, -2.5, 10, 1e-3, 1 / 3, Math.PI, 4];
const exponents = [0, 1, 2, 3, 4, 5, -1, -2, 0.5, 1.5, 2.5, -0.5, 1 / 3];

/** How an operation is written in JavaScript, and how many operands it has. */
const notation: Readonly<Record<string, readonly [arity: number, write: (...operands: string[]) => string]>> = {
  add: [2, (a, b) => `${a} + ${b}`],
  sub: [2, (a, b) => `${a} - ${b}`],
  mul: [2, (a, b) => `${a} * ${b}`],
  div: [2, (a, b) => `${a} / ${b}`],
  rem: [2, (a, b) => `${a} % ${b}`],
  neg: [1, (a) => `-${a}`],
  power: [2, (a, b) => `${a} ** ${b}`],
  pow: [2, (a, b) => `Math.pow(${a}, ${b})`],
  max: [3, (...args) => `Math.max(${args})`],
  min: [2, (...args) => `Math.min(${args})`],
  ...Object.fromEntries(
    Object.keys(comparisons).map((sign) => [sign, [4, (a: string, b: string, c: string, d: string) => `${a} ${sign} ${b} ? ${c} : ${d}`]]),
  ),
  ...Object.fromEntries(
    [
      "sqrt",
      "cbrt",
      "exp",
      "expm1",
      "log",
      "log1p",
      "sin",
      "cos",
      "tan",
      "atan",
      "tanh",
      "abs",
      "floor",
      "ceil",
      "trunc",
      "round",
      "sign",
    ].map((name) => [name, [1, (a: string) => `Math.${name}(${a})`]]),
  ),
  atan2: [2, (a, b) => `Math.atan2(${a}, ${b})`],
  hypot: [2, (a, b) => `Math.hypot(${a}, ${b})`],
};

/** Arithmetic more often than functions, as in programs. */
const arithmetic = ["add", "sub", "mul", "div"];
const allOperations = [...arithmetic, ...arithmetic, ...arithmetic, "power", "power", "max", "min", "<", ">", ...Object.keys(notation)];

const statementOf = (operations: readonly string[]) =>
  fc.record({
    operation: fc.constantFrom(...operations),
    picks: fc.array(fc.record({ isConstant: fc.integer({ min: 0, max: 5 }), index: fc.nat(1000) }), { minLength: 4, maxLength: 4 }),
  });

/** Programs of at most `size` statements. */
export const programs = (size: number, operations: readonly string[] = allOperations): fc.Arbitrary<Program> =>
  fc
    .record({
      statements: fc.array(statementOf(operations), { minLength: 1, maxLength: size }),
      results: fc.array(fc.nat(1000), { minLength: 2, maxLength: 2 }),
    })
    .map(({ statements, results }) => ({
      statements: statements.map(({ operation, picks }, index) => ({
        operation,
        operands: picks.slice(0, notation[operation]![0]).map(({ isConstant, index: pick }, operand): Operand => {
          if (operation === "power" && operand === 1) return { constant: exponents[pick % exponents.length]! };
          const count = parameters.length + index;
          return isConstant === 0 ? { constant: constants[pick % constants.length]! } : { value: count - 1 - (pick % count) };
        }),
      })),
      results: [parameters.length + statements.length - 1, ...results.map((pick) => pick % (parameters.length + statements.length))],
    }));

export const arithmeticPrograms = (size: number) =>
  programs(size, [...arithmetic, "neg", "max", "min", "abs", "sqrt", "floor", "<", "===", "rem"]);

const nameOf = (value: number) => parameters[value] ?? `t${value}`;

/** The program as a person would read it. */
export function sourceOf({ statements, results }: Program, single: boolean): string {
  const write = (operand: Operand) =>
    "value" in operand ? nameOf(operand.value) : `(${Object.is(operand.constant, -0) ? "-0" : operand.constant})`;
  const lines = statements.map(
    ({ operation, operands }, index) =>
      `  const ${nameOf(parameters.length + index)} = ${notation[operation]![1](...operands.map(write))};`,
  );
  const result = single ? nameOf(results[0]!) : `[${results.map(nameOf)}]`;
  return `(${parameters}) => {\n${lines.join("\n")}\n  return ${result};\n}`;
}

/** The function itself, for JavaScript to run and for epsilane to read. */
export const functionOf = (source: string) => new Function(`return ${source}`)();

/** A dual number that knows what it rests on. */
export interface Tracked extends Dual {
  /** Whether all that it rests on is zero or of ordinary size, so that neither over- nor underflow plays a part. */
  readonly isOrdinary: boolean;
  /** A digest of the decisions that it rests on: branches taken, winners, steps of staircases. */
  readonly decisions: number;
}

export const isOrdinary = (value: number) => value === 0 || (Math.abs(value) > 1e-50 && Math.abs(value) < 1e50);

const digest = (numbers: readonly number[]) => numbers.reduce((total, number) => (Math.imul(total, 31) + number) | 0, 7);
const digestOf = (decision: string | number) => digest([...String(decision)].map((letter) => letter.charCodeAt(0)));

type Disturb = (value: number) => number;

/** The program's results on dual numbers, along one parameter. Every value and tangent passes through `disturb`. */
export function runDual(
  { statements, results }: Program,
  point: readonly number[],
  along: number,
  disturb: Disturb = (value) => value,
): Tracked[] {
  const values: Tracked[] = point.map((val, leaf) => ({
    val: disturb(val),
    der: Number(leaf === along),
    isOrdinary: isOrdinary(val),
    decisions: 0,
  }));
  for (const { operation, operands } of statements) {
    const args = operands.map(
      (operand): Tracked =>
        "value" in operand ? values[operand.value]! : { val: operand.constant, der: 0, isConstant: true, isOrdinary: true, decisions: 0 },
    );
    values.push(apply(operation, args, disturb));
  }
  return results.map((value) => values[value]!);
}

/** A branch that is not taken has no say. */
function apply(operation: string, args: readonly Tracked[], disturb: Disturb): Tracked {
  const comparison = comparisons[operation];
  if (comparison) {
    const taken = comparison(args[0]!.val, args[1]!.val);
    const side = args[taken ? 2 : 3]!;
    return { val: side.val, der: side.der, ...restsOn([args[0]!, args[1]!, side], Number(taken)) };
  }
  let decisions = 0;
  const { val, der } = dualOperations[operation === "power" ? "pow" : operation]!(
    { decide: (decision) => (decisions = digestOf(decision)), disturb },
    ...args,
  );
  const { isOrdinary: isFounded, ...rest } = restsOn(args, decisions);
  return { val: disturb(val), der: disturb(der), isOrdinary: isFounded && isOrdinary(val) && isOrdinary(der), ...rest };
}

const restsOn = (args: readonly Tracked[], decision: number) => ({
  isOrdinary: args.every((arg) => arg.isOrdinary),
  decisions: digest([...args.map((arg) => arg.decisions), decision]),
});

/** A result, and how far disturbances of 10⁻¹⁴ in every operation move its value and its tangent. */
export interface Reference extends Tracked {
  readonly spread: Dual;
}

const disturbance = 1e-14;
const trials = 5;

/** The program's duals with their sensitivity; `undefined` where a disturbance changes a decision, or the range is left. */
export function references(program: Program, point: readonly number[], along: number): (Reference | undefined)[] {
  const random = seeded(along + 1);
  const disturb = (value: number) => value * (1 + disturbance * (random() < 0.5 ? -1 : 1));
  const disturbed = Array.from({ length: trials }, () => runDual(program, point, along, disturb));
  return runDual(program, point, along).map((exact, result) => {
    const moved = disturbed.map((results) => results[result]!);
    if (!exact.isOrdinary || moved.some((other) => !other.isOrdinary || other.decisions !== exact.decisions)) return undefined;
    const spreadOf = (part: "val" | "der") => Math.max(...moved.map((other) => Math.abs(other[part] - exact[part])));
    return { ...exact, spread: { val: spreadOf("val"), der: spreadOf("der") } };
  });
}
