import { signed } from "../../src/emit/encode.ts";

const [i32, v128] = [0x7f, 0x7b];
const sized = (bytes: readonly number[]) => [bytes.length, ...bytes];
const vector = (items: readonly (readonly number[])[]) => [items.length, ...items.flat()];
const text = (value: string) => sized([...new TextEncoder().encode(value)]);
const section = (id: number, body: readonly number[]) => [id, ...sized(body)];

/** An export that takes and gives v128: JavaScript can only hand it on. */
export type Lane = (...operands: never[]) => never;

/**
 * A function with v128 in its signature can't be called from JavaScript. Wraps one in a module of its own:
 * `(z, a[, b])` loads two lanes at each operand's address and stores the result's at z. `integers` are handed over after them.
 */
export function laneCaller(
  memory: WebAssembly.Memory,
  lane: Lane,
  arity: number,
  integers: readonly number[] = [],
): (...addresses: number[]) => void {
  const get = (index: number) => [0x20, index];
  const load = [0xfd, 0x00, 0x04, 0x00];
  const store = [0xfd, 0x0b, 0x04, 0x00];
  const operands = Array.from({ length: arity }, (_, index) => [...get(index + 1), ...load]).flat();
  const code = [0x00, ...get(0), ...operands, ...integers.flatMap((value) => [0x41, ...signed(value)]), 0x10, 0x00, ...store, 0x0b];
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      vector([
        [0x60, ...vector([...Array(arity).fill([v128]), ...integers.map(() => [i32])]), ...vector([[v128]])],
        [0x60, ...vector(Array(arity + 1).fill([i32])), 0],
      ]),
    ),
    ...section(
      2,
      vector([
        [...text("env"), ...text("memory"), 0x02, 0x00, 0x00],
        [...text("env"), ...text("lane"), 0x00, 0x00],
      ]),
    ),
    ...section(3, vector([[1]])),
    ...section(7, vector([[...text("call"), 0x00, 0x01]])),
    ...section(10, vector([sized(code)])),
  ];
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)), { env: { memory, lane } });
  return exports.call as (...addresses: number[]) => void;
}
