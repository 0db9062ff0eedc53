/** Reproducible operands: a third special values, a third ordinary numbers, a third any bits at all. */
const special = [
  ...[0, 1, 0.5, 2, 3, 1.5, 0.1, 1e-3, 709, 746, 2 ** 53, 2 ** 53 - 1, 1e16, 1e154, 1e160, 1e200, Number.MAX_VALUE],
  ...[5e-324, 2 ** -1022, 1e-160, 1e-200, 1 - 2 ** -53, 1 + 2 ** -52, Math.PI / 2, Math.PI, Math.E, Infinity],
].flatMap((x) => [x, -x]);

/** Mulberry32. */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function ordinaryAndSpecial(seed: number): () => number {
  const random = uniform(seed);
  const bits = new Uint32Array(2);
  const anyBits = new Float64Array(bits.buffer);
  return () => {
    const kind = random();
    if (kind < 1 / 3) return random() < 0.03 ? Number.NaN : special[Math.floor(random() * special.length)]!;
    if (kind < 2 / 3) return (random() - 0.5) * 2 ** Math.floor(random() * 12);
    bits[0] = random() * 2 ** 32;
    bits[1] = random() * 2 ** 32;
    return anyBits[0]!;
  };
}

export function fill(columns: readonly Float64Array[], next: () => number): void {
  for (const values of columns) {
    for (let row = 0; row < values.length; row++) values[row] = next();
  }
}
