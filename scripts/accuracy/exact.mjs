/** Correctly rounded values by MPFR: a C program, compiled where this is imported. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = mkdtempSync(join(tmpdir(), "accuracy-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const program = join(folder, "exact");
execFileSync("cc", ["-O2", fileURLToPath(new URL("exact.c", import.meta.url)), "-lmpfr", "-lgmp", "-lm", "-o", program]);

/**
 * Exact values at columns of points, of a function, or of its slope along argument 0 or 1: rounded, and what they then lack in
 * ulps.
 */
export function exactly(name, operands, along) {
  const points = new Float64Array(operands[0].length * operands.length);
  operands.forEach((operand, index) => {
    for (let i = 0; i < operand.length; i++) points[i * operands.length + index] = operand[i];
  });
  const full = along === undefined ? name : `${name}${"'".repeat(along + 1)}`;
  const { status, stdout } = spawnSync(program, [full], { input: new Uint8Array(points.buffer), maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`exact ${full} ended with ${status}`);
  const pairs = new Float64Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  return { values: pairs.filter((_, i) => i % 2 === 0), rests: pairs.filter((_, i) => i % 2 === 1) };
}
