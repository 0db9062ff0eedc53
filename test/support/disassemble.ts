/** What the tests read out of an emitted module. */
export interface Disassembly {
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  readonly functions: readonly { readonly locals: number; readonly instructions: readonly Instruction[] }[];
}

/** An opcode (`0xfd00 + n` for SIMD) and its first immediate. */
interface Instruction {
  readonly opcode: number;
  readonly immediate?: number;
}

const simdPrefix = 0xfd;
export const simdOpcode = (opcode: number) => simdPrefix * 0x100 + opcode;

/** Reads a module of the instructions that epsilane emits; an unknown one is an error. */
export function disassemble(bytes: Uint8Array): Disassembly {
  let at = 8;
  const byte = () => bytes[at++]!;
  const unsigned = () => {
    let [result, shift] = [0, 0];
    for (;;) {
      const next = byte();
      result += (next & 127) * 2 ** shift;
      shift += 7;
      if (next < 128) return result;
    }
  };
  const text = () => {
    const length = unsigned();
    at += length;
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  const vector = <T>(item: () => T) => Array.from({ length: unsigned() }, item);

  const importEntry = () => {
    const name = `${text()}.${text()}`;
    const kind = byte();
    if (kind === 0x00) unsigned();
    else if (kind === 0x02) {
      const shared = byte() & 1;
      unsigned();
      if (shared) unsigned();
    } else throw new Error(`import of kind ${kind}`);
    return name;
  };
  const exportEntry = () => {
    const name = text();
    byte();
    unsigned();
    return name;
  };

  const simdInstruction = (): Instruction => {
    const opcode = unsigned();
    if (opcode === 0x0c) at += 16;
    else if (opcode <= 0x0b) [unsigned(), unsigned()];
    else if (opcode >= 0x54 && opcode <= 0x5b) [unsigned(), unsigned(), byte()];
    return { opcode: simdOpcode(opcode) };
  };
  const instruction = (): Instruction => {
    const opcode = byte();
    if (opcode === simdPrefix) return simdInstruction();
    if (opcode >= 0x02 && opcode <= 0x04) return { opcode, immediate: byte() };
    if (opcode === 0x28) return { opcode, immediate: unsigned() + 0 * unsigned() };
    if ([0x0d, 0x10, 0x20, 0x21, 0x22, 0x41].includes(opcode)) return { opcode, immediate: unsigned() };
    if ([0x0b, 0x45, 0x49, 0x4b, 0x6a, 0x6b, 0x6c, 0x71, 0x74].includes(opcode)) return { opcode };
    throw new Error(`unknown opcode 0x${opcode.toString(16)}`);
  };
  const body = () => {
    const end = unsigned() + at;
    const locals = vector(() => {
      const count = unsigned();
      byte();
      return count;
    }).reduce((a, b) => a + b, 0);
    const instructions: Instruction[] = [];
    while (at < end) instructions.push(instruction());
    return { locals, instructions };
  };

  const found = { imports: [] as string[], exports: [] as string[], functions: [] as Disassembly["functions"][number][] };
  while (at < bytes.length) {
    const id = byte();
    const end = unsigned() + at;
    if (id === 2) found.imports = vector(importEntry);
    else if (id === 7) found.exports = vector(exportEntry);
    else if (id === 10) found.functions = vector(body);
    at = end;
  }
  return found;
}
