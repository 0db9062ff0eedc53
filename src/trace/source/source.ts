import { type AnyNode, type Class, type Function as FunctionNode, type Node, parse } from "acorn";
import { EpsilaneError } from "../../errors.ts";

/** The text of one function as the engine gives it, and how much was put before it to make it parse. */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly offset: number;
  /** Whether it is known not to be in strict mode. */
  readonly isSloppy?: boolean;
}

export interface ParsedFunction {
  readonly source: Source;
  readonly node: FunctionNode;
}
export interface ParsedClass {
  readonly source: Source;
  readonly node: Class;
}

/** Ways to make a function's text an expression: as it stands, as a method, as a method of a class. */
const wrappings = [
  { before: "(", after: "\n)", pick: (expression: any) => expression },
  { before: "({", after: "\n})", pick: (expression: any) => expression.properties?.[0]?.value },
  { before: "(class {", after: "\n})", pick: (expression: any) => expression.body?.body?.[0]?.value },
];

/** The text of a method, or of an arrow in one, names private members and prototypes of its class. */
const parserOptions = { ecmaVersion: "latest", checkPrivateFields: false, allowSuperOutsideMethod: true } as const;

const textOf = (fn: unknown): string => Function.prototype.toString.call(fn);

export const nameOf = (fn: object): string => {
  const name = Object.getOwnPropertyDescriptor(fn, "name")?.value;
  return typeof name === "string" && name !== "" ? name : "(anonymous)";
};

