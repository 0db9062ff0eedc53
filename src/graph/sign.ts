import type { Node, NodeId } from "./node.ts";

type Test = (args: readonly NodeId[], isNonNegative: (id: NodeId) => boolean) => boolean;

const always: Test = () => true;
const all: Test = (args, isNonNegative) => args.every(isNonNegative);
const first: Test = (args, isNonNegative) => isNonNegative(args[0]!);

/** Operations whose result is at least +0, or NaN, and never −0: always, or if their operands are. */
const tests: { readonly [op in Node["op"]]?: Test } = {
  abs: always,
  exp: always,
  exp2: always,
  cosh: always,
  acos: always,
  acosh: always,
  shiftRightUnsigned: always,
  clz32: always,
  hypot: always,
  mul: (args, isNonNegative) => args[0] === args[1] || all(args, isNonNegative),
  add: all,
  div: all,
  sqrt: all,
  floor: all,
  trunc: all,
  round: all,
  ceil: all,
  fround: all,
  asin: all,
  atan: all,
  sinh: all,
  tanh: all,
  asinh: all,
  atanh: all,
  cbrt: all,
  expm1: all,
  log1p: all,
  min: all,
  pow: first,
  rem: first,
  max: (args, isNonNegative) => args.some(isNonNegative),
  select: (args, isNonNegative) => all(args.slice(1), isNonNegative),
};

export const resultIsNonNegative = ({ op, args, value }: Node, isNonNegative: (id: NodeId) => boolean) =>
  op === "constant" ? value > 0 || Object.is(value, 0) : (tests[op]?.(args, isNonNegative) ?? false);
