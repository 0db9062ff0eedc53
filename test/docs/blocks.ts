import { readFileSync } from "node:fs";
import { parse } from "acorn";
import * as epsilane from "../../src/index.ts";

const read = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

/** A part of a document under one heading, with its code. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly string[];
}

/** The parts of a document under headings of that level. */
export function sectionsOf(name: string, level: number): Section[] {
  const parts = read(name)
    .split(new RegExp(`^#{${level}} `, "m"))
    .slice(1);
  return parts.map((part) => {
    const text = part.split(/^#{1,3} /m)[0]!;
    return {
      title: text.slice(0, text.indexOf("\n")).trim(),
      blocks: [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code!),
    };
  });
}

/** Runs a program that may use epsilane's functions: what its last expression gives. */
export function run(program: string): unknown {
  const last = parse(program, { ecmaVersion: "latest" }).body.at(-1)!;
  const code = last.type === "ExpressionStatement" ? `${program.slice(0, last.start)}return ${program.slice(last.start)}` : program;
  return new Function(...Object.keys(epsilane), code)(...Object.values(epsilane));
}
