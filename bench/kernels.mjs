/**
 * Every kernel against `Math.*`, ns an element, on columns that stay in the nearest cache: `npm run bench:kernels`.
 *
 *     node bench/kernels.mjs [--only sin,cos]
 *
 * Medians of interleaved samples, a sample 16 calls over columns of 1,024 points. Where `Math` lacks a function the rival is
 * what a line or two of JavaScript make of it, if it is good to 1e-13 there; else the kernel stands alone. What is made of
 * these and of arithmetic (clamp, copysign, heaviside, lerp, logSumExp, mix) has no kernel.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { interleave } from "./measure.mjs";

const { values: options } = parseArgs({ options: { only: { type: "string" } } });
const points = 1024;
const calls = 16;

const memory = new WebAssembly.Memory({ initial: 32 });
const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
const instantiate = (name, kernel) => {
  const file = new URL(`../build/${name}.wasm`, import.meta.url);
  return new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), { env: { memory, table }, kernel }).exports;
};
const math = instantiate("math", {});
const special = instantiate("special", math);
const kernels = { ...math, ...special };
const start = Math.ceil(special.staticEnd() / 64) * 64;
const [z, second, a, b] = [0, 1, 2, 3].map((index) => new Float64Array(memory.buffer, start + index * points * 8, points));

/** The intervals from which the arguments are drawn, evenly. */
const ranges = {
  exp: [-10, 10],
  expm1: [-10, 10],
  exp2: [-10, 10],
  log: [0, 100],
  log1p: [-1, 100],
  log2: [0, 100],
  log10: [0, 100],
  sin: [-10, 10],
  cos: [-10, 10],
  sincos: [-10, 10],
  tan: [-10, 10],
  asin: [-1, 1],
  acos: [-1, 1],
  atan: [-10, 10],
  sinh: [-10, 10],
  cosh: [-10, 10],
  tanh: [-3, 3],
  asinh: [-50, 50],
  acosh: [1, 50],
  atanh: [-1, 1],
  cbrt: [-50, 50],
  round: [-50, 50],
  fround: [-50, 50],
  sign: [-50, 50],
  clz32: [0, 2 ** 32],
  atan2: [-10, 10, -10, 10],
  hypot: [-10, 10, -10, 10],
  pow: [0, 10, -10, 10],
  powSlope: [0, 10, -10, 10],
  powLog: [0, 10, -10, 10],
  rem: [-50, 50, 0, 10],
  imul: [-(2 ** 31), 2 ** 31, -(2 ** 31), 2 ** 31],
  bitAnd: [-(2 ** 31), 2 ** 31, -(2 ** 31), 2 ** 31],
  bitOr: [-(2 ** 31), 2 ** 31, -(2 ** 31), 2 ** 31],
  bitXor: [-(2 ** 31), 2 ** 31, -(2 ** 31), 2 ** 31],
  shiftLeft: [-(2 ** 31), 2 ** 31, 0, 32],
  shiftRight: [-(2 ** 31), 2 ** 31, 0, 32],
  shiftRightUnsigned: [-(2 ** 31), 2 ** 31, 0, 32],
  erf: [-4, 4],
  erfc: [-4, 20],
  erfcx: [-4, 20],
  normalPdf: [-5, 5],
  normalCdf: [-5, 5],
  logistic: [-20, 20],
  softplus: [-20, 20],
  sinc: [-20, 20],
  gamma: [0.1, 30],
  logGamma: [0.1, 100],
  digamma: [0.1, 100],
  trigamma: [0.1, 100],
  polygamma: [2, 2, 0.1, 100],
  abs: [-50, 50],
  ceil: [-50, 50],
  floor: [-50, 50],
  trunc: [-50, 50],
  sqrt: [0, 100],
  max: [-50, 50, -50, 50],
  min: [-50, 50, -50, 50],
};

/** SIMD opcodes of members of `Math` that are one instruction each and have no kernel: the interpreter's loop over it stands for one. */
const instructions = { abs: 0xec, ceil: 0x74, floor: 0x75, trunc: 0x7a, sqrt: 0xef, max: 0xf5, min: 0xf4 };

