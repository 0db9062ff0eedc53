/**
 * Dual numbers as objects over the host's Math: an evaluator that shares nothing with epsilane. Branches are taken, not
 * masked. It can disturb every operation a little, which tells how far rounding may carry a result.
 */
export interface Dual {
  readonly val: number;
  readonly der: number;
}

export interface Evaluation {
  /** Applied to every value and every tangent that an operation gives. */
  readonly disturb: (value: number) => number;
  /** Called with every decision: a branch taken, a winner, a step of a staircase. */
  readonly decide: (decision: string | number | boolean) => void;
}

type Operation = (evaluation: Evaluation, ...args: Dual[]) => Dual;

/** A smooth function of one operand, from its value and its slope. */
const smooth =
  (value: (a: number) => number, slope: (a: number, z: number) => number): Operation =>
  (_, { val, der }) => {
    const z = value(val);
    return { val: z, der: der === 0 ? 0 : slope(val, z) * der };
  };

const staircase =
  (value: (a: number) => number): Operation =>
  ({ decide }, { val }) => {
    const z = value(val);
    decide(z);
    return { val: z, der: 0 };
  };

const extreme =
  (value: (...args: number[]) => number): Operation =>
  ({ decide }, ...args) => {
    const z = value(...args.map(({ val }) => val));
    const tied = args.filter(({ val }) => val === z);
    decide(args.map(({ val }) => val === z).join());
    return { val: z, der: tied.reduce((sum, { der }) => sum + der, 0) / tied.length };
  };

/** A product in which a structural zero meets no infinity. */
const times = (der: number, factor: number) => (der === 0 ? 0 : der * factor);

export const dualOperations: Readonly<Record<string, Operation>> = {
  add: (_, a, b) => ({ val: a.val + b.val, der: a.der + b.der }),
  sub: (_, a, b) => ({ val: a.val - b.val, der: a.der - b.der }),
  mul: (_, a, b) => ({ val: a.val * b.val, der: times(a.der, b.val) + times(b.der, a.val) }),
  div: (_, a, b) => ({ val: a.val / b.val, der: times(a.der, 1 / b.val) - times(b.der, a.val / b.val / b.val) }),
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
  atan2: (_, a, b) => {
    const square = a.val * a.val + b.val * b.val;
    return { val: Math.atan2(a.val, b.val), der: times(a.der, b.val / square) - times(b.der, a.val / square) };
  },
  hypot: (_, a, b) => {
    const z = Math.hypot(a.val, b.val);
    return { val: z, der: times(a.der, a.val / z) + times(b.der, b.val / z) };
  },
  pow: (_, a, b) => {
    const z = a.val ** b.val;
    const byBase = b.val === 0 ? 0 : b.val * a.val ** (b.val - 1);
    return { val: z, der: times(a.der, byBase) + times(b.der, z * Math.log(a.val)) };
  },
  rem: ({ decide }, a, b) => {
    const z = a.val % b.val;
    const quotient = Math.round((a.val - z) / b.val);
    decide(quotient);
    return { val: z, der: a.der - times(b.der, quotient) };
  },
  floor: staircase(Math.floor),
  ceil: staircase(Math.ceil),
  trunc: staircase(Math.trunc),
  round: staircase(Math.round),
  sign: staircase(Math.sign),
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
