import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

export const PARAMETERS = ["spot", "strike", "rate", "volatility", "maturity"];
/** The formula takes a logarithm of spot / strike and divides by volatility · √maturity. */
const POSITIVE = ["spot", "strike", "volatility", "maturity"];

/**
 * Reads options from a CSV file with the header "spot,strike,rate,volatility,maturity" (columns in any order, others ignored).
 * @returns {Float64Array[]} a column for each of PARAMETERS
 * @throws {Error} that names the file, the line and what is wrong with it
 */
export function readOptions(file) {
  const rows = parseRows(file);
  if (rows.length === 0) throw new Error(`${file} is empty: expected the header ${PARAMETERS.join(",")} and a row for each option`);
  const header = rows[0].record;
  const places = PARAMETERS.map((name) => {
    const place = header.indexOf(name);
    if (place < 0) throw new Error(`${file}: no column "${name}" in the header "${header.join(",")}"`);
    return place;
  });

  const columns = PARAMETERS.map(() => new Float64Array(rows.length - 1));
  for (const [i, { record, info }] of rows.slice(1).entries()) {
    for (const [k, name] of PARAMETERS.entries()) {
      const text = record[places[k]];
      const x = text.trim() === "" ? Number.NaN : Number(text);
      const problem = !Number.isFinite(x) ? "not a finite number" : POSITIVE.includes(name) && x <= 0 ? "not positive" : undefined;
      if (problem) throw new Error(`${file}, line ${info.lines}: ${name} is "${text}", ${problem}`);
      columns[k][i] = x;
    }
  }
  return columns;
}

function parseRows(file) {
  try {
    return parse(readFileSync(file), { bom: true, skip_empty_lines: true, info: true });
  } catch (error) {
    if (error.code === "ENOENT") throw new Error(`${file} does not exist: node examples/options/write-options.mjs writes one`);
    throw new Error(`${file}: ${error.message}`);
  }
}
