/** Values at which arithmetic, roots, powers and rounding change their behaviour. */
export const awkward: readonly number[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2,
  -2,
  3,
  -3.7,
  4,
  1e-9,
  0.1,
  1e200,
  -1e200,
  1e-200,
  2 ** 53,
  2 ** -1022,
  -(2 ** -1022),
  2 ** -1074,
  -(2 ** -1074),
  3 * 2 ** -1074,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Infinity,
  -Infinity,
  NaN,
];

const double = new Float64Array(1);
const word = new BigInt64Array(double.buffer);

/** The 64 bits in hexadecimal; all NaNs are one value. */
export function bitsOf(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  double[0] = value;
  return BigInt.asUintN(64, word[0]!).toString(16).padStart(16, "0");
}

/** How many doubles lie from `a` to `b`; 0 for equal values and for two NaNs, `Infinity` where one alone is NaN. */
export function ulpsBetween(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Infinity;
  const ordinal = (value: number) => {
    double[0] = value;
    return word[0]! < 0n ? -(word[0]! & 0x7fffffffffffffffn) : word[0]!;
  };
  const distance = ordinal(a) - ordinal(b);
  return Number(distance < 0n ? -distance : distance);
}

/** Where two lists of columns first differ in bits, for a message; `undefined` where they do not. */
export function firstDifference(actual: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} columns in place of ${expected.length}`;
  for (const [column, wanted] of expected.entries()) {
    const got = actual[column]!;
    if (got.length !== wanted.length) return `column ${column} has ${got.length} points in place of ${wanted.length}`;
    for (let point = 0; point < wanted.length; point++) {
      if (bitsOf(got[point]!) !== bitsOf(wanted[point]!))
        return `column ${column}, point ${point}: ${got[point]} in place of ${wanted[point]}`;
    }
  }
  return undefined;
}
