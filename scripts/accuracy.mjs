/**
 * Measures every function of `Math` and its derivative against MPFR: `npm run accuracy`, which needs a C compiler and
 * libmpfr. Writes docs/accuracy.md.
 *
 *     node scripts/accuracy.mjs [--points 250000] [--only sin] [--dry]
 *
 * Values come from the block kernels, derivatives from the dual block forms with a tangent of 1, which have the bits of
 * the decoded rules (test/dual/decoded.test.ts).
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { functions, pointsOf } from "./accuracy/points.mjs";

const { values: options } = parseArgs({
  options: { points: { type: "string", default: "250000" }, only: { type: "string" }, dry: { type: "boolean", default: false } },
});
const root = resolve(fileURLToPath(import.meta.url), "../..");
const count = Number(options.points);

// ---- the compiled kernels

const block = 4096;
const memory = new WebAssembly.Memory({ initial: 32 });
const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
const math = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(join(root, "build/math.wasm"))), { env: { memory, table } })
  .exports;
const start = Math.ceil(math.staticEnd() / 32) * 32;
const columns = [0, 1, 2, 3, 4, 5].map((index) => new Float64Array(memory.buffer, start + index * block * 8, block));

/** `call` on blocks of the operands, which are copied to the given columns; result in column `from`. */
function inBlocks(operands, places, from, call) {
  const results = new Float64Array(operands[0].length);
  for (let first = 0; first < results.length; first += block) {
    const length = Math.min(block, results.length - first);
    operands.forEach((operand, index) => {
      columns[places[index]].fill(1).set(operand.subarray(first, first + length));
    });
    call(columns.map(({ byteOffset }) => byteOffset));
    results.set(columns[from].subarray(0, length), first);
  }
  return results;
}

const bytes = block * 8;
const valuesOf = (name, operands) =>
  name === "sqrt"
    ? operands[0].map(Math.sqrt)
    : inBlocks(operands, [2, 4], 0, ([z, , a, , b]) => math[`${name}Block`](z, a, ...(operands.length > 1 ? [b] : []), bytes));

/** Kernels of their own, so that the other slope may be infinite or no number. */
const slopeKernels = { pow: ["powSlope", "powLog"] };

function slopesOf(name, operands, along) {
  if (slopeKernels[name]) return valuesOf(slopeKernels[name][along], operands);
  columns[3].fill(along === 0 ? 1 : 0);
  columns[5].fill(along === 1 ? 1 : 0);
  return inBlocks(operands, [2, 4], 1, ([z, dz, a, da, b, db]) =>
    math[`${name}Dual`](z, dz, a, da, ...(operands.length > 1 ? [b, db] : []), bytes),
  );
}

// ---- the exact ones

const folder = mkdtempSync(join(tmpdir(), "accuracy-"));
const program = join(folder, "exact");
execFileSync("cc", ["-O2", join(root, "scripts/accuracy/exact.c"), "-lmpfr", "-lgmp", "-lm", "-o", program]);

