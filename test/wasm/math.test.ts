import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type OperationName, operations } from "../../src/graph/operations.ts";
import { dualBlocks } from "../../src/wasm/generated/duals.ts";
import { instantiateMath, kernelBlocks, staticEnd } from "../../src/wasm/math.ts";
import { allRules as rules } from "../support/special.ts";

const pages = Math.ceil(staticEnd / 65536);
const createTable = () => new WebAssembly.Table({ element: "anyfunc", initial: 0 });

describe("the module", () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => vi.unstubAllGlobals());

  test("is compiled once, and not at import", async () => {
    const Module = vi.fn(WebAssembly.Module);
    vi.stubGlobal("WebAssembly", { ...wasm(), Module });
    const { mathModule: fresh } = await import("../../src/wasm/math.ts");
    expect(Module).not.toHaveBeenCalled();
    const compiled = fresh();
    // Beside it there is what decodes its text.
    expect(Module).toHaveBeenCalledTimes(2);
    expect(fresh()).toBe(compiled);
    expect(Module).toHaveBeenCalledTimes(2);
  });

  test("where compiling is forbidden, the error says what to do", async () => {
    class Module {
      constructor() {
        throw new Error("Wasm code generation disallowed by embedder");
      }
    }
    vi.stubGlobal("WebAssembly", { ...wasm(), Module });
    const { mathModule: fresh } = await import("../../src/wasm/math.ts");
    const error = catchError(() => fresh());
    expect(error).toMatchObject({ name: "EpsilaneError", code: "no-compile" });
    expect(error.message).toContain("wasm-unsafe-eval");
    expect(error.cause).toMatchObject({ message: "Wasm code generation disallowed by embedder" });
  });
});

test("an instance exports every block and the interpreter", () => {
  const exports = instantiateMath(new WebAssembly.Memory({ initial: pages }), createTable());
  for (const name of [...kernelBlocks, "interpret"] as const) expect(exports[name]).toBeTypeOf("function");
});

test("every kernel has a block, and every rule a dual block", () => {
  const ofMath = (op: string) => operations[op as OperationName].module === undefined;
  const kernels = Object.entries(operations).filter(([op, { form }]) => form === "kernel" && ofMath(op));
  for (const [op] of kernels) expect(kernelBlocks).toContain(`${op}Block`);
  expect(new Set(dualBlocks)).toEqual(
    new Set(
      Object.keys(rules)
        .filter(ofMath)
        .map((op) => `${op}Dual`),
    ),
  );
});

test("static data lies between the first 1,024 bytes and staticEnd", () => {
  const memory = new WebAssembly.Memory({ initial: pages + 1 });
  const bytes = new Uint8Array(memory.buffer).fill(0xaa);
  instantiateMath(memory, createTable());
  expect(bytes.subarray(0, 1024).every((byte) => byte === 0xaa)).toBe(true);
  expect(bytes.subarray(staticEnd).every((byte) => byte === 0xaa)).toBe(true);
  expect(bytes.subarray(1024, staticEnd).every((byte) => byte === 0xaa)).toBe(false);
});

test("entry 0 of the table stays empty, whether it was there or not", () => {
  for (const initial of [0, 4]) {
    const table = new WebAssembly.Table({ element: "anyfunc", initial });
    instantiateMath(new WebAssembly.Memory({ initial: pages }), table);
    expect(table.length).toBe(Math.max(1, initial));
    expect(table.get(0)).toBe(null);
  }
});

/** The properties of `WebAssembly`, which are not enumerable. */
function wasm(): Record<string, unknown> {
  return Object.fromEntries(Object.getOwnPropertyNames(WebAssembly).map((name) => [name, (WebAssembly as never)[name]]));
}

function catchError(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
