import { decoder } from "./generated/decoder.ts";

/** The bytes of a text written by scripts/lib/encode-bytes.mjs. */
export function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(text.length / 65536) });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(decoder()), { env: { memory } });
  const bytes = new Uint8Array(memory.buffer);
  const { written } = new TextEncoder().encodeInto(text.replaceAll("!", "<").replaceAll(" ", "\\"), bytes);
  return bytes.subarray(0, (exports as { decode(length: number): number }).decode(written));
}