/** The loop over one instruction, as a kernel: a program of an opcode, then by operand address, gain a block, gain a pair. */
function loopOf(opcode) {
  const program = new Uint32Array(memory.buffer, start + 4 * points * 8, 24);
  return (...addressesAndBytes) => {
    const bytes = addressesAndBytes.pop();
    program.set([opcode, 0, ...addressesAndBytes.flatMap((address) => [address, 1, 16])]);
    math.interpret(program.byteOffset, 1, bytes, bytes);
  };
}

/** Γ(x + 1) = √(2π) (x + 7.5)^(x + ½) e^−(x + 7.5) times this sum (Lanczos, g = 7, nine terms). */
const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];
const lanczosSum = (x) => lanczos.map((c, k) => (k ? `${c} / (${x} + ${k - 1})` : `${c}`)).join(" + ");

/** What is no member of `Math` under its own name. */
const expressions = {
  sincos: "Math.sin(a[i]), y[i] = Math.cos(a[i])",
  exp2: "2 ** a[i]",
  rem: "a[i] % b[i]",
  bitAnd: "a[i] & b[i]",
  bitOr: "a[i] | b[i]",
  bitXor: "a[i] ^ b[i]",
  shiftLeft: "a[i] << b[i]",
  shiftRight: "a[i] >> b[i]",
  shiftRightUnsigned: "a[i] >>> b[i]",
  normalPdf: "0.3989422804014327 * Math.exp(-0.5 * a[i] * a[i])",
  logistic: "1 / (1 + Math.exp(-a[i]))",
  softplus: "Math.log1p(Math.exp(a[i]))",
  sinc: "Math.sin(a[i]) / a[i]",
  gamma: `2.5066282746310002 * Math.pow(a[i] + 6.5, a[i] - 0.5) * Math.exp(-a[i] - 6.5) * (${lanczosSum("a[i]")})`,
  logGamma: `0.9189385332046728 + Math.log(a[i] + 6.5) * (a[i] - 0.5) - a[i] - 6.5 + Math.log(${lanczosSum("a[i]")})`,
};

/** A loop over columns in JavaScript; a module a function, so that V8 compiles each for itself. */
async function hostLoop(name, arity) {
  const expression = expressions[name] ?? (Math[name] && `Math.${name}(${["a[i]", "b[i]"].slice(0, arity).join(", ")})`);
  if (!expression) return undefined;
  const source = `export default (z, y, a, b) => { for (let i = 0; i < ${points}; i++) z[i] = ${expression}; };`;
  return (await import(`data:text/javascript,${encodeURIComponent(source)}`)).default;
}

function fill(column, low, high, seed) {
  let state = seed;
  for (let i = 0; i < points; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    column[i] = low + ((high - low) * (state + 0.5)) / 2 ** 32;
  }
}

async function measure(name) {
  const range = ranges[name];
  const arity = range.length / 2;
  fill(a, range[0], range[1], 1);
  if (arity > 1) fill(b, range[2], range[3], 2);
  const block = kernels[`${name}Block`] ?? loopOf(instructions[name]);
  const results = name === "sincos" ? [z, second] : [z];
  const addresses = [...results, ...[a, b].slice(0, arity)].map((column) => column.byteOffset);
  const [p, q, r] = [...addresses, points * 8];
  const tasks = {
    kernel:
      addresses.length > 2
        ? () => {
            for (let k = 0; k < calls; k++) block(p, q, r, points * 8);
          }
        : () => {
            for (let k = 0; k < calls; k++) block(p, q, r);
          },
  };
  const loop = await hostLoop(name, arity);
  if (loop)
    tasks.host = () => {
      for (let k = 0; k < calls; k++) loop(z, second, a, b);
    };
  const { kernel, host } = interleave(tasks, { rounds: 7, turn: 8, warmup: 30 });
  return { name, kernel: kernel / (points * calls), host: host && host / (points * calls) };
}

const names = Object.keys(ranges).filter((name) => !options.only || options.only.split(",").includes(name));
const rows = [];
for (const name of names) rows.push(await measure(name));
const output = new Table({
  head: ["function", "ns", "JS, ns", "ratio"],
  colAligns: ["left", "right", "right", "right"],
  style: { head: [], border: [] },
});
for (const { name, kernel, host } of rows)
  output.push([name, kernel.toFixed(2), host ? host.toFixed(2) : "", host ? (host / kernel).toFixed(1) : ""]);
console.log(`${points} points, ns an element; V8 ${process.versions.v8.split("-")[0]}, Node ${process.versions.node}\n${output}`);
