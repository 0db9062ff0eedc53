// A module as text, laid out so that gzip finds what repeats: instructions apart from their numbers, and those by kind. That is a fifth
// smaller than the module itself. src/wasm/unpack.ts puts them together again.
import { encodeBytes } from "./encode-bytes.mjs";
import { readModule } from "./wasm-reader.mjs";
import { u32 } from "./wasm-writer.mjs";

/**
 * The streams of a packed module: symbols, of which each stands for an instruction without its last number; bytes as they are, each
 * stretch behind its length; LEB128 numbers.
 */
const stream = { symbols: 0, bytes: 1, locals: 2, addresses: 3, offsets: 4, calls: 5, integers: 6 };
/** In the place of a stream, for what the symbol has in itself. */
const inSymbol = 0;
const maxSymbols = 256;
/** Symbols are counted from here on, modulo 256, so that the frequent ones are single digits in text (encode-bytes.mjs). */
const firstSymbol = 0xf0;

const number = (to = inSymbol) => ({ to, skip: (reader) => reader.u32() });
const bytes = (count, to = inSymbol) => ({ to, skip: (reader) => reader.slice(count) });
const memory = [number(), number(stream.offsets)];
const range = (first, last, parts) => Object.fromEntries(Array.from({ length: last - first + 1 }, (_, i) => [first + i, parts]));

/** What follows an opcode. */
const immediates = {
  ...range(0x02, 0x04, [number()]), // block, loop, if
  ...range(0x0c, 0x0d, [number()]), // br, br_if
  16: [number(stream.calls)],
  17: [number(), number()], // call_indirect
  ...range(0x20, 0x22, [number(stream.locals)]),
  ...range(0x23, 0x24, [number()]), // globals
  ...range(0x28, 0x3e, memory),
  65: [number(stream.addresses)], // i32.const
  66: [number(stream.integers)], // i64.const
  68: [bytes(8, stream.bytes)], // f64.const
  252: [number()], // saturating truncation
};
/** What follows an opcode behind 0xfd. */
const simdImmediates = {
  ...range(0, 11, memory),
  12: [bytes(16, stream.bytes)], // v128.const
  13: [bytes(16)], // i8x16.shuffle
  ...range(21, 34, [bytes(1)]), // lanes
  ...range(84, 91, [number(), number(), bytes(1)]), // loads and stores of lanes
  ...range(92, 93, memory),
};
const simd = 0xfd;
const brTable = 0x0e;

function partsOf(reader) {
  const code = reader.byte();
  if (code === simd) return simdImmediates[reader.u32()];
  return code === brTable ? new Array(reader.u32() + 1).fill(number()) : immediates[code];
}

/** One instruction: the stream that its last part goes to, what stands before that part, and the part. */
function readInstruction(reader) {
  const start = reader.position;
  let [to, split] = [inSymbol, 0];
  for (const part of partsOf(reader) ?? []) {
    [to, split] = [part.to, reader.position];
    part.skip(reader);
  }
  if (to === inSymbol) split = reader.position;
  return { to, head: [...reader.bytes.subarray(start, split)], rest: [...reader.bytes.subarray(split, reader.position)] };
}

/** The instructions of a module in order, and all that is between them as bytes. */
function readTokens(module) {
  const tokens = [];
  let done = 0;
  const plainUpTo = (end) => tokens.push({ to: stream.bytes, head: [], rest: [...module.subarray(done, end)] });
  for (const { code } of readModule(module).functions) {
    if (!code) continue;
    code.list((locals) => [locals.u32(), locals.byte()]);
    plainUpTo(code.position);
    while (!code.done) tokens.push(readInstruction(code));
    done = code.position;
  }
  plainUpTo(module.length);
  return tokens;
}

/**
 * @param {Uint8Array} module
 * @returns {string} text (encode-bytes.mjs): the module's length; the number of symbols, and each with its stream, the length of its head
 *   and the head; the number of streams, the length of each in text, and the streams
 */
export function packModule(module) {
  const tokens = readTokens(module);
  const keyOf = ({ to, head }) => `${to} ${head}`;
  const counts = new Map();
  for (const token of tokens) counts.set(keyOf(token), (counts.get(keyOf(token)) ?? 0) + 1);
  const plain = keyOf({ to: stream.bytes, head: [] });
  const keys = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a)).filter((key) => key !== plain);
  const symbols = [plain, ...keys].slice(0, maxSymbols);
  const symbolOf = new Map(symbols.map((key, index) => [key, (firstSymbol + index) % maxSymbols]));

  const streams = Object.values(stream).map(() => []);
  for (const token of tokens) {
    const isKnown = symbolOf.has(keyOf(token));
    const to = isKnown ? token.to : stream.bytes;
    const rest = isKnown ? token.rest : [...token.head, ...token.rest];
    streams[stream.symbols].push(symbolOf.get(isKnown ? keyOf(token) : plain));
    if (to !== inSymbol) streams[to].push(...(to === stream.bytes ? u32(rest.length) : []), ...rest);
  }
  const described = symbols.flatMap((key) => {
    const [to, head] = key.split(" ");
    const bytes = head === "" ? [] : head.split(",").map(Number);
    return [Number(to), bytes.length, ...bytes];
  });
  const texts = streams.map(encodeBytes);
  const header = [u32(module.length), u32(symbols.length), described, u32(streams.length), texts.map(({ length }) => u32(length))];
  return encodeBytes(header.flat(2)) + texts.join("");
}
