/** A map that keeps at most `limit` entries and drops the one used longest ago. */
export interface Cache<Key, Value> {
  readonly size: number;
  get(key: Key, make: () => Value): Value;
}

export function createCache<Key, Value>(limit: number): Cache<Key, Value> {
  const entries = new Map<Key, Value>();
  return {
    get size() {
      return entries.size;
    },
    get(key, make) {
      const known = entries.has(key);
      const value = known ? (entries.get(key) as Value) : make();
      if (known) entries.delete(key);
      else if (entries.size >= limit) entries.delete(entries.keys().next().value as Key);
      entries.set(key, value);
      return value;
    },
  };
}
