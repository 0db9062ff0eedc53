/** Seeded arguments for the kernels' tests. */
import type { KernelName } from "./kernels.ts";

/** Uniform in [0, 1), 53 bits (mulberry32, twice). */
export function createRandom(seed: number): () => number {
  let state = seed;
  const word = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}

/** Every double alike, NaNs and infinities too. */
export function randomBits(count: number, random: () => number): Float64Array {
  const words = Uint32Array.from({ length: 2 * count }, () => random() * 2 ** 32);
  return new Float64Array(words.buffer);
}

export const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0];

/** Arguments that a kernel's common path takes. */
export const ordinary: Readonly<Record<KernelName, readonly [number, number, number]>> = {
  exp: [0.7, -3, 100],
  expm1: [0.7, -3, 1e-9],
  exp2: [0.7, -3, 100],
  log: [0.7, 3, 1e200],
  log1p: [0.7, -0.3, 1e-9],
  log2: [0.7, 3, 1e200],
  log10: [0.7, 3, 1e200],
  sin: [0.7, -30, 5000],
  cos: [0.7, -30, 5000],
  tan: [0.7, -30, 5000],
  asin: [0.7, -0.3, 1e-9],
  acos: [0.7, -0.3, 1e-9],
  atan: [0.7, -30, 1e9],
  sinh: [0.7, -3, 100],
  cosh: [0.7, -3, 100],
  tanh: [0.7, -3, 15],
  asinh: [0.7, -30, 1e9],
  acosh: [1.7, 30, 1e9],
  atanh: [0.7, -0.3, 1e-8],
  cbrt: [0.7, -30, 1e99],
  round: [0.7, -30.5, 1e99],
  fround: [0.7, -30.5, 1e9],
  sign: [0.7, -30.5, 1e99],
  clz32: [0.7, -30.5, 1e9],
  atan2: [0.7, -30, 1e9],
  pow: [0.7, 30, 1.0001],
  hypot: [0.7, -30, 1e9],
  rem: [0.7, -30, 77.7],
  powSlope: [0.7, 30, 1.0001],
  powLog: [0.7, 30, 1.0001],
  imul: [0.7, -30.5, 1e9],
  bitAnd: [0.7, -30.5, 1e9],
  bitOr: [0.7, -30.5, 1e9],
  bitXor: [0.7, -30.5, 1e9],
  shiftLeft: [0.7, -30.5, 1e9],
  shiftRight: [0.7, -30.5, 1e9],
  shiftRightUnsigned: [0.7, -30.5, 1e9],
};

/** Of `count` points half are ordinary in size, half random bits. */
export function assorted(name: KernelName, count: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const bits = randomBits(count, random);
  return bits.map((value, i) => (i % 4 < 2 ? ordinary[name][i % 3] * (random() + 0.5) : value));
}
