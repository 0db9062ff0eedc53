/**
 * Measures the special functions and their derivatives against MPFR: needs a C compiler, libmpfr and `npm run build`.
 *
 *     node scripts/accuracy-special.mjs [--points 20000] [--only erf,gamma]
 *
 * Prints the largest error of value and derivative, in ulps of the exact value, and where. Where the exact result cancels to
 * an irrational zero, in ulps of the terms that cancel.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { points: { type: "string", default: "20000" }, only: { type: "string" } } });
const root = resolve(fileURLToPath(import.meta.url), "../..");

// ---- points

let state = 1;
function word() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}
const random = () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
const sign = () => (random() < 0.5 ? -1 : 1);
const between = (low, high) => () => low + (high - low) * random();
/** Uniform in the logarithm, from 2^low to 2^high. */
const sizes = (low, high) => () => (1 + random()) * 2 ** Math.max(Math.floor(low + (high - low) * random()), -1074);
const eitherSign = (points) => () => sign() * points();
const near =
  (...centres) =>
  () =>
    centres[Math.floor(random() * centres.length)] * (1 + sign() * sizes(-53, -3)());
const nearWhole = (low, high) => () => Math.floor(low + (high - low) * random()) + sign() * sizes(-50, -2)();

const any = eitherSign(sizes(-1074, 1023));
const gamma = [
  ...[between(0.01, 12), between(0, 3), sizes(-1074, 1023), between(-30, 0), nearWhole(-30, 5), between(1, 171.6)],
  ...[near(0.5, 1, 2, 7.5, 8), sizes(-6, 8), between(-170, 0)],
];
const functions = {
  erf: [between(-6, 6), between(-1, 1), any, eitherSign(sizes(-12, 3))],
  erfc: [between(-6, 27.3), between(-1, 1), any, eitherSign(sizes(-12, 4)), between(25, 27.3)],
  erfcx: [between(-26.7, 40), between(-2, 3), any, sizes(-8, 10), sizes(0, 1000), near(31), between(-26.7, -25.5)],
  normalPdf: [between(-38.7, 38.7), between(-2, 2), any, between(36, 38.7)],
  normalCdf: [between(-38.7, 9), between(-2, 2), any, eitherSign(sizes(-12, 4)), between(-38.7, -36)],
  logistic: [between(-746, 40), between(-5, 5), any, eitherSign(sizes(-12, 4)), between(-750, -685)],
  softplus: [between(-746, 800), between(-5, 5), any, eitherSign(sizes(-12, 6)), between(-750, -685)],
  sinc: [between(-10, 10), between(-6400, 6400), any, eitherSign(sizes(-30, 20)), eitherSign(sizes(10, 1020)), near(2, Math.PI)],
  gamma,
  logGamma: gamma,
  digamma: gamma,
  trigamma: gamma,
  polygamma2: gamma,
  polygamma3: gamma,
  polygamma7: gamma,
  polygamma20: gamma,
};

function pointsOf(generators, count) {
  return Float64Array.from({ length: count }, (_, i) => {
    let x = 0;
    while (!Number.isFinite(x) || x === 0) x = generators[i % generators.length]();
    return x;
  });
}

// ---- the compiled kernels

const memory = new WebAssembly.Memory({ initial: 32 });
const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
const instantiate = (name, kernel) =>
  new WebAssembly.Instance(new WebAssembly.Module(readFileSync(join(root, `build/${name}.wasm`))), { env: { memory, table }, kernel })
    .exports;
const math = instantiate("math", {});
const special = instantiate("special", math);
const block = 4096;
const start = Math.ceil(special.staticEnd() / 32) * 32;
const columns = [0, 1, 2, 3, 4].map((index) => new Float64Array(memory.buffer, start + index * block * 8, block));
const [z, dz, a, da, order] = columns.map(({ byteOffset }) => byteOffset);

