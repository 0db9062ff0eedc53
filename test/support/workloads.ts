import type { NodeId } from "../../src/graph/graph.ts";
import { type Expressions, k } from "./expressions.ts";

/** A function as a tracer gives it, the same in plain JavaScript, and the box its points come from. */
export interface Workload {
  readonly name: string;
  readonly leaves: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  build(e: Expressions, leaves: readonly NodeId[]): NodeId[];
  plain(...point: number[]): number[];
}

const box = (size: number, low: number, high: number) => ({
  leaves: size,
  low: Array<number>(size).fill(low),
  high: Array<number>(size).fill(high),
});

const distance: Workload = {
  name: "distance",
  ...box(2, -5, 5),
  build: ({ sqrt, add, mul }, [x, y]) => [sqrt(add(mul(x!, x!), mul(y!, y!)))],
  plain: (x, y) => [Math.sqrt(x! * x! + y! * y!)],
};

const rosenbrock: Workload = {
  name: "Rosenbrock in 8 variables",
  ...box(8, -2, 2),
  build({ add, sub, mul, constant }, x) {
    let sum = constant(0);
    for (let i = 0; i < 7; i++) {
      const valley = sub(x[i + 1]!, mul(x[i]!, x[i]!));
      const slope = sub(k(1), x[i]!);
      sum = add(sum, add(mul(k(100), mul(valley, valley)), mul(slope, slope)));
    }
    return [sum];
  },
  plain(...x) {
    let sum = 0;
    for (let i = 0; i < 7; i++) {
      const valley = x[i + 1]! - x[i]! * x[i]!;
      sum += 100 * (valley * valley) + (1 - x[i]!) * (1 - x[i]!);
    }
    return [sum];
  },
};

/** Abramowitz & Stegun 26.2.17. */
const tail = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429] as const;

const blackScholes: Workload = {
  name: "Black-Scholes",
  leaves: 5,
  low: [50, 50, 0.01, 0.1, 0.1],
  high: [150, 150, 0.08, 0.6, 2],
  build({ add, sub, mul, div, neg, abs, exp, log, sqrt, gt, select }, [S, K, r, v, T]) {
    const normal = (x: NodeId) => {
      const t = div(k(1), add(k(1), mul(k(0.2316419), abs(x))));
      const density = mul(k(0.3989422804014327), exp(div(mul(neg(x), x), k(2))));
      let p = mul(t, k(tail[4]));
      p = add(k(tail[3]), p);
      for (const i of [2, 1, 0]) p = add(k(tail[i]!), mul(t, p));
      const upper = mul(mul(density, t), p);
      return select(gt(x, k(0)), sub(k(1), upper), upper);
    };
    const spread = mul(v!, sqrt(T!));
    const d1 = div(add(log(div(S!, K!)), mul(add(r!, div(mul(v!, v!), k(2))), T!)), spread);
    const d2 = sub(d1, spread);
    return [sub(mul(S!, normal(d1)), mul(mul(K!, exp(mul(neg(r!), T!))), normal(d2)))];
  },
  plain(S, K, r, v, T) {
    const normal = (x: number) => {
      const t = 1 / (1 + 0.2316419 * Math.abs(x));
      const density = 0.3989422804014327 * Math.exp((-x * x) / 2);
      const upper = density * t * (tail[0] + t * (tail[1] + t * (tail[2] + t * (tail[3] + t * tail[4]))));
      return x > 0 ? 1 - upper : upper;
    };
    const spread = v! * Math.sqrt(T!);
    const d1 = (Math.log(S! / K!) + (r! + (v! * v!) / 2) * T!) / spread;
    return [S! * normal(d1) - K! * Math.exp(-r! * T!) * normal(d1 - spread)];
  },
};

const mixed: Workload = {
  name: "mixed",
  ...box(3, -2, 2),
  build({ add, mul, exp, sin, cos, log, pow }, [x, y, z]) {
    const first = exp(mul(sin(x!), y!));
    const second = mul(log(add(k(1), mul(z!, z!))), cos(mul(x!, y!)));
    return [add(add(first, second), pow(add(k(1), mul(y!, y!)), k(1.5)))];
  },
  plain: (x, y, z) => [Math.exp(Math.sin(x!) * y!) + Math.log(1 + z! * z!) * Math.cos(x! * y!) + Math.pow(1 + y! * y!, 1.5)],
};

/** Denavit–Hartenberg parameters of a six-joint arm: length, offset, cosine and sine of the twist. */
const joints = [
  [0, 0, 0, 1],
  [0.4318, 0, 1, 0],
  [0.0203, 0.15005, 0, -1],
  [0, 0.4318, 0, 1],
  [0, 0, 0, -1],
] as const;

const arm: Workload = {
  name: "arm",
  ...box(6, -3, 3),
  build({ add, sub, mul, sin, cos, constant }, q) {
    let x = mul(k(0.05), cos(q[5]!));
    let y = mul(k(0.05), sin(q[5]!));
    let z = constant(0.1);
    for (let j = 4; j >= 0; j--) {
      const [length, offset, cosTwist, sinTwist] = joints[j]!;
      const [s, c] = [sin(q[j]!), cos(q[j]!)];
      const u = add(x, k(length));
      const v = sub(mul(y, k(cosTwist)), mul(z, k(sinTwist)));
      z = add(add(mul(y, k(sinTwist)), mul(z, k(cosTwist))), k(offset));
      x = sub(mul(c, u), mul(s, v));
      y = add(mul(s, u), mul(c, v));
    }
    return [x, y, z];
  },
  plain(...q) {
    let [x, y, z] = [0.05 * Math.cos(q[5]!), 0.05 * Math.sin(q[5]!), 0.1];
    for (let j = 4; j >= 0; j--) {
      const [length, offset, cosTwist, sinTwist] = joints[j]!;
      const [s, c] = [Math.sin(q[j]!), Math.cos(q[j]!)];
      const u = x + length;
      const v = y * cosTwist - z * sinTwist;
      z = y * sinTwist + z * cosTwist + offset;
      [x, y] = [c * u - s * v, s * u + c * v];
    }
    return [x, y, z];
  },
};

export const workloads: readonly Workload[] = [distance, rosenbrock, blackScholes, mixed, arm];

/** Numbers in [0, 1) by a seed (mulberry32), so that a failure can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` points of a workload's box. */
export function pointsOf({ low, high }: Workload, count: number, seed = 1): number[][] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => low.map((from, leaf) => from + (high[leaf]! - from) * random()));
}
