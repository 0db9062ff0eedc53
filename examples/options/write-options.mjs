// Writes a CSV of European calls, the same ones every time.
//   node examples/options/write-options.mjs [count, 100000] [options.csv]
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "csv-stringify/sync";

/** Mulberry32: uniform numbers in [0, 1) from a 32-bit seed. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const [count = "100000", file = fileURLToPath(new URL("options.csv", import.meta.url))] = process.argv.slice(2);
const next = random(2026);
const between = (low, high) => low + (high - low) * next();

const rows = Array.from({ length: Number(count) }, () => {
  const spot = between(50, 150);
  return {
    spot: spot.toFixed(2),
    strike: Math.round(spot * between(0.7, 1.3)),
    rate: between(0.01, 0.08).toFixed(4),
    volatility: between(0.1, 0.6).toFixed(4),
    maturity: (Math.round(between(30, 730)) / 365).toFixed(6),
  };
});

writeFileSync(file, stringify(rows, { header: true }));
console.log(`${rows.length.toLocaleString("en-US")} options written to ${basename(file)}`);
