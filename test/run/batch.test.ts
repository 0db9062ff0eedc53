import { describe, expect, it } from "vitest";
import type { Arena } from "../../src/run/arena.ts";
import { runBatch } from "../../src/run/batch.ts";
import { columnOf, strided, whole } from "../../src/run/column.ts";
import type { Executable } from "../../src/run/engine.ts";
import { chunkPoints } from "../../src/run/frame.ts";

/** A stand-in for what the engine makes: adds its two inputs, and scales by the shared third; checks how it is called. */
function sumAndScale(): Executable & { calls: number } {
  const executable = {
    inputs: [0, 1],
    columns: 2,
    sources: [
      { kind: "column", column: 1 },
      { kind: "input", leaf: 0 },
      { kind: "scalar", scalar: 0 },
      { kind: "column", column: 0 },
    ],
    tables: [],
    scratchBytes: 64,
    scalarCount: 1,
    blockBytes: 4 * 6,
    report: {},
    calls: 0,
    bind: ({ memory }: Arena) => {
      let scale = 0;
      return {
        begin(block: number, shared: Float64Array) {
          const pointers = new Int32Array(memory.buffer, block, 6);
          expect(pointers.every((pointer) => pointer > 0)).toBe(true);
          expect([...pointers.subarray(0, 4)].map((pointer) => pointer % 32)).toEqual([0, 0, 0, 0]);
          expect([pointers[4] % 16, pointers[5] % 16]).toEqual([0, 0]);
          scale = shared[2];
          return Float64Array.of(scale);
        },
        run(block: number, points: number) {
          executable.calls++;
          const padded = Math.ceil(points / 4) * 4;
          const [a, b, sum, scaled] = Array.from(
            new Int32Array(memory.buffer, block, 4),
            (at) => new Float64Array(memory.buffer, at, padded),
          );
          for (let lane = points; lane < padded; lane++) expect([a[lane], b[lane]]).toEqual([a[points - 1], b[points - 1]]);
          for (let lane = 0; lane < padded; lane++) {
            sum[lane] = a[lane] + b[lane];
            scaled[lane] = scale * a[lane];
          }
        },
      };
    },
    point() {},
  };
  return executable as unknown as Executable & { calls: number };
}

const ramp = (points: number, start: number) => Float64Array.from({ length: points }, (_, point) => start + point);

describe("a batch", () => {
  it.each([0, 1, 2, 3, 5, 1001, 4097, 20_000])("computes every one of %i points, and no other", (points) => {
    const [a, b] = [ramp(points, 0.5), ramp(points, -3)];
    const padding = 3;
    const data = Array.from({ length: 4 }, () => new Float64Array(points + padding).fill(7));
    const outputs = data.map((column) => whole(column.subarray(0, points)));
    runBatch({ executable: sumAndScale(), inputs: [whole(a), whole(b), 10], outputs, points });
    const wanted = [a.map((x) => 10 * x), a, new Float64Array(points).fill(10), a.map((x, point) => x + b[point])];
    wanted.forEach((column, k) => {
      expect(data[k].subarray(0, points)).toEqual(column);
      expect([...data[k].subarray(points)]).toEqual([7, 7, 7]);
    });
  });

  it("reads and writes any kind of column", () => {
    const pairs = Float32Array.of(1, 2, 3, 4, 5, 6);
    const [scaled, same] = [new Float32Array(3), new Float64Array(7).fill(-1)];
    const column = (value: unknown) => columnOf(value, () => "");
    runBatch({
      executable: sumAndScale(),
      inputs: [column(strided(pairs, { offset: 1, stride: 2 })), column([10, 20, 30]), 0.1],
      outputs: [scaled, strided(same, { stride: 2, offset: 1 }), new Float64Array(3), new Float64Array(3)].map(column),
      points: 3,
    });
    expect([...scaled]).toEqual([0.1 * 2, 0.1 * 4, 0.1 * 6].map(Math.fround));
    expect([...same]).toEqual([-1, 2, -1, 4, -1, 6, -1]);
  });

  it("tells of its progress, and trusts nothing across it", () => {
    const points = 9000;
    const a = ramp(points, 1);
    const outputs = Array.from({ length: 4 }, () => whole(new Float64Array(points)));
    const seen: number[] = [];
    const executable = sumAndScale();
    const batch = { executable, inputs: [whole(a), whole(a), 2], outputs, points };
    const onProgress = (done: number, total: number) => {
      expect(total).toBe(points);
      seen.push(done);
      const other = Array.from({ length: 4 }, () => whole(new Float64Array(5000)));
      runBatch({ executable, inputs: [whole(ramp(5000, -7)), whole(ramp(5000, -9)), 300], outputs: other, points: 5000 });
    };
    runBatch({ ...batch, onProgress });
    expect(seen).toEqual([4096, 8192, 9000]);
    expect(outputs[0].data).toEqual(a.map((x) => 2 * x));
    expect(outputs[2].data).toEqual(new Float64Array(points).fill(2));
    expect(outputs[3].data).toEqual(a.map((x) => 2 * x));
  });

  it("ends when onProgress throws, or takes a column away, and starts afresh after", () => {
    const a = ramp(9000, 1);
    const batch = { executable: sumAndScale(), inputs: [whole(a), whole(a), 2], outputs: [whole(new Float64Array(9000))], points: 9000 };
    const stop = () => {
      throw new Error("enough");
    };
    for (let round = 0; round < 100; round++) expect(() => runBatch({ ...batch, onProgress: stop })).toThrow("enough");
    const detach = () => structuredClone(a.buffer, { transfer: [a.buffer] });
    expect(() => runBatch({ ...batch, onProgress: detach })).toThrow(expect.objectContaining({ code: "detached-buffer" }));
  });

  it("keeps the columns of a chunk within 512 kB, and chunks of 256 points at least", () => {
    const chunk = (columns: number) => chunkPoints({ inputs: [], columns });
    expect([1, 5, 16, 17, 27, 256, 1000, 0].map(chunk)).toEqual([4096, 4096, 4096, 3840, 2304, 256, 256, 4096]);
  });
});
