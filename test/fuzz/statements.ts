import fc from "fast-check";
import { type Arbitrary, type Context, of, operator, type Part, place } from "./parts.ts";

/** A body that is a function of its own, or a `finally`: nothing outside can be left from it. */
const closed = (to: Context, result: string): Context => ({ ...to, labels: [], blocks: [], catches: false, result });

const assigned = (number: Arbitrary): Arbitrary => of([place, operator, number], (to, where, how, a) => `${to.assign(where, how, a(to))};`);

/** Points that leave early, on a condition; they may write before. */
const exits = (number: Arbitrary, condition: Arbitrary): Arbitrary =>
  of(
    [
      condition,
      fc.constantFrom("return", "break", "continue", "throw", "block"),
      fc.boolean(),
      number,
      fc.array(assigned(number), { maxLength: 2 }),
    ],
    (to, test, kind, isLabelled, a, before) => {
      const label = to.labels.at(isLabelled ? 0 : -1);
      const block = to.blocks.at(-1);
      const leave =
        kind === "throw" && to.catches
          ? `throw ${a(to)}`
          : kind === "block" && block
            ? `break ${block}`
            : (kind === "break" || kind === "continue") && label
              ? `${kind}${isLabelled ? ` ${label}` : ""}`
              : `return ${to.result}`;
      return `if (${test(to)}) { ${before.map((part) => part(to)).join(" ")} ${leave}; }`;
    },
  );

interface Head {
  /** What stands before the body, for the name of a counter. */
  open(to: Context, name: string, turns: number, test: string): string;
  /** What the body begins with. */
  first(name: string, to: Context): string;
  /** What stands behind it. */
  close?(to: Context, name: string, turns: number, test: string): string;
  readonly most: number;
}

const counted = (name: string, to: Context) => `${to.assign("a", "+=", to.constant(name))};`;
const heads: readonly Head[] = [
  { open: (_, i, turns) => `for (let ${i} = 0; ${i} < ${turns}; ${i}++) {`, first: counted, most: 3 },
  { open: (_, i, turns) => `for (let ${i} = ${turns}; ${i}--; ) {`, first: counted, most: 14 },
  { open: (_, i, turns, test) => `for (let ${i} = 0; ${i} < ${turns} && ${test}; ${i}++) {`, first: counted, most: 12 },
  { open: (_, i, turns, test) => `let ${i} = 0; while (${i} < ${turns} && ${test}) { ${i}++;`, first: counted, most: 12 },
  {
    open: (_, i) => `let ${i} = 0; do { ${i}++;`,
    first: counted,
    close: (_, i, turns, test) => `while (${test} && ${i} < ${turns});`,
    most: 5,
  },
  {
    // As many turns as the data say; none for NaN.
    open: (to, i) => `let ${i} = ${to.apply("min", "b", to.constant("40"))}; while (${to.compare(">", i, to.constant("1"))}) {`,
    first: (i, to) => `${to.assign(i, "*=", to.constant("0.5"))};`,
    most: 1,
  },
  { open: (_, i) => `for (const ${i} of v.slice(0, 2)) {`, first: (i, to) => `${to.assign("b", "+=", i)};`, most: 1 },
  { open: (_, i, turns) => `for (const ${i} of steps(${turns})) {`, first: (i, to) => `${to.assign("c", "-=", i)};`, most: 4 },
  { open: (_, i) => `for (const [${i}, t] of v.entries()) {`, first: (i, to) => `c = ${to.apply("add", to.constant(i), "t")};`, most: 1 },
  { open: (_, i) => `for (const ${i} in o) {`, first: (i, to) => `if (${i} === "p") { ${to.assign(`o[${i}]`, "-=", "a")}; }`, most: 1 },
];

/** Every other one can be left early. */
const loops = (exit: Arbitrary, condition: Arbitrary, inner: Arbitrary): Arbitrary[] =>
  heads.map(({ open, first, close, most }) =>
    of([fc.integer({ min: 1, max: most }), condition, inner, fc.option(exit, { freq: 2 })], (to, turns, test, body, leaving) => {
      const [label, name] = ["l", "i"].map((letter) => `${letter}${to.unique()}`) as [string, string];
      const [head, holds] = [open(to, name, turns, test(to)), test(to)];
      const labelled = head.replace(/^(let [^;]*; )?/, `$1${label}: `);
      const within = { ...to, labels: [...to.labels, label] };
      return `${labelled} ${first(name, to)} ${leaving?.(within) ?? ""} ${body(within)} } ${close?.(to, name, turns, holds) ?? ""}`;
    }),
  );

