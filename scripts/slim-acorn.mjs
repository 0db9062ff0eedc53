// A build plugin that leaves out of acorn what a function's own source never needs, half of its size. The engine has parsed that
// source before, as a script: it breaks no rule that goes beyond grammar, has no `import` and `export`, and its regular expressions
// are valid. And the engine knows which characters make identifiers: \p{ID_Start}.
import { parse } from "acorn";

/** [what acorn has exactly once, what takes its place]. */
const CUTS = [
  [/var astralIdentifierCodes = \[[^\]]*\];/g, "var astralIdentifierCodes = /\\p{ID_Continue}/u;"],
  [/var astralIdentifierStartCodes = \[[^\]]*\];/g, "var astralIdentifierStartCodes = /\\p{ID_Start}/u;"],
  [/var nonASCIIidentifierChars = "[^"]*";/g, ""],
  [/var nonASCIIidentifierStartChars = "[^"]*";/g, ""],
  [/new RegExp\("\[" \+ nonASCIIidentifierStartChars \+ "\]"\)/g, "/\\p{ID_Start}/u"],
  [/new RegExp\("\[" \+ nonASCIIidentifierStartChars \+ nonASCIIidentifierChars \+ "\]"\)/g, "/[\\p{ID_Continue}\\u200c\\u200d]/u"],
  [
    /function isInAstralSet\(code, set\) \{[\s\S]*?\n\}/g,
    "function isInAstralSet(code, set) {\n  return code > 0xffff && set.test(String.fromCodePoint(code));\n}",
  ],
  [
    /var scriptValuesAddedInUnicode[\s\S]*?(?=\/\/ Object type used to represent tokens)/g,
    `var RegExpValidationState = function () {};
RegExpValidationState.prototype.reset = function () {};
Parser.prototype.validateRegExpFlags = Parser.prototype.validateRegExpPattern = function () {};

`,
  ],
  [/function getOptions\(opts\) \{[\s\S]*?\n\}/g, "function getOptions(opts) {\n  return opts;\n}"],
  [/var reserved = "";[\s\S]*?\n {2}this\.reservedWordsStrictBind = .*/g, ""],
  [/function isPrivateNameConflicted\(privateNameMap, element\) \{[\s\S]*?\n\}/g, ""],
  [/ else if \([^\n]* isPrivateNameConflicted\(privateNameMap, element\)\) \{[^}]*\}/g, ""],
  [/\nParser\.acorn = \{[\s\S]*?\n\};/g, ""],
  [/\nParser\.extend = function [\s\S]*?\n\};/g, ""],
  [/\nParser\.parseExpressionAt = function [\s\S]*?\n\};/g, ""],
  [/\nParser\.tokenizer = function [\s\S]*?\n\};/g, ""],
  [/\nif \(typeof Symbol !== "undefined"\)\n {2}\{ pp\[Symbol\.iterator\][\s\S]*?\n {2}\}; \}/g, ""],
  [/var loc = getLineInfo\(this\.input, pos\);[\s\S]*?var err = /g, "var err = "],
  [/ err\.loc = loc;/g, ""],
];

/** The options that are the same at every call. */
const OPTIONS = {
  allowAwaitOutsideFunction: null,
  allowHashBang: false,
  allowImportExportEverywhere: false,
  allowReserved: false,
  allowReturnOutsideFunction: false,
  allowSuperOutsideMethod: null,
  checkPrivateFields: false,
  ecmaVersion: 1e8,
  locations: false,
  onComment: null,
  onInsertedSemicolon: null,
  onToken: null,
  onTrailingComma: null,
  preserveParens: false,
  program: null,
  ranges: false,
  sourceFile: null,
  sourceType: "script",
  startLocation: null,
  strict: false,
};

/** What the parser knows of the program that a script's valid source does not need: strict code has the same syntax tree. */
const KNOWN = new Set(["inModule", "strict", "strictDirective"]);

/** Methods that do nothing but refuse, or prepare for that. */
const CHECKS = new Set(
  `checkExport checkLValInnerPattern checkLValPattern checkLValSimple checkLocalExport checkParams checkPatternErrors checkPatternExport
  checkPropClash checkUnreserved checkVariableExport checkYieldAwaitInDefaultParams declareName exitClassBody raiseRecoverable`.split(
    /\s+/,
  ),
);

/** Methods for `import` and `export` declarations, which a script refuses before it calls them. */
const DECLARATIONS = new Set(
  `parseExport parseExportAllDeclaration parseExportDeclaration parseExportDefaultDeclaration parseExportSpecifier parseExportSpecifiers
  parseImport parseImportDefaultSpecifier parseImportNamespaceSpecifier parseImportSpecifier parseImportSpecifiers parseModuleExportName
  parseWithClause shouldParseExportStatement`.split(/\s+/),
);

const compare = { "<": (a, b) => a < b, ">=": (a, b) => a >= b, "===": (a, b) => a === b, "!==": (a, b) => a !== b };

