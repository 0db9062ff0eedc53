import fc from "fast-check";

/** A part of a program, as text once with plain operators and once over dual numbers: `$.add(a, b)` in place of `a + b`. */
export interface Notation {
  /** A number of the program's text, or a counter. */
  constant(value: string): string;
  apply(name: string, ...operands: string[]): string;
  /** `Math.floor` and its like, in a position where a plain number is needed. */
  plain(value: string): string;
  /** A number as a condition that gives it back. */
  truthy(value: string): string;
  /** A condition as a number. */
  count(condition: string): string;
  assign(place: string, operator: string, value: string): string;
  /** A typed array of zeros. */
  column(length: number): string;
}
interface Context extends Notation {
  /** Labels of the loops around. */
  readonly labels: readonly string[];
  /** The function that is called. */
  readonly helper: string;
  /** What an early return gives. */
  readonly result: string;
  /** A number that no other part has, for names. */
  unique(): number;
}
type Part = (context: Context) => string;

const symbols: Readonly<Record<string, string>> = { add: "+", sub: "-", mul: "*", div: "/" };
const nameOf = (operator: string) => Object.keys(symbols).find((name) => `${symbols[name]}=` === operator)!;

export const plainNotation: Notation = {
  constant: (value) => `(${value})`,
  apply: (name, ...operands) =>
    symbols[name]
      ? `(${operands.join(` ${symbols[name]} `)})`
      : name === "neg"
        ? `(-${operands})`
        : name === "pow"
          ? `(${operands.join(" ** ")})`
          : `Math.${name}(${operands})`,
  plain: (value) => value,
  truthy: (value) => value,
  count: (condition) => `(${condition})`,
  assign: (place, operator, value) => `(${place} ${operator} ${value})`,
  column: (length) => `new Float64Array(${length})`,
};
const comparisons: Readonly<Record<string, string>> = { "<": "lt", ">": "gt", "<=": "le", ">=": "ge", "===": "eq", "!==": "ne" };
export const dualNotation: Notation = {
  constant: (value) => `$.constant(${value})`,
  apply: (name, ...operands) => `$.${name}(${operands})`,
  plain: (value) => `${value}.val`,
  truthy: (value) => `$.truthy(${value})`,
  count: (condition) => `$.constant(Number(${condition}))`,
  assign: (place, operator, value) => `(${place} = ${operator === "=" ? value : `$.${nameOf(operator)}(${place}, ${value})`})`,
  column: (length) => `[${Array(length).fill("$.constant(0)")}]`,
};
const compare = (context: Context, sign: string, a: string, b: string) =>
  context.apply === dualNotation.apply ? `$.${comparisons[sign]}(${a}, ${b})` : `(${a} ${sign} ${b})`;

const places = ["a", "b", "c", "v[0]", "v[1]", "v[2]", "o.p", "o.q.r", "f[0]", "f[1]", "point.x"] as const;

const place = fc.constantFrom(...places);
const operator = fc.constantFrom("=", "+=", "-=", "*=");

/** Operations whose values are the bits of JavaScript's own, and others. */
const exactOnes = ["abs", "floor", "sign", "neg", "round"];
const others = ["sin", "cos", "exp", "tanh", "atan", "sqrt", "cbrt", "log1p"];

type ValuesOf<All> = { [Index in keyof All]: All[Index] extends fc.Arbitrary<infer Value> ? Value : never };

interface Parts {
  number: Part;
  condition: Part;
  statement: Part;
  statements: Part;
}

/** A program in either notation. */
export interface Program {
  write(notation: Notation): string;
  /** For reports. */
  toString(): string;
}

