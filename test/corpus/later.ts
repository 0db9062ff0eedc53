// @ts-nocheck The functions are plain JavaScript.
// What the language can't have yet: [name, function, arguments as ranges], by what is missing.
import { between } from "./range.ts";

const permutation = [3, 1, 4, 1, 5, 9, 2, 6];

export default {
  "throws on data": [
    [
      "a checked logarithm",
      (x) => {
        if (x <= 0) throw new RangeError(`log of ${x}`);
        return Math.log(x);
      },
      [between(0.5, 2)],
    ],
  ],
  "tables by data": [
    [
      "value noise",
      (x) => {
        const i = Math.floor(x),
          t = x - i;
        const [a, b] = [permutation[i & 7], permutation[(i + 1) & 7]];
        return a + t * t * (3 - 2 * t) * (b - a);
      },
      [between(0, 20)],
    ],
    [
      "linear interpolation in a table",
      (x) => {
        const i = Math.min(Math.floor(x), permutation.length - 2);
        return permutation[i] + (x - i) * (permutation[i + 1] - permutation[i]);
      },
      [between(0, 6)],
    ],
  ],
};
