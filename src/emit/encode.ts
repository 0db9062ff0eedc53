/** The binary format of WebAssembly, as far as emitted modules need it (WebAssembly Core Specification, ch. 5). */

export type Bytes = number[];

export function unsigned(value: number, out: Bytes = []): Bytes {
  let rest = value;
  do {
    const low = rest & 127;
    rest >>>= 7;
    out.push(rest ? low | 128 : low);
  } while (rest);
  return out;
}

export function signed(value: number, out: Bytes = []): Bytes {
  let rest = value;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    if ((rest === 0 && !(low & 64)) || (rest === -1 && low & 64)) {
      out.push(low);
      return out;
    }
    out.push(low | 128);
  }
}

const name = (text: string): Bytes => [...unsigned(text.length), ...new TextEncoder().encode(text)];

const valueType = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueType;

interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export interface ImportedFunction {
  readonly name: string;
  readonly type: FunctionType;
}

export interface EmittedFunction {
  readonly name: string;
  readonly type: FunctionType;
  /** Locals after the parameters, in groups. */
  readonly locals: readonly { readonly count: number; readonly type: ValueType }[];
  readonly code: Bytes;
}

const encodeType = ({ parameters, results }: FunctionType): Bytes => [
  0x60,
  ...unsigned(parameters.length),
  ...parameters.map((type) => valueType[type]),
  ...unsigned(results.length),
  ...results.map((type) => valueType[type]),
];

function section(id: number, items: readonly Bytes[]): Bytes {
  const contents = unsigned(items.length).concat(...items);
  return [id].concat(unsigned(contents.length), contents);
}

function encodeBody({ locals, code }: EmittedFunction): Bytes {
  const groups = locals.filter(({ count }) => count > 0);
  const head = unsigned(groups.length).concat(...groups.map(({ count, type }) => [...unsigned(count), valueType[type]]));
  return unsigned(head.length + code.length + 1).concat(head, code, opcode.end);
}

/**
 * A module that imports its memory as `env.memory` and functions from `kernel`, and exports `functions` by name.
 * `sharedMemory` sets the one flag byte in which modules for shared memory differ.
 */
export function encodeModule(
  imports: readonly ImportedFunction[],
  functions: readonly EmittedFunction[],
  sharedMemory = false,
): Uint8Array<ArrayBuffer> {
  const types: Bytes[] = [];
  const typeIndex = (type: FunctionType) => {
    const encoded = encodeType(type);
    const known = types.findIndex((other) => other.join() === encoded.join());
    return known >= 0 ? known : types.push(encoded) - 1;
  };
  const importTypes = imports.map(({ type }) => typeIndex(type));
  const functionTypes = functions.map(({ type }) => typeIndex(type));
  const memoryLimits = sharedMemory ? [0x03, 0, ...unsigned(65536)] : [0x00, 0];

  // `from` would ask for every byte as for any property.
  return new Uint8Array(
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00].concat(
      section(1, types),
      section(2, [
        [...name("env"), ...name("memory"), 0x02, ...memoryLimits],
        ...imports.map((imported, index) => [...name("kernel"), ...name(imported.name), 0x00, ...unsigned(importTypes[index]!)]),
      ]),
      section(
        3,
        functionTypes.map((type) => unsigned(type)),
      ),
      section(
        7,
        functions.map((emitted, index) => [...name(emitted.name), 0x00, ...unsigned(imports.length + index)]),
      ),
      section(10, functions.map(encodeBody)),
    ),
  );
}

/** Instructions by name. */
export const opcode = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  branch: 0x0c,
  branchIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32LessUnsigned: 0x49,
  i32GreaterUnsigned: 0x4b,
  i32GreaterEqualUnsigned: 0x4f,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Multiply: 0x6c,
  i32And: 0x71,
  i32ShiftLeft: 0x74,
  simd: 0xfd,
  noResult: 0x40,
} as const;

/** After the SIMD prefix. */
export const simd = {
  load: 0x00,
  load64Splat: 0x0a,
  store: 0x0b,
  constant: 0x0c,
  and: 0x4e,
  andnot: 0x4f,
  xor: 0x51,
  select: 0x52,
  anyTrue: 0x53,
  store64Lane: 0x5b,
} as const;

/** Appends instructions to a list of bytes. */
export function assembler() {
  const code: Bytes = [];
  const emit = (...bytes: number[]) => {
    code.push(...bytes);
  };
  const withIndex = (op: number) => (index: number) => {
    code.push(op);
    unsigned(index, code);
  };
  const memory = (op: number, alignment: number) => (offset: number, lane?: number) => {
    code.push(opcode.simd);
    unsigned(op, code);
    code.push(alignment);
    unsigned(offset, code);
    if (lane !== undefined) code.push(lane);
  };
  return {
    code,
    emit,
    get: withIndex(opcode.localGet),
    set: withIndex(opcode.localSet),
    tee: withIndex(opcode.localTee),
    call: withIndex(opcode.call),
    branchIf: withIndex(opcode.branchIf),
    i32(value: number) {
      code.push(opcode.i32Const);
      signed(value, code);
    },
    i32Load(offset: number) {
      code.push(opcode.i32Load, 2);
      unsigned(offset, code);
    },
    lane(op: number) {
      code.push(opcode.simd);
      unsigned(op, code);
    },
    splat(value: number) {
      code.push(opcode.simd, simd.constant);
      const bytes = new Uint8Array(new Float64Array([value, value]).buffer);
      for (let index = 0; index < bytes.length; index++) code.push(bytes[index]!);
    },
    allBits(isSet: boolean) {
      code.push(opcode.simd, simd.constant, ...new Uint8Array(16).fill(isSet ? 255 : 0));
    },
    load: memory(simd.load, 4),
    store: memory(simd.store, 4),
    load64Splat: memory(simd.load64Splat, 3),
    store64Lane: memory(simd.store64Lane, 3),
  };
}

export type Assembler = ReturnType<typeof assembler>;
