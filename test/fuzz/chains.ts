import fc from "fast-check";
import type { Program } from "./grammar.ts";
import type { Notation } from "./notation.ts";

/** Programs that chain methods of arrays, short and long, with callbacks that read and write what is around them. */

type Write = (notation: Notation) => string;

/** Numbers made of the element `v`, its index `i` and what is outside. */
const numbers: readonly Write[] = [
  ({ apply, constant }) => apply("mul", "x", constant("(i % 7) / 4")),
  ({ apply, constant }) => apply("add", "v", apply("mul", "y", constant("0.5"))),
  ({ apply, constant }) => apply("sub", apply("mul", "v", constant("0.5")), "x"),
  ({ compare }) => `(${compare("<", "v", "y")} ? x : v)`,
  ({ apply, constant }) => apply("add", "v", apply("mul", "s", constant("1 / 1024"))),
  ({ apply, assign }) => assign("s", "=", apply("sub", "v", "s")),
  ({ constant }) => constant("i / 8"),
  ({ apply, constant }) => `[1, 2, 3].reduce((t, c) => ${apply("add", "t", apply("mul", "v", constant("c / 16")))}, x)`,
  ({ compare, assign }) => `(${compare(">", "v", "x")} && ${assign("s", "+=", "x")}, v)`,
  ({ apply }) => apply("max", "v", "y"),
  ({ apply }) => `(i > 1 ? ${apply("sub", "v", "all[i - 1]")} : v)`,
  ({ apply }) => apply("add", "v", "all[all.length - 1 - i]"),
  () => "(all[i] = x, v)",
  () => "(all[(i * 3) % all.length] = v)",
  () => "(b[0] = v)",
];
/** Lengths must not depend on data: a search may leave this out. */
const pushes: Write = () => "(b !== a && b.push(v), x)";

/** Statements with a number at `#`. These keep lengths. */
const keeping = [
  "a = a.map((v, i, all) => #);",
  "a = a.map((v, i, all) => #);",
  "a = a.map((v, i, all) => #);",
  "a = Array.from(a, (v, i, all = a) => #);",
  "a = Array.from({ length: a.length }, (_, i, all = a, v = a[i]) => #);",
  "a = new Array(a.length).fill(x).map((v, i, all) => #);",
  "a.forEach((v, i, all) => { s = #; });",
  "s = a.reduce((s, v, i, all) => #, s);",
  "s = a.reduceRight((s, v, i, all) => #, y);",
  "for (const v of a) { const [i, all] = [1, a]; s = #; }",
  "a.reverse();",
  "a = a.toReversed();",
  "a = [...a];",
  "b = a;",
  "a[a.length - 2] = y;",
  "a.fill(x, 2, 5);",
];
const changing = [
  "a = a.slice(3, a.length - 2);",
  "a = a.slice(-40);",
  "a = a.filter((_, i) => i % 7 !== 2);",
  "b = a.slice();",
  "b = [];",
  "[a, b] = [b, a];",
  "a = a.concat(b, x).slice(0, 500);",
  "a = [...b, y, ...a].slice(-500);",
  "a.push(x, y);",
];
/** The same with a condition at `@`. */
const searching = [
  "if (a.some((v, i, all) => @)) s = x;",
  "if (a.every((v, i, all) => @)) s = x;",
  "{ const k = a.findIndex((v, i, all) => @); s = $k; }",
  "{ const k = a.findLastIndex((v, i, all) => @); s = $k; }",
  "{ const found = a.find((v, i, all) => @); if (found !== undefined) s = found; }",
  "{ const found = a.findLast((v, i, all) => @); if (found !== undefined) s = found; }",
  "if (a.length > 1) s = $max;",
  "if (a.length > 1) s = $min;",
];

const sign = fc.constantFrom("<", ">", "<=", ">=");
const statement = (texts: readonly string[], numbers: readonly Write[]): fc.Arbitrary<Write> =>
  fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...numbers), sign).map(([text, number, sign]): Write => {
    return (n) =>
      text
        .replace("#", number(n))
        .replace("@", n.compare(sign, number(n), "y"))
        .replace("$k", n.constant("k"))
        .replace("$max", n.apply("max", "...a"))
        .replace("$min", n.apply("min", "...a"));
  });
const [kept, changed, searched] = [statement(keeping, numbers), statement(changing, numbers), statement(searching, numbers)];
const step: fc.Arbitrary<Write> = fc.oneof(
  { weight: 6, arbitrary: kept },
  { weight: 3, arbitrary: changed },
  { weight: 3, arbitrary: searched },
  statement(keeping, [pushes]),
  fc.tuple(kept, sign).map(
    ([inner, sign]): Write =>
      (n) =>
        `if (${n.compare(sign, "x", "y")}) { ${inner(n)} }`,
  ),
  fc.tuple(kept, searched).map(
    ([one, other]): Write =>
      (n) =>
        `for (let t = 0; t < 3; t++) { ${one(n)} ${other(n)} }`,
  ),
);

export const chains: fc.Arbitrary<Program> = fc
  .record({
    length: fc.constantFrom(6, 12, 30, 400),
    first: statement(["#"], numbers.slice(0, 10)),
    steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  })
  .map(({ length, first, steps }) => ({
    write: (n) => `(x, y) => {
      let s = ${n.constant("0.25")};
      let b = [x];
      let a = Array.from({ length: ${length} }, (_, i) => { const v = ${n.constant("(i % 5) / 2")}; return ${first(n)}; });
      ${steps.map((write) => write(n)).join("\n      ")}
      const sum = (list) => list.reduce((s, v) => ${n.apply("add", "s", "v")}, ${n.constant("0")});
      return [s, a.length > 0 ? a[0] : x, a.length > 2 ? a[2] : y, sum(a), sum(b)];
    }`,
  }));