/** Values and derivatives. */
function compute(name, points) {
  const [, orderText] = /^polygamma(\d+)$/.exec(name) ?? [];
  const results = [new Float64Array(points.length), new Float64Array(points.length)];
  for (let first = 0; first < points.length; first += block) {
    const part = points.subarray(first, first + block);
    columns[2].fill(1).set(part);
    columns[3].fill(1);
    if (orderText) {
      for (const [k, column] of [z, dz].entries()) {
        columns[4].fill(Number(orderText) + k);
        special.polygammaBlock(column, order, a, block * 8);
      }
    } else special[`${name}Dual`](z, dz, a, da, block * 8);
    results.forEach((result, k) => {
      result.set(columns[k].subarray(0, part.length), first);
    });
  }
  return results;
}

// ---- the exact ones

const folder = mkdtempSync(join(tmpdir(), "accuracy-"));
const program = join(folder, "exact");
execFileSync("cc", ["-O2", join(root, "scripts/accuracy/exact-special.c"), "-lmpfr", "-lgmp", "-lm", "-o", program]);

/** Pairs: the value rounded, and what it lacks in ulps. */
function exactly(name, points) {
  const { status, stdout } = spawnSync(program, [name], { input: new Uint8Array(points.buffer), maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`exact-special ${name} ended with ${status}`);
  return new Float64Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
}

const view = new DataView(new ArrayBuffer(8));
function ulp(x) {
  view.setFloat64(0, x);
  return 2 ** (Math.max((view.getUint32(0) >>> 20) & 0x7ff, 1) - 1075);
}

const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));
/** The size of what cancels: by function, of an argument. Below 0 ψ and its derivatives are sums over both sides of the pole. */
const polygammaTerms = (n) => (x) => (x < 0 ? factorial(n) * 2 ** (n + 1) : 0);
const terms = {
  "sinc'": (x) => (Math.abs(x) > 2 ? 1 / Math.abs(x) : 0),
  logGamma: (x) => (x < 0 ? Math.abs(x) * Math.log(1 - x) + 1 : 0),
  "logGamma'": (x) => (x < 0 ? Math.log(1 - x) + 1 : 0),
  digamma: (x) => (x < 0 ? Math.log(1 - x) + 1 : 0),
  "trigamma'": polygammaTerms(2),
  polygamma2: polygammaTerms(2),
  "polygamma3'": polygammaTerms(4),
  "polygamma7'": polygammaTerms(8),
  polygamma20: polygammaTerms(20),
};

/** An overflow counts as the number after the greatest. */
function errorOf(result, value, rest, size) {
  if (Number.isNaN(result) !== Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  if (Object.is(result, value)) return Math.abs(rest);
  if (Number.isFinite(result) && Number.isFinite(value))
    return Math.abs((result - value) / ulp(value) - rest) * Math.min(1, ulp(value) / ulp(size));
  const [a, b] = [result, value].map((x) => Math.sign(x) * Math.min(Math.abs(x), Number.MAX_VALUE));
  return Math.abs((a - b) / ulp(b)) + 1;
}

function worst(name, points, results, sizes) {
  const exact = exactly(name, points);
  let found = { error: 0 };
  results.forEach((result, i) => {
    const value = exact[2 * i];
    // at poles, and where a derivative overflows, nothing is measured
    if (!Number.isFinite(value) && (name.endsWith("'") || name.startsWith("polygamma"))) return;
    const error = errorOf(result, value, exact[2 * i + 1], Math.max(Math.abs(value), sizes?.[i] ?? terms[name]?.(points[i]) ?? 0));
    if (error > found.error) found = { error, at: points[i] };
  });
  return `${found.error.toFixed(2).padStart(6)} at ${found.at}`;
}

for (const [name, generators] of Object.entries(functions)) {
  if (options.only && !options.only.split(",").includes(name)) continue;
  const points = pointsOf(generators, Number(options.points));
  const [values, slopes] = compute(name, points);
  // Γ′ = Γ ψ has the zeros of ψ
  const sizes = name === "gamma" ? points.map((x, i) => (x < 0 ? Math.abs(values[i]) * (Math.log(1 - x) + 1) : 0)) : undefined;
  console.log(name.padEnd(12), worst(name, points, values).padEnd(32), `derivative ${worst(`${name}'`, points, slopes, sizes)}`);
}
rmSync(folder, { recursive: true });
