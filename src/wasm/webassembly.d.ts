/** What is used of the WebAssembly JavaScript interface, so that the core is checked without the types of the DOM. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]?: string;
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Table {
    readonly length: number;
    grow(by: number): number;
    get(index: number): unknown;
    set(index: number, value: unknown): void;
  }
  var Module: { prototype: Module; new (bytes: ArrayBufferView | ArrayBuffer): Module };
  var Instance: { prototype: Instance; new (module: Module, imports?: Record<string, Record<string, unknown>>): Instance };
  var Memory: { prototype: Memory; new (limits: { initial: number; maximum?: number; shared?: boolean }): Memory };
  var Table: { prototype: Table; new (limits: { element: "anyfunc"; initial: number; maximum?: number }): Table };
}
