/** The step of a forward difference at x: √(machine epsilon), relative above 1, which balances truncation and rounding. */
export const step = (x) => 2 ** -26 * Math.max(1, Math.abs(x));
