/** What tests use of the WebAssembly JavaScript interface beyond src/wasm/webassembly.d.ts. */
declare namespace WebAssembly {
  function validate(bytes: ArrayBufferView | ArrayBuffer): boolean;
}
