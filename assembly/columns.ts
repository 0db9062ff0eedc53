// Columns of f64 in memory: one number a point, padded to whole steps of STEP bytes (four points).

const STEP: usize = 32;

/** Writes `value` to every point of a column of `bytes` bytes, a multiple of 16. */
export function fillColumn(z: usize, value: f64, bytes: usize): void {
  const pair = f64x2.splat(value);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, pair);
}

/** Pads `count` columns of `points` points, `stride` bytes apart, to whole steps by repeating the last point, so that lanes beyond it meet nothing that no point met. */
export function padColumns(first: usize, count: usize, stride: usize, points: usize): void {
  const end = points << 3;
  const padded = (end + STEP - 1) & ~(STEP - 1);
  for (let column: usize = 0; column < count; column++) {
    const z = first + column * stride;
    const last = load<f64>(z + end - 8);
    for (let i = end; i < padded; i += 8) store<f64>(z + i, last);
  }
}

/** The first of `points` points of a column that is not +0, or -1. */
export function firstSet(a: usize, points: usize): i32 {
  const end = points << 3;
  let i: usize = 0;
  while (i + STEP <= end && !v128.any_true(v128.or(v128.load(a + i), v128.load(a + i, 16)))) i += STEP;
  for (; i < end; i += 8) if (load<u64>(a + i) != 0) return <i32>(i >> 3);
  return -1;
}

/** Whether a mask is set (`isSet` 1), or not set (0), at some point of a column of `bytes` bytes. */
export function isNeeded(mask: usize, isSet: i32, bytes: usize): bool {
  for (let i: usize = 0; i < bytes; i += 16) {
    const pair = v128.load(mask + i);
    if (isSet ? v128.any_true(pair) : !i64x2.all_true(pair)) return true;
  }
  return false;
}
