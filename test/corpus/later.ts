// @ts-nocheck The functions are plain JavaScript.
// What the language can't have yet: [name, function, arguments as ranges], by what is missing.
import { between } from "./range.ts";

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
    ],
  ],
};
