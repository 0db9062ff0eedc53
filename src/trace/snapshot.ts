/** A copy of a value from outside the function, taken without running any code: own data members only. */
export type Snapshot =
  | undefined
  | null
  | boolean
  | number
  | string
  | { readonly kind: "array"; readonly items: readonly Snapshot[]; readonly typed: boolean }
  | { readonly kind: "object"; readonly host: object; readonly entries: ReadonlyMap<string, Snapshot> }
  | { readonly kind: "function"; readonly host: Function }
  /** What the tracer can't use; `what` says what it is. */
  | { readonly kind: "opaque"; readonly what: string };

const opaque = (what: string): Snapshot => ({ kind: "opaque", what });
const isTypedArray = (value: object): value is Float64Array => ArrayBuffer.isView(value) && !(value instanceof DataView);

/** Copies values; what is reached twice is copied once. */
export function createSnapshots(): (value: unknown) => Snapshot {
  const known = new Map<unknown, Snapshot>();

  const members = (host: object): Iterable<[string, Snapshot]> =>
    Object.entries(Object.getOwnPropertyDescriptors(host)).map(([key, descriptor]) => [
      key,
      "value" in descriptor ? take(descriptor.value) : opaque(`the getter ${key}`),
    ]);

  const takeObject = (host: object): Snapshot => {
    if (isTypedArray(host)) {
      const items = Array.from(host as ArrayLike<unknown>, (item) => (typeof item === "number" ? item : opaque("a BigInt")));
      return remember(host, { kind: "array", items, typed: host instanceof Float64Array });
    }
    if (Array.isArray(host)) {
      const items: Snapshot[] = [];
      const copy = remember(host, { kind: "array", items, typed: false });
      for (let i = 0; i < host.length; i++) {
        const descriptor = Object.getOwnPropertyDescriptor(host, i);
        items.push(!descriptor || "value" in descriptor ? take(descriptor?.value) : opaque(`the getter ${i}`));
      }
      return copy;
    }
    const entries = new Map<string, Snapshot>();
    const copy = remember(host, { kind: "object", host, entries });
    for (const [key, value] of members(host)) entries.set(key, value);
    return copy;
  };

  const remember = (host: unknown, snapshot: Snapshot): Snapshot => {
    known.set(host, snapshot);
    return snapshot;
  };

  function take(value: unknown): Snapshot {
    if (value === null || value === undefined) return value;
    if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
    if (known.has(value)) return known.get(value)!;
    if (typeof value === "function") return remember(value, { kind: "function", host: value });
    if (typeof value === "object") return takeObject(value);
    return opaque(typeof value === "bigint" ? "a BigInt" : "a symbol");
  }
  return take;
}
