import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packModule } from "../../scripts/lib/pack-module.mjs";
import { unpackModule } from "../../src/wasm/unpack.ts";
import { assemble } from "./assemble.ts";

const expectSame = (module: Uint8Array) => {
  const packed = packModule(module);
  expect(Buffer.compare(unpackModule(packed), module)).toBe(0);
  return packed;
};

test.each(["math", "special", "duals"])("the compiled module %s comes back byte for byte", (name) => {
  expectSame(readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url)));
});

test("instructions of every shape come back", () => {
  const code = [
    ...[0x41, 0x80, 0x80, 0x04, 0x04, 0x40, 0x41, 0x7f, 0x0e, 0x02, 0x00, 0x00, 0x01, 0x0b], // i32.const, if, br_table, end
    ...[0x42, ...new Array(9).fill(0x80), 0x7f, 0x1a, 0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x1a], // i64.const, f64.const, drop
    ...[0x20, 0x00, 0x22, 0xff, 0x01, 0xfd, 0x0d, ...Array.from({ length: 16 }, (_, lane) => lane)], // local.get, local.tee, shuffle
    ...[0xfd, 0x0c, ...new Array(16).fill(0xfd), 0xfd, 0x54, 0x03, 0x90, 0x08, 0x01, 0xfd, 0x1d, 0x00, 0xfc, 0x06], // v128.const, load lane
    ...[0x11, 0x80, 0x01, 0x00, 0x10, 0x83, 0x02, 0x23, 0x04, 0x2b, 0x03, 0xc0, 0x02, 0xfd, 0xff, 0x01], // calls, global.get, f64.load, f64x2
  ];
  expectSame(assemble([{ params: 1, locals: 300, code }], { imported: 2 }));
});

test("every pair of bytes comes back, from text that needs no escape", () => {
  const pairs = Array.from({ length: 65536 }, (_, i) => [i >> 8, i & 255]).flat();
  const code = Array.from({ length: 8192 }, (_, i) => [0xfd, 0x0c, ...pairs.slice(16 * i, 16 * i + 16)]).flat();
  expect(expectSame(assemble([{ params: 0, code }]))).toMatch(/^[ !#-;=-[\]-~]*$/);
});

test("more kinds of instructions than there are symbols come back", () => {
  const shuffles = Array.from({ length: 400 }, (_, i) => [0xfd, 0x0d, i & 31, i >> 5, ...new Array(14).fill(0)]);
  expectSame(assemble([{ params: 2, code: shuffles.flat() }]));
});

test("a module without functions comes back", () => {
  expectSame(assemble([]));
});
