import { rewriteSections, u32 } from "./wasm-writer.mjs";

const exportSection = 7;
const globalKind = 3;

/**
 * A module that does not export its globals: addresses of tables, which the build alone reads.
 *
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export const hideGlobals = (bytes) =>
  rewriteSections(bytes, {
    [exportSection](section) {
      const kept = section
        .list((reader) => ({ name: reader.name(), kind: reader.byte(), index: reader.u32() }))
        .filter(({ kind }) => kind !== globalKind);
      return [
        ...u32(kept.length),
        ...kept.flatMap(({ name, kind, index }) => [...u32(name.length), ...Buffer.from(name), kind, ...u32(index)]),
      ];
    },
  });
