import type { OperationName } from "../../graph/operations.ts";
import { copyOf } from "../objects/collect.ts";
import { isLength, knownLength } from "../objects/members.ts";
import { affordable } from "../operators/elements.ts";
import { failAt } from "../source/source.ts";
import type { Tracer } from "../state/tracer.ts";
import { ArrayValue, type ElementType } from "../values/arrays.ts";
import { type NativeCall, NativeFunction } from "../values/functions.ts";
import type { Numeric } from "../values/values.ts";
import { arrayPrototype, makersOf, sourceOf } from "./arrays.ts";

/** By an operation with a constant beside the number; each is exact, with slope 0. */
const by =
  (...steps: readonly (readonly [op: OperationName, constant?: number])[]) =>
  (tracer: Tracer, value: Numeric): Numeric =>
    steps.reduce<Numeric>(
      (kept, [op, constant]) => (constant === undefined ? tracer.apply(op, kept) : tracer.apply(op, kept, constant)),
      value,
    );

/** Rounded to even, within 0 and 255; NaN is 0. */
function clamp(tracer: Tracer, value: Numeric): Numeric {
  if (typeof value === "number") return new Uint8ClampedArray([value])[0]!;
  const isPositive = tracer.compare("gt", value, 0);
  const positive = tracer.apply("floor", tracer.apply("sub", tracer.apply("add", tracer.apply("min", value, 255), 2 ** 52), 2 ** 52));
  return tracer.number(tracer.graph.apply("select", tracer.maskOf(isPositive), tracer.nodeOf(positive), tracer.nodeOf(0)));
}

const kept: Readonly<Record<string, ElementType["keep"]>> = {
  Float64Array: (_, value) => value,
  Float32Array: by(["fround"]),
  Int32Array: by(["bitOr", 0]),
  Uint32Array: by(["shiftRightUnsigned", 0]),
  Int16Array: by(["shiftLeft", 16], ["shiftRight", 16]),
  Uint16Array: by(["bitAnd", 0xffff]),
  Int8Array: by(["shiftLeft", 24], ["shiftRight", 24]),
  Uint8Array: by(["bitAnd", 0xff]),
  Uint8ClampedArray: clamp,
};

/** What the elements of each typed array are, by its name. */
export const elementTypes: ReadonlyMap<string, ElementType> = new Map(
  Object.entries(kept).map(([name, keep]) => {
    const bytes = (globalThis as unknown as Record<string, { BYTES_PER_ELEMENT: number }>)[name]!.BYTES_PER_ELEMENT;
    return [name, { name, bytes, keep }];
  }),
);

function typedArray(type: ElementType): NativeFunction {
  const construct: NativeCall = (tracer, [from], site) => {
    if (from === undefined) return tracer.array([], type);
    if (!isLength(tracer, from)) return copyOf(tracer, sourceOf(tracer, from, site), type, site);
    return tracer.array(new Array(affordable(tracer, knownLength(tracer, from, site), site)).fill(0), type);
  };
  return new NativeFunction(
    type.name,
    (_, __, site) => failAt(site, "not-a-function", `${type.name} needs new.`, `Write new ${type.name}(…).`),
    {
      construct,
      isInstance: (_, value) => value instanceof ArrayValue && value.type === type,
      members: {
        prototype: arrayPrototype,
        BYTES_PER_ELEMENT: type.bytes,
        ...makersOf(type),
      },
    },
  );
}

/** The constructors of typed arrays, by name. */
export const typedArrays: ReadonlyMap<string, NativeFunction> = new Map([...elementTypes].map(([name, type]) => [name, typedArray(type)]));