/** What changes arrays and objects. */
const changes = (number: Arbitrary, condition: Arbitrary): Arbitrary[] => [
  of([number, number], (to, a, b) => `[a, v[1]] = [${a(to)}, ${b(to)}];`),
  of([number, number], (to, a, b) => `v = [${a(to)}, v[0], ${b(to)}];`),
  of([number], (to, a) => `{ const w = [...v]; w.push(${a(to)}); b = w.shift(); w.unshift(b, ...w.splice(1, 1)); v = w.slice(0, 3); }`),
  of([place], (to, where) => `v = v.map((t, i) => ${to.apply("sub", "t", to.apply("mul", to.constant("i"), where))}).reverse();`),
  of([number], (to, a) => `{ const t = ${a(to)}; v.push(t); b = v.shift(); }`),
  of([number, number], (to, a, b) => `{ const [s, t] = [${a(to)}, ${b(to)}]; v.unshift(s, t); c = v.pop(); v.length = 3; }`),
  of([number], (to, a) => `{ const [s, ...w] = v; v = [...w, ${a(to)}]; c = s; }`),
  of([number], (to, a) => `{ const { q, ...w } = o; o = { ...w, q: { r: ${a(to)} } }; b = q.r; }`),
  // NaN has no order, and the two zeros none among them.
  of([condition], (to, test) => {
    const known = `(t) => (${to.compare(">", "t", to.constant("0"))} ? t : ${to.constant("0")})`;
    return `if (${test(to)}) { v = v.map(${known}).sort((s, t) => ${to.order("s", "t")}); }`;
  }),
  of([number, number], (to, a, b) => `f[${to.plain(to.apply("bitAnd", a(to), to.constant("1")))}] = ${b(to)};`),
  of([number, number], (to, a, b) => `rows[1][${to.plain(to.apply("bitAnd", a(to), to.constant("1")))}] = ${b(to)};`),
  of([number, condition], (to, a, test) => `rows = ${test(to)} ? rows : rows.map(([s, t]) => [t, ${to.apply("mul", "s", a(to))}]);`),
  of([number], (to, a) => `o = { ...o, p: ${a(to)} };`),
  of([condition, number], (to, test, a) => `o = ${test(to)} ? o : { p: ${a(to)}, q: o.q };`),
  of([number], (to, a) => `({ p: c, q: { r: b, s: f[1] = ${a(to)} } } = o);`),
  of([condition, number], (to, test, a) => `if (${test(to)}) point = new Heavy(${a(to)}, b);`),
  of([number], (to, a) => `point.twice = ${a(to)};`),
];

/** Bodies within bodies. */
const nested = (number: Arbitrary, condition: Arbitrary, inner: Arbitrary): Arbitrary[] => [
  of([condition, number, place], (to, test, a, where) => `${test(to)} && ${to.assign(where, "=", a(to))};`),
  of([inner], (to, body) => {
    const id = to.unique();
    return `const run${id} = () => { ${body({ ...closed(to, "0"), catches: to.catches })} }; run${id}(); run${id}();`;
  }),
  of([number, inner], (to, a, body) => `{ const a0 = ${a(to)}; { let c = a0; ${body(to)} ${to.assign("b", "+=", "c")}; } }`),
  of([inner, inner], (to, body, last) => `try { ${body(to)} } finally { ${last(closed(to, to.result))} }`),
  of(
    [inner, inner, place],
    (to, body, handler, where) => `try { ${body({ ...to, catches: true })} } catch (e) { ${where} = e; ${handler(to)} }`,
  ),
  of([inner], (to, body) => {
    const label = `k${to.unique()}`;
    return `${label}: { ${body({ ...to, blocks: [...to.blocks, label] })} }`;
  }),
  of([condition, inner], (to, test, body) => `if (${test(to)}) { ${body(to)} }`),
  of([condition, inner, inner], (to, test, yes, no) => `if (${test(to)}) { ${yes(to)} } else { ${no(to)} }`),
  of(
    [condition, condition, inner, inner],
    (to, one, two, yes, no) => `if (${one(to)}) { ${yes(to)} } else if (${two(to)}) { ${no(to)} } else return ${to.result};`,
  ),
  of(
    [fc.constantFrom("floor", "sign", "round"), number, inner, inner, inner, fc.boolean(), fc.boolean()],
    (to, fn, a, one, two, three, stops, ends) => {
      const value = to.plain(to.apply(fn, a(to)));
      const [first, second, third] = [one, two, three].map((body) => body(to));
      const last = `case -1: { ${to.assign("b", "-=", "a")}; }`;
      return `switch (${value}) { case 0: { ${first} } ${stops ? "break;" : ""} case 1: { ${second} } ${ends ? "break;" : ""} default: { ${third} } ${last} }`;
    },
  ),
  of(
    [condition, condition, inner, inner, fc.boolean()],
    (to, one, two, first, second, stops) =>
      `switch (true) { case ${one(to)}: ${first(to)} ${stops ? "break;" : ""} case ${two(to)}: { ${second(to)} } }`,
  ),
];

/** A statement. */
export function statementOf(number: Arbitrary, condition: Arbitrary, inner: Arbitrary): fc.Arbitrary<Part> {
  const exit = exits(number, condition);
  return fc.oneof(
    { depthIdentifier: "statement", maxDepth: 2, withCrossShrink: true },
    { weight: 30, arbitrary: assigned(number) },
    { weight: 9, arbitrary: exit },
    ...changes(number, condition),
    ...nested(number, condition, inner),
    ...loops(exit, condition, inner),
  );
}