/** Whether the text is that of a class; `class(` begins a method. */
export const isClassText = (fn: unknown): boolean => /^class(?!\s*\()\b/.test(textOf(fn));

/** Whether the text is that of a class that may have private members. */
export const mayHavePrivates = (fn: unknown): boolean => isClassText(fn) && textOf(fn).includes("#");

/** Whether the text of a function names what it is called on. */
export const usesThis = (fn: unknown): boolean => typeof fn === "function" && /\bthis\b/.test(textOf(fn));

/** A native function's text names no body: `function sin() { [native code] }`. */
export const isNative = (fn: unknown): boolean => /\{\s*\[native code\]\s*\}\s*$/.test(textOf(fn));

export const isBound = (fn: object): boolean => nameOf(fn).startsWith("bound ") && isNative(fn);

/**
 * Parses a function's own text.
 * @throws EpsilaneError `class`, and what `parseCallable` throws
 */
export const parseFunction = (fn: unknown): ParsedFunction => asFunction(parseCallable(fn));

/** @throws EpsilaneError `class`, `generator` */
export function asFunction(parsed: ParsedFunction | ParsedClass): ParsedFunction {
  const { name } = parsed.source;
  if (!isClass(parsed)) {
    const { source, node } = parsed;
    if (node.generator)
      refuse(source, node, "generator", `${name} is a generator: it gives a sequence, not a result.`, "Return an array: [...sequence(x)].");
    return parsed;
  }
  const advice = `Hand over a function that makes an instance and calls it: (x) => new ${name}(x)…`;
  return refuse(parsed.source, parsed.node, "class", `${name} is a class.`, advice);
}

const isClass = (parsed: ParsedFunction | ParsedClass): parsed is ParsedClass => parsed.node.type === "ClassExpression";

/**
 * Parses the own text of a function or class.
 * @throws EpsilaneError `not-a-function`, `native-function`, `async-function`, `syntax`, `too-deep`
 */
export function parseCallable(fn: unknown): ParsedFunction | ParsedClass {
  if (typeof fn !== "function") throw new EpsilaneError("not-a-function", `A function is needed here, not ${describe(fn)}.`);
  const name = nameOf(fn);
  if (isNative(fn)) {
    const reason = isBound(fn) ? "This function is bound, and hides its source" : `${name} is native, so it has no JavaScript source`;
    throw new EpsilaneError("native-function", `${reason}. Hand over a function that calls it: (x) => …`);
  }
  const parsed = parseText(name, textOf(fn), isOutsideStrict(fn));
  if (isClass(parsed)) return parsed;
  const { node } = parsed;
  if (node.async)
    refuse(parsed.source, node, "async-function", `${name} is async: its result is a promise.`, "Await what it needs before, outside.");
  return parsed;
}

const argumentsOf = Object.getOwnPropertyDescriptor(Function.prototype, "arguments")?.get;

/** Functions outside of strict mode have `arguments` of their own, or inherit them where to ask others for them throws (V8 from 14 on). */
function isOutsideStrict(fn: Function): boolean {
  if (Object.hasOwn(fn, "arguments")) return true;
  try {
    return argumentsOf !== undefined && Reflect.apply(argumentsOf, fn, []) !== undefined;
  } catch {
    return false;
  }
}

function parseText(name: string, text: string, isSloppy: boolean): ParsedFunction | ParsedClass {
  let syntaxError: { error: SyntaxError & { pos?: number }; source: Source } | undefined;
  for (const { before, after, pick } of wrappings) {
    const source: Source = { name, text, offset: before.length, isSloppy };
    try {
      const program = parse(before + text + after, { ...parserOptions, directSourceFile: source as never });
      const statement = program.body[0];
      const expression = program.body.length === 1 && statement?.type === "ExpressionStatement" ? statement.expression : undefined;
      if (expression?.type === "ClassExpression" && before === "(") return { source, node: expression };
      const node = pick(expression) as AnyNode | undefined;
      if (node && (node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression")) return { source, node };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      // The parser's own word for a stack overflow.
      if (error.message.startsWith("Not enough stack space")) throw new RangeError(error.message, { cause: error });
      const further = (error as { pos?: number }).pos ?? 0;
      if (!syntaxError || further > (syntaxError.error.pos ?? 0)) syntaxError = { error, source };
    }
  }
  const at = Math.max((syntaxError?.error.pos ?? 1) - (syntaxError?.source.offset ?? 0), 0);
  const source = { name, text, offset: 0 };
  throw new EpsilaneError("syntax", `The source of ${name} does not parse.\n\n${codeFrame(source, at, at + 1)}`);
}

/** Runs what walks through a function, and so may run into the host's limits: its stack, or the length of its strings. */
export function withinLimits<Result>(name: string, run: () => Result, fail?: (cause: RangeError) => never): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    fail?.(error);
    throw new EpsilaneError("too-deep", `${name} is nested, or calls itself, too deeply to be read.`, { cause: error });
  }
}

/** A place for messages about a function that has no source of its own. */
export const siteOf = (name: string): Node =>
  ({ type: "Identifier", start: 0, end: name.length, sourceFile: { name, text: name, offset: 0 } }) as unknown as Node;

/** The node's text as the user wrote it. */
export const textAt = (node: Node): string => {
  const { text, offset } = sourceOf(node);
  return text.slice(node.start - offset, node.end - offset);
};

export const sourceOf = (node: Node): Source => (node as Node & { sourceFile: Source }).sourceFile;

/** Ends the trace: a sentence, the code it is about with a caret under it, and what to write instead. */
export function failAt(node: Node, code: string, sentence: string, advice: string, cause?: unknown): never {
  return refuse(sourceOf(node), node, code, sentence, advice, cause);
}

/** The line of the node with a caret under it. */
export const frameAt = (node: Node): string => frameIn(sourceOf(node), node);

const frameIn = (source: Source, node: Node) => codeFrame(source, node.start - source.offset, node.end - source.offset);

function refuse(source: Source, node: Node, code: string, sentence: string, advice?: string, cause?: unknown): never {
  const frame = frameIn(source, node);
  throw new EpsilaneError(code, [sentence, frame, ...(advice ? [advice] : [])].join("\n\n"), { cause });
}

const widestLine = 100;

function codeFrame({ name, text }: Source, start: number, end: number): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineBreak = text.indexOf("\n", start);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak;
  const line = text.slice(0, start).split("\n").length;
  const column = start - lineStart;
  const from = lineEnd - lineStart > widestLine ? Math.max(column - 30, 0) : 0;
  const shown = text.slice(lineStart + from, Math.min(lineEnd, lineStart + from + widestLine)).replaceAll("\t", " ");
  const carets = "^".repeat(Math.max(1, Math.min(end, lineEnd, lineStart + from + widestLine) - start));
  const margin = `  ${line} | `;
  return `${margin}${shown}\n${" ".repeat(margin.length - 2)}| ${" ".repeat(column - from)}${carets} ${name}:${line}:${column + 1}`;
}

/** A value in a message. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "object") return "an object";
  if (typeof value === "function") return `the function ${nameOf(value)}`;
  if (typeof value === "bigint") return `${value}n`;
  return String(value);
}
