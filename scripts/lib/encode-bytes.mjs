// Bytes as text that gzip compresses nearly as well as the bytes themselves, where base64 costs 40 % more: a byte is always the
// same one or two characters, so that what repeats in the module repeats in the text. src/wasm/bytes.ts and assembly/decoder.ts read it back.

/** The bytes that are frequent in modules, 0xf0–0xff and 0x00–0x49, become the numbers 0–89, one digit each; the others have two. */
const ONE_DIGIT = 90;
const DIGITS = 92;

/** ASCII from "#" on, with "!" for "<" and " " for "\": nothing needs an escape in a string literal or in HTML. */
const digit = (value) =>
  String.fromCharCode(value + 35)
    .replace("<", "!")
    .replace("\\", " ");

export function encodeBytes(bytes) {
  return Array.from(bytes, (byte) => {
    const number = (byte + 16) % 256;
    if (number < ONE_DIGIT) return digit(number);
    const rest = number - ONE_DIGIT;
    return digit(ONE_DIGIT + Math.floor(rest / DIGITS)) + digit(rest % DIGITS);
  }).join("");
}
