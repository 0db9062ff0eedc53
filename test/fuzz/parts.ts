import fc from "fast-check";
import type { Notation } from "./notation.ts";

/** Where a part stands in its program, and how it is written. */
export interface Context extends Notation {
  /** Labels of the loops around. */
  readonly labels: readonly string[];
  /** Labels of the blocks around that are no loops. */
  readonly blocks: readonly string[];
  /** Whether a `catch` is around. */
  readonly catches: boolean;
  /** The function that is called. */
  readonly helper: string;
  /** What an early return gives. */
  readonly result: string;
  /** A number that no other part has, for names. */
  unique(): number;
}
/** A part of a program, as text. */
export type Part = (context: Context) => string;
export type Arbitrary = fc.Arbitrary<Part>;

/** All kinds of parts. Each is made of others. */
export interface Parts {
  number: Part;
  condition: Part;
  statement: Part;
  statements: Part;
}

type ValuesOf<All> = { [Index in keyof All]: All[Index] extends fc.Arbitrary<infer Value> ? Value : never };

/** A part made of others. */
export const of = <All extends fc.Arbitrary<any>[]>(
  all: readonly [...All],
  write: (to: Context, ...values: ValuesOf<All>) => string,
): Arbitrary =>
  fc.tuple<unknown[]>(...all).map(
    (given): Part =>
      (to) =>
        write(to, ...(given as ValuesOf<All>)),
  );

/** What can be assigned in every program. */
export const places = ["a", "b", "c", "d", "v[0]", "v[1]", "v[2]", "o.p", "o.q.r", "f[0]", "f[1]", "point.x"] as const;
export const place = fc.constantFrom(...places);
export const operator = fc.constantFrom("=", "+=", "-=", "*=");
