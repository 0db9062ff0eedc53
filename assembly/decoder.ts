/**
 * Turns the text at 0, written by scripts/lib/encode-bytes.mjs, into the bytes that it stands for, at 0 again; says how many.
 * In WebAssembly, as the first call reads a hundred thousand digits, and JavaScript is interpreted then.
 */
export function decode(length: usize): usize {
  let end: usize = 0;
  for (let i: usize = 0; i < length; i++) {
    let code: u32 = load<u8>(i);
    if (code > 124) code = 125 + 92 * (code - 125) + load<u8>(++i) - 35; // two digits
    store<u8>(end++, code - 51); // modulo 256
  }
  return end;
}
