import type { Function as FunctionNode, Node } from "acorn";
import type { Environment } from "../state/environment.ts";
import type { Tracer } from "../state/tracer.ts";
import type { ArrayValue } from "./arrays.ts";
import { Container, HostObject, type MemberSource, ObjectValue } from "./objects.ts";
import { absent, type Slot, type Value } from "./values.ts";

/** What a class has beside its constructor's parameters and body. */
export interface ClassDefinition {
  /** Whether it extends another. */
  readonly isDerived: boolean;
  /** Whether the constructor is written out. Else it hands its arguments on. */
  readonly hasConstructor: boolean;
  /** Gives a new instance its fields and private methods. */
  initialise(instance: Value): void;
  /** Gives an instance from outside its private methods, and those of its private members that `take` finds. */
  adopt(instance: ObjectValue, take: Take): void;
}

/** Takes the next private member of a name. */
export type Take = (name: string) => Slot;

interface FunctionOptions {
  /** When it was made, if not now. */
  readonly born?: number;
  /** Members that the program gave it, outside. */
  readonly source?: MemberSource;
  /** Of a method: the object that it is a member of, for `super`. */
  readonly home?: ObjectValue;
  readonly definition?: ClassDefinition;
}

/** A function of the user's, with the variables that it closes over. */
export class FunctionValue {
  readonly name: string;
  readonly node: FunctionNode;
  readonly environment: Environment;
  readonly home?: ObjectValue;
  readonly definition?: ClassDefinition;
  readonly #born: number;
  readonly #source?: MemberSource;
  #members?: ObjectValue;
  #parent?: FunctionValue | NativeFunction;
  constructor(name: string, node: FunctionNode, environment: Environment, options: FunctionOptions = {}) {
    this.name = name;
    this.node = node;
    this.environment = environment;
    this.home = options.home;
    this.definition = options.definition;
    this.#born = options.born ?? environment.journal.now();
    this.#source = options.source;
  }
  /** The class that it extends. */
  get parent(): FunctionValue | NativeFunction | undefined {
    return this.#parent;
  }
  extend(parent: FunctionValue | NativeFunction): void {
    this.#parent = parent;
    this.members.prototype = parent instanceof FunctionValue ? parent.members : new HostObject(new Map(parent.members));
  }
  /** `prototype`, static members, and others that the program gave it. */
  get members(): ObjectValue {
    if (this.#members) return this.#members;
    this.#members = new ObjectValue(this.#born, new Map(), this.#source);
    this.#members.hidden.add("prototype");
    // Arrows and methods are no constructors; a class sets its own.
    const isOther = this.node.type === "ArrowFunctionExpression" || this.home !== undefined;
    if (!isOther && this.#members.read("prototype") === absent) {
      const prototype = new ObjectValue(this.#born);
      prototype.hide("constructor", this);
      this.#members.write("prototype", prototype);
    }
    return this.#members;
  }
}

/** One of the host's functions that the tracer knows, such as `Math.sin` or `Array.from`. */
export class NativeFunction {
  readonly name: string;
  readonly call: NativeCall;
  readonly construct?: NativeCall;
  readonly members: ReadonlyMap<string, Value>;
  /** What `instanceof` says, where prototypes do not. */
  readonly isInstance?: (tracer: Tracer, value: Value) => boolean;
  /** What it gives for arguments that are not taken from their arrays, if it can. */
  readonly onParts?: PartsCall;
  constructor(name: string, call: NativeCall, options: NativeOptions = {}) {
    this.name = name;
    this.call = call;
    this.construct = options.construct;
    this.members = hostMembers(options.members ?? {});
    this.isInstance = options.isInstance;
    this.onParts = options.onParts;
  }
}

/** Members of one of the host's objects by name. */
export const hostMembers = (members: HostMembers): Map<string, Value> =>
  new Map(
    Object.entries(members).map(([name, member]) => [name, typeof member === "function" ? new NativeFunction(name, member) : member]),
  );
/** Functions are written as what they do. */
export type HostMembers = Readonly<Record<string, Value | NativeCall>>;

export interface NativeOptions {
  readonly construct?: NativeCall;
  readonly members?: HostMembers;
  readonly isInstance?: (tracer: Tracer, value: Value) => boolean;
  readonly onParts?: PartsCall;
}

/** `site` is the call in the user's source, for messages; `receiver` is `this`. */
export type NativeCall = (tracer: Tracer, args: readonly Value[], site: Node, receiver?: Value) => Value;

/** Arguments in lists, and those of arrays that are spread. */
export type PartsCall = (tracer: Tracer, parts: readonly (Value[] | ArrayValue)[], site: Node) => Value;

/** What holds the members of a value that are no elements. */
export const ownerOf = (value: Value): ObjectValue | undefined =>
  value instanceof ObjectValue
    ? value
    : value instanceof Container || value instanceof FunctionValue
      ? (value as { members: ObjectValue }).members
      : undefined;

export const isFunctionValue = (value: Value): value is FunctionValue | NativeFunction =>
  value instanceof FunctionValue || value instanceof NativeFunction;
