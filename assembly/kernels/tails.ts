/**
 * What e^x and log(1 + x), rounded, lack: with it logSumExp (src/graph/log-sum-exp.ts) is rounded but once. The steps are
 * those of exp.ts and log.ts, and so are the coefficients, the sums with their tails; good to some 0.05 ulp of the function.
 */
import { exp, log1p } from "../elementary";
import { add, anySumTail, at, div, first, high, mul, second, sub, sumTail, where } from "./ops";
import { BIAS, bend, exponent, moved, offset, scaledTail, significand } from "./log";
import { longExp, tailOut } from "./stirling";
import { LN2, LOG_TABLE } from "./tables";

const ZERO: usize = memory.data<f64>([0, 0], 16);
const ONE: usize = memory.data<f64>([1, 1], 16);
/** Below, e^x has no room for a tail. */
const LEAST: usize = memory.data<f64>([-690, -690], 16);
/** Below, 1 + x is in the table's entry for 1. */
const SMALL: usize = memory.data<f64>([0.00390625, 0.00390625], 16);

/** e^x/exp(x) − 1 for x ≤ 0. */
export function expTail(x: v128): v128 {
  const z = longExp(x, v128.load(ZERO)), power = exp(x);
  return v128.and(div(add(sub(z, power), tailOut), power), f64x2.gt(x, v128.load(LEAST)));
}

export function expTailBlock(z: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, expTail(v128.load(a + i)));
}

/** log(1 + a + b) − log1p(a) for b some ulps of a ≥ 0; a number for every other a. */
export function log1pTail(a: v128, b: v128): v128 {
  const one = v128.load(ONE), u = add(one, a), uTail = add(anySumTail(one, a, u), b), isSmall = f64x2.lt(a, v128.load(SMALL));
  const t = moved(u), m = significand(t), mHigh = high(m);
  const pair0 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 0))), pair1 = v128.load(LOG_TABLE + offset(i64x2.extract_lane(t, 1)));
  const inverse = first(pair0, pair1), logC = second(pair0, pair1), k = exponent(t, v128.load(BIAS));
  const r0 = sub(mul(mHigh, inverse), one), r1 = mul(sub(m, mHigh), inverse), sum = add(r0, r1), r = where(isSmall, a, sum);
  const rest = where(isSmall, b, add(sumTail(r0, r1, sum), mul(scaledTail(uTail, t), inverse)));
  const kLn2 = mul(k, at(LN2, 0)), w = add(kLn2, logC), s = add(w, r);
  const tails = add(add(sumTail(kLn2, logC, w), mul(k, at(LN2, 1))), sumTail(w, r, s));
  return add(sub(s, log1p(a)), add(bend(r), add(tails, sub(rest, mul(r, rest)))));
}

export function log1pTailBlock(z: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(z + i, log1pTail(v128.load(a + i), v128.load(b + i)));
}
