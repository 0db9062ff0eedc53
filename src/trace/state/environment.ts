import type { Key, Slot, Store, Value } from "../values/values.ts";
import type { Journal } from "./journal.ts";

/** A variable. */
export class Binding implements Store {
  readonly born: number;
  readonly constant: boolean;
  slot: Slot;
  constructor(born: number, slot: Slot, constant = false) {
    this.born = born;
    this.slot = slot;
    this.constant = constant;
  }
  read(_key: Key): Slot {
    return this.slot;
  }
  write(_key: Key, slot: Slot): void {
    this.slot = slot;
  }
}

/** The variables of a block, a function, or of what surrounds the traced function. */
export class Environment {
  readonly journal: Journal;
  readonly outer?: Environment;
  readonly #bindings = new Map<string, Binding>();
  /** Gives names that are made when first read. */
  readonly #resolve?: (name: string) => Binding | undefined;

  constructor(journal: Journal, outer?: Environment, resolve?: (name: string) => Binding | undefined) {
    this.journal = journal;
    this.outer = outer;
    this.#resolve = resolve;
  }
  has(name: string): boolean {
    return this.#bindings.has(name);
  }
  /** `absent` for a `let` or `const` before its declaration has run. */
  declare(name: string, slot: Slot, constant = false): void {
    this.#bindings.set(name, new Binding(this.journal.now(), slot, constant));
  }
  find(name: string): Binding | undefined {
    for (let environment: Environment | undefined = this; environment; environment = environment.outer) {
      const own = environment.#own(name);
      if (own) return own;
    }
    return undefined;
  }
  #own(name: string): Binding | undefined {
    if (!this.#bindings.has(name) && this.#resolve) {
      const binding = this.#resolve(name);
      if (binding) this.#bindings.set(name, binding);
    }
    return this.#bindings.get(name);
  }
  /** Fresh variables with the same values: each turn of a `for (let …)` loop has its own. */
  copy(): Environment {
    const copied = new Environment(this.journal, this.outer);
    for (const [name, { slot, constant }] of this.#bindings) copied.declare(name, slot, constant);
    return copied;
  }
  /** The first value of a variable that has just been declared. */
  initialise(name: string, value: Value): void {
    this.journal.write(this.#bindings.get(name)!, "", value);
  }
}
