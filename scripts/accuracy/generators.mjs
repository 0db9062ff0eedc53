/** Generators of points, from one stream of random numbers. */

let state = 0;
/** Begins another stream. */
export function reseed(seed) {
  state = seed;
}
/** mulberry32. */
function word() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}
/** Uniform in [0, 1), 53 bits. */
const random = () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
export const sign = () => (random() < 0.5 ? -1 : 1);
export const below = (count) => Math.floor(random() * count);
export const pick = (list) => list[below(list.length)];

export const between = (low, high) => () => low + (high - low) * random();
/** Uniform in the logarithm, from 2^low to 2^high; all bits of the significand alike. */
export const sizes = (low, high) => () => {
  const e = low + (high - low) * random();
  const whole = Math.floor(e);
  const size = (1 + random()) * 2 ** Math.max(whole, -1074);
  return whole < -1022 ? random() * 2 ** (whole + 1) : size;
};
export const eitherSign = (points) => () => sign() * points();

const view = new DataView(new ArrayBuffer(8));
/** The double `steps` beyond x. */
export function neighbour(x, steps) {
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps));
  return view.getFloat64(0);
}
/** Beside the points: a few doubles away, or at a relative distance of 2^-53…2^-3. */
export const near =
  (...points) =>
  () => {
    const x = pick(points);
    if (x === 0) return sign() * sizes(-1074, -3)();
    return random() < 0.5 ? neighbour(x, below(9) - 4) : x * (1 + sign() * sizes(-53, -3)());
  };
export const pairs = (a, b) => () => [a(), b()];

export const any = eitherSign(sizes(-1074, 1024));
export const positive = sizes(-1074, 1024);
export const subnormal = sizes(-1074, -1022);
