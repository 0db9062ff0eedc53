import { expect, test } from "vitest";
import * as built from "../../dist/index.js";
import * as source from "../../src/index.ts";

/** What the built package is made of is not what these tests import: its parser is a slimmer one, and its names may be others. */
const refused: Record<string, (x: number) => unknown> = {
  "an unknown function": (x) => (globalThis as any).unknownFunction(x),
  "a method": {
    f(x: number) {
      return x.toLocaleString();
    },
  }.f,
  "a name that is not there": (x) => {
    // @ts-expect-error
    return x + notThere;
  },
  "chance, after several lines": (x) => {
    const y = x * x;
    if (y > 1) return y;
    return Math.random() * y;
  },
  "a string of the data": (x) => `${x}`.length,
  "a class": class {} as never,
  "a native function": Math.sin.bind(null),
  "an async function": async (x) => x,
};

const messageOf = ({ gradient, EpsilaneError }: typeof source, fn: (x: number) => unknown) => {
  try {
    return gradient(fn as (x: number) => number)(1);
  } catch (error) {
    if (!(error instanceof EpsilaneError)) throw error;
    return `${error.code}: ${error.message}`;
  }
};

test.each(Object.entries(refused))("the built package says of %s what its source says", (_, fn) => {
  const message = messageOf(source, fn);
  expect(message).toBeTypeOf("string");
  expect(messageOf(built as never, fn)).toBe(message);
});

test("the frames are there", () => {
  expect(messageOf(built as never, refused["a string of the data"]!)).toContain("^");
});
