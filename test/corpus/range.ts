/** A number of the arguments, at random between two bounds. */
export class Range {
  readonly low: number;
  readonly high: number;
  constructor(low: number, high: number) {
    this.low = low;
    this.high = high;
  }
}

export const between = (low: number, high: number): Range => new Range(low, high);
export const many = (count: number, low: number, high: number): Range[] => Array.from({ length: count }, () => between(low, high));
