import { describe, expect, test } from "vitest";
import { assembler, encodeModule, opcode, signed, unsigned } from "../../src/emit/encode.ts";
import { disassemble } from "../support/disassemble.ts";

describe("LEB128", () => {
  // WebAssembly Core Specification 5.2.2
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [624485, [0xe5, 0x8e, 0x26]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("unsigned %i", (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes);
  });
  test.each([
    [0, [0]],
    [-1, [0x7f]],
    [63, [0x3f]],
    [64, [0xc0, 0]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-32, [0x60]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
  ])("signed %i", (value, bytes) => {
    expect(signed(value)).toEqual(bytes);
  });
});

describe("a module", () => {
  const code = assembler();
  code.get(0);
  code.load(0);
  code.splat(-0);
  code.lane(0xf2);
  code.call(0);
  const emitted = { name: "run", type: { parameters: ["i32"], results: ["v128"] }, locals: [], code: code.code } as const;
  const kernel = { name: "exp", type: { parameters: ["v128"], results: ["v128"] } } as const;
  const bytes = encodeModule([kernel], [emitted]);

  test("is valid", () => {
    expect(WebAssembly.validate(bytes)).toBe(true);
    expect(disassemble(bytes)).toMatchObject({ imports: ["env.memory", "kernel.exp"], exports: ["run"] });
  });

  test("for shared memory differs in the memory's limits alone", () => {
    const shared = encodeModule([kernel], [emitted], true);
    expect(WebAssembly.validate(shared)).toBe(true);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const link = (module: Uint8Array<ArrayBuffer>) => () =>
      new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory }, kernel: { exp: () => 0 } });
    expect(link(bytes)).toThrow(/shared|memory/i);
    expect(link(shared)).not.toThrow();
  });

  test("grows past one byte in every count", () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ ...kernel, name: `kernel${index}` }));
    const long = assembler();
    long.get(0);
    long.load(0);
    for (let index = 0; index < 300; index++) long.call(index);
    const functions = [{ ...emitted, locals: [{ count: 1000, type: "v128" }], code: long.code } as const];
    expect(WebAssembly.validate(encodeModule(many, functions))).toBe(true);
  });
});

test("the code of a function ends by itself", () => {
  const module = encodeModule([], [{ name: "nothing", type: { parameters: [], results: [] }, locals: [], code: [] }]);
  expect(module.at(-1)).toBe(opcode.end);
  expect(WebAssembly.validate(module)).toBe(true);
});
