/** Reads bytes of the WebAssembly binary format, front to back. */
export class Reader {
  constructor(bytes, position = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  get done() {
    return this.position >= this.end;
  }

  /** A reader of the same bytes, from here. */
  fork() {
    return new Reader(this.bytes, this.position, this.end);
  }

  byte() {
    return this.bytes[this.position++];
  }

  /** An unsigned LEB128 number. */
  u32() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  slice(length) {
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  name() {
    return new TextDecoder().decode(this.slice(this.u32()));
  }

  list(read) {
    return Array.from({ length: this.u32() }, () => read(this));
  }
}

const section = { type: 1, import: 2, function: 3, export: 7, code: 10 };
const kind = { function: 0, table: 1, memory: 2, global: 3 };

const readLimits = (reader) => {
  const hasMaximum = reader.byte() & 1;
  reader.u32();
  if (hasMaximum) reader.u32();
};

const skipImport = {
  [kind.table]: (reader) => {
    reader.byte();
    readLimits(reader);
  },
  [kind.memory]: readLimits,
  [kind.global]: (reader) => reader.slice(2),
};

/**
 * The functions of a module.
 *
 * @param {Uint8Array} bytes
 * @returns the functions by index, imports first (`{ type, import: name }` or `{ type, code: Reader }`), and
 *   `exports`: name → function index
 */
export function readModule(bytes) {
  const sections = {};
  const reader = new Reader(bytes, 8);
  while (!reader.done) {
    const id = reader.byte();
    const size = reader.u32();
    sections[id] = new Reader(bytes, reader.position, reader.position + size);
    reader.position += size;
  }
  const list = (id, read) => sections[id]?.list(read) ?? [];

  const types = list(section.type, (r) => {
    r.byte();
    return { params: r.list((p) => p.byte()), results: r.list((p) => p.byte()) };
  });
  const imports = list(section.import, (r) => {
    r.name();
    const name = r.name();
    const what = r.byte();
    if (what === kind.function) return { type: types[r.u32()], import: name };
    skipImport[what](r);
    return undefined;
  }).filter(Boolean);
  const declared = list(section.function, (r) => types[r.u32()]);
  const codes = list(section.code, (r) => {
    const size = r.u32();
    const code = new Reader(bytes, r.position, r.position + size);
    r.position += size;
    return code;
  });
  const exports = new Map();
  list(section.export, (r) => {
    const name = r.name();
    const what = r.byte();
    const index = r.u32();
    if (what === kind.function) exports.set(name, index);
  });
  return { functions: [...imports, ...declared.map((type, i) => ({ type, code: codes[i] }))], exports };
}
