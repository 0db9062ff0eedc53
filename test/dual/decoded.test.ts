import { describe, expect, test } from "vitest";
import type { OperationName } from "../../src/graph/operations.ts";
import { allRules as rules } from "../support/special.ts";
import { column, maskColumn, operandCount, runDual, takesMask } from "./dual-block.ts";
import { evaluateRule, laneOf, set } from "./evaluate-rule.ts";
import { fill, ordinaryAndSpecial } from "./operands.ts";

describe("the rules as read back have the bits of the dual block forms", () => {
  const names = Object.keys(rules) as OperationName[];

  test.each(names)("%s", (op) => {
    const random = ordinaryAndSpecial(names.indexOf(op));
    const count = operandCount(op);
    const pairs = Array.from({ length: 2 * count }, (_, index) => column(2 + index));
    const [z, dz] = [column(0), column(1)];

    for (let round = 0; round < 8; round++) {
      fill(pairs, random);
      if (count === 2) setTies(pairs[0]!, pairs[2]!);
      const isSet = (row: number) => row % 3 === 0;
      const masks = takesMask(op) ? [maskColumn(6, isSet)] : [];
      runDual(op, z, dz, ...masks, ...pairs);

      const mismatches: unknown[] = [];
      for (let row = 0; row < z.length; row++) {
        const [a, da, b, db] = pairs.map((values) => laneOf(values[row]!));
        const parameters = { m: isSet(row) ? set : 0n, z: laneOf(z[row]!), a: a!, da: da!, b: b ?? 0n, db: db ?? 0n };
        const expected = evaluateRule(op, parameters);
        if (!Object.is(expected, dz[row])) mismatches.push({ operands: pairs.map((values) => values[row]), expected, actual: dz[row] });
      }
      expect(mismatches).toEqual([]);
    }
  });
});

describe("dual blocks may write over their operands", () => {
  const names = Object.keys(rules) as OperationName[];

  test.each(names)("%s", (op) => {
    const random = ordinaryAndSpecial(names.indexOf(op));
    const pairs = Array.from({ length: 2 * operandCount(op) }, (_, index) => column(2 + index));
    fill(pairs, random);
    const masks = takesMask(op) ? [maskColumn(6, (row) => row % 3 === 0)] : [];
    const originals = pairs.map((values) => values.slice());
    runDual(op, column(0), column(1), ...masks, ...pairs);
    const apart = [column(0), column(1)].map((values) => Array.from(values));

    for (let operand = 0; operand < pairs.length; operand += 2) {
      pairs.forEach((values, index) => {
        values.set(originals[index]!);
      });
      runDual(op, pairs[operand]!, pairs[operand + 1]!, ...masks, ...pairs);
      expect(Array.from(pairs[operand]!)).toEqual(apart[0]);
      expect(Array.from(pairs[operand + 1]!)).toEqual(apart[1]);
    }
  });
});

function setTies(a: Float64Array, b: Float64Array): void {
  for (let row = 0; row < a.length; row += 16) b[row] = a[row]!;
}
