import type { Key, Slot, Store } from "../values/values.ts";

/** Slots by store and key. */
export type Changes = Map<Store, Map<Key, Slot>>;

interface Frame {
  readonly start: number;
  /** What stood in each slot before its first write within the frame. */
  readonly before: Changes;
}

const put = (changes: Changes, store: Store, key: Key, slot: Slot, overwrite: boolean) => {
  const slots = changes.get(store) ?? new Map<Key, Slot>();
  if (slots.size === 0) changes.set(store, slots);
  if (overwrite || !slots.has(key)) slots.set(key, slot);
};

export const getChange = (changes: Changes, store: Store, key: Key): { slot: Slot } | undefined => {
  const slots = changes.get(store);
  return slots?.has(key) ? { slot: slots.get(key) } : undefined;
};

/** Every slot in any of the given changes, once. */
export function* slotsOf(...all: readonly Changes[]): Generator<[Store, Key]> {
  const seen: Changes = new Map();
  for (const changes of all) {
    for (const [store, slots] of changes) {
      for (const key of slots.keys()) {
        if (getChange(seen, store, key)) continue;
        put(seen, store, key, undefined, true);
        yield [store, key];
      }
    }
  }
}

/** Remembers writes, so that the side effects of one branch can be taken back before the other is traced. */
export class Journal {
  #clock = 0;
  readonly #frames: Frame[] = [];
  /** When the latest exit that is still to be merged was made; see branches.ts. */
  latestExit = 0;

  /** The time, for what is made now. */
  now(): number {
    return ++this.#clock;
  }
  get depth(): number {
    return this.#frames.length;
  }
  open(): void {
    this.#frames.push({ start: this.now(), before: new Map() });
  }
  /** Remembers what stands in a slot that is about to change. */
  record(given: Store, name: Key): void {
    const [store, key] = given.place?.(name) ?? [given, name];
    const frame = this.#frames.at(-1);
    if (frame && !this.#isPrivate(store, frame)) put(frame.before, store, key, store.read(key), false);
  }
  /** Whether only the points that are traced in the frame know of the store: it is younger, and than every exit, too. */
  #isPrivate({ born }: Store, { start }: Frame): boolean {
    return born > start && born > this.latestExit;
  }
  write(given: Store, name: Key, slot: Slot): void {
    const [store, key] = given.place?.(name) ?? [given, name];
    this.record(store, key);
    store.write(key, slot);
  }
  /** What stood before the innermost frame in the slots that it changed. */
  before(): Changes {
    return this.#frames.at(-1)!.before;
  }
  /** Whether one of the frames from `index` on has changed a store. */
  isChanged(store: Store, index: number): boolean {
    return this.#frames.slice(index).some(({ before }) => before.has(store));
  }
  /** What stands now in every slot written since frame `index` was opened. */
  capture(index: number): Changes {
    const changes: Changes = new Map();
    for (const { before } of this.#frames.slice(index)) {
      for (const [store, key] of slotsOf(before)) put(changes, store, key, store.read(key), true);
    }
    return changes;
  }
  /** Closes the innermost frame and takes its writes back, but for those to stores that are younger than `since`. */
  rollback(since = Number.POSITIVE_INFINITY): void {
    const { before } = this.#frames.pop()!;
    for (const [store, slots] of before) if (store.born <= since) for (const [key, slot] of slots) store.write(key, slot);
  }
  /** Closes the innermost frame and keeps its writes. */
  commit(): void {
    const { before } = this.#frames.pop()!;
    const outer = this.#frames.at(-1);
    if (!outer) return;
    for (const [store, slots] of before) {
      if (this.#isPrivate(store, outer)) continue;
      for (const [key, slot] of slots) put(outer.before, store, key, slot, false);
    }
  }
}
