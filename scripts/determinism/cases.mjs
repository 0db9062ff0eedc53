/**
 * What every engine must compute to the same bits: each function with its first derivatives, and the workloads of bench/, on
 * both engines, in batches and point by point. The arguments are made of bits and plain arithmetic, so that no engine's own
 * `Math` has a part in them. Used by print.mjs and by a page.
 */
import arm from "../../bench/workloads/arm.mjs";
import blackScholes from "../../bench/workloads/black-scholes.mjs";
import distance from "../../bench/workloads/distance.mjs";
import mixed from "../../bench/workloads/mixed.mjs";
import rosenbrock8 from "../../bench/workloads/rosenbrock-8.mjs";
import { normalCdf } from "../../examples/options/black-scholes.js";

const POINTS = 4099;
const SINGLE_POINTS = 65;
const WARM_UP = 30;
const ENGINES = ["compiled", "interpreted"];

// ---- arguments

/** Random words of 32 bits (mulberry32). */
function words(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

const SPECIAL = [0, -0, 1, -1, 0.5, -0.5, 2, Infinity, -Infinity, NaN, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, 1e22];

/** Special values, then in turn: any bits; uniform in −10…10; either sign, uniform in the logarithm from 2^-60 to 2^12. */
function assorted(seed) {
  const word = words(seed);
  const bits = new DataView(new ArrayBuffer(8));
  return Float64Array.from({ length: POINTS }, (_, i) => {
    if (i < SPECIAL.length) return SPECIAL[(i * seed) % SPECIAL.length];
    if (i % 3 === 0) return (word() / 2 ** 32) * 20 - 10;
    const high = word();
    const exponent = 1023 - 60 + (word() % 72);
    bits.setUint32(0, i % 3 === 1 ? high : ((high & 0x800fffff) | (exponent << 20)) >>> 0);
    bits.setUint32(4, word());
    return bits.getFloat64(0);
  });
}

function uniform(seed, [low, high]) {
  const word = words(seed);
  return Float64Array.from({ length: POINTS }, () => low + (high - low) * (word() / 2 ** 32));
}

// ---- what is computed

const UNARY = [
  ..."abs sign floor ceil trunc round fround sqrt cbrt exp expm1 exp2 log log1p log2 log10 sin cos tan asin acos atan".split(" "),
  ..."sinh cosh tanh asinh acosh atanh clz32 bitNot neg".split(" "),
  ..."erf erfc erfcx normalPdf normalCdf logistic softplus gamma logGamma digamma trigamma sinc heaviside".split(" "),
];
const BINARY = [
  ..."add sub mul div rem pow atan2 hypot min max imul copysign logSumExp".split(" "),
  ..."bitAnd bitOr bitXor shiftLeft shiftRight shiftRightUnsigned".split(" "),
];
const COMPOSED = {
  "sin and cos": (e) => (x) => e.mul(e.sin(x), e.cos(x)),
  "hypot of three": (e) => (x, y, z) => e.hypot(x, y, z),
  "logSumExp of three": (e) => (x, y, z) => e.logSumExp(x, y, z),
  where: (e) => (x, y) => e.where(e.lt(x, y), e.sqrt(x), e.exp(y)),
  clamp: (e) => (x, y, z) => e.clamp(x, y, z),
  lerp: (e) => (x, y, z) => e.lerp(x, y, z),
  mix: (e) => (x, y, z) => e.mix(x, y, z),
  "polygamma of order 2": (e) => (x) => e.polygamma(2, x),
  "polygamma of order 3": (e) => (x) => e.polygamma(3, x),
  "polygamma of order 20": (e) => (x) => e.polygamma(20, x),
};
const WORKLOADS = [distance, rosenbrock8, blackScholes, mixed, arm];
/** Closures are read in Node alone. */
const SCOPES = { "black-scholes": { normalCdf } };

const leaves = (tree) => {
  if (typeof tree === "number") return [Float64Array.of(tree)];
  return tree instanceof Float64Array ? [tree] : Object.values(tree).flatMap(leaves);
};

/** A function's columns by `batch` as it was just compiled, and when engines have optimised it; then its first points one by one. */
function outputsOf(f, args, callOne) {
  const columns = leaves(f.batch(args));
  for (let k = 0; k < WARM_UP; k++) f.batch(args);
  columns.push(...leaves(f.batch(args)));
  const points = leaves(args).map((column) => column.subarray(0, SINGLE_POINTS));
  const single = Array.from({ length: SINGLE_POINTS }, (_, i) => leaves(callOne(points.map((column) => column[i]))).map(([x]) => x));
  return [...columns, ...single[0].map((_, k) => Float64Array.from(single, (row) => row[k]))];
}

/** By name: `inputs` and `outputs`, columns. */
function cases(epsilane) {
  const { dual, gradient, jacobian, jvp, traced } = epsilane;
  const list = {};
  const add = (name, inputs, outputs) => {
    list[name] = { inputs, outputs };
  };
  const functions = [
    ...UNARY.map((name) => [name, (x) => epsilane[name](x)]),
    ...BINARY.map((name) => [name, (x, y) => epsilane[name](x, y)]),
    ...Object.entries(COMPOSED).map(([name, make]) => [name, make(epsilane)]),
  ];
  for (const engine of ENGINES) {
    for (const [name, fn] of functions) {
      const inputs = [1, 3, 5].slice(0, fn.length).map(assorted);
      add(`${name}, ${engine}`, inputs, () => {
        const f = gradient(traced(fn), { engine });
        return outputsOf(f, inputs, (point) => f(...point));
      });
      const duals = inputs.map((val, k) => ({ val, der: assorted(k + 7) }));
      add(`${name} of duals, ${engine}`, leaves(duals), () => leaves(dual(traced(fn), { engine }).batch(duals)));
    }
    for (const { name, method, fn, options, ranges, args, callOne } of WORKLOADS) {
      const inputs = ranges.map((range, k) => uniform(k + 1, range));
      const all = { ...options, engine, ...(SCOPES[name] && { scope: SCOPES[name] }) };
      const f = (method === "jacobian" ? jacobian : gradient)(fn, all);
      add(`${name}, ${engine}`, inputs, () => outputsOf(f, args(inputs), (point) => callOne(f, point)));
      add(`${name} by jvp, ${engine}`, inputs, () => leaves(jvp(fn, all).batch([args(inputs), args(inputs)])));
    }
  }
  return list;
}

// ---- what is compared

/** 64 bits of a hash of a column (two multiplicative hashes of 32); all NaNs are one. */
function digest(column) {
  const canonical = column.map((value) => (Number.isNaN(value) ? NaN : value));
  let a = 1;
  let b = 2;
  for (const word of new Uint32Array(canonical.buffer)) {
    a = Math.imul(a ^ word, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return [a, b].map((hash) => (hash >>> 0).toString(16).padStart(8, "0")).join("");
}

/** Of every case by name the digests of its columns, or what it threw. */
export function digests(epsilane) {
  return Object.fromEntries(
    Object.entries(cases(epsilane)).map(([name, { outputs }]) => {
      try {
        return [name, outputs().map(digest).join(" ")];
      } catch (error) {
        return [name, `${error.name}: ${error.message}`];
      }
    }),
  );
}

/** All numbers of one case, as text: `inputs` and `outputs`. */
export function numbers(epsilane, name) {
  const { inputs, outputs } = cases(epsilane)[name];
  const text = (column) => Array.from(column, (x) => (Object.is(x, -0) ? "-0" : String(x)));
  return { inputs: inputs.map(text), outputs: outputs().map(text) };
}

/** Digests, or of the named case the numbers. */
export const results = (epsilane, name) => (name ? numbers(epsilane, name) : digests(epsilane));
