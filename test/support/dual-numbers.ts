/**
 * Dual numbers as objects over the host's Math: an evaluator that shares nothing with epsilane. Branches are taken, not
 * masked. Where it says NaN and epsilane does not, a structural zero met an infinity.
 */
export interface Dual {
  readonly val: number;
  readonly der: number;
  /** A number of the program's own text. */
  readonly isConstant?: boolean;
}

interface Evaluation {
  /** Called with every decision: a branch taken, a winner, a step of a staircase. */
  readonly decide: (decision: string | number) => void;
  /** Applied to every term of a tangent, so that an evaluation can be disturbed on purpose. */
  readonly disturb: (value: number) => number;
}

type Operation = (evaluation: Evaluation, ...args: Dual[]) => Dual;

/** A smooth function of one operand, from its value and its slope. */
const smooth =
  (value: (a: number) => number, slope: (a: number, z: number) => number): Operation =>
  (_, { val, der }) => {
    const z = value(val);
    return { val: z, der: slope(val, z) * der };
  };

const staircase =
  (value: (a: number) => number): Operation =>
  ({ decide }, { val }) => {
    const z = value(val);
    decide(z);
    return { val: z, der: 0 };
  };

/** On the 32 bits of whole numbers: a staircase in both operands. */
const onBits =
  (value: (a: number, b: number) => number): Operation =>
  ({ decide }, a, b) => {
    const z = value(a!.val, b?.val ?? 0);
    decide(z);
    return { val: z, der: 0 };
  };

/** The tied share the slope. Of three, one number may be there twice, which epsilane counts once: such ties are left out. */
const extreme =
  (value: (...args: number[]) => number): Operation =>
  ({ decide }, ...args) => {
    const z = value(...args.map(({ val }) => val));
    const tied = args.filter(({ val }) => val === z);
    decide(args.map(({ val }) => val === z).join());
    const isPlain = args.length === 2 || tied.every(({ der }) => der === tied[0]!.der);
    return { val: z, der: isPlain ? tied.reduce((sum, { der }) => sum + der, 0) / tied.length : Number.NaN };
  };

export const dualOperations: Readonly<Record<string, Operation>> = {
  add: ({ disturb }, a, b) => ({ val: a.val + b.val, der: disturb(a.der) + disturb(b.der) }),
  sub: ({ disturb }, a, b) => ({ val: a.val - b.val, der: disturb(a.der) - disturb(b.der) }),
  mul: ({ disturb }, a, b) => ({ val: a.val * b.val, der: disturb(a.der * b.val) + disturb(b.der * a.val) }),
  div: ({ disturb }, a, b) => ({ val: a.val / b.val, der: disturb(a.der / b.val) - disturb(b.der * (a.val / b.val / b.val)) }),
  neg: (_, a) => ({ val: -a.val, der: -a.der }),
  abs: ({ decide }, a) => {
    decide(Math.sign(a.val));
    return { val: Math.abs(a.val), der: Math.sign(a.val) * a.der };
  },
  sqrt: smooth(Math.sqrt, (_, z) => 0.5 / z),
  cbrt: smooth(Math.cbrt, (_, z) => 1 / (3 * z * z)),
  exp: smooth(Math.exp, (_, z) => z),
  expm1: smooth(Math.expm1, (a) => Math.exp(a)),
  log: smooth(Math.log, (a) => 1 / a),
  log1p: smooth(Math.log1p, (a) => 1 / (1 + a)),
  sin: smooth(Math.sin, (a) => Math.cos(a)),
  cos: smooth(Math.cos, (a) => -Math.sin(a)),
  tan: smooth(Math.tan, (a) => 1 / Math.cos(a) ** 2),
  atan: smooth(Math.atan, (a) => 1 / (1 + a * a)),
  tanh: smooth(Math.tanh, (a) => 1 / Math.cosh(a) ** 2),
  atan2: ({ disturb }, a, b) => {
    const square = a.val * a.val + b.val * b.val;
    return { val: Math.atan2(a.val, b.val), der: disturb(a.der * (b.val / square)) - disturb(b.der * (a.val / square)) };
  },
  hypot: ({ disturb }, a, b) => {
    const z = Math.hypot(a.val, b.val);
    return { val: z, der: disturb(a.der * (a.val / z)) + disturb(b.der * (b.val / z)) };
  },
  pow: ({ disturb }, a, b) => {
    const z = a.val ** b.val;
    const byBase = b.val === 0 ? 0 : b.val * a.val ** (b.val - 1);
    // a constant exponent has no logarithm in it
    return { val: z, der: disturb(a.der * byBase) + (b.isConstant ? 0 : disturb(b.der * (z * Math.log(a.val)))) };
  },
  rem: ({ decide, disturb }, a, b) => {
    const z = a.val % b.val;
    const quotient = Math.round((a.val - z) / b.val);
    decide(quotient);
    return { val: z, der: disturb(a.der) - disturb(b.der * quotient) };
  },
  floor: staircase(Math.floor),
  ceil: staircase(Math.ceil),
  trunc: staircase(Math.trunc),
  round: staircase(Math.round),
  sign: staircase(Math.sign),
  bitAnd: onBits((a, b) => a & b),
  bitOr: onBits((a, b) => a | b),
  bitXor: onBits((a, b) => a ^ b),
  bitNot: onBits((a) => ~a),
  shiftLeft: onBits((a, b) => a << b),
  shiftRight: onBits((a, b) => a >> b),
  shiftRightUnsigned: onBits((a, b) => a >>> b),
  max: extreme(Math.max),
  min: extreme(Math.min),
};

export const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "===": (a, b) => a === b,
  "!==": (a, b) => a !== b,
};
