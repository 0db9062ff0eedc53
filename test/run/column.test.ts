import { describe, expect, it } from "vitest";
import { type ColumnView, columnOf, constant, copy, copyIn, isIntact, strided, whole } from "../../src/run/column.ts";
import { typedArrays } from "../support/typed-arrays.ts";

const read = (value: unknown) => columnOf(value, () => "args[0]");
const numbersOf = (column: ColumnView) => {
  const numbers = new Float64Array(column.length);
  copyIn(column, 0, column.length, numbers);
  return [...numbers];
};
const code = (expected: string) => expect.objectContaining({ name: "EpsilaneError", code: expected });

describe("columns", () => {
  it.each(typedArrays.map((kind) => [kind.name, kind] as const))("read a %s exactly, plain and strided", (_, kind) => {
    const data = kind.from([1, 2, 3, 100, 5.5, 7]);
    expect(numbersOf(read(data))).toEqual([...data]);
    expect(numbersOf(read(strided(data, { offset: 1, stride: 2 })))).toEqual([data[1], data[3], data[5]]);
    expect(numbersOf(read(data.subarray(2)))).toEqual([...data].slice(2));
  });

  it("read the largest 32-bit integers and plain arrays exactly", () => {
    expect(numbersOf(read(Uint32Array.of(4294967295)))).toEqual([4294967295]);
    expect(numbersOf(read([0.1, -0, Number.NaN, Infinity]))).toEqual([0.1, -0, Number.NaN, Infinity]);
    expect(numbersOf(read([]))).toEqual([]);
  });

  it("read shared memory", () => {
    const shared = new Float64Array(new SharedArrayBuffer(16));
    shared.set([1, 2]);
    expect(numbersOf(read(shared))).toEqual([1, 2]);
  });

  it("count the points of strided data", () => {
    const data = new Float64Array(7);
    expect(strided(data, { stride: 3 }).length).toBe(3);
    expect(strided(data, { offset: 1, stride: 3 }).length).toBe(2);
    expect(strided(data, { offset: 7, stride: 3 }).length).toBe(0);
    expect(strided(data, { stride: 100 }).length).toBe(1);
  });

  it.each([
    ["offset -1", { offset: -1, stride: 2 }],
    ["offset beyond the data", { offset: 8, stride: 2 }],
    ["stride 0", { stride: 0 }],
    ["stride ½", { stride: 0.5 }],
    ["no stride", {} as { stride: number }],
    ["no layout", undefined as unknown as { stride: number }],
  ])("refuse %s", (_, layout) => {
    expect(() => strided(new Float64Array(7), layout)).toThrow(code("bad-stride"));
  });

  it.each([
    ["a string", "x", "not-a-column", 'the string "x"'],
    ["undefined", undefined, "not-a-column", "undefined"],
    ["null", null, "not-a-column", "null"],
    ["a boolean", true, "not-a-column", "boolean true"],
    ["a bigint", 1n, "not-a-column", "bigint 1"],
    ["a function", () => 1, "not-a-column", "a function"],
    ["an object", { a: 1 }, "not-a-column", "an object with a"],
    ["a BigInt64Array", new BigInt64Array(2), "not-a-column", "BigInt64Array"],
    ["a BigUint64Array", new BigUint64Array(2), "not-a-column", "BigUint64Array"],
    ["a DataView", new DataView(new ArrayBuffer(8)), "not-a-column", "DataView"],
    ["a string in a list", [1, "2"], "not-a-number", "entry 1"],
    ["a hole in a list", [1, , 3], "not-a-number", "entry 1 is undefined"],
    ["a list in a list", [[1], [2]], "not-a-number", "entry 0 is an array of 1"],
    ["strided data beyond its end", { data: new Float64Array(3), offset: 0, stride: 2, length: 3 }, "bad-stride", "beyond"],
    ["strided strings", { data: ["x"], offset: 0, stride: 2, length: 1 }, "not-a-column", "data of args[0]"],
  ])("refuse %s", (_, value, expectedCode, words) => {
    expect(() => read(value)).toThrow(code(expectedCode));
    expect(() => read(value)).toThrow(words);
    expect(() => read(value)).toThrow("args[0]");
  });

  it("refuse a detached buffer, and notice one detached later", () => {
    const data = new Float64Array(4);
    const column = read(data);
    const every = read(strided(data, { stride: 2 }));
    expect([isIntact(column), isIntact(every)]).toEqual([true, true]);
    structuredClone(data.buffer, { transfer: [data.buffer] });
    expect(() => read(data)).toThrow(code("detached-buffer"));
    expect([isIntact(column), isIntact(every)]).toEqual([false, false]);
  });

  const resizable = (bytes: number) =>
    new (ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer & { resize(length: number): void })(bytes, {
      maxByteLength: 64,
    });
  const detached = () => {
    const data = new Float64Array(3);
    structuredClone(data.buffer, { transfer: [data.buffer] });
    return data;
  };

  it("refuse views that their buffer became too short for", () => {
    const buffer = resizable(32);
    const [fixed, tracking] = [new Float64Array(buffer, 0, 4), new Float64Array(buffer)];
    const column = read(fixed);
    buffer.resize(24);
    expect(() => read(fixed)).toThrow(code("detached-buffer"));
    expect(() => read(strided(fixed, { stride: 2 }))).toThrow(code("detached-buffer"));
    expect([isIntact(column), read(tracking).length]).toEqual([false, 3]);
    buffer.resize(0);
    expect(read(tracking).length).toBe(0);
  });

  it("refuse detached buffers in code that V8 has optimised for resizable ones", () => {
    const arrays = [new Float64Array(3), new Float64Array(resizable(24))] as const;
    const columns = [arrays[0], detached()].map((data) => ({ data, offset: 0, stride: 1, length: 3 }));
    for (let turn = 0; turn < 200_000; turn++) {
      read(arrays[turn & 1]!);
      isIntact(columns[turn & 1]!);
    }
    expect(() => read(detached())).toThrow(code("detached-buffer"));
    expect(isIntact({ data: detached(), offset: 0, stride: 1, length: 3 })).toBe(false);
  });

  it("ask nothing of a subclass: its constructor and methods may be its own", () => {
    class Readings extends Float64Array {
      constructor(count: unknown) {
        super(typeof count === "number" ? count : 10);
      }
      override set(): never {
        throw new Error("a setter of its own");
      }
    }
    const readings = new Readings(20);
    readings.forEach((_, index) => {
      readings[index] = index;
    });
    const chunk = new Float64Array(4);
    copyIn(read(readings), 8, 4, chunk);
    expect([...chunk]).toEqual([8, 9, 10, 11]);
    const target = new Readings(20);
    copy(whole(chunk), 0, 4, read(target), 1);
    copy(read(readings), 12, 2, read(target), 12);
    copy(constant(7), 0, 1, read(target), 5);
    expect([...target].slice(0, 15)).toEqual([0, 8, 9, 10, 11, 7, 0, 0, 0, 0, 0, 0, 12, 13, 0]);
  });

  it("copy in, out and across from any point on", () => {
    const source = read(strided(Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7), { offset: 1, stride: 2 }));
    const chunk = new Float64Array(4);
    copyIn(source, 1, 3, chunk);
    expect([...chunk]).toEqual([3, 5, 7, 0]);

    const data = new Float64Array(9);
    const target = read(strided(data, { offset: 2, stride: 3 })) as ColumnView;
    copy(whole(chunk), 0, 2, target, 1);
    expect([...data]).toEqual([0, 0, 0, 0, 0, 3, 0, 0, 5]);
    copy(source, 0, 1, target, 0);
    expect(data[2]).toBe(1);
    copy(constant(9), 0, 2, target, 1);
    expect([data[2], data[5], data[8]]).toEqual([1, 9, 9]);

    const plain = new Float32Array(4);
    copy(whole(chunk.subarray(0, 2)), 0, 2, read(plain) as ColumnView, 2);
    expect([...plain]).toEqual([0, 0, 3, 5]);
    copy(read(Float64Array.of(1, 2, 3, 4)), 1, 2, read(plain) as ColumnView, 1);
    expect([...plain]).toEqual([0, 2, 3, 5]);
  });
});
