// @ts-nocheck The functions are plain JavaScript.
// What the language can't have yet: [name, function, arguments as ranges], by what is missing.
import { between } from "./range.ts";

const permutation = [3, 1, 4, 1, 5, 9, 2, 6];

export default {
  "loops on data": [
    [
      "heron's root",
      (a) => {
        let x = a;
        while (Math.abs(x * x - a) > 1e-12) x = (x + a / x) / 2;
        return x;
      },
      [between(1, 9)],
    ],
    [
      "series to a tolerance",
      (x) => {
        let [sum, term, k] = [0, 1, 0];
        do {
          sum += term;
          term *= x / ++k;
        } while (Math.abs(term) > 1e-16);
        return sum;
      },
      [between(-1, 1)],
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
