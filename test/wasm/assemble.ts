/** A WebAssembly assembler for tests: modules of v128 functions, written as bytes. */
export interface TestFunction {
  readonly exports?: readonly string[];
  readonly params: number;
  /** Locals beside the parameters, all v128. */
  readonly locals?: number;
  readonly code: readonly number[];
}

const v128 = 0x7b;

const vector = (items: readonly (readonly number[])[]) => [...u32(items.length), ...items.flat()];
const sized = (bytes: readonly number[]) => [...u32(bytes.length), ...bytes];
const text = (value: string) => sized([...new TextEncoder().encode(value)]);

export function u32(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...u32(value >>> 7)];
}

/** `imports`: name → number of operands; they come first among the function indices. */
export function assemble(functions: readonly TestFunction[], imports: Readonly<Record<string, number>> = {}): Uint8Array {
  const imported = Object.entries(imports);
  const arities = [...imported.map(([, arity]) => arity), ...functions.map(({ params }) => params)];
  const section = (id: number, body: readonly number[]) => [id, ...sized(body)];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(arities.map((arity) => [0x60, ...vector(Array(arity).fill([v128])), 1, v128]))),
    ...section(2, vector(imported.map(([name], index) => [...text("kernel"), ...text(name), 0x00, ...u32(index)]))),
    ...section(3, vector(functions.map((_, index) => u32(imported.length + index)))),
    ...section(
      7,
      vector(functions.flatMap((f, index) => (f.exports ?? []).map((name) => [...text(name), 0x00, ...u32(imported.length + index)]))),
    ),
    ...section(10, vector(functions.map((f) => sized([...(f.locals ? [1, ...u32(f.locals), v128] : [0]), ...f.code, 0x0b])))),
  ]);
}

export const get = (index: number) => [0x20, ...u32(index)];
export const set = (index: number) => [0x21, ...u32(index)];
export const tee = (index: number) => [0x22, ...u32(index)];
export const call = (index: number) => [0x10, ...u32(index)];
export const drop = [0x1a];
export const lane = (opcode: number) => [0xfd, ...u32(opcode)];
export const constant = (first: number, second = first) => [0xfd, 0x0c, ...new Uint8Array(new Float64Array([first, second]).buffer)];
