/** The bytes of a text written by scripts/lib/encode-bytes.mjs. */
export function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text.replaceAll("!", "<").replaceAll(" ", "\\"));
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    let code = bytes[i]!;
    if (code > 124) code = 125 + 92 * (code - 125) + bytes[++i]! - 35; // two digits
    bytes[length++] = code - 51; // modulo 256
  }
  return bytes.slice(0, length);
}
