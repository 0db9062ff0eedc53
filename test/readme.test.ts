import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { benchTable } from "../scripts/readme-table.mjs";
import { bundleSize } from "../scripts/size.mjs";
import { root } from "./package/pack.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const squeeze = (text: string) => text.replace(/\s+/g, "");

/** The js blocks of the README as one program; `expression; // value` becomes a check of the printed expression. */
function program(): string {
  const blocks = [...readme.matchAll(/^( *)```js\n(.*?)^ *```/gms)];
  const code = blocks.map(([, indent, block]) => block.replaceAll(new RegExp(`^${indent}`, "gm"), "")).join("\n");
  return code.replace(/^(\S.*); +\/\/ (\S.*)$/gm, (line, statement, value) => {
    const declared = /^const (\w+) = /.exec(statement);
    const expression = declared ? declared[1] : statement;
    const check = `checks.push([${JSON.stringify(value)}, inspect(${expression}, { depth: null, breakLength: Infinity })]);`;
    return declared ? `${line}\n${check}` : check;
  });
}

describe("README", () => {
  it("shows what its code gives", () => {
    const directory = join(root, "build/readme");
    mkdirSync(directory, { recursive: true });
    const file = join(directory, "program.mjs");
    const head = 'import { inspect } from "node:util";\nconst checks = [];\n';
    writeFileSync(file, `${head}${program()}\nconsole.log(JSON.stringify(checks));\n`);
    const checks: [string, string][] = JSON.parse(execFileSync(process.execPath, [file], { encoding: "utf8" }));
    rmSync(directory, { recursive: true });
    expect(checks.length).toBeGreaterThanOrEqual(5);
    for (const [shown, given] of checks) expect(squeeze(given)).toBe(squeeze(shown));
  });

  it("has the table of the committed bench run", () => {
    const shown = /<!-- bench -->\n(.*)\n<!-- \/bench -->/s.exec(readme)?.[1];
    expect(shown).toBe(benchTable(JSON.parse(readFileSync(join(root, "bench/results.json"), "utf8"))));
  });

  it("names the size of the bundle", async () => {
    const { gzipped } = await bundleSize('import { gradient } from "epsilane"; globalThis.gradient = gradient;');
    const shown = Number(/<!-- size -->(\d+) kB/.exec(readme)?.[1]);
    expect(Math.abs(shown - gzipped / 1000)).toBeLessThanOrEqual(1);
  });
});
