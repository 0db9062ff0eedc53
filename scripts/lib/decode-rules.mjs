import { readModule } from "./wasm-reader.mjs";

/**
 * Reads the dual rules back from compiled assembly/dual.ts: every export `<op>_der` is a short stack program over lane
 * operations, calls of imported kernels and calls of local helpers, and becomes a Rule (src/derive/rule.ts). Common
 * subexpressions become one step; steps that the result does not need are dropped, and with them calls whose result
 * asc has to keep (`call; drop`). Parameters may be reused as locals; equal rules may share a function.
 *
 * @param {Uint8Array} bytes the compiled module
 * @param operations the table of src/graph/operations.ts
 * @returns {Record<string, import("../../src/derive/rule.ts").Rule>} rules by operation, in the order of the table
 */
export function decodeRules(bytes, operations) {
  const { functions, exports } = readModule(bytes);
  const rules = {};
  for (const op of Object.keys(operations)) {
    const index = exports.get(`${op}_der`);
    if (index !== undefined) rules[op] = decodeRule(`${op}_der`, functions, index, parametersOf(operations[op]), operations);
    else if (needsRule(operations[op])) throw new Error(`no dual rule ${op}_der for the operation ${op}`);
  }
  for (const name of exports.keys()) {
    const op = name.replace(/_der$/, "");
    if (op !== name && !Object.hasOwn(operations, op)) throw new Error(`${name}: no operation ${op} in the operation table`);
  }
  return rules;
}

/** Masks and bit operations have no tangents of their own, nor have elements of tables; `select` mixes numbers. */
const needsRule = ({ gives, maskOperands, readsTable }) => (gives === "number" && !readsTable) || maskOperands > 0;

/** The parameters of the rule of an operation, by name: operands, result, tangents. */
export function parametersOf({ arity, maskOperands = 0 }) {
  const numbers = ["a", "b"].slice(0, Math.min(arity, 2 + maskOperands) - maskOperands);
  return [...(maskOperands ? ["m"] : []), ...numbers, "z", ...numbers.map((name) => `d${name}`)];
}

const v128 = 0x7b;
const opcode = { drop: 0x1a, localGet: 0x20, localSet: 0x21, localTee: 0x22, call: 0x10, end: 0x0b, simd: 0xfd };
const v128Const = 0x0c;
const bitselect = 0x52;
const refused = {
  0: "unreachable",
  2: "block",
  3: "loop",
  4: "if",
  12: "br",
  13: "br_if",
  15: "return",
  17: "call_indirect",
  27: "select",
  35: "global.get",
  36: "global.set",
  65: "i32.const",
  68: "f64.const",
};
const refusedLane = { 0: "v128.load", 9: "v128.load64_splat", 11: "v128.store", 20: "f64x2.splat", 33: "f64x2.extract_lane" };

function decodeRule(rule, functions, index, parameters, operations) {
  const refuse = (what) => {
    throw new Error(`the dual rule ${rule} can't be read back: ${what}`);
  };
  const laneOperations = new Map(Object.entries(operations).flatMap(([name, op]) => (op.form === "lane" ? [[op.opcode, name]] : [])));
  const steps = [];
  const known = new Map();

  const step = (op, args) => {
    const key = `${op} ${args.map(keyOf).join(" ")}`;
    if (!known.has(key)) known.set(key, { step: steps.push({ op, args }) - 1 });
    return known.get(key);
  };

  /** Runs a function on symbols. */
  const run = ({ type, code }, args) => {
    const reader = code.fork();
    const locals = [...args];
    reader.list((r) => {
      const count = r.u32();
      if (r.byte() !== v128) refuse("a local that is not a v128");
      for (let i = 0; i < count; i++) locals.push({ constant: 0 });
    });
    const stack = [];
    const pop = (count) => stack.splice(stack.length - count, count);

    const lane = () => {
      const code = reader.u32();
      if (code === v128Const) return stack.push(constantOf(reader.slice(16), refuse));
      const op = laneOperations.get(code);
      if (op === undefined) refuse(`instruction ${refusedLane[code] ?? `0xfd 0x${code.toString(16)}`}`);
      const operands = pop(Math.min(operations[op].arity, 2 + (operations[op].maskOperands ?? 0)));
      stack.push(step(op, code === bitselect ? [operands[2], operands[0], operands[1]] : operands));
    };
    const call = () => {
      const callee = functions[reader.u32()];
      const operands = pop(callee.type.params.length);
      if (callee.import === undefined) stack.push(run(callee, operands));
      else if (operations[callee.import]?.form === "kernel") stack.push(step(callee.import, operands));
      else refuse(`a call of ${callee.import}, which is no kernel of the operation table`);
    };
    const instructions = {
      [opcode.localGet]: () => stack.push(locals[reader.u32()]),
      [opcode.localSet]: () => {
        locals[reader.u32()] = stack.pop();
      },
      [opcode.localTee]: () => {
        locals[reader.u32()] = stack.at(-1);
      },
      [opcode.drop]: () => stack.pop(),
      [opcode.call]: call,
      [opcode.simd]: lane,
    };
    for (let code = reader.byte(); code !== opcode.end; code = reader.byte()) {
      const instruction = instructions[code] ?? refuse(`instruction ${refused[code] ?? `0x${code.toString(16)}`}`);
      instruction();
    }
    if (type.results.length !== 1 || type.results[0] !== v128) refuse("a function that does not return one v128");
    return stack.pop();
  };

  const { type } = functions[index];
  if (type.params.length !== parameters.length || type.params.some((param) => param !== v128)) {
    refuse(`its parameters must be (${parameters.join(", ")}), all v128`);
  }
  return withoutDeadSteps(steps, run(functions[index], parameters));
}

const keyOf = (operand) =>
  typeof operand === "string"
    ? operand
    : "step" in operand
      ? `#${operand.step}`
      : `=${Object.is(operand.constant, -0) ? "-0" : operand.constant}`;

/** A vector constant of two equal lanes. All NaNs are one value. */
function constantOf(bytes, refuse) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  if (view.getBigUint64(0, true) !== view.getBigUint64(8, true)) refuse("a v128.const whose lanes differ");
  return { constant: view.getFloat64(0, true) };
}

function withoutDeadSteps(steps, result) {
  const live = new Set();
  const visit = (operand) => {
    if (typeof operand === "string" || !("step" in operand) || live.has(operand.step)) return;
    live.add(operand.step);
    steps[operand.step].args.forEach(visit);
  };
  visit(result);
  const kept = [...live].sort((a, b) => a - b);
  const renumbered = (operand) => (typeof operand !== "string" && "step" in operand ? { step: kept.indexOf(operand.step) } : operand);
  return {
    steps: kept.map((index) => ({ op: steps[index].op, args: steps[index].args.map(renumbered) })),
    result: renumbered(result),
  };
}
