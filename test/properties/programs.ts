import fc from "fast-check";
import { comparisons, type Dual, dualOperations, type Evaluation } from "../support/dual-numbers.ts";
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
  ...Object.fromEntries(Object.keys(comparisons).map((sign) => [sign, [4, (a: string, b: string, c: string, d: string) => `${a} ${sign} ${b} ? ${c} : ${d}`]])),
  ...Object.fromEntries(
    ["sqrt", "cbrt", "exp", "expm1", "log", "log1p", "sin", "cos", "tan", "atan", "tanh", "abs", "floor", "ceil", "trunc", "round", "sign"].map((name) => [
      name,
      [1, (a: string) => `Math.${name}(${a})`],
    ]),
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
  fc.record({ statements: fc.array(statementOf(operations), { minLength: 1, maxLength: size }), results: fc.array(fc.nat(1000), { minLength: 2, maxLength: 2 }) }).map(
    ({ statements, results }) => ({
      statements: statements.map(({ operation, picks }, index) => ({
        operation,
        operands: picks.slice(0, notation[operation]![0]).map(({ isConstant, index: pick }, operand): Operand => {
          if (operation === "power" && operand === 1) return { constant: exponents[pick % exponents.length]! };
          const count = parameters.length + index;
          return isConstant === 0 ? { constant: constants[pick % constants.length]! } : { value: count - 1 - (pick % count) };
        }),
      })),
      results: [parameters.length + statements.length - 1, ...results.map((pick) => pick % (parameters.length + statements.length))],
    }),
  );

export const arithmeticPrograms = (size: number) => programs(size, [...arithmetic, "neg", "max", "min", "abs", "sqrt", "floor", "<", "===", "rem"]);

const nameOf = (value: number) => parameters[value] ?? `t${value}`;

/** The program as a person would read it. */
export function sourceOf({ statements, results }: Program, single: boolean): string {
  const write = (operand: Operand) =>
    "value" in operand ? nameOf(operand.value) : `(${Object.is(operand.constant, -0) ? "-0" : operand.constant})`;
  const lines = statements.map(({ operation, operands }, index) => `  const ${nameOf(parameters.length + index)} = ${notation[operation]![1](...operands.map(write))};`);
  const result = single ? nameOf(results[0]!) : `[${results.map(nameOf)}]`;
  return `(${parameters}) => {\n${lines.join("\n")}\n  return ${result};\n}`;
}

/** The function itself, for JavaScript to run and for epsilane to read. */
export const functionOf = (source: string) => new Function(`return ${source}`)();

export interface Run {
  readonly results: readonly Dual[];
  /** Every branch taken, in order. */
  readonly decisions: string;
  /** Whether all values and tangents are zero or of ordinary size, so that neither over- nor underflow plays a part. */
  readonly isOrdinary: boolean;
}

const isOrdinary = (value: number) => value === 0 || (Math.abs(value) > 1e-50 && Math.abs(value) < 1e50);

/** The program on dual numbers, along one parameter. */
export function runDual({ statements, results }: Program, point: readonly number[], along: number, disturb: Evaluation["disturb"] = (value) => value): Run {
  const decisions: unknown[] = [];
  const evaluation: Evaluation = { disturb, decide: (decision) => decisions.push(decision) };
  const values: Dual[] = point.map((val, leaf) => ({ val: disturb(val), der: Number(leaf === along) }));
  let ordinary = true;
  for (const { operation, operands } of statements) {
    const args = operands.map((operand): Dual => ("value" in operand ? values[operand.value]! : { val: operand.constant, der: 0 }));
    const { val, der } = apply(operation, args, evaluation);
    ordinary &&= isOrdinary(val) && isOrdinary(der);
    values.push({ val: disturb(val), der: disturb(der) });
  }
  return { results: results.map((value) => values[value]!), decisions: decisions.join(" "), isOrdinary: ordinary };
}

function apply(operation: string, args: readonly Dual[], evaluation: Evaluation): Dual {
  const comparison = comparisons[operation];
  if (!comparison) return dualOperations[operation === "power" ? "pow" : operation]!(evaluation, ...args);
  const taken = comparison(args[0]!.val, args[1]!.val);
  evaluation.decide(taken);
  return args[taken ? 2 : 3]!;
}

/** What rounding may do to a program at a point. */
export interface Reference extends Run {
  /** By result: how far disturbances of 10⁻¹⁴ in every operation move the value and the tangent. */
  readonly spread: readonly Dual[];
}

const disturbance = 1e-14;
const trials = 5;

/** The program's duals, with their sensitivity; `undefined` where a disturbance changes a branch or the range is left. */
export function reference(program: Program, point: readonly number[], along: number): Reference | undefined {
  const exact = runDual(program, point, along);
  if (!exact.isOrdinary) return undefined;
  const random = seeded(along + 1);
  const spread = exact.results.map(() => ({ val: 0, der: 0 }));
  for (let trial = 0; trial < trials; trial++) {
    const moved = runDual(program, point, along, (value) => value * (1 + disturbance * (random() < 0.5 ? -1 : 1)));
    if (!moved.isOrdinary || moved.decisions !== exact.decisions) return undefined;
    exact.results.forEach(({ val, der }, result) => {
      spread[result]!.val = Math.max(spread[result]!.val, Math.abs(moved.results[result]!.val - val));
      spread[result]!.der = Math.max(spread[result]!.der, Math.abs(moved.results[result]!.der - der));
    });
  }
  return { ...exact, spread };
}
