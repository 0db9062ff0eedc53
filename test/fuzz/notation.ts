/** How the operations of a program are written: once with plain operators, and once over dual numbers, `$.add(a, b)` in place of `a + b`. */
export interface Notation {
  /** A number of the program's text, or a counter. */
  constant(value: string): string;
  apply(name: string, ...operands: string[]): string;
  compare(sign: string, a: string, b: string): string;
  /** The plain number of one that stands on a staircase, in a position where that is needed. */
  plain(value: string): string;
  /** A number as a condition that gives it back. */
  truthy(value: string): string;
  /** A condition as a number. */
  count(condition: string): string;
  assign(place: string, operator: string, value: string): string;
  /** An element that may not be there. */
  element(array: string, index: string): string;
  /** What `sort` asks of two numbers. */
  order(a: string, b: string): string;
  /** A typed array of zeros. */
  column(length: number): string;
}

const infix: Readonly<Record<string, string>> = {
  ...{ add: "+", sub: "-", mul: "*", div: "/", rem: "%", pow: "**" },
  ...{ bitAnd: "&", bitOr: "|", bitXor: "^", shiftLeft: "<<", shiftRight: ">>", shiftRightUnsigned: ">>>" },
};
const prefix: Readonly<Record<string, string>> = { neg: "-", bitNot: "~" };
const names: Readonly<Record<string, string>> = { "<": "lt", ">": "gt", "<=": "le", ">=": "ge", "===": "eq", "!==": "ne" };
export const signs = Object.keys(names);
const nameOf = (operator: string) => Object.keys(infix).find((name) => `${infix[name]}=` === operator)!;

export const plainNotation: Notation = {
  constant: (value) => `(${value})`,
  apply: (name, ...operands) =>
    infix[name] ? `(${operands.join(` ${infix[name]} `)})` : prefix[name] ? `(${prefix[name]}${operands})` : `Math.${name}(${operands})`,
  compare: (sign, a, b) => `(${a} ${sign} ${b})`,
  plain: (value) => value,
  truthy: (value) => value,
  count: (condition) => `(${condition})`,
  assign: (place, operator, value) => `(${place} ${operator} ${value})`,
  element: (array, index) => `${array}[${index}]`,
  order: (a, b) => `${a} - ${b}`,
  column: (length) => `new Float64Array(${length})`,
};

export const dualNotation: Notation = {
  constant: (value) => `$.constant(${value})`,
  apply: (name, ...operands) => `$.${name}(${operands})`,
  compare: (sign, a, b) => `$.${names[sign]}(${a}, ${b})`,
  plain: (value) => `${value}.val`,
  truthy: (value) => `$.truthy(${value})`,
  count: (condition) => `$.constant(Number(${condition}))`,
  assign: (place, operator, value) => `(${place} = ${operator === "=" ? value : `$.${nameOf(operator)}(${place}, ${value})`})`,
  element: (array, index) => `$.element(${array}, ${index})`,
  order: (a, b) => `$.order(${a}, ${b})`,
  column: (length) => `[${Array(length).fill("$.constant(0)")}]`,
};