/** Programs of two numbers. `exact`: only with operations whose bits are JavaScript's own. */
export function programs(exact: boolean): fc.Arbitrary<Program> {
  const { statements, number, condition } = fc.letrec<Parts>((tie) => {
    const names = ["number", "condition", "statements"] as const;
    const [number, condition, inner] = names.map((name) => tie(name)) as [fc.Arbitrary<Part>, fc.Arbitrary<Part>, fc.Arbitrary<Part>];
    const two = fc.tuple(number, number);
    /** A part made of parts. */
    const of = <All extends fc.Arbitrary<any>[]>(all: readonly [...All], write: (context: Context, ...values: ValuesOf<All>) => string) =>
      fc.tuple<unknown[]>(...all).map(
        (given): Part =>
          (context) =>
            write(context, ...(given as ValuesOf<All>)),
      );

    const leaf = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constantFrom("x", "y", ...places).map(
          (name): Part =>
            () =>
              name,
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom("0", "1", "2", "3", "0.5", "-2").map(
          (value): Part =>
            ({ constant }) =>
              constant(value),
        ),
      },
    );
    const unary = fc.constantFrom(...exactOnes, ...(exact ? [] : [...others, ...others]));
    const binary = fc.constantFrom("add", "sub", "mul", "add", "sub", "mul", "div", "max", "min", ...(exact ? [] : ["atan2", "hypot"]));
    const operations = [
      of([binary, number, number], (to, name, a, b) => to.apply(name, a(to), b(to))),
      of([unary, number], (to, name, a) => to.apply(name, a(to))),
      of([condition, number, number], (to, test, a, b) => `(${test(to)} ? ${a(to)} : ${b(to)})`),
      of([condition, number, number], (to, test, a, b) => `(${test(to)} && ${to.truthy(a(to))} || ${b(to)})`),
      of([condition, number], (to, test, a) => to.apply("mul", to.count(test(to)), a(to))),
      of([place, operator, number], (to, where, how, a) => to.assign(where, how, a(to))),
      of([number, number], (to, a, b) => `${to.helper}(${a(to)}, ${b(to)})`),
      of([number], (to, a) => `point.at(${a(to)})`),
      of([number], (to, a) => `v.reduce((s, t) => ${to.apply("add", to.apply("mul", "s", to.constant("0.5")), "t")}, ${a(to)})`),
      of([place, number], (to, where, a) => `((t) => ${to.apply("sub", to.apply("mul", "t", where), "t")})(${a(to)})`),
      of([place], (to, where) => `(({ p, q: { r = p } }) => ${to.apply("sub", "p", "r")})({ p: ${where}, q: {} })`),
      fc.constant<Part>(({ apply }) => apply("max", "...v")),
      of([number, number], (_, a, b) => `[${a(_)}, ${b(_)}].at(-1)`),
      ...(exact
        ? []
        : [of([fc.constantFrom("2", "3", "-1", "0.5"), place], (to, power, where) => to.apply("pow", where, to.constant(power)))]),
    ];
    const test = of([fc.constantFrom(...Object.keys(comparisons)), number, number], (to, sign, a, b) => compare(to, sign, a(to), b(to)));

    const exits = of([condition, fc.constantFrom("return", "break", "continue"), fc.boolean()], (to, test, kind, isLabelled) => {
      const label = to.labels.at(isLabelled ? 0 : -1);
      if (kind === "return" || !label) return `if (${test(to)}) return ${to.result};`;
      return `if (${test(to)}) ${kind}${isLabelled ? ` ${label}` : ""};`;
    });
    /** A loop: its head for a counter's name, and its body. */
    const loop = (
      head: (to: Context, name: string, turns: number, test: string) => string,
      first: (name: string, to: Context) => string,
      most: number,
    ) =>
      of([fc.integer({ min: 1, max: most }), condition, inner], (to, turns, test, body) => {
        const id = to.unique();
        const within = { ...to, labels: [...to.labels, `l${id}`] };
        return `l${id}: ${head(to, `i${id}`, turns, test(to))} { ${first(`i${id}`, to)} ${body(within)} }`;
      });
    const counted = (name: string, to: Context) => `a = ${to.apply("add", "a", to.constant(name))};`;
    const simple = [of([place, operator, number], (to, where, how, a) => `${to.assign(where, how, a(to))};`), exits];
    const compound = [
      of([condition, number, place], (to, test, a, where) => `${test(to)} && ${to.assign(where, "=", a(to))};`),
      of([two], (to, [a, b]) => `[a, v[1]] = [${a(to)}, ${b(to)}];`),
      of([two], (to, [a, b]) => `v = [${a(to)}, v[0], ${b(to)}];`),
      of([number], (to, a) => `{ const w = [...v]; w.push(${a(to)}); b = w.shift(); w.unshift(b, ...w.splice(1, 1)); v = w.slice(0, 3); }`),
      of([place], (to, where) => `v = v.map((t, i) => ${to.apply("sub", "t", to.apply("mul", to.constant("i"), where))}).reverse();`),
      of([number], (to, a) => `o = { ...o, p: ${a(to)} };`),
      of([condition, number], (to, test, a) => `o = ${test(to)} ? o : { p: ${a(to)}, q: o.q };`),
      of([number], (to, a) => `({ p: c, q: { r: b, s: f[1] = ${a(to)} } } = o);`),
      of([inner], (to, body) => {
        const id = to.unique();
        return `const run${id} = () => { ${body({ ...to, labels: [], result: "0" })} }; run${id}(); run${id}();`;
      }),
      of([number, inner], (to, a, body) => `{ const a0 = ${a(to)}; { let c = a0; ${body(to)} b = ${to.apply("add", "b", "c")}; } }`),
      of([inner, inner], (to, body, last) => `try { ${body(to)} } finally { ${last({ ...to, labels: [], result: to.result })} }`),
      of([condition, inner], (to, test, body) => `if (${test(to)}) { ${body(to)} }`),
      of([condition, inner, inner], (to, test, yes, no) => `if (${test(to)}) { ${yes(to)} } else { ${no(to)} }`),
      of(
        [condition, condition, inner, inner],
        (to, one, two, yes, no) => `if (${one(to)}) { ${yes(to)} } else if (${two(to)}) { ${no(to)} } else return ${to.result};`,
      ),
      of(
        [fc.constantFrom("floor", "sign", "round"), number, inner, inner, inner, fc.boolean(), fc.boolean()],
        (to, fn, a, one, two, three, stops, ends) => {
          const within = { ...to, labels: to.labels.length > 0 ? to.labels : [] };
          const [first, second, third] = [one, two, three].map((body) => body({ ...within, labels: [] }));
          return `switch (${to.plain(to.apply(fn, a(to)))}) { case 0: { ${first} } ${stops ? "break;" : ""} case 1: { ${second} } ${ends ? "break;" : ""} default: { ${third} } case -1: { b = ${to.apply("sub", "b", "a")}; } }`;
        },
      ),
      loop((_, i, turns) => `for (let ${i} = 0; ${i} < ${turns}; ${i}++)`, counted, 3),
      loop((_, i, turns) => `for (let ${i} = ${turns}; ${i}--; )`, counted, 14),
      loop((_, i, turns, test) => `for (let ${i} = 0; ${i} < ${turns} && ${test}; ${i}++)`, counted, 12),
      loop(
        (_, i) => `for (const ${i} of v.slice(0, 2))`,
        (i, to) => `b = ${to.apply("add", "b", i)};`,
        1,
      ),
      loop(
        (_, i, turns) => `for (const ${i} of steps(${turns}))`,
        (i, to) => `c = ${to.apply("sub", "c", i)};`,
        4,
      ),
      loop(
        (_, i) => `for (const [${i}, t] of v.entries())`,
        (i, to) => `c = ${to.apply("add", to.constant(i), "t")};`,
        1,
      ),
    ];
    return {
      number: fc.oneof({ depthIdentifier: "number", maxDepth: 2, withCrossShrink: true }, { weight: 6, arbitrary: leaf }, ...operations),
      condition: fc.oneof(
        { depthIdentifier: "condition", maxDepth: 2, withCrossShrink: true },
        { weight: 4, arbitrary: test },
        of([fc.constantFrom("&&", "||"), condition, condition], (to, join, a, b) => `(${a(to)} ${join} ${b(to)})`),
        of([condition], (to, a) => `!(${a(to)})`),
      ),
      statement: fc.oneof(
        { depthIdentifier: "statement", maxDepth: 2, withCrossShrink: true },
        { weight: 20, arbitrary: simple[0]! },
        { weight: 6, arbitrary: simple[1]! },
        ...compound,
      ),
      statements: fc.array(tie("statement"), { minLength: 1, maxLength: 2, depthIdentifier: "statement" }).map(
        (list): Part =>
          (to) =>
            (list as Part[]).map((part) => part(to)).join(" "),
      ),
    };
  });

  const someOf = fc.subarray<string>(["b", "c", "v[0]", "v[1]", "v[2]", "o.p", "o.q.r", "f[0]", "f[1]", "point.x"], {
    minLength: 1,
    maxLength: 3,
  });
  return fc.tuple(statements, statements, number, condition, someOf).map(([body, helper, last, test, some]) => {
    const results = `[${["a", ...some]}]`;
    const write = (notation: Notation) => {
      let count = 0;
      const to: Context = { ...notation, labels: [], helper: "helper", result: results, unique: () => ++count };
      const within = { ...to, helper: "mix", result: "s" };
      const one = notation.constant("1");
      return `(x, y) => {
  let a = x, b = ${one}, c = y, v = [x, ${notation.constant("2")}, y], o = { p: ${one}, q: { r: x } };
  const f = ${notation.column(2)};
  class Point { constructor(x, k) { this.x = x; this.k = k; } get scaled() { return ${to.apply("mul", "this.x", "this.k")}; } at(t) { return ${to.apply("add", "this.scaled", "t")}; } }
  const point = new Point(y, ${notation.constant("0.5")});
  function* steps(n) { for (let i = 0; i < n; i++) yield v[i % 3]; }
  const mix = (s, t) => ${to.apply("max", "s", to.apply("neg", "t"))};
  const helper = (s, t = s) => { ${helper(within)} return ${to.apply("sub", "s", "t")}; };
  ${body(to)}
  if (${test(to)}) a = ${last(to)};
  return ${results};
}`;
    };
    return { write, toString: () => write(plainNotation) };
  });
}
