import fc from "fast-check";
import { conditionOf, numberOf } from "./expressions.ts";
import { type Notation, plainNotation } from "./notation.ts";
import { type Arbitrary, type Context, type Part, type Parts, places } from "./parts.ts";
import { statementOf } from "./statements.ts";

/** A program in either notation. */
export interface Program {
  write(notation: Notation): string;
  /** For reports. */
  toString(): string;
}

/** Programs of two numbers. `exact`: only with operations whose bits are JavaScript's own. */
export function programs(exact: boolean): fc.Arbitrary<Program> {
  const { statements, number, condition } = fc.letrec<Parts>((tie) => {
    const [number, condition, statement, inner] = ["number", "condition", "statement", "statements"].map((kind) =>
      tie(kind as keyof Parts),
    ) as [Arbitrary, Arbitrary, Arbitrary, Arbitrary];
    const list = fc.array(statement, { minLength: 1, maxLength: 2, depthIdentifier: "statement" });
    const join =
      (parts: readonly Part[]): Part =>
      (to) =>
        parts.map((part) => part(to)).join(" ");
    return {
      number: numberOf(exact, number, condition),
      condition: conditionOf(number, condition),
      statement: statementOf(number, condition, inner),
      statements: list.map(join),
    };
  });
  const someOf = fc.subarray(places.slice(1), { minLength: 1, maxLength: 3 });
  return fc.tuple(statements, statements, number, condition, someOf).map(([body, helper, last, test, some]) => {
    const write = (notation: Notation) => programText(notation, `[${["a", ...some]}]`, body, helper, last, test);
    return { write, toString: () => write(plainNotation) };
  });
}

/** What the parts of every program find around them. */
function programText(notation: Notation, result: string, body: Part, helper: Part, last: Part, test: Part): string {
  const { apply, assign, column } = notation;
  let count = 0;
  const to: Context = { ...notation, labels: [], blocks: [], catches: false, helper: "helper", result, unique: () => ++count };
  const within = { ...to, helper: "mix", result: "s" };
  const [one, two, half] = ["1", "2", "0.5"].map(notation.constant);
  const table = ["3", "-1", "0.25", "8"].map(notation.constant);
  return `(x, y) => {
  let a = x, b = ${one}, c = y, d = ${two}, v = [x, ${two}, y], o = { p: ${one}, q: { r: x } }, rows = [[x, ${one}], [${two}, y]];
  const f = ${column(2)}, table = [${table}];
  class Point {
    constructor(x, k) { this.x = x; this.k = k; }
    get scaled() { return ${apply("mul", "this.x", "this.k")}; }
    set twice(t) { this.x = ${apply("mul", "t", two!)}; }
    at(t) { return ${apply("add", "this.scaled", "t")}; }
    move(t) { ${assign("this.x", "+=", "t")}; return this.x; }
  }
  class Heavy extends Point {
    move(t) { return ${apply("mul", `super.move(this.at(t))`, half!)}; }
  }
  let point = new Point(y, ${half});
  function* steps(n) { for (let i = 0; i < n; i++) yield v[i % 3]; }
  const last = (s, ...more) => ${apply("sub", "s", "more[more.length - 3]")};
  const mix = (s, t) => ${apply("max", "s", apply("neg", "t"))};
  const helper = (s, t = s) => { ${helper(within)} return ${apply("sub", "s", "t")}; };
  ${body(to)}
  if (${test(to)}) a = ${last(to)};
  return ${result};
}`;
}
