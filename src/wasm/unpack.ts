/** The module that a text of scripts/lib/pack-module.mjs stands for. */
export function unpackModule(text: string): Uint8Array<ArrayBuffer> {
  const digits = new TextEncoder().encode(text.replaceAll("!", "<").replaceAll(" ", "\\"));
  let at = 0;
  /** A byte, of one digit or two (scripts/lib/encode-bytes.mjs). */
  const next = () => {
    const digit = digits[at++]!;
    return (digit < 125 ? digit - 51 : 92 * (digit - 125) + digits[at++]! + 39) & 255;
  };
  /** LEB128. */
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = next();
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const module = new Uint8Array(number());
  const symbols = Array.from({ length: number() }, () => ({ stream: number(), head: Array.from({ length: number() }, next) }));
  const lengths = Array.from({ length: number() }, number);
  /** How far each stream is read. */
  const places = lengths.map((length) => {
    at += length;
    return at - length;
  });
  let length = 0;
  while (length < module.length) {
    at = places[0]!;
    const { stream, head } = symbols[(next() + 16) & 255]!;
    places[0] = at;
    for (let i = 0; i < head.length; i++) module[length++] = head[i]!;
    if (stream === 0) continue;
    at = places[stream]!;
    if (stream === 1) {
      for (let rest = number(); rest > 0; rest--) module[length++] = next();
    } else {
      do module[length++] = next();
      while (module[length - 1]! > 127);
    }
    places[stream] = at;
  }
  return module;
}
