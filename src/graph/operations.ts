/**
 * The operation table: one line an operation. Everything that differs between operations stands here (and its dual
 * rule in assembly/dual.ts); no other file lists them.
 *
 * `latency` in cycles and `work` (reciprocal throughput, ns a vector on the machine of bench/) feed the cost models.
 */
export interface Operation {
  /** Number of operands; `Infinity`: two or more. */
  readonly arity: number;
  /** `lane`: one SIMD instruction. `kernel`: a block kernel of the AssemblyScript module, by the same name. */
  readonly form: "lane" | "kernel";
  /** The module of a kernel: `math` if not given. */
  readonly module?: "special";
  /** What comes out: a number, or a mask (all bits set or none). `bits` follows its operands. */
  readonly gives: "number" | "mask" | "bits";
  /** Leading operands that are masks (`select`). */
  readonly maskOperands?: number;
  /** SIMD opcode after the 0xfd prefix, for `lane`. */
  readonly opcode?: number;
  readonly commutes?: boolean;
  /** Reads a table beside its operands. Its slope is structurally 0: it has no dual rule. */
  readonly readsTable?: true;
  readonly latency?: number;
  /** The operation on plain numbers, exact by IEEE 754 or by definition; masks are 0 and 1. Kernels have none: the compiled kernel is asked. */
  readonly fold?: (a: number, b: number) => number;
}

const lane = (opcode: number, arity: number, latency: number, fold?: Operation["fold"], commutes = false): Operation => ({
  arity,
  form: "lane",
  gives: "number",
  opcode,
  latency,
  commutes,
  ...(fold && { fold }),
});
const comparison = (opcode: number, fold: (a: number, b: number) => boolean, commutes = false): Operation => ({
  arity: 2,
  form: "lane",
  gives: "mask",
  opcode,
  latency: 1,
  commutes,
  fold: (a, b) => Number(fold(a, b)),
});
const bits = (opcode: number, arity: number, commutes = false): Operation => ({
  arity,
  form: "lane",
  gives: "bits",
  opcode,
  latency: 1,
  commutes,
});
const kernel = (arity: number): Operation => ({ arity, form: "kernel", gives: "number" });
const special = (arity: number): Operation => ({ ...kernel(arity), module: "special" });

const table = {
  add: lane(0xf0, 2, 3, (a, b) => a + b, true),
  sub: lane(0xf1, 2, 3, (a, b) => a - b),
  mul: lane(0xf2, 2, 3, (a, b) => a * b, true),
  div: lane(0xf3, 2, 13, (a, b) => a / b),
  sqrt: lane(0xef, 1, 20, Math.sqrt),
  neg: lane(0xed, 1, 1, (a) => -a),
  abs: lane(0xec, 1, 1, Math.abs),
  floor: lane(0x75, 1, 6, Math.floor),
  ceil: lane(0x74, 1, 6, Math.ceil),
  trunc: lane(0x7a, 1, 6, Math.trunc),
  min: { ...lane(0xf4, Number.POSITIVE_INFINITY, 6, Math.min, true) },
  max: { ...lane(0xf5, Number.POSITIVE_INFINITY, 6, Math.max, true) },

  eq: comparison(0x47, (a, b) => a === b, true),
  ne: comparison(0x48, (a, b) => a !== b, true),
  lt: comparison(0x49, (a, b) => a < b),
  gt: comparison(0x4a, (a, b) => a > b),
  le: comparison(0x4b, (a, b) => a <= b),
  ge: comparison(0x4c, (a, b) => a >= b),

  not: bits(0x4d, 1),
  and: bits(0x4e, 2, true),
  andnot: bits(0x4f, 2),
  or: bits(0x50, 2, true),
  xor: bits(0x51, 2, true),
  /** `select(mask, a, b)`: `a` where the mask is set, else `b` (`v128.bitselect` with the mask first). */
  select: { ...bits(0x52, 3), maskOperands: 1 },

  exp: kernel(1),
  expm1: kernel(1),
  exp2: kernel(1),
  log: kernel(1),
  log1p: kernel(1),
  log2: kernel(1),
  log10: kernel(1),
  sin: kernel(1),
  cos: kernel(1),
  tan: kernel(1),
  asin: kernel(1),
  acos: kernel(1),
  atan: kernel(1),
  sinh: kernel(1),
  cosh: kernel(1),
  tanh: kernel(1),
  asinh: kernel(1),
  acosh: kernel(1),
  atanh: kernel(1),
  cbrt: kernel(1),
  round: kernel(1),
  fround: kernel(1),
  sign: kernel(1),
  atan2: kernel(2),
  pow: kernel(2),
  /** A kernel of two; more are lowered to one scaled sum of squares (lengths.ts). */
  hypot: kernel(Number.POSITIVE_INFINITY),
  rem: kernel(2),
  /** JavaScript's operations on 32-bit integers; `~a` is `a ^ -1`. */
  bitAnd: kernel(2),
  bitOr: kernel(2),
  bitXor: kernel(2),
  shiftLeft: kernel(2),
  shiftRight: kernel(2),
  shiftRightUnsigned: kernel(2),
  imul: kernel(2),
  clz32: kernel(1),
  /** The element of a table at an index, NaN where there is none; the node's value is the table's number. */
  gather: { ...kernel(1), readsTable: true },
  /** ∂pow(a, b)/∂a = b·a^(b−1), from pow's own extended logarithm. */
  powSlope: kernel(2),
  /** ∂pow(a, b)/∂b = a^b·log a, 0 where a^b is constantly 0. */
  powLog: kernel(2),

  erf: special(1),
  erfc: special(1),
  erfcx: special(1),
  erfcxSlope: special(1),
  /** `erfcxDerivative(order, x)`: the order is a whole number from 2 up and has no slope. */
  erfcxDerivative: special(2),
  /** e^(−a²). */
  gauss: special(1),
  normalPdf: special(1),
  normalPdfSlope: special(1),
  normalCdf: special(1),
  logistic: special(1),
  softplus: special(1),
  /** What `exp` and `log1p` lack: e^a/exp(a) − 1, log(1 + a + b) − log1p(a). */
  expTail: special(1),
  log1pTail: special(2),
  gamma: special(1),
  /** Γ′(a), given b = Γ(a). */
  gammaSlope: special(2),
  logGamma: special(1),
  digamma: special(1),
  trigamma: special(1),
  /** `polygamma(order, x)`: the order is a whole number from 0 up and has no slope. */
  polygamma: special(2),
  sinc: special(1),
  /** `sincDerivative(order, x)`: the order is a whole number from 1 up and has no slope. */
  sincDerivative: special(2),
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof table;
export const operations: Readonly<Record<OperationName, Operation>> = table;
export const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);
