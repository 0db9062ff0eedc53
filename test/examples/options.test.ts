import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactGreeks } from "../../examples/options/exact.mjs";
import { root } from "../package/pack.ts";

/** By mpmath with 60 digits: the formula with its constants as doubles, and mpmath's own numerical differentiation. */
const MPMATH: [parameters: number[], greeks: number[]][] = [
  [
    [95.54, 85, 0.0563, 0.4092, 0.375342],
    [16.383404007494597, 0.7504517416284912, -0.6507618280904877, 20.761950916726885, 18.58248892222968, 13.243588700704734],
  ],
  [
    [56.66, 61, 0.0372, 0.1573, 0.427397],
    [1.0730055388058533, 0.30444086516202906, -0.26519039149630674, 6.913836243015169, 12.964401260872995, 2.987491412920131],
  ],
  [
    [100, 100, 0.05, 0.2, 1],
    [10.450575619322267, 0.6368357941134252, -0.5323300379202025, 53.23300379202024, 37.52387369462273, 6.414037559063285],
  ],
];

const HEADER = "spot,strike,rate,volatility,maturity";

describe("the options example", () => {
  let directory: string;
  const node = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(root, "examples/options", script), ...args], { encoding: "utf8", cwd: directory });

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "epsilane-options-"));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(MPMATH)("its reference is right at %j", (parameters, greeks) => {
    expect(exactGreeks(parameters)).toEqual(greeks);
  });

  it("prices a file of options, and every Greek is right to 13 digits", () => {
    expect(node("write-options.mjs", "301", "options.csv").stderr).toBe("");
    const { stdout, stderr } = node("price.mjs", "options.csv", "greeks.csv");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/forward difference/);

    const [header, ...rows] = parse(readFileSync(join(directory, "greeks.csv"), "utf8"));
    expect(header.join(",")).toBe(`${HEADER},price,delta,dual_delta,rho,vega,theta`);
    expect(rows.length).toBe(301);
    for (const row of rows.map((fields: string[]) => fields.map(Number))) {
      const exact = exactGreeks(row.slice(0, 5));
      exact[5] = -exact[5];
      for (const [k, greek] of exact.entries()) expect(Math.abs(row[5 + k] - greek)).toBeLessThan(1e-13 * Math.max(1, Math.abs(greek)));
    }
  });

  it("writes the same options every time", () => {
    node("write-options.mjs", "10", "first.csv");
    node("write-options.mjs", "10", "second.csv");
    expect(readFileSync(join(directory, "first.csv"), "utf8")).toBe(readFileSync(join(directory, "second.csv"), "utf8"));
  });

  it.each([
    ["a number that is none", `${HEADER}\n95,90,0.05,high,1\n`, 'bad.csv, line 2: volatility is "high", not a finite number'],
    ["an empty field", `${HEADER}\n95,90,0.05,0.2,1\n95,90,,0.2,1\n`, 'bad.csv, line 3: rate is "", not a finite number'],
    ["a price of zero", `${HEADER}\n0,90,0.05,0.2,1\n`, 'bad.csv, line 2: spot is "0", not positive'],
    ["a missing column", "spot,strike\n95,90\n", 'bad.csv: no column "rate" in the header "spot,strike"'],
    ["a short row", `${HEADER}\n95,90\n`, "bad.csv: Invalid Record Length: expect 5, got 2 on line 2"],
    ["no rows", `${HEADER}\n`, "bad.csv has no options below its header"],
    ["nothing", "", `bad.csv is empty: expected the header ${HEADER} and a row for each option`],
  ])("answers %s with one clear line", (_, content, message) => {
    writeFileSync(join(directory, "bad.csv"), content);
    const { status, stderr } = node("price.mjs", "bad.csv", "unwritten.csv");
    expect({ status, stderr }).toEqual({ status: 1, stderr: `price.mjs: ${message}\n` });
  });
});
