import type { Node } from "acorn";
import type { NodeId } from "../../graph/graph.ts";
import { failAt } from "../source/source.ts";
import type { Argument } from "./arguments.ts";
import type { ArrayValue } from "./arrays.ts";
import type { FunctionValue, NativeFunction } from "./functions.ts";
import type { CollectionValue, ObjectValue } from "./objects.ts";

/** What an expression of the traced function can be. Plain numbers, booleans, strings, null and undefined are themselves. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | TracedNumber
  | TracedBoolean
  | TracedText
  | Either
  | ArrayValue
  | ObjectValue
  | FunctionValue
  | NativeFunction
  | CollectionValue
  | Accessor
  | Argument;

/** A number, which may depend on the data. */
export type Numeric = number | TracedNumber;
/** One that is an index of an array. */
export type Index = Numeric;
/** A boolean, which may depend on the data. */
export type Truth = boolean | TracedBoolean;

/** A number that depends on the data. */
export class TracedNumber {
  readonly node: NodeId;
  /** Of what may be `undefined` in truth, an element outside of an array: a number that is NaN just there. */
  readonly presence?: NodeId;
  constructor(node: NodeId, presence?: NodeId) {
    this.node = node;
    this.presence = presence;
  }
}

/** The length of an array, where that depends on the data. */
export class TracedLength extends TracedNumber {
  /** What it is here. Ends the trace where that depends on the data. */
  readonly known: () => number;
  constructor(node: NodeId, known: () => number) {
    super(node);
    this.known = known;
  }
}

/** A boolean that depends on the data: a node that is a mask. */
export class TracedBoolean {
  readonly mask: NodeId;
  constructor(mask: NodeId) {
    this.mask = mask;
  }
}

/** Text that depends on the data: it may become the message of an error, and be read again where it is a number's. */
export class TracedText {
  readonly site: Node;
  /** Of what may be the text of a number: the number, when it is read. */
  readonly read?: () => number | TracedNumber | undefined;
  constructor(site: Node, read?: TracedText["read"]) {
    this.site = site;
    this.read = read;
  }
  /** Ends the trace, where something is made of the text. */
  refuse(): never {
    return failAt(
      this.site,
      "text-on-data",
      "Text can't be made of a value that depends on the data.",
      "Return the numbers, and make the text of the result; to round, write Math.round(x * 100) / 100.",
    );
  }
}

/** `yes` on the points where the mask is set, else `no`, which may be a choice again: what can't be merged into one traced number or boolean. */
export class Either {
  readonly mask: NodeId;
  readonly yes: Value;
  readonly no: Value;
  constructor(mask: NodeId, yes: Value, no: Value) {
    this.mask = mask;
    this.yes = yes;
    this.no = no;
  }
}

/** What stands for a member that is there on some points only, where `there` is set: as a choice, it is `undefined` on the others. */
export class Sometimes extends Either {
  readonly there: NodeId;
  readonly value: Value;
  constructor(there: NodeId, value: Value) {
    const { mask, yes, no } = value instanceof Either ? value : { mask: there, yes: value, no: value };
    super(mask, yes, no);
    this.there = there;
    this.value = value;
  }
}

/** A member with a getter or a setter. It stands in objects alone: expressions see what the getter gives. */
export class Accessor {
  readonly get?: Value;
  readonly set?: Value;
  constructor(get: Value, set: Value) {
    this.get = get;
    this.set = set;
  }
}

/** Stands in the journal for a variable, element or member that is not there. */
export const absent = Symbol("absent");
export type Slot = Value | typeof absent;
export type Key = string | number;
/** A key as it is written: an index may depend on the data, and so may which text it is. */
export type WrittenKey = Key | TracedNumber | Either;

/** A symbol is text that no other text is. */
export const makeSymbol = (name: string): string => `@@${name}`;
export const isSymbol = (key: Key): boolean => typeof key === "string" && key.startsWith("@@");

/** Private members have names that no other member has. */
export const makePrivateName = (name: string, identity: number | string): string => `#${name} of class ${identity}`;
export const isPrivateName = (key: Key): boolean => typeof key === "string" && key.startsWith("#") && key.includes(" of class ");

/** What can be written to: the journal undoes and merges writes through this. */
export interface Store {
  /** The journal's clock when it was made. */
  readonly born: number;
  read(key: Key): Slot;
  write(key: Key, slot: Slot): void;
  /** Where the slot really is, if not here. */
  place?(key: Key): readonly [Store, Key];
  /** The array of rows of which it is one. */
  held?: Holder;
}

/** Who has a row that is known elsewhere, too. */
export interface Holder {
  /** It is read there. */
  look(row: Store): void;
  /** It is changed there. */
  refuse(): never;
  /** It is known to still others. */
  share(): void;
}
