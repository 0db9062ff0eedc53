/** Random programs in the language that can be traced: every kind of control flow, on data and not, with side effects. */

type Random = () => number;

/** A small generator of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The text of a function of `x` and `y` that gives an array of numbers, or throws one. */
export function randomProgram(seed: number, throws = false): string {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  let loops = 0;
  let calls = "Math.max";

  const place = () => pick(["a", "b", "c", "v[0]", "v[1]", "v[2]", "o.p", "o.q.r"]);
  const number = (depth: number): string => {
    if (depth <= 0 || random() < 0.3) return pick(["x", "y", place(), place(), "1", "0.5", "-2", "3"]);
    const [one, other] = [() => number(depth - 1), () => number(depth - 1)];
    return pick([
      () => `(${one()} ${pick(["+", "-", "*"])} ${other()})`,
      () => `(${condition(depth - 1)} ? ${one()} : ${other()})`,
      () => `Math.${pick(["max", "min"])}(${one()}, ${other()})`,
      () => `Math.${pick(["abs", "floor", "sign"])}(${one()})`,
      () => `(${condition(depth - 1)}) * ${one()}`,
      () => `${calls}(${one()}, ${other()})`,
      () => `(${place()} ${pick(["=", "+=", "-=", "*="])} ${one()})`,
      () => `(${condition(depth - 1)} && ${one()} || ${other()})`,
      () => `-${place()}`,
      () => `T[${one()} & 3]`,
      () => `(T[${one()}] ?? ${other()})`,
      () => `R[${one()} & 1].${pick(["s", "t[0]", "t[1]"])}`,
      () => `v[((${one()}) & 3) % 3]`,
    ])();
  };
  const condition = (depth: number): string =>
    pick([
      () => `${number(depth - 1)} ${pick(["<", ">", "<=", ">=", "===", "!=="])} ${number(depth - 1)}`,
      () => `${number(depth - 1)} > ${pick(["0", "1", "-1"])}`,
      () => (depth > 0 ? `(${condition(depth - 1)} ${pick(["&&", "||"])} ${condition(depth - 1)})` : "x > y"),
      () => (depth > 0 ? `!(${condition(depth - 1)})` : "y > 0"),
    ])();

  const statements = (depth: number, where: Where): string =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => statement(depth, where)).join(" ");
  interface Where {
    readonly labels: readonly string[];
    readonly returns: string;
  }
  const statement = (depth: number, where: Where): string => {
    const simple = [
      () => `${place()} = ${number(2)};`,
      () => `${place()} ${pick(["+=", "-=", "*="])} ${number(1)};`,
      () => `${condition(1)} && (${place()} = ${number(1)});`,
      () => `[${pick(["a", "b"])}, ${pick(["c", "v[1]"])}] = [${number(1)}, ${number(1)}];`,
      () => `v = [${number(1)}, v[0], ${number(1)}];`,
      () => `v[((${number(1)}) & 3) % 3] ${pick(["=", "+="])} ${number(1)};`,
      () => `T[2] = ${pick(["7", number(1)])};`,
      () => `o = ${condition(1)} ? o : { p: ${number(1)}, q: o.q };`,
      () => `if (${condition(1)}) return ${where.returns};`,
      ...(throws ? [() => `if (${condition(1)}) throw ${number(1)};`] : []),
      ...(where.labels.length > 0
        ? [
            () => `if (${condition(1)}) ${pick(["break", "continue"])};`,
            () => `if (${condition(1)}) ${pick(["break", "continue"])} ${pick(where.labels)};`,
          ]
        : []),
    ];
    if (depth <= 0) return pick(simple)();
    const inner = () => statements(depth - 1, where);
    return pick([
      ...simple,
      () => `if (${condition(2)}) { ${inner()} }`,
      () => `if (${condition(2)}) { ${inner()} } else { ${inner()} }`,
      () => `if (${condition(1)}) { ${inner()} } else if (${condition(1)}) { ${inner()} } else return ${where.returns};`,
      () => {
        const [label, i] = [`l${++loops}`, `i${loops}`];
        const body = statements(depth - 1, { ...where, labels: [...where.labels, label] });
        return `${label}: for (let ${i} = 0; ${i} < ${pick([1, 2, 3])}; ${i}++) { a += ${i}; ${body} }`;
      },
      () => {
        const [label, e] = [`l${++loops}`, `e${loops}`];
        const body = statements(depth - 1, { ...where, labels: [...where.labels, label] });
        return `${label}: for (const ${e} of v.slice(0, 2)) { b += ${e}; ${body} }`;
      },
      () =>
        `switch (${pick(["Math.floor(x)", "Math.sign(y)", "Math.round(a)"])}) { case 0: ${inner()} ${pick(["break;", ""])} case 1: ${inner()} ${pick(["break;", ""])} default: ${inner()} case -1: ${inner()} }`,
      () => `{ const t = ${number(2)}; ${inner()} a += t; }`,
      ...(throws
        ? [
            () => `try { ${inner()} } catch { ${inner()} }`,
            () => `try { ${inner()} if (${condition(1)}) throw ${number(1)}; } catch (e) { a += e; ${inner()} }`,
          ]
        : []),
    ])();
  };

  const helper = `const helper = (s, t) => { ${statements(1, { labels: [], returns: "s - t" })} return s * 0.5 + t; };`;
  calls = "helper";
  const body = statements(3, { labels: [], returns: "[a, b, c, ...v, o.p]" });
  return `function f(x, y) { let a = x, b = 1, c = y, v = [x, 2, y], o = { p: 1, q: { r: x } }, T = [0.5, -0, 3, -2], R = [{ s: 1, t: [2, 3] }, { s: -1, t: [4, 0.5] }]; ${helper} ${body} return [a, b, c, ...v, o.p]; }`;
}