/** Rounded values, and what they lack in ulps. */
function exactly(name, operands) {
  const points = new Float64Array(operands[0].length * operands.length);
  operands.forEach((operand, index) => {
    for (let i = 0; i < operand.length; i++) points[i * operands.length + index] = operand[i];
  });
  const { status, stdout } = spawnSync(program, [name], { input: new Uint8Array(points.buffer), maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`exact ${name} ended with ${status}`);
  const pairs = new Float64Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  return { values: pairs.filter((_, i) => i % 2 === 0), rests: pairs.filter((_, i) => i % 2 === 1) };
}

const view = new DataView(new ArrayBuffer(8));
function ulp(x) {
  view.setFloat64(0, x);
  return 2 ** (Math.max((view.getUint32(0) >>> 20) & 0x7ff, 1) - 1075);
}

/** In ulps. An overflow counts as the number after the greatest. */
function errorOf(result, value, rest) {
  if (Number.isNaN(result) !== Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  if (Object.is(result, value)) return Math.abs(rest);
  if (Number.isFinite(result) && Number.isFinite(value)) return Math.abs((result - value) / ulp(value) - rest);
  const [a, b] = [result, value].map((x) => Math.sign(x) * Math.min(Math.abs(x), Number.MAX_VALUE));
  return Math.abs((a - b) / ulp(b)) + 1;
}

function worst(results, { values, rests }, operands) {
  let found = { error: 0, at: [] };
  results.forEach((result, i) => {
    const error = errorOf(result, values[i], rests[i]);
    if (error > found.error) found = { error, at: operands.map((operand) => operand[i]), result, value: values[i] };
  });
  return found;
}

// ---- the table

const figure = ({ error }) => (error >= 100 ? error.toFixed(0) : error.toFixed(2));
const place = ({ at }) => (at.length > 1 ? `(${at.join(", ")})` : String(at[0] ?? ""));

function measure(name) {
  const { domain } = functions[name];
  const operands = pointsOf(functions[name], count);
  const exact = exactly(name, operands);
  const value = worst(valuesOf(name, operands), exact, operands);
  const host =
    Math[name] &&
    worst(
      operands[0].map((a, i) => Math[name](a, operands[1]?.[i])),
      exact,
      operands,
    );
  const slopes = (operands.length > 1 && name !== "hypot" ? [0, 1] : [0]).map((along) => {
    const [inside, expected] = whereMeasured(name, operands, exact, exactly(`${name}${"'".repeat(along + 1)}`, operands));
    return worst(slopesOf(name, inside, along), expected, inside);
  });
  return { name, domain, value, host, slope: slopes.reduce((a, b) => (b.error > a.error ? b : a)), slopes };
}

/** Nothing is measured where a slope is no number (a logarithm of a negative base) or overflows, or where the value does, or has lost its digits as a subnormal. */
function whereMeasured(name, operands, exact, { values, rests }) {
  const isKept = (_, i) =>
    Number.isFinite(values[i]) && Number.isFinite(exact.values[i]) && (name !== "hypot" || Math.abs(exact.values[i]) >= 2 ** -1022);
  return [operands.map((operand) => operand.filter(isKept)), { values: values.filter(isKept), rests: rests.filter(isKept) }];
}

const rows = [];
for (const name of Object.keys(functions).filter((name) => !options.only || options.only.split(",").includes(name))) {
  const row = measure(name);
  rows.push(row);
  const { value, host, slopes } = row;
  console.log(
    `${name.padEnd(6)} ${figure(value)} at ${place(value)}; V8 ${host ? figure(host) : "–"}; slope ${slopes.map((s) => `${figure(s)} at ${place(s)}`).join("; ")}`,
  );
}
rmSync(folder, { recursive: true });

if (!options.dry && !options.only) {
  const lines = rows.map(
    ({ name, domain, value, host, slope }) =>
      `| ${name} | ${domain.replaceAll("|", "\\|")} | **${figure(value)}** | ${place(value)} | ${host ? figure(host) : "–"} | **${figure(slope)}** | ${place(slope)} |`,
  );
  writeFileSync(
    join(root, "docs/accuracy.md"),
    `# Accuracy

The largest error seen on ${count.toLocaleString("en")} points a function, in units in the last place of the exact value, and where; of the value, of
the same by \`Math\` on V8 ${process.versions.v8.split("-")[0]}, and of the first derivative (the larger one for functions of two arguments). 0.5 is a correctly
rounded result. The points: uniform in the logarithm over the whole finite range and uniform on the natural intervals;
beside zeros, poles, the ends of the range, subnormals, the cuts of tables, and multiples of π/2 and π/64 up to 1.8e308. The exact
values: MPFR at 320 bits. Derivatives are measured where they and the value are finite, and that of \`hypot\` where the length is no
subnormal: it divides by the length, which has few digits there. Written by \`npm run accuracy\`.

| function | domain | value | at | V8's | derivative | at |
|---|---|---|---|---|---|---|
${lines.join("\n")}

\`abs\`, \`ceil\`, \`floor\`, \`fround\`, \`max\`, \`min\`, \`round\`, \`sign\`, \`trunc\`, \`%\`, \`clz32\`, \`imul\` and the operations on bits are exact.
`,
  );
}
