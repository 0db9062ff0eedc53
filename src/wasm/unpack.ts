/** The module that scripts/lib/pack-module.mjs has packed. */
export function unpackModule(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  let at = 0;
  /** LEB128. */
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = packed[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  /** Where a stretch behind its length starts, and where it ends. */
  const stretch = () => {
    const length = number();
    at += length;
    return { start: at - length, end: at };
  };
  const module = new Uint8Array(number());
  const symbols = Array.from({ length: number() }, () => ({ stream: number(), ...stretch() }));
  /** How far each stream is read. */
  const places = Array.from({ length: number() }, () => stretch().start);
  let length = 0;
  while (length < module.length) {
    const { stream, start, end } = symbols[(packed[places[0]!++]! + 16) & 255]!;
    for (let i = start; i < end; i++) module[length++] = packed[i]!;
    if (stream === 0) continue;
    at = places[stream]!;
    if (stream === 1) {
      const bytes = stretch();
      module.set(packed.subarray(bytes.start, bytes.end), length);
      length += bytes.end - bytes.start;
    } else {
      do module[length++] = packed[at]!;
      while (packed[at++]! > 127);
    }
    places[stream] = at;
  }
  return module;
}