/** The name of a method of `this` that a node calls. */
const calledMethod = ({ type, callee }) =>
  type === "CallExpression" && callee.type === "MemberExpression" && callee.object.type === "ThisExpression" ? callee.property.name : "";

/** Whether a node is a member of `this` that is always false, or a call of one. */
const isKnown = (node) =>
  KNOWN.has(calledMethod(node)) ||
  (node.type === "MemberExpression" && node.object.type === "ThisExpression" && KNOWN.has(node.property.name));

/** The name of a parsing option that a node reads: `this.options.strict`, `options.strict`, or a local `ecmaVersion`. */
function optionOf(node) {
  if (node.type === "Identifier" && node.name === "ecmaVersion") return "ecmaVersion";
  if (node.type !== "MemberExpression" || !Object.hasOwn(OPTIONS, node.property.name ?? "")) return undefined;
  return (node.object.name ?? node.object.property?.name) === "options" ? node.property.name : undefined;
}

/** Whether evaluating a node does nothing but give a value. */
const isPure = (node) => !/^(Assignment|Call|New|Update)Expression$/.test(node.type) && childrenOf(node).every(isPure);

const childrenOf = (node) =>
  Object.values(node)
    .flat()
    .filter((child) => typeof child?.type === "string");

/** Whether a statement does nothing but refuse. */
function isCheck({ type, expression, body, test, consequent, alternate }) {
  if (type === "BlockStatement") return body.length > 0 && body.every(isCheck);
  if (type === "IfStatement") return isCheck(consequent) && (!alternate || isCheck(alternate)) && isPure(test);
  if (type !== "ExpressionStatement") return false;
  if (expression.type === "AssignmentExpression" && isKnown(expression.left)) return true;
  const method = calledMethod(expression);
  return CHECKS.has(method) || (method === "checkExpressionErrors" && expression.arguments.length === 2);
}

/** Whether a statement defines a method that is not needed. */
function isNeedless({ type, expression }) {
  if (type !== "ExpressionStatement" || expression.type !== "AssignmentExpression") return false;
  const { object, property } = expression.left;
  return Boolean(object?.name?.startsWith("pp")) && [CHECKS, DECLARATIONS, KNOWN].some((names) => names.has(property.name));
}

/** What takes a node's place; undefined where it stays. */
function substitute(node) {
  if (isCheck(node)) return ";";
  if (isNeedless(node)) return "";
  if (node.type === "BinaryExpression" && Object.hasOwn(compare, node.operator) && "value" in node.right) {
    const option = optionOf(node.left);
    if (option) return String(compare[node.operator](OPTIONS[option], node.right.value));
  }
  if (isKnown(node)) return "false";
  const option = node.type === "MemberExpression" && optionOf(node);
  return option ? JSON.stringify(OPTIONS[option]) : undefined;
}

/** Methods of the parser get short names; not those that share theirs with fields of nodes or methods of the language. */
function shorten(code) {
  const found = (pattern) => [...code.matchAll(pattern)].map(([, name]) => name);
  const taken = new Set([...found(/\bnode\.(\w+) = /g), "parse"]);
  for (const { prototype } of [Array, Function, Object, RegExp, String])
    for (const name of Object.getOwnPropertyNames(prototype)) taken.add(name);
  const methods = [...new Set(found(/^pp(?:\$\d+)?\.(\w+) = /gm))].filter((name) => !taken.has(name));
  return code.replaceAll(/(?<=\.)\w+/g, (name) => (methods.includes(name) ? `m${methods.indexOf(name)}` : name));
}

function slim(code) {
  const edits = [];
  const visit = (node) => {
    const text = substitute(node);
    if (text !== undefined) {
      edits.push({ start: node.start, end: node.end, text });
    } else if (calledMethod(node) === "raise" && !/^Not enough stack/.test(node.arguments[1].value)) {
      edits.push({ start: node.arguments[0].end, end: node.end, text: ")" }); // messages are not shown; that one is read
    } else {
      childrenOf(node).forEach(visit);
    }
  };
  visit(parse(code, { ecmaVersion: "latest", sourceType: "module" }));

  let result = "";
  let position = 0;
  for (const { start, end, text } of edits.sort((a, b) => a.start - b.start)) {
    result += code.slice(position, start) + text;
    position = end;
  }
  return result + code.slice(position);
}

export const slimAcorn = {
  name: "slim-acorn",
  transform: {
    filter: { id: /\/acorn\/dist\/acorn\.mjs$/ },
    handler(code) {
      const cut = CUTS.reduce((text, [pattern, replacement]) => {
        if (text.match(pattern)?.length !== 1) throw new Error(`slim-acorn: this acorn does not have exactly one ${pattern}`);
        return text.replace(pattern, () => replacement);
      }, code);
      return shorten(slim(cut));
    },
  },
};
